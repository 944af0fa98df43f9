"""The site's own lists, from the files that its settings name."""

import re
from pathlib import Path
from typing import Any

from gazette.config.gate import Leader, ListedWord
from gazette.config.load import CONFIG_FILE, SiteConfig, line_of, read_yaml
from gazette.config.text import decode_text
from gazette.problems import Problem, warning

_TEXT_SUFFIXES = (".txt", ".csv", ".tsv")
_SEPARATOR = re.compile(r"\s*(?:\t|→|=>|,|，)\s*")


def load_words(config: SiteConfig, problems: list[Problem]) -> tuple[ListedWord, ...]:
    """The words of all lists; what is wrong with the files is added to `problems`."""
    words: list[ListedWord] = []
    for number, name in enumerate(config.settings.gate.wording.lists):
        path = _file(config, name, ("lists", number), problems)
        if path is None:
            continue
        if path.suffix.lower() in _TEXT_SUFFIXES:
            words += _plain_words(path, name, problems)
        else:
            words += read_yaml(path, config.root, tuple[ListedWord, ...], (), problems)
    return tuple(words)


def load_leaders(config: SiteConfig, problems: list[Problem]) -> tuple[Leader, ...]:
    """The list of leaders."""
    name = config.settings.gate.wording.leaders
    path = _file(config, name, ("leaders",), problems) if name else None
    if path is None:
        return ()
    leaders: tuple[Leader, ...] = read_yaml(path, config.root, tuple[Leader, ...], (), problems)
    return leaders


def holds(word: ListedWord, day: str) -> bool:
    """Whether the word is wrong on that day."""
    return not word.since or day >= word.since


def is_excepted(word: ListedWord, text: str, start: int) -> bool:
    """Whether the word at `start` is part of a longer one that is right."""
    for right in word.unless:
        inside = right.find(word.word)
        while inside >= 0:
            if text.startswith(right, max(0, start - inside)) and start >= inside:
                return True
            inside = right.find(word.word, inside + 1)
    return False


def _file(config: SiteConfig, name: str, keys: Any, problems: list[Problem]) -> Path | None:
    """The file in the site's folder; None, with a warning, if there is none."""
    root = config.root.resolve()
    path = (root / name).resolve()
    if path.is_relative_to(root) and path.is_file():
        return config.root / path.relative_to(root)
    line = line_of(config.root / CONFIG_FILE, "gate", "wording", *keys)
    problems.append(warning("gate-list-missing", file=CONFIG_FILE, line=line, name=name))
    return None


def _plain_words(path: Path, name: str, problems: list[Problem]) -> list[ListedWord]:
    """One word a line: wrong, right, reason, with tabs or commas between."""
    text, faults = decode_text(path.read_bytes(), name)
    problems += faults
    words = []
    for line in (text or "").splitlines():
        parts = [part for part in _SEPARATOR.split(line.strip(), maxsplit=2) if part]
        if parts and not line.startswith("#"):
            word, use, why = (*parts, "", "")[:3]
            words.append(ListedWord(word, use, why))
    return words
