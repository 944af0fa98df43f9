"""Contrast of colours by WCAG 2.1, for theme options that readers' eyes depend on."""

import re
from collections.abc import Sequence
from colorsys import hls_to_rgb, rgb_to_hls

Rgb = tuple[float, float, float]
"""Red, green and blue from 0 to 1."""

ENOUGH = 4.5
"""What WCAG AA asks of text."""
_HEX = re.compile(r"#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})", re.I)
_FUNCTION = re.compile(r"(rgb|hsl)a?\((.*)\)", re.I)
_NUMBER = re.compile(r"([0-9.]+)(%?)")
_STEPS = 100


def contrast(one: Rgb, other: Rgb) -> float:
    """The contrast ratio of two colours, from 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(color: Rgb) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in color
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def read_color(text: str, ground: Rgb = (1, 1, 1)) -> Rgb | None:
    """A colour as CSS writes it, seen before `ground` where it is translucent; None if it is none."""
    parts = _parts(text.strip().lower())
    if parts is None:
        return None
    red, green, blue, alpha = parts
    found = [
        min(part, 1) * alpha + below * (1 - alpha)
        for part, below in zip((red, green, blue), ground, strict=True)
    ]
    return found[0], found[1], found[2]


def _parts(text: str) -> tuple[float, float, float, float] | None:
    if _HEX.fullmatch(text):
        digits = text[1:] if len(text) > len("#rgba") else "".join(d * 2 for d in text[1:])
        numbers = [int(digits[i : i + 2], 16) / 255 for i in range(0, len(digits), 2)]
        return numbers[0], numbers[1], numbers[2], numbers[3] if len(numbers) > 3 else 1
    function = _FUNCTION.fullmatch(text)
    if function:
        return _called(function[1], _NUMBER.findall(function[2]))
    from PIL.ImageColor import colormap  # the 148 names; few need it

    named = colormap.get(text)
    return _parts(named) if isinstance(named, str) else None


def _called(
    name: str, numbers: Sequence[tuple[str, str]]
) -> tuple[float, float, float, float] | None:
    try:
        one, two, three, *rest = [
            (float(number) / (100 if percent else 1), bool(percent)) for number, percent in numbers
        ]
    except ValueError:
        return None
    alpha = min(rest[0][0], 1) if rest else 1
    if name == "hsl":
        return *hls_to_rgb(one[0] / 360 % 1, min(three[0], 1), min(two[0], 1)), alpha
    red, green, blue = (value if percent else value / 255 for value, percent in (one, two, three))
    return red, green, blue, alpha


def readable(color: Rgb, grounds: Sequence[Rgb]) -> str:
    """The nearest lighter or darker tone (`#rrggbb`) with enough contrast to all; empty if there is none."""
    hue, light, saturation = rgb_to_hls(*color)
    tones = sorted(
        (step / _STEPS for step in range(_STEPS + 1)), key=lambda tone: abs(tone - light)
    )
    for tone in tones:
        code = "#{:02x}{:02x}{:02x}".format(
            *(round(part * 255) for part in hls_to_rgb(hue, tone, saturation))
        )
        found = read_color(code)
        if found and all(contrast(found, ground) >= ENOUGH for ground in grounds):
            return code
    return ""
