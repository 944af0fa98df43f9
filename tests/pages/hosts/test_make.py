"""Which host files are made, and when they change."""

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from tests.conftest import Site, codes
from tests.publish.sites import CONFIG, clean_files, tiny_site

FILES = {
    "nginx": {".hosts/nginx.conf"},
    "apache": {".htaccess"},
    "iis": {"web.config"},
    "netlify": {"_redirects", "_headers"},
    "cloudflare": {"_redirects", "_headers"},
}


@pytest.fixture
def site(tmp_path: Path) -> Site:
    site = tiny_site(tmp_path / "site").article("a", aliases="[/old, /old/x.html]")
    return site.built()


def hosted(site: Site, setting: str) -> Site:
    return site.write({"config.yaml": CONFIG + setting})


@pytest.mark.parametrize("kind", FILES)
def test_each_kind_has_its_files_and_takes_them_away_again(site: Site, kind: str) -> None:
    before = site.files()
    report = hosted(site, f"hosts: {{files: [{kind}]}}\n").build()
    assert set(report.written) == FILES[kind]
    assert site.files() == clean_files(site)
    assert site.build().written == ()
    report = hosted(site, "").build()
    assert set(report.removed) == FILES[kind]
    assert site.files() == before


def test_all_for_one_deployment_except_two_of_one_name(site: Site) -> None:
    hosted(site, "hosts: {files: [nginx, apache, iis, netlify, nginx]}\n").built()
    report = hosted(site, "hosts: {files: [netlify, cloudflare]}\n").build()
    assert codes(report) == ["route-collision"] * 2
    assert report.problems[0].arguments["source"] == "hosts.files: cloudflare"


def test_a_file_of_ones_own_is_not_overwritten(site: Site) -> None:
    site.write({"content/static/_headers": "mine"})
    report = hosted(site, "hosts: {files: [netlify]}\n").build()
    assert [(p.code, p.file) for p in report.problems] == [
        ("route-collision", "content/static/_headers")
    ]


def test_old_addresses_are_in_every_file(site: Site) -> None:
    hosted(site, "hosts: {files: [nginx, apache, iis, netlify]}\n").built()
    assert 'location = "/old/" { return 301 "/2025/05/a.html"; }' in site.page(".hosts/nginx.conf")
    assert '"^old(/(index\\.html)?)?$" "/2025/05/a.html" [R=301' in site.page(".htaccess")
    assert "/old /2025/05/a.html 301!\n" in site.page("_redirects")
    redirects = ET.fromstring(site.page("web.config")).iter("add")
    assert ("/old/x.html", "/2025/05/a.html") in {
        (e.get("wildcard"), e.get("destination")) for e in redirects
    }


def test_cloudflare_knows_no_force(site: Site) -> None:
    hosted(site, "hosts: {files: [cloudflare]}\n").built()
    assert "301!" not in site.page("_redirects")


def test_the_base_path_is_everywhere(site: Site) -> None:
    hosted(site, "hosts: {files: [nginx, apache, iis, netlify], compress: [gzip, brotli]}\n")
    site.built(base_url="https://example.com/sub/")
    for path in (".hosts/nginx.conf", ".htaccess", "_redirects", "web.config"):
        text = site.page(path)
        assert "/sub/2025/05/a.html" in text, path
        assert not re.search(r"(?<!/sub)/2025/05/a\.html", text), path
    assert "/sub/404.html" in site.page(".hosts/nginx.conf")
    assert "/sub/404.html" in site.page(".htaccess")


def test_settings_are_heard(site: Site) -> None:
    hosted(
        site,
        """hosts:
  files: [nginx, apache, iis, cloudflare]
  csp:
    img-src: [https://pictures.example.com, "data:"]
    frame-ancestors: [https://www.example.com]
  cache: {pages: 0, files: 7, assets: 86400}
  referrer: no-referrer
""",
    ).built()
    for path in (".hosts/nginx.conf", ".htaccess", "web.config", "_headers"):
        text = site.page(path)
        assert "img-src 'self' https://pictures.example.com data:;" in text
        assert "frame-ancestors 'self' https://www.example.com" in text
        assert "X-Frame-Options" not in text, "it cannot name other sites"
        assert "no-referrer" in text
    for path in (".hosts/nginx.conf", ".htaccess"):
        text = site.page(path)
        assert all(f'"{value}"' in text for value in ("no-cache", "max-age=7"))
        assert '"public, max-age=86400, immutable"' in text
    assert 'cacheControlMaxAge="1.00:00:00"' in site.page("web.config")


def test_nobody_may_frame_the_site(site: Site) -> None:
    hosted(site, "hosts: {files: [apache], csp: {frame-ancestors: [\"'none'\"]}}\n").built()
    assert "frame-ancestors 'none'\"" in site.page(".htaccess")
    assert 'X-Frame-Options "DENY"' in site.page(".htaccess")


@pytest.mark.parametrize(
    "source", ["a;b", "https://a.example; script-src *", "'unsafe-inline'", "a b", 'a"b', "$x", "*"]
)
def test_a_source_that_would_open_the_policy_is_refused(site: Site, source: str) -> None:
    hosted(site, f"hosts: {{csp: {{script-src: ['{source.replace(chr(39), chr(39) * 2)}']}}}}\n")
    report = site.build()
    assert [(p.code, p.arguments["key"]) for p in report.problems] == [
        ("value-invalid", "hosts.csp.script-src[0]")
    ]


def test_a_line_break_does_not_get_into_a_header(site: Site) -> None:
    source = '"https://a.example\\n"'
    hosted(site, f"hosts: {{files: [netlify], csp: {{img-src: [{source}]}}}}\n").built()
    assert "img-src 'self' https://a.example; " in site.page("_headers")


def test_unknown_kinds_and_directives_are_errors(site: Site) -> None:
    report = hosted(site, "hosts: {files: [ngnix], csp: {img_src: []}}\n").build()
    assert [(p.code, p.arguments["near"]) for p in report.problems] == [
        ("value-choice", "nginx"), ("key-unknown", "img-src"),
    ]  # fmt: skip


def test_the_search_page_may_run_webassembly(site: Site) -> None:
    site.write({"themes/tiny/templates/search.html": "{{ page.title }}"})
    hosted(site, "hosts: {files: [nginx, apache, iis, netlify]}\n").built()
    wasm = "script-src 'self' 'wasm-unsafe-eval';"
    for path in (".hosts/nginx.conf", ".htaccess"):
        (line,) = [line for line in site.page(path).splitlines() if wasm in line]
        assert "search\\x2ehtml" in line
    locations = ET.fromstring(site.page("web.config")).findall("location")
    assert [e.get("path") for e in locations if wasm in ET.tostring(e, "unicode")] == [
        "search.html"
    ]
    assert wasm in site.page("_headers")
