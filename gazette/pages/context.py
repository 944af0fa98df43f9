"""What all routes are made with: the site, what every page shares, and answers to queries."""

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlsplit

import msgspec

from gazette.config.settings import Config, Query
from gazette.config.theme import ThemeConfig
from gazette.digests import digest_of
from gazette.pages.labels import labels
from gazette.pages.view_parts import Column, Common, PageInfo, SiteInfo
from gazette.pages.views import PageView, RedirectView, view_digest
from gazette.problems import Problem, warning
from gazette.site.model import Article, Link, SinglePage, Site, Term
from gazette.site.queries import answer
from gazette.urls import base_path, canonical, href_of, root_of


class Sketch(msgspec.Struct, frozen=True):
    """A view that is made when its page is rendered: most pages of a build are not."""

    digest: bytes
    """Stands for all that the view is made of, but for what is common to all pages."""
    make: Callable[[], PageView]
    lastmod: str | None = None
    """As its line in the sitemap tells it, perhaps not at all; None if it has no line there."""


class Route(msgspec.Struct, frozen=True):
    """One file to make: where, by which template, from what."""

    path: str
    """Output path."""
    template: str
    content: PageView | Sketch
    source: str
    """The file or setting (`permalinks.tag`) that it comes from, for messages."""
    bodies: tuple[tuple[str, bytes], ...] = ()
    """(path, key) of the documents whose bodies the template is given."""
    line: int | None = None
    """Where in `source` the address is given."""

    @property
    def view(self) -> PageView:
        """What the template can read."""
        return self.content.make() if isinstance(self.content, Sketch) else self.content

    def drawn(self) -> "Route":
        """The route with its view made, for another process to render."""
        return msgspec.structs.replace(self, content=self.view)

    def digests(self, common: bytes) -> tuple[bytes, ...]:
        """What stands for all that the template can read; `common` is the digest of what all pages share."""
        content = self.content
        return (common, content.digest) if isinstance(content, Sketch) else (view_digest(content),)


def site_info(config: Config) -> SiteInfo:
    """The settings of `site` as templates see them."""
    site = config.site
    url = site.url.rstrip("/")
    return SiteInfo(
        title=site.title,
        url=url,
        base=base_path(site.url),
        language=site.language,
        description=site.description,
        keywords=site.keywords,
        organizer=site.organizer,
        contact=site.contact,
        icp=site.icp,
        police_record=site.police_record,
        site_id_code=site.site_id_code,
        domain=urlsplit(url).netloc,
        links=site.links,
    )


class Context:
    """Makes the parts that views have in common."""

    def __init__(
        self,
        site: Site,
        config: Config,
        theme: ThemeConfig,
        templates: frozenset[str],
        common: Common,
    ) -> None:
        self.site = site
        self.config = config
        self.common = common
        self.templates = templates
        self.labels = labels(config.site.language)
        self.theme = theme
        self.declared: dict[str, Query] = {**theme.queries, **config.queries}
        """Queries by name; a site's own come before its theme's."""
        self.problems: list[Problem] = []
        self._answers: dict[str, tuple[Any, ...]] = {}
        self.pins = any(article.outline.pinned for article in site.articles)
        """Whether any article is pinned."""
        self.link_digests = {
            kind: {slug: digest_of(link) for slug, link in links.items()}
            for kind, links in site.links.items()
        }
        """Kind of terms -> slug -> what stands for the link."""

    def info(self, kind: str, title: str, path: str, **more: Any) -> PageInfo:
        """The page's `page`."""
        href = href_of(path)
        address = f"{self.common.site.url}/{canonical(href)}"
        more.setdefault("root", root_of(path))
        return PageInfo(kind=kind, title=title, href=href, permalink=address, **more)

    def redirect(
        self, path: str, target: str, source: str, line: int | None = None, *, moved: bool = False
    ) -> Route:
        """An address that leads to the page at `target` (an href); see `RedirectView.moved`."""
        page = self.info("redirect", "", path, indexed=False)
        # Search engines are to keep the new address.
        page = msgspec.structs.replace(page, permalink=self.full(target))
        view = RedirectView(page=page, common=self.common, target=target, moved=moved)
        return Route(path, "redirect.html", view, source, line=line)

    def full(self, href: str) -> str:
        """The full address of an href; external ones stay as they are."""
        if not href or href.startswith(("http:", "https:", "//")):
            return href
        return f"{self.common.site.url}/{canonical(href)}"

    def queries(
        self, template: str, members: Iterable[Article] | None = None
    ) -> dict[str, tuple[Any, ...]]:
        """The answers that a template declares; `members` are the articles of the page's subject."""
        names = self.theme.templates.get(template)
        return {name: self.answer(name, members) for name in names} if names else {}

    def no_answers(self, template: str) -> dict[str, tuple[Any, ...]]:
        """Empty answers: on numbered pages of lists, which no new article may change."""
        return dict.fromkeys(self.theme.templates.get(template, ()), ())

    def answer(self, name: str, members: Iterable[Article] | None = None) -> tuple[Any, ...]:
        """A declared query's answer; those of the whole site are found once per build."""
        query = self.declared.get(name)
        if query is None:
            return ()  # listed by `declared_faults`
        if query.scope == "page" and members is not None:
            return answer(query, self.site, members)
        if name not in self._answers:
            self._answers[name] = answer(query, self.site)
        return self._answers[name]

    def find(self, query: str | Query | None) -> tuple[Any, ...]:
        """The answer to a block's query: a declared name, or a query of its own."""
        if query is None:
            return ()
        return self.answer(query) if isinstance(query, str) else answer(query, self.site)

    def template(self, page: Article | SinglePage, default: str) -> str:
        """The template of a document: its `layout` if the theme has one of that name."""
        layout = page.outline.layout
        if layout in USUAL_LAYOUTS:
            return default
        name = f"{layout}.html"
        if name in self.templates:
            return name
        document = page.document
        file, line = f"content/{document.path}", document.lines.get("layout")
        self.problems.append(warning("layout-unknown", file=file, line=line, layout=layout))
        return default

    @property
    def home(self) -> Link:
        """Where every breadcrumb begins."""
        return Link(self.labels["home"], "index.html")


USUAL_LAYOUTS = frozenset(
    ["", "post", "posts", "article", "page", "default", "single", "none", "null", "home"]
)
"""Layouts (Jekyll's and Hugo's usual names) that mean the kind's own template."""


def column_of(term: Term) -> Column:
    """What 网页标签 want of a category."""
    entry = term.entry
    return Column(term.title, entry.description, entry.keywords, entry.type)
