"""Settings and routes -> host files."""

import re
from collections.abc import Iterable, Mapping, Sequence

from gazette.config.hosts import HostKind, HostSettings
from gazette.pages.assets import Asset
from gazette.pages.context import Route
from gazette.pages.hosts.apache import htaccess
from gazette.pages.hosts.facts import NGINX_FILE, Facts, location
from gazette.pages.hosts.iis import web_config
from gazette.pages.hosts.netlify import headers_file, redirects_file
from gazette.pages.hosts.nginx import nginx_conf
from gazette.pages.views import RedirectView
from gazette.urls import canonical

_WITH_DIGEST = re.compile(r"\.[0-9a-f]{10}(\.[^./]+)?$")
_SEARCH = "search.html"
"""The template of the page that runs the search program."""


def host_files(
    settings: HostSettings, routes: Sequence[Route], assets: Iterable[str]
) -> list[tuple[HostKind, Asset]]:
    """The files, each with the kind of host that it is for."""
    facts = make_facts(settings, routes, assets)
    return [
        (kind, Asset(path, text.encode("utf-8", "replace")))
        for kind in dict.fromkeys(settings.files)
        for path, text in _files(kind, facts).items()
    ]


def make_facts(settings: HostSettings, routes: Sequence[Route], assets: Iterable[str]) -> Facts:
    """What host files say of these routes.

    The redirect where a list's next page will be stays a page: no browser may remember it.
    """
    base = location(routes[0].view.common.site.base)
    redirects = [
        (route.path, base + location(canonical(route.content.target)))
        for route in routes
        if isinstance(route.content, RedirectView) and route.content.moved
    ]
    return Facts(
        base=base,
        redirects=tuple(redirects),
        search_pages=tuple(route.path for route in routes if route.template == _SEARCH),
        assets=tuple(sorted(path for path in assets if _WITH_DIGEST.search(path))),
        settings=settings,
    )


def _files(kind: HostKind, facts: Facts) -> Mapping[str, str]:
    match kind:
        case "nginx":
            return {NGINX_FILE: nginx_conf(facts)}
        case "apache":
            return {".htaccess": htaccess(facts)}
        case "iis":
            return {"web.config": web_config(facts)}
        case "netlify" | "cloudflare":
            redirects = redirects_file(facts, forced=kind == "netlify")
            return {"_redirects": redirects, "_headers": headers_file(facts)}
