"""The built site behind real web servers, with the host files that the build made."""

import contextlib
import gzip
import re
import shutil
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, unquote, urljoin, urlsplit

import brotli
import pytest

from gazette.config.hosts import HostSettings
from gazette.pages.hosts.apache import htaccess
from gazette.pages.hosts.facts import ENDINGS, TEXT_ENDINGS, Facts, location
from gazette.pages.hosts.nginx import nginx_conf
from gazette.parallel import Workers
from gazette.pipeline import BuildOptions, build
from gazette.problems import errors
from tests.conftest import AS_OF, Site
from tests.crawl import links_of
from tests.hosts.webservers import APACHE, NGINX, Answer, Server, apache, nginx, public_folder

pytestmark = [
    pytest.mark.hosts,
    pytest.mark.skipif(not (NGINX and APACHE), reason="needs nginx and apache2"),
]
ROOT = Path(__file__).parent.parent.parent
HOSTS = """
pagination: {size: 2}
hosts:
  files: [nginx, apache, iis, netlify]
  compress: [gzip, brotli]
"""
OLD = {
    "/old": "a",
    "/旧站/2019/路 径.html": "b",
    "/$uri/a$b/${x}/c(d)+[e]{2}^.html": "a",
    "/100%25/it's.html": "b",
}
"""Aliases, and the articles that they lead to."""
TYPES = {
    "index.html": r"text/html; *charset=utf-8",
    "feed.json": r"application/json(; *charset=utf-8)?",
    "feed.xml": r"(text|application)/xml(; *charset=utf-8)?",
    "favicon.svg": r"image/svg\+xml(; *charset=utf-8)?",
    "robots.txt": r"text/plain; *charset=utf-8",
}


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The demonstration site, with host files and a few odd addresses."""
    root = tmp_path_factory.mktemp("served")
    for name in ("content", "themes"):
        shutil.copytree(ROOT / name, root / name)
    site = Site(root)
    site.write({"config.yaml": (ROOT / "config.yaml").read_text("utf-8") + HOSTS})
    for name in ("a", "b"):
        old = [alias for alias, article in OLD.items() if article == name]
        site.article(f"odd-{name}", categories="yaowen", aliases=old)
    long = "示例文字。" * 200
    return site.write(
        {
            "content/static/表 格/$1 & (2)+.txt": long,
            "content/static/100%.txt": long,
            "content/static/empty/x/y.txt": "x",
        }
    )


@contextlib.contextmanager
def served(sources: Site, base: str, kind: str) -> Iterator[Server]:
    """A server that shows the site at `base`; `kind` may ask Apache for an alias."""
    with public_folder() as folder:
        output = folder / ("elsewhere" if kind == "apache alias" else f"www{base}")
        options = BuildOptions(
            root=sources.root, output=output, base_url=f"https://example.com{base}",
            as_of=AS_OF, workers=Workers(1),
        )  # fmt: skip
        report = build(options)
        assert report.published, [(p.code, p.arguments) for p in errors(report.problems)]
        if kind == "nginx":
            running = nginx(folder, base, output / ".hosts/nginx.conf")
        else:
            running = apache(folder, base, output if kind == "apache alias" else None)
        with running as server:
            yield server


SERVERS = [("nginx", "/"), ("nginx", "/sub/"), ("apache", "/"), ("apache", "/sub/"),
           ("apache alias", "/税 务/sub/")]  # fmt: skip


@pytest.fixture(scope="module", params=SERVERS, ids=lambda pair: " ".join(pair))
def server(request: pytest.FixtureRequest, sources: Site) -> Iterator[Server]:
    kind, base = request.param
    with served(sources, base, kind) as running:
        yield running._replace(base=quote(base))


def path_of(answer: Answer) -> str:
    """The path of a Location header; the host must be the one that was asked."""
    parts = urlsplit(answer["Location"])
    assert parts.netloc in {"", "localhost"} or parts.hostname == "127.0.0.1", answer["Location"]
    return parts.path


def promised(answer: Answer) -> None:
    """The headers that every answer has, once."""
    policy = answer["Content-Security-Policy"]
    assert policy.startswith("default-src 'self'; script-src 'self'; ")
    assert policy.count("default-src") == 1
    assert "frame-ancestors 'self'" in policy
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert answer["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert len(answer.headers.get_all("Cache-Control") or []) == 1


@pytest.mark.parametrize("old", OLD)
def test_old_addresses_lead_on_for_ever(server: Server, old: str) -> None:
    inside = quote(unquote(old).lstrip("/"), safe="/")
    ways = [inside] if inside.endswith(".html") else [inside, f"{inside}/", f"{inside}/index.html"]
    for way in ways:
        answer = server.ask(f"{server.base}{way}?from=mail")
        assert answer.status == 301, way
        assert path_of(answer) == f"{server.base}yaowen/2025/05/odd-{OLD[old]}.html"
        promised(answer)
        assert answer["Cache-Control"] == "max-age=60"
        assert server.ask(path_of(answer)).status == 200


def test_where_a_list_will_go_on_stays_a_page(server: Server) -> None:
    """It leads to the list's beginning only until there are more articles."""
    number, last = 1, server.ask(f"{server.base}category/yaowen/page/1.html")
    while last.status == 200 and b'http-equiv="refresh"' not in last.body:
        number += 1
        last = server.ask(f"{server.base}category/yaowen/page/{number}.html")
    assert number > 1 and last.status == 200


