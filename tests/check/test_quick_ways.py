"""What is done quickly gives what the plain way would."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from gazette.check.doubled import doubled_in
from gazette.check.examine import Examiner
from gazette.check.families import TEXT_FAMILIES
from gazette.check.finder import WordFinder
from gazette.check.inline import _bold_only, _Reader, words_of
from tests.check.examples import LISTS, manuscript
from tests.check.look_alikes import LOOK_ALIKES
from tests.check.planted import PLANTED


@given(
    st.text(alphabet="税务局*，𠮷", max_size=40),
    st.sets(st.tuples(st.integers(0, 40), st.integers(1, 4))),
)
def test_the_finder_finds_every_place_of_every_word(
    text: str, slices: set[tuple[int, int]]
) -> None:
    words = {text[start : start + length] for start, length in slices} - {""}
    plain = [
        (place, word)
        for word in words
        for place in range(len(text))
        if text.startswith(word, place)
    ]
    assert WordFinder(words).hits(text) == sorted(plain)


@given(st.text(alphabet="税务局国家总人民，", max_size=50))
def test_doubled_text_is_what_a_back_reference_finds(text: str) -> None:
    by_regex = {
        length
        for length in range(3, 21)
        for match in re.finditer(rf"(?=(.{{{length}}})\1)", text)
        if len(set(re.findall("[\u4e00-\u9fff]", match[1]))) >= 3
        and (length >= 12 or "，" not in match[1])
    }
    assert {(end - start) // 2 for start, end in doubled_in(text)} == by_regex


@given(st.text(alphabet="税务*，余场 \n", max_size=30))
@settings(max_examples=300)
def test_bold_text_reads_as_the_whole_reader_reads_it(text: str) -> None:
    quick = _bold_only(text, 0)
    if quick is not None and text.strip("*"):
        whole = _Reader(text, 0, len(text)).read(text.find("*"))
        assert quick.text == whole.text
        assert words_of(text, 0, len(text)).text == whole.text


def test_families_that_are_not_called_would_find_nothing() -> None:
    examiner = Examiner(LISTS)
    texts = [text for texts in PLANTED.values() for text in texts] + LOOK_ALIKES
    for text in texts:
        document = manuscript(text)
        hits = examiner.hits(document.words)
        asked = [
            (finding.rule, finding.line, finding.column)
            for index, family in enumerate(TEXT_FAMILIES)
            for finding in family.find(document, LISTS, hits.get(index, ()))
        ]
        assert asked == [(f.rule, f.line, f.column) for f in examiner.examine(document).findings]
