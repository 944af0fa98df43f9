"""What a message consists of."""

from typing import NamedTuple


class Message(NamedTuple):
    """A problem's text and how to mend it, with `{name}` for the problem's arguments."""

    text: str
    hint: str = ""


def _(text: str) -> str:
    """Mark a text for translation; Babel's extractor looks for this name."""
    return text
