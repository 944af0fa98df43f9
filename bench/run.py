"""`make bench`: Gazette beside its peers on the same articles; writes RESULTS.md and RESULTS.svg.

python bench/run.py [--articles 1000,5000,20000] [--rounds 5] [--peers hugo,pelican] [--disk FOLDER] [--add]
"""

import argparse
import json
import tempfile
from pathlib import Path
from typing import Any

import tables
from contest import Contest, Figure, Results
from extras import Apart, on_disk
from plot import plot
from programs import PEERS, find, machine

HERE = Path(__file__).parent
KEPT = HERE / "RESULTS.json"


def arguments() -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    shm = Path("/dev/shm")
    parser.add_argument("--articles", default="1000,5000,20000", help="sizes, separated by commas")
    parser.add_argument("--rounds", default="5", help="one number, or one for each size")
    parser.add_argument(
        "--peers", default="auto", metavar="NAMES",
        help="measure these like Gazette, and no others (none: Gazette alone); auto: those that are there,"
        " Pelican and Jekyll once, in three cases and up to 5,000 articles",
    )  # fmt: skip
    parser.add_argument("--apart", type=int, default=5000, help="size of the second table; 0: none")
    parser.add_argument("--on", type=Path, default=shm if shm.is_dir() else None, metavar="FOLDER")
    parser.add_argument(
        "--disk", type=Path, metavar="FOLDER", help="also build there, beside cp -r"
    )
    parser.add_argument("--add", action="store_true", help="keep the other sizes of the last run")
    return parser.parse_args()


def chosen(peers: str) -> tuple[dict[str, str], list[str]]:
    """The programs to be measured, and the slow ones of them that were asked for by name."""
    named = [] if peers in {"auto", "none"} else peers.split(",")
    wanted = PEERS if peers == "auto" else named
    found = {name: program for name in wanted if (program := find(name))}
    missing = [name for name in named if name not in found]
    if missing:
        raise SystemExit(f"not found: {', '.join(missing)}")
    return found, named


def measured(options: argparse.Namespace) -> dict[str, Any]:
    """Everything that was measured, as it is kept."""
    programs, asked = chosen(options.peers)
    sizes = [int(size) for size in options.articles.split(",")]
    rounds = [int(number) for number in options.rounds.split(",")]
    rounds += rounds[-1:] * (len(sizes) - len(rounds))
    kept: dict[str, Any] = {"sizes": {}, "apart": {}, "disk": {}}
    if options.add and KEPT.is_file():
        kept = json.loads(KEPT.read_text("utf-8"))
    about = f"{machine(programs)}; medians of "
    for size, number in zip(sizes, rounds, strict=False):
        with tempfile.TemporaryDirectory(dir=options.on) as folder:
            found = Contest(Path(folder), size, programs, asked).measured(number)
        kept["sizes"][str(size)] = {"about": f"{about}{number}", "cases": found}
        if size == options.apart:
            with tempfile.TemporaryDirectory(dir=options.on) as folder:
                kept["apart"][str(size)] = Apart(Path(folder), size).measured(number)
        if options.disk:
            kept["disk"][str(size)] = on_disk(options.disk, size, programs)
        KEPT.write_text(json.dumps(kept, indent=1), "utf-8")
    return kept


def report(kept: dict[str, Any]) -> str:
    """RESULTS.md."""
    sizes = {int(size): _figures(row["cases"]) for size, row in kept["sizes"].items()}
    parts = [
        "# Figures\n",
        "Made by `make bench`; see README.md beside this file for what is compared. Sites and output lie on a"
        " memory disk. *aim*, *must* and *missed* say which target was reached.\n",
    ]
    for size in sorted(sizes):
        about = kept["sizes"][str(size)]["about"]
        parts += [tables.size_table(size, sizes[size]), f"{about}.\n"]
    parts.append(tables.large_table(sizes))
    parts += [tables.apart_table(int(size), row) for size, row in kept["apart"].items()]
    if kept["disk"]:
        parts.append(tables.disk_table({int(size): row for size, row in kept["disk"].items()}))
    parts.append("![Seconds of a cold build against the number of articles](RESULTS.svg)\n")
    return "\n".join(filter(None, parts))


def _figures(cases: dict[str, dict[str, Any]]) -> Results:
    return {
        case: {name: Figure(*values) for name, values in row.items()} for case, row in cases.items()
    }


def lines(kept: dict[str, Any]) -> dict[str, dict[int, float]]:
    """Program -> articles -> seconds of a cold build."""
    found: dict[str, dict[int, float]] = {}
    for size, row in sorted(kept["sizes"].items(), key=lambda pair: int(pair[0])):
        for name, figure in _figures(row["cases"])["cold"].items():
            found.setdefault(name, {})[int(size)] = figure.value
    return found


def main() -> None:
    """Measure, and write the results."""
    kept = measured(arguments())
    kept = json.loads(json.dumps(kept))  # as a later run would read it
    (HERE / "RESULTS.md").write_text(report(kept), encoding="utf-8")
    (HERE / "RESULTS.svg").write_text(plot(lines(kept)), encoding="utf-8")


if __name__ == "__main__":
    main()
