"""The themes' texts: every one translated, none left over, and zh_TW what OpenCC makes of zh_CN."""

import io
from pathlib import Path

import jinja2
import pytest
from babel.messages.pofile import read_po

from gazette.pages.labels import labels
from tools.traditional import SOURCES, traditional

IDS = [path.parts[-3] for path in SOURCES]


def texts(theme: Path) -> set[str]:
    """Every text that the templates of a theme mark for translation."""
    found: set[str] = set()
    environment = jinja2.Environment(extensions=["jinja2.ext.i18n"], trim_blocks=True)
    for path in sorted((theme / "templates").rglob("*")):
        if path.is_file():
            for _, _, message in environment.extract_translations(path.read_text("utf-8")):
                found |= {message} if isinstance(message, str) else set(filter(None, message))
    return found


def catalogue(path: Path) -> dict[str, str]:
    messages = read_po(io.BytesIO(path.read_bytes()), abort_invalid=True)
    return {
        text: (message.string if isinstance(message.string, str) else message.string[0])
        for message in messages
        for text in ([message.id] if isinstance(message.id, str) else message.id)
        if text
    }


@pytest.mark.parametrize("source", SOURCES, ids=IDS)
def test_every_text_is_translated_and_none_is_left_over(source: Path) -> None:
    theme = source.parent.parent
    known = catalogue(source)
    inherited = set() if theme.name == "base" else set(catalogue(SOURCES[0]))
    wanted = texts(theme)
    assert wanted - set(known) - inherited == set()
    assert set(known) - wanted == set()
    assert all(known.values())


@pytest.mark.parametrize("source", SOURCES, ids=IDS)
def test_traditional_characters_are_what_opencc_makes(source: Path) -> None:
    """`make messages` writes them."""
    assert source.with_name("zh_TW.po").read_text("utf-8") == traditional(source.read_text("utf-8"))


def test_titles_in_traditional_characters_are_what_opencc_makes() -> None:
    simplified = labels("zh-CN")
    assert labels("zh-Hant-HK") == {name: traditional(text) for name, text in simplified.items()}
