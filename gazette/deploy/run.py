"""From a built site to its host: what the command `deploy` does."""

import datetime
import getpass
import os
import platform
import subprocess
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Literal

import msgspec

from gazette.config.decode import nearest
from gazette.config.deploy import DeployTarget
from gazette.config.load import SiteConfig, load
from gazette.deploy.connect import open_target, shown_url
from gazette.deploy.fitness import unfit
from gazette.deploy.history import purge, rollback
from gazette.deploy.local import read_local, size_of
from gazette.deploy.lock import Clock, Holder, token_in
from gazette.deploy.manifest import is_safe
from gazette.deploy.order import Order
from gazette.deploy.releases import release
from gazette.deploy.target import LinkingTarget, Target
from gazette.deploy.update import Manner, Progress, Report, Site, update
from gazette.deploy.verify import verify
from gazette.problems import Problem, SiteError, error, errors
from gazette.publish.state import State, disk_error
from gazette.urls import output_path

Action = Literal["update", "verify", "rollback", "purge"]
Opener = Callable[[str, DeployTarget, Path], Target]
LOG = "deploys.jsonl"
_CLOCK = Clock()


class DeployOptions(msgspec.Struct, frozen=True):
    """What the command line says of a deploy."""

    root: Path
    name: str = ""
    output: Path | None = None
    action: Action = "update"
    dry_run: bool = False
    overwrite: bool = False
    list_deletions: bool = False
    purge: tuple[str, ...] = ()
    force: str = ""


class Outcome(msgspec.Struct, frozen=True):
    """What a deploy came to."""

    name: str
    url: str
    report: Report
    seconds: float


class LogEntry(msgspec.Struct, frozen=True):
    """One line of the log of deploys."""

    when: str
    target: str
    url: str
    action: str
    revision: str
    files: int
    sent: int
    bytes: int
    deleted: int
    kept: int
    seconds: float
    release: str = ""
    purged: tuple[str, ...] = ()
    force: str = ""
    by: str = ""


def deploy(
    options: DeployOptions,
    progress: Progress = lambda *_: None,
    clock: Clock = _CLOCK,
    opener: Opener = open_target,
) -> Outcome:
    """Deploy; raises SiteError if the site is not fit for it, MachineError if the host does not let it."""
    config = load(options.root)
    name, settings = choose(config, options.name)
    output = (options.output or options.root / config.settings.output.dir).absolute()
    state = State(options.root, output)
    started = time.perf_counter()
    target = opener(name, settings, options.root)
    try:
        report = _Run(options, config, settings, state, target).done(progress, clock)
    except OSError as fault:
        raise disk_error(fault) from fault
    finally:
        target.close()
    problems = (*report.problems, *target.notes())
    report = msgspec.structs.replace(report, problems=problems)
    outcome = Outcome(
        name, shown_url(settings, options.root), report, time.perf_counter() - started
    )
    if not options.dry_run and options.action != "verify":
        _log(state, options, outcome, clock)
    return outcome


def choose(config: SiteConfig, name: str) -> tuple[str, DeployTarget]:
    """The target of that name; without a name the only one, or the one called `default`."""
    targets = config.settings.deploy
    if not targets:
        raise SiteError([error("deploy-none", file="config.yaml")])
    if not name:
        name = next(iter(targets)) if len(targets) == 1 else "default"
    if name not in targets:
        names, near = ", ".join(targets), nearest(name, targets)
        raise SiteError([error("deploy-unknown", name=name, names=names, near=near)])
    return name, targets[name]


class _Run(msgspec.Struct, frozen=True):
    """One deploy to one host."""

    options: DeployOptions
    config: SiteConfig
    settings: DeployTarget
    state: State
    target: Target

    def done(self, progress: Progress, clock: Clock) -> Report:
        """What it came to."""
        options, address = self.options, self.config.settings.site.url
        holder = Holder(_person(), token_in(self.state.folder))
        manner = Manner(
            holder, clock, options.dry_run, options.overwrite, options.list_deletions, progress
        )
        if options.action == "verify":
            return verify(self.target, address, manner, releases=self.settings.releases > 0)
        with self.state.locked():
            if options.action == "rollback":
                return self._rolled_back(address, manner)
            return self._updated(address, manner)

    def _rolled_back(self, address: str, manner: Manner) -> Report:
        if not isinstance(self.target, LinkingTarget) or not self.settings.releases:
            raise SiteError([error("release-none", current="-")])
        return rollback(self.target, address, manner)

    def _updated(self, address: str, manner: Manner) -> Report:
        self._check()
        files = read_local(self.state, time.time_ns())
        paths = _purged_paths(self.options.purge, files)
        site = Site(address, files, Order(self.config.settings.permalinks))
        if self.settings.releases and isinstance(self.target, LinkingTarget):
            report = release(self.target, site, manner, self.settings.releases)
        else:
            report = update(self.target, site, manner)
        if paths and not manner.dry_run:
            gone = purge(self.target, paths, manner)
            report = msgspec.structs.replace(report, purged=gone)
        return report

    def _check(self) -> None:
        """Refuse what readers should not see, unless there is a reason."""
        if self.state.read_made() is None or self.state.journal.exists():
            raise SiteError([error("deploy-unbuilt", output=str(self.state.output))])
        problems = unfit(self.state)
        if problems and not self.options.force:
            raise SiteError(problems)


def _purged_paths(asked: tuple[str, ...], files: Mapping[str, object]) -> list[str]:
    """The output paths to purge; one that the built site still has would come back at once."""
    paths, problems = [], list[Problem]()
    for text in asked:
        path = text.replace("\\", "/").lstrip("/")
        path = path if "." in path.rpartition("/")[2] else output_path(path)
        if not is_safe(path):
            problems.append(error("deploy-path", path=path))
        elif path in files:
            problems.append(error("purge-built", path=path))
        paths.append(path)
    if problems:
        raise SiteError(problems)
    return paths


def _person() -> str:
    try:
        user = getpass.getuser()
    except (OSError, KeyError):  # a container without names
        user = "?"
    return f"{user}@{platform.node()}, process {os.getpid()}"


def revision_of(root: Path) -> str:
    """The git revision of the site's sources; empty where there is none."""
    try:
        done = subprocess.run(
            ["git", "rev-parse", "--short=12", "HEAD"], cwd=root, capture_output=True, check=False,
            timeout=10,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode("ascii", "replace").strip() if done.returncode == 0 else ""


def _log(state: State, options: DeployOptions, outcome: Outcome, clock: Clock) -> None:
    report = outcome.report
    moment = datetime.datetime.fromtimestamp(clock.now(), datetime.UTC)
    entry = LogEntry(
        when=moment.isoformat(timespec="seconds"),
        target=outcome.name,
        url=outcome.url,
        action=options.action,
        revision=revision_of(options.root),
        files=report.unchanged + len(report.sent),
        sent=len(report.sent),
        bytes=size_of(report.sent),
        deleted=len(report.deleted),
        kept=len(report.altered),
        seconds=round(outcome.seconds, 3),
        release=report.release,
        purged=report.purged,
        force=options.force,
        by=_person(),
    )
    with (state.folder / LOG).open("ab") as file:
        file.write(msgspec.json.encode(entry) + b"\n")


def failed(report: Report) -> bool:
    """Whether the host is not as the built site is: something differs, or was kept."""
    return bool(report.altered or errors(report.problems))
