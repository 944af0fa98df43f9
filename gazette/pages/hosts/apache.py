"""Apache: `.htaccess`, with nothing that needs more than `AllowOverride FileInfo`."""

from collections.abc import Iterator

from gazette.pages.hosts.facts import (
    DOT_NAMES,
    ENDINGS,
    INDEX,
    NOT_FOUND,
    PRIVATE,
    TEXT_TYPES,
    Facts,
    accepts,
    any_pattern,
    endings_by_type,
    headers,
    lifetime,
    lifetimes,
    pattern,
    policy,
    text_pattern,
)

_TWIN = r"(\.(br|gz))?$"
"""What may follow a path once it has led to a compressed twin."""


def htaccess(facts: Facts) -> str:
    """The file at the site's root."""
    lines = ["# Made by Gazette with every build."]
    lines += [f'ErrorDocument {status} "{facts.base}{NOT_FOUND}"' for status in (403, 404)]
    lines += _block("mod_mime", _types())
    lines += _block("mod_headers", _headers(facts))
    lines += _block("mod_rewrite", [*_refusals(), *_redirects(facts), *_compression(facts)])
    return "\n".join(lines) + "\n"


def _block(module: str, lines: "Iterator[str] | list[str]") -> list[str]:
    return ["", f"<IfModule {module}.c>", *(f"  {line}" for line in lines), "</IfModule>"]


def _types() -> Iterator[str]:
    for kind, endings in endings_by_type():
        yield f"AddType {kind} .{endings.replace('|', ' .')}"
    yield f"AddCharset utf-8 {' '.join(TEXT_TYPES)}"
    yield "RemoveLanguage .br"  # Debian takes it for Breton
    yield "RemoveEncoding .br .gz"  # which readers' browsers are told by `_headers`


def _headers(facts: Facts) -> Iterator[str]:
    settings = facts.settings
    for name, value in headers(settings):
        yield f'Header always set {name} "{value}"'
    yield f'Header always set Content-Security-Policy "{policy(settings.csp, wasm=False)}"'
    if facts.search_pages:
        value = policy(settings.csp, wasm=True)
        paths = any_pattern(facts.root, facts.search_pages)
        yield f'Header always set Content-Security-Policy "{value}" {_where(paths)}'
    yield f'Header always set Cache-Control "{lifetime(settings.cache.pages)}"'
    for paths, value in lifetimes(facts.root, settings.cache):
        yield f'Header always set Cache-Control "{value}" {_where(paths)}'
    if settings.compress:
        yield "Header always merge Vary Accept-Encoding"
    for encoding in settings.compress:
        token = ENDINGS[encoding][1:]
        name = {"br": "br", "gz": "gzip"}[token]
        yield f'Header always set Content-Encoding "{name}" env=REDIRECT_gazette_{token}'


def _where(paths: str) -> str:
    """The condition that the request's path fits; compressed twins count as what they stand for."""
    return f'"expr=%{{REQUEST_URI}} =~ m#{paths[:-1]}{_TWIN}#"'


def _refusals() -> Iterator[str]:
    yield "RewriteEngine On"
    yield f'RewriteRule "{DOT_NAMES}" "-" [R=404,L]'
    yield f'RewriteRule "^({"|".join(pattern(name) for name in PRIVATE)})$" "-" [R=404,L]'
    # A folder without a page is not listed.
    yield 'RewriteCond "%{REQUEST_FILENAME}" "-d"'
    for name in (INDEX, "index.htm", "index.php"):
        yield f'RewriteCond "%{{REQUEST_FILENAME}}/{name}" "!-f"'
    yield 'RewriteRule "^" "-" [R=404,L]'


def _redirects(facts: Facts) -> Iterator[str]:
    """Patterns see the path below the folder of this file, decoded: the base path is not in it."""
    for path, target in facts.redirects:
        folder, _, name = path.rpartition("/")
        old = f"{pattern(folder)}(/(index\\.html)?)?" if name == INDEX and folder else pattern(path)
        # `%2` would be a back reference.
        yield f'RewriteRule "^{old}$" "{target.replace("%", chr(92) + "%")}" [R=301,L,NE,QSD]'


def _compression(facts: Facts) -> Iterator[str]:
    """An internal redirect to the twin; there its type is set, and by `_headers` its encoding."""
    for encoding in sorted(facts.settings.compress):  # Brotli first: it is smaller
        ending = ENDINGS[encoding]
        token = {"brotli": "br", "gzip": "gzip"}[encoding]
        yield f'RewriteCond "%{{HTTP:Accept-Encoding}}" "{accepts(token)}"'
        yield f'RewriteCond "%{{REQUEST_FILENAME}}{ending}" "-f"'
        # A percent sign would be decoded a second time.
        flags = f"[L,E=gazette_{ending[1:]}:1]"
        yield f'RewriteRule "^[^%]+\\.{text_pattern()}$" "%{{REQUEST_URI}}{ending}" {flags}'
    for kind, endings in endings_by_type() if facts.settings.compress else ():
        yield 'RewriteCond "%{ENV:REDIRECT_gazette_br}%{ENV:REDIRECT_gazette_gz}" "1"'
        flags = f"[L,T={kind};charset=utf-8,E=no-gzip:1,E=no-brotli:1]"
        yield f'RewriteRule "\\.({endings})\\.(br|gz)$" "-" {flags}'
