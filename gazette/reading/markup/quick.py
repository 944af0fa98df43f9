"""Python-Markdown's steps, made quick for texts that give them nothing to do. Results are the same."""

import re
from collections.abc import Iterator
from typing import Any, Generic, TypeVar
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import UnescapeTreeprocessor
from markdown.util import Registry

from gazette.reading.markup.convention import Convention
from gazette.reading.markup.notes import Notes
from gazette.reading.markup.serialize import serialize

_T = TypeVar("_T")
_BLANK_LINE = re.compile(r"(?<=\n) +\n")


class ReadyRegistry(Registry[_T], Generic[_T]):
    """A registry that is complete: it need not be sorted and listed at each use."""

    def __init__(self, registry: Registry[_T]) -> None:
        super().__init__()
        self.__dict__.update(vars(registry))
        self._items = list(registry)

    def __iter__(self) -> Iterator[_T]:
        return iter(self._items)

    def __getitem__(self, key: Any) -> Any:
        return self._items[key] if isinstance(key, int) else super().__getitem__(key)

    def __len__(self) -> int:
        return len(self._items)


class _Whitespace(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        text = "\n".join(lines) + "\n\n"
        if "\t" in text:
            text = text.expandtabs(self.md.tab_length)
        if "\n " in text:
            text = _BLANK_LINE.sub("\n", text)
        return text.split("\n")


class _Unescaping(UnescapeTreeprocessor):
    def __init__(self, md: Markdown, notes: Notes) -> None:
        super().__init__(md)
        self._notes = notes

    def run(self, root: Element) -> None:
        if self._notes.has_escapes or "\\" in self._notes.source:
            super().run(root)


class Quick(Convention):
    """White space and backslash escapes, looked for before they are handled."""

    def register(self, md: Markdown) -> None:
        """Put the quick steps in place of Python-Markdown's."""
        md.preprocessors.register(_Whitespace(md), "normalize_whitespace", 30)
        md.treeprocessors.register(_Unescaping(md, self.notes), "unescape", 0)


def finish(md: Markdown) -> None:
    """Make a complete Markdown processor quick: the registries to go through, the tree to serialise."""
    md.treeprocessors.deregister("prettify")
    md.serializer = serialize
    md.parser.blockprocessors = ReadyRegistry(md.parser.blockprocessors)
    md.inlinePatterns = ReadyRegistry(md.inlinePatterns)
    md.treeprocessors["inline"].inlinePatterns = md.inlinePatterns  # type: ignore[attr-defined]
