"""Bringing a host up to date, whatever kind it is."""

import contextlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

import msgspec

from gazette.deploy.lock import Clock, Holder, HostLock
from gazette.deploy.manifest import Entry, Manifest, encode, read_manifest, read_pending
from gazette.deploy.order import Order
from gazette.deploy.plan import Past, Plan, make_plan, pending_of
from gazette.deploy.target import MANIFEST, PENDING, HostError, Target, Upload, upload_of
from gazette.deploy.transfer import Sender
from gazette.problems import Problem, error, warning

Progress = Callable[[int, int], None]


class Site(msgspec.Struct, frozen=True):
    """What is put on the host."""

    address: str
    files: Mapping[str, Upload]
    order: Order


class Manner(msgspec.Struct, frozen=True):
    """How it is done."""

    holder: Holder
    clock: Clock = Clock()
    dry_run: bool = False
    overwrite: bool = False
    """Also what others changed on the host is replaced or deleted."""
    list_deletions: bool = False
    """Nothing is deleted; a person does that."""
    progress: Progress = lambda _done, _total: None


class Report(msgspec.Struct, frozen=True):
    """What was done, or, in a dry run, what there is to do."""

    sent: tuple[Upload, ...] = ()
    deleted: tuple[str, ...] = ()
    to_delete: tuple[str, ...] = ()
    """For a person to delete."""
    altered: tuple[str, ...] = ()
    """Files that somebody else changed or put there; they were kept."""
    unchanged: int = 0
    release: str = ""
    """The release that readers now see, where releases are kept."""
    purged: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


@contextmanager
def locked(target: Target, manner: Manner) -> Iterator[Sender]:
    """Hold the host's lock; what is sent keeps it alive."""
    if manner.dry_run or not target.locks:
        yield Sender(target, manner.clock, lambda: None)
        return
    lock = HostLock(target, manner.holder, manner.clock)
    sender = Sender(target, manner.clock, lock.renew)
    sender.again(lock.take)
    try:
        yield sender
    finally:
        with contextlib.suppress(HostError):  # the connection may be gone: then the lock expires
            lock.give_back()


def update(target: Target, site: Site, manner: Manner) -> Report:
    """Send what changed, delete what is gone, and keep the list of it on the host."""
    files = dict(site.files) | {p: upload_of(p, data) for p, data in target.extras().items()}
    with locked(target, manner) as sender:
        before = sender.again(lambda: read_manifest(target))
        check_owner(before, site.address)
        pending = sender.again(lambda: read_pending(target))
        known = before.entries if before else {}
        past = Past(known, pending.entries if pending else None)
        plan = sender.again(lambda: make_plan(target, files, past, overwrite=manner.overwrite))
        if not manner.dry_run:
            _carry_out(_Work(sender, site, manner, plan, past))
    return report_of(plan, manner)


class _Work(msgspec.Struct, frozen=True):
    """All that carrying out a plan needs."""

    sender: Sender
    site: Site
    manner: Manner
    plan: Plan
    past: Past


def _carry_out(work: _Work) -> None:
    target, plan, past = work.sender.target, work.plan, work.past
    begun = past.pending is not None
    if plan.send:
        entries = pending_of(plan.send, past.pending or ())
        work.sender.put_own(PENDING, encode(work.site.address, entries))
        begun = True
    there = dict(plan.there) | {p: past.known[p] for p in plan.altered if p in past.known}
    there |= send_in_order(work.sender, work.site.order, plan.send, work.manner.progress)
    if work.manner.list_deletions:
        there |= {path: past.known[path] for path in plan.delete if path in past.known}
    else:
        work.sender.delete(plan.delete)
    work.sender.delete(plan.remnants)
    if begun or there != past.known:
        work.sender.put_own(MANIFEST, encode(work.site.address, there.values()))
    if begun:
        work.sender.delete([PENDING])
    target.finish()


def send_in_order(
    sender: Sender, order: Order, uploads: Sequence[Upload], progress: Progress
) -> dict[str, Entry]:
    """Send files phase by phase; their entries."""
    entries: dict[str, Entry] = {}

    def done(entry: Entry) -> None:
        entries[entry.path] = entry
        progress(len(entries), len(uploads))

    for phase in order.phases(uploads):
        sender.send(phase, done)
    return entries


def check_owner(manifest: Manifest | None, address: str) -> None:
    """Refuse a place where another site stands: its files would be taken for old ones of this."""
    if manifest is not None and manifest.site != address:
        raise HostError(error("host-other-site", site=manifest.site, address=address))


def report_of(plan: Plan, manner: Manner, problems: Iterable[Problem] = ()) -> Report:
    """What a plan came to."""
    shown = [warning("deploy-altered", path=path) for path in plan.altered]
    return Report(
        sent=plan.send,
        deleted=() if manner.list_deletions else plan.delete,
        to_delete=plan.delete if manner.list_deletions else (),
        altered=plan.altered,
        unchanged=len(plan.there),
        problems=(*shown, *problems),
    )
