"""What readers of attachments give."""

from typing import NamedTuple


class Words(NamedTuple):
    """Words of one place.

    `text`, `header`, `footer`, `footnote`, `comment`, `change`, `hidden`, `properties`, `embedded`, `cache`.
    """

    place: str
    where: str
    """Paragraph, sheet and cell, page; empty where there is none."""
    text: str


class UnreadableError(Exception):
    """The file cannot be looked into; `reason` is a word that the rules know."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
