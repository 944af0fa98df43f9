"""A process of its own that looks into attachments, with limits on time and memory."""

import contextlib
import multiprocessing
import re
import sys
from collections.abc import Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import Any

import msgspec

from gazette.check.attachment_reader import words_of
from gazette.check.attachment_words import UnreadableError
from gazette.check.person_numbers import concealed, persons_in

_SECONDS = 20
"""Of processor time that one file may take, where the system counts it."""
_PATIENCE = 90
"""Seconds by the clock after which the process is ended in any case."""
_MEMORY = 2_000_000_000
_MOST = 20
"""Findings of one kind in one file."""
_LEFT_OVER = ("comment", "change", "hidden")


class TimeUp(BaseException):
    """The file takes too long. No `Exception`: libraries catch those."""


class Seen(msgspec.Struct, frozen=True, array_like=True):
    """Something in an attachment: a number of a person, or words that should have been removed."""

    kind: str
    """Rule of the family privacy, or `comment`, `change`, `hidden`, `match`; a reason if it cannot be read."""
    place: str
    where: str
    found: str
    context: str = ""


def seen_in(path: Path, public: frozenset[str]) -> list[Seen]:
    """What one file holds."""
    found: dict[tuple[str, str], Seen] = {}
    kinds: list[str] = []
    try:
        for words in words_of(path):
            if words.place in _LEFT_OVER and words.place not in kinds:
                kinds.append(words.place)
                told = concealed(words.text)[:40] or words.where
                found[words.place, ""] = Seen(words.place, words.place, words.where, told)
            for kind, number, context in persons_in(words.text, public):
                if kinds.count(kind) < _MOST and (kind, number) not in found:
                    kinds.append(kind)
                    seen = Seen(kind, words.place, words.where, number, context)
                    found[kind, number] = seen
    except UnreadableError as fault:
        found["", ""] = Seen(fault.reason, "", "", "")
    return list(found.values())


def matches_in(path: Path, pattern: str) -> list[Seen]:
    """Every place in one file that the regular expression matches; or why that cannot be told."""
    search, found = re.compile(pattern), list[Seen]()
    try:
        for place, where, text in words_of(path):
            whole = _BROKEN_LINE.sub("", text)
            for match in search.finditer(whole):
                around = whole[max(0, match.start() - _AROUND) : match.end() + _AROUND]
                found.append(Seen("match", place, where, match[0], around.replace("\n", " ")))
    except UnreadableError as fault:
        found.append(Seen(fault.reason, "", "", ""))
    return found


_BROKEN_LINE = re.compile(r"(?<=[\u4e00-\u9fff])[ \t]*\n[ \t]*(?=[\u4e00-\u9fff])")
"""Where a page breaks a line, which in Chinese breaks no word."""
_AROUND = 15
_AGAIN = 0.01
"""Seconds between two reminders that the time is up."""


class AttachmentProcess:
    """Looks into one file after another; a file that breaks the process costs only itself."""

    def __init__(
        self, public: Sequence[str], seconds: float = _SECONDS, patience: float = _PATIENCE
    ):
        self._settings = (tuple(public), seconds)
        self._patience = patience
        self._process: Any = None
        self._pipe: Connection | None = None

    def __enter__(self) -> "AttachmentProcess":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._end()

    def seen(self, path: Path) -> list[Seen]:
        """What the file holds, or why that cannot be told."""
        return self._answer(path, None)

    def matches(self, path: Path, pattern: str) -> list[Seen]:
        """The places that the regular expression matches, or why that cannot be told."""
        return self._answer(path, pattern)

    def _answer(self, path: Path, pattern: str | None) -> list[Seen]:
        if self._pipe is None:
            self._begin()
        assert self._pipe is not None
        try:
            self._pipe.send((str(path), pattern))
            if self._pipe.poll(self._patience):
                data: bytes = self._pipe.recv_bytes()
                return msgspec.msgpack.decode(data, type=list[Seen])
            reason = "slow"
        except (EOFError, OSError):
            reason = "heavy"
        self._end()
        return [Seen(reason, "", "", "")]

    def _begin(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, other = context.Pipe()
        self._process = context.Process(target=_work, args=(other, *self._settings), daemon=True)
        self._process.start()
        other.close()

    def _end(self) -> None:
        if self._pipe is not None:
            self._pipe.close()
            self._process.kill()
            self._process.join()
        self._pipe = None


def _work(pipe: Connection, public: tuple[str, ...], seconds: float) -> None:
    _limit_memory()
    with contextlib.suppress(EOFError, OSError):
        while True:
            name, pattern = pipe.recv()
            path = Path(name)
            try:
                with _limited_time(seconds):
                    seen = (
                        matches_in(path, pattern) if pattern else seen_in(path, frozenset(public))
                    )
            except MemoryError:
                seen = [Seen("heavy", "", "", "")]
            except TimeUp:
                seen = [Seen("slow", "", "", "")]
            pipe.send_bytes(msgspec.msgpack.encode(seen))


def _limit_memory() -> None:
    if sys.platform == "linux":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


@contextlib.contextmanager
def _limited_time(seconds: float) -> Any:
    """Raise TimeUp within, after so much processor time; Windows does not count it."""
    import signal

    if not hasattr(signal, "setitimer"):
        yield
        return

    def stop(_signal: int, _frame: object) -> None:
        raise TimeUp

    signal.signal(signal.SIGPROF, stop)
    # Again and again: where it is raised first (in a destructor, say) it may be lost.
    signal.setitimer(signal.ITIMER_PROF, seconds, _AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
