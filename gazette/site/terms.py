"""Categories, tags and topics: which term a name means, and what each term holds."""

import functools
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from gazette.config.bureaus import TermEntry
from gazette.problems import Problem, error, warning


@functools.lru_cache(maxsize=65536)
def same(name: str) -> str:
    """Names are one term when this is equal: case, width and Unicode form do not count."""
    return unicodedata.normalize("NFKC", name).casefold().strip()


class Vocabulary:
    """The terms of one kind: those declared, and those that articles bring."""

    def __init__(
        self, kind: str, declared: Iterable[TermEntry], slug_of: Callable[[str], str], file: str
    ) -> None:
        self.kind = kind
        self.file = file
        self._slug_of = slug_of
        self._declared = list(declared)
        self._slugs: dict[str, str] = {}
        self._spellings: dict[str, Counter[str]] = {}
        self._first_use: dict[str, str] = {}
        for entry in self._declared:
            self._slugs[same(entry.slug)] = entry.slug
        for entry in self._declared:
            if entry.title:
                self._slugs.setdefault(same(entry.title), entry.slug)

    def slugs(self, names: tuple[str, ...], file: str) -> tuple[str, ...]:
        """The slugs that the names mean, in their order; `file` is where they were used."""
        return tuple(dict.fromkeys(self._slug(name, file) for name in names))

    def _slug(self, name: str, file: str) -> str:
        key = same(name)
        slug = self._slugs.get(key)
        if slug is None:
            slug = self._slugs[key] = self._slug_of(key)
            self._spellings[key] = Counter()
            self._first_use[key] = file
        if key in self._spellings:
            self._spellings[key][name] += 1
        return slug

    def entries(self) -> list[TermEntry]:
        """All terms: the declared ones by their order, then the others by title."""
        found = [
            TermEntry(slug=self._slugs[key], title=_usual(spellings))
            for key, spellings in self._spellings.items()
        ]
        declared = sorted(self._declared, key=lambda entry: entry.order)
        return declared + sorted(found, key=lambda entry: entry.title)

    def faults(self) -> Iterator[Problem]:
        """Terms that would share one address, and names that differ in spelling only."""
        seen: dict[str, tuple[str, str]] = {}
        for entry in self._declared:
            if entry.slug.lower() in seen:
                yield error("term-twice", file=self.file, slug=entry.slug)
            seen[entry.slug.lower()] = (entry.title or entry.slug, self.file)
        for key, spellings in self._spellings.items():
            name, file, slug = _usual(spellings), self._first_use[key], self._slugs[key]
            if slug.lower() in seen:
                other, other_file = seen[slug.lower()]
                yield error(
                    "term-collision", file=file, name=name, other=other, other_file=other_file,
                    slug=slug, declare=self.file,
                )  # fmt: skip
            seen[slug.lower()] = (name, file)
            if len(spellings) > 1:
                names = ", ".join(sorted(spellings))
                yield warning("term-spelling", file=file, names=names, name=name)


def _usual(spellings: Counter[str]) -> str:
    """The most frequent spelling; of equals the first in order of characters."""
    return min(spellings, key=lambda name: (-spellings[name], name))
