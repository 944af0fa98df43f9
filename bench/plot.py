"""A line chart as SVG."""

from html import escape

WIDTH, HEIGHT, LEFT, BOTTOM, TOP, RIGHT = 720, 400, 60, 40, 20, 130
COLOURS = ["#1a5fb4", "#26a269", "#c01c28", "#9141ac"]


def plot(lines: dict[str, dict[int, float]]) -> str:
    """Seconds of a cold build against the number of articles, a line for each program."""
    most_x = max(x for points in lines.values() for x in points)
    most_y = max(y for points in lines.values() for y in points.values())

    def place(x: float, y: float) -> tuple[float, float]:
        across = LEFT + (WIDTH - LEFT - RIGHT) * x / most_x
        return across, HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * y / most_y

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        'aria-label="Seconds of a cold build against the number of articles" font-family="sans-serif" font-size="12">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
    ]
    for step in range(6):
        x, y = most_x * step / 5, most_y * step / 5
        (across, _), (_, down) = place(x, 0), place(0, y)
        parts.append(
            f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{down:.1f}" y2="{down:.1f}" stroke="#ddd"/>'
        )
        parts.append(f'<text x="{LEFT - 6}" y="{down + 4:.1f}" text-anchor="end">{y:.1f} s</text>')
        parts.append(
            f'<text x="{across:.1f}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">{x:,.0f}</text>'
        )
    for (name, points), colour in zip(lines.items(), COLOURS, strict=False):
        path = " ".join(
            f"{a:.1f},{b:.1f}" for a, b in (place(x, y) for x, y in sorted(points.items()))
        )
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        across, down = place(*max(points.items()))
        parts.append(
            f'<text x="{across + 6:.1f}" y="{down + 4:.1f}" fill="{colour}">{escape(name)}</text>'
        )
    return "\n".join([*parts, "</svg>\n"])
