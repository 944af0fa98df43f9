"""The search page."""

from collections.abc import Iterator

from gazette.config.settings import Config
from gazette.pages.context import Context, Route
from gazette.pages.view_parts import Choice
from gazette.pages.views import SearchView

SEARCH_PAGE = "search.html"
"""Output path and template; a theme that has no such template has no search."""
INDEX_FOLDER = "pagefind"
"""Where the index lies; made in `gazette.publish.search`."""
PARTS_FILE = f"{INDEX_FOLDER}/parts.json"
"""Lists the parts of the index that there are: `[["pages", "<tag>"], ["2025", "<tag>"]]`."""


def search_address(config: Config, templates: frozenset[str]) -> str:
    """Where searches lead; empty if the site has no search."""
    return SEARCH_PAGE if config.search.enabled and SEARCH_PAGE in templates else ""


def search_routes(context: Context) -> Iterator[Route]:
    """The search page, if the site has one."""
    if not context.common.search:
        return
    settings = context.config.search
    info = context.info(
        "search",
        context.labels["search"],
        SEARCH_PAGE,
        breadcrumbs=(context.home,),
        indexed=False,
    )
    view = SearchView(
        page=info,
        common=context.common,
        queries=context.queries(SEARCH_PAGE),
        index=f"{INDEX_FOLDER}/",
        size=settings.page_size,
        filters=settings.filters,
        categories=tuple(
            Choice(term.title, term.slug, 0) for term in context.site.categories if term.articles
        ),
        bureaus=tuple(
            Choice(bureau.title, bureau.slug, len(bureau.ancestors))
            for bureau in context.site.bureaus
            if bureau.articles
        ),
    )
    yield Route(SEARCH_PAGE, SEARCH_PAGE, view, "search")
