"""The results as Markdown, and whether the targets were met."""

import math
from collections.abc import Iterable, Mapping, Sequence

from contest import Figure, Results
from extras import Seconds

TARGETS = {
    5000: {"cold": (1, 1.5), "unchanged": (6, 8), "body edit": (4, 6), "new article": (3, 5), "memory": (1, 2)},
    20000: {"cold": (1.3, 2), "unchanged": (20, 30), "body edit": (15, 25), "new article": (10, 18), "memory": (2, 3)},
}  # fmt: skip
"""How many times faster (or smaller) than Hugo: must, aim."""
LARGE, BESIDE = 100_000, 5000
GROWTH, UNCHANGED, MEMORY = 1.3, 0.03, 2500
"""At 100,000: time an article cold against 5,000; nothing changed against cold; megabytes."""


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _head(cells: Sequence[str]) -> list[str]:
    return [_row(cells), "| --- |" + " ---: |" * (len(cells) - 1)]


def _shown(case: str, figure: Figure | None) -> str:
    if figure is None or math.isnan(figure.value):
        return "–"
    return f"{figure.value:.0f} MB" if case == "memory" else f"{figure.value:.2f} s"


def ratio(results: Results, case: str) -> float | None:
    """Hugo's figure by Gazette's."""
    row = results[case]
    if "hugo" not in row or not row["gazette"].value > 0:
        return None
    return row["hugo"].value / row["gazette"].value


def size_table(count: int, results: Results) -> str:
    """One size's results."""
    programs = list(results["cold"])
    titles = ["case", *programs, "Hugo / Gazette", "must", "aim", "", "written: gazette", "portal"]
    rows = [f"### {count:,} articles\n", *_head(titles)]
    for case, row in results.items():
        found = ratio(results, case)
        must, aim = TARGETS.get(count, {}).get(case, ("", ""))
        written = [row[name].written for name in ("gazette", "portal theme")]
        rows.append(
            _row(
                [
                    case,
                    *(_shown(case, row.get(name)) for name in programs),
                    f"{found:.1f}" if found else "",
                    str(must),
                    str(aim),
                    _verdict(found, must, aim),
                    *("" if files is None else f"{files:,}" for files in written),
                ]
            )
        )
    return "\n".join(rows) + "\n"


def _verdict(found: float | None, must: float | str, aim: float | str) -> str:
    if found is None or not isinstance(must, int | float) or not isinstance(aim, int | float):
        return ""
    return "aim" if found >= aim else "must" if found >= must else "missed"


def large_table(results: Mapping[int, Results]) -> str:
    """The targets of 100,000 articles; nothing if that size, or the one beside it, was not measured."""
    if LARGE not in results or BESIDE not in results:
        return ""
    large, beside = results[LARGE], results[BESIDE]
    cold = large["cold"]["gazette"].value
    growth = (cold / LARGE) / (beside["cold"]["gazette"].value / BESIDE)
    unchanged = large["unchanged"]["gazette"].value / cold
    memory = large["memory"]["gazette"].value
    checks = [
        (f"time an article cold, against {BESIDE:,}", f"{growth:.2f}", f"{GROWTH}", growth <= GROWTH),
        ("nothing changed, against cold", f"{unchanged:.1%}", f"{UNCHANGED:.0%}", unchanged < UNCHANGED),
        ("memory", f"{memory:.0f} MB", f"{MEMORY} MB", memory <= MEMORY),
    ]  # fmt: skip
    rows = [f"### Targets of {LARGE:,} articles\n", *_head(["", "measured", "at most", ""])]
    rows += [
        _row([name, found, most, "met" if met else "missed"]) for name, found, most, met in checks
    ]
    return "\n".join(rows) + "\n"


def apart_table(count: int, seconds: Seconds) -> str:
    """The gate, `check` and the search index."""
    names = list(seconds["cold"])
    rows = [f"### Timed apart, {count:,} articles\n", *_head(["case", *names, "check / build"])]
    for case, row in seconds.items():
        quotient = row["check"] / row["gate off"]
        rows.append(_row([case, *(f"{row[name]:.2f} s" for name in names), f"{quotient:.2f}"]))
    rows += [
        "",
        "*gate off* and *gate on* are builds with the theme `base`, *check* is `gazette check` on the same site;"
        " *portal theme* and *with search* are builds with the portal theme, *search index* is what of the latter"
        " went into the index.",
    ]
    return "\n".join(rows) + "\n"


def disk_table(found: Mapping[int, Mapping[str, float]]) -> str:
    """Cold builds on disk beside `cp -r`."""
    names = list(next(iter(found.values())))
    rows = ["### Cold on disk, once\n", *_head(["articles", *names])]
    rows += [
        _row([f"{count:,}", *(f"{row[name]:.2f} s" for name in names)])
        for count, row in found.items()
    ]
    rows += [
        "",
        "`cp -r` copies the built site to the same disk: no generator can be quicker than that.",
    ]
    return "\n".join(rows) + "\n"
