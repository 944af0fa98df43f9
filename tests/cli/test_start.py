"""`init`, `new`, `schema`, `explain`."""

import io
import json
import sys
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gazette.cli.asking import completing
from gazette.cli.program import run
from tests.cli.conftest import Run
from tests.conftest import Site, codes

CATEGORIES = "- {slug: yaowen, title: 税务要闻}\n- {slug: notices, title: 通知}\n"


@pytest.fixture
def site(make_site: "type[Site]") -> Site:
    found: Site = make_site({"content/categories.yaml": CATEGORIES})  # type: ignore[arg-type,assignment]
    return found


def the_article(site: Site) -> Path:
    [path] = (site.root / "content/articles").rglob("*.md")
    return path


def front_matter(path: Path) -> dict[str, object]:
    found = yaml.safe_load(path.read_text("utf-8").split("---\n")[1])
    assert isinstance(found, dict)
    return found


# init


def test_a_new_site_builds_without_a_warning(tmp_path: Path, ran: Run) -> None:
    folder = tmp_path / "new"
    code, _, err = ran(Site(tmp_path), "init", str(folder))
    assert code == 0 and "gazette build" in err
    code, _, err = ran(Site(folder), "--strict")
    assert code == 0 and "of 1 articles" in err
    assert (folder / "output/index.html").is_file()
    assert {"build.py", ".gitignore", "config.yaml"} <= {path.name for path in folder.iterdir()}


@pytest.mark.parametrize("path", ["new/mine.txt", "new"])
def test_a_folder_that_holds_anything_is_not_touched(tmp_path: Path, ran: Run, path: str) -> None:
    Site(tmp_path).write({path: "mine"})
    code, _, err = ran(Site(tmp_path), "init", str(tmp_path / "new"))
    assert code == 1 and "is not empty" in err
    assert Site.files_in(tmp_path) == {path: b"mine"}


def test_a_repository_without_files_is_empty_enough(tmp_path: Path, ran: Run) -> None:
    Site(tmp_path).write({"new/.git/HEAD": ""})
    assert ran(Site(tmp_path), "init", str(tmp_path / "new")).code == 0


# new


def test_a_new_article(site: Site, ran: Run) -> None:
    given = [
        "--title",
        "新: 文",
        "--category",
        "yaowen",
        "--bureau",
        "乐税",
        "--date",
        "2025年5月3日",
    ]
    code, _, err = ran(site, "new", *given)
    path = the_article(site)
    assert code == 0
    assert path.relative_to(site.root).as_posix() == "content/articles/2025/2025-05-03-新-文.md"
    assert "content/articles/2025/2025-05-03-新-文.md" in err
    assert front_matter(path)["title"] == "新: 文"
    assert codes(site.build()) == ["typography-half-width"], "of the title's colon"
    assert list(site.output.glob("yaowen/2025/05/*.html"))


def test_only_a_title_is_needed(site: Site, ran: Run) -> None:
    assert ran(site, "new", "--title", "x").code == 0
    assert not {"bureau", "categories"} & front_matter(the_article(site)).keys()
    report = site.build(as_of=None)
    assert (codes(report), report.articles) == ([], 1), (
        "dated now, in the site's zone: not in the future"
    )


def test_an_offset_becomes_the_sites_time(site: Site, ran: Run) -> None:
    ran(site, "new", "--title", "x", "--date", "2025-05-03 20:00 +0000", "--slug", "Mein Text")
    assert the_article(site).name == "2025-05-04-mein-text.md"
    assert "date: '2025-05-04 04:00:00'" in the_article(site).read_text()


def test_nothing_is_overwritten(site: Site, ran: Run) -> None:
    given = ["new", "--title", "x", "--date", "2025-05-03"]
    ran(site, *given)
    the_article(site).write_text("mine")
    code, _, err = ran(site, *given)
    assert code == 1 and "content/articles/2025/2025-05-03-x.md exists already" in err
    assert the_article(site).read_text() == "mine"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ([], "--title"),
        (["--title", " \n "], "--title"),
        (["--title", "x", "--bureau", "乐山市税务"], "乐山市税务局"),
        (["--title", "x", "--bureau", "nirgends"], "nirgends"),
        (["--title", "x", "--date", "../../../x"], "../../../x"),
        (["--title", "x", "--date", "2025-02-30"], "2025-02-30"),
    ],
)
def test_what_no_article_can_have(site: Site, ran: Run, given: list[str], said: str) -> None:
    code, _, err = ran(site, "new", *given)
    assert code == 2 and said in err
    assert not (site.root / "content/articles").exists()


