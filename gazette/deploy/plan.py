"""What a deploy has to do: the built site against what was put on the host, and what lies there now."""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from gazette.deploy.manifest import Entry
from gazette.deploy.target import Found, Target, Upload, digest_on, is_temporary
from gazette.deploy.transfer import entry_of, spread

_FEW = 200
"""Files up to this many are looked at one by one; for more the whole host is listed."""


class Past(msgspec.Struct, frozen=True):
    """What was put on the host before."""

    known: Mapping[str, Entry]
    """By the last deploy that came to its end."""
    pending: Sequence[Entry] | None = None
    """By one that did not, perhaps; None if all did."""
    lying: Mapping[str, Found] | None = None
    """What lies there now, if that is known already."""


class Plan(msgspec.Struct, frozen=True):
    """What there is to do."""

    send: tuple[Upload, ...] = ()
    delete: tuple[str, ...] = ()
    there: Mapping[str, Entry] = {}
    """The files that are on the host as they are to be."""
    altered: tuple[str, ...] = ()
    """Files that somebody else changed or put there; they are kept."""
    remnants: tuple[str, ...] = ()
    """What broken transfers left."""

    @property
    def empty(self) -> bool:
        """Whether there is nothing to do."""
        return not (self.send or self.delete or self.remnants)


def make_plan(target: Target, local: Mapping[str, Upload], past: Past, *, overwrite: bool) -> Plan:
    """Compare; files are read back only where neither size nor stamp tells what they are."""
    pending = {entry.path for entry in past.pending or ()}
    paths = sorted({*local, *past.known, *pending})
    whole = overwrite or past.pending is not None or not past.known
    doubtful = [path for path in paths if whole or not _same(local, past.known, path)]
    if past.lying is None:
        lying, remnants = _look(target, doubtful, whole=whole)
    else:
        lying, remnants = dict(past.lying), []
    judge = _Judge(target, local, past, overwrite=overwrite)
    send, delete, altered = [], [], []
    there = {path: past.known[path] for path in set(paths).difference(doubtful)}
    verdicts = spread(lambda path: judge.of(path, lying.get(path)), doubtful, target.parallel)
    for path, verdict in zip(doubtful, verdicts, strict=True):
        if isinstance(verdict, Entry):
            there[path] = verdict
        elif verdict == "send":
            send.append(local[path])
        elif verdict == "delete":
            delete.append(path)
        elif verdict == "altered":
            altered.append(path)
    return Plan(tuple(send), tuple(delete), there, tuple(altered), tuple(remnants))


def _same(local: Mapping[str, Upload], known: Mapping[str, Entry], path: str) -> bool:
    return path in local and path in known and local[path].digest == known[path].digest


def _look(
    target: Target, paths: Sequence[str], *, whole: bool
) -> tuple[dict[str, Found], list[str]]:
    """What lies at these paths, and, if the whole host was listed, what broken transfers left."""
    if not whole and len(paths) <= _FEW:
        found = zip(paths, spread(target.look, paths, target.parallel), strict=True)
        return {path: here for path, here in found if here}, []
    lying = dict(target.walk())
    return lying, sorted(filter(is_temporary, lying))


class _Judge:
    """Decides about one file at a time."""

    def __init__(
        self, target: Target, local: Mapping[str, Upload], past: Past, *, overwrite: bool
    ) -> None:
        self._target = target
        self._local = local
        self._past = past
        self._overwrite = overwrite
        self._pending: dict[str, list[Entry]] = {}
        for entry in past.pending or ():
            self._pending.setdefault(entry.path, []).append(entry)

    def of(self, path: str, here: Found | None) -> Entry | str:
        """The entry of a file that is as it is to be; else `send`, `delete`, `altered` or nothing."""
        wanted = self._local.get(path)
        if here is None:
            return "send" if wanted else ""
        digest = self._digest(path, wanted, here)
        if wanted and digest == wanted.digest:
            return entry_of(wanted, here)
        if digest is None and not self._overwrite:
            return "altered" if wanted or path in self._past.known else ""
        if wanted:
            return "send"
        return "delete" if digest or path in self._past.known else ""

    def _digest(self, path: str, wanted: Upload | None, here: Found) -> bytes | None:
        """The digest of the version that lies on the host; None if it is none of ours."""
        known = self._past.known.get(path)
        if known and known.size == here.size and _untouched(known, wanted, here):
            return known.digest
        sent = {entry.digest for entry in self._pending.get(path, ()) if entry.size == here.size}
        others = {item.digest for item in (known, wanted) if item and item.size == here.size}
        if len(sent) == 1 and others <= sent:
            return sent.pop()  # nothing of this size lay there before it was sent
        ours = sent | others
        digest = digest_on(self._target, path) if ours else None
        return digest if digest in ours else None


def _untouched(known: Entry, wanted: Upload | None, here: Found) -> bool:
    if here.stamp and known.stamp:
        return here.stamp == known.stamp
    # Some hosts tell no more than the size; a file that stays is not read for that.
    return wanted is not None and wanted.digest == known.digest


def pending_of(uploads: Iterable[Upload], before: Iterable[Entry]) -> list[Entry]:
    """What is written to the host before anything is sent: all that may be found there afterwards."""
    kept = {(entry.path, entry.digest): entry for entry in before}
    new = {(u.path, u.digest): Entry(u.path, u.size, u.digest) for u in uploads}
    return list((kept | new).values())
