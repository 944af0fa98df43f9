"""Route -> bytes."""

import re
import traceback
from html import escape
from pathlib import Path
from typing import Any

import jinja2
import msgspec
from markupsafe import Markup

from gazette.media.model import Shown
from gazette.packs import BlobRef, PackReader
from gazette.pages.context import Route
from gazette.pages.picture_markup import Markup as PictureMarkup
from gazette.pages.structured import json_ld
from gazette.pages.templates import WarmEnvironment, syntax_problem
from gazette.pages.theme import Theme, shown_path
from gazette.pages.views import FeedView
from gazette.problems import Problem, error
from gazette.reading.model import Body

Resolved = tuple[tuple[str, str], ...]
"""For each reference of a body: the attribute's name and its href (empty: leads nowhere)."""

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML 1.0 cannot hold, not even as references."""
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
    state: Path
    """The folder of the packs and of compiled templates."""
    blobs: dict[bytes, BlobRef]
    links: dict[str, Resolved]
    """Of each document, by its path."""
    pictures: dict[str, dict[int, Shown]]
    """Of each document, by the index of the reference."""


_environment = WarmEnvironment()
"""Of this process: a preview compiles its templates once."""


class Renderer:
    """Renders routes; one in each process."""

    def __init__(self, rendering: Rendering) -> None:
        self._rendering = rendering
        self._environment = _environment.of(
            rendering.theme, rendering.translations, rendering.state / "templates"
        )
        self._reader = PackReader(rendering.state)

    def close(self) -> None:
        """Close the packs."""
        self._reader.close()

    def render(self, route: Route) -> bytes:
        """The file's bytes; raises RenderError if its template fails."""
        view = route.view
        values: dict[str, Any] = {name: getattr(view, name) for name in view.__struct_fields__}
        common = view.common
        values |= {name: getattr(common, name) for name in common.__struct_fields__}
        values |= self._bodies(route)
        values["jsonld"] = json_ld(view)
        try:
            text = self._environment.get_template(route.template).render(values)
        except jinja2.TemplateSyntaxError as fault:
            raise RenderError(syntax_problem(fault, self._rendering.theme)) from fault
        except jinja2.TemplateNotFound as fault:
            raise RenderError(self._missing(fault, route)) from fault
        except Exception as fault:  # whatever a template's expression raises
            if self._place(fault) is None:
                raise
            raise RenderError(self._failed(fault, route)) from fault
        if route.path.endswith(".xml"):
            text = _NOT_XML.sub("", text)
        return text.encode("utf-8", "replace")

    def _bodies(self, route: Route) -> dict[str, Any]:
        if isinstance(route.view, FeedView):
            pictures = PictureMarkup(f"{route.view.common.site.url}/", {}, plain=True)
            return {"contents": tuple(self._content(*pair, pictures)[0] for pair in route.bodies)}
        if not route.bodies:
            return {"content": Markup(), "toc": ()}
        view = route.view
        pictures = PictureMarkup(view.page.root, view.common.sizes, plain=False)
        content, toc = self._content(*route.bodies[0], pictures)
        return {"content": content, "toc": toc}

    def body(self, key: bytes) -> Body:
        """The body of a document."""
        return _decode(self._reader.read(self._rendering.blobs[key]))

    def _content(self, path: str, key: bytes, markup: PictureMarkup) -> tuple[Markup, Any]:
        body = self.body(key)
        resolved = self._rendering.links.get(path, ())
        pictures = self._rendering.pictures.get(path, {})
        first = min(pictures, default=-1)
        pieces = [body.html[0]]
        for index, (attribute, href) in enumerate(resolved):
            piece = body.html[index + 1]
            if index in pictures and href:
                place = "gallery" if body.references[index].picture == "gallery" else "body"
                pieces[-1], piece = markup.put(
                    pieces[-1], piece, pictures[index], place, index == first
                )
            elif href:
                pieces.append(f' {attribute}="{escape(markup.root + href)}"')
            pieces.append(piece)
        return Markup("".join(pieces)), body.toc

    def _missing(self, fault: jinja2.TemplateNotFound, route: Route) -> Problem:
        file, line = self._shown_place(fault, route)
        names = [*fault.templates] if isinstance(fault, jinja2.TemplatesNotFound) else [fault.name]
        template = ", ".join(map(str, names))
        return error("template-missing", file=file, line=line, template=template, page=route.path)

    def _place(self, fault: BaseException) -> tuple[Path, int] | None:
        """The last template on the way to the fault, and its line."""
        files = {str(path) for paths in self._rendering.theme.templates.values() for path in paths}
        frames = traceback.extract_tb(fault.__traceback__)
        found = [(Path(f.filename), f.lineno or 1) for f in frames if f.filename in files]
        return found[-1] if found else None

    def _shown_place(self, fault: BaseException, route: Route) -> tuple[str, int | None]:
        place = self._place(fault)
        if place is None:
            return route.template, None
        return shown_path(place[0], self._rendering.theme.folders), place[1]

    def _failed(self, fault: BaseException, route: Route) -> Problem:
        file, line = self._shown_place(fault, route)
        reason = f"{type(fault).__name__}: {fault}"
        return error("template-error", file=file, line=line, reason=reason, page=route.path)
