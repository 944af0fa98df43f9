"""Everything that a site consists of, before anything is rendered."""

from collections.abc import Iterator
from pathlib import Path

import msgspec

from gazette.config.hosts import Encoding, HostKind, HostSettings
from gazette.config.load import SiteConfig
from gazette.digests import digest_of
from gazette.ledger import Ledger
from gazette.media.cache import Workshop
from gazette.media.formats import is_drawing, is_read
from gazette.media.pictures import Album
from gazette.media.published import PictureFile, published_files
from gazette.pages.assets import Asset, make_assets
from gazette.pages.context import Context, Route, site_info
from gazette.pages.declared import Declarations, menu, menu_faults
from gazette.pages.labels import labels
from gazette.pages.routes import collisions, make_routes, twin_collisions
from gazette.pages.search import PARTS_FILE, search_address
from gazette.pages.theme import Theme
from gazette.pages.theme_options import picture_faults
from gazette.pages.view_parts import Common
from gazette.problems import Problem, warning
from gazette.reading.model import Outline
from gazette.reading.scan import Source, normal
from gazette.site.assemble import Assembly, Contents
from gazette.site.choice import Choice
from gazette.site.links import STATIC, BodyLinks, Resolver, resolve_bodies
from gazette.site.model import Link, Site
from gazette.site.permalinks import pattern_faults
from gazette.site.pictures import Gallery
from gazette.urls import href_of


class SitePages(msgspec.Struct, frozen=True):
    """The site with all its routes, and the files that are published beside them."""

    site: Site
    routes: list[Route]
    links: BodyLinks
    assets: dict[str, Asset]
    host_files: tuple[tuple[HostKind, Asset], ...]
    """What web servers are told, by their kinds."""
    encodings: tuple[Encoding, ...]
    """A compressed twin in each of these lies beside every text file."""
    files: list[tuple[str, Source]]
    """(output path, source) of the files under content/ that are published as they are."""
    photographs: list[Source]
    """Those that are published without what cameras write into them."""
    pictures: list[PictureFile]
    """Photographs and their copies."""
    picture_keys: frozenset[bytes]
    """Of the cache entries that the site's pictures come from."""
    workshop: Workshop
    choice: Choice
    until: int | None
    """When (seconds since 1970) the same sources give another site; None: never."""
    problems: tuple[Problem, ...]
    resolver: Resolver
    """Knows where every link of the site leads."""
    gallery: Gallery
    """Knows how pictures are shown."""

    @property
    def attached(self) -> list[Source]:
        """The files under content/ that are published, photographs too."""
        return [source for _, source in self.files] + self.photographs


def lay_out(config: SiteConfig, theme: Theme, contents: Contents, ledger: Ledger) -> SitePages:
    """Assemble the site and make all its routes; what is wrong is in `problems`."""
    assembly = Assembly(config, contents, ledger)
    site, settings = assembly.site(), config.settings
    assets = make_assets(theme, settings.site.grey)
    common = _common(config, theme, assembly, site, assets)
    context = Context(site, settings, theme.config, frozenset(theme.templates), common)
    routes = make_routes(context)
    static = {path: out for path, out in assembly.file_outputs.items() if path.startswith(STATIC)}
    everything = frozenset([*(route.path for route in routes), *static.values()])
    resolver = assembly.resolver.with_outputs(everything)
    links = resolve_bodies(_placed(site), resolver, assembly.gallery.look)
    used = {path: assembly.file_outputs[path] for path in sorted(links.files | assembly.used)}
    photographs = {path: used.pop(path) for path in list(used) if _is_photograph(path)}
    pages = SitePages(
        site=site,
        routes=routes,
        links=links,
        assets=assets,
        host_files=tuple(_host_files(settings.hosts, routes, assets)),
        encodings=tuple(dict.fromkeys(settings.hosts.compress)),
        files=[(output, assembly.files[path]) for path, output in (static | used).items()],
        photographs=[assembly.files[path] for path in photographs],
        pictures=[*_made(photographs, assembly.album, contents.pictures.content)],
        picture_keys=frozenset(
            known.key for known in assembly.album.known.values() if known.picture.pieces
        ),
        workshop=contents.pictures.workshop,
        choice=contents.choice,
        resolver=resolver,
        gallery=assembly.gallery,
        until=contents.choice.until(entry.outline for entry in contents.entries),
        problems=(),
    )
    problems = [*theme.problems, *assembly.problems, *context.problems, *links.problems]
    problems += Declarations(config.root, theme, context).faults(everything)
    problems += picture_faults(
        config.root, theme.config.options, theme.options, frozenset(static.values())
    )
    problems += menu_faults(settings, site, assembly.outputs, everything, config.root)
    problems += pattern_faults(settings.permalinks, config.root)
    problems += _collisions(pages, config, theme, ledger)
    if not contents.entries and not contents.left_out:
        problems.append(warning("empty-site"))
    return msgspec.structs.replace(pages, problems=tuple(problems))


