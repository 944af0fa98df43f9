"""Site -> all routes, before the first of them is rendered."""

from collections.abc import Iterable, Iterator, Sequence

from gazette.pages.articles import Articles
from gazette.pages.context import Context, Route
from gazette.pages.feeds import Feeds, machine_routes
from gazette.pages.lists import Lists
from gazette.pages.views import Block, HomeView, PlainView, SitemapView
from gazette.problems import Problem, error
from gazette.site.queries import term_card
from gazette.urls import folded, output_path, path_fault


def make_routes(context: Context, fragments: dict[str, tuple[str, tuple[str, ...]]]) -> list[Route]:
    """Every file that is rendered; `fragments`: name -> (template, names of its queries)."""
    lists = Lists(context)
    routes = [_home(context)]
    routes += Articles(context).routes()
    routes += lists.routes()
    routes.append(_sitemap(context, lists))
    routes += Feeds(context).routes()
    routes += _fragments(context, fragments)
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
            more=_inside(block.more),
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
    return Route("index.html", "home.html", view, "config.yaml")


def _inside(address: str) -> str:
    """The href of an address that a setting gives; addresses of other hosts stay."""
    if not address or not address.startswith("/"):
        return address
    return output_path(address)


def _sitemap(context: Context, lists: Lists) -> Route:
    title = context.labels["sitemap"]
    view = SitemapView(
        page=context.info("sitemap", title, "sitemap.html", breadcrumbs=(context.home,)),
        common=context.common,
        queries=context.queries("sitemap.html"),
        categories=tuple(term_card(term) for term in context.site.categories),
        topics=tuple(term_card(term) for term in context.site.topics),
        bureaus=lists.branches(),
        pages=tuple(page.card for page in context.site.pages),
        years=lists.years(),
    )
    return Route("sitemap.html", "sitemap.html", view, "config.yaml")


def _not_found(context: Context) -> Route:
    """The one page that links from the base path, for a host shows it at any depth."""
    title, base = context.labels["404"], context.common.site.base
    view = PlainView(
        page=context.info("404", title, "404.html", root=base, indexed=False),
        common=context.common,
        queries=context.queries("404.html"),
    )
    return Route("404.html", "404.html", view, "config.yaml")


def _fragments(
    context: Context, fragments: dict[str, tuple[str, tuple[str, ...]]]
) -> Iterator[Route]:
    for name, (template, queries) in fragments.items():
        path = f"fragments/{name}.html"
        view = PlainView(
            page=context.info("fragment", "", path, indexed=False),
            common=context.common,
            queries={query: context.answer(query) for query in queries},
        )
        yield Route(path, template, view, f"theme.yaml: fragments.{name}")


def _redirects(context: Context) -> Iterator[Route]:
    placed = [(a.document, a.card.href) for a in context.site.articles]
    placed += [(page.document, page.card.href) for page in context.site.pages]
    placed += [(term.document, term.href) for term in context.site.topics if term.document]
    for document, href in placed:
        for alias in document.aliases:
            path = output_path(alias, "/index.html")
            yield context.redirect(path, href, f"content/{document.path}")


def collisions(routes: Sequence[Route], copies: Iterable[tuple[str, str]]) -> Iterator[Problem]:
    """Two files at one output path (also where case or Unicode form alone differ), and unfit paths.

    `copies` are (output path, source) of files that are not rendered.
    """
    seen: dict[str, tuple[str, str]] = {}
    folders: dict[str, str] = {}
    made = [(route.path, route.source) for route in routes]
    for path, source in [*made, *copies]:
        fault = path_fault(path)
        if fault:
            yield error(f"path-{fault}", file=_file(source), line=_line(source), path=path)
            continue
        key = folded(path)
        if key in seen:
            other_path, other = seen[key]
            yield error(
                "route-collision", file=_file(source), line=_line(source), path=path, source=source,
                other=other, other_path=other_path,
            )  # fmt: skip
            continue
        seen[key] = (path, source)
        folders.setdefault(key.rpartition("/")[0], source)
    for folder, source in folders.items():
        if folder in seen:
            other_path, other = seen[folder]
            yield error(
                "route-folder", file=_file(source), path=other_path, source=source, other=other
            )


def _file(source: str) -> str | None:
    return source if "/" in source or source == "config.yaml" else None


def _line(source: str) -> int | None:
    return 1 if source.startswith("content/") else None
