"""Releases: each deploy is a folder of its own, and a link says which one readers see.

releases/20261122T081500Z/    the files of one deploy; what did not change is a hard link
releases/.part/               one that is being made
current -> releases/20261122T081500Z
"""

import time
from collections.abc import Mapping
from pathlib import PurePosixPath

import msgspec

from gazette.deploy.inside import InFolder
from gazette.deploy.manifest import Entry, Manifest, Pending, encode, read_manifest, read_pending
from gazette.deploy.plan import Past, Plan, make_plan, pending_of
from gazette.deploy.target import (
    OWN,
    PENDING,
    Found,
    LinkingTarget,
    Upload,
    is_temporary,
    read_all,
    upload_of,
)
from gazette.deploy.transfer import Sender, spread
from gazette.deploy.update import (
    Manner,
    Report,
    Site,
    check_owner,
    locked,
    report_of,
    send_in_order,
)
from gazette.problems import warning

FOLDER = "releases/"
PART = FOLDER + ".part/"
CURRENT = "current"


def manifest_of(release: str) -> str:
    """Where the manifest of a release is kept."""
    return f"{OWN}manifest-{release}"


def folder_of(release: str) -> str:
    """Where the files of a release lie."""
    return f"{FOLDER}{release}/"


def releases_on(target: LinkingTarget) -> list[str]:
    """The complete releases, oldest first."""
    names = [name for name in target.folders(FOLDER) if not name.startswith(".")]
    return sorted(name for name in names if target.look(manifest_of(name)))


def current_on(target: LinkingTarget) -> str:
    """The release that readers see; empty if there is none."""
    link = target.points_to(CURRENT)
    return "" if link is None else PurePosixPath(link).name


def release(target: LinkingTarget, site: Site, manner: Manner, keep: int) -> Report:
    """Make a release of what changed and hard links of the rest, and let readers see it."""
    with locked(target, manner) as sender:
        current = sender.again(lambda: current_on(target))
        ready = sender.again(lambda: _ready(target, site, manner, current))
        if ready:
            return _show_again(target, sender, manner, ready)
        work = sender.again(lambda: _prepare(target, site, manner, current))
        if work.plan.empty and current:
            return work.report(current)
        if manner.dry_run:
            return work.report("")
        making = _Making(target, sender, work)
        making.make()
        sender.again(lambda: target.point(CURRENT, FOLDER + work.name))
        sender.delete([PENDING])
        remove_old(target, sender, keep)
        return work.report(work.name, copied=making.copied)


class _Ready(msgspec.Struct, frozen=True):
    """A release that holds the site as it is built."""

    name: str
    shown: bool
    files: int


def _ready(target: LinkingTarget, site: Site, manner: Manner, current: str) -> _Ready | None:
    """The current release or the newest: it may have been rolled back, or not come to be shown."""
    wanted = {path: upload.digest for path, upload in site.files.items()}
    for name in dict.fromkeys([current, *releases_on(target)[-1:]]):
        manifest = read_manifest(target, manifest_of(name)) if name else None
        check_owner(manifest, site.address)
        if manifest is None or manner.overwrite:
            continue
        if {path: entry.digest for path, entry in manifest.entries.items()} == wanted:
            return _Ready(name, name == current, len(wanted))
    return None


def _show_again(target: LinkingTarget, sender: Sender, manner: Manner, ready: _Ready) -> Report:
    if not ready.shown and not manner.dry_run:
        sender.again(lambda: target.point(CURRENT, FOLDER + ready.name))
        sender.delete([PENDING])
    return Report(unchanged=ready.files, release=ready.name)


class _Work(msgspec.Struct, frozen=True):
    """A release to be made: what of the current one is taken over, and what is sent."""

    name: str
    site: Site
    manner: Manner
    base: Manifest
    """What Gazette put into the current release."""
    folder: str
    """The current release's folder; empty if there is none."""
    lying: Mapping[str, Found]
    """What lies in it."""
    plan: Plan
    pending: Pending | None

    @property
    def strangers(self) -> list[str]:
        """Files of others in the current release; they are taken over."""
        ours = self.base.entries.keys() | self.site.files.keys()
        return [path for path in self.lying if path not in ours and not is_temporary(path)]

    def report(self, shown: str, *, copied: bool = False) -> Report:
        """What the release came to."""
        notes = [warning("deploy-copied")] if copied else []
        return msgspec.structs.replace(report_of(self.plan, self.manner, notes), release=shown)


