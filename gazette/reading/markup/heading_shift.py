"""Headings one level down where a text holds an `h1`: the page's title is its only one."""

import re

from markdown import Markdown
from markdown.postprocessors import Postprocessor

from gazette.reading.markup.convention import Convention

_TAG = re.compile(r"(</?)h([1-6])(?=[\s>])", re.I)


def shift_headings(html: str) -> str:
    """Make `h1` an `h2` and so on, `h6` staying, if `html` holds an `h1`."""
    if "<h1" not in html and "<H1" not in html:
        return html
    return _TAG.sub(lambda match: f"{match[1]}h{min(int(match[2]) + 1, 6)}", html)


class _Shift(Postprocessor):
    def run(self, text: str) -> str:
        return shift_headings(text)


class HeadingShift(Convention):
    """Switch `heading_shift`."""

    def register(self, md: Markdown) -> None:
        """Register the shift among the last steps on the HTML."""
        md.postprocessors.register(_Shift(md), "heading_shift", 6)
