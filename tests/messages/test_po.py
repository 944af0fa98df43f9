"""The small reader of gettext catalogues."""

import io
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

import gazette
from gazette.messages.po import read_catalogue

CATALOGUE = Path(gazette.__file__).parent / "locale" / "zh_CN" / "LC_MESSAGES" / "gazette.po"
ODD = r"""
# a comment
msgid ""
msgstr "Language: zh\n"

#: some/place.py:3
#, python-brace-format
msgid "a \"quoted\" {x}"
msgstr "一“引”\t{x}"
msgid "no blank line before, a \\ and\n"
"two lines"
msgstr ""
"两"
"行\\n"

#, fuzzy
msgid "doubtful"
msgstr "疑"

msgid "untranslated"
msgstr ""

#~ msgid "gone"
#~ msgstr "无"
"""


@pytest.mark.parametrize("text", [CATALOGUE.read_text("utf-8"), ODD], ids=["ours", "odd"])
def test_it_reads_what_babel_reads(text: str) -> None:
    catalogue = read_po(io.BytesIO(text.encode()), locale="zh_CN")
    babels = {str(m.id): str(m.string) for m in catalogue if m.id and not m.fuzzy}
    assert read_catalogue(text) == babels
