"""Text is cut into words that lose nothing, and of which none begins another."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazette.publish.search.words import END, SPACE, WIDE, indexed

TEXT = st.text(st.sampled_from("办税服务厅的ABcé12３Ａ ，。“”-_\n\u3000〇𠮷" + END))


def shown(content: str) -> str:
    """The text, as the theme's script takes it from what was indexed."""
    pieces = []
    for word in content.split(" "):
        if word == SPACE:
            pieces.append(" ")
        elif word.endswith(END):
            pieces.append(word[:-1])
        else:
            pieces.append(word[0] if _is_wide(word[0]) else word)
    return "".join(pieces)


def _is_wide(char: str) -> bool:
    import re

    return re.fullmatch(f"[{WIDE}]", char) is not None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("办税服务", "办税 税服 服务 务ꞏ"),
        ("税", "税ꞏ"),
        ("拨打12366。", "拨打 打ꞏ 12366ꞏ 。"),
        ("V3.5版", "V3ꞏ . 5ꞏ 版ꞏ"),
        ("两段\n文字", "两段 段ꞏ \u2060 文字 字ꞏ"),
        ("ＡＢＣ１２", "ABC12ꞏ"),
        ("𠮷野家", "𠮷野 野家 家ꞏ"),
        ("snake_case", "snakeꞏ _ caseꞏ"),
        ("", ""),
    ],
)
def test_words(text: str, words: str) -> None:
    assert indexed(text) == words


@given(TEXT)
def test_the_text_can_be_read_from_its_words(text: str) -> None:
    narrow = str.maketrans({"３": "3", "Ａ": "A"})
    plain = "".join(" " if c.isspace() else c for c in text.translate(narrow))
    while "  " in plain:
        plain = plain.replace("  ", " ")
    assert shown(indexed(text)) == plain if text else indexed(text) == ""


@given(TEXT, TEXT)
def test_no_word_begins_another(one: str, other: str) -> None:
    """Pagefind answers a word that it does not know with the longest that begins it."""
    letters = (END, *"ABab12é")
    words = {
        w for w in f"{indexed(one)} {indexed(other)}".split(" ")
        if w and END not in w[:-1] and (w[0] in letters or _is_wide(w[0]))
    }  # fmt: skip
    for first, second in pairwise(sorted(words)):
        assert not second.startswith(first)


def test_pagefinds_own_marks_cannot_be_written_in_a_text() -> None:
    for word in indexed("___PAGEFIND_WEIGHT___9 甲").split(" "):
        assert not word.startswith("___PAGEFIND")
