"""What the texts of a front matter mean: dates, lists of terms, addresses."""

import re
from urllib.parse import urlsplit

from gazette.config.front_matter import FrontMatter, Texts
from gazette.problems import Problem, error, warning
from gazette.reading.dates import Moment, end_of_day, read_date
from gazette.reading.model import Kind

_COMMAS = re.compile(r"[,，、]")
_SPACE = re.compile(r"\s+")


class Fields:
    """Reads the fields of one document; problems name the field's line."""

    def __init__(
        self,
        raw: FrontMatter,
        timezone: str,
        file: str,
        lines: dict[str, int],
        problems: list[Problem],
    ) -> None:
        self.raw = raw
        self.timezone = timezone
        self.file = file
        self.lines = lines
        self.problems = problems
        self.faulty: set[str] = set()

    def fault(self, code: str, key: str | None, **arguments: object) -> None:
        """List an error at the line of `key` (None: of the whole front matter)."""
        self.faulty.add(key or code)
        line = self.lines.get(key, 1) if key else 1
        self.problems.append(error(code, file=self.file, line=line, **arguments))

    def warn(self, code: str, key: str, **arguments: object) -> None:
        """List a warning at the line of `key`."""
        line = self.lines.get(key, 1)
        self.problems.append(warning(code, file=self.file, line=line, **arguments))

    @staticmethod
    def line(text: str | None) -> str:
        """The text on one line."""
        return _SPACE.sub(" ", text).strip() if text else ""

    def title(self, kind: Kind, fallback: str) -> str | None:
        """The title; without one the fallback made readable; listed as an error if both are empty."""
        title = self.line(self.raw.title)
        if title or kind == "bureau":
            return title
        if fallback:
            words = fallback.replace("_", "-").split("-")
            return " ".join(word[:1].upper() + word[1:] for word in words if word) or fallback
        self.fault("title-missing", "title" if "title" in self.lines else None)
        return None

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
        """The terms under a plural key (split) and its singular form (not split), without repetitions."""
        found = [*self._split(key, plural, spaces=True), *_listed(singular)]
        return _unique(found)

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
        if isinstance(value, str):
            return _COMMAS.split(value) if _COMMAS.search(value) or not spaces else value.split()
        found: list[str] = []
        for item in value or ():
            parts = re.split("[，、]", item)
            if len(parts) > 1:
                right = f"{key}: [{', '.join(part.strip() for part in parts)}]"
                self.warn("list-comma", key, value=item, right=right)
            found += parts
        return found

    def aliases(self) -> tuple[str, ...]:
        """Old addresses of the document, each an absolute path of this site."""
        found = [*_listed(self.raw.aliases), *_listed(self.raw.redirect_from)]
        for alias in found:
            if urlsplit(alias).scheme or alias.startswith("//"):
                self.fault("alias-external", "aliases", value=alias)
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
        try:
            scheme = urlsplit(text).scheme.lower()
        except ValueError:
            scheme = "?"
        if scheme not in {"", "http", "https"}:
            self.fault("address-scheme", key, value=text)
            return ""
        return text


def _listed(value: Texts | None) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else value or ()


def _unique(values: list[str]) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(text for value in values if (text := _SPACE.sub(" ", value).strip()))
    )
