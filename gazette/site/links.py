"""Links as authors write them -> addresses of this site."""

import posixpath
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from urllib.parse import unquote

import msgspec

from gazette.config.decode import nearest
from gazette.media.model import Shown
from gazette.problems import Problem, error, warning
from gazette.reading.model import Outline, Reference
from gazette.reading.scan import FILE_PREFIX, normal
from gazette.urls import folded, href_of

STATIC = "static/"


class Target(msgspec.Struct, frozen=True):
    """Where a link leads: `href` (empty: nowhere), and the file under content/ that must be published."""

    href: str
    file: str | None = None
    problem: Problem | None = None


class Place(msgspec.Struct, frozen=True):
    """Where a link stands."""

    path: str
    """Of the document, relative to content/."""
    output: str
    jekyll: bool
    line: int | None

    @property
    def file(self) -> str:
        """The document, as messages name it."""
        return FILE_PREFIX + self.path


class Resolver:
    """Knows all that links can lead to."""

    def __init__(
        self, documents: Mapping[str, str], hidden: frozenset[str], files: Mapping[str, str],
        outputs: frozenset[str] = frozenset(),
    ) -> None:  # fmt: skip
        """`documents` and `files`: path under content/ (in NFC) -> output path; see `Site.hidden`.

        `outputs` are all pages and copied files of the site.
        """
        self._documents = documents
        self._hidden = hidden
        self._files = files
        self._outputs = outputs
        self._known: dict[str, Target] = {}
        """Where addresses lead that lead to the same place from everywhere."""

    def with_outputs(self, outputs: frozenset[str]) -> "Resolver":
        """The same, knowing all pages of the site too."""
        return Resolver(self._documents, self._hidden, self._files, outputs)

    @cached_property
    def _folded(self) -> dict[str, str]:
        """Paths under content/, as they are, by their folded form."""
        return {folded(path): path for path in (*self._hidden, *self._files, *self._documents)}

    @cached_property
    def _folders(self) -> dict[str, list[str]]:
        """The names in each folder of content/."""
        folders: dict[str, list[str]] = {}
        for path in (*self._files, *self._documents):
            folder, name = posixpath.split(path)
            folders.setdefault(folder, []).append(name)
        return folders

    def resolve(self, target: str, place: Place) -> Target:
        """Where `target` leads from `place`: a document, a file, or a page of the site."""
        known = self._known.get(target)
        if known is None:
            known = self._plain(target) or self._resolved(target, place)
            if target.startswith("/") and known.problem is None:
                self._known[target] = known
        return known

    def _plain(self, target: str) -> Target | None:
        """A page that is named by its whole path, as most are: no other rule comes before that."""
        path = target[1:]
        if target[:1] != "/" or path not in self._outputs or STATIC + path in self._files:
            return None
        return None if "%" in path or "#" in path or "?" in path else Target(href_of(path))

    def _resolved(self, target: str, place: Place) -> Target:
        address, suffix = _cut(target)
        if not address:
            return Target(href_of(place.output) + suffix)
        path = normal(unquote(address))
        found = self._found(path, place)
        if found is None and path != address:
            found = self._found(normal(address), place)  # a file whose own name holds %20
        if found is None:
            return Target("", problem=self._missing(target, path, place))
        return msgspec.structs.replace(found, href=found.href + suffix) if found.href else found

    def _found(self, path: str, place: Place) -> Target | None:
        if path.startswith("/"):
            inside = posixpath.normpath(path).lstrip("/")
            return (
                self._static(inside)
                or self._page(inside, path.endswith("/"))
                or self._content(STATIC + inside, path, place)
                or self._content(inside.removeprefix("content/"), path, place)
            )
        inside = posixpath.normpath(posixpath.join(posixpath.dirname(place.path), path))
        outside = inside.startswith("../") or inside == ".."
        found = None if outside else self._content(inside, path, place)
        if found is not None:
            return found
        beside = posixpath.normpath(posixpath.join(posixpath.dirname(place.output), path))
        found = self._page("" if beside == "." else beside, path.endswith("/"))
        if found is None and outside:
            problem = error("link-outside", file=place.file, line=place.line, target=path)
            return Target("", problem=problem)
        return found

    def _static(self, path: str) -> Target | None:
        """A file that is copied to this output path."""
        file = STATIC + path
        return Target(href_of(path), file=file) if self._files.get(file) == path else None

    def _page(self, path: str, folder: bool) -> Target | None:
        """A page of the built site, with or without its ending; `folder`: a slash stands after it."""
        index = f"{path}/index.html".lstrip("/")
        for output in (index,) if folder else (path, index, f"{path}.html"):
            if output in self._outputs:
                return Target(href_of(output))
        return None

    def _content(self, path: str, written: str, place: Place) -> Target | None:
        """A document or file under content/; `written` is how the author named it."""
        for name in (path, f"{path}/index.md"):
            found = self._exactly(name, place)
            if found is not None:
                return found
        actual = self._folded.get(folded(path))
        if actual is None:
            return None
        found = self._exactly(actual, place)
        if found is None or found.problem is not None:
            return found
        if written.startswith("/"):
            right = f"/{actual.removeprefix(STATIC)}"
        else:
            right = posixpath.relpath(actual, posixpath.dirname(place.path))
        slip = warning("link-case", file=place.file, line=place.line, target=written, right=right)
        return msgspec.structs.replace(found, problem=slip)

    def _exactly(self, path: str, place: Place) -> Target | None:
        if path in self._documents:
            return Target(href_of(self._documents[path]))
        if path in self._files:
            return Target(href_of(self._files[path]), file=path)
        if path in self._hidden:
            problem = warning("link-hidden", file=place.file, line=place.line, target=path)
            return Target("", problem=problem)
        return None

    def _missing(self, target: str, path: str, place: Place) -> Problem:
        # Jekyll does not look where links lead, so its trees get a warning and the link no address.
        make = warning if place.jekyll else error
        near = self._near(path, place)
        return make("link-missing", file=place.file, line=place.line, target=target, near=near)

    def _near(self, path: str, place: Place) -> str:
        folder, name = posixpath.split(path)
        if path.startswith("www."):
            return f"https://{path}"
        inside = posixpath.normpath(posixpath.join(posixpath.dirname(place.path), folder))
        if path.startswith("/"):
            inside = STATIC + posixpath.normpath(folder).lstrip("/")
        near = nearest(name, self._folders.get(inside.rstrip("/"), ()))
        return posixpath.join(folder, near) if near else ""


