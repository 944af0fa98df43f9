"""What the decoder makes of theme.yaml's looser types."""

import pytest

from gazette.config import yaml_nodes
from gazette.config.decode import Decoder, nearest
from gazette.config.theme import ThemeConfig, ThemeOption
from gazette.problems import Problem


def decoded(text: str) -> tuple[object, list[tuple[str, int | None]]]:
    problems: list[Problem] = []
    node = yaml_nodes.compose(text, "theme.yaml", problems)
    assert node is not None
    value = Decoder("theme.yaml", problems).decode(node, ThemeConfig)
    return value, [(problem.code, problem.line) for problem in problems]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("true", True),
        ("no", False),
        ("3", 3),
        ("1.5", 1.5),
        ("blue", "blue"),
        ("'3'", "3"),
        ("1px", "1px"),
        ("010", "010"),
        ("", ""),
    ],
)
def test_an_option_s_default_is_what_yaml_reads(written: str, value: object) -> None:
    theme, problems = decoded(f"options:\n  a: {{default: {written}}}\n")
    assert problems == []
    assert theme == ThemeConfig(options={"a": ThemeOption(default=value)})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("options:\n  a: {default: [1]}", "value-type"),
        ("options:\n  a: {type: colour}", "value-choice"),
        ("options:\n  a: {property: accent}", "value-invalid"),
        ("fragments:\n  a: {queries: [b]}", "key-missing"),
    ],
)
def test_faults(text: str, code: str) -> None:
    theme, problems = decoded(text)
    assert not isinstance(theme, ThemeConfig)
    assert problems == [(code, 2)]


def test_unknown_keys_of_a_theme_are_kept() -> None:
    theme, problems = decoded("version: 1\nextend: base\n")
    assert theme == ThemeConfig(extra={"version": 1, "extend": "base"})
    assert problems == [("key-near", 2)]


def test_nearest() -> None:
    assert nearest("catagory", ["category", "tags"]) == "category"
    assert nearest("xyz", ["category", "tags"]) == ""
