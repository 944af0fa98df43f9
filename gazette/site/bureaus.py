"""The bureau tree, and which bureau a name means."""

import re
from collections.abc import Iterator

import msgspec

from gazette.config.bureaus import BureauEntry
from gazette.config.decode import nearest
from gazette.problems import Problem, error

_PREFIX = "国家税务总局"
_OFFICE = re.compile(r"(省|自治区|市|自治州|州|盟|地区|自治县|县|自治旗|旗|区)?税务局$")
_SEPARATOR = re.compile(r"\s*[/／>＞]\s*")
FILE = "content/bureaus.yaml"


class Node(msgspec.Struct, frozen=True):
    """A bureau with its ancestors' slugs, from the top down."""

    entry: BureauEntry
    ancestors: tuple[str, ...]


def walk(entries: tuple[BureauEntry, ...], above: tuple[str, ...] = ()) -> Iterator[Node]:
    """All bureaus, each before those below it."""
    for entry in entries:
        yield Node(entry, above)
        yield from walk(entry.children, (*above, entry.slug))


def names_of(entry: BureauEntry) -> set[str]:
    """The names by which texts mean this bureau, its slug left out.

    Besides those listed: the official name without 国家税务总局 before it (乐山市税务局), and the short form
    of that (乐山税务).
    """
    names = {entry.name, entry.short, *entry.aliases}
    plain = entry.name.removeprefix(_PREFIX)
    if plain != entry.name and plain:
        names.add(plain)
        place = _OFFICE.sub("", plain)
        if place and place != plain:
            names.add(f"{place}税务")
    return {name.strip() for name in names if name.strip()}


class BureauNames:
    """Finds bureaus by name."""

    def __init__(self, entries: tuple[BureauEntry, ...]) -> None:
        self.nodes = {node.entry.slug: node for node in walk(entries)}
        self._by_name: dict[str, tuple[str, ...]] = {}
        for slug, node in self.nodes.items():
            for name in names_of(node.entry):
                self._by_name[name] = (*self._by_name.get(name, ()), slug)

    def faults(self, entries: tuple[BureauEntry, ...]) -> Iterator[Problem]:
        """Slugs used twice."""
        seen: set[str] = set()
        for node in walk(entries):
            slug = node.entry.slug
            if slug.lower() in seen:
                yield error("bureau-twice", file=FILE, slug=slug)
            seen.add(slug.lower())

    def candidates(self, text: str) -> tuple[str, ...]:
        """Slugs of the bureaus that `text` may mean: one, several if ambiguous, none if unknown.

        An ambiguous name is settled by an ancestor before it: 吉林省/朝阳, 长春市朝阳区税务局.
        """
        text = text.strip()
        if text in self.nodes:
            return (text,)
        found = self._by_name.get(text, ())
        if found:
            return found
        *above, last = _SEPARATOR.split(text)
        if above:
            return self._below(self.candidates("/".join(above)), self._by_name.get(last, ()))
        for cut in range(2, len(text) - 1):
            # 长春市朝阳区税务局: a place, not a whole name, stands before the bureau's own name.
            found = self._by_name.get(text[cut:], ())
            if found:
                parents = self._places(text[:cut].removeprefix(_PREFIX))
                return self._below(parents, found)
        return ()

    def _places(self, place: str) -> tuple[str, ...]:
        return self._by_name.get(f"{place}税务局", ()) + self._by_name.get(place, ())

    def _below(self, parents: tuple[str, ...], found: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(slug for slug in found if set(self.nodes[slug].ancestors) & set(parents))

    def resolve(
        self, texts: tuple[str, ...], file: str, line: int | None, problems: list[Problem]
    ) -> tuple[str, ...]:
        """The slugs that `texts` mean; unknown and ambiguous ones are listed as errors."""
        found = [self.candidates(text) for text in texts]
        certain = {slugs[0] for slugs in found if len(slugs) == 1}
        resolved: list[str] = []
        for text, slugs in zip(texts, found, strict=True):
            if len(slugs) > 1:
                slugs = self._below(tuple(certain), slugs) or slugs
            if len(slugs) == 1:
                resolved.append(slugs[0])
            elif slugs:
                names = ", ".join(f"{self.nodes[slug].entry.name} ({slug})" for slug in slugs)
                problems.append(
                    error("bureau-ambiguous", file=file, line=line, value=text, names=names)
                )
            else:
                near = nearest(text, [*self._by_name, *self.nodes])
                problems.append(
                    error("bureau-unknown", file=file, line=line, value=text, near=near)
                )
        return tuple(dict.fromkeys(resolved))

    def mention_names(self) -> tuple[tuple[str, str], ...]:
        """(name, slug) of every name that can mean only one bureau, for finding names in texts."""
        return tuple(
            sorted((name, slugs[0]) for name, slugs in self._by_name.items() if len(slugs) == 1)
        )
