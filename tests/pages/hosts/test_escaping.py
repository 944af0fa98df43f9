"""No address can break out of a host file, or mean another address there."""

import re
import shlex
import xml.etree.ElementTree as ET
from urllib.parse import unquote

from hypothesis import given, settings
from hypothesis import strategies as st

from gazette.config.hosts import HostSettings
from gazette.pages.hosts.apache import htaccess
from gazette.pages.hosts.facts import Facts, location, pattern
from gazette.pages.hosts.iis import web_config
from gazette.pages.hosts.netlify import headers_file, redirects_file
from gazette.pages.hosts.nginx import nginx_conf
from gazette.urls import path_fault

_ODD = "ab.-_ !#$%&'()+,;=@[]^`{}~税路　é①\u00a0\u2028"
_NAMES = st.text(st.sampled_from(_ODD) | st.characters(exclude_categories=["Cs", "Cc"]), min_size=1)
NAMES = _NAMES.filter(lambda name: "/" not in name and not path_fault(name))
PATHS = st.lists(NAMES, min_size=1, max_size=3).map("/".join)
BASES = st.just("/") | PATHS.map(lambda path: f"/{path}/")
ALL = HostSettings(files=("nginx", "apache", "iis", "netlify"), compress=("gzip", "brotli"))


@st.composite
def facts(draw: st.DrawFn) -> Facts:
    base = location(draw(BASES))
    old = draw(st.lists(PATHS, min_size=1, max_size=4, unique=True))
    redirects = tuple((path, base + location(draw(PATHS))) for path in old)
    pages = tuple(draw(st.lists(PATHS, max_size=2, unique=True)))
    return Facts(base, redirects, pages, ("assets/a.0123456789.css",), ALL)


@given(PATHS, PATHS)
def test_a_pattern_fits_its_text_only(text: str, other: str) -> None:
    assert re.fullmatch(pattern(text), text)
    assert bool(re.fullmatch(pattern(text), other)) == (text == other)
    assert not set(pattern(text)) & set(" \"'$%{}[]()#;<>`^|&")


@given(PATHS)
def test_a_location_holds_nothing_but_plain_characters_and_leads_back(path: str) -> None:
    assert re.fullmatch(r"[A-Za-z0-9/._~%-]*", location(path))
    assert unquote(location(path)) == unquote(path)


@given(facts())
@settings(max_examples=60)
def test_nginx_reads_what_was_meant(facts: Facts) -> None:
    found = []
    for line in nginx_conf(facts).split("\n"):
        match = re.fullmatch(r'location = "(.*)" \{ return 301 "(.*)"; \}', line)
        if match:
            found.append((match[1], match[2]))
            assert not re.search(r'["\\]', match[1] + match[2])
            assert "$" not in match[2]
    assert [pair for pair in found if not pair[0].endswith("/")] and set(found) == expected(facts)


def expected(facts: Facts) -> set[tuple[str, str]]:
    found = set()
    for path, target in facts.redirects:
        found.add((facts.root + path, target))
        if path.endswith("/index.html"):
            found |= {(facts.root + path[:-10], target), (facts.root + path[:-11], target)}
    return found


@given(facts())
@settings(max_examples=60)
def test_apache_reads_what_was_meant(facts: Facts) -> None:
    text = htaccess(facts)
    assert "${" not in text
    rules = [line for line in text.split("\n") if "R=301" in line]
    assert len(rules) == len(facts.redirects)
    for line, (path, target) in zip(rules, facts.redirects, strict=True):
        # Apache keeps a backslash before anything but a quote or another backslash.
        match = re.fullmatch(r'  RewriteRule "([^"]*)" "([^"]*)" \[R=301,L,NE,QSD\]', line)
        assert match, line
        assert re.search(match[1], path)
        assert not re.search(match[1], f"{path}x") and not re.search(match[1], f"x{path}")
        assert re.sub(r"\\(.)", r"\1", match[2]) == target
        assert not re.search(r"(?<!\\)%|\$", match[2])


@given(facts())
@settings(max_examples=60)
def test_iis_reads_what_was_meant(facts: Facts) -> None:
    top = ET.fromstring(web_config(facts))
    found = {(e.get("wildcard"), e.get("destination")) for e in top.iter("add")}
    assert expected(facts) <= found
    paths = {e.get("path") for e in top.findall("location")}
    assert paths == {*facts.search_pages, *facts.assets}


@given(facts())
@settings(max_examples=60)
def test_netlify_reads_what_was_meant(facts: Facts) -> None:
    lines = redirects_file(facts, forced=True).split("\n")[2:-1]
    found = {tuple(line.split()) for line in lines}
    assert all(len(words) == 3 and shlex.split(" ".join(words)) for words in found)
    sources = {(unquote(source), target) for source, target, _ in found}
    assert sources <= expected(facts)
    assert {target for _, target in sources} == {target for _, target in facts.redirects}
    for line in headers_file(facts).splitlines()[1:]:
        assert line.startswith(("/", "  ")) and line.isascii()
