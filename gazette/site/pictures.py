"""Pictures where documents show them: which are used, what pages are told, what cannot be shown."""

import posixpath
from collections.abc import Collection, Iterable, Mapping
from urllib.parse import unquote

from gazette.media.formats import is_picture
from gazette.media.model import Shown
from gazette.media.pictures import Known
from gazette.problems import Problem, error, warning
from gazette.reading.model import Outline, Reference
from gazette.reading.scan import normal
from gazette.site.links import Place, Resolver, Target, place_of
from gazette.urls import folded


def used_pictures(
    documents: Iterable[tuple[Outline, str]], resolver: Resolver, files: Collection[str]
) -> set[str]:
    """Those of `files` that the documents (given with their output paths) refer to."""
    names = {folded(posixpath.basename(path)) for path in files}
    wanted = set(files)
    found: set[str] = set()
    for document, output in documents:
        for target in _targets(document):
            name = target.rpartition("/")[2]
            # Few references are pictures that are not known yet; only those are looked for.
            if folded(name) in names or _bare(name) in names:
                file = resolver.resolve(target, place_of(document, output)).file
                if file in wanted:
                    found.add(file)
    return found


def _targets(document: Outline) -> Iterable[str]:
    yield from (reference.target for reference in document.references)
    yield from (attachment.file for attachment in document.attachments)
    if document.cover:
        yield document.cover


def _bare(name: str) -> str:
    """The file name as it may stand on disk: without query and fragment, percent-encoding undone."""
    return folded(normal(unquote(name.split("?")[0].split("#")[0])))


class Gallery:
    """What pages may show of the site's pictures."""

    def __init__(self, known: Mapping[str, Known]) -> None:
        self._known = known

    def shown(self, target: Target) -> Shown | None:
        """The picture that a link leads to; None if nothing is known of it."""
        known = self._known.get(target.file) if target.file else None
        if known is None or known.picture.fault:
            return None
        picture = known.picture
        return Shown(
            target.href.split("?")[0].split("#")[0],
            picture.width,
            picture.height,
            picture.widths,
            picture.kind,
            picture.kinds,
        )

    def fault(self, target: Target, place: Place, picture: str = "") -> Problem | None:
        """Why it cannot be published; `picture`: what the author wrote, if it is to be shown as one."""
        if not target.href:
            return None  # leads nowhere, which has been said
        known = self._known.get(target.file) if target.file else None
        if known is None:
            return _no_picture(target, place, picture) if picture else None
        if known.picture.fault:
            file = f"content/{target.file}"
            code, reason = known.picture.fault, known.picture.reason
            return error(code, file=place.file, line=place.line, picture=file, reason=reason)
        return None

    def look(
        self, target: Target, place: Place, reference: Reference
    ) -> tuple[Shown | None, Problem | None]:
        """What a text shows where the reference stands, and what is wrong with it."""
        problem = self.fault(target, place, reference.target if reference.picture else "")
        return self.shown(target) if reference.picture else None, problem


def _no_picture(target: Target, place: Place, written: str) -> Problem | None:
    if is_picture(target.file or target.href.split("?")[0].split("#")[0]):
        return None
    # Jekyll does not look what pictures are, so its trees get a warning.
    make = warning if place.jekyll else error
    code = "picture-type" if target.file else "picture-page"
    return make(code, file=place.file, line=place.line, target=written)
