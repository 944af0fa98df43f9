"""Finding raw HTML in Markdown: skipped where there is none, and told to the sanitizer where there is."""

import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions.fenced_code import FencedBlockPreprocessor, FencedCodeExtension
from markdown.extensions.md_in_html import (
    HtmlBlockPreprocessor,
    HTMLExtractorExtra,
    MarkdownInHtmlExtension,
)
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor

from gazette.reading.markup.convention import Convention
from gazette.reading.markup.notes import Notes
from gazette.reading.markup.source import mark_more

_ENTITY = re.compile(r"&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[a-zA-Z0-9]+);")


class _Fences(FencedBlockPreprocessor):
    def __init__(self, md: Markdown, config: dict[str, object], notes: Notes) -> None:
        super().__init__(md, config)
        self._notes = notes

    def run(self, lines: list[str]) -> list[str]:
        if "```" not in self._notes.source and "~~~" not in self._notes.source:
            return lines
        return super().run(lines)


class _More(Preprocessor):
    def __init__(self, md: Markdown, notes: Notes) -> None:
        super().__init__(md)
        self._notes = notes

    def run(self, lines: list[str]) -> list[str]:
        if "<!--" not in self._notes.source:
            return lines
        return mark_more("\n".join(lines)).split("\n")


class _Extractor(HTMLExtractorExtra):
    def close(self) -> None:
        super().close()
        # The base class closes one element only, and loses what unclosed ones inside one another hold.
        while self.mdstack:  # type: ignore[attr-defined]
            self.handle_endtag(self.mdstack[0])  # type: ignore[attr-defined]


class _RawBlocks(HtmlBlockPreprocessor):
    def __init__(self, md: Markdown, notes: Notes) -> None:
        super().__init__(md)
        self._notes = notes

    def run(self, lines: list[str]) -> list[str]:
        # Fenced code is stashed like raw HTML, but it is ours and escaped.
        self._notes.stashed_code = self.md.htmlStash.html_counter
        # The parser finds only tags, comments, declarations and entities.
        if "<" not in self._notes.source and "&" not in self._notes.source:
            return lines
        extractor = _Extractor(self.md)
        extractor.feed("\n".join(lines))
        extractor.close()
        return "".join(extractor.cleandoc).split("\n")


class _Detection(Postprocessor):
    def __init__(self, md: Markdown, notes: Notes) -> None:
        super().__init__(md)
        self._notes = notes

    def run(self, text: str) -> str:
        stashed = self.md.htmlStash.rawHtmlBlocks[self._notes.stashed_code :]
        self._notes.has_raw_html = any(
            isinstance(html, Element) or not _ENTITY.fullmatch(html) for html in stashed
        )
        return text


class RawHtml(Convention):
    """Fenced code and raw HTML (with Markdown in it), at the cost of a look where there is none."""

    def register(self, md: Markdown) -> None:
        """Register Python-Markdown's own extensions, then the quick ways around them."""
        fences = FencedCodeExtension()
        fences.extendMarkdown(md)
        MarkdownInHtmlExtension().extendMarkdown(md)
        md.preprocessors.register(
            _Fences(md, fences.getConfigs(), self.notes), "fenced_code_block", 25
        )
        md.preprocessors.register(_More(md, self.notes), "more", 24)
        md.preprocessors.register(_RawBlocks(md, self.notes), "html_block", 20)
        md.postprocessors.register(_Detection(md, self.notes), "detect_raw", 31)
