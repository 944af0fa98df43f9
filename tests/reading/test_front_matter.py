"""Where front matter begins and ends."""

import pytest

from tests.reading.reader import found, read, sound

KEYS = "title: 甲\ndate: 2025-05-03\n"
POST = "_posts/2025-05-03-a.md"


@pytest.mark.parametrize(
    "text",
    [
        f"---\n{KEYS}---\n正文。",
        f"--- \t\n{KEYS}---  \n正文。",
        f"---\n{KEYS}...\n正文。",
        f"---\n\n# 注释\n{KEYS}\n---\n正文。",
        f"\ufeff\ufeff---\n{KEYS}---\n正文。",
        f"---\n{KEYS}---\n正文。".replace("\n", "\r\n"),
        f"---\n{KEYS}---\n正文。".replace("\n", "\r"),
    ],
)
def test_right_fences_are_read_silently(text: str) -> None:
    result = read(text)
    assert found(result) == []
    assert sound(result).title == "甲"
    assert result.body is not None
    assert result.body.text.strip() == "正文。"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (f"\n\n---\n{KEYS}---\n", [3]),
        (f" ---\n{KEYS}---\n", [1]),
        (f"\u200b---\n{KEYS}\u200b---\n", [1, 4]),
        (f"---\u00a0\n{KEYS}---\u3000\n", [1, 4]),
        (f"———\n{KEYS}———\n", [1, 4]),
        (f"－－－\n{KEYS}－－－\n", [1, 4]),
        (f"----\n{KEYS}----\n", [1, 4]),
        (f"---\n{KEYS}——\n", [4]),
        (f"---\n{KEYS} ---\n", [4]),
        (f"———\n\n{KEYS}---\n", [1]),
        (f"———\ncomments: true\n{KEYS}---\n", [1]),
    ],
)
@pytest.mark.parametrize("path", ["articles/a.md", POST])
def test_slips_in_fences_are_read_with_a_warning(text: str, lines: list[int], path: str) -> None:
    result = read(text, path)
    assert sound(result).title == "甲"
    assert found(result) == [("frontmatter-fence", line) for line in lines]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "frontmatter-missing"),
        ("正文。", "frontmatter-missing"),
        ("———\n正文。\n———\n", "frontmatter-missing"),
        (KEYS, "frontmatter-unfenced"),
        (f"{KEYS}---\n正文。", "frontmatter-unfenced"),
        (f"--- {KEYS}---\n正文。", "frontmatter-unfenced"),
        (f"---{KEYS}---\n正文。", "frontmatter-unfenced"),
        ("title：甲\n正文。", "frontmatter-unfenced"),
        (f"---\n{KEYS}", "frontmatter-unclosed"),
        (f"---\n{KEYS}---正文。", "frontmatter-unclosed"),
    ],
)
def test_an_article_without_front_matter_is_an_error(text: str, code: str) -> None:
    result = read(text)
    assert result.document is None
    assert found(result) == [(code, 1)]


def test_the_unclosed_fence_is_named_by_its_line() -> None:
    assert found(read("\n---\ntitle: 甲\n")) == [("frontmatter-unclosed", 2)]


@pytest.mark.parametrize("path", [POST, "_drafts/a.md", "bureaus/leshan.md"])
def test_posts_and_profiles_need_no_front_matter(path: str) -> None:
    result = read("正文。\n\n———\n\n正文。", path)
    assert found(result) == []
    assert sound(result)


@pytest.mark.parametrize("path", [POST, "bureaus/leshan.md"])
def test_but_theirs_is_never_overlooked(path: str) -> None:
    assert found(read(f"{KEYS}\n正文。", path)) == [("frontmatter-unfenced", 1)]


def test_dashes_in_a_block_of_text_end_nothing() -> None:
    result = read("---\nsummary: |\n  甲\n  ———\n  乙\ntitle: 丙\ndate: 2025-05-03\n---\n正文。")
    assert sound(result).title == "丙"
    assert sound(result).summary == "甲 ——— 乙"


def test_an_empty_front_matter_is_one() -> None:
    assert found(read("---\n---\n正文。")) == [("title-missing", 1), ("date-missing", 1)]
    assert sound(read("---\n# 注释\n---\n正文。", POST)).title == "A"


def test_body_lines_count_from_the_file() -> None:
    assert found(read(f"---\n{KEYS}---\n正文。\n\n{{% include x %}}")) == [("liquid-left", 7)]
