"""Lists in lists, however far they are set in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from .outcome import html_of

TWO = "<ul>\n<li>甲<ul>\n<li>乙</li>\n<li>丙</li>\n</ul>\n</li>\n<li>丁</li>\n</ul>"
THREE = "<ul>\n<li>甲<ul>\n<li>乙<ul>\n<li>丙</li>\n</ul>\n</li>\n</ul>\n</li>\n</ul>"


@pytest.mark.parametrize("step", ["  ", "   ", "    ", "\t"])
def test_any_step_is_a_level(step: str) -> None:
    assert html_of(f"- 甲\n{step}- 乙\n{step}- 丙\n- 丁") == TWO
    assert html_of(f"- 甲\n{step}- 乙\n{step}{step}- 丙") == THREE


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("1. 甲\n   - 乙\n   - 丙\n2. 丁", TWO.replace("<ul>\n<li>甲", "<ol>\n<li>甲")[:-5] + "</ol>"),
        ("- 甲\n - 乙", "<ul>\n<li>甲</li>\n<li>乙</li>\n</ul>"),
        ("  - 甲\n  - 乙", "<ul>\n<li>甲</li>\n<li>乙</li>\n</ul>"),
        ("- 甲\n  - 乙\n  续\n- 丁", "<ul>\n<li>甲<ul>\n<li>乙续</li>\n</ul>\n</li>\n<li>丁</li>\n</ul>"),
        ("- 甲\n    - 乙\n      - 丙", THREE),
        ("- 甲\n\n  第二段。", "<ul>\n<li>甲</li>\n</ul>\n<p>第二段。</p>"),
        ("- 甲\n\n文。\n\n  - 乙", "<ul>\n<li>甲</li>\n</ul>\n<p>文。</p>\n<ul>\n<li>乙</li>\n</ul>"),
    ],
)  # fmt: skip
def test_levels(source: str, html: str) -> None:
    assert html_of(source) == html


@pytest.mark.parametrize("text", ["```\n- a\n  - b\n```", "<pre>\n- a\n  - b\n</pre>"])
def test_code_stays_as_it_is(text: str) -> None:
    assert "\n  - b" in html_of(text)


def test_as_python_markdown_asks_for_it_if_switched_off() -> None:
    assert html_of("- 甲\n    - 乙\n    - 丙\n- 丁", nested_lists=False) == TWO
    assert html_of("- 甲\n  - 乙\n  - 丙\n- 丁", nested_lists=False) != TWO


@given(st.lists(st.integers(0, 3), max_size=12))
def test_steps_of_two_and_of_four_are_one_list(levels: list[int]) -> None:
    """Levels that go down one at a time, as lists do."""
    depth, lines = 0, []
    for number, level in enumerate(levels):
        depth = min(level, depth + 1) if number else 0
        lines.append((depth, f"- 第{number}项"))
    two, four = ("\n".join(" " * (step * d) + text for d, text in lines) for step in (2, 4))
    assert html_of(two) == html_of(four) == html_of(four, nested_lists=False)
