"""content/ -> sources: which files there are, and how each stands on disk."""

import os
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import msgspec

from gazette.problems import Problem, error

DOCUMENT_SUFFIXES = (".md", ".markdown", ".html", ".htm")
_JUNK = frozenset(["thumbs.db", "desktop.ini", "ehthumbs.db", ".ds_store"])


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


def scan(content: Path, file_prefix: str, problems: list[Problem]) -> list[Source]:
    """Every file below `content`, sorted by path; links that lead out are listed as errors.

    Left out: names that begin with a dot or with `~$`, editors' backups and folders `_x` other than
    Jekyll's `_posts` and `_drafts`.
    """
    if not content.is_dir():
        return []
    sources = list(_walk(content, "", os.path.realpath(content), file_prefix, problems))
    sources.sort(key=lambda source: source.path)
    return sources


def _walk(
    folder: Path, prefix: str, top: str, file_prefix: str, problems: list[Problem]
) -> Iterator[Source]:
    try:
        entries = list(os.scandir(folder))
    except OSError as fault:
        reason = fault.strerror or str(fault)
        problems.append(
            error("file-unreadable", file=file_prefix + prefix.rstrip("/"), reason=reason)
        )
        return
    for entry in entries:
        if _ignored(entry.name):
            continue
        path = prefix + entry.name
        if entry.is_symlink() and not _stays_inside(entry.path, top):
            problems.append(error("link-outside", file=file_prefix + path))
            continue
        if not _is_text(path):
            problems.append(error("name-undecodable", file=file_prefix + ascii(path)))
        elif entry.is_dir():
            if not entry.name.startswith("_") or entry.name in {"_posts", "_drafts"}:
                yield from _walk(Path(entry.path), path + "/", top, file_prefix, problems)
        elif entry.is_file():
            yield Source(path, signature_of(entry.stat()))
        else:
            problems.append(error("file-unreadable", file=file_prefix + path, reason="not a file"))


def signature_of(stat: os.stat_result) -> Signature:
    """The signature in a stat result."""
    return Signature(stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino)


def _ignored(name: str) -> bool:
    return name[0] == "." or name[:2] == "~$" or name[-1] == "~" or name.lower() in _JUNK


def _stays_inside(path: str, top: str) -> bool:
    """Whether a link leads to something below `top` that does not hold the link itself."""
    real = os.path.realpath(path)
    inside = real.startswith(top + os.sep)
    return inside and not os.path.abspath(path).startswith(real + os.sep)


def _is_text(path: str) -> bool:
    return path.isascii() or path == path.encode("utf-8", "replace").decode()


def normal(path: str) -> str:
    """The path in NFC: how links name it, whatever the file system made of it."""
    return path if path.isascii() else unicodedata.normalize("NFC", path)