def test_an_unknown_category_is_said(site: Site, ran: Run) -> None:
    code, _, err = ran(site, "new", "--title", "x", "--category", "yaown")
    assert code == 0 and "Did you mean: yaowen?" in err
    assert "categories.yaml" not in ran(site, "new", "--title", "y", "--category", "通知").err


def test_outside_a_site_nothing_is_made(tmp_path: Path, ran: Run) -> None:
    code, _, err = ran(Site(tmp_path), "new", "--title", "x")
    assert code == 1 and "config-missing" in err
    assert list(tmp_path.iterdir()) == []


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_on_a_terminal_it_asks_until_the_answer_fits(
    site: Site, ran: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = "\n题目\nyaowen\nnirgends\n乐税\nmorgen\n2025-05-03 08:00\n"
    monkeypatch.setattr(sys, "stdin", Terminal(answers))
    code, out, err = ran(site, "new")
    assert (code, out) == (0, "")
    assert "nirgends" in err and "morgen is not a date" in err
    assert front_matter(the_article(site)) == {
        "title": "题目", "date": "2025-05-03 08:00:00", "categories": "yaowen", "bureau": "乐税",
        "tags": [], "source": "",
    }  # fmt: skip


def test_the_end_of_input_is_an_interruption(
    site: Site, ran: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal(""))
    assert ran(site, "new").code == 130


def test_a_site_has_its_own_archetype(site: Site, ran: Run) -> None:
    site.write(
        {"archetypes/article.md": "\ufeff---\ntitle: {title}\nsource: 本站 {other}\n---\n{title}\n"}
    )
    ran(site, "new", "--title", "a: b", "--date", "2025-05-03")
    assert (
        the_article(site).read_text() == "---\ntitle: 'a: b'\nsource: 本站 {other}\n---\n'a: b'\n"
    )


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=st.one_of(st.text(min_size=1), st.sampled_from(
    ["null", "true", "123", "2025-05-03", "- a", "# x", "{{ x }}", "a: b", "'", '"', "@x", "~", "\\1"]
)))  # fmt: skip
def test_any_title_is_read_back(tmp_path_factory: pytest.TempPathFactory, title: str) -> None:
    site = Site(tmp_path_factory.mktemp("site")).write({"config.yaml": "site: {title: x}\n"})
    code = run(["new", f"--title={title}", "--date", "2025-05-03"], site.root)
    wanted = " ".join(title.splitlines()).strip()
    if not wanted:
        assert code == 2
        return
    assert code == 0
    assert front_matter(the_article(site))["title"] == wanted


# new theme


def test_a_new_theme_builds(site: Site, ran: Run) -> None:
    code, _, err = ran(site, "new", "theme", "mine", "--extends", "base")
    assert code == 0 and f"Created {Path('themes/mine')}" in err
    site.write({"config.yaml": "site: {title: x}\ntheme: mine\n"}).article("a")
    assert codes(site.build()) == []


@pytest.mark.parametrize("name", ["", "../x", "a b", ".x", "con", "x/y"])
def test_a_theme_needs_a_name_that_a_folder_can_have(site: Site, ran: Run, name: str) -> None:
    code, _, err = ran(site, "new", "theme", name)
    assert code == 2 and "cannot be the name of a theme" in err
    assert not (site.root / "themes").exists()


@pytest.mark.parametrize("name", ["base", "mine"])
def test_a_theme_that_exists_is_not_touched(site: Site, ran: Run, name: str) -> None:
    site.write({"themes/mine/theme.yaml": "extends: base\n"})
    code, _, err = ran(site, "new", "theme", name, "--extends", "base")
    assert code == 1 and "exists already" in err


def test_a_theme_extends_one_that_exists(site: Site, ran: Run) -> None:
    code, _, err = ran(site, "new", "theme", "mine", "--extends", "bas")
    assert code == 2 and "Did you mean: base?" in err


# schema


@pytest.mark.parametrize("kind", ["config", "front-matter", "bureaus", "categories", "theme"])
def test_schemas_are_json(site: Site, ran: Run, kind: str) -> None:
    code, out, err = ran(site, "schema", kind)
    assert (code, err) == (0, "")
    assert "$schema" in json.loads(out) or "$ref" in json.loads(out) or "type" in json.loads(out)


# explain


