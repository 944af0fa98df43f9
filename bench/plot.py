"""A line chart as SVG, readable on light and dark ground."""

import math
from collections.abc import Iterator
from html import escape

WIDTH, HEIGHT, LEFT, BOTTOM, TOP, RIGHT = 760, 420, 64, 52, 20, 150
ROW = 15
"""Pixels between two labels, at least."""
DASHES = ("", "7 4", "2 4", "9 3 2 3", "1 3")
STYLE = """
:root { color-scheme: light dark; --ink: #1b1b1b; --grid: #d9d9d9; --ground: #ffffff; }
.c0 { --line: #1a5fb4 } .c1 { --line: #7b3fa0 } .c2 { --line: #c01c28 } .c3 { --line: #1b7a45 } .c4 { --line: #9a5b00 }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6e6e6; --grid: #454545; --ground: #1a1a1a; }
  .c0 { --line: #7cb7ff } .c1 { --line: #d3a6f0 } .c2 { --line: #ff8a80 } .c3 { --line: #76d39b } .c4 { --line: #f0b860 }
}
.ground { fill: var(--ground) } .grid { stroke: var(--grid) } text { fill: var(--ink) }
.line { fill: none; stroke: var(--line); stroke-width: 2.5 } .dot { fill: var(--line) } .name { fill: var(--line); font-weight: bold }
"""


def steps(most: float) -> list[float]:
    """Round numbers from 0 to at least `most`, five or so."""
    size = 10.0 ** math.floor(math.log10(most / 4))
    size *= next(times for times in (1, 2, 2.5, 5, 10) if size * times >= most / 5)
    return [size * number for number in range(math.ceil(most / size) + 1)]


def plot(lines: dict[str, dict[int, float]]) -> str:
    """Seconds of a cold build against the number of articles, a line for each program."""
    across = steps(max(x for points in lines.values() for x in points))
    up = steps(max(y for points in lines.values() for y in points.values()))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        'aria-label="Seconds of a cold build against the number of articles" font-family="sans-serif" font-size="12">',
        f"<style>{STYLE}</style>",
        f'<rect class="ground" width="{WIDTH}" height="{HEIGHT}"/>',
        *_axes(across, up),
    ]
    names: list[tuple[float, float]] = []
    for number, (name, points) in enumerate(lines.items()):
        places = [_place(x / across[-1], y / up[-1]) for x, y in sorted(points.items())]
        path = " ".join(f"{a:.1f},{b:.1f}" for a, b in places)
        dashes = f' stroke-dasharray="{DASHES[number]}"' if DASHES[number] else ""
        parts.append(f'<g class="c{number}"><polyline class="line" points="{path}"{dashes}/>')
        parts += [f'<circle class="dot" cx="{a:.1f}" cy="{b:.1f}" r="3.5"/>' for a, b in places]
        names.append(_free(places[-1][0] + 9, places[-1][1] + 4, names))
        x, y = names[-1]
        parts.append(f'<text class="name" x="{x:.1f}" y="{y:.1f}">{escape(name)}</text></g>')
    return "\n".join([*parts, "</svg>\n"])


def _free(x: float, y: float, taken: list[tuple[float, float]]) -> tuple[float, float]:
    """A place for a name near x and y, under or above those that are there."""
    for distance in (d * sign for d in range(0, HEIGHT, 3) for sign in (1, -1)):
        if all(abs(x - a) > RIGHT or abs(y + distance - b) >= ROW for a, b in taken):
            return x, y + distance
    return x, y


def _axes(across: list[float], up: list[float]) -> Iterator[str]:
    bottom, right = HEIGHT - BOTTOM, WIDTH - RIGHT
    for value in up:
        _, y = _place(0, value / up[-1])
        yield f'<line class="grid" x1="{LEFT}" x2="{right}" y1="{y:.1f}" y2="{y:.1f}"/>'
        yield f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{value:g} s</text>'
    for value in across:
        x, _ = _place(value / across[-1], 0)
        yield f'<text x="{x:.1f}" y="{bottom + 18}" text-anchor="middle">{value:,.0f}</text>'
    middle = (LEFT + right) / 2
    yield f'<text x="{middle}" y="{bottom + 40}" text-anchor="middle">articles</text>'


def _place(x: float, y: float) -> tuple[float, float]:
    return LEFT + (WIDTH - LEFT - RIGHT) * x, HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * y
