"""The built site: which files it has, and their digests."""

import os
from collections.abc import Callable, Iterable
from pathlib import Path

import msgspec

from gazette.deploy.manifest import is_safe
from gazette.deploy.target import Upload
from gazette.digests import digest_file
from gazette.problems import SiteError, error
from gazette.publish.state import State, replace_file

_RACY_NS = 2_500_000_000
"""A file changed so shortly before it was read may change again within the same tick."""


class _Known(msgspec.Struct, frozen=True, array_like=True):
    """A file that was read: its signature (size, mtime, ctime, inode), and its bytes' digest."""

    signature: tuple[int, int, int, int]
    digest: bytes


def read_local(
    state: State, now_ns: int, progress: Callable[[int, int], None] = lambda *_: None
) -> dict[str, Upload]:
    """All files that Gazette made in the output folder; digests are remembered from one deploy to the next.

    Raises SiteError if it is not known which they are, or if one is missing.
    """
    made = state.read_made()
    if made is None:
        raise SiteError([error("deploy-unbuilt", output=str(state.output))])
    cache = state.folder / "digests"
    old = _read_cache(cache)
    known: dict[str, _Known] = {}
    found: dict[str, Upload] = {}
    for count, path in enumerate(sorted(made)):
        found[path] = _upload(state.output, path, old, known)
        progress(count + 1, len(made))
    young = now_ns - _RACY_NS
    sure = {path: item for path, item in known.items() if max(item.signature[1:3]) < young}
    if sure != old:
        replace_file(cache, msgspec.msgpack.encode(sure))
    return found


def _upload(output: Path, path: str, old: dict[str, _Known], known: dict[str, _Known]) -> Upload:
    place = output / path
    if not is_safe(path):
        raise SiteError([error("deploy-path", path=path)])
    try:
        stat = os.lstat(place)
        signature = (stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino)
        item = old.get(path)
        if item is None or item.signature != signature:
            item = _Known(signature, digest_file(place))
    except FileNotFoundError as fault:
        raise SiteError([error("deploy-missing", path=path, output=str(output))]) from fault
    known[path] = item
    return Upload(path, signature[0], item.digest, place)


def _read_cache(path: Path) -> dict[str, _Known]:
    try:
        return msgspec.msgpack.decode(path.read_bytes(), type=dict[str, _Known])
    except (OSError, msgspec.DecodeError):
        return {}


def size_of(uploads: Iterable[Upload]) -> int:
    """The bytes of several files together."""
    return sum(upload.size for upload in uploads)
