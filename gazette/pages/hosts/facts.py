"""What every kind of web server must be told, in no server's language yet."""

import re
from collections.abc import Iterable, Iterator
from urllib.parse import quote, unquote

import msgspec

from gazette.config.hosts import CacheSettings, Encoding, HostSettings, Policy

INDEX = "index.html"
NOT_FOUND = "404.html"
NGINX_FILE = ".hosts/nginx.conf"
PRIVATE = ("_headers", "_redirects", "web.config")
"""Host files at the site's root whose names do not begin with a dot: no reader needs them."""
DOT_NAMES = r"(^|/)\.(?!well-known(/|$))"
"""A regular expression for paths with a name that begins with a dot, but for what RFC 8615 asks for."""
TEXT_TYPES = {
    ".css": "text/css",
    ".csv": "text/csv",
    ".htm": "text/html",
    ".html": "text/html",
    ".js": "text/javascript",
    ".json": "application/json",
    ".mjs": "text/javascript",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".vtt": "text/vtt",
    ".webmanifest": "application/manifest+json",
    ".xml": "application/xml",
}
"""The files that are compressed, by their endings, and their media types."""
TEXT_ENDINGS = tuple(TEXT_TYPES)
ENDINGS: dict[Encoding, str] = {"brotli": ".br", "gzip": ".gz"}
"""Of compressed twins, by encoding."""
_FILES = (
    r"\.(7z|avif|bmp|csv|docx?|flac|gif|heic|ico|jpe?g|m4a|m4v|mov|mp3|mp4|odp|ods|odt|ofd|ogg|otf|pdf|"
    r"png|pptx?|rar|rtf|svg|tiff?|ttf|wav|webm|webp|woff2?|wps|xlsx?|zip)$"
)
"""Pictures, players' files and attachments: what `cache.files` is for."""
_DIGEST = r"[^/]+\.[0-9a-f]{10}(\.[^./]+)?"
"""The name of an asset that changes its name when it changes."""
_SAFE = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/_-")


class Facts(msgspec.Struct, frozen=True):
    """What the writers of host files read."""

    base: str
    """The base path with both slashes, percent-encoded by `location`: `/` or `/sub/`."""
    redirects: tuple[tuple[str, str], ...]
    """(output path of an old address, where it leads as a percent-encoded path of the host)."""
    search_pages: tuple[str, ...]
    """Output paths of the pages that need WebAssembly."""
    assets: tuple[str, ...]
    """Output paths of the files with a digest in their names."""
    settings: HostSettings

    @property
    def root(self) -> str:
        """The base path as a server sees it once the address is decoded."""
        return unquote(self.base)


def location(path: str) -> str:
    """A path of the host, percent-encoded so that nothing in it means anything to any server."""
    return quote(unquote(path), safe="/")


def addresses(path: str) -> list[str]:
    """The ways to ask for an output path, without a leading slash: `a`, `a/` and `a/index.html`."""
    folder, _, name = path.rpartition("/")
    return [folder, f"{folder}/", path] if name == INDEX and folder else [path]


def pattern(text: str) -> str:
    """A regular expression for this text and no other, which no server reads in another way.

    Everything that could mean something to a regular expression, to the syntax of nginx or Apache
    around it or to their variables is written by its number.
    """
    return "".join(c if c in _SAFE or ord(c) > 0x9F else f"\\x{ord(c):02x}" for c in text)


def assets_pattern(root: str) -> str:
    """A regular expression for the paths of assets that never change."""
    return f"^{pattern(root)}assets/(.*/)?{_DIGEST}$"


def any_pattern(root: str, paths: Iterable[str]) -> str:
    """A regular expression for a few paths."""
    return f"^{pattern(root)}({'|'.join(pattern(path) for path in paths)})$"


# Headers


def policy(settings: Policy, *, wasm: bool) -> str:
    """The Content-Security-Policy; with `wasm` WebAssembly may run, as full-text search needs."""
    script = [*settings.script_src, *(["'wasm-unsafe-eval'"] if wasm else [])]
    parts = {
        "default-src": ["'self'"],
        "script-src": ["'self'", *script],
        "style-src": ["'self'", *settings.style_src],
        "img-src": ["'self'", *settings.img_src],
        "media-src": ["'self'", *settings.media_src],
        "font-src": ["'self'", *settings.font_src],
        "connect-src": ["'self'", *settings.connect_src],
        "frame-src": ["'self'", *settings.frame_src],
        "object-src": ["'none'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'", *settings.form_action],
        "frame-ancestors": _ancestors(settings),
    }
    # What checks a setting lets a line break at its end pass.
    words = {name: dict.fromkeys(s.strip() for s in sources) for name, sources in parts.items()}
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in words.items())


def _ancestors(settings: Policy) -> list[str]:
    given = list(settings.frame_ancestors)
    return ["'none'"] if "'none'" in given else ["'self'", *given]


def headers(settings: HostSettings) -> Iterator[tuple[str, str]]:
    """The headers of every answer, besides the policy and Cache-Control."""
    yield "X-Content-Type-Options", "nosniff"
    yield "Referrer-Policy", settings.referrer
    ancestors = _ancestors(settings.csp)
    # Browsers that do not know frame-ancestors; this header cannot name other sites.
    if ancestors == ["'none'"]:
        yield "X-Frame-Options", "DENY"
    elif ancestors == ["'self'"]:
        yield "X-Frame-Options", "SAMEORIGIN"


def lifetime(seconds: int, *, immutable: bool = False) -> str:
    """The value of Cache-Control."""
    if not seconds:
        return "no-cache"
    return f"public, max-age={seconds}, immutable" if immutable else f"max-age={seconds}"


def lifetimes(root: str, cache: CacheSettings) -> Iterator[tuple[str, str]]:
    """(regular expression of paths, Cache-Control) besides that of pages; later ones count more."""
    yield _FILES, lifetime(cache.files)
    yield assets_pattern(root), lifetime(cache.assets, immutable=True)


def accepts(token: str) -> str:
    """A regular expression for the Accept-Encoding headers that allow an encoding."""
    return rf"\b{token}\b(?!\s*;\s*q=0(\.0*)?(\s|,|$))"


def text_pattern() -> str:
    """The endings of compressed files as a part of a regular expression: `(css|html|...)`."""
    return f"({'|'.join(ending[1:] for ending in TEXT_TYPES)})"


def endings_by_type() -> Iterator[tuple[str, str]]:
    """Each media type of compressed files, and its endings as a part of a regular expression."""
    for kind in dict.fromkeys(TEXT_TYPES.values()):
        yield kind, "|".join(ending[1:] for ending, other in TEXT_TYPES.items() if other == kind)


_CONTROL = re.compile("[\x00-\x1f\x7f]")


def printable(text: str) -> str:
    """The text without control characters, which only a damaged base path can hold."""
    return _CONTROL.sub("", text)
