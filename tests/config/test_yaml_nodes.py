"""YAML text -> nodes."""

import pytest

from gazette.config import yaml_nodes
from gazette.problems import Problem


def plain(text: str) -> object:
    problems: list[Problem] = []
    node = yaml_nodes.compose(text, "a.yaml", problems)
    assert node is not None, problems
    return yaml_nodes.plain(node)


def fault(text: str, first_line: int = 1) -> tuple[str, int | None]:
    problems: list[Problem] = []
    assert yaml_nodes.compose(text, "a.yaml", problems, first_line) is None
    (problem,) = problems
    return problem.code, problem.line


def test_plain_values() -> None:
    assert plain("{a: 1, b: -2.5, c: yes, d: ~, e: [x, '1'], f: 2025-05-03, g: 1_000}") == {
        "a": 1, "b": -2.5, "c": True, "d": None, "e": ["x", "1"], "f": "2025-05-03", "g": 1000,
    }  # fmt: skip


@pytest.mark.parametrize(
    "text", ["010", "0x1F", "1:30", ".inf", ".nan", "12.34.56", "1e5", "9" * 30, "1.0e+999"]
)
def test_other_numbers_stay_as_written(text: str) -> None:
    assert plain(f"x: {text}") == {"x": text}


def test_empty_is_nothing_and_no_fault() -> None:
    problems: list[Problem] = []
    assert yaml_nodes.compose("# 注释\n", "a.yaml", problems) is None
    assert problems == []


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("a: [1\nb: 2", "yaml-syntax", 2),
        ("a: 1\n--- \nb: 2", "yaml-syntax", 2),
        ("a: \x01", "yaml-syntax", 1),
        ("a: 1\nb: &x 2", "yaml-alias", 2),
        ("a: &x [1]\nb: *x", "yaml-alias", 1),
        ("a: 1\nb: !x 2", "yaml-tag", 2),
        ("a: !!python/object/apply:os.system [ls]", "yaml-tag", 1),
        ("a:\n  " + "[" * 200, "yaml-deep", 2),
        ("- " * 200 + "a", "yaml-deep", 1),
        ("\n".join(" " * n + "a:" for n in range(200)), "yaml-deep", 101),
        ("{a: " * 100_000, "yaml-deep", 1),
    ],
)
def test_faults(text: str, code: str, line: int) -> None:
    assert fault(text) == (code, line)
    assert fault(text, first_line=10) == (code, line + 9)


def test_signs_in_texts_are_no_aliases() -> None:
    assert plain("a: 甲*乙&丙!") == {"a": "甲*乙&丙!"}
    assert plain("a: ! 甲") == {"a": "甲"}


def test_invisible_line_breaks_do_not_shift_lines() -> None:
    problems: list[Problem] = []
    node = yaml_nodes.compose("a: 甲\u2028乙\u0085丙\nb: 2", "a.yaml", problems)
    assert isinstance(node, yaml_nodes.MappingNode)
    assert node.value[1][0].start_mark.line == 1


def test_a_key_given_twice_counts_last() -> None:
    problems: list[Problem] = []
    node = yaml_nodes.compose("a: 1\na: 2\n? [b]\n: 3", "a.yaml", problems)
    assert isinstance(node, yaml_nodes.MappingNode)
    found = [(name, value.value) for name, _, value in yaml_nodes.pairs(node, "a.yaml", problems)]
    assert found == [("a", "2")]
    assert [(p.code, p.line) for p in problems] == [("key-twice", 2), ("yaml-key", 3)]


@pytest.mark.parametrize(
    ("text", "shown"),
    [("[甲, {乙: [1]}]", "[甲, {乙: [1]}]"), ("甲\n  乙", "甲 乙"), ("x" * 99, "x" * 59 + "…")],
)
def test_values_as_messages_show_them(text: str, shown: str) -> None:
    problems: list[Problem] = []
    node = yaml_nodes.compose(text, "a.yaml", problems)
    assert node is not None
    assert yaml_nodes.shown(node) == shown
