"""The documentation keeps up with the code."""

import re
from pathlib import Path

import pytest

from gazette.checking.rules_page import rules_page
from gazette.messages import MESSAGES

DOCS = Path(__file__).parent.parent / "docs"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_message_is_explained(language: str) -> None:
    text = (DOCS / language / "messages.md").read_text("utf-8")
    assert sorted(re.findall(r"^### ([a-z0-9-]+)$", text, re.MULTILINE)) == sorted(MESSAGES)
    assert re.findall(r"\[`([a-z0-9-]+)`\]\(#\1\)(?= ·|$)", text, re.MULTILINE) == sorted(MESSAGES)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_list_of_rules_is_up_to_date(language: str) -> None:
    assert (DOCS / language / "rules.md").read_text("utf-8") == rules_page(language)  # make rules


def test_both_languages_have_the_same_pages() -> None:
    assert {p.name for p in (DOCS / "en").iterdir()} == {p.name for p in (DOCS / "zh").iterdir()}


@pytest.mark.parametrize(
    "page", sorted(DOCS.rglob("*.md")), ids=lambda path: "/".join(path.parts[-2:])
)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    examples = re.compile(r"```.*?```|`[^`]*`", re.DOTALL)
    targets = re.findall(r"\]\((?!https?:|#)([^)#\s]+)", examples.sub("", page.read_text("utf-8")))
    assert [target for target in targets if not (page.parent / target).exists()] == []
