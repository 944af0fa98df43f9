"""`check`: the publication gate on demand, and its reports."""
