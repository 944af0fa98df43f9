"""Every problem can be told, in two languages."""

import ast
import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

import gazette
from gazette.messages import MESSAGES, explain, line_of, translate
from gazette.problems import Problem, error, warning

PACKAGE = Path(gazette.__file__).parent
PLACEHOLDER = re.compile(r"\{(\w+)\}")
MAKERS = {"error", "warning", "fault", "warn"}


def calls() -> list[tuple[str, str, ast.Call]]:
    """Module, code and call of every `error("code", ...)` and the like."""
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and node.args:
                maker = getattr(node.func, "id", getattr(node.func, "attr", ""))
                if maker in MAKERS and isinstance(node.args[0], ast.Constant):
                    found.append((path.name, str(node.args[0].value), node))
    return found


def texts() -> list[str]:
    """Every English text in gazette/messages/ and in the rules of the publication gate."""
    found = set()
    for path in (*(PACKAGE / "messages").glob("*.py"), *(PACKAGE / "check").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "_":
                found.add(ast.literal_eval(node.args[0]))
    return sorted(found)


def chinese() -> dict[str, str]:
    with (PACKAGE / "locale/zh_CN/LC_MESSAGES/gazette.po").open("rb") as file:
        return {str(m.id): str(m.string) for m in read_po(file, locale="zh_CN") if m.id}


def test_every_problem_has_a_message() -> None:
    assert {(module, code) for module, code, _ in calls() if code not in MESSAGES} == set()


def test_every_message_has_a_problem() -> None:
    written = "\n".join(
        path.read_text("utf-8") for path in PACKAGE.rglob("*.py") if path.parent.name != "messages"
    )
    families = re.findall(r'f"([a-z]+)-\{', written)  # f"path-{fault}"
    unused = {code for code in MESSAGES if f'"{code}"' not in written}
    assert {code for code in unused if code.partition("-")[0] not in families} == set()


def test_every_placeholder_is_given() -> None:
    missing = []
    for module, code, call in calls():
        given = {keyword.arg for keyword in call.keywords}
        maker = getattr(call.func, "id", getattr(call.func, "attr", ""))
        if None in given or code not in MESSAGES or maker in {"fault", "warn"}:
            continue
        wanted = set(
            PLACEHOLDER.findall("".join(MESSAGES[code]).replace("{{", "").replace("}}", ""))
        )
        if wanted - given:
            missing.append((module, code, wanted - given))
    assert missing == []


def test_every_text_is_translated() -> None:
    catalogue = chinese()
    assert [text for text in texts() if not catalogue.get(text)] == []


def test_translations_use_the_same_placeholders() -> None:
    catalogue = chinese()
    for text in texts():
        translated = catalogue.get(text, text)
        assert set(PLACEHOLDER.findall(translated)) == set(PLACEHOLDER.findall(text)), text


@pytest.mark.parametrize("code", MESSAGES)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_message_can_be_shown(code: str, language: str) -> None:
    wanted = PLACEHOLDER.findall("".join(MESSAGES[code]))
    problem = Problem("error", code, dict.fromkeys(wanted, "甲{x}"))
    text, hint = explain(problem, language)
    assert text
    assert "甲{x}" in text + hint or not wanted


def test_a_line_names_place_severity_code_and_the_mending() -> None:
    problem = error("date-invalid", file="content/a/b.md", line=3, column=7, value="昨天")
    first, hint = line_of(problem, "en").split("\n")
    assert first == "content/a/b.md:3:7: error[date-invalid] “昨天” is not a date."
    assert hint == "    Write it as 2025-05-03 09:30:00 +0800, or as a day: 2025-05-03"
    assert line_of(problem, "zh-CN").startswith("content/a/b.md:3:7: 错误[date-invalid] ")


def test_what_was_probably_meant_comes_first() -> None:
    problem = warning("key-near", file="a.md", line=1, key="tilte", near="title")
    assert explain(problem, "en")[1] == "Did you mean “title”?"


def test_words_in_arguments_are_translated() -> None:
    problem = error("value-type", key="a", value="b", expected="true/false", example="true")
    assert "true/false" in explain(problem, "zh")[0]
    assert explain(error("file-unreadable", reason="Strange"), "zh")[0].endswith("Strange")


def test_no_file_name_reaches_the_terminal_raw() -> None:
    assert "\x1b" not in line_of(error("config-empty", file="content/\x1b[31m.md"), "en")


def test_other_languages_stay_english() -> None:
    assert translate("error", "fr") == "error"
    assert translate("never written", "zh") == "never written"
