"""What the texts of a front matter mean: dates, lists of terms, addresses."""

import re
from typing import NamedTuple
from urllib.parse import urlsplit

from gazette.config.front_matter import FrontMatter, Texts
from gazette.config.load import CONFIG_FILE
from gazette.problems import Problem, error, warning
from gazette.reading.dates import Moment, end_of_day, read_date
from gazette.reading.model import Kind

_COMMAS = re.compile(r"[,，、]")
_WIDE_COMMAS = re.compile("[，、]")
_CURLY = re.compile("[“‘]([^“”‘’]+)[”’]")


class Place(NamedTuple):
    """Where a front matter was read from."""

    file: str
    lines: dict[str, int]
    """The line of each key that the file itself gives."""
    faulty: frozenset[str] = frozenset()
    """Keys whose values had the wrong shape (listed already)."""


class Fields:
    """Reads the fields of one document; problems name the field's line."""

    def __init__(
        self, raw: FrontMatter, timezone: str, place: Place, problems: list[Problem]
    ) -> None:
        self.raw = raw
        self.timezone = timezone
        self.file = place.file
        self.lines = place.lines
        self.faulty = set(place.faulty)
        self.problems = problems

    def fault(self, code: str, key: str, value: str = "") -> None:
        """List an error at the line of `key`."""
        self.faulty.add(key)
        file, line = self._place(key)
        self.problems.append(error(code, file=file, line=line, key=key, value=value))

    def pass_over(self, code: str, key: str) -> None:
        """List a warning, and give the document up: Jekyll passes it over."""
        self.faulty.add(key)
        file, line = self._place(key)
        self.problems.append(warning(code, file=file, line=line, key=key))

    def warn(self, code: str, key: str, value: str, right: str) -> None:
        """List a warning at the line of `key`."""
        file, line = self._place(key)
        found = warning(code, file=file, line=line, key=key, value=value, right=right)
        self.problems.append(found)

    def _place(self, key: str) -> tuple[str, int | None]:
        """Where `key` was given; a missing one at the file's first line.

        A value from config.yaml's `defaults` is told there, once; its line is found when it is reported.
        """
        if key in self.lines or not getattr(self.raw, key):
            return self.file, self.lines.get(key, 1)
        return CONFIG_FILE, None

    @staticmethod
    def line(text: str | None) -> str:
        """The text on one line."""
        return " ".join(text.split()) if text else ""

    def title(self, kind: Kind, fallback: str) -> str:
        """The title; without one the fallback made readable; empty only of bureaus and if faulty."""
        title = self.line(self.raw.title)
        if title or kind == "bureau" or "title" in self.faulty:
            return title
        if fallback:
            words = fallback.replace("_", "-").split("-")
            return " ".join(word[:1].upper() + word[1:] for word in words if word) or fallback
        self.fault("title-missing", "title")
        return ""

    def date(self, key: str, fallback: str | None = None) -> Moment | None:
        """The date under `key`, else `fallback`; a text that is no date is an error."""
        text = getattr(self.raw, key)
        if not text or not text.strip():
            text = fallback
        if not text:
            return None
        reading = read_date(text, self.timezone)
        if reading is None:
            self.fault("date-invalid", key, value=text)
            return None
        if reading.right_form:
            self.warn("date-form", key, value=text, right=f"{key}: {reading.right_form}")
        return reading.moment

    def expires(self) -> int | None:
        """The timestamp from which the document is no longer shown: the end of the day given."""
        moment = self.date("expires")
        if moment is None:
            return None
        return end_of_day(moment, self.timezone) if moment.day_only else moment.timestamp

    def terms(self, key: str, plural: Texts | None, singular: Texts | None) -> tuple[str, ...]:
        """The terms under a singular key (not split) and its plural (split), without repetitions.

        As in Jekyll, the singular key's come first: they decide the main category.
        """
        return _unique([*_listed(singular), *self._split(key, plural, spaces=True)])

    def categories(self, above: tuple[str, ...]) -> tuple[str, ...]:
        """The categories: those of the front matter first, then the folders above `_posts`."""
        return _unique([*self.terms("categories", self.raw.categories, self.raw.category), *above])

    def bureaus(self) -> tuple[str, ...]:
        """The bureaus as written; never split at white space."""
        found = [*self._split("bureau", self.raw.bureau, spaces=False)]
        found += self._split("bureaus", self.raw.bureaus, spaces=False)
        return _unique(found)

    def authors(self) -> tuple[str, ...]:
        """The authors without the ◎ that magazines set before them."""
        author = self.raw.author
        if isinstance(author, dict):
            author = str(author.get("name") or "")
        found = [*self._split("authors", self.raw.authors, spaces=False)]
        found += self._split("author", author, spaces=False)
        return _unique([name.strip("◎○●◇◆□■ \u3000") for name in found])

    def _split(self, key: str, value: Texts | None, *, spaces: bool) -> list[str]:
        if value is None:
            return []
        if isinstance(value, str):
            commas = _COMMAS.search(value) or not spaces
            return self._unquoted(key, _COMMAS.split(value) if commas else value.split())
        found: list[str] = []
        for item in value:
            parts = [item] if item.isascii() else _WIDE_COMMAS.split(item)
            if len(parts) > 1:
                right = f"{key}: [{', '.join(part.strip() for part in parts)}]"
                self.warn("list-comma", key, value=item, right=right)
            found += parts
        return self._unquoted(key, found)

    def _unquoted(self, key: str, terms: list[str]) -> list[str]:
        """The terms without curly quotes around the whole of one: typed for ASCII quotes, not content."""
        found = []
        for term in terms:
            quoted = _CURLY.fullmatch(term.strip()) if "”" in term or "’" in term else None
            if quoted:
                self.warn("list-quotes", key, value=term.strip(), right=f"{key}: [{quoted[1]}]")
            found.append(quoted[1] if quoted else term)
        return found

    def aliases(self) -> tuple[str, ...]:
        """Old addresses of the document, each an absolute path of this site."""
        found = []
        for key in ("aliases", "redirect_from"):
            for alias in _listed(getattr(self.raw, key)):
                if _scheme(alias) or alias.strip().startswith(("//", "\\")):
                    self.fault("alias-external", key, value=alias)
                found.append(alias)
        return _unique(found)

    def cover(self) -> str:
        """The cover picture as written; Jekyll themes also write `image: {path: ...}`."""
        key = "cover" if self.raw.cover else "image"
        value = self.raw.cover or self.raw.image
        if isinstance(value, dict):
            value = str(value.get("path") or value.get("feature") or "")
        return self.address(key, value)

    def address(self, key: str, value: str | None) -> str:
        """An address that is http(s) or relative; anything else is an error."""
        text = (value or "").strip()
        if text and _scheme(text) not in {"", "http", "https"}:
            self.fault("address-scheme", key, value=text)
            return ""
        return text


def _scheme(address: str) -> str:
    """The scheme of an address; of one that cannot be parsed (`http://[`) a question mark."""
    try:
        return urlsplit(address.strip()).scheme
    except ValueError:
        return "?"


def _listed(value: Texts | None) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else value or ()


def _unique(values: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for value in values if (text := " ".join(value.split()))))