def _cut(target: str) -> tuple[str, str]:
    """The address, and what follows it from the first `?` or `#` on."""
    ends = [index for index in (target.find("?"), target.find("#")) if index >= 0]
    return (target[: min(ends)], target[min(ends) :]) if ends else (target, "")


class BodyLinks(msgspec.Struct, frozen=True):
    """Where the references of all bodies lead."""

    resolved: dict[str, tuple[tuple[str, str], ...]]
    """Document's path -> for each reference the attribute's name and its href (empty: nowhere)."""
    pictures: dict[str, dict[int, Shown]]
    """Document's path -> index of a reference -> the picture that it shows."""
    files: frozenset[str]
    """Files under content/ that are referred to."""
    problems: tuple[Problem, ...]


Look = Callable[[Target, Place, Reference], tuple[Shown | None, Problem | None]]
"""The picture that a reference shows, and why its target cannot be published."""


def resolve_bodies(
    placed: Iterable[tuple[Outline, str]], resolver: Resolver, look: Look
) -> BodyLinks:
    """Resolve the references of documents, given with their output paths."""
    resolved: dict[str, tuple[tuple[str, str], ...]] = {}
    pictures: dict[str, dict[int, Shown]] = {}
    files: set[str] = set()
    problems: list[Problem] = []
    for document, output in placed:
        links = []
        found: dict[int, Shown] = {}
        for index, reference in enumerate(document.references):
            place = place_of(document, output, reference.line)
            target = resolver.resolve(reference.target, place)
            links.append((reference.attribute, target.href))
            if target.problem:
                problems.append(target.problem)
            if target.file or reference.picture:
                shown, problem = look(target, place, reference)
                files.update([target.file] if target.file else ())
                problems += [problem] if problem else []
                if shown:
                    found[index] = shown
        if links:
            resolved[document.path] = tuple(links)
        if found:
            pictures[document.path] = found
    return BodyLinks(resolved, pictures, frozenset(files), tuple(problems))


def place_of(document: Outline, output: str, line: int | None = None) -> Place:
    """Where links of this document stand."""
    return Place(document.path, output, document.jekyll, line)
