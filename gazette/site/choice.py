"""Which documents exist, by the time and by what is asked to be shown."""

from collections.abc import Iterable

import msgspec

from gazette.reading.model import Outline

DAY = 86400


class Choice(msgspec.Struct, frozen=True):
    """Which documents exist: the time (seconds since 1970) and what is shown besides the published."""

    now: int
    drafts: bool = False
    future: bool = False
    expired: bool = False

    def shows(self, document: Outline) -> bool:
        """Whether the document is shown."""
        if document.draft and not self.drafts:
            return False
        if document.date and document.date.timestamp > self.now and not self.future:
            return False
        return not (document.expires and document.expires <= self.now and not self.expired)

    def until(self, documents: Iterable[Outline]) -> int | None:
        """When (seconds since 1970) others of `documents` will be shown, or one without a date moves."""
        moments = []
        for document in documents:
            if document.date is None and document.kind == "article" and self.shows(document):
                moments.append((self.now // DAY + 1) * DAY)
            elif document.date and document.date.timestamp > self.now:
                moments.append(document.date.timestamp)
            if document.expires and document.expires > self.now:
                moments.append(document.expires)
        return min(moments, default=None)
