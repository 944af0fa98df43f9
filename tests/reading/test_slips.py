"""Editors' slips between the fences."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazette.reading.model import Document
from tests.reading.reader import DAY, found, read, read_fields, sound


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("title: 甲", "甲"),
        ("title: 2024", "2024"),
        ("title: true", "true"),
        ("title: “甲”", "“甲”"),
        ("title: “党建”引领", "“党建”引领"),
        ("title: ‘甲’", "‘甲’"),
        ("title: 《甲》：乙", "《甲》：乙"),
        ("title: 【甲】乙", "【甲】乙"),
        ("title: 'It''s'", "It's"),
        ('title: "甲" # 注释', "甲"),
        ("title: 甲\n  乙", "甲 乙"),
        ("title: |\n  甲\n  乙: 丙", "甲 乙: 丙"),
        ("title: >-\n  甲\n  title：乙", "甲 title：乙"),
        ('"title": 甲', "甲"),
        ("title :\t甲", "甲"),
        ("title: <b>甲</b>", "<b>甲</b>"),
        ('title: "甲\\x07\\0乙"', "甲乙"),
        ("title: 甲\u2028乙\u0085丙", "甲 乙 丙"),
    ],
)
def test_what_needs_no_repair_is_read_silently(line: str, title: str) -> None:
    result = read_fields(line, DAY)
    assert found(result) == []
    assert sound(result).title == title


@pytest.mark.parametrize(
    ("line", "title", "code", "right"),
    [
        ("title：甲", "甲", "slip-colon", "title: 甲"),
        ("title ： 甲", "甲", "slip-colon", "title: 甲"),
        ("title﹕甲", "甲", "slip-colon", "title: 甲"),
        ("title:甲", "甲", "slip-colon", "title: 甲"),
        ("title： 甲: 乙", "甲: 乙", "slip-colon", "title: '甲: 乙'"),
        ("title: 党建: 筑牢", "党建: 筑牢", "slip-quotes", "title: '党建: 筑牢'"),
        ("title: 甲:", "甲:", "slip-quotes", "title: '甲:'"),
        ("title: [快讯]乐山", "[快讯]乐山", "slip-quotes", "title: '[快讯]乐山'"),
        ("title: [快讯]", "[快讯]", "slip-quotes", "title: '[快讯]'"),
        ("title: {甲}", "{甲}", "slip-quotes", "title: '{甲}'"),
        ('title: "党建"引领', '"党建"引领', "slip-quotes", "title: '\"党建\"引领'"),
        ("title: '甲': 乙", "'甲': 乙", "slip-quotes", "title: '''甲'': 乙'"),
        ('title: "甲', "甲", "slip-quotes", 'title: "甲"'),
        ("title: - 甲", "- 甲", "slip-quotes", "title: '- 甲'"),
        ("title: *甲", "*甲", "slip-quotes", "title: '*甲'"),
        ("title: &甲 乙", "&甲 乙", "slip-quotes", "title: '&甲 乙'"),
        ("title: !甲 乙", "!甲 乙", "slip-quotes", "title: '!甲 乙'"),
        ("title: %甲", "%甲", "slip-quotes", "title: '%甲'"),
        ("title: @甲", "@甲", "slip-quotes", "title: '@甲'"),
        ("title: |甲", "|甲", "slip-quotes", "title: '|甲'"),
        ("title: #春风行动#启动", "#春风行动#启动", "slip-quotes", "title: '#春风行动#启动'"),
        ("\ttitle: 甲", "甲", "slip-tab", "title: 甲"),
        ("　title: 甲", "甲", "slip-tab", "title: 甲"),
        ("  title: 甲", "甲", "slip-indent", "title: 甲"),
    ],
)
def test_titles_with_one_reading_only(line: str, title: str, code: str, right: str) -> None:
    result = read_fields(line, DAY)
    assert sound(result).title == title
    assert found(result) == [(code, 2)]
    assert result.problems[0].arguments["right"] == right


def test_the_right_form_is_read_silently_and_alike() -> None:
    once = read_fields("title： [快讯] 甲: 乙", DAY)
    again = read_fields(once.problems[0].arguments["right"], DAY)
    assert found(again) == []
    assert again.document == once.document


@pytest.mark.parametrize(
    ("lines", "tags", "code"),
    [
        (["tags: 【党建，文明】"], ("党建", "文明"), "slip-brackets"),
        (["tags: ［党建, 文明］"], ("党建", "文明"), "slip-brackets"),
        (["tags：党建，文明"], ("党建", "文明"), "slip-colon"),
        (["tags:", "  -党建"], ("党建",), "slip-bullet"),
        (["tags:", "  • 党建"], ("党建",), "slip-bullet"),
        (["tags:", "－ 党建"], ("党建",), "slip-bullet"),
        (["tags:", "\t- 党建"], ("党建",), "slip-tab"),
        (["tags:", "  - 党建: 引领"], ("党建: 引领",), "slip-quotes"),
        (["tags:", "  - [快讯]党建"], ("[快讯]党建",), "slip-quotes"),
        (["tags: [党建，文明]"], ("党建", "文明"), "list-comma"),
        (["tags: [党建、文明]"], ("党建", "文明"), "list-comma"),
        (["tags: [“党建”]"], ("党建",), "list-quotes"),
        (["tags: ‘党建’"], ("党建",), "list-quotes"),
    ],
)
def test_lists_with_one_reading_only(lines: list[str], tags: tuple[str, ...], code: str) -> None:
    result = read_fields("title: 甲", DAY, *lines)
    assert sound(result).tags == tags
    assert [problem.code for problem in result.problems] == [code]
    assert result.problems[0].line in {4, 5}


@pytest.mark.parametrize(
    ("lines", "tags"),
    [
        (["tags: 党建，文明"], ("党建", "文明")),
        (["tags: 党建、文明, 志愿"], ("党建", "文明", "志愿")),
        (["tags: 党建 文明"], ("党建", "文明")),
        (["tags: [党建, 文明,]"], ("党建", "文明")),
        (["tags: [1, 2.5, true, null]"], ("1", "2.5", "true")),
        (["tags: 2024"], ("2024",)),
        (["tags:", "- 党建", "- 引领：甲"], ("党建", "引领：甲")),
        (["tags: ['甲,乙']"], ("甲,乙",)),
        (["tags:"], ()),
        (["tags: [党建, 党建]"], ("党建",)),
    ],
)
def test_lists_as_they_may_be_written(lines: list[str], tags: tuple[str, ...]) -> None:
    result = read_fields("title: 甲", DAY, *lines)
    assert found(result) == []
    assert sound(result).tags == tags


def test_one_slip_leaves_other_lines_alone() -> None:
    result = read_fields(
        "title：甲", DAY, "author: [乙, 丙]", "image: {path: a.jpg}", "tags: [丁]", "weight: 3", "summary:", "  Note：戊"
    )  # fmt: skip
    document = sound(result)
    assert found(result) == [("slip-colon", 2)]
    assert document.authors == ("乙", "丙")
    assert (document.cover, document.tags, document.weight) == ("a.jpg", ("丁",), 3)
    assert document.summary == "Note：戊"


def test_a_text_that_looks_like_a_key_stays_text() -> None:
    assert sound(read_fields("title: 甲", DAY, "summary:", "  Note：乙")).summary == "Note：乙"


def test_nested_keys_are_repaired() -> None:
    result = read_fields("title: 甲", DAY, "document:", "  number：第1号", "　issuer：乙局")
    box = sound(result).document
    assert box is not None
    assert (box.number, box.issuer) == ("第1号", "乙局")
    assert found(result) == [("slip-colon", 5), ("slip-tab", 6)]


def test_tabs_before_a_block_of_text_are_spaces() -> None:
    result = read_fields("title: 甲", DAY, "summary: |", "\t乙：丙", "\t丁")
    assert sound(result).summary == "乙：丙 丁"
    assert found(result) == [("slip-tab", 5), ("slip-tab", 6)]


def test_an_indented_key_after_a_complete_one_is_moved_out() -> None:
    result = read_fields("title: 甲", " date: 2025-05-03")
    assert sound(result).date
    assert found(result) == [("slip-indent", 3)]


def test_a_key_given_twice_counts_last() -> None:
    result = read_fields("title: 甲", DAY, "title: 乙")
    assert sound(result).title == "乙"
    assert found(result) == [("key-twice", 4)]


@pytest.mark.parametrize(
    ("line", "right"),
    [
        ("kicker: 甲 #乙#", "kicker: '甲 #乙#'"),
        ("tags: #甲 #乙", "tags: '#甲 #乙'"),
    ],
)
def test_what_a_number_sign_cuts_off_is_told(line: str, right: str) -> None:
    result = read_fields("title: 甲", DAY, line)
    assert sound(result)
    assert found(result) == [("text-comment", 4)]
    assert result.problems[0].arguments["right"] == right


def test_a_comment_after_a_date_is_one() -> None:
    assert found(read_fields("title: 甲", f"{DAY} # 发布日期", "draft: no # 是")) == []


@pytest.mark.parametrize(
    ("lines", "code", "line"),
    [
        (["title 甲", DAY], "yaml-line", 2),
        (["title = 甲", "", DAY], "yaml-line", 2),
        (["title: 甲", DAY, "tags: [甲"], "yaml-line", 4),
        (["title: 甲", DAY, "tags: [甲, , 乙]"], "yaml-line", 4),
        (["title: 甲", DAY, "乙"], "yaml-line", 4),
        (["title: 甲", DAY, "%YAML 1.2"], "yaml-line", 4),
        (["title: 甲", DAY, 'x: "\\ud800"'], "yaml-line", 4),
        (["title: 甲", DAY, "--- 乙"], "yaml-line", 4),
        (["title: 甲", DAY, "x: &a 乙"], "yaml-alias", 4),
        (["title: 甲", DAY, "x: *a"], "yaml-alias", 4),
        (["title: 甲", DAY, "x: !!python/name:os.system"], "yaml-tag", 4),
        (["title: 甲", DAY, "x: !y 乙"], "yaml-tag", 4),
        (["title: 甲", DAY, "x: " + "[" * 5000], "yaml-deep", 4),
        (["title: 甲", DAY, "x: " + "{a: " * 50000], "yaml-deep", 4),
        (["title: 甲", DAY, "? [a]", ": b"], "yaml-key", 4),
        (["正文。"], "frontmatter-not-mapping", 2),
        (["- title: 甲"], "frontmatter-not-mapping", 2),
    ],
)  # fmt: skip
def test_what_has_no_single_reading_is_an_error_with_its_line(
    lines: list[str], code: str, line: int
) -> None:
    result = read_fields(*lines)
    assert result.document is None
    assert found(result) == [(code, line)]


def test_slips_beside_an_error_do_not_hide_it() -> None:
    assert found(read_fields("title：甲", DAY, "tags: [甲")) == [("yaml-line", 4)]


def test_a_swelling_document_is_refused() -> None:
    bomb = [
        "a: &a [x]",
        *(f"{c}: &{c} [*{b}, *{b}]" for b, c in zip("abcdefg", "bcdefgh", strict=True)),
    ]
    assert found(read_fields("title: 甲", DAY, *bomb)) == [("yaml-alias", 4)]


def test_the_offending_text_is_shown_and_not_all_of_it() -> None:
    (problem,) = read_fields("title: 甲", DAY, "乙" * 5000).problems
    assert problem.arguments["text"].startswith("乙乙")
    assert len(problem.arguments["text"]) < 100


YAMLISH = st.text(
    alphabet="title:： dae\n\t-—[]{}'\"#|>&*!?,，、甲“”.2025%@`\\　【】0", max_size=120
)


@given(YAMLISH)
def test_no_front_matter_breaks_reading(text: str) -> None:
    result = read(f"---\n{text}\n---\n正文。")
    assert isinstance(result.document, Document) or result.problems
    assert all(problem.line for problem in result.problems)


@given(st.binary(max_size=200))
def test_no_bytes_break_reading(data: bytes) -> None:
    result = read(data)
    assert result.document is not None or result.problems
