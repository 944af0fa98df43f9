"""Dates of articles that a git commit moved."""

import re
from collections.abc import Iterator
from pathlib import Path

import msgspec

from gazette.check.history import GitError, git
from gazette.reading.dates import read_date

_BULK = 20
"""A commit that changes the dates of so many files is an import, or a change of form."""
_HEADER = "\x01"
_LOG = (
    "--no-merges", "--no-color", "--no-ext-diff", "--no-textconv", "--text", "--no-show-signature",
    "--diff-filter=MR", "-M", "--relative", "--src-prefix=a/", "--dst-prefix=b/", "-U0", "-p",
    "-G", "^date[[:space:]]*:", f"--format={_HEADER}%h %as",
)  # fmt: skip
_DATE_LINE = re.compile(r"[-+]date[ \t]*[:：][ \t]*(.*)")


class MovedDate(msgspec.Struct, frozen=True):
    """A change of one article's date after the file was there."""

    file: str
    """Relative to the site's root."""
    before: str
    after: str
    commit: str
    """Its short name."""
    day: str
    """Of the commit."""


def moved_dates(root: Path, zone: str) -> list[MovedDate]:
    """The changes that still hold, by file; an empty list where there is no git or no history."""
    first: dict[str, MovedDate] = {}
    for changes in _commits(root):
        if len(changes) < _BULK:
            for change in changes:
                known = first.get(change.file)
                # The newest commit comes first; an older one tells what the date was before.
                if known is None:
                    first[change.file] = change
                else:
                    first[change.file] = msgspec.structs.replace(known, before=change.before)
    return [first[file] for file in sorted(first) if _differ(first[file], zone)]


def _differ(moved: MovedDate, zone: str) -> bool:
    before, after = read_date(moved.before, zone), read_date(moved.after, zone)
    return before is not None and after is not None and before.moment.day != after.moment.day


def _commits(root: Path) -> Iterator[list[MovedDate]]:
    """Of each commit, newest first, the articles whose `date:` line it changed."""
    try:
        log = git(root, "log", *_LOG, "--", "content")
    except GitError:
        return  # no git here, or no commit yet
    for commit in log.decode("utf-8", "replace").split(_HEADER)[1:]:
        head, _, diff = commit.partition("\n")
        name, _, day = head.partition(" ")
        yield list(_changes(diff, name, day))


def _changes(diff: str, commit: str, day: str) -> Iterator[MovedDate]:
    for part in re.split(r"^diff --git ", diff, flags=re.MULTILINE)[1:]:
        file = re.search(r"^\+\+\+ b/(.+?)\t?$", part, re.MULTILINE)
        dates = {}
        for line in part.split("\n"):
            match = _DATE_LINE.match(line)
            if match and line[0] not in dates:
                dates[line[0]] = match[1].strip().strip("\"'")
        was_draft = re.search(r"^-draft[ \t]*[:：][ \t]*true", part, re.MULTILINE)
        if file and len(dates) == 2 and not was_draft:
            yield MovedDate(file[1], dates["-"], dates["+"], commit, day)
