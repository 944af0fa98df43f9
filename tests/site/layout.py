"""Lays a small site out without rendering it: what most tests of the site's order need."""

from gazette.config.load import load
from gazette.ledger import Ledger
from gazette.media.cache import Workshop
from gazette.media.pictures import Pictures
from gazette.pages.context import Route
from gazette.pages.site_pages import SitePages, lay_out
from gazette.pages.theme import load_theme
from gazette.parallel import Workers
from gazette.problems import Problem, errors
from gazette.reading.dates import read_date
from gazette.reading.document import ReadingContext
from gazette.reading.read import read_documents
from gazette.reading.scan import scan
from gazette.site.assemble import Contents
from gazette.site.bureaus import BureauNames
from gazette.site.choice import Choice
from tests.conftest import AS_OF, Site


def laid_out(site: Site, left_out: frozenset[str] = frozenset(), **shown: bool) -> SitePages:
    """All pages of the site; fails if a document cannot be read."""
    config = load(site.root)
    theme = load_theme(site.root, config.settings)
    ledger = Ledger(site.root / ".gazette", b"engine".ljust(16))
    settings, problems = config.settings, list[Problem]()
    context = ReadingContext(settings.site.timezone, settings.markdown, settings.defaults)
    content = site.root / "content"
    sources = scan(content, problems)
    names = BureauNames(config.bureaus).mention_names()
    entries, files, found = read_documents(content, sources, context, names, ledger, Workers(1))
    assert not errors([*problems, *found]), [*problems, *found]
    now = read_date(AS_OF, "Asia/Shanghai")
    assert now is not None
    choice = Choice(now.moment.timestamp, **shown)
    workshop = Workshop(site.root / ".gazette/pictures", settings.pictures)
    pictures = Pictures(content, workshop, ledger, Workers(1), lambda *_: None)
    contents = Contents(entries, files, choice, pictures, left_out)
    return lay_out(config, theme, contents, ledger)


def found(pages: SitePages) -> list[tuple[str, str | None, int | None]]:
    """Code, file and line of the problems."""
    return [(problem.code, problem.file, problem.line) for problem in pages.problems]


def only(pages: SitePages) -> Problem:
    """The one problem that there is."""
    assert len(pages.problems) == 1, pages.problems
    return pages.problems[0]


def route(pages: SitePages, path: str) -> Route:
    """The route with this output path."""
    return next(route for route in pages.routes if route.path == path)


def paths(pages: SitePages) -> set[str]:
    """Output paths of everything that is rendered."""
    return {route.path for route in pages.routes}
