"""What the values of a front matter mean, and what is wrong with them."""

import pytest

from gazette.reading.model import Document
from tests.reading.reader import DAY, found, read, read_fields, sound


def document(*lines: str) -> Document:
    result = read_fields("title: 甲", DAY, *lines)
    assert found(result) == []
    return sound(result)


def test_without_a_title_posts_and_pages_are_named_by_their_file() -> None:
    assert sound(read("---\n---\n", "_posts/2025-05-03-my_first-post.md")).title == "My First Post"
    assert sound(read("---\n---\n", "pages/about-us.md")).title == "About Us"
    assert sound(read("---\n---\n", "pages/---.md")).title == "---"


@pytest.mark.parametrize("value", ["", " null", ' ""', " ~", " '  '"])
def test_an_empty_title_is_missing(value: str) -> None:
    assert found(read_fields(DAY, f"title:{value}")) == [("title-missing", 3)]


def test_a_date_stands_in_the_front_matter_or_the_file_name() -> None:
    assert found(read_fields("title: 甲")) == [("date-missing", 1)]
    assert found(read_fields("title: 甲", "date:")) == [("date-missing", 3)]
    dated = sound(read_fields("title: 甲", path="articles/2025-5-3-a.md"))
    assert dated.date
    assert (dated.date.text, dated.slug) == ("2025-05-03", "a")
    both = sound(read_fields("title: 甲", "date: 2025-06-01", path="articles/2025-5-3-a.md")).date
    assert both
    assert both.day == "2025-06-01"


def test_drafts_and_pages_need_no_date() -> None:
    assert sound(read_fields("title: 甲", "draft: true")).date is None
    assert sound(read_fields("title: 甲", path="pages/a.md")).date is None


@pytest.mark.parametrize("key", ["date", "updated", "expires"])
def test_dates_that_are_none(key: str) -> None:
    lines = ["title: 甲", *([] if key == "date" else [DAY]), f"{key}: 昨天"]
    assert found(read_fields(*lines)) == [("date-invalid", len(lines) + 1)]


def test_dates_in_another_form() -> None:
    result = read_fields("title: 甲", "date: 2025年5月3日")
    assert found(result) == [("date-form", 3)]
    assert result.problems[0].arguments["right"] == "date: 2025-05-03"


def test_an_article_is_shown_through_the_day_that_it_expires() -> None:
    assert document("expires: 2025-05-03").expires == 1746288000  # 2025-05-04 00:00 +0800
    assert document("expires: 2025-05-03 12:00").expires == 1746244800
    assert document("expires: 9999-12-31").expires


def test_categories_as_in_jekyll() -> None:
    assert document("categories: 要闻 党建").categories == ("要闻", "党建")
    assert document("category: 要闻 党建").categories == ("要闻 党建",)
    assert document("categories: [党建]", "category: 要闻").categories == ("要闻", "党建")
    above = read_fields("title: 甲", DAY, "categories: 要闻", path="articles/leshan/_posts/a.md")
    assert sound(above).categories == ("要闻", "leshan")


@pytest.mark.parametrize(
    "line",
    ["authors: ◎王小明、○李 小红", "author: [王小明, ◎李 小红]", "authors: 王小明，李 小红"],
)
def test_authors(line: str) -> None:
    assert document(line).authors == ("王小明", "李 小红")


def test_an_author_may_be_a_mapping() -> None:
    assert document("author: {name: 王小明, email: a@example.com}").authors == ("王小明",)


def test_subtitles_lose_their_dash_and_lines_their_breaks() -> None:
    assert document("subtitle: ——甲").subtitle == "甲"
    assert document("summary: |", "  甲", "  乙").summary == "甲 乙"


@pytest.mark.parametrize(
    ("lines", "cover"),
    [
        (["cover: a.jpg"], "a.jpg"),
        (["image: /a.jpg"], "/a.jpg"),
        (["image: {path: a.jpg}"], "a.jpg"),
        (["image: {feature: a.jpg}"], "a.jpg"),
        (["cover: https://example.com/a.jpg", "image: b.jpg"], "https://example.com/a.jpg"),
    ],
)
def test_covers(lines: list[str], cover: str) -> None:
    assert document(*lines).cover == cover


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("source_url: javascript:alert(1)", "address-scheme"),
        ("source_url: JaVaScRiPt:alert(1)", "address-scheme"),
        ("source_url: http://[", "address-scheme"),
        ("cover: data:image/png;base64,x", "address-scheme"),
        ("image: file:///a.jpg", "address-scheme"),
        ("aliases: http://example.com/old", "alias-external"),
        ("aliases: [/old, //example.com/]", "alias-external"),
        ("aliases: ['//[']", "alias-external"),
        ("redirect_from: mailto:a@example.com", "alias-external"),
        ("redirect_from: '\\\\example\\old'", "alias-external"),
        ("draft: maybe", "value-type"),
        ("draft: 是", "value-type"),
        ("weight: 1.5", "value-type"),
        ("weight: 99999999999999999999", "value-type"),
        ("tags: {甲: 乙}", "value-type"),
        ("tags: [[甲]]", "value-type"),
        ("tags: [甲: 乙]", "value-type"),
        ("image: [a.jpg]", "value-type"),
        ("document: 甲", "value-type"),
        ("attachments: a.pdf", "value-type"),
        ("review: {stage: 初审, by: 甲}", "value-type"),
        ("document: {numbr: 1}", "key-unknown"),
        ("review: [{stage: 初审}]", "key-missing"),
        ("attachments: [{title: 甲}]", "key-missing"),
    ],
)
def test_values_that_cannot_be(line: str, code: str) -> None:
    result = read_fields("title: 甲", DAY, line)
    assert result.document is None
    assert found(result) == [(code, 4)]


def test_all_faults_of_a_document_are_listed_at_once() -> None:
    result = read_fields(
        "title: ''", "date: 昨天", "draft: maybe", "cover: data:x", "weight: 甲", "expires: 明天"
    )
    assert sorted(found(result), key=lambda item: item[1] or 0) == [
        ("title-missing", 2),
        ("date-invalid", 3),
        ("value-type", 4),
        ("address-scheme", 5),
        ("value-type", 6),
        ("date-invalid", 7),
    ]  # fmt: skip


def test_a_title_of_the_wrong_shape_is_not_called_missing() -> None:
    assert found(read_fields("title:", "  - 甲", DAY)) == [("value-type", 3)]


def test_unknown_keys_are_kept() -> None:
    extra = document("comments: true", "rating: {stars: 4.5, by: [甲, 1]}", "code: 010").extra
    assert extra == {"comments": True, "rating": {"stars": 4.5, "by": ["甲", 1]}, "code": "010"}


@pytest.mark.parametrize(
    ("key", "near"),
    [
        ("tilte", "title"),
        ("Tags", "tags"),
        ("source-url", "source_url"),
        ("标题", "title"),
        ("“date”", "date"),
    ],
)
def test_keys_near_a_known_one_are_a_warning(key: str, near: str) -> None:
    result = read_fields("title: 甲", DAY, f"{key}: 乙")
    assert sound(result).extra == {key: "乙"}
    assert found(result) == [("key-near", 4)]
    assert result.problems[0].arguments["near"] == near


def test_numbers_too_large_for_the_ledger_stay_text() -> None:
    assert document("x: 99999999999999999999999", "y: 1.0e+400", "z: .inf").extra == {
        "x": "99999999999999999999999", "y": "1.0e+400", "z": ".inf",
    }  # fmt: skip
