"""What a family of rules consists of."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from gazette.check.finder import Hit
from gazette.check.lists import Lists
from gazette.check.manuscript import Manuscript
from gazette.check.rule import Finding, Rule
from gazette.check.survey import Survey

Hits = Sequence[Hit]
"""Where a family's words stand in `Manuscript.words`."""
Find = Callable[[Manuscript, Lists, Hits], Iterable[Finding]]
Words = Callable[[Lists], Iterable[str]]
FindInSite = Callable[[Survey], Iterable[tuple[str, Finding]]]


class TextFamily(NamedTuple):
    """Rules over the words of one document. `find` is pure: what it gives is remembered.

    `find` is asked only if something in `Manuscript.words` matches `pattern` or contains one of `words`
    (or `source_pattern` matches in the source);
    with none of them, it is asked for every document.
    """

    name: str
    rules: tuple[Rule, ...]
    find: Find
    pattern: str = ""
    """A regular expression that is quick to fail: begin it with literal characters or a set of them."""
    words: Words | None = None
    """Plain strings, any number of them: all families' are looked for in one pass."""
    source_pattern: str = ""
    """Like `pattern`, looked for in the whole source: for addresses, which are no words."""


class SiteFamily(NamedTuple):
    """Rules over the site as a whole: several documents, columns, built pages, the clock.

    `find` gives each finding with its file, relative to the site's root.
    """

    name: str
    rules: tuple[Rule, ...]
    find: FindInSite
    in_build: bool = False
    """Whether builds ask it too, where examining documents gave anything at all.

    What it tells then may depend on documents, lists and addresses only, for it is remembered by those.
    """
