"""What config.yaml and theme.yaml ask pages for, and whether it is there: queries, blocks, menu entries."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from urllib.parse import unquote

from msgspec.structs import replace

from gazette.config.decode import nearest
from gazette.config.load import line_of
from gazette.config.settings import Config, HomeBlock, MenuItem, Query
from gazette.pages.context import Context
from gazette.pages.theme import Theme
from gazette.problems import Problem, error
from gazette.site.model import Link, Site
from gazette.site.queries import unknown_fields
from gazette.urls import href_of, output_path

CONFIG = "config.yaml"
_ABROAD = ("http:", "https:", "//", "mailto:", "tel:")
_BLOCKS = "blocks/"
_MENU_CATEGORIES = 9
"""How many a menu that nobody wrote shows; the site map lists all."""


def inside(address: str, outputs: dict[str, str]) -> str:
    """The href of an address that a setting gives: a page, or a file under content/ (see `outputs`).

    Addresses of other hosts stay; `outputs` are the output paths of documents.
    """
    if not address or address.startswith(_ABROAD):
        return address
    ends = [i for i in (address.find("?"), address.find("#")) if i >= 0]
    end = min(ends, default=len(address))
    path = address[:end]
    document = outputs.get(path.strip("/").removeprefix("content/"))
    if document is None and path.endswith((".xml", ".json", ".txt")):
        document = path.lstrip("/")  # a feed, or a file that is no page
    return href_of(document or output_path(path)) + address[end:]


class Declarations:
    """Looks for faults in what the settings and the theme declare."""

    def __init__(self, root: Path, theme: Theme, context: Context) -> None:
        self.root = root
        self.theme = theme
        self.context = context

    def faults(self, outputs: frozenset[str]) -> Iterator[Problem]:
        """All of them; `outputs` are all pages and copied files of the site."""
        yield from self._queries()
        yield from self._templates()
        for position, block in enumerate(self.context.config.home):
            yield from self._block(position, block, outputs)

    def _line(self, *keys: str | int) -> int | None:
        return line_of(self.root / CONFIG, *keys)

    def _queries(self) -> Iterator[Problem]:
        own = self.context.config.queries
        for name, query in self.context.declared.items():
            faults = list(self._query(query, f"queries.{name}"))
            if faults:
                is_own = name in own
                place = (CONFIG, self._line("queries", name)) if is_own else None
                file, line = place or self.theme.place("queries", name)
                yield from (replace(fault, file=file, line=line) for fault in faults)

    def _query(self, query: Query, where: str) -> Iterator[Problem]:
        """What is wrong with a query, without its place."""
        source, site = query.source, self.context.site
        data = source.removeprefix("data.")
        if source != data and data not in site.data:
            yield error("query-data", where=where, name=data, near=nearest(data, site.data))
            return
        if query.scope == "page" and source != "articles":
            yield error("query-scope", where=where, source=source)
        for field, fields in unknown_fields(query, site):
            known, near = ", ".join(sorted(fields)), nearest(field, fields)
            yield error(
                "query-field", where=where, field=field, source=source, known=known, near=near
            )

    def _templates(self) -> Iterator[Problem]:
        """Queries that templates and fragments of the theme read, and the templates themselves."""
        declared = self.theme.config
        for name, queries in declared.templates.items():
            file, line = self.theme.place("templates", name)
            if name not in self.context.templates:
                near = nearest(name, self.context.templates)
                yield error("template-unknown", file=file, line=line, template=name, near=near)
            yield from self._asked(queries, f"templates.{name}", file, line)
        for name, fragment in declared.fragments.items():
            file, line = self.theme.place("fragments", name)
            yield from self._asked(fragment.queries, f"fragments.{name}", file, line)

    def _asked(
        self, queries: tuple[str, ...], where: str, file: str, line: int | None
    ) -> Iterator[Problem]:
        for name in queries:
            if name not in self.context.declared:
                near = nearest(name, self.context.declared)
                yield error(
                    "query-unknown", file=file, line=line, name=name, where=where, near=near
                )

    def _block(self, position: int, block: HomeBlock, outputs: frozenset[str]) -> Iterator[Problem]:
        where = f"home[{position}] ({block.title or block.template})"
        if f"{_BLOCKS}{block.template}.html" not in self.context.templates:
            names = [
                name.removeprefix(_BLOCKS).removesuffix(".html")
                for name in sorted(self.context.templates)
                if name.startswith(_BLOCKS)
            ]
            line = self._line("home", position, "template")
            yield error(
                "block-missing", file=CONFIG, line=line, template=block.template, where=where,
                known=", ".join(names), near=nearest(block.template, names),
            )  # fmt: skip
        line = self._line("home", position, "query")
        if isinstance(block.query, str):
            yield from self._asked((block.query,), where, CONFIG, line)
        elif block.query is not None:
            for fault in self._query(block.query, where):
                yield replace(fault, file=CONFIG, line=line)
        if block.more and not _exists(inside(block.more, {}), outputs):
            line = self._line("home", position, "more")
            yield error("block-more", file=CONFIG, line=line, where=where, target=block.more)


def _exists(href: str, outputs: frozenset[str]) -> bool:
    return href.startswith(_ABROAD) or unquote(href.split("#")[0].split("?")[0]) in outputs


def menu(config: Config, site: Site, outputs: dict[str, str], home: Link) -> tuple[Link, ...]:
    """The menu as configured; else the home page and the first categories that are declared or have articles."""
    if not config.menu:
        shown = (t.link for t in site.categories if t.entry.order < 1000 or t.articles)
        return (home, *islice(shown, _MENU_CATEGORIES))
    hrefs = {term.slug: term.href for term in site.categories}
    return tuple(
        Link(item.title, hrefs[item.category] if item.category else inside(item.url, outputs))
        for item in config.menu
        if item.url or item.category in hrefs
    )


def menu_faults(
    config: Config, site: Site, outputs: dict[str, str], pages: frozenset[str], root: Path
) -> Iterator[Problem]:
    """Menu entries that lead nowhere; `outputs` of documents, `pages`: all pages and copied files."""
    slugs = [term.slug for term in site.categories]
    for position, item in enumerate(config.menu):
        if item.category:
            fine = item.category in slugs
        else:
            fine = bool(item.url) and _exists(inside(item.url, outputs), pages)
        if not fine:
            yield _menu_fault(position, item, slugs, root)


def _menu_fault(position: int, item: MenuItem, slugs: list[str], root: Path) -> Problem:
    key = "category" if item.category else "url"
    target = item.category or item.url
    line = line_of(root / CONFIG, "menu", position, key) or line_of(root / CONFIG, "menu", position)
    near = nearest(target, slugs) if item.category else ""
    code = "menu-missing" if target else "menu-empty"
    return error(code, file=CONFIG, line=line, title=item.title, target=target, near=near)