@pytest.mark.parametrize(
    "path", ["nothing.html", "deep/er/nothing", "%E6%B2%A1%E6%9C%89/", "a%20b.txt", "old/x.html",
             "assets/css/portal.0123456789.css", "index.html/x"]
)  # fmt: skip
@pytest.mark.parametrize("encoding", ["identity", "gzip", "br"])
def test_unknown_addresses_show_the_404_page(server: Server, path: str, encoding: str) -> None:
    answer = server.ask(server.base + path, Accept_Encoding=encoding)
    assert answer.status == 404
    assert "kind-404" in unpacked(answer).decode()
    promised(answer)
    assert answer["Cache-Control"] == "max-age=60"


@pytest.mark.parametrize(
    "path", [".hosts/nginx.conf", ".hosts/", ".htaccess", "web.config", "_redirects", "_headers",
             ".git/config", "sub/.env"]
)  # fmt: skip
def test_what_readers_do_not_need_is_refused(server: Server, path: str) -> None:
    answer = server.ask(server.base + path)
    assert answer.status in {403, 404}
    assert "kind-404" in answer.body.decode()


def test_folders_without_a_page_are_not_listed(server: Server) -> None:
    answer = server.ask(f"{server.base}empty/x/")
    assert answer.status in {403, 404}
    assert b"y.txt" not in answer.body


def unpacked(answer: Answer) -> bytes:
    match answer["Content-Encoding"]:
        case "br":
            return brotli.decompress(answer.body)
        case "gzip":
            return gzip.decompress(answer.body)
    assert answer["Content-Encoding"] == ""
    return answer.body


ACCEPTED = {
    "": "",
    "identity": "",
    "gzip": "gzip",
    "gzip, deflate, br": "br",
    "gzip;q=1.0, br;q=0.5": "br",
    "gzip, br;q=0": "gzip",
    "brave": "",
}


@pytest.mark.parametrize("accepted", ACCEPTED)
@pytest.mark.parametrize("path", TYPES)
def test_text_is_sent_compressed(server: Server, path: str, accepted: str) -> None:
    plain = server.ask(server.base + path, Accept_Encoding="identity")
    answer = server.ask(server.base + path, Accept_Encoding=accepted)
    assert answer.status == plain.status == 200
    assert unpacked(answer) == plain.body
    assert re.fullmatch(TYPES[path], answer["Content-Type"]), answer["Content-Type"]
    assert answer["Vary"] == plain["Vary"] == "Accept-Encoding"
    if path != "robots.txt":  # too small to gain
        assert answer["Content-Encoding"] == ACCEPTED[accepted]
    assert answer["Content-Language"] == ""
    promised(answer)


