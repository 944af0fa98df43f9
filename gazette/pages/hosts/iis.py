"""IIS: `web.config`, with nothing that a server without further modules would refuse.

A section of a module that is not installed (URL Rewrite) would make IIS answer every address with an
error. `httpRedirect` is always known; where the feature is not installed, readers get the redirect pages.
"""

import re
import xml.etree.ElementTree as ET

from gazette.config.hosts import CacheSettings
from gazette.pages.hosts.facts import (
    NGINX_FILE,
    NOT_FOUND,
    TEXT_TYPES,
    Facts,
    addresses,
    headers,
    policy,
)

_TYPES = {
    **TEXT_TYPES,
    ".avif": "image/avif",
    ".m4a": "audio/mp4",
    ".mp4": "video/mp4",
    ".ofd": "application/ofd",
    ".wasm": "application/wasm",
    ".webm": "video/webm",
    ".webp": "image/webp",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
}
_HIDDEN = (NGINX_FILE.partition("/")[0], ".htaccess", "_headers", "_redirects")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def web_config(facts: Facts) -> str:
    """The file at the site's root."""
    top = ET.Element("configuration")
    top.append(ET.Comment(" Made by Gazette with every build. "))
    server = ET.SubElement(top, "system.webServer")
    _pages(server)
    _content(server, facts.settings.cache)
    _headers(server, facts, wasm=False)
    _hidden(server)
    _redirects(server, facts)
    for path in facts.search_pages:
        inside = _location(top, path)
        _headers(inside, facts, wasm=True)
    for path in facts.assets:
        static = ET.SubElement(_location(top, path), "staticContent")
        _cache(static, facts.settings.cache.assets, immutable=True)
    ET.indent(top)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(top, "unicode")}\n'


def _location(top: ET.Element, path: str) -> ET.Element:
    place = ET.SubElement(top, "location", {"path": _xml(path)})
    return ET.SubElement(place, "system.webServer")


def _xml(text: str) -> str:
    return _NOT_XML.sub("", text)


def _pages(server: ET.Element) -> None:
    ET.SubElement(server, "directoryBrowse", {"enabled": "false"})
    documents = ET.SubElement(server, "defaultDocument", {"enabled": "true"})
    files = ET.SubElement(documents, "files")
    ET.SubElement(files, "clear")
    ET.SubElement(files, "add", {"value": "index.html"})
    faults = ET.SubElement(server, "httpErrors", {"errorMode": "Custom"})
    ET.SubElement(faults, "remove", {"statusCode": "404", "subStatusCode": "-1"})
    # As a file, for a page that is "executed" would be answered with status 200.
    page = {"statusCode": "404", "path": NOT_FOUND, "responseMode": "File"}
    ET.SubElement(faults, "error", {**page, "prefixLanguageFilePath": ""})


def _content(server: ET.Element, cache: CacheSettings) -> None:
    ET.SubElement(server, "urlCompression", {"doStaticCompression": "true"})
    static = ET.SubElement(server, "staticContent")
    for ending, kind in sorted(_TYPES.items()):
        ET.SubElement(static, "remove", {"fileExtension": ending})
        value = f"{kind}; charset=utf-8" if kind.startswith("text/") else kind
        ET.SubElement(static, "mimeMap", {"fileExtension": ending, "mimeType": value})
    _cache(static, cache.pages)


def _cache(static: ET.Element, seconds: int, *, immutable: bool = False) -> None:
    if not seconds:
        ET.SubElement(static, "clientCache", {"cacheControlMode": "DisableCache"})
        return
    days, rest = divmod(seconds, 86400)
    age = f"{days}.{rest // 3600:02}:{rest // 60 % 60:02}:{rest % 60:02}"
    values = {"cacheControlMode": "UseMaxAge", "cacheControlMaxAge": age}
    if immutable:
        values["cacheControlCustom"] = "public, immutable"
    ET.SubElement(static, "clientCache", values)


def _headers(server: ET.Element, facts: Facts, *, wasm: bool) -> None:
    custom = ET.SubElement(ET.SubElement(server, "httpProtocol"), "customHeaders")
    ET.SubElement(custom, "remove", {"name": "Content-Security-Policy"})
    value = policy(facts.settings.csp, wasm=wasm)
    ET.SubElement(custom, "add", {"name": "Content-Security-Policy", "value": value})
    if wasm:
        return  # the others are inherited
    ET.SubElement(custom, "remove", {"name": "X-Powered-By"})
    for name, value in headers(facts.settings):
        ET.SubElement(custom, "remove", {"name": name})
        ET.SubElement(custom, "add", {"name": name, "value": value})


def _hidden(server: ET.Element) -> None:
    filtering = ET.SubElement(ET.SubElement(server, "security"), "requestFiltering")
    segments = ET.SubElement(filtering, "hiddenSegments")
    for name in _HIDDEN:
        ET.SubElement(segments, "remove", {"segment": name})
        ET.SubElement(segments, "add", {"segment": name})


def _redirects(server: ET.Element, facts: Facts) -> None:
    if not facts.redirects:
        return
    values = {"enabled": "true", "exactDestination": "true", "httpResponseStatus": "Permanent"}
    redirects = ET.SubElement(server, "httpRedirect", values)
    # Whether such a path begins at the host's root or at the application's is not said: both are given.
    for root in dict.fromkeys(["/", facts.root]):
        for path, target in facts.redirects:
            for address in addresses(path):
                entry = {"wildcard": _xml(root + address), "destination": target}
                ET.SubElement(redirects, "add", entry)
