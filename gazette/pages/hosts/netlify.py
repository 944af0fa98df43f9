"""Netlify and Cloudflare Pages: `_redirects` and `_headers`.

Both join the values of all rules that fit an address, so no header may stand in two of them: pages keep
the host's own Cache-Control (ask each time), and one policy must do for the search page too.
"""

from urllib.parse import quote

from gazette.pages.hosts.facts import (
    NGINX_FILE,
    NOT_FOUND,
    Facts,
    addresses,
    headers,
    lifetime,
    policy,
)


def redirects_file(facts: Facts, *, forced: bool) -> str:
    """`_redirects`. Netlify shows a file that lies at the old address unless it is forced."""
    status = "301!" if forced else "301"
    lines = ["# Made by Gazette with every build."]
    if forced and "nginx" in facts.settings.files:
        folder = NGINX_FILE.partition("/")[0]
        lines.append(f"{facts.base}{folder}/* {facts.base}{NOT_FOUND} 404!")
    for path, target in facts.redirects:
        lines += [
            f"{_written(facts, address)} {target} {status}" for address in addresses(path)[:2]
        ]
    return "\n".join(lines) + "\n"


def _written(facts: Facts, path: str) -> str:
    return facts.base + quote(path, safe="/")


def headers_file(facts: Facts) -> str:
    """`_headers`."""
    settings = facts.settings
    lines = ["# Made by Gazette with every build.", f"{facts.base}*"]
    lines += [f"  {name}: {value}" for name, value in headers(settings)]
    value = policy(settings.csp, wasm=bool(facts.search_pages))
    lines.append(f"  Content-Security-Policy: {value}")
    for path in facts.assets:
        lines.append(_written(facts, path))
        lines.append(f"  Cache-Control: {lifetime(settings.cache.assets, immutable=True)}")
    return "\n".join(lines) + "\n"
