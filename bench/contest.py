"""The sites of all programs at one size, and what is timed with them."""

import json
import shutil
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from corpus import articles
from measure import Peer, peak_memory, timed
from pages import differences
from peer_sites import HugoSite, JekyllSite, PelicanSite
from sites import GazetteSite

HERE = Path(__file__).parent
PROGRAM = [sys.executable, str(HERE.parent / "build.py")]
SLOW = ("pelican", "jekyll")
SLOW_CASES = ("cold", "unchanged", "body edit")
SLOW_SIZE = 5000
OLD_ENOUGH = 3.0
"""Seconds after which a file that was written is no longer doubted."""


class Figure(NamedTuple):
    """One cell: seconds or megabytes, and how many files were written."""

    value: float
    written: int | None = None


Results = dict[str, dict[str, Figure]]
"""Case -> program -> figure."""


class Contest:
    """The sites of all programs, at one size."""

    def __init__(
        self, folder: Path, count: int, programs: Mapping[str, str], asked: Sequence[str] = ()
    ) -> None:
        self.folder = folder
        self.count = count
        self.asked = asked
        """Slow peers that are measured like the others."""
        self.sites: dict[str, GazetteSite] = {
            "gazette": GazetteSite(folder / "gazette"),
            "portal theme": GazetteSite(folder / "portal", "portal"),
        }
        self.peers = [
            Peer(name, [*PROGRAM, "-C", str(site.root), "--no-search", "--json"], folder, {})
            for name, site in self.sites.items()
        ]
        self.outputs = {name: site.root / "output" for name, site in self.sites.items()}
        for name, program in programs.items():
            if name not in SLOW or name in asked or count <= SLOW_SIZE:
                self._enter(name, program)
        rows = list(articles(count + 100))
        self.articles, self.unpublished = rows[:count], rows[count:]
        for site in self.sites.values():
            site.write(count)
        self._written_at = time.monotonic()

    def _enter(self, name: str, program: str) -> None:
        root = self.folder / name
        output = self.outputs[name] = self.folder / f"{name}-output"
        kinds = {"hugo": HugoSite, "pelican": PelicanSite, "jekyll": JekyllSite}
        commands = {
            "hugo": ["--quiet", "--destination", str(output)],
            "pelican": ["content", "-q", "-s", "pelicanconf.py", "-o", str(output)],
            "jekyll": ["build", "--quiet", "-d", str(output)],
        }
        self.sites[name] = kinds[name](root)
        self.peers.append(Peer(name, [program, *commands[name]], root, {}))

    def forget(self, peer: Peer, _round: int = 0) -> None:
        """As after a fresh clone: no output, nothing remembered."""
        shutil.rmtree(self.outputs[peer.name], ignore_errors=True)
        for name in (".gazette", ".jekyll-cache", "cache", "resources"):
            shutil.rmtree(self.sites[peer.name].root / name, ignore_errors=True)

    def cases(self) -> dict[str, Callable[[Peer, int], None]]:
        """What is done before each timed build."""
        sites, middle, newest = self.sites, self.articles[self.count // 2], self.articles[-1]
        return {
            "cold": self.forget,
            "unchanged": self._settle,
            "body edit": lambda p, n: sites[p.name].write_article(middle, mark=f"\n改动{n}。\n"),
            "title edit": lambda p, n: sites[p.name].write_article(newest, title=f"改题{n}"),
            "new article": lambda p, n: sites[p.name].write_article(self.unpublished[n]),
            "template edit": lambda p, n: sites[p.name].edit_template(f"{n}"),
            "category renamed": lambda p, n: sites[p.name].write_categories(f"改名{n}"),
        }

    def _settle(self, peer: Peer, number: int) -> None:
        """Let no file be so young that it must be doubted; for Gazette alone doubts any."""
        if number == 0 and peer.name in {"gazette", "portal theme"}:
            time.sleep(max(0.0, self._written_at + OLD_ENOUGH - time.monotonic()))
            timed(peer)

    def measured(self, rounds: int) -> Results:
        """All cases and the memory; a slow peer's once, unless it was asked for."""
        results: Results = {}
        for case, prepare in self.cases().items():
            results[case] = self._interleaved(case, prepare, rounds)
            if case == "cold":
                self._check_pages()
            shown = ", ".join(f"{name} {f.value:.2f} s" for name, f in results[case].items())
            print(f"{self.count:,} {case}: {shown}", file=sys.stderr, flush=True)
        results["memory"] = {}
        for peer in self.peers:
            self.forget(peer)
            results["memory"][peer.name] = Figure(peak_memory(peer))
        return results

    def _interleaved(
        self, case: str, prepare: Callable[[Peer, int], None], rounds: int
    ) -> dict[str, Figure]:
        """The median of each program; in each round they run in turn, so that all meet the same noise."""
        runs: dict[str, list[Figure]] = {}
        for number in range(rounds):
            for peer in self.peers:
                is_slow = peer.name in SLOW and peer.name not in self.asked
                if is_slow and (number or case not in SLOW_CASES):
                    continue
                prepare(peer, number)
                runs.setdefault(peer.name, []).append(self._run(peer))
        return {
            name: Figure(statistics.median(f.value for f in found), found[-1].written)
            for name, found in runs.items()
        }

    def _run(self, peer: Peer) -> Figure:
        started = time.time_ns()
        seconds, said = timed(peer)
        if peer.command[-1] == "--json":
            return Figure(seconds, json.loads(said)["counts"]["written"])
        return Figure(seconds, _newer(self.outputs[peer.name], started))

    def _check_pages(self) -> None:
        """Raise RuntimeError if the programs did not make the same pages."""
        wrong: list[str] = []
        found: dict[str, Counter[str]] = {}
        for name, output in self.outputs.items():
            if name != "portal theme":
                found[name], faults = differences(name, output, self.count)
                wrong += faults
        print(pages_table(self.count, found), file=sys.stderr)
        if wrong:
            raise RuntimeError("the programs did not make the same pages: " + "; ".join(wrong))


def pages_table(count: int, found: Mapping[str, Counter[str]]) -> str:
    """Files by kind of each program."""
    kinds: dict[str, Any] = dict.fromkeys(kind for counts in found.values() for kind in counts)
    rows = [[f"{count:,} articles", *found]]
    rows += [[kind, *(str(counts[kind]) for counts in found.values())] for kind in kinds]
    return "\n".join(f"{row[0]:20}" + "".join(f"{cell:>10}" for cell in row[1:]) for row in rows)


def _newer(output: Path, started_ns: int) -> int:
    """Files written since then; file systems' clocks may be a tick behind."""
    return sum(
        path.stat().st_mtime_ns >= started_ns - 10_000_000
        for path in output.rglob("*")
        if path.is_file()
    )
