"""content/ -> sources: which files there are, and how each stands on disk."""

import os
import unicodedata
from pathlib import Path

import msgspec

from gazette.problems import Problem, error

FILE_PREFIX = "content/"
"""Before paths under content/, where messages name files."""
DOCUMENT_SUFFIXES = (".md", ".markdown", ".html", ".htm")
_STATIC = "static/"
_NO_DOCUMENTS = (_STATIC, "data/")
_JEKYLL = frozenset(["_posts", "_drafts"])
_JUNK = frozenset(
    [".git", ".svn", ".gitkeep", "thumbs.db", "desktop.ini", "ehthumbs.db", ".ds_store"]
)


class Signature(msgspec.Struct, frozen=True, array_like=True):
    """What tells without reading that a file is the same as before."""

    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int


class Source(msgspec.Struct, frozen=True, array_like=True):
    """One file under content/; `path` is relative to content/, as the file system spells it."""

    path: str
    signature: Signature


def scan(content: Path, problems: list[Problem]) -> list[Source]:
    """Every file below `content`, sorted by path; links that lead out are listed as errors.

    Left out: names that begin with a dot or with `~$`, editors' backups and folders `_x` other than
    Jekyll's `_posts` and `_drafts`.
    """
    if not content.is_dir():
        return []
    walk = _Walk(os.path.realpath(content), problems)
    walk.folder(content, "", (walk.top,))
    return sorted(walk.sources, key=lambda source: source.path)


class _Walk:
    """Walks a folder whose real path is `top`; what cannot be used is listed."""

    def __init__(self, top: str, problems: list[Problem]) -> None:
        self.top = top
        self.problems = problems
        self.sources: list[Source] = []

    def folder(self, folder: Path, prefix: str, above: tuple[str, ...]) -> None:
        """Find the files below `folder`; `above` holds its own and its parents' real paths."""
        try:
            entries = list(os.scandir(folder))
        except OSError as fault:
            self._unreadable(prefix.rstrip("/"), fault)
            return
        for entry in entries:
            if not _ignored(entry.name, prefix):
                path = prefix + entry.name
                try:
                    self._entry(entry, path, above)
                except OSError as fault:
                    self._unreadable(path, fault)

    def _entry(self, entry: os.DirEntry[str], path: str, above: tuple[str, ...]) -> None:
        if not _is_text(entry.name):
            self.problems.append(error("name-undecodable", file=FILE_PREFIX + ascii(path)))
            return
        if entry.is_symlink() and not self._leads_inside(entry, path, above):
            return
        if entry.is_file():
            self.sources.append(Source(path, signature_of(entry.stat())))
        elif entry.is_dir():
            if entry.name[0] != "_" or entry.name in _JEKYLL or path.startswith(_STATIC):
                self.folder(Path(entry.path), path + "/", (*above, os.path.realpath(entry.path)))
        else:
            entry.stat()  # a link that leads nowhere says so
            self._unreadable(path, OSError(0, "not a file"))

    def _leads_inside(self, entry: os.DirEntry[str], path: str, above: tuple[str, ...]) -> bool:
        real = os.path.realpath(entry.path)
        if real not in above and real.startswith(self.top + os.sep):
            return True
        code = "link-circle" if real in above else "link-outside"
        self.problems.append(error(code, file=FILE_PREFIX + path))
        return False

    def _unreadable(self, path: str, fault: OSError) -> None:
        reason = fault.strerror or str(fault)
        file = (FILE_PREFIX + path).rstrip("/")
        self.problems.append(error("file-unreadable", file=file, reason=reason))


def signature_of(stat: os.stat_result) -> Signature:
    """The signature in a stat result."""
    return Signature(stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino)


def _ignored(name: str, folder: str) -> bool:
    """Files that nobody means; below `static/` all others are published, `.well-known` too."""
    if name.lower() in _JUNK:
        return True
    hidden = name[0] == "." or name[-1] == "~" or name[:2] == "~$"
    return hidden and not folder.startswith(_STATIC)


def _is_text(name: str) -> bool:
    return name.isascii() or name == name.encode("utf-8", "replace").decode()


def is_document(path: str) -> bool:
    """Whether the file may be a document: Markdown or HTML, in a document folder or at Jekyll's places."""
    return path.lower().endswith(DOCUMENT_SUFFIXES) and not path.startswith(_NO_DOCUMENTS)


def normal(path: str) -> str:
    """The path in NFC: how links name it, whatever the file system made of it."""
    return path if path.isascii() else unicodedata.normalize("NFC", path)
