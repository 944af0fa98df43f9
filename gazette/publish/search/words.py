"""Text -> the words that are indexed.

Dictionaries cut Chinese differently on the indexing machine and in each browser, and names not at all, so
that whole words would not be found. So Chinese is indexed as overlapping pairs of characters: 办税服务
becomes `办税 税服 服务 务ꞏ`, and a text holds a phrase if it holds the phrase's pairs in a row. The theme's
script cuts queries in the same way, and takes the text for its excerpts from the same pairs: the first
character of each, so nothing of the text may be lost here.
"""

import re
from unicodedata import normalize

END = "\ua78f"
"""Behind every word that is no pair, so that no indexed word begins another: Pagefind takes a word that
it does not know for the longest one that begins it."""
SPACE = "\u2060"
"""Stands for white space of the text."""
BREAK = "\u2063"
"""Stands between the text and each of the words that only its page's other parts hold."""
WIDE = (
    "\u2e80-\u2fdf\u3005\u3007\u3021-\u3029\u3031-\u3035\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf"
    "\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
)
_TOKEN = re.compile(
    rf"(?P<wide>[{WIDE}]+)|(?P<word>[^\W_{WIDE}]+)|(?P<space>\s+)|(?P<mark>(?:[^\w\s]|_)+)"
)


def indexed(text: str) -> str:
    """The text's words, signs and spaces, in its order, with a space between them."""
    tokens: list[str] = []
    for found in _TOKEN.finditer(text):
        token, kind = found[0], found.lastgroup
        if kind == "wide":
            tokens += [token[at : at + 2] for at in range(len(token) - 1)]
            tokens.append(token[-1] + END)
        elif kind == "word":
            tokens.append(_narrow(token) + END)
        else:
            tokens.append(SPACE if kind == "space" else token)
    return " ".join(tokens)


def _narrow(word: str) -> str:
    """Full-width letters and digits as readers type them."""
    if word.isascii():
        return word
    narrow = normalize("NFKC", word)
    return narrow if narrow.isalnum() else word
