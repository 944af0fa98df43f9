"""Reading a gettext catalogue, as far as Gazette's own goes.

Babel reads all of gettext, and takes 30 ms to import and 40 ms for our catalogue; every build prints at
least one line. A test holds that both read the same.
"""

import re

_LINE = re.compile(r'(?:(msgid|msgstr)\s+)?"(.*)"')
_ESCAPE = re.compile(r"\\(.)")
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r"}


def read_catalogue(text: str) -> dict[str, str]:
    """English -> translation, of a catalogue without plural forms and contexts; fuzzy entries are left out."""
    entries: list[dict[str, str]] = []
    keyword, fuzzy = "", False
    for line in text.splitlines():
        match = _LINE.fullmatch(line.strip())
        if match is None:
            fuzzy = fuzzy or (line.startswith("#,") and "fuzzy" in line)
            continue
        if match[1] == "msgid":
            entries.append({"msgid": "", "msgstr": "", "fuzzy": "yes" if fuzzy else ""})
            fuzzy = False
        keyword = match[1] or keyword
        entries[-1][keyword] += _ESCAPE.sub(lambda m: _ESCAPED.get(m[1], m[1]), match[2])
    return {
        entry["msgid"]: entry["msgstr"]
        for entry in entries
        if not entry["fuzzy"] and entry["msgid"]
    }
