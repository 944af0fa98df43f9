"""Documents -> Site: order, terms, the bureau tree, neighbours, addresses. Cheap; always made whole."""
