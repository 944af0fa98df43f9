"""The search index: made when its corpus changed and not otherwise, published with the pages."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from gazette.parallel import Workers
from gazette.publish.search.program import Job, Runs, find_program
from gazette.publish.search.words import BREAK
from tests.conftest import Site, codes
from tests.publish.search.stand_in import SEARCH_THEME, stand_in
from tests.publish.test_faults import build_and_die


def parts(site: Site) -> list[str]:
    return [name for name, _ in json.loads(site.page("pagefind/parts.json"))]


def corpus(site: Site, part: str) -> str:
    """What the stand-in was given."""
    return site.page(f"pagefind/{part}/index/all.pf_index")


def test_parts_by_year(site: Site) -> None:
    report = site.build()
    assert codes(report) == []
    assert parts(site) == ["pages", "2025", "2024"]
    assert set(report.indexed) == {"pages", "2025", "2024"}
    assert "search" in report.seconds
    assert not [path for path in report.written if path.startswith("pagefind/")]
    text = corpus(site, "2025")
    assert '<i id="2025/05/a.html"></i>' in text
    assert '<i id="2025-05-03" data-pagefind-sort="date:1746235800"></i>' in text
    assert 'data-v="leshan"' in text and 'data-v="sichuan"' in text
    assert "甲的 的正 正文 文ꞏ 。" in text
    assert "国家税" not in corpus(site, "pages") and "乐山" in corpus(site, "pages")


def test_what_is_not_text_stands_apart_and_once(site: Site) -> None:
    site.article("a", "甲的正文。", kicker="引题", tags="[引题, 便民]").built()
    assert f"文ꞏ 。 {BREAK} 引题 题ꞏ {BREAK} 便民 民ꞏ<" in corpus(site, "2025")


def test_only_what_the_browser_needs_is_published(site: Site) -> None:
    names = {path for path in site.built().files() if path.startswith("pagefind/")}
    assert "pagefind/pages/pagefind.js" in names
    assert "pagefind/pages/wasm.unknown.pagefind" in names
    assert "pagefind/2025/pagefind.js" not in names
    assert not [name for name in names if name.endswith("pagefind-ui.js")]
    assert not (site.root / ".gazette").glob("*/corpus/*") or not list(
        (site.root / ".gazette").glob("*/corpus")
    )


def test_an_unchanged_site_is_not_indexed(site: Site, indexer: Callable[..., None]) -> None:
    before = site.built().files()
    indexer("exit 9\n")
    report = site.build()
    assert (report.indexed, report.written, codes(report)) == ((), (), [])
    assert site.files() == before


@pytest.mark.parametrize(
    ("edit", "indexed"),
    [
        (lambda site: site.article("a", "乙。", bureau="乐税"), {"2025"}),
        (lambda site: site.article("b", date="2024-02-04"), {"2024"}),
        (lambda site: site.article("b", date="2023-02-04"), {"2023"}),
        (lambda site: site.article("b", date="2025-02-04"), {"2025"}),
        (lambda site: site.article("c"), {"2025"}),
        (lambda site: site.write({"content/pages/about.md": "---\ntitle: 关于\n---\n字\n"}), {"pages"}),
        (lambda site: site.write({"content/static/a.txt": "1"}), set()),
        (lambda site: site.write({"content/categories.yaml": "- {slug: x, title: 甲}\n"}), set()),
    ],
)  # fmt: skip
def test_an_edit_rebuilds_its_part(
    site: Site, edit: Callable[[Site], object], indexed: set[str]
) -> None:
    site.built()
    edit(site)
    report = site.build()
    assert set(report.indexed) == indexed
    clean = site.root / "clean"
    site.built(output=clean, clean=True)
    assert site.files() == Site.files_in(clean)


def test_a_year_without_articles_goes(site: Site) -> None:
    site.built()
    (site.root / "content/articles/b.md").unlink()
    report = site.build()
    assert parts(site) == ["pages", "2025"]
    assert not [path for path in site.files() if path.startswith("pagefind/2024/")]
    assert not [path for path in report.removed if path.startswith("pagefind/")]


@pytest.mark.parametrize(
    "path", ["pagefind/2025/fragment/0.html", "pagefind/parts.json", "pagefind/pages/pagefind.js"]
)
def test_a_lost_file_is_made_again(site: Site, path: str) -> None:
    before = site.built().files()
    (site.output / path).unlink()
    assert site.built().files() == before


@pytest.mark.parametrize("name", ["ledger", "made", "packs"])
def test_whatever_is_forgotten_the_index_is_right(site: Site, name: str) -> None:
    site.built()
    for place in (site.root / ".gazette").glob(f"*/{name}"):
        shutil.rmtree(place) if place.is_dir() else place.unlink()
    site.article("b", date="2023-02-03")
    right = site.root / "clean"
    site.built()
    site.built(output=right, clean=True)
    assert site.files() == Site.files_in(right)


def test_a_year_with_many_articles_has_several_parts(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gazette.publish.search.corpus._MOST", 2)
    for day in range(1, 5):
        site.article(f"d{day}", date=f"2024-01-0{day}")
    site.built()
    assert parts(site) == ["pages", "2025", "2024-3", "2024-2", "2024"]
    found = [corpus(site, part).count("<html") for part in parts(site)[1:]]
    assert found == [1, 1, 2, 2]
    assert "2024-01-01" in corpus(site, "2024") and "2024-02-03" in corpus(site, "2024-3")
    assert site.article("e", date="2024-03-01").build().indexed == ("2024-3",)


# Without search


@pytest.mark.parametrize("how", ["option", "setting", "theme"])
def test_without_search_there_is_none(site: Site, how: str) -> None:
    site.built()
    options = {"no_search": how == "option"}
    if how == "setting":
        site.write({"config.yaml": SEARCH_THEME["config.yaml"] + "search: {enabled: false}\n"})
    if how == "theme":
        (site.root / "themes/tiny/templates/search.html").unlink()
    report = site.build(**options)
    assert codes(report) == [] and report.search == {}
    assert not [path for path in site.files() if "pagefind" in path or path == "search.html"]


def test_the_portal_theme_has_a_search_box_only_with_search(site: Site) -> None:
    site.write({"config.yaml": SEARCH_THEME["config.yaml"].replace("tiny", "portal")})
    assert 'action="../../search.html"' in site.built().page("2025/05/a.html")
    assert "search.html" not in site.built(no_search=True).page("2025/05/a.html")


def test_without_the_program_there_is_no_search(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gazette.publish.search.begin.find_program", lambda: None)
    report = site.build()
    assert codes(report) == ["search-missing"]
    assert report.published and "search.html" not in site.files()


# When indexing fails


def test_a_failing_indexer_leaves_the_old_index(site: Site, indexer: Callable[..., None]) -> None:
    old = site.built().files()
    site.article("a", "新的正文。")
    indexer('echo "out of ink" >&2\nexit 3\n')
    report = site.build()
    [problem] = report.problems
    assert (problem.severity, problem.code) == ("warning", "search-failed")
    assert problem.arguments == {"part": "2025", "reason": "out of ink"}
    assert report.published and "新的正文" in site.page("2025/05/a.html")
    for path, data in site.files().items():
        if path.startswith("pagefind/"):
            assert data == old[path]
    indexer()
    assert set(site.build().indexed) == {"2025"}, "the next build tries again"
    assert "新的" in corpus(site, "2025")


def test_a_first_index_that_fails_is_left_out(site: Site, indexer: Callable[..., None]) -> None:
    indexer("case $site in *2025) exit 1 ;; esac\n" + _well())
    report = site.build()
    assert report.published
    assert [p.arguments["part"] for p in report.problems] == ["2025"]
    assert parts(site) == ["pages", "2024"]


def test_an_index_that_lacks_documents_is_a_failure(
    site: Site, indexer: Callable[..., None]
) -> None:
    indexer(_well().replace('"$count" >', "0 >"))
    assert codes(site.build()) == ["search-failed"] * 3


def test_warnings_that_count_as_errors_refuse_the_build(
    site: Site, indexer: Callable[..., None]
) -> None:
    indexer("exit 1\n")
    report = site.build(strict=True)
    assert not report.published and not site.output.exists()


def test_a_hanging_indexer_is_ended(tmp_path: Path, indexer: Callable[..., None]) -> None:
    program = stand_in(tmp_path / "hangs", "exec sleep 600\n")
    (tmp_path / "corpus" / "2025").mkdir(parents=True)
    jobs = [Job("2025", tmp_path / "corpus" / "2025", tmp_path / "out", 1)]
    runs = Runs(program, jobs, 1, 0)
    runs.finish()
    assert {part: fault.code for part, fault in runs.faults.items()} == {"2025": "search-timeout"}


def test_a_program_that_cannot_be_run(tmp_path: Path) -> None:
    (tmp_path / "corpus" / "2025").mkdir(parents=True)
    jobs = [Job("2025", tmp_path / "corpus" / "2025", tmp_path / "out", 1)]
    runs = Runs(tmp_path / "none", jobs, 1, 60)
    runs.finish()
    assert runs.faults["2025"].code == "search-failed"


def test_settings_for_pagefind_around_it_are_not_taken(
    site: Site, indexer: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAGEFIND_GLOB", "nothing")
    indexer(
        '[ -z "$PAGEFIND_GLOB" ] || exit 1\n[ "$(pwd -P)" = "$(cd "$site" && pwd -P)" ] || exit 1\n'
        + _well()
    )
    assert codes(site.build()) == []


def _well() -> str:
    from tests.publish.search.stand_in import WELL

    return WELL


# Proving


def test_verify_compares_the_corpus_not_the_index(site: Site, indexer: Callable[..., None]) -> None:
    indexer(_well() + 'date +%N > "$out/index/noise.pf_index"\n')
    site.built().article("a", "改了。")
    assert codes(site.build(verify=True)) == []
    indexer("exit 1\n")
    site.article("a", "又改了。")
    report = site.build(verify=True)
    assert codes(report) == ["verify-differs", "search-failed"] or codes(report) == [
        "search-failed", "verify-differs",
    ]  # fmt: skip
    [fault] = [p for p in report.problems if p.severity == "error"]
    assert fault.arguments["paths"] == "pagefind/2025"


@pytest.mark.unmeasured
def test_killed_while_indexing_or_publishing(tmp_path: Path, site: Site) -> None:
    site.built().article("a", "改了。").article("c", date="2023-01-01")
    right = tmp_path / "right"
    site.built(output=right, clean=True)
    kills = 0
    for number in range(1, 400, 13):
        copy = Site(tmp_path / f"killed{number}")
        shutil.copytree(site.root, copy.root)
        if not build_and_die(copy, number):
            break
        kills += 1
        assert copy.built().files() == Site.files_in(right), f"killed at {number}"
        shutil.rmtree(copy.root)
    assert kills > 3


# The real program


def test_the_program_comes_with_the_wheel() -> None:
    program = find_program()
    assert program is not None and program.name.startswith("pagefind")


def test_pagefind_itself(make_site: Callable[..., Site]) -> None:
    site = make_site(SEARCH_THEME).article("a", "办税服务。").article("b", date="2024-02-03")
    report = site.build(workers=Workers(2))
    assert codes(report) == []
    assert parts(site) == ["pages", "2025", "2024"]
    names = list(site.files())
    assert len([n for n in names if n.startswith("pagefind/2025/fragment/")]) == 1
    assert "pagefind/pages/pagefind.js" in names
    assert "pagefind/pages/wasm.unknown.pagefind" in names
    assert not [n for n in names if "-ui." in n or "worker" in n]
    assert site.build().indexed == ()
    assert codes(site.build(verify=True)) == []
