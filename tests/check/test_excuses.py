"""Excuses cover one place, and are themselves looked at."""

import pytest

from gazette.check.excuses import excused
from gazette.check.families import all_rules
from tests.check.examples import HEADER, examine

FAMILIES = {rule.id: rule.family for rule in all_rules()}
MOBILE = "电话13800138000。"
ALLOW = "<!-- gazette: allow privacy-mobile-number 值班 -->"


def left(text: str, asked: frozenset[str] = frozenset(FAMILIES)) -> list[tuple[str, int | None]]:
    """Rule and line (of the body, from 1) of what stays."""
    result = examine(text)
    head = 0 if text.startswith("---") else HEADER.count("\n")
    found = excused(result.findings, result.excuses, FAMILIES, asked)
    return [(one.rule, one.line and one.line - head) for one in found]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f"{MOBILE} {ALLOW}", []),
        (f"{ALLOW}\n{MOBILE}", []),
        (f"{ALLOW}\n\n{MOBILE}", []),
        (f"{MOBILE}\n\n{MOBILE} {ALLOW}", [("privacy-mobile-number", 1)]),
        (f"{ALLOW}\n\n别的。\n\n{MOBILE}", [("privacy-mobile-number", 5), ("excuse-unused", 1)]),
        (f"`{ALLOW}`\n\n```\n{ALLOW}\n```", []),
        (f"{MOBILE} <!-- gazette: allow privacy： 值班 -->", []),
        (f"{MOBILE} <!-- gazette: allow privacy -->", [("excuse-reason", 1)]),
        (
            f"{MOBILE} <!-- gazette: allow -->",
            [("privacy-mobile-number", 1), ("excuse-unknown", 1)],
        ),
    ],
)
def test_what_an_excuse_covers(body: str, expected: list[tuple[str, int]]) -> None:
    assert left(body) == expected


def test_the_front_matter_excuses_what_stands_there() -> None:
    head = "---\ntitle: 值班电话13800138000\ndate: 2025-05-03\nsource: 甲\nallow: {privacy: 值班}\n---\n"
    assert left(head) == []
    assert left(head + MOBILE) == [("privacy-mobile-number", 7)]


def test_nothing_is_said_of_excuses_for_rules_that_were_not_asked() -> None:
    assert left(f"别的。 {ALLOW}") == [("excuse-unused", 1)]
    assert left(f"别的。 {ALLOW}", frozenset(["excuse-unused"])) == []
