"""Site -> all routes, before the first of them is rendered."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from gazette.config.hosts import Encoding
from gazette.config.load import line_of
from gazette.pages.archive import Archive
from gazette.pages.articles import Articles
from gazette.pages.bureau_lists import Bureaus
from gazette.pages.context import Context, Route
from gazette.pages.declared import inside
from gazette.pages.feeds import Feeds, machine_routes
from gazette.pages.hosts.facts import ENDINGS, TEXT_ENDINGS
from gazette.pages.lists import Terms
from gazette.pages.search import search_routes
from gazette.pages.view_parts import Block
from gazette.pages.views import HomeView, PlainView, SitemapView
from gazette.problems import Problem, error
from gazette.site.queries import term_card
from gazette.urls import folded, href_of, output_path, path_fault


def make_routes(context: Context) -> list[Route]:
    """Every file that is rendered."""
    bureaus, archive = Bureaus(context), Archive(context)
    routes = [_home(context)]
    routes += Articles(context).routes()
    routes += Terms(context).routes()
    routes += bureaus.routes()
    routes += archive.routes()
    routes.append(_sitemap(context, bureaus, archive))
    routes += Feeds(context).routes()
    routes += _fragments(context)
    routes += search_routes(context)
    routes.append(_not_found(context))
    routes += _redirects(context)
    routes += machine_routes(context, routes)
    return routes


def _home(context: Context) -> Route:
    config = context.config
    blocks = tuple(
        Block(
            template=block.template,
            title=block.title,
            more=inside(block.more, {}),
            items=context.find(block.query),
            options=block.options,
        )
        for block in config.home
    )
    site = context.common.site
    view = HomeView(
        page=context.info(
            "home", site.title, "index.html", description=site.description, keywords=site.keywords
        ),
        common=context.common,
        queries=context.queries("home.html"),
        blocks=blocks,
    )
    return Route("index.html", "home.html", view, "home")


def _sitemap(context: Context, bureaus: Bureaus, archive: Archive) -> Route:
    title = context.labels["sitemap"]
    view = SitemapView(
        page=context.info("sitemap", title, "sitemap.html", breadcrumbs=(context.home,)),
        common=context.common,
        queries=context.queries("sitemap.html"),
        categories=tuple(term_card(term) for term in context.site.categories),
        topics=tuple(term_card(term) for term in context.site.topics),
        bureaus=bureaus.branches(),
        pages=tuple(page.card for page in context.site.pages),
        years=archive.years(),
    )
    return Route("sitemap.html", "sitemap.html", view, "sitemap.html")


def _not_found(context: Context) -> Route:
    """The one page that links from the base path, for a host shows it at any depth."""
    title, base = context.labels["404"], context.common.site.base
    view = PlainView(
        page=context.info("404", title, "404.html", root=base, indexed=False),
        common=context.common,
        queries=context.queries("404.html"),
    )
    return Route("404.html", "404.html", view, "404.html")


def _fragments(context: Context) -> Iterator[Route]:
    for name, fragment in context.theme.fragments.items():
        path = f"fragments/{name}.html"
        view = PlainView(
            page=context.info("fragment", "", path, indexed=False),
            common=context.common,
            queries={query: context.answer(query) for query in fragment.queries},
        )
        yield Route(path, fragment.template, view, f"fragments.{name}")


def _redirects(context: Context) -> Iterator[Route]:
    site = context.site
    placed = [(a.document, a.card.href) for a in site.articles if a.outline.aliases]
    placed += [(page.document, page.card.href) for page in site.pages]
    placed += [(term.document, term.href) for term in site.topics if term.document]
    placed += [(bureau.document, bureau.href) for bureau in site.bureaus if bureau.document]
    for document, href in placed:
        line = document.lines.get("aliases", document.lines.get("redirect_from"))
        paths = {output_path(alias, "/index.html"): None for alias in document.aliases}
        for path in paths:
            # `redirect_from` often names the page's own address, and that needs no redirect.
            if href_of(path) != href:
                source = f"content/{document.path}"
                yield context.redirect(path, href, source, line, moved=True)


def collisions(
    routes: Sequence[Route], copies: Iterable[tuple[str, str]], root: Path
) -> Iterator[Problem]:
    """Two files at one output path (also where case or Unicode form alone differ), and unfit paths.

    `copies` are (output path, source) of files that are not rendered; `root` is the site's folder.
    """
    made = [(route.path, route.source, route.line) for route in routes]
    made += [(path, source, None) for path, source in copies]
    files: dict[str, tuple[str, str, int | None]] = {}
    folders: dict[str, tuple[str, str, int | None]] = {}
    for output in made:
        path, source, line = output
        key = folded(path)
        other = files.setdefault(key, output)
        if other is not output:
            yield _collision("route-collision", output, other, root)
            continue
        folder = key.rpartition("/")[0]
        known = folders.setdefault(folder, output)
        # Most files share a folder with another one, whose name has been looked at.
        fault = path_fault(path if known is output else path.rpartition("/")[2])
        if fault:
            file, place = _place(source, line, root)
            yield error(f"path-{fault}", file=file, line=place, path=path)
    for folder, output in _with_parents(folders).items():
        if folder in files:
            yield _collision("route-folder", output, files[folder], root)


def twin_collisions(
    routes: Sequence[Route],
    copies: Sequence[tuple[str, str]],
    encodings: Sequence[Encoding],
    root: Path,
) -> Iterator[Problem]:
    """Files that lie where the compressed twin of another one may come to lie."""
    endings = tuple(ENDINGS[encoding] for encoding in encodings)
    made = [(route.path, route.source, route.line) for route in routes]
    made += [(path, source, None) for path, source in copies]
    # Very few sites have any file of such a name.
    near = {
        key: output
        for output in made
        if any(ending in output[0].lower() for ending in endings)
        for key in _folders_and_file(folded(output[0]))
        if key.endswith(endings)
    }
    for path, source, line in made if near else ():
        for ending in endings if path.endswith(TEXT_ENDINGS) else ():
            output = near.get(folded(path + ending))
            if output:
                twin = (path + ending, f"{source} (hosts.compress)", line)
                code = "route-collision" if len(output[0]) == len(twin[0]) else "route-folder"
                yield _collision(code, output, twin, root)


def _folders_and_file(path: str) -> Iterator[str]:
    while path:
        yield path
        path = path.rpartition("/")[0]


def _with_parents(
    folders: dict[str, tuple[str, str, int | None]],
) -> dict[str, tuple[str, str, int | None]]:
    """All folders, those that hold only folders too, each with a file below it."""
    found = dict(folders)
    for folder, output in folders.items():
        above = folder.rpartition("/")[0]
        while above and above not in found:
            found[above] = output
            above = above.rpartition("/")[0]
    return found


def _collision(
    code: str, output: tuple[str, str, int | None], other: tuple[str, str, int | None], root: Path
) -> Problem:
    """The fault of `output`, or of `other` where only that one is a document of the site."""
    if not output[1].startswith("content/") and other[1].startswith("content/"):
        file, line = _place(other[1], other[2], root)
    else:
        file, line = _place(output[1], output[2], root)
    path = other[0] if code == "route-folder" else output[0]
    return error(
        code, file=file, line=line, path=path, source=output[1], other=other[1], other_path=other[0]
    )


def _place(source: str, line: int | None, root: Path) -> tuple[str, int | None]:
    """File and line of a route's source, which may be a setting: `permalinks.tag`."""
    if source.startswith("content/"):
        return source, line
    return "config.yaml", line_of(root / "config.yaml", *source.split("."))