def _prepare(target: LinkingTarget, site: Site, manner: Manner, current: str) -> _Work:
    manifest = read_manifest(target, manifest_of(current)) if current else None
    base = manifest or Manifest(site.address, {})
    folder = folder_of(current) if current else ""
    lying = dict(target.walk_in(folder)) if current else {}
    past = Past(base.entries, None, lying)
    plan = make_plan(InFolder(target, folder), site.files, past, overwrite=manner.overwrite)
    pending = read_pending(target)
    name = pending.release if pending and pending.release else _new_name(manner, current)
    return _Work(name, site, manner, base, folder, lying, plan, pending)


def _new_name(manner: Manner, current: str) -> str:
    """Named for the time, and later than the current one even if a clock runs behind."""
    name = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime(manner.clock.now()))
    return name if name > current else f"{current}+"


class _Making:
    """Fills the folder of a new release; what a broken deploy brought there is not sent again."""

    def __init__(self, target: LinkingTarget, sender: Sender, work: _Work) -> None:
        self._target = target
        self._work = work
        self._part = Sender(InFolder(target, PART), sender.clock, sender.alive)
        self._sender = sender
        self._there: dict[str, Found] = {}
        self.copied = False

    def make(self) -> None:
        """Link, send, and rename the folder to the release's name."""
        work = self._work
        self._there = self._sender.again(lambda: dict(self._target.walk_in(PART)))
        taken = [*work.plan.there, *work.plan.altered, *work.strangers]
        taken = [path for path in taken if path in work.lying]
        needless = self._there.keys() - taken - {upload.path for upload in work.plan.send}
        self._part.delete(sorted(needless))
        self._link(taken)
        entries = self._send()
        known = work.base.entries
        entries |= work.plan.there
        entries |= {path: known[path] for path in work.plan.altered if path in known}
        linked = [path for path in taken if path not in entries]
        data = encode(work.site.address, entries.values(), linked)
        self._sender.put_own(manifest_of(work.name), data)
        self._sender.again(self._rename)

    def _rename(self) -> None:
        if ".part" in self._target.folders(FOLDER):  # else it was done before a connection broke
            self._target.rename_folder(PART.rstrip("/"), FOLDER + self._work.name)

    def _link(self, paths: list[str]) -> None:
        lying = self._work.lying
        missing = [path for path in paths if self._there.get(path) != lying[path]]
        made = spread(self._linked, missing, self._target.parallel)
        unlinked = []
        for path, done in zip(missing, made, strict=True):
            self._sender.alive()
            if not done:
                unlinked.append(path)
        if unlinked:
            self.copied = True
            self._copy(unlinked)

    def _linked(self, path: str) -> bool:
        old, new = self._work.folder + path, PART + path
        return self._part.again(lambda: self._target.link(old, new))

    def _copy(self, paths: list[str]) -> None:
        """Send anew what the host cannot link: from here, or, what others put there, from the host."""
        work = self._work
        ours = [work.site.files[path] for path in paths if path in work.plan.there]
        self._part.send(ours, lambda _entry: None)
        for path in paths:
            if path not in work.plan.there:
                data = read_all(self._target, work.folder + path) or b""
                self._part.send([upload_of(path, data)], lambda _entry: None)

    def _send(self) -> dict[str, Entry]:
        work = self._work
        pending = work.pending.entries if work.pending else ()
        wanted: dict[str, Upload] = {upload.path: upload for upload in work.plan.send}
        known = {path: entry for path, entry in work.base.entries.items() if path in wanted}
        there = {path: found for path, found in self._there.items() if path in wanted}
        past = Past(known, pending, there)
        plan = make_plan(self._part.target, wanted, past, overwrite=True)
        own = encode(work.site.address, pending_of(plan.send, pending), (), work.name)
        self._sender.put_own(PENDING, own)
        return dict(plan.there) | send_in_order(
            self._part, work.site.order, plan.send, work.manner.progress
        )


def remove_old(target: LinkingTarget, sender: Sender, keep: int) -> None:
    """Remove releases beyond the newest `keep`; files that others put into one stay, with its folder."""
    current = current_on(target)
    for name in releases_on(target)[:-keep]:
        if name == current:
            continue
        manifest = read_manifest(target, manifest_of(name))
        if manifest:
            paths = [*manifest.entries, *manifest.linked]
            sender.delete([folder_of(name) + path for path in paths])
        sender.delete([manifest_of(name)])
