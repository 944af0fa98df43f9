"""What a check looks at: changed files, a baseline, an older sitemap, a person."""

import json
import re
import socket
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from gazette.checking.external import LinkChecker, ask
from gazette.checking.mentions import pattern_of_name
from gazette.checking.run import CheckOptions, check
from gazette.checking.sitemap import lost_addresses
from gazette.cli.program import run
from tests.check.test_signoff import commit, git
from tests.conftest import AS_OF, Site

MOBILE = "联系人电话13800138000。"


def files(site: Site, **options: object) -> set[str]:
    found = check(CheckOptions(site.root, as_of=AS_OF, names=frozenset(["privacy"]), **options))  # type: ignore[arg-type]
    return {row.file for row in found.rows}


def checked(site: Site, *arguments: str) -> int:
    return run(["check", "--as-of", AS_OF, "--only", "privacy", *arguments], site.root)


def test_only_what_changed_since_a_revision(make_site: Callable[..., Site]) -> None:
    site = make_site().article("a", MOBILE)
    git(site.root, "init", "-q")
    commit(site)
    assert checked(site, "--changed", "HEAD") == 0
    site.article("汉", MOBILE)
    assert checked(site, "--changed", "HEAD") == 1
    git(site.root, "add", "-A")
    assert checked(site, "--changed", "HEAD") == 1
    assert checked(site, "--changed", "--output=x") == 2


def test_a_baseline_lets_only_new_findings_fail(make_site: Callable[..., Site]) -> None:
    site = make_site().article("a", MOBILE)
    path = site.root / "known.json"
    assert checked(site, "--baseline", str(path)) == 0
    assert "138" not in path.read_text("utf-8")
    site.article("a", f"新的一段。\n\n{MOBILE}")
    assert checked(site, "--baseline", str(path)) == 0
    site.article("a", f"新的一句。{MOBILE}又一句。")
    assert checked(site, "--baseline", str(path)) == 0
    site.article("a", f"{MOBILE}\n\n{MOBILE}")
    assert checked(site, "--baseline", str(path)) == 1
    path.write_text("{}", "utf-8")
    assert checked(site, "--baseline", str(path)) == 2


def test_lost_addresses(tmp_path: Path) -> None:
    path = tmp_path / "sitemap.xml"
    places = ["", "a.html", "b/", "c", "%E6%B1%89.html", "x.pdf", "lost.html?a=1&amp;b=2"]
    rows = "".join(
        f"<url><loc> https://www.example.com/sub/{place} </loc></url>" for place in places
    )
    path.write_text(f"<urlset>{rows}</urlset>", "utf-8")
    outputs = frozenset(["index.html", "a.html", "b/index.html", "c.html", "汉.html", "x.pdf"])
    assert lost_addresses(path, outputs, "/sub/") == [
        "https://www.example.com/sub/lost.html?a=1&b=2"
    ]


def test_redirects_are_not_lost(make_site: Callable[..., Site]) -> None:
    site = make_site().article("a", aliases="/old.html", source="甲").built()
    sitemap = site.root / "old.xml"
    sitemap.write_text("<loc>https://example.com/old.html</loc><loc>https://example.com/gone</loc>")
    options = CheckOptions(site.root, as_of=AS_OF, against=sitemap, names=frozenset(["links"]))
    assert [row.found for row in check(options).rows] == ["https://example.com/gone"]


def test_a_person_is_found_everywhere(faulty: Site, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "--person", "某甲", "--format", "json"], faulty.root) == 0
    found = json.loads(capsys.readouterr().out)
    assert [(one["line"], one["kind"]) for one in found] == [
        (5, "kicker"),
        (8, "paragraph"),
        (10, "quote"),
    ]


def test_a_pattern_finds_links_and_captions(
    faulty: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["check", "--text", r"10\.1|139\d{8}|a\.jpg"], faulty.root) == 0
    kinds = re.findall(r"\[(\w+)\]", capsys.readouterr().out)
    assert sorted(kinds) == ["alt", "file", "link", "link"]


