"""Addresses that an older sitemap has and the site has not."""

import html
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

from gazette.urls import output_path

_PLACE = re.compile(r"<loc>\s*(?:<!\[CDATA\[)?\s*(.*?)\s*(?:\]\]>)?\s*</loc>", re.DOTALL)


def lost_addresses(sitemap: Path, outputs: frozenset[str], base: str) -> list[str]:
    """The sitemap's addresses that no file of the site answers, in its order; raises OSError.

    `base` is the path under which the site stands on its host, `/` or `/sub/`.
    """
    text = sitemap.read_text("utf-8-sig", "replace")
    lost = []
    for place in dict.fromkeys(html.unescape(place) for place in _PLACE.findall(text)):
        path = unquote(urlsplit(place).path).removeprefix(base).lstrip("/")
        if not any(candidate in outputs for candidate in _files(path)):
            lost.append(place)
    return lost


def _files(path: str) -> tuple[str, ...]:
    """The files with which a host may answer for the path."""
    return (path, output_path(path), f"{path.rstrip('/')}/index.html".lstrip("/"))
