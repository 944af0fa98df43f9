"""Everything that a site consists of, before anything is rendered."""

from collections.abc import Iterator, Sequence

import msgspec

from gazette.config.load import SiteConfig
from gazette.config.settings import Config, MenuItem
from gazette.ledger import Ledger
from gazette.pages.assets import Asset, make_assets
from gazette.pages.context import Context, Route, site_info
from gazette.pages.routes import collisions, make_routes
from gazette.pages.theme import Theme
from gazette.pages.views import Common
from gazette.problems import Problem, error, warning
from gazette.reading.model import Document
from gazette.reading.read import Entry
from gazette.reading.scan import Source
from gazette.site.assemble import STATIC, Assembly, Choice
from gazette.site.links import BodyLinks, resolve_bodies
from gazette.site.model import Link, Site
from gazette.site.permalinks import pattern_faults
from gazette.urls import href_of, output_path


class SitePages(msgspec.Struct, frozen=True):
    """The site with all its routes, and the files that are published beside them."""

    site: Site
    routes: list[Route]
    links: BodyLinks
    assets: dict[str, Asset]
    files: list[tuple[str, Source]]
    """(output path, source) of the files under content/ that are published."""
    problems: tuple[Problem, ...]


def lay_out(
    config: SiteConfig, theme: Theme, entries: Sequence[Entry], files: Sequence[Source],
    choice: Choice, left_out: frozenset[str], ledger: Ledger,
) -> SitePages:  # fmt: skip
    """Assemble the site and make all its routes; what is wrong is in `problems`."""
    assembly = Assembly(config, entries, files, choice, left_out, ledger)
    site = assembly.site()
    assets = make_assets(theme, config.settings.site.grey)
    common = Common(
        site=site_info(config.settings),
        options=theme.options,
        assets={name: href_of(asset.path) for name, asset in assets.items()},
        menu=tuple(_menu(config.settings, site, assembly)),
    )
    context = Context(site, config.settings, theme.config, frozenset(theme.templates), common)
    fragments = {name: (f.template, f.queries) for name, f in theme.config.fragments.items()}
    routes = make_routes(context, fragments)
    published = {
        path: output for path, output in assembly.file_outputs.items() if path.startswith(STATIC)
    }
    outputs = frozenset([*(route.path for route in routes), *published.values()])
    links = resolve_bodies(_placed(site), assembly.resolver.with_outputs(outputs))
    for path in sorted(links.files | assembly.used):
        published[path] = assembly.file_outputs[path]
    copies = [(output, f"content/{path}") for path, output in published.items()]
    copies += [(asset.path, f"theme {theme.name}") for asset in assets.values()]
    problems = [*assembly.problems, *context.problems, *links.problems, *collisions(routes, copies)]
    problems += _menu_faults(common.menu, outputs)
    problems += pattern_faults(config.settings.permalinks)
    if not entries:
        problems.append(warning("empty-site"))
    sources = [(output, assembly.files[path]) for path, output in published.items()]
    return SitePages(site, routes, links, assets, sources, tuple(problems))


def _placed(site: Site) -> Iterator[tuple[Document, str]]:
    """Every document with a text, and the page that shows it."""
    for article in site.articles:
        if article.document.references:
            yield article.document, article.path
    for page in site.pages:
        yield page.document, page.path
    for topic in site.topics:
        if topic.document:
            yield topic.document, topic.path
    for bureau in site.bureaus:
        if bureau.document:
            yield bureau.document, bureau.path


def _menu(config: Config, site: Site, assembly: Assembly) -> Iterator[Link]:
    """The menu as configured; else the home page and the categories that are declared."""
    slugs = {term.slug: term for term in site.categories}
    if not config.menu:
        yield Link(_HOME.get(config.site.language[:2], "Home"), "index.html")
        yield from (
            term.link for term in site.categories if term.entry.order < 1000 or term.articles
        )
    for item in config.menu:
        if item.category in slugs:
            yield Link(item.title, slugs[item.category].href)
        elif item.category:
            assembly.problems.append(_menu_fault(item))
        else:
            yield Link(item.title, _address(item, assembly))


_HOME = {"zh": "首页"}


def _address(item: MenuItem, assembly: Assembly) -> str:
    if item.url.startswith(("http:", "https:", "//", "mailto:", "tel:")):
        return item.url
    document = assembly.outputs.get(item.url.strip("/").removeprefix("content/"))
    return href_of(document or output_path(item.url))


def _menu_fault(item: MenuItem) -> Problem:
    return error("menu-missing", file="config.yaml", title=item.title, target=item.category)


def _menu_faults(menu: Sequence[Link], outputs: frozenset[str]) -> Iterator[Problem]:
    known = {href_of(output) for output in outputs}
    for link in menu:
        if not link.is_external and link.href not in known:
            yield error("menu-missing", file="config.yaml", title=link.title, target=link.href)
