"""Plain text from HTML: for search, summaries and word counts."""

import re
from html import unescape
from unicodedata import east_asian_width

from gazette.reading.markup.source import MORE
from gazette.reading.markup.tags import REST

_TAG = re.compile(rf"</?[a-zA-Z]{REST}|<!--.*?-->", re.S)
_BLOCK_TAG = re.compile(
    r"</?(?:address|article|aside|blockquote|br|center|dd|details|div|dl|dt|figcaption|figure|footer"
    r"|h[1-6]|header|hr|li|main|nav|ol|p|pre|section|summary|table|tbody|tfoot|thead|tr|ul|video|audio)"
    rf"(?=[\s/>]){REST}",
    re.I,
)
_CELL_END = re.compile(r"</t[dh]\s*>\s*", re.I)
_CAPTION_PART = '<span class="credit">'
_NOTE_MARKS = re.compile(
    r"<sup id=\"fnref[^>]*>.*?</sup>|(?:&#160;|\xa0|&nbsp;)?"
    r"<a [^>]*?class=\"footnote-backref\"[^>]*>.*?</a>",
    re.S,
)
_CODE = re.compile(r"<(script|style)\b.*?</\1\s*>", re.S | re.I)
_ASIDE = re.compile(r"<(aside|figure|table|h[1-6]|pre|nav)\b.*?</\1\s*>", re.S | re.I)
_PARAGRAPH = re.compile(r"<p(?=[\s>])[^>]*>(.*?)</p>", re.S | re.I)
_USUAL_RUN = re.compile("[\u4e00-\u9fff]+")
_WIDE_RUN = re.compile(
    "[\u4e00-\u9fff\u2e80-\u2fdf\u3005\u3007\u3021-\u3029\u3031-\u3035\u3040-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]+"
)
_WORD = re.compile(r"[^\W_]+(?:(?<=[0-9])[.,](?=[0-9])[0-9]+)*")
_LONGEST_SUMMARY = 120
_CHINESE = re.compile("[\u4e00-\u9fff\u3001-\u3015\uff01-\uff5e“”‘’…—]+")
"""Wide characters, as most texts consist of."""


def text_of(html: str) -> str:
    """The plain text of `html`, blocks separated by line breaks, white space folded."""
    if "footnote" in html or 'id="fnref' in html:
        html = _NOTE_MARKS.sub("", html)
    if "<script" in html or "<style" in html:
        html = _CODE.sub("", html)
    html = html.replace("\n", " ").replace(_CAPTION_PART, " ")
    if "</t" in html:
        html = _CELL_END.sub(" ", html)
    text = _TAG.sub("", _BLOCK_TAG.sub("\n", html))
    if "&" in text:
        text = unescape(text)
    return "\n".join(filter(None, (" ".join(line.split()) for line in text.split("\n"))))


def summary_of(html: str) -> str:
    """The text before `MORE`, else of the first paragraph with text, as one line.

    Only the paragraph is shortened, to about 120 wide characters. Captions, headings, tables and
    sidebars are no paragraphs.
    """
    if MORE in html:
        return " ".join(text_of(html.partition(MORE)[0]).split())
    body = _ASIDE.sub("", html) if re.search("<(?:aside|figure|table|pre|nav)", html) else html
    for paragraph in _PARAGRAPH.finditer(body):
        text = text_of(paragraph[1])
        if text:
            return shorten(" ".join(text.split()))
    rest = text_of(_ASIDE.sub("", body))
    return shorten(" ".join(rest.partition("\n")[0].split()))


def shorten(text: str, longest: int = _LONGEST_SUMMARY) -> str:
    """`text`, cut behind a sentence, clause or word where it is wider than `longest` wide characters."""
    if len(text) <= longest:
        return text
    end = _fitting(text, longest)
    if end == len(text):
        return text
    head = text[:end]
    for marks, least in (("。！？；", end // 2), ("，、：,;. ", end * 2 // 3)):
        place = max(head.rfind(mark) for mark in marks)
        if place >= least:
            return (
                head[:place].rstrip("，、：,;. ") + "…"
                if marks[0] == "，"
                else head[: place + 1] + "…"
            )
    return head.rstrip() + "…"


def _fitting(text: str, longest: int) -> int:
    if _CHINESE.fullmatch(text, 0, longest + 1):
        return longest
    room = 2 * longest
    for index, char in enumerate(text):
        room -= 2 if east_asian_width(char) in "WFA" else 1
        if room < 0:
            return index
    return len(text)


def count_words(text: str) -> int:
    """Chinese characters, one each, plus words and numbers of other scripts."""
    # The usual characters first: to look for one range is many times quicker than to look for ten.
    usual = _USUAL_RUN.split(text)
    rest = " ".join(usual)
    others = _WIDE_RUN.split(rest)
    wide = len(text) - sum(map(len, usual)) + len(rest) - sum(map(len, others))
    return wide + len(_WORD.findall(" ".join(others)))
