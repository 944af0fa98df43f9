"""The inline pass, left out for text that holds nothing it could act on; hard breaks by backslash."""

from xml.etree.ElementTree import Element

from markdown import Markdown, inlinepatterns
from markdown.inlinepatterns import SubstituteTagInlineProcessor
from markdown.treeprocessors import InlineProcessor
from markdown.util import AtomicString

from gazette.reading.markup.convention import Convention
from gazette.reading.markup.simple import SIMPLE, SIMPLE_PIECE

BACKSLASH_BREAK = r"(?<!\\)\\\n"

BEGINNINGS = {
    inlinepatterns.BACKTICK_RE: ("`", "\\"),
    inlinepatterns.ESCAPE_RE: ("\\",),
    inlinepatterns.LINK_RE: ("[",),
    inlinepatterns.IMAGE_LINK_RE: ("![",),
    inlinepatterns.AUTOLINK_RE: ("<",),
    inlinepatterns.AUTOMAIL_RE: ("<",),
    inlinepatterns.LINE_BREAK_RE: ("  \n",),
    inlinepatterns.HTML_RE: ("<",),
    inlinepatterns.ENTITY_RE: ("&",),
    r"\[\^([^\]]*)\]": ("[",),  # footnotes
    r"\*|_": ("*", "_"),  # emphasis
    r"\*": ("*",),  # emphasis, up to Python-Markdown 3.10
    r"_": ("_",),
    r"((^|(?<=\s))(\*{1,3}|_{1,3})(?=\s|$))": ("*", "_"),
    BACKSLASH_BREAK: ("\\",),
}
"""What a match of each inline pattern, known by its text, begins with."""


_SIMPLE_IN = frozenset(["p", "li", "td", "th", "h2", "h3", "h4", "h5", "h6", "dd", "dt"])
"""A text whose only markup is bold and links, none in another: what most paragraphs of news are."""


def read_simple(element: Element) -> bool:
    """Make bold and links of the element's text, if there is nothing else in it; whether it was so.

    The result is what Python-Markdown's patterns make, without their search and their placeholders.
    """
    text = element.text or ""
    if "  \n" in text or not SIMPLE.fullmatch(text):
        return False
    made: list[Element] = []
    done = 0
    for piece in SIMPLE_PIECE.finditer(text):
        before = AtomicString(text[done : piece.start()])
        if made:
            made[-1].tail = before
        else:
            element.text = before
        if piece["bold"]:
            child = Element("strong")
            child.text = AtomicString(piece["bold"])
        else:
            child = Element("a", {"href": piece["href"]})
            child.text = AtomicString(piece["text"])
        made.append(child)
        done = piece.end()
    if made:
        made[-1].tail = AtomicString(text[done:])
        element[:0] = made
    else:
        element.text = AtomicString(text)
    return True


class QuickInlineProcessor(InlineProcessor):
    """Python-Markdown's inline pass over those texts only in which a registered pattern can match.

    A pattern that `BEGINNINGS` does not know (another version of Python-Markdown, another extension)
    switches the saving off.
    """

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self._known: tuple[list[str], tuple[str, ...] | None] = ([], None)

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        """Apply the inline patterns to `tree`."""
        beginnings = self._beginnings()
        if beginnings is None:
            return super().run(tree, ancestors)
        elements = [element for element in tree.iter() if element.text or element.tail]
        whole = "\0".join([f"{element.text}\0{element.tail}" for element in elements])
        present = [beginning for beginning in beginnings if beginning in whole]
        if not present:
            return tree
        for element in elements:
            text = element.text
            if not text or isinstance(text, AtomicString):
                continue
            if not any(beginning in text for beginning in present):
                # The pass leaves such strings alone.
                element.text = AtomicString(text)
            elif element.tag in _SIMPLE_IN:
                read_simple(element)
        return super().run(tree, ancestors)

    def _beginnings(self) -> tuple[str, ...] | None:
        patterns = [pattern.pattern for pattern in self.md.inlinePatterns]
        if patterns != self._known[0]:
            self._known = (patterns, beginnings_of(patterns))
        return self._known[1]

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803
        # Overrides the base class's private loop over all patterns: only those are tried of which a
        # beginning stands in `data`. What a pattern puts in its match's place begins no other.
        if isinstance(data, AtomicString):
            return data
        apply = self._InlineProcessor__applyPattern  # type: ignore[attr-defined]
        for index in range(patternIndex, len(self.inlinePatterns)):
            pattern = self.inlinePatterns[index]
            for beginning in BEGINNINGS.get(pattern.pattern, ("",)):  # type: ignore[attr-defined]
                if beginning in data:
                    break
            else:
                continue
            start, matched = 0, True
            while matched:
                data, matched, start = apply(pattern, data, index, start)
        return data


def beginnings_of(patterns: list[str]) -> tuple[str, ...] | None:
    """What a text must hold, one of them, for one of `patterns` to match; None if one is not known."""
    if any(pattern not in BEGINNINGS for pattern in patterns):
        return None
    return tuple(sorted({beginning for pattern in patterns for beginning in BEGINNINGS[pattern]}))


class QuickInline(Convention):
    """The quick inline pass, and line breaks by a backslash at the line's end."""

    def register(self, md: Markdown) -> None:
        """Put the quick pass in place of Python-Markdown's."""
        md.inlinePatterns.register(
            SubstituteTagInlineProcessor(BACKSLASH_BREAK, "br"), "backslash", 185
        )
        md.treeprocessors.register(QuickInlineProcessor(md), "inline", 20)