def test_a_folder_is_its_index_page_in_every_encoding(server: Server) -> None:
    for accepted, encoding in ACCEPTED.items():
        answer = server.ask(f"{server.base}bureau/", Accept_Encoding=accepted)
        assert (answer.status, answer["Content-Encoding"]) == (200, encoding)
        assert b"kind-bureaus" in unpacked(answer)
    answer = server.ask(f"{server.base}bureau")
    assert answer.status == 301
    assert unquote(path_of(answer)) == unquote(f"{server.base}bureau/")


@pytest.mark.parametrize("name", ["表 格/$1 & (2)+.txt", "100%.txt"])
def test_odd_names_are_served(server: Server, name: str) -> None:
    for accepted in ("identity", "gzip", "br"):
        answer = server.ask(server.base + quote(name), Accept_Encoding=accepted)
        assert answer.status == 200
        assert unpacked(answer).decode() == "示例文字。" * 200


def test_a_conditional_request_saves_the_body(server: Server) -> None:
    for accepted in ("identity", "gzip", "br"):
        first = server.ask(server.base, Accept_Encoding=accepted)
        again = server.ask(server.base, Accept_Encoding=accepted, If_None_Match=first["ETag"])
        assert (again.status, again.body) == (304, b"")


def kept(path: str) -> str:
    """What Cache-Control must say."""
    if re.search(r"/assets/.*\.[0-9a-f]{10}\.\w+$", path):
        return "public, max-age=31536000, immutable"
    return "max-age=3600" if re.search(r"\.(csv|jpg|png|svg|webp|mp4|pdf)$", path) else "max-age=60"


@pytest.mark.parametrize("accepted", ["identity", "gzip, deflate, br"])
def test_every_link_leads_somewhere(server: Server, accepted: str) -> None:
    """A crawl over HTTP from the home page, and from the 404 page deep in the site."""
    waiting = deque([server.base, f"{server.base}no/such/page", f"{server.base}sitemap.xml"])
    seen = {*waiting}
    faults, types = [], set()
    while waiting:
        path = waiting.popleft()
        answer = server.ask(path, Accept_Encoding=accepted)
        promised(answer)
        is_page = answer["Content-Type"].startswith("text/html")
        if answer.status == 301:
            links = [answer["Location"]]
        elif answer.status != (404 if path.endswith("no/such/page") else 200):
            faults.append((path, answer.status))
            continue
        else:
            assert answer["Cache-Control"] == kept(unquote(path)), path
            links = links_of(unpacked(answer).decode()) if is_page else []
            types.add(answer["Content-Type"].partition(";")[0])
        for link in links:
            target = urlsplit(urljoin(f"http://127.0.0.1{path}", link))
            if target.hostname in {"127.0.0.1", "localhost"} and target.path not in seen:
                seen.add(target.path)
                waiting.append(target.path)
                if not target.path.startswith(server.base):
                    faults.append((path, link))
    assert faults == []
    assert len(seen) > 200
    assert {"text/html", "text/css", "image/jpeg", "image/svg+xml"} <= types


# Addresses of every kind


