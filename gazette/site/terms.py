"""Categories, tags and topics: which term a name means, and what each term holds."""

import functools
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import msgspec

from gazette.config.bureaus import TermEntry
from gazette.config.decode import nearest
from gazette.config.load import line_of
from gazette.problems import Problem, error, warning
from gazette.reading.read import Entry
from gazette.reading.scan import FILE_PREFIX
from gazette.urls import folded


@functools.lru_cache(maxsize=65536)
def same(name: str) -> str:
    """Names are one term when this is equal: case, width and Unicode form do not count."""
    return unicodedata.normalize("NFKC", name).casefold().strip()


class Origin(msgspec.Struct, frozen=True):
    """Where a term is declared, or first used: a file of the site."""

    file: str
    line: int | None = None
    position: int | None = None
    """Of an entry in a YAML list, whose line is looked up only when something is wrong with it."""

    def found(self, root: Path) -> "Origin":
        """The same with its line, in the site at `root`."""
        if self.position is None:
            return self
        return Origin(self.file, line_of(root / self.file, self.position, "slug"))

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.line else self.file


class Declared(msgspec.Struct, frozen=True):
    """A term that the site declares, and where."""

    entry: TermEntry
    origin: Origin


class Vocabulary:
    """The terms of one kind: those declared, and those that articles bring."""

    def __init__(
        self, declared: Iterable[Declared], slug_of: Callable[[str], str], file: str
    ) -> None:
        """`file` is where a term of this kind can be declared; `slug_of` makes a slug of a name."""
        self.file = file
        self._slug_of = slug_of
        self._declared = sorted(declared, key=lambda term: term.entry.order)
        self._slugs: dict[str, str] = {}
        """By what makes names the same."""
        self._known: dict[str, str] = {}
        """Slugs by name as it is written, for there are few names and many uses."""
        self._found: dict[tuple[str, ...], tuple[str, ...]] = {}
        """Slugs by all the names of an article, for many articles have the same ones."""
        self._uses: list[tuple[str, ...]] = []
        """The names of all articles."""
        self._first_use: dict[str, Origin] = {}
        self._terms: tuple[int, list[Declared]] = (-1, [])
        """All terms after so many articles."""
        self._spelled: tuple[int, dict[str, dict[str, int]]] = (-1, {})
        """Their spellings after so many articles."""
        for term in self._declared:
            self._slugs[same(term.entry.slug)] = term.entry.slug
        for term in self._declared:
            if term.entry.title:
                self._slugs.setdefault(same(term.entry.title), term.entry.slug)

    def slugs(self, names: tuple[str, ...], entry: Entry, *keys: str) -> tuple[str, ...]:
        """The slugs that the names mean, in their order; `keys` of the front matter hold the names."""
        found = self._found.get(names)
        if found is None:
            slugs = [self._known.get(name) or self._new(name, entry, keys) for name in names]
            found = self._found[names] = tuple(dict.fromkeys(slugs))
        self._uses.append(names)
        return found

    def _new(self, name: str, entry: Entry, keys: tuple[str, ...]) -> str:
        key = same(name)
        slug = self._slugs.get(key)
        if slug is None:
            slug = self._slugs[key] = self._slug_of(key)
            lines = entry.document.lines
            line = next((lines[key] for key in keys if key in lines), None)
            self._first_use[key] = Origin(FILE_PREFIX + entry.outline.path, line)
        self._known[name] = slug
        return slug

    def declares(self, name: str) -> bool:
        """Whether the site declares the term that `name` means."""
        key = same(name)
        return key in self._slugs and key not in self._first_use

    def terms(self) -> list[Declared]:
        """All terms, each slug once: the declared ones by their order, then the others by title."""
        if self._terms[0] != len(self._uses):
            self._terms = (len(self._uses), self._sorted())
        return self._terms[1]

    def _sorted(self) -> list[Declared]:
        terms = {term.entry.slug: term for term in reversed(self._declared)}
        found = [term for term in self._used() if term.entry.slug not in terms]
        unique = {term.entry.slug: term for term in reversed(found)}
        declared = [term for term in self._declared if terms[term.entry.slug] is term]
        return declared + sorted(unique.values(), key=lambda term: term.entry.title)

    def _used(self) -> list[Declared]:
        return [
            Declared(
                TermEntry(slug=self._slugs[key], title=_usual(spellings)), self._first_use[key]
            )
            for key, spellings in self._spellings().items()
        ]

    def _spellings(self) -> dict[str, dict[str, int]]:
        """The spellings of each term that is not declared, with the number of their uses."""
        if self._spelled[0] != len(self._uses):
            self._spelled = (len(self._uses), self._counted())
        return self._spelled[1]

    def _counted(self) -> dict[str, dict[str, int]]:
        spellings: dict[str, dict[str, int]] = {}
        for names, times in Counter(self._uses).items():
            for name in names:
                if same(name) in self._first_use:
                    uses = spellings.setdefault(same(name), {})
                    uses[name] = uses.get(name, 0) + times
        return spellings

    def faults(self, root: Path) -> Iterator[Problem]:
        """Terms that would share one address or title, and names that differ in spelling only."""
        yield from self._faults_of_declared(root)
        taken = {folded(term.entry.slug): term for term in self._declared}
        all_spellings = self._spellings()
        for term in self._used():
            entry, (file, line) = term.entry, (term.origin.file, term.origin.line)
            other = taken.setdefault(folded(entry.slug), term)
            if other is not term:
                yield error(
                    "term-collision", file=file, line=line, name=entry.title, slug=entry.slug,
                    other=other.entry.title or other.entry.slug,
                    other_file=other.origin.found(root), declare=self.file,
                )  # fmt: skip
            near = self._near(entry.title) if other is term else ""
            if near:
                name = entry.title
                yield warning(
                    "term-near", file=file, line=line, name=name, near=near, declare=self.file
                )
            spellings = all_spellings[same(entry.title)]
            if len(spellings) > 1:
                names = ", ".join(sorted(spellings))
                yield warning("term-spelling", file=file, line=line, names=names, name=entry.title)

    def _near(self, name: str) -> str:
        """The declared term that was probably meant; tags are many and often alike, so not of them."""
        if self.file.endswith("tags.yaml"):
            return ""
        entries = [term.entry for term in self._declared]
        return nearest(name, [*(e.title for e in entries if e.title), *(e.slug for e in entries)])

    def _faults_of_declared(self, root: Path) -> Iterator[Problem]:
        slugs: dict[str, Declared] = {}
        titles: dict[str, Declared] = {}
        for term in self._declared:
            entry, name = term.entry, same(term.entry.title or term.entry.slug)
            other = slugs.setdefault(folded(entry.slug), term)
            if other is not term:
                yield _twice(error, "term-twice", term, other, root)
            elif titles.setdefault(name, term) is not term:
                yield _twice(warning, "term-title", term, titles[name], root)


def _twice(
    make: Callable[..., Problem], code: str, term: Declared, other: Declared, root: Path
) -> Problem:
    origin, slug = term.origin.found(root), term.entry.slug
    return make(
        code, file=origin.file, line=origin.line, slug=slug, title=term.entry.title or slug,
        other_file=other.origin.found(root),
    )  # fmt: skip


def _usual(spellings: dict[str, int]) -> str:
    """The most frequent spelling; of equals the first in order of characters."""
    return min(spellings, key=lambda name: (-spellings[name], name))
