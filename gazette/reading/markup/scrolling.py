"""Tables that scroll by themselves on a narrow screen, by keyboard too.

Done on finished HTML, so that tables in raw HTML take part.
"""

import re
from html import escape

from gazette.reading.markup.plain import text_of
from gazette.reading.markup.tags import REST

_TABLE = re.compile(rf"<table(?=[\s>]){REST}|</table\s*>", re.I)
_CAPTION = re.compile(rf"<caption(?=[\s>]){REST}(.*?)</caption\s*>", re.S | re.I)
_ROW = re.compile(rf"<tr(?=[\s>]){REST}(.*?)</tr\s*>", re.S | re.I)
_LONGEST = 40


def frame_tables(html: str) -> str:
    """Put each table that lies in no other one into a box that can be scrolled and reached by keyboard.

    The box is named by the table's caption, else by its first row. Tables that do not close stay.
    """
    if "<table" not in html:
        return html
    pieces: list[str] = []
    done = start = depth = 0
    for match in _TABLE.finditer(html):
        opens = not match[0].startswith("</")
        if opens and not depth:
            start = match.start()
        depth += 1 if opens else -1
        if depth < 0:
            return html
        if not depth:
            pieces += (html[done:start], _framed(html[start : match.end()]))
            done = match.end()
    return html if depth else "".join((*pieces, html[done:]))


def _framed(table: str) -> str:
    found = _CAPTION.search(table) or _ROW.search(table)
    name = " ".join(text_of(found[1]).split()) if found else ""
    if len(name) > _LONGEST:
        name = f"{name[:_LONGEST].rstrip()}…"
    label = f' role="region" aria-label="{escape(name)}"' if name else ""
    return f'<div class="scroll" tabindex="0"{label}>\n{table}\n</div>'
