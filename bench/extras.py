"""What is timed apart: the publication gate, `check`, the search index; and a build on disk beside `cp -r`."""

import json
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from contest import OLD_ENOUGH, PROGRAM
from corpus import Article, articles
from measure import Peer, timed
from peer_sites import HugoSite
from sites import GazetteSite

Seconds = dict[str, dict[str, float]]
"""Case -> what is timed -> median seconds."""


class Apart:
    """One site of each theme, and the commands that are timed on them."""

    def __init__(self, folder: Path, count: int) -> None:
        self.middle: Article = list(articles(count))[count // 2]
        self.sites = {
            "gate off": GazetteSite(folder / "off"),
            "gate on": GazetteSite(folder / "on"),
            "check": GazetteSite(folder / "check"),
            "portal theme": GazetteSite(folder / "portal", "portal"),
            "with search": GazetteSite(folder / "search", "portal"),
        }
        for name, site in self.sites.items():
            site.write(count)
            if name in {"gate on", "check"}:
                _settings(site, gate={"mode": "warn"})
        ends = {"check": ["check", "--format", "json"], "with search": ["--json"]}
        self.peers = {
            name: Peer(
                name, [*PROGRAM, "-C", str(site.root), *ends.get(name, ["--no-search", "--json"])], folder, {}
            )
            for name, site in self.sites.items()
        }  # fmt: skip

    def cases(self) -> dict[str, Callable[[str, int], None]]:
        """What is done before each run."""
        return {"cold": self._forget, "unchanged": self._settle, "body edit": self._edit}

    def _forget(self, name: str, _round: int) -> None:
        for folder in ("output", ".gazette"):
            shutil.rmtree(self.sites[name].root / folder, ignore_errors=True)

    def _settle(self, name: str, number: int) -> None:
        if number == 0:
            time.sleep(OLD_ENOUGH)
            timed(self.peers[name], faults=True)

    def _edit(self, name: str, number: int) -> None:
        self.sites[name].write_article(self.middle, mark=f"\n改动{number}。\n")

    def measured(self, rounds: int) -> Seconds:
        """The medians; of the search index also the seconds that it took by itself."""
        results: Seconds = {}
        for case, prepare in self.cases().items():
            found: dict[str, list[float]] = {}
            for number in range(rounds):
                for name, peer in self.peers.items():
                    prepare(name, number)
                    seconds, said = timed(peer, faults=name == "check")
                    found.setdefault(name, []).append(seconds)
                    if name == "with search":
                        index = json.loads(said)["seconds"].get("search", 0.0)
                        found.setdefault("search index", []).append(index)
            results[case] = {name: statistics.median(values) for name, values in found.items()}
        return results


def _settings(site: GazetteSite, **changes: Any) -> None:
    place = site.root / "config.yaml"
    settings = json.loads(place.read_text("utf-8")) | changes
    place.write_text(json.dumps(settings, ensure_ascii=False), "utf-8")


def on_disk(place: Path, count: int, programs: Mapping[str, str]) -> dict[str, float]:
    """Seconds of one cold build with site and output on a disk, and of copying the output there."""
    with tempfile.TemporaryDirectory(dir=place) as name:
        folder = Path(name)
        site = GazetteSite(folder / "site")
        site.write(count)
        command = [*PROGRAM, "-C", str(site.root), "--no-search", "--json"]
        found = {"gazette": timed(Peer("gazette", command, folder, {}))[0]}
        if "hugo" in programs:
            hugo = HugoSite(folder / "hugo")
            hugo.write(count)
            command = [programs["hugo"], "--quiet", "--destination", str(folder / "hugo-output")]
            found["hugo"] = timed(Peer("hugo", command, hugo.root, {}))[0]
        copy = ["cp", "-r", str(site.root / "output"), str(folder / "copy")]
        found["cp -r"] = timed(Peer("cp", copy, folder, {}))[0]
        return found