def _common(
    config: SiteConfig, theme: Theme, assembly: Assembly, site: Site, assets: dict[str, Asset]
) -> Common:
    settings = config.settings
    home = Link(labels(settings.site.language)["home"], "index.html")
    return Common(
        site=site_info(settings),
        options=theme.options,
        assets={name: href_of(asset.path) for name, asset in assets.items()},
        menu=menu(settings, site, assembly.outputs, home),
        search=search_address(settings, frozenset(theme.templates)),
        sizes=theme.config.pictures,
    )


def _collisions(
    pages: SitePages, config: SiteConfig, theme: Theme, ledger: Ledger
) -> list[Problem]:
    """Files of the site that would lie at one path, and paths that are none."""
    copies = [(output, f"content/{normal(source.path)}") for output, source in pages.files]
    copies += [(file.path, file.source) for file in pages.pictures]
    copies += [(asset.path, f"theme {theme.name}") for asset in pages.assets.values()]
    copies += [(asset.path, f"hosts.files: {kind}") for kind, asset in pages.host_files]
    index = [(PARTS_FILE, "search")] if pages.routes[0].view.common.search else []
    paths = [(route.path, route.source) for route in pages.routes]
    sound = digest_of((paths, copies, index, pages.encodings))
    if ledger.result("collisions", sound) is not None:
        return []
    problems = [*twin_collisions(pages.routes, copies, pages.encodings, config.root)]
    problems += collisions(pages.routes, copies + index, config.root)
    if not problems:
        ledger.remember("collisions", sound, b"")
    return problems


def _host_files(
    settings: HostSettings, routes: list[Route], assets: dict[str, Asset]
) -> list[tuple[HostKind, Asset]]:
    if not settings.files:
        return []
    from gazette.pages.hosts.make import host_files  # XML: only where it is asked for

    return host_files(settings, routes, [asset.path for asset in assets.values()])


def _is_photograph(path: str) -> bool:
    """Whether the file is not published as it is: what cameras write into it must not be."""
    return is_read(path) and not is_drawing(path) and not path.startswith(STATIC)


def _made(photographs: dict[str, str], album: Album, content: Path) -> Iterator[PictureFile]:
    for path, output in photographs.items():
        known = album.known.get(path)  # one that could not be read has a problem already
        if known is not None and not known.picture.fault:
            yield from published_files(known, output, path, content / path)


def _placed(site: Site) -> Iterator[tuple[Outline, str]]:
    """Every document with a text, and the page that shows it."""
    for article in site.articles:
        if article.outline.references:
            yield article.outline, article.path
    for page in site.pages:
        yield page.document, page.path
    for topic in site.topics:
        if topic.document:
            yield topic.document, topic.path
    for bureau in site.bureaus:
        if bureau.document:
            yield bureau.document, bureau.path
