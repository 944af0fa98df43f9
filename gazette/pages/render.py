"""Route -> bytes."""

import traceback
from html import escape
from pathlib import Path
from typing import Any

import jinja2
import msgspec
from markupsafe import Markup

from gazette.ledger import BlobRef, PackReader
from gazette.pages.context import Route
from gazette.pages.structured import json_ld
from gazette.pages.templates import make_environment, shown_path, syntax_problem
from gazette.pages.theme import Theme
from gazette.pages.views import FeedView
from gazette.problems import Problem, error
from gazette.reading.model import Body

Resolved = tuple[tuple[str, str], ...]
"""For each reference of a body: the attribute's name and its href (empty: leads nowhere)."""

_decode = msgspec.msgpack.Decoder(Body).decode


class RenderError(Exception):
    """A page could not be rendered; `problem` names the template, its line and the page."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(problem.code)


class Rendering(msgspec.Struct, frozen=True):
    """What rendering needs besides the routes; workers are given it whole."""

    theme: Theme
    translations: dict[str, str]
    packs: Path
    blobs: dict[bytes, BlobRef]
    links: dict[str, Resolved]
    """Of each document, by its path."""


class Renderer:
    """Renders routes; one in each process."""

    def __init__(self, rendering: Rendering) -> None:
        self._rendering = rendering
        self._environment = make_environment(rendering.theme, rendering.translations)
        self._reader = PackReader(rendering.packs)

    def close(self) -> None:
        """Close the packs."""
        self._reader.close()

    def render(self, route: Route) -> bytes:
        """The file's bytes; raises RenderError if its template fails."""
        view = route.view
        values: dict[str, Any] = {name: getattr(view, name) for name in view.__struct_fields__}
        common = view.common
        values |= {name: getattr(common, name) for name in common.__struct_fields__}
        try:
            template = self._environment.get_template(route.template)
            values |= self._bodies(route)
            values["jsonld"] = json_ld(view)
            return template.render(values).encode("utf-8")
        except jinja2.TemplateNotFound as fault:
            raise RenderError(self._missing(fault, route)) from fault
        except jinja2.TemplateSyntaxError as fault:
            raise RenderError(syntax_problem(fault, self._rendering.theme)) from fault
        except Exception as fault:  # whatever a template's expression raises
            if not self._in_template(fault):
                raise
            raise RenderError(self._failed(fault, route)) from fault

    def _bodies(self, route: Route) -> dict[str, Any]:
        if isinstance(route.view, FeedView):
            root = f"{route.view.common.site.url}/"
            return {"contents": tuple(self._content(*pair, root)[0] for pair in route.bodies)}
        if not route.bodies:
            return {"content": Markup(), "toc": ()}
        content, toc = self._content(*route.bodies[0], route.view.page.root)
        return {"content": content, "toc": toc}

    def _content(self, path: str, key: bytes, root: str) -> tuple[Markup, Any]:
        body = _decode(self._reader.read(self._rendering.blobs[key]))
        resolved = self._rendering.links.get(path, ())
        pieces = [body.html[0]]
        for (attribute, href), piece in zip(resolved, body.html[1:], strict=True):
            if href:
                pieces.append(f' {attribute}="{escape(root + href)}"')
            pieces.append(piece)
        return Markup("".join(pieces)), body.toc

    def _missing(self, fault: jinja2.TemplateNotFound, route: Route) -> Problem:
        name = fault.name or route.template
        return error("template-missing", file=route.template, template=name, page=route.path)

    def _in_template(self, fault: BaseException) -> bool:
        return self._place(fault) is not None or isinstance(fault, jinja2.TemplateError)

    def _place(self, fault: BaseException) -> tuple[Path, int] | None:
        """The last template on the way to the fault, and its line."""
        files = {str(path) for paths in self._rendering.theme.templates.values() for path in paths}
        frames = traceback.extract_tb(fault.__traceback__)
        found = [(Path(f.filename), f.lineno or 1) for f in frames if f.filename in files]
        return found[-1] if found else None

    def _failed(self, fault: BaseException, route: Route) -> Problem:
        place = self._place(fault)
        file = shown_path(place[0], self._rendering.theme) if place else route.template
        reason = f"{type(fault).__name__}: {fault}"
        line = place[1] if place else None
        return error("template-error", file=file, line=line, reason=reason, page=route.path)
