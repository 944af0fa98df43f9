"""The desk's own answers: the list, and beginning an article."""

from collections.abc import Callable
from typing import Any

import pytest

from gazette.preview.access import host_is_ours, is_loopback, may_write
from tests.conftest import Site
from tests.preview.conftest import Start

MakeSite = Callable[..., Site]


@pytest.fixture
def site(make_site: MakeSite) -> Site:
    site = make_site({"content/categories.yaml": "- {slug: yaowen, title: 税务要闻}\n"})
    return site.article("a", categories="yaowen", bureau="leshan")


def test_the_desk_is_a_page_of_its_own_with_a_strict_policy(site: Site, preview: Start) -> None:
    running = preview(site, language="en")
    answer = running.get("/__gazette/")
    assert answer.status == 200 and "<title>Editor's desk</title>" in answer.text
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'self'")
    assert running.get("/__gazette").headers["Location"] == "/__gazette/"
    for name in ("common.js", "desk.js", "desk.css", "preview.js", "preview.css", "icon.svg"):
        assert running.get(f"/__gazette/static/{name}").status == 200
    assert running.get("/__gazette/static/nothing.js").status == 404


def test_a_page_of_the_list(site: Site, preview: Start) -> None:
    for number in range(60):
        site.article(f"n{number:02}", "字" * number, date=f"2025-04-{number % 28 + 1:02}")
    running = preview(site)
    first = running.json("/__gazette/articles")
    assert (first["total"], first["pages"], len(first["rows"])) == (61, 2, 50)
    assert first["rows"][0]["title"] == "a"
    assert first["states"]["published"] == 61
    assert (first["bureaus"], first["categories"]) == (["乐山市税务局"], ["税务要闻"])
    assert len(running.json("/__gazette/articles?page=2")["rows"]) == 11
    assert running.json("/__gazette/articles?page=99")["page"] == 2
    longest = running.json("/__gazette/articles?sort=-words")["rows"]
    assert [row["title"] for row in longest[:2]] == ["n59", "n58"]
    assert running.json("/__gazette/articles?text=N0%20articles")["total"] == 10
    for asked in ("page=x", "page=-1", "sort=none", "state=none", "page=%D9%A3"):
        assert running.get(f"/__gazette/articles?{asked}").status == 200


def test_an_article_is_begun(site: Site, preview: Start) -> None:
    site.write({"archetypes/notice.md": "---\ntitle: {title}\ndate: {date}\nsource: 通知\n---\n"})
    running = preview(site)
    offered = running.json("/__gazette/new")
    assert offered["archetypes"] == ["article", "notice"]
    assert ["yaowen", "税务要闻"] in offered["categories"]
    assert ["leshan", "乐山市税务局"] in offered["bureaus"]
    given = {
        "title": "新: 文",
        "category": "税务要闻",
        "bureau": "乐税",
        "date": "2025年5月3日",
        "archetype": "notice",
    }
    answer = running.post("/__gazette/new", given)
    assert answer.status == 201
    path = site.root / "content/articles/2025/2025-05-03-新-文.md"
    text = path.read_text("utf-8")
    assert text == "---\ntitle: '新: 文'\ndate: '2025-05-03'\nsource: 通知\n---\n"
    running.until(
        lambda: (running.folder / "2025/05").is_dir() or any(running.folder.rglob("新-文.html"))
    )
    again = running.post("/__gazette/new", given)
    assert again.status == 409 and "已经存在" in again.text
    assert path.read_text("utf-8") == text


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({}, "title"), ({"title": " \n"}, "title"), ({"title": "x", "date": "昨天"}, "date"),
        ({"title": "x", "bureau": "没有的局"}, "bureau"), ({"title": "x", "archetype": "../config"}, "archetype"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_beside_its_field(
    site: Site, preview: Start, given: dict[str, str], field: str
) -> None:
    running = preview(site)
    before = Site.files_in(site.root / "content")
    answer = running.post("/__gazette/new", given)
    assert answer.status == 422 and f'"errors": {{"{field}"' in answer.text
    assert Site.files_in(site.root / "content") == before


def test_a_title_cannot_lead_out_of_the_folder(site: Site, preview: Start) -> None:
    running = preview(site)
    for title in ("../../x", "/etc/y", "..\\..\\z", "con", "x" * 5000):
        answer = running.post("/__gazette/new", {"title": title, "date": "2025-05-03"})
        assert answer.status == 201
    made = Site.files_in(site.root / "content/articles/2025")
    assert (
        len(made) == 5
        and not list(site.root.glob("x*"))
        and not list(site.root.parent.glob("*x.md"))
    )


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ({"Origin": "http://evil.example"}, "{}"),
        ({"Origin": ""}, "{}"),
        ({"Origin": "null"}, "{}"),
        ({"Content_Type": "text/plain"}, "{}"),
        ({"Content_Type": "application/x-www-form-urlencoded"}, "title=x"),
        ({"Sec_Fetch_Site": "same-site"}, "{}"),
        ({"X_Forwarded_For": "192.0.2.7"}, "{}"),
        ({"Host": "evil.example", "Origin": "http://evil.example"}, "{}"),
    ],
)  # fmt: skip
def test_only_the_desk_itself_may_write(
    site: Site, preview: Start, headers: dict[str, str], body: str
) -> None:
    running = preview(site)
    given: dict[str, Any] = {
        "Content_Type": "application/json",
        "Origin": running.address[:-1],
        **headers,
    }
    assert running.get("/__gazette/new", "POST", body, **given).status == 403


@pytest.mark.parametrize("body", ["", "{", "[]", "7", "null"])
def test_what_is_no_form_is_refused(site: Site, preview: Start, body: str) -> None:
    running = preview(site)
    given = {"Content_Type": "application/json", "Origin": running.address[:-1]}
    assert running.get("/__gazette/new", "POST", body, **given).status == 400


def test_too_much_is_refused(site: Site, preview: Start) -> None:
    assert preview(site).post("/__gazette/new", {"title": "x" * 30_000}).status == 413


# Who is who


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.8.9.1", "[::1]", "::1", "localhost", "LOCALHOST"]
)
def test_this_machine(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize(
    "host", ["", "192.0.2.7", "localhost.evil.example", "127.0.0.1.evil.example", "0.0.0.0", "::"]
)
def test_other_machines(host: str) -> None:
    assert not is_loopback(host)


def test_names_that_a_server_for_all_answers_to() -> None:
    assert host_is_ours("192.0.2.7:8000", "0.0.0.0")
    assert host_is_ours("[2001:db8::1]:8000", "::")
    assert not host_is_ours("evil.example:8000", "0.0.0.0")
    assert not host_is_ours("[::1", "127.0.0.1")


def test_other_machines_never_write() -> None:
    headers = {"Host": "127.0.0.1:8000", "Origin": "http://127.0.0.1:8000"}
    assert may_write(headers, "127.0.0.1")
    assert not may_write(headers, "192.0.2.7")
    assert not may_write({"Host": "192.0.2.1:8000", "Origin": "http://192.0.2.1:8000"}, "127.0.0.1")
