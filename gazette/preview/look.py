"""Looks: what the open page will be, shown before the whole site is built.

Every change is built by the one pipeline, and what that makes is what counts. But an editor looks at one
page: so when a text or a template changed and everything else about the page stayed, that page is rendered
at once from what the last build knew, and shown until the build has published. Where anything else may
have changed, there is no first look. There is a second one then: as soon as the build knows what it is
going to make, the pages that somebody wants to see are made before all others, from the same plan.
"""

import contextlib
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from gazette.digests import digest_of
from gazette.packs import LedgerDamageError
from gazette.pages.articles import reading_minutes
from gazette.pages.assets import make_assets
from gazette.pages.context import Route
from gazette.pages.render import Renderer, RenderError, Rendering
from gazette.pages.site_pages import SitePages
from gazette.pages.theme import Theme, load_theme
from gazette.pages.views import ArticleView, PageView, SinglePageView
from gazette.problems import SiteError, errors
from gazette.publish.kept import Planned, Published
from gazette.publish.stage import Copy
from gazette.reading.document import ReadingContext, read_document
from gazette.reading.mentions import find_mentions
from gazette.reading.model import Body, Document
from gazette.reading.scan import FILE_PREFIX, normal
from gazette.site.bureaus import BureauNames
from gazette.site.links import BodyLinks, resolve_bodies

_MOST_PAGES = 4
_OWN = (
    "title", "kicker", "subtitle", "authors", "source", "source_url", "editor", "photo_credit",
    "adopted", "extra",
)  # fmt: skip
"""Fields of a document that its own page shows as they are."""
_FREE = ("words", "references", "summary", "shown", "review", "lines", "address_line")
"""Others that a first look may change, for nothing else on its own page depends on them."""

Looks = dict[str, bytes]
"""Output path -> what is shown there for the time being."""


def first_look(made: Published | None, changed: Iterable[str], open_pages: Iterable[str]) -> Looks:
    """What can be shown at once after a change of these files; empty where only a build can tell.

    `made` is what is published: a build that runs meanwhile may know of the change already.
    """
    paths = [Path(path) for path in changed]
    if made is None or not paths:
        return {}
    folders = made.theme.folders
    try:
        if len(paths) == 1 and paths[0].is_relative_to(made.root / "content"):
            return _look_at_text(made, paths[0])
        if all(any(path.resolve().is_relative_to(folder) for folder in folders) for path in paths):
            return _look_at_theme(made, list(open_pages)[:_MOST_PAGES])
    except (OSError, RenderError, SiteError, LedgerDamageError, KeyError):
        pass  # the build says what is wrong
    return {}


def second_look(planned: Planned, path: str) -> bytes | None:
    """What the build that is under way is going to make at this path; None if only it can tell."""
    output = planned.outputs.get(path)
    if output is None:
        return None
    if isinstance(output.make, Copy):
        return output.make.data or None
    if not isinstance(output.make, Route):
        return None
    try:
        with contextlib.closing(Renderer(planned.rendering)) as renderer:
            return renderer.render(output.make)
    except (OSError, RenderError, LedgerDamageError, KeyError):
        return None  # the build says what is wrong


class _TextRenderer(Renderer):
    """Renders with bodies that are in no pack yet."""

    def __init__(self, rendering: Rendering, bodies: Mapping[bytes, Body]) -> None:
        super().__init__(rendering)
        self._bodies_at_hand = bodies

    def body(self, key: bytes) -> Body:
        """The body at hand, else the pack's."""
        return self._bodies_at_hand.get(key) or super().body(key)


def _rendering(made: Published, theme: Theme, links: BodyLinks) -> Rendering:
    known = (made.translations, made.packs, made.blobs)
    return Rendering(theme, *known, links.resolved, links.pictures)


