"""Where a person, or a pattern, is named: in texts, captions, fields, files' names, attachments."""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from gazette.check.attachment_process import AttachmentProcess
from gazette.check.file_kinds import ATTACHMENTS, CLOSED
from gazette.check.manuscript import Manuscript
from gazette.reading.scan import FILE_PREFIX

_AROUND = 15


class Mention(msgspec.Struct, frozen=True):
    """One place that names what was asked for."""

    file: str
    line: int | None
    column: int | None
    kind: str
    """What names it: `title`, `paragraph`, `caption`, `alt`, `field`, `link`, `file` and the like."""
    context: str
    where: str = ""
    """In an attachment: `p. 3`, `¶ 12`, a sheet and its cell."""


UNREAD = "unread"
"""Kind of an attachment that cannot be looked into; its context is the reason, as the gate names it."""
CLOSED_FORMAT = "closed"


def pattern_of_name(name: str) -> str:
    """A pattern for a name: its characters, with spaces between them or not, as names are typeset."""
    return r"[ \u3000]*".join(re.escape(char) for char in name if not char.isspace())


def mentions(
    manuscripts: Iterable[Manuscript], files: Iterable[str], pattern: re.Pattern[str]
) -> Iterator[Mention]:
    """Every place in the documents' words and links, and every file whose name matches."""
    for manuscript in manuscripts:
        file = FILE_PREFIX + manuscript.path
        for segment in manuscript.segments:
            for match in pattern.finditer(segment.text):
                start, end = match.span()
                line, column = manuscript.place(segment.offset(start))
                around = segment.text[max(0, start - _AROUND) : end + _AROUND].replace("\n", " ")
                yield Mention(file, line, column, segment.key or segment.kind, around)
        for link in manuscript.links:
            if pattern.search(link.target):
                yield Mention(file, *manuscript.place(link.offset), "link", link.target)
    for path in sorted(files):
        if pattern.search(path):
            yield Mention(FILE_PREFIX + path, None, None, "file", path.rpartition("/")[2])


def mentions_in_files(
    content: Path, files: Sequence[str], pattern: re.Pattern[str]
) -> Iterator[Mention]:
    """Every place inside the attachments among `files` (paths under content/), and which are closed."""
    with AttachmentProcess([]) as process:
        for path in sorted(set(files)):
            if path.lower().endswith(CLOSED):
                yield Mention(FILE_PREFIX + path, None, None, UNREAD, CLOSED_FORMAT)
            elif path.lower().endswith(ATTACHMENTS) and (content / path).is_file():
                for seen in process.matches(content / path, pattern.pattern):
                    match = seen.kind == "match"
                    kind, context = (seen.place, seen.context) if match else (UNREAD, seen.kind)
                    yield Mention(FILE_PREFIX + path, None, None, kind, context, seen.where)
