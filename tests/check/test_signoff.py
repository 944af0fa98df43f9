"""Three reviews, and dates that stay what they were."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from gazette.checking.run import CheckOptions, check
from gazette.cli.program import run
from tests.conftest import AS_OF, CONFIG, Site

REQUIRED = CONFIG + "gate: {review: {required: [articles], since: 2025-01-01}}\n"


def found(site: Site, *names: str) -> list[tuple[str, dict[str, str]]]:
    options = CheckOptions(site.root, as_of=AS_OF, names=frozenset(names or ["signoff"]))
    return [(row.problem.code, row.problem.arguments) for row in check(options).rows]


def sign(site: Site, by: str, *more: str) -> int:
    return run(["sign", str(site.root / "content/articles/a.md"), "--by", by, *more], site.root)


def test_a_required_review_is_missed(make_site: Callable[..., Site]) -> None:
    site = make_site({"config.yaml": REQUIRED}).article("a").article("b", date="2024-12-31")
    ((code, given),) = found(site)
    assert code == "signoff-incomplete"
    assert given["missing"] == "初审、复审、终审"


def test_signing_in_order_leaves_nothing_to_say(make_site: Callable[..., Site]) -> None:
    site = make_site({"config.yaml": REQUIRED}).article("a", "正文。\n\n第二段。")
    assert [sign(site, by) for by in ("甲一", "乙二", "丙三")] == [0, 0, 0]
    assert found(site) == []
    text = (site.root / "content/articles/a.md").read_text("utf-8")
    assert text.count("stage:") == 3
    assert text.endswith("---\n\n正文。\n\n第二段。\n")
    site.built()


def test_a_change_after_the_last_review_is_found(make_site: Callable[..., Site]) -> None:
    site = make_site().article("a", draft="true")
    for by in ("甲一", "乙二", "丙三"):
        sign(site, by)
    file = site.root / "content/articles/a.md"
    text = file.read_text("utf-8").replace("draft: true\n", "pinned: true\n")
    file.write_text(text, "utf-8")
    assert found(site) == []
    file.write_text(text.replace("正文", "正 文"), "utf-8")
    assert [code for code, _ in found(site)] == ["signoff-changed"]


def test_windows_line_ends_stay(make_site: Callable[..., Site]) -> None:
    site = make_site().write(
        {"content/articles/a.md": "---\r\ntitle: 甲\r\ndate: 2025-05-03\r\n---\r\n正文。\r\n"}
    )
    assert sign(site, "甲一") == 0
    data = (site.root / "content/articles/a.md").read_bytes()
    assert data.count(b"\r\n") == data.count(b"\n") == 7


@pytest.mark.parametrize(
    ("by", "more"), [("甲一", []), ("乙二", ["--stage", "一审"]), ("乙二", ["--stage", "终审"])]
)
def test_what_cannot_be_signed_is_refused(
    make_site: Callable[..., Site], by: str, more: list[str]
) -> None:
    site = make_site().article("a")
    sign(site, "甲一")
    before = (site.root / "content/articles/a.md").read_bytes()
    assert sign(site, by, *more) == 1
    assert (site.root / "content/articles/a.md").read_bytes() == before


def test_only_articles_of_the_site_are_signed(make_site: Callable[..., Site]) -> None:
    site = make_site()
    assert run(["sign", str(site.root / "config.yaml"), "--by", "甲"], site.root) == 2


def git(folder: Path, *arguments: str) -> None:
    names = [
        "-c",
        "user.name=测试",
        "-c",
        "user.email=test@example.com",
        "-c",
        "commit.gpgsign=false",
    ]
    subprocess.run(["git", *names, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def history(make_site: Callable[..., Site]) -> Site:
    site = make_site().article("a").article("b").article("c", draft="true")
    git(site.root, "init", "-q")
    commit(site)
    return site


def commit(site: Site) -> None:
    git(site.root, "add", "-A")
    git(site.root, "commit", "-q", "-m", "change")


def test_a_moved_date_is_found(history: Site) -> None:
    history.article("a", date="2025-06-03")
    commit(history)
    history.article("a", date="2025-07-03")
    commit(history)
    ((code, given),) = found(history)
    assert code == "signoff-date-moved"
    assert (given["before"], given["found"]) == ("2025-05-03 09:30:00", "2025-07-03")


def test_dates_may_change_otherwise(history: Site) -> None:
    history.article("a", "新的正文。", date="2025-05-03 10:00:00")  # the same day
    history.article("c", date="2025-05-09")  # published with this commit
    history.article("d", date="2025-01-01")
    commit(history)
    history.article("b", date="2025-06-01")
    commit(history)
    history.article("b")  # and put back
    commit(history)
    assert found(history) == []


def test_imports_are_exempt(history: Site) -> None:
    for number in range(20):
        history.article(f"n{number}")
    commit(history)
    for number in range(20):
        history.article(f"n{number}", date="2025-06-03")
    commit(history)
    assert found(history) == []
