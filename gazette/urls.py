"""Slugs, output paths and links.

An *output path* is relative to the output folder, with forward slashes, in NFC, readable:
`category/税务/index.html`. An *href* is the same path percent-encoded, relative to the site's root and
without a leading slash, so that a page makes a relative link of it by putting its own `root`
(`../../`) before it.
"""

import hashlib
import re
import unicodedata
from urllib.parse import quote, unquote, urlsplit

_NOT_SLUG = re.compile(r"(?:[^\w.]|_{2,})+")
RESERVED = ".gazette-stage"
"""The folder in which files may be staged inside the output; no page can lie there."""
_HREF_SAFE = "/~!$&'()*+,;=@-._"
_PLAIN = re.compile(r"[a-zA-Z0-9/._-]*")
_WINDOWS_DEVICES = frozenset(
    ["con", "prn", "aux", "nul"] + [f"{name}{n}" for name in ("com", "lpt") for n in "123456789¹²³"]
)
_WINDOWS_FORBIDDEN = re.compile(r'[<>:"|?*\\\x00-\x1f\x7f]')
_USUAL_NAME = re.compile(r"[\w-]{5,50}\.\w{2,5}")
"""No device's name is as long."""
_NAME_BYTES = 180
"""Longest slug in bytes of UTF-8: file systems hold 255, and suffixes must fit."""


def slugify(text: str) -> str:
    """Make a file name that every system can hold; letters of any script stay, lower case, NFC.

    Idempotent; never empty, never a path. What holds no letter or digit at all becomes a digest.
    """
    slug = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", text).casefold())
    slug = _NOT_SLUG.sub("-", slug).strip("-._")
    if not slug:
        return "x" + _digest(text)
    if len(slug.encode()) > _NAME_BYTES:
        kept = slug.encode()[: _NAME_BYTES - 11].decode(errors="ignore").strip("-._")
        slug = f"{kept}-{_digest(slug)}"
    if slug.split(".")[0] in _WINDOWS_DEVICES:
        slug = f"x-{slug}"
    return slug


def pinyin(text: str) -> str:
    """A slug in which Chinese is written in pinyin: 税务要闻 -> shui-wu-yao-wen."""
    if text.isascii():
        return slugify(text)
    from pypinyin import lazy_pinyin  # 0.2 s to import: only when a slug is missing

    return slugify("-".join(lazy_pinyin(text)))


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=5).hexdigest()


def folded(path: str) -> str:
    """The path as systems that ignore case and Unicode form see it; equal means one file there."""
    if path.isascii():
        return path.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


def href_of(path: str) -> str:
    """The output path as an address relative to the site's root."""
    if _PLAIN.fullmatch(path):
        return path  # most are, and quoting takes ten times as long
    return quote(path, safe=_HREF_SAFE)


def canonical(href: str) -> str:
    """The address as it is published: index pages end in a slash."""
    if href == "index.html" or href.endswith("/index.html"):
        return href[: -len("index.html")]
    return href


def output_path(url: str, bare: str = ".html") -> str:
    """The output path of an address that an author or a permalink pattern gave.

    `/a/b/` -> `a/b/index.html`; `/a/b.html` -> itself; `/a/b` -> with `bare` after it (Jekyll's rule is
    `.html`; redirects take `/index.html`); percent-encoding is undone. The result may be unfit (see
    `path_fault`).
    """
    path = unicodedata.normalize("NFC", unquote(url.split("?")[0].split("#")[0]))
    path = re.sub(r"/{2,}", "/", path.strip()).lstrip("/")
    if not path or path.endswith("/"):
        return path + "index.html"
    return path if path.endswith((".html", ".htm")) else path + bare


def path_fault(path: str) -> str | None:
    """Why no file can have this output path on some system: `outside`, `name`, `long`; None if fit."""
    for name in path.split("/"):
        if _USUAL_NAME.fullmatch(name):
            continue
        if name in {"", ".", ".."} or name.lower() == RESERVED:
            return "outside"
        if _WINDOWS_FORBIDDEN.search(name) or name[-1] in ". " or name[0] == " ":
            return "name"
        if name.split(".")[0].rstrip().lower() in _WINDOWS_DEVICES:
            return "name"
        if len(name.encode("utf-8", "surrogatepass")) > 250:
            return "long"
    return None


def root_of(path: str) -> str:
    """What leads from the page at this output path to the site's root: `../../`, or nothing."""
    return "../" * path.count("/")


def is_site_address(url: str) -> bool:
    """Whether a site can stand at this address: http(s), a host, a path that does not climb."""
    try:
        parts = urlsplit(url)
        url.encode("utf-8")
        fit = parts.scheme in {"http", "https"} and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        return False
    climbs = {".", ".."} & set(unquote(parts.path).split("/"))
    return fit and not climbs and "\\" not in url and not parts.query and not parts.fragment


def base_path(site_url: str) -> str:
    """The path part of the site's address, with both slashes: `/` or `/sub/`."""
    path = quote(unquote(urlsplit(site_url).path.strip("/")), safe=_HREF_SAFE)
    return f"/{path}/" if path else "/"