@pytest.mark.parametrize(
    ("page", "template"),
    [
        ("index.html", "home.html"),
        ("/", "home.html"),
        ("yaowen/2025/05/a.html", "article.html"),
        ("/yaowen/2025/05/a", "article.html"),
        ("content/articles/a.md", "article.html"),
        ("articles\\a.md", "article.html"),
        ("./content/pages/about.md", "page.html"),
        ("about.html", "page.html"),
        ("category/yaowen.html", "category.html"),
        ("tag/chun-feng.html", "tag.html"),
        ("topic/zhuan-ti.html", "topic.html"),
        ("bureau/leshan/", "bureau.html"),
        ("bureau/index.html", "bureaus.html"),
        ("archive/2025/05.html", "archive-list.html"),
        ("old/index.html", "redirect.html"),
        ("404.html", "404.html"),
        ("feed.xml", "feed.xml"),
        ("sitemap.xml", "sitemap.xml"),
        ("robots.txt", "robots.txt"),
        ("", "home.html"),
    ],
)
def test_explain_tells_what_a_template_may_read(
    site: Site, ran: Run, page: str, template: str
) -> None:
    site.article(
        "a", categories="yaowen", tags="[春风]", topics="[专题]", bureau="乐税", aliases="[/old]"
    )
    site.write({"content/pages/about.md": "---\ntitle: 关于\n---\n\n正文。\n"})
    code, out, err = ran(site, "explain", page)
    assert (code, err) == (0, "")
    assert f"<-  {template}  (" in out.splitlines()[0]
    assert "page: PageInfo" in out and "site: SiteInfo" in out
    assert not (site.root / ".gazette").exists()


def test_explain_shows_what_is_not_published(site: Site, ran: Run) -> None:
    site.article("d", draft="true").article("e", expires="2020-01-01").article(
        "f", date="2099-01-01"
    )
    for name in "def":
        assert ran(site, "explain", f"content/articles/{name}.md").code == 0


def test_explain_of_no_page_says_what_is_wrong(site: Site, ran: Run) -> None:
    code, out, err = ran(site.article("a", date="morgen"), "explain", "content/articles/a.md")
    assert (code, out) == (1, "")
    assert "error[date-invalid]" in err and "No page has the address" in err


def test_explain_of_a_site_with_faulty_settings(site: Site, ran: Run) -> None:
    code, _, err = ran(site.write({"config.yaml": "x"}), "explain")
    assert code == 1 and "config.yaml" in err


# new, asking on a terminal


def test_a_part_of_a_name_is_enough(site: Site, ran: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = "题目\n?\n2\n税务局\n乐山\n2025-05-03\n"
    monkeypatch.setattr(sys, "stdin", Terminal(answers))
    code, _, err = ran(site, "new")
    assert code == 0
    assert "1  税务要闻  (yaowen)" in err and "2  通知  (notices)" in err
    assert "→ 通知 (notices)" in err and "→ 乐山市税务局 (leshan)" in err
    assert "1  四川省税务局  (sichuan)" in err
    found = front_matter(the_article(site))
    assert (found["categories"], found["bureau"]) == ("notices", "leshan")


def test_nothing_may_be_chosen_and_a_new_category_begun(
    site: Site, ran: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal("题目\n新栏目\n\n2025-05-03\n"))
    code, _, err = ran(site, "new")
    assert code == 0 and "新栏目" in err
    assert front_matter(the_article(site))["categories"] == "新栏目"
    assert "bureau" not in front_matter(the_article(site))


def test_tab_completes_from_the_beginning_or_the_middle() -> None:
    readline = pytest.importorskip("readline")
    with completing(["税务要闻", "yaowen", "通知"]):
        complete = readline.get_completer()
        assert [complete("税", n) for n in range(2)] == ["税务要闻", None]
        assert complete("要闻", 0) == "税务要闻"
        assert [complete("", n) for n in range(4)] == ["税务要闻", "yaowen", "通知", None]
    assert readline.get_completer() is not complete


def test_another_archetype(site: Site, ran: Run) -> None:
    site.write({"archetypes/notice.md": "---\ntitle: {title}\ndate: {date}\nsource: 通知\n---\n"})
    assert ran(site, "new", "--title", "x", "--archetype", "notice").code == 0
    assert front_matter(the_article(site))["source"] == "通知"
    code, _, err = ran(site, "new", "--title", "y", "--archetype", "../x")
    assert code == 2 and "article, notice" in err
