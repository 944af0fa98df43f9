"""Whether a build has search, and the beginning of its index."""

from pathlib import Path

from msgspec.structs import replace

from gazette.ledger import Ledger
from gazette.pages.search import SEARCH_PAGE
from gazette.pages.site_pages import SitePages
from gazette.parallel import Workers
from gazette.problems import Problem, warning
from gazette.publish.given import Given
from gazette.publish.search.corpus import Corpus
from gazette.publish.search.index import Index
from gazette.publish.search.program import find_program
from gazette.publish.state import State


def searchable(given: Given, no_search: bool, problems: list[Problem]) -> Given:
    """The same with the program that indexes; without search where there is none.

    A search box that finds nothing is worse than none.
    """
    search = given.config.settings.search
    if search.enabled and not no_search and SEARCH_PAGE in given.theme.templates:
        program = find_program()
        if program:
            return replace(given, program=program)
        problems.append(warning("search-missing"))
    settings = replace(given.config.settings, search=replace(search, enabled=False))
    return replace(given, config=replace(given.config, settings=settings))


def begin_index(
    pages: SitePages, state: State, ledger: Ledger, workers: Workers, program: Path | None
) -> Index:
    """The site's index, with the corpus written of the parts to make; see `Index.start`."""
    common = pages.routes[0].view.common
    if not common.search or program is None:
        return Index(state, ledger, ())
    corpus = Corpus(pages.site, common.site)
    index = Index(state, ledger, corpus.parts())
    if index.wanted:
        index.write(corpus, workers)
    return index
