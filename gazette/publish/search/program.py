"""Pagefind's program: where it is, and running it."""

import contextlib
import importlib.util
import json
import os
import shutil
import subprocess
import time
from collections import deque
from collections.abc import Iterable
from pathlib import Path

import msgspec

from gazette.problems import Problem, warning

_WHEELS = ("pagefind_bin_extended", "pagefind_bin")
_NAMES = ("pagefind_extended", "pagefind")
_LANGUAGE = "unknown"
"""One index a part, words as they are: the corpus has cut them already."""
_PAUSE = 0.02


def find_program() -> Path | None:
    """The program: from the wheels that carry it (without importing them), else on the path."""
    for wheel in _WHEELS:
        with contextlib.suppress(ImportError, ValueError):
            spec = importlib.util.find_spec(wheel)
            for folder in (spec and spec.submodule_search_locations) or ():
                for name in _NAMES:
                    found = shutil.which(name, path=folder)
                    if found:
                        return Path(found)
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    return Path(found) if found else None


class Job(msgspec.Struct, frozen=True):
    """One run: a part's corpus and where its index goes."""

    part: str
    corpus: Path
    output: Path
    count: int
    """Number of documents."""


class _Run(msgspec.Struct, frozen=True):
    job: Job
    process: subprocess.Popen[bytes]
    log: Path
    deadline: float


class Runs:
    """Runs of the program, some at a time, beside whatever else the build does."""

    def __init__(self, program: Path, jobs: Iterable[Job], at_once: int, timeout: int) -> None:
        self._program = program
        self._waiting = deque(jobs)
        self._at_once = at_once
        self._timeout = timeout
        self._running: list[_Run] = []
        self.faults: dict[str, Problem] = {}
        """What went wrong, by part."""

    def advance(self) -> None:
        """Take note of runs that have ended, and start others."""
        for run in [*self._running]:
            if run.process.poll() is not None:
                self._ended(run)
            elif time.monotonic() > run.deadline:
                self._kill(run)
                seconds = self._timeout
                self.faults[run.job.part] = warning(
                    "search-timeout", part=run.job.part, seconds=seconds
                )
        while self._waiting and len(self._running) < self._at_once:
            self._start(self._waiting.popleft())

    def finish(self) -> None:
        """Wait for all."""
        while self._waiting or self._running:
            self.advance()
            if self._running:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    self._running[0].process.wait(_PAUSE)

    def close(self) -> None:
        """End what still runs."""
        self._waiting.clear()
        for run in [*self._running]:
            self._kill(run)

    def _start(self, job: Job) -> None:
        log = job.corpus.with_name(f"{job.part}.log")
        command = [
            str(self._program), "--site", str(job.corpus), "--output-path", str(job.output),
            "--force-language", _LANGUAGE, "--silent",
        ]  # fmt: skip
        # Pagefind takes settings from the environment and from files in its folder: from neither here.
        environment = {k: v for k, v in os.environ.items() if not k.upper().startswith("PAGEFIND_")}
        try:
            with log.open("wb") as out:
                process = subprocess.Popen(
                    command, cwd=job.corpus, env=environment,
                    stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT,
                )  # fmt: skip
        except OSError as fault:
            self._failed(job, fault.strerror or str(fault))
        else:
            deadline = time.monotonic() + self._timeout
            self._running.append(_Run(job, process, log, deadline))

    def _kill(self, run: _Run) -> None:
        run.process.kill()
        run.process.wait()
        self._running.remove(run)

    def _ended(self, run: _Run) -> None:
        self._running.remove(run)
        status = run.process.returncode
        if status:
            said = run.log.read_text("utf-8", "replace").strip()
            self._failed(run.job, said.rpartition("\n")[2] or f"exit status {status}")
        elif _indexed(run.job.output) != run.job.count:
            self._failed(run.job, "not all documents are in the index")

    def _failed(self, job: Job, reason: str) -> None:
        self.faults[job.part] = warning("search-failed", part=job.part, reason=reason)


def _indexed(output: Path) -> int:
    """How many documents the index holds, as its entry file says."""
    try:
        entry = json.loads((output / "pagefind-entry.json").read_bytes())
        return sum(language["page_count"] for language in entry["languages"].values())
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return -1
