"""What the extensions have in common."""

from abc import ABC, abstractmethod

from markdown import Extension, Markdown

from gazette.reading.markup.notes import Notes


class Convention(Extension, ABC):
    """An extension of Python-Markdown that may have something to note about a document."""

    def __init__(self, notes: Notes) -> None:
        super().__init__()
        self.notes = notes

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (Python-Markdown's name)
        """Register with `md`."""
        self.register(md)

    @abstractmethod
    def register(self, md: Markdown) -> None:
        """Put the convention's processors in their places."""


def names(text: str) -> frozenset[str]:
    """The names in `text`, which are set apart by spaces."""
    return frozenset(text.split())
