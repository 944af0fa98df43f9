"""Links as authors write them -> addresses of this site."""

import posixpath
from collections.abc import Iterable, Mapping
from urllib.parse import unquote

import msgspec

from gazette.config.decode import nearest
from gazette.problems import Problem, error, warning
from gazette.reading.document import FILE_PREFIX
from gazette.reading.model import Document
from gazette.reading.scan import normal
from gazette.urls import folded, href_of, output_path

_DOCUMENTS = (".md", ".markdown", ".html", ".htm")


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


class Resolver:
    """Knows all that links can lead to."""

    def __init__(
        self, documents: Mapping[str, str], hidden: frozenset[str], files: Mapping[str, str]
    ) -> None:
        """`documents` and `files`: path under content/ (in NFC) -> output path; see `Site.hidden`."""
        self._documents = documents
        self._hidden = hidden
        self._files = files
        self._folded = {folded(path): path for path in (*files, *documents, *hidden)}
        self._outputs: frozenset[str] = frozenset()

    def with_outputs(self, outputs: frozenset[str]) -> "Resolver":
        """The same, knowing all pages of the site too."""
        self._outputs = outputs
        return self

    def resolve(self, target: str, place: Place) -> Target:
        """Where `target` leads from `place`: a document, a file, or a page of the site."""
        address, mark, rest = _cut(target)
        suffix = mark + rest
        path = normal(unquote(address))
        found = (
            self._from_root(path, place) if path.startswith("/") else self._relative(path, place)
        )
        if found is None:
            return Target("", problem=self._missing(target, path, place))
        return msgspec.structs.replace(found, href=found.href + suffix) if found.href else found

    def _from_root(self, path: str, place: Place) -> Target | None:
        inside = posixpath.normpath(path).lstrip("/").removeprefix("./")
        page = self._page("" if inside == "." else inside, path.endswith("/"))
        return page or self._content(inside.removeprefix("content/"), place)

    def _relative(self, path: str, place: Place) -> Target | None:
        inside = posixpath.normpath(posixpath.join(posixpath.dirname(place.path), path))
        if inside.startswith("../") or inside == "..":
            problem = error(
                "link-outside", file=FILE_PREFIX + place.path, line=place.line, target=path
            )
            return Target("", problem=problem)
        found = self._content(inside, place)
        if found is not None:
            return found
        beside = posixpath.normpath(posixpath.join(posixpath.dirname(place.output), path))
        return None if beside.startswith("..") else self._page(beside, path.endswith("/"))

    def _page(self, path: str, folder: bool) -> Target | None:
        """A page of the built site, with or without its ending."""
        for output in (path, output_path(path + "/"), output_path("/" + path)):
            if output in self._outputs and (output != path or not folder):
                return Target(href_of(output))
        return None

    def _content(self, path: str, place: Place) -> Target | None:
        """A document or file under content/."""
        for name in (path, f"{path}/index.md"):
            found = self._exactly(name, place)
            if found is not None:
                return found
        actual = self._folded.get(folded(path))
        found = self._exactly(actual, place) if actual else None
        if found is not None and found.problem is None:
            file = FILE_PREFIX + place.path
            slip = warning("link-case", file=file, line=place.line, target=path, right=actual)
            return msgspec.structs.replace(found, problem=slip)
        return found

    def _exactly(self, path: str, place: Place) -> Target | None:
        if path in self._documents:
            return Target(href_of(self._documents[path]))
        if path in self._files:
            return Target(href_of(self._files[path]), file=path)
        if path in self._hidden:
            file = FILE_PREFIX + place.path
            return Target(
                "", problem=warning("link-hidden", file=file, line=place.line, target=path)
            )
        return None

    def _missing(self, target: str, path: str, place: Place) -> Problem:
        # Jekyll does not look where links lead, so its trees get a warning and the link no address.
        make = warning if place.jekyll else error
        return make(
            "link-missing",
            file=FILE_PREFIX + place.path,
            line=place.line,
            target=target,
            near=self._near(path, place),
        )

    def _near(self, path: str, place: Place) -> str:
        folder, name = posixpath.split(path)
        if name.startswith("www."):
            return f"https://{path}"
        inside = posixpath.normpath(posixpath.join(posixpath.dirname(place.path), folder))
        beside = [posixpath.split(known) for known in (*self._files, *self._documents)]
        near = nearest(name, [other for where, other in beside if where == inside])
        return posixpath.join(folder, near) if near else ""


def _cut(target: str) -> tuple[str, str, str]:
    """The address, and what follows it from the first `?` or `#` on."""
    for index, char in enumerate(target):
        if char in "?#":
            return target[:index], char, target[index + 1 :]
    return target, "", ""


class BodyLinks(msgspec.Struct, frozen=True):
    """Where the references of all bodies lead."""

    resolved: dict[str, tuple[tuple[str, str], ...]]
    """Document's path -> for each reference the attribute's name and its href (empty: nowhere)."""
    files: frozenset[str]
    """Files under content/ that are referred to."""
    problems: tuple[Problem, ...]


def resolve_bodies(placed: Iterable[tuple[Document, str]], resolver: Resolver) -> BodyLinks:
    """Resolve the references of documents, given with their output paths."""
    resolved, files, problems = {}, set(), []
    for document, output in placed:
        links = []
        for reference in document.references:
            target = resolver.resolve(reference.target, place_of(document, output, reference.line))
            links.append((reference.attribute, target.href))
            if target.file:
                files.add(target.file)
            if target.problem:
                problems.append(target.problem)
        if links:
            resolved[document.path] = tuple(links)
    return BodyLinks(resolved, frozenset(files), tuple(problems))


def place_of(document: Document, output: str, line: int | None = None) -> Place:
    """Where links of this document stand."""
    return Place(document.path, output, document.jekyll, line)
