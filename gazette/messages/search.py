"""What can be wrong with the search index."""

from gazette.messages.message import Message, _

SEARCH: dict[str, Message] = {
    "search-missing": Message(
        _("Pagefind's program is not installed, so the site is built without search."),
        _(
            'Install it: pip install "pagefind[extended]". A site that wants no search says so in'
            " config.yaml: search: {{enabled: false}}"
        ),
    ),
    "search-failed": Message(
        _("Indexing {part} for search failed ({reason}); the index of the last build stays."),
        _("Everything else is published. The next build tries again."),
    ),
    "search-timeout": Message(
        _(
            "Indexing {part} for search took longer than {seconds} s; the index of the last build stays."
        ),
        _("The next build tries again. More time is given by search.timeout in config.yaml."),
    ),
}