def test_names_are_found_however_they_are_set() -> None:
    assert re.search(pattern_of_name("王 五"), "王　五")
    assert not re.search(pattern_of_name("王五"), "王小五")


def test_drafts_are_looked_at_before_they_are_published(make_site: Callable[..., Site]) -> None:
    site = make_site().article("a", MOBILE, draft="true").article("b", MOBILE, date="2027-01-01")
    assert files(site) == {"content/articles/a.md", "content/articles/b.md"}


def test_a_check_serves_the_next_build(make_site: Callable[..., Site]) -> None:
    site = make_site().article("a", MOBILE).built()
    site.article("b", MOBILE)
    assert len(files(site)) == 2
    assert site.build().written
    assert site.build().written == ()


class Asked:
    """Answers for hosts; counts how often each address was asked."""

    def __init__(self, dead: dict[str, str]) -> None:
        self.dead = dead
        self.asked: list[str] = []

    def __call__(self, address: str) -> str:
        self.asked.append(address)
        return self.dead.get(address, "")


def test_answers_are_remembered(tmp_path: Path) -> None:
    host = Asked({"http://a.example/2": "HTTP 404"})
    checker = LinkChecker(tmp_path / "new" / "external.json", host, pause=0)
    addresses = ["http://a.example/1", "http://a.example/2", "http://b.example/"]
    assert checker.dead(addresses) == {"http://a.example/2": "HTTP 404"}
    assert checker.dead(addresses) == {"http://a.example/2": "HTTP 404"}
    assert sorted(host.asked) == addresses


def test_a_host_that_does_not_answer_is_dead() -> None:
    assert ask("http://127.0.0.1:9/") != ""


@pytest.mark.parametrize(
    "place", ["127.0.0.1", "10.1.2.3", "::1", "::ffff:192.168.1.1", "fe80::1%eth0", "0.0.0.0"]
)
def test_a_public_name_that_leads_into_a_private_network_is_not_asked(
    monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    connected: list[object] = []
    leads_to(monkeypatch, [place], connected)
    for scheme in ("http", "https"):
        assert "private network" in ask(f"{scheme}://inside.example/")
    leads_to(monkeypatch, ["8.8.8.8", place], connected)
    assert "private network" in ask("http://both.example/")
    assert connected == []


def test_the_address_that_was_looked_at_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    connected: list[object] = []
    leads_to(monkeypatch, ["8.8.8.8"], connected)
    assert ask("http://public.example/") == "refused here"
    assert connected == [("8.8.8.8", 80)] * 2


def leads_to(monkeypatch: pytest.MonkeyPatch, places: list[str], connected: list[object]) -> None:
    """Let every name lead to these addresses, and every connection be refused."""

    def look_up(_host: str, port: int, **_more: object) -> list[object]:
        return [(2, 1, 6, "", (place, port)) for place in places]

    def connect(address: object, *_more: object) -> None:
        connected.append(address)
        raise OSError("refused here")

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(socket, "create_connection", connect)
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


def test_dead_links_are_findings(
    make_site: Callable[..., Site], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gazette.checking.external.ask", Asked({"https://a.example/x": "HTTP 404"}))
    site = make_site().article("a", "见[甲](https://a.example/x#y)和[乙](http://10.0.0.1/)。")
    options = CheckOptions(
        site.root, as_of=AS_OF, external=True, names=frozenset(["links-external"])
    )
    (row,) = check(options).rows
    assert (row.problem.line, row.found) == (6, "https://a.example/x")


def test_git_is_not_needed(make_site: Callable[..., Site], monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_: object, **__: object) -> None:
        raise FileNotFoundError(2, "No such file")

    monkeypatch.setattr(subprocess, "run", missing)
    site = make_site().article("a", MOBILE)
    assert files(site) == {"content/articles/a.md"}
    assert checked(site, "--changed", "HEAD") == 2
