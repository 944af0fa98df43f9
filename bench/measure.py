"""Times commands, and the memory of all their processes together."""

import math
import os
import subprocess
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple


class Peer(NamedTuple):
    """A program that builds a site: its command, and where its output goes."""

    name: str
    command: Sequence[str]
    folder: Path
    environment: dict[str, str]


def run(peer: Peer) -> float:
    """Seconds that one build takes."""
    return timed(peer)[0]


def timed(peer: Peer, *, faults: bool = False) -> tuple[float, str]:
    """Seconds that a command takes, and what it prints; with `faults` it may end with 1."""
    started = time.perf_counter()
    done = subprocess.run(
        peer.command,
        cwd=peer.folder,
        env=os.environ | peer.environment,
        capture_output=True,
        check=False,
    )
    seconds = time.perf_counter() - started
    if done.returncode > (1 if faults else 0) or done.returncode < 0:
        said = (done.stderr + done.stdout).decode(errors="replace")
        raise RuntimeError(f"{peer.name}: {said[-2000:]}")
    return seconds, done.stdout.decode(errors="replace")


def peak_memory(peer: Peer) -> float:
    """Megabytes: the highest sum of the proportional set sizes of all the build's processes.

    In a build of its own, for looking slows it. Not a number where the system does not tell (Linux does).
    """
    if not Path("/proc/self/smaps_rollup").exists():
        return math.nan
    process = subprocess.Popen(
        peer.command, cwd=peer.folder, env=os.environ | peer.environment,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    peak = 0.0
    over = threading.Event()

    def watch() -> None:
        nonlocal peak
        while not over.wait(0.02):
            peak = max(peak, tree_memory(process.pid))

    watcher = threading.Thread(target=watch)
    watcher.start()
    process.wait()
    over.set()
    watcher.join()
    return peak


def tree_memory(pid: int) -> float:
    """Megabytes of the process and all below it."""
    return sum(_pss(each) for each in _tree(pid)) / 1024


def _tree(pid: int) -> list[int]:
    """The process and all below it."""
    found, waiting = [], [pid]
    while waiting:
        pid = waiting.pop()
        found.append(pid)
        for children in Path(f"/proc/{pid}/task").glob("*/children"):
            try:
                waiting += [int(child) for child in children.read_text().split()]
            except OSError:
                continue
    return found


def _pss(pid: int) -> int:
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    except OSError:
        pass
    return 0