def _look_at_text(made: Published, file: Path) -> Looks:
    pages, config = made.pages, made.config
    path = normal(file.relative_to(made.root / "content").as_posix())
    found = _own_page(pages, path)
    if found is None:
        return {}
    route, view = found
    settings = config.settings
    context = ReadingContext(settings.site.timezone, settings.markdown, settings.defaults)
    result = read_document(path, file.read_bytes(), context)
    document, body = result.document, result.body
    known, mentioned = _known(pages, path)
    names = BureauNames(config.bureaus).mention_names()
    if (
        document is None or body is None or known is None or errors(result.problems)
        or _framed(document, view) != _framed(known, view)
        or not set(find_mentions(body.text, names)) <= mentioned
    ):  # fmt: skip
        return {}
    links = resolve_bodies([(document, route.path)], pages.resolver, pages.gallery.look)
    shown = links.pictures.get(path, {})
    if errors(links.problems) or any(
        reference.picture and number not in shown
        for number, reference in enumerate(document.references)
    ):
        return {}  # a picture of which nothing is known yet
    key = digest_of((path, body))
    content = _with_text(view, document)
    route = msgspec.structs.replace(route, content=content, bodies=((path, key),))
    renderer = _TextRenderer(_rendering(made, made.theme, links), {key: body})
    with contextlib.closing(renderer):
        return {route.path: renderer.render(route)}


def _own_page(pages: SitePages, path: str) -> tuple[Route, ArticleView | SinglePageView] | None:
    source = FILE_PREFIX + path
    for route in pages.routes:
        if route.source == source:
            view = route.view
            if isinstance(view, (ArticleView, SinglePageView)):
                return route, view
    return None


def _known(pages: SitePages, path: str) -> tuple[Document | None, set[str]]:
    """The document as the last build read it, and the bureaus that its page can name."""
    for article in pages.site.articles:
        if article.outline.path == path:
            return article.document, {"", *article.mentions, *article.bureau_slugs}
    for page in pages.site.pages:
        if page.outline.path == path:
            return page.document, set(pages.site.bureau) | {""}
    return None, set()


def _framed(document: Document, view: ArticleView | SinglePageView) -> Document:
    """The document without what a first look may change; lists on its page may go by all it says."""
    free = _FREE if view.queries else (*_FREE, *_OWN)
    return msgspec.structs.replace(document, **dict.fromkeys(free))


def _with_text(view: ArticleView | SinglePageView, document: Document) -> PageView:
    words, own = document.words, {name: getattr(document, name) for name in _OWN}
    article = msgspec.structs.replace(
        view.article, words=words, minutes=reading_minutes(words), summary=document.summary, **own
    )
    page = msgspec.structs.replace(view.page, title=document.title, description=document.summary)
    return msgspec.structs.replace(view, article=article, page=page)


def _look_at_theme(made: Published, open_pages: list[str]) -> Looks:
    config, old, pages = made.config, made.theme, made.pages
    theme = load_theme(made.root, config.settings)
    # Not what was told: of a folder that has just come only the folder may have been.
    both = old.digests.keys() | theme.digests.keys()
    changed = {path for path in both if old.digests.get(path) != theme.digests.get(path)}
    if any(path.suffix == ".po" for path in changed):
        return {}
    if (theme.config, theme.options, theme.folders) != (old.config, old.options, old.folders):
        return {}
    looks: Looks = {}
    static = {*theme.static.values(), *old.static.values()}
    if not static.isdisjoint(changed):
        assets = make_assets(theme, config.settings.site.grey)
        if assets.keys() != pages.assets.keys():
            return {}
        # Under the old name for pages that are open, under the new one for what other assets say.
        for name, asset in pages.assets.items():
            if assets[name].path != asset.path:
                looks[asset.path] = looks[assets[name].path] = assets[name].data
    if not changed or not static.issuperset(changed):  # none: what was looked at is taken back
        routes = {route.path: route for route in pages.routes}
        with contextlib.closing(Renderer(_rendering(made, theme, pages.links))) as made_by:
            looks |= {path: made_by.render(routes[path]) for path in open_pages if path in routes}
    return looks
