"""A theme's static files -> assets with a digest in their names."""

import posixpath
import re
from collections.abc import Iterator, Mapping
from urllib.parse import unquote

import msgspec

from gazette.digests import combine, digest_bytes
from gazette.pages.squeeze import squeeze
from gazette.pages.theme import Theme
from gazette.pages.theme_options import OPTIONS_CSS, options_css
from gazette.urls import href_of

FOLDER = "assets/"
_REFERENCE = re.compile(
    r"""url\(\s*(?P<quote>["']?)(?P<url>[^"')]+)(?P=quote)\s*\)"""
    r"""|@import\s+(?P<mark>["'])(?P<sheet>[^"']+)(?P=mark)"""
)
_ELSEWHERE = re.compile(r"[a-zA-Z][\w+.-]*:|//|/|#")
_DIGITS = 10


class Asset(msgspec.Struct, frozen=True):
    """One file to publish: its output path and its bytes."""

    path: str
    data: bytes


def make_assets(theme: Theme, grey: bool, plain_names: bool = False) -> dict[str, Asset]:
    """Name under the theme's static/ -> asset. With `plain_names` no digest is put in (the preview),
    and style sheets keep their lines.

    `url()` and `@import` in style sheets are rewritten to the assets' published names.
    """
    data = {name: theme.files[path] for name, path in theme.static.items()}
    # Bytes that are no UTF-8 (a comment in GB18030) go through as they are.
    sheets = {
        name: content.decode("utf-8", "surrogateescape")
        for name, content in data.items()
        if name.endswith(".css")
    }
    digests = {name: digest_bytes(content) for name, content in data.items()}
    near = {name: set(_references(css, name)) & data.keys() for name, css in sheets.items()}
    paths = {
        name: FOLDER + (name if plain_names else _named(name, _digest(name, near, digests)))
        for name in data
    }
    for name, css in sheets.items():
        css = _rewritten(css, name, paths)
        data[name] = (css if plain_names else squeeze(css)).encode("utf-8", "surrogateescape")
    assets = {name: Asset(paths[name], content) for name, content in data.items()}
    own = options_css(theme.config.options, theme.options, grey).encode()
    assets[OPTIONS_CSS] = Asset(FOLDER + OPTIONS_CSS, own)
    return assets


def _named(name: str, digest: bytes) -> str:
    stem, ending = posixpath.splitext(name)
    return f"{stem}.{digest.hex()[:_DIGITS]}{ending}"


def _digest(name: str, near: Mapping[str, set[str]], digests: Mapping[str, bytes]) -> bytes:
    """Stands for the file and all that it refers to, directly or through others.

    Taken from the files as they lie in the theme, so that style sheets may refer to each other.
    """
    seen = {name}
    waiting = [name]
    while waiting:
        for other in near.get(waiting.pop(), set()) - seen:
            seen.add(other)
            waiting.append(other)
    if len(seen) == 1:
        return digests[name]
    return combine([digests[name], *(digests[other] for other in sorted(seen - {name}))])


def _references(css: str, name: str) -> Iterator[str]:
    for match in _REFERENCE.finditer(css):
        address = match["url"] or match["sheet"]
        if not _ELSEWHERE.match(address):
            yield _target(address, name)[0]


def _target(address: str, name: str) -> tuple[str, str]:
    """The file under static/ that an address in the style sheet `name` means; and its `?` or `#` part."""
    path = re.split(r"[?#]", address, maxsplit=1)[0]
    inside = posixpath.join(posixpath.dirname(name), unquote(path.strip()))
    return posixpath.normpath(inside), address[len(path) :]


def _rewritten(css: str, name: str, paths: Mapping[str, str]) -> str:
    folder = posixpath.dirname(FOLDER + name)

    def published(match: re.Match[str]) -> str:
        address = match["url"] or match["sheet"]
        target, rest = _target(address, name)
        if _ELSEWHERE.match(address) or target not in paths:
            return match[0]
        path = href_of(posixpath.relpath(paths[target], folder)) + rest
        return f'url("{path}")' if match["url"] else f'@import "{path}"'

    return _REFERENCE.sub(published, css)