@pytest.mark.parametrize("kind", ["nginx", "apache"])
@pytest.mark.parametrize("base", ["/", "/su b+(c)/"])
def test_odd_addresses_are_led_on_and_odd_search_pages_may_use_webassembly(
    kind: str, base: str
) -> None:
    odd = " !#$&'()+,-.;=@[]^_`{}~%税　é①\u00a0"
    names = [f"x{c}y" for c in odd] + [
        "$uri",
        "${HOME}",
        "%{HTTP_HOST}",
        "%1$1",
        "a b  c",
        "#",
        "~x",
    ]
    redirects = tuple((f"{name}/old.html", location(f"{base}new/{name}")) for name in names)
    redirects += tuple((f"d/{name}/index.html", location(f"{base}new/")) for name in names)
    pages = tuple(f"s/{name}.html" for name in names)
    settings = HostSettings(files=("nginx", "apache"), compress=("gzip", "brotli"))
    facts = Facts(location(base), redirects, pages, (), settings)
    with public_folder() as folder:
        site = Site(folder / f"www{base}")
        site.write({".htaccess": htaccess(facts), ".hosts/nginx.conf": nginx_conf(facts)})
        site.write(dict.fromkeys(pages, "page")).write({"s/other.html": "other"})
        include = site.root / ".hosts/nginx.conf"
        running = nginx(folder, base, include) if kind == "nginx" else apache(folder, base)
        with running as server:
            for path, target in redirects:
                answer = server.ask(quote(base + path))
                assert (path, answer.status) == (path, 301)
                assert path_of(answer) == target
            for path in pages:
                answer = server.ask(quote(base + path))
                assert (path, answer.status, answer.body) == (path, 200, b"page")
                assert "script-src 'self' 'wasm-unsafe-eval';" in answer["Content-Security-Policy"]
            other = server.ask(quote(f"{base}s/other.html"))
            assert "wasm" not in other["Content-Security-Policy"]


def test_twins_lie_beside_text_and_nothing_else(sources: Site) -> None:
    with public_folder() as folder:
        output = folder / "www"
        build(BuildOptions(root=sources.root, output=output, as_of=AS_OF, workers=Workers(1)))
        files = {path for path in output.rglob("*") if path.is_file()}
        for path in files:
            if path.suffix in ENDINGS.values():
                assert path.with_suffix("").name.endswith(TEXT_ENDINGS)
                assert path.with_suffix("") in files
                assert path.stat().st_size < path.with_suffix("").stat().st_size


# In a browser

CHROMIUM = shutil.which("chromium")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-first-run",
]  # fmt: skip
KIND = re.compile(r'<body class="kind-([\w-]+)')


def page_kinds(output: Path) -> dict[str, str]:
    """One page of each kind: its path."""
    found: dict[str, str] = {}
    for path in sorted(output.rglob("*.html")):
        match = KIND.search(path.read_text("utf-8"))
        if match:
            found.setdefault(match[1], path.relative_to(output).as_posix())
    return found


@pytest.mark.skipif(not CHROMIUM, reason="needs Chromium")
@pytest.mark.parametrize(("kind", "base"), [("nginx", "/sub/"), ("apache", "/")])
def test_no_page_breaks_the_policy_in_a_browser(sources: Site, kind: str, base: str) -> None:
    from playwright.sync_api import ConsoleMessage, sync_playwright

    said: list[tuple[str, str]] = []
    with served(sources, base, kind) as server, sync_playwright() as playwright:
        out = sources.root / "again"
        build(BuildOptions(root=sources.root, output=out, as_of=AS_OF, workers=Workers(1)))
        kinds = page_kinds(out)
        assert {"home", "article", "category", "tag", "topic", "bureau", "404"} <= kinds.keys()
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page()

        def listen(message: ConsoleMessage) -> None:
            if message.type in {"error", "warning"}:
                said.append((page.url, message.text))

        page.on("console", listen)
        page.on("pageerror", lambda fault: said.append((page.url, str(fault))))
        page.add_init_script(
            "document.addEventListener('securitypolicyviolation',"
            " e => console.error('policy: ' + e.violatedDirective + ' ' + e.blockedURI))"
        )
        for path in kinds.values():
            page.goto(f"http://127.0.0.1:{server.port}{base}{path}", wait_until="networkidle")
            for button in page.locator("button:visible").all():
                if button.is_visible() and button.is_enabled():
                    button.click(timeout=2000, no_wait_after=True, force=True)
        answer = page.goto(f"http://127.0.0.1:{server.port}{base}no/such/page")
        assert answer is not None and answer.status == 404
        assert page.evaluate("getComputedStyle(document.body).fontFamily")
        browser.close()
    # Chromium itself reports that the page it was sent to is not there.
    said = [(url, text) for url, text in said if "no/such/page" not in url]
    assert said == []
