"""An editor saves, and sees."""

import os
import queue
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import ClassVar

import pytest

from gazette.pipeline import Progress
from gazette.preview import watching
from gazette.preview.newsroom import Newsroom
from gazette.preview.watching import on_network
from gazette.publish.work import Work
from tests.conftest import Site
from tests.preview.conftest import PATIENCE, Page, Start, replace_file

MakeSite = Callable[..., Site]
PATH = "yaowen/2025/05/a.html"


@pytest.fixture
def site(make_site: MakeSite) -> Site:
    found = make_site({"themes/mine/theme.yaml": "extends: base\n"})
    found.write({"config.yaml": "site: {title: 测试站点, url: https://example.com}\ntheme: mine\n"})
    return found.article("a", "正文。", categories="yaowen")


def test_each_save_is_shown_however_quickly_they_follow(site: Site, preview: Start) -> None:
    running = preview(site)
    with Page(running, PATH) as page:
        in_place = Site(site.root)
        for number in range(5):
            in_place.article("a", f"第{number}稿。", categories="yaowen")
            page.wait_for_text(f"第{number}稿。")
    running.until_like_a_clean_build()


def test_a_page_that_was_served_before_a_change_and_listens_after_it_loads_again(
    site: Site, preview: Start
) -> None:
    """Though another one, which may be the same tab on its way out, was told of the change."""
    running = preview(site)
    late = Page(running, PATH).loaded()
    with Page(running, PATH) as early:
        site.article("a", "改了。", categories="yaowen")
        early.wait_for_text("改了。")
        running.until_like_a_clean_build()
    with late:
        assert late.commands[0] == "reload"


def test_a_page_that_did_not_change_is_left_alone(site: Site, preview: Start) -> None:
    running = preview(site.article("b", categories="yaowen"))
    with Page(running, "yaowen/2025/05/b.html") as page:
        site.article("a", "改了。", categories="yaowen")
        seen = []
        while "status" not in seen:
            seen.append(page.next()["command"])
    assert set(seen) <= {"saved", "building", "status"}


def test_a_title_changes_the_lists_that_show_it(site: Site, preview: Start) -> None:
    running = preview(site)
    with Page(running, "category/yaowen.html") as page:
        site.write(
            {
                "content/articles/a.md": "---\ntitle: 新题\ndate: 2025-05-03\ncategories: yaowen\n---\n"
            }
        )
        page.wait_for_text("新题")


def test_what_is_wrong_is_told_with_its_line_and_the_last_good_page_stays(
    site: Site, preview: Start
) -> None:
    running = preview(site)
    with Page(running, PATH) as page:
        site.article("a", "坏稿。", date="昨天", categories="yaowen")
        status = page.wait("status", published=False)
        [problem] = status["problems"]
        assert (problem["code"], problem["file"], problem["line"]) == (
            "date-invalid",
            "content/articles/a.md",
            3,
        )
        assert "昨天" in problem["message"] and problem["hint"].startswith("请写成")
        assert status["page"]["state"] == "faulty" and status["page"]["problems"] == [problem]
        assert "正文。" in page.load().text
        [row] = running.json("/__gazette/articles?state=faulty")["rows"]
        assert (row["title"], row["errors"], row["href"]) == ("a", 1, PATH)
        site.article("a", "好稿。", categories="yaowen")
        page.wait_for_text("好稿。")
        assert page.wait("status", published=True)["problems"] == []


def test_a_very_first_build_that_fails_is_told_and_mended(site: Site, preview: Start) -> None:
    site.write({"config.yaml": "site: {}\n"})
    running = preview(site, language="en")
    answer = running.get("/")
    assert answer.status == 503
    status = answer.state["status"]
    assert status["problems"][0]["code"] == "key-missing" and not status["published"]
    with Page(running, "") as page:
        site.write({"config.yaml": "site: {title: x}\ntheme: mine\n"})
        page.wait("reload")
        assert page.load().status == 200


def styled(site: Site, colour: str) -> Site:
    """The site with a style sheet that names this colour."""
    layout = '{% extends "parent/base.html" %}{% block styles %}<link rel="stylesheet" href="{{ page.root }}{{ assets["x.css"] }}">{% endblock %}'
    if not (site.root / "themes/mine/templates/base.html").exists():
        site.write({"themes/mine/templates/base.html": layout})
    return site.write({"themes/mine/static/x.css": f"body {{ color: {colour} }}\n"})


def test_a_style_sheet_is_changed_without_loading_the_page_again(
    site: Site, preview: Start
) -> None:
    running = preview(styled(site, "red"))
    with Page(running, PATH) as page:
        styled(site, "blue")
        shown = {}
        while (message := page.next())["command"] != "status":
            shown = message.get("swap", shown)
        # The first look stands under the old name; what is built has a name of its own.
        [after] = shown.values()
        assert after.startswith("assets/x.") and "blue" in running.get(f"/{after}").text
    running.until_like_a_clean_build()


