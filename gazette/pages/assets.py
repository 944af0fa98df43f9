"""A theme's static files -> assets with a digest in their names."""

import posixpath
import re

import msgspec

from gazette.digests import digest_bytes
from gazette.pages.theme import OPTIONS_CSS, Theme, options_css

FOLDER = "assets/"
_URL = re.compile(r"""url\(\s*(["']?)(?!data:|https?:|//|#)([^"')]+)\1\s*\)""")


class Asset(msgspec.Struct, frozen=True):
    """One file to publish: its output path and its bytes."""

    path: str
    data: bytes


def make_assets(theme: Theme, grey: bool, plain_names: bool = False) -> dict[str, Asset]:
    """Name under the theme's static/ -> asset. With `plain_names` no digest is put in (the preview).

    `url()` in style sheets is rewritten to the assets' published names.
    """
    assets: dict[str, Asset] = {}
    styles = [name for name in theme.static if name.endswith(".css")]
    for name in theme.static:
        if name not in styles:
            assets[name] = _asset(name, theme.static[name].read_bytes(), plain_names)
    for name in styles:
        css = theme.static[name].read_text("utf-8")
        assets[name] = _asset(name, _rewritten(css, name, assets).encode(), plain_names)
    data = options_css(theme, grey).encode()
    assets[OPTIONS_CSS] = Asset(FOLDER + OPTIONS_CSS, data)
    return assets


def _asset(name: str, data: bytes, plain_name: bool) -> Asset:
    if plain_name:
        return Asset(FOLDER + name, data)
    stem, dot, ending = name.rpartition(".")
    return Asset(f"{FOLDER}{stem}.{digest_bytes(data).hex()[:10]}{dot}{ending}", data)


def _rewritten(css: str, name: str, assets: dict[str, Asset]) -> str:
    folder = posixpath.dirname(name)

    def published(match: re.Match[str]) -> str:
        address, mark, rest = re.fullmatch(r"([^?#]*)([?#]?)(.*)", match[2]).groups()  # type: ignore[union-attr]
        target = assets.get(posixpath.normpath(posixpath.join(folder, address)))
        if target is None:
            return match[0]
        path = posixpath.relpath(target.path, posixpath.dirname(FOLDER + name))
        return f'url("{path}{mark}{rest}")'

    return _URL.sub(published, css)
