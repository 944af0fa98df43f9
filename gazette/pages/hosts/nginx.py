"""nginx: a file to be included in the site's `server` block.

All rules stand in the server's own context, in variables that are set anew for every internal redirect:
`add_header` in a location would hide the headers of the server.
"""

from collections.abc import Iterator

from gazette.pages.hosts.facts import (
    DOT_NAMES,
    NOT_FOUND,
    PRIVATE,
    TEXT_TYPES,
    Facts,
    accepts,
    addresses,
    any_pattern,
    endings_by_type,
    headers,
    lifetime,
    lifetimes,
    policy,
    printable,
    text_pattern,
)

_TYPES = sorted({*TEXT_TYPES.values(), "application/javascript", "text/xml"} - {"text/html"})
_HEAD = """\
# Made by Gazette with every build. Include it inside the server block of the site.
# nginx runs as root when it reads this: let it read a copy that only root can write, and reload nginx
# after redirects or settings have changed.
index index.html;
charset utf-8;
absolute_redirect off;
server_tokens off;
"""


def nginx_conf(facts: Facts) -> str:
    """The include file."""
    lines = [_HEAD, f"charset_types {' '.join(_TYPES)};"]
    if "$" not in facts.root:  # it would be a variable here, and has no escape
        lines.append(f"error_page 403 {_text(facts.root + NOT_FOUND)};")
        lines.append(f"error_page 404 {_text(facts.root + NOT_FOUND)};")
    lines += ["", *_headers(facts), "", *_compression(facts), "", *_refusals(facts), ""]
    lines += _redirects(facts)
    return "\n".join(lines).rstrip() + "\n"


def _text(value: str) -> str:
    """A quoted value; `$` is to be avoided where variables may stand."""
    value = printable(value).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{value}"'


def _headers(facts: Facts) -> Iterator[str]:
    settings = facts.settings
    yield f'set $gazette_cache "{lifetime(settings.cache.pages)}";'
    for paths, value in lifetimes(facts.root, settings.cache):
        yield f'if ($uri ~ "{paths}") {{ set $gazette_cache "{value}"; }}'
    yield f'set $gazette_csp "{policy(settings.csp, wasm=False)}";'
    if facts.search_pages:
        paths = any_pattern(facts.root, facts.search_pages)
        value = policy(settings.csp, wasm=True)
        yield f'if ($uri ~ "{paths}") {{ set $gazette_csp "{value}"; }}'
    yield "add_header Cache-Control $gazette_cache always;"
    yield "add_header Content-Security-Policy $gazette_csp always;"
    for name, value in headers(settings):
        yield f'add_header {name} "{value}" always;'


def _compression(facts: Facts) -> Iterator[str]:
    encodings = facts.settings.compress
    if encodings:
        yield "gzip_vary off;"
        yield "add_header Vary Accept-Encoding always;"
    if "gzip" in encodings:
        yield "gzip_static on;"
    if "brotli" in encodings:
        yield from _brotli()


def _brotli() -> Iterator[str]:
    """Without nginx's Brotli module, which few packages of nginx have."""
    yield 'set $gazette_encoding "";'
    yield 'set $gazette_twin "";'
    yield f'if ($http_accept_encoding ~* "{accepts("br")}") {{ set $gazette_twin ".br"; }}'
    yield f'if ($uri !~ "\\.{text_pattern()}$") {{ set $gazette_twin ""; }}'
    yield 'if (!-f $request_filename$gazette_twin) { set $gazette_twin ""; }'
    yield 'if ($gazette_twin) { rewrite "^(.*)$" "$1.br"; }'
    yield f'if ($uri ~ "\\.{text_pattern()}\\.br$") {{ set $gazette_encoding "br"; }}'
    yield "add_header Content-Encoding $gazette_encoding always;"
    for kind, endings in endings_by_type():
        inside = f"types {{ }} default_type {kind}; gzip off;"
        yield f'location ~ "\\.({endings})\\.br$" {{ {inside} }}'


def _refusals(facts: Facts) -> Iterator[str]:
    yield f'location ~ "{DOT_NAMES}" {{ return 404; }}'
    yield f'location ~ "{any_pattern(facts.root, PRIVATE)}" {{ return 404; }}'


def _redirects(facts: Facts) -> Iterator[str]:
    for path, target in facts.redirects:
        for address in addresses(path):
            yield f"location = {_text(facts.root + address)} {{ return 301 {_text(target)}; }}"