def test_a_style_sheet_saved_again_before_the_end_of_a_build_was_told_is_swapped_too(
    site: Site, preview: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended, told = Newsroom.ended, threading.Event()
    late = lambda room, outcome: told.wait(PATIENCE) and ended(room, outcome)  # noqa: E731
    monkeypatch.setattr(Newsroom, "ended", late)
    monkeypatch.setattr("gazette.preview.ahead.second_look", lambda *_: None)
    told.set()
    running = preview(styled(site, "red"))
    told.clear()
    assets = lambda: "".join(p.read_text("utf-8") for p in running.folder.glob("assets/x.*"))  # noqa: E731
    place = running.folder / PATH
    before = place.read_text("utf-8")
    with Page(running, PATH) as page:
        styled(site, "blue")
        running.until(lambda: place.read_text("utf-8") != before)
        published = place.read_text("utf-8")
        styled(site, "green")
        while not any(path in published for path in page.wait("reload")["swap"].values()):
            pass
        told.set()
        while (message := page.next())["command"] != "status" or "green" not in assets():
            assert message["command"] != "reload" or "swap" in message
    running.until_like_a_clean_build()


def test_a_script_of_the_theme_loads_the_page_again(site: Site, preview: Start) -> None:
    layout = '{% extends "parent/base.html" %}{% block head %}<script src="{{ page.root }}{{ assets["x.js"] }}"></script>{% endblock %}'
    site.write({"themes/mine/static/x.js": "1", "themes/mine/templates/base.html": layout})
    running = preview(site)
    with Page(running, PATH) as page:
        site.write({"themes/mine/static/x.js": "2"})
        assert "swap" not in page.wait("reload")


def test_a_template_changes_the_open_page(site: Site, preview: Start) -> None:
    running = preview(site)
    with Page(running, PATH) as page:
        site.write(
            {
                "themes/mine/templates/article.html": '{% extends "parent/article.html" %}{% block footer %}新尾{% endblock %}'
            }
        )
        page.wait_for_text("新尾")
        site.write({"themes/mine/templates/article.html": "{% extends"})
        [problem] = page.wait("status", published=False)["problems"]
        assert problem["file"] == "themes/mine/templates/article.html"
        assert "新尾" in page.load().text


def test_files_and_folders_come_go_and_move(site: Site, preview: Start) -> None:
    running = preview(site)
    articles = site.root / "content/articles"
    for number in range(3):
        site.write(
            {
                f"content/articles/x/{number}.md": f"---\ntitle: 文{number}\ndate: 2025-05-0{number + 1}\n---\n"
            }
        )
    running.until_like_a_clean_build()
    (articles / "x").rename(articles / "y")
    running.until_like_a_clean_build()
    site.write({"content/articles/y/0.md": "---\ntitle: 新文\ndate: 2025-05-01\n---\n"})
    running.until_like_a_clean_build()
    replace_file(articles / "y/1.md", "---\ntitle: 换文\ndate: 2025-05-01\n---\n")
    running.until_like_a_clean_build()
    shutil.rmtree(articles / "y")
    running.until_like_a_clean_build()
    assert not any("2025/05/0" in path for path in Site.files_in(running.folder))


def test_content_may_go_and_come_back(site: Site, preview: Start) -> None:
    running = preview(site)
    content, aside = site.root / "content", site.root / "aside"
    content.rename(aside)
    running.until(lambda: not (running.folder / PATH).exists())
    aside.rename(content)
    running.until(lambda: (running.folder / PATH).exists())
    site.article("a", "回来了。", categories="yaowen")
    running.until(lambda: "回来了。" in (running.folder / PATH).read_text("utf-8"))
    running.until_like_a_clean_build()


def test_settings_and_data_are_watched(site: Site, preview: Start) -> None:
    running = preview(site)
    with Page(running, "index.html") as page:
        site.write({"config.yaml": "site: {title: 改名的站}\ntheme: mine\n"})
        page.wait_for_text("改名的站")
        site.write({"content/categories.yaml": "- {slug: yaowen, title: 要闻改名}\n"})
        page.wait_for_text("要闻改名")


class Held:
    """Builds that wait, when they know what they are going to make."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.go_on = threading.Event()
        self._render = Work.render
        monkeypatch.setattr(Work, "render", lambda work, progress: self._wait(work, progress))

    def _wait(self, work: Work, progress: Progress) -> None:
        assert self.go_on.wait(PATIENCE)
        self._render(work, progress)


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[Held]:
    found = Held(monkeypatch)
    yield found
    found.go_on.set()


def test_what_somebody_looks_at_is_shown_before_all_is_built(
    site: Site, preview: Start, held: Held
) -> None:
    running = preview(site.article("b", categories="yaowen"), waits=False)
    running.until(lambda: running.get(f"/{PATH}").status == 200)  # already in the first build
    assert not (running.folder / PATH).exists()
    home = running.get("/").text
    sheet, *_ = set(re.findall(r'"(assets/[^"]+\.css)"', home))
    assert running.get(f"/{sheet}").status == 200
    held.go_on.set()
    running.built_once()
    held.go_on.clear()
    with Page(running, PATH) as page:
        site.write({"config.yaml": "site: {title: 改名的站}\ntheme: mine\n"})
        page.wait_for_text("改名的站")
        for path in (PATH, "index.html"):
            assert "改名的站" in running.get(f"/{path}").text
            assert "改名的站" not in (running.folder / path).read_text("utf-8")
    held.go_on.set()
    running.until_like_a_clean_build()


def test_a_look_is_taken_back_when_the_change_is(site: Site, preview: Start, held: Held) -> None:
    held.go_on.set()
    running = preview(site)
    held.go_on.clear()
    old = (site.root / "config.yaml").read_text("utf-8")
    with Page(running, PATH) as page:
        site.write({"config.yaml": old.replace("测试站点", "改名的站")})
        page.wait_for_text("改名的站")
        site.write({"config.yaml": old})
        held.go_on.set()
        page.wait_for_text("测试站点")
    running.until_like_a_clean_build()


class Told(queue.Queue[set[str]]):
    """What the watcher has heard of; `last` is set when that was one file."""

    last: ClassVar[threading.Event]

    def put(self, item: set[str], block: bool = True, timeout: float | None = None) -> None:
        super().put(item, block, timeout)
        if any(path.endswith("last.md") for path in item):
            self.last.set()


def test_a_checkout_is_built_once(
    site: Site, preview: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    Told.last = threading.Event()
    monkeypatch.setattr(watching, "queue", SimpleNamespace(Queue=Told, Empty=queue.Empty))
    monkeypatch.setattr(watching, "_LONGEST_S", PATIENCE)
    lock = site.root / ".git/index.lock"
    lock.parent.mkdir()
    running = preview(site)
    lock.touch()
    for number in range(200):
        site.write(
            {f"content/articles/c/{number}.md": f"---\ntitle: 文{number}\ndate: 2025-05-01\n---\n"}
        )
    site.write({"content/articles/last.md": "---\ntitle: 末\ndate: 2025-05-01\n---\n"})
    assert Told.last.wait(PATIENCE)
    lock.unlink()
    outcome = running.built_once()
    assert outcome.report is not None and outcome.report.articles == 202
    running.until_like_a_clean_build()
    assert running.outcomes.empty()


def test_a_saved_article_is_named_for_those_who_follow(site: Site, preview: Start) -> None:
    running = preview(site)
    with Page(running, "index.html") as page:
        site.article("a", "改了。", categories="yaowen")
        saved = page.wait("saved")
        assert (saved["href"], saved["sources"]) == (f"/{PATH}", ["content/articles/a.md"])


def test_drives_that_tell_nothing_are_looked_at(site: Site, preview: Start) -> None:
    running = preview(site, poll=True)
    assert running.polls.wait(PATIENCE)
    with Page(running, PATH) as page:
        site.article("a", "改了。", categories="yaowen")
        page.wait_for_text("改了。")


def test_a_system_that_cannot_watch_is_looked_at(
    site: Site, preview: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError("OS file watch limit reached")

    monkeypatch.setattr("watchfiles.watch", refuse)
    running = preview(site)
    assert running.polls.wait(PATIENCE)
    with Page(running, PATH) as page:
        for text in ("改了。", "又改了。"):
            site.article("a", text, categories="yaowen")
            page.wait_for_text(text)


@pytest.mark.parametrize(("name", "anew"), [("config.yaml", False), ("content", True)])
def test_only_a_folder_that_came_or_went_is_watched_anew(
    site: Site, monkeypatch: pytest.MonkeyPatch, name: str, anew: bool
) -> None:
    """Each watch that begins means one build more."""
    watcher = watching.TreeWatcher(site.root)
    for task in ("content", "config.yaml"):
        watcher.watch(str(site.root / task), print)
    told = iter([{str(site.root / name)}])
    monkeypatch.setattr(watcher, "_watched", watcher._existing())
    monkeypatch.setattr(watcher, "_batches", lambda *_, **__: told)
    watcher._watch_root()
    assert watcher._restart.is_set() is anew


def test_a_usual_folder_is_on_this_machine(site: Site) -> None:
    assert not on_network(site.root)


def test_a_folder_that_somebody_emptied_is_made_anew(site: Site, preview: Start) -> None:
    running = preview(site)
    shutil.rmtree(running.folder)
    shutil.rmtree(running.server.options.root / ".gazette", ignore_errors=True)
    site.article("a", "改了。", categories="yaowen")
    running.until_like_a_clean_build()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may enter all")
@pytest.mark.parametrize(
    "name", ["content/articles", "content/articles/a.md", "themes/mine", "config.yaml"]
)
def test_what_may_not_be_read_is_told_and_the_last_good_page_stays(
    site: Site, preview: Start, name: str
) -> None:
    running, place = preview(site), site.root / name
    mode = place.stat().st_mode
    with Page(running, PATH) as page:
        try:
            place.chmod(0)
            [problem] = page.wait("status", published=False)["problems"]
            assert problem["code"] == "file-unreadable" and problem["file"].startswith(name)
            answer = page.load()
            assert answer.status == 200 and "正文。" in answer.text
        finally:
            place.chmod(mode)
        page.wait("status", published=True)
