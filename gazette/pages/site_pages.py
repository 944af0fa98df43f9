"""Everything that a site consists of, before anything is rendered."""

from collections.abc import Iterator, Sequence

import msgspec

from gazette.config.load import SiteConfig
from gazette.ledger import Ledger
from gazette.pages.assets import Asset, make_assets
from gazette.pages.context import Context, Route, site_info
from gazette.pages.declared import Declarations, menu, menu_faults
from gazette.pages.labels import labels
from gazette.pages.routes import collisions, make_routes
from gazette.pages.theme import Theme
from gazette.pages.views import Common
from gazette.problems import Problem, warning
from gazette.reading.model import Document
from gazette.reading.read import Entry
from gazette.reading.scan import Source
from gazette.site.assemble import STATIC, Assembly, Choice, Contents
from gazette.site.links import BodyLinks, Resolver, resolve_bodies
from gazette.site.model import Link, Site
from gazette.site.permalinks import pattern_faults
from gazette.urls import href_of


class SitePages(msgspec.Struct, frozen=True):
    """The site with all its routes, and the files that are published beside them."""

    site: Site
    routes: list[Route]
    links: BodyLinks
    assets: dict[str, Asset]
    files: list[tuple[str, Source]]
    """(output path, source) of the files under content/ that are published."""
    problems: tuple[Problem, ...]
    resolver: Resolver
    """Knows where every link of the site leads."""


def lay_out(  # noqa: PLR0913  (what the pipeline holds, each used once)
    config: SiteConfig,
    theme: Theme,
    entries: Sequence[Entry],
    files: Sequence[Source],
    choice: Choice,
    left_out: frozenset[str],
    ledger: Ledger,
) -> SitePages:
    """Assemble the site and make all its routes; what is wrong is in `problems`."""
    assembly = Assembly(config, Contents(entries, files, choice, left_out), ledger)
    site, outputs, settings = assembly.site(), assembly.outputs, config.settings
    assets = make_assets(theme, settings.site.grey)
    home = Link(labels(settings.site.language)["home"], "index.html")
    common = Common(
        site=site_info(settings),
        options=theme.options,
        assets={name: href_of(asset.path) for name, asset in assets.items()},
        menu=menu(settings, site, outputs, home),
    )
    context = Context(site, settings, theme.config, frozenset(theme.templates), common)
    routes = make_routes(context)
    static = {path: out for path, out in assembly.file_outputs.items() if path.startswith(STATIC)}
    everything = frozenset([*(route.path for route in routes), *static.values()])
    resolver = assembly.resolver.with_outputs(everything)
    links = resolve_bodies(_placed(site), resolver)
    used = {path: assembly.file_outputs[path] for path in sorted(links.files | assembly.used)}
    published = static | used
    problems = [*theme.problems, *assembly.problems, *context.problems, *links.problems]
    problems += Declarations(config.root, theme, context).faults(everything)
    problems += menu_faults(settings, site, outputs, everything, config.root)
    problems += pattern_faults(settings.permalinks, config.root)
    copies = [(output, f"content/{path}") for path, output in published.items()]
    copies += [(asset.path, f"theme {theme.name}") for asset in assets.values()]
    problems += collisions(routes, copies, config.root)
    if not entries and not left_out:
        problems.append(warning("empty-site"))
    sources = [(output, assembly.files[path]) for path, output in published.items()]
    return SitePages(site, routes, links, assets, sources, tuple(problems), resolver)


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
