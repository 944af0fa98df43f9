"""Going back to an earlier release, and taking a page out of all of them for good."""

import msgspec

from gazette.deploy.manifest import Manifest, encode, is_safe, read_manifest
from gazette.deploy.releases import (
    CURRENT,
    FOLDER,
    PART,
    current_on,
    folder_of,
    manifest_of,
    releases_on,
)
from gazette.deploy.target import OWN, HostError, LinkingTarget, Target, read_all
from gazette.deploy.transfer import Sender
from gazette.deploy.update import Manner, Report, check_owner, locked
from gazette.problems import error

PURGED = OWN + "purged"
SEARCH = "pagefind/"
_TWINS = ("", ".gz", ".br")


class Purged(msgspec.Struct, frozen=True):
    """A file that no release up to this one may show again."""

    path: str
    release: str


def rollback(target: LinkingTarget, address: str, manner: Manner) -> Report:
    """Let readers see the release before the current one."""
    with locked(target, manner) as sender:
        current = sender.again(lambda: current_on(target))
        earlier = [name for name in releases_on(target) if name < current]
        if not earlier:
            raise HostError(error("release-none", current=current or "-"))
        name = earlier[-1]
        manifest = read_manifest(target, manifest_of(name))
        check_owner(manifest, address)
        gone = [item.path for item in read_purged(target) if item.release >= name]
        if not manner.dry_run:
            sender.delete([folder_of(name) + path for path in gone])
            sender.again(lambda: target.point(CURRENT, FOLDER + name))
        return Report(release=name, unchanged=len(manifest.entries) if manifest else 0)


def read_purged(target: Target) -> list[Purged]:
    """What was purged."""
    data = read_all(target, PURGED)
    try:
        found = [] if data is None else msgspec.json.decode(data, type=list[Purged])
    except msgspec.DecodeError as fault:
        raise HostError(error("manifest-damaged", path=PURGED, reason=fault)) from fault
    for item in found:
        if not is_safe(item.path):
            raise HostError(error("manifest-unsafe", path=PURGED, entry=item.path))
    return found


def with_twins(paths: list[str]) -> list[str]:
    """The files, and what a host keeps of them in compressed form."""
    return [path + suffix for path in paths for suffix in _TWINS]


def purge(target: Target, paths: list[str], manner: Manner) -> tuple[str, ...]:
    """Delete files whoever put them there; from all releases too. The files that were found."""
    with locked(target, manner) as sender:
        wanted = with_twins(paths)
        if not isinstance(target, LinkingTarget) or not current_on(target):
            return _purge_plain(target, sender, wanted)
        return _purge_releases(target, sender, wanted)


def _purge_plain(target: Target, sender: Sender, wanted: list[str]) -> tuple[str, ...]:
    found = sender.again(lambda: [path for path in wanted if target.look(path)])
    sender.delete(found)
    manifest = read_manifest(target)
    if manifest:
        left = {path: e for path, e in manifest.entries.items() if path not in wanted}
        if len(left) < len(manifest.entries):
            sender.put_own(OWN + "manifest", encode(manifest.site, left.values()))
    target.finish()
    return tuple(found)


def _purge_releases(target: LinkingTarget, sender: Sender, wanted: list[str]) -> tuple[str, ...]:
    current, names = current_on(target), releases_on(target)
    purged = {item.path: item for item in read_purged(target)}
    purged |= {path: Purged(path, max(names, default=current)) for path in wanted}
    # First it is remembered: a purge that breaks off is completed by the next rollback or purge.
    sender.put_own(PURGED, msgspec.json.encode(list(purged.values())))
    found = []
    for folder in [*map(folder_of, names), PART]:
        here = [folder + path for path in wanted if target.look(folder + path)]
        sender.delete(here)
        found += here
    shown = read_manifest(target, manifest_of(current))
    for name in names:
        manifest = read_manifest(target, manifest_of(name))
        if manifest and name != current and shown:
            manifest = _with_search_of(
                shown, manifest, sender, (folder_of(current), folder_of(name))
            )
        if manifest:
            left = [entry for path, entry in manifest.entries.items() if path not in wanted]
            linked = [path for path in manifest.linked if path not in wanted]
            sender.put_own(manifest_of(name), encode(manifest.site, left, linked))
    return tuple(found)


def _with_search_of(
    shown: Manifest, manifest: Manifest, sender: Sender, folders: tuple[str, str]
) -> Manifest:
    """An old release's manifest, after its search index has been replaced by the current one.

    Which parts of an index hold the words of a page cannot be told, so none of the old one stays.
    """
    new, old = folders
    target = sender.target
    sender.delete([old + path for path in manifest.entries if path.startswith(SEARCH)])
    kept = {path: e for path, e in manifest.entries.items() if not path.startswith(SEARCH)}
    for path, entry in shown.entries.items():
        if (
            path.startswith(SEARCH)
            and isinstance(target, LinkingTarget)
            and (target.link(new + path, old + path))
        ):
            kept[path] = entry
    return Manifest(manifest.site, kept, manifest.linked)
