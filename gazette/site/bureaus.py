"""The bureau tree, and which bureau a name means."""

import re
from collections.abc import Iterator

import msgspec

from gazette.config.bureaus import BureauEntry
from gazette.config.decode import nearest
from gazette.problems import Problem, error
from gazette.urls import folded

_PREFIX = "国家税务总局"
_OFFICE = "税务局"
_UNIT = re.compile(r"(省|自治区|市|自治州|州|盟|地区|自治县|县|自治旗|旗|区)?税务局$")
_SEPARATOR = re.compile(r"\s*[/／>＞]\s*")
_SHORTEST_PLACE = 2
_LONGEST = 100
"""Of a name with places before it; anything longer is no name, and would take long to take apart."""
FILE = "content/bureaus.yaml"
Place = tuple[str | int, ...]
"""Where an entry stands in bureaus.yaml: positions, with `children` between them."""


class Node(msgspec.Struct, frozen=True):
    """A bureau with its ancestors' slugs, from the top down, and where it is declared."""

    entry: BureauEntry
    ancestors: tuple[str, ...]
    place: Place


def walk(
    entries: tuple[BureauEntry, ...], above: tuple[str, ...] = (), place: Place = ()
) -> Iterator[Node]:
    """All bureaus, each before those below it."""
    for position, entry in enumerate(entries):
        here = (*place, position)
        yield Node(entry, above, here)
        yield from walk(entry.children, (*above, entry.slug), (*here, "children"))


def names_of(entry: BureauEntry) -> set[str]:
    """The names by which texts mean this bureau, its slug left out.

    Besides those listed: the official name with and without 国家税务总局 before it (乐山市税务局), and the
    short form of that (乐山税务).
    """
    names = {entry.name.strip(), entry.short.strip(), *(alias.strip() for alias in entry.aliases)}
    plain = entry.name.strip().removeprefix(_PREFIX).strip()
    place = _UNIT.sub("", plain)
    if place and place != plain:
        names |= {plain, _PREFIX + plain, f"{place}税务"}
    elif plain:
        names.add(plain)
    return names - {""}


class BureauNames:
    """Finds bureaus by name."""

    def __init__(self, entries: tuple[BureauEntry, ...]) -> None:
        self.nodes: dict[str, Node] = {}
        self._by_name: dict[str, tuple[str, ...]] = {}
        self._known: dict[str, tuple[str, ...]] = {}
        self._certain: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._twice: list[Node] = []
        taken: set[str] = set()
        for node in walk(entries):
            if folded(node.entry.slug) in taken:
                self._twice.append(node)
                continue
            taken.add(folded(node.entry.slug))
            self.nodes[node.entry.slug] = node
            for name in names_of(node.entry):
                self._by_name[name] = (*self._by_name.get(name, ()), node.entry.slug)
        self._longest = max(map(len, self._by_name), default=0)

    def twice(self) -> list[Node]:
        """The bureaus whose slug another one before them has."""
        return self._twice

    def candidates(self, text: str) -> tuple[str, ...]:
        """Slugs of the bureaus that `text` may mean: one, several if ambiguous, none if unknown.

        An ambiguous name is settled by an ancestor before it: 吉林省/朝阳, 长春市朝阳区税务局.
        """
        found = self._known.get(text)
        if found is None:
            found = self._known[text] = self._find(text.strip())
        return found

    def _find(self, text: str) -> tuple[str, ...]:
        found = self._exactly(text)
        if found or len(text) > _LONGEST:
            return found
        *above, last = _SEPARATOR.split(text)
        if above:
            return self._below(self.candidates("/".join(above)), self._exactly(last))
        # 长春市朝阳区税务局: a place, not a whole name, stands before the bureau's own name. The name is
        # longer than 税务局, so that what `_places` asks for is always shorter than `text`.
        for cut in range(max(_SHORTEST_PLACE, len(text) - self._longest), len(text) - len(_OFFICE)):
            found = self._by_name.get(text[cut:], ())
            below = self._below(self._places(text[:cut]), found) if found else ()
            if below:
                return below
        return ()

    def _exactly(self, text: str) -> tuple[str, ...]:
        return (text,) if text in self.nodes else self._by_name.get(text, ())

    def _places(self, place: str) -> tuple[str, ...]:
        place = place.removeprefix(_PREFIX)
        return self.candidates(place + _OFFICE) + self.candidates(place)

    def _below(self, parents: tuple[str, ...], found: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(
            slug for slug in found if not set(parents).isdisjoint(self.nodes[slug].ancestors)
        )

    def certain(self, texts: tuple[str, ...]) -> tuple[str, ...] | None:
        """The slugs that `texts` mean; None if one of them is unknown or ambiguous."""
        found = self._certain.get(texts)
        if found is None:
            slugs = [self.candidates(text) for text in texts]
            if any(len(candidates) != 1 for candidates in slugs):
                return None
            found = self._certain[texts] = tuple(dict.fromkeys(only for (only,) in slugs))
        return found

    def resolve(
        self, texts: tuple[str, ...], file: str, line: int | None, problems: list[Problem]
    ) -> tuple[str, ...]:
        """The slugs that `texts` mean; unknown and ambiguous ones are listed as errors.

        An ambiguous name means the bureau below one that is named beside it, if there is just one.
        """
        found = [self.candidates(text) for text in texts]
        certain = tuple(slugs[0] for slugs in found if len(slugs) == 1)
        resolved: list[str] = []
        for text, slugs in zip(texts, found, strict=True):
            if len(slugs) > 1:
                slugs = self._below(certain, slugs) or slugs
            if len(slugs) == 1:
                resolved.append(slugs[0])
            else:
                problems.append(self._fault(text, slugs, file, line))
        return tuple(dict.fromkeys(resolved))

    def _fault(self, text: str, slugs: tuple[str, ...], file: str, line: int | None) -> Problem:
        if slugs:
            names = ", ".join(f"{self.nodes[slug].entry.name} ({slug})" for slug in slugs)
            return error("bureau-ambiguous", file=file, line=line, value=text, names=names)
        near = nearest(text, [*self._by_name, *self.nodes])
        return error("bureau-unknown", file=file, line=line, value=text, near=near)

    def mention_names(self) -> tuple[tuple[str, str], ...]:
        """(name, slug) of every name of a bureau, for finding names in texts.

        The slug of a name that can mean several is empty: such a name is found, so that no shorter one
        inside it counts, but it names nobody.
        """
        return tuple(
            sorted(
                (name, slugs[0] if len(slugs) == 1 else "") for name, slugs in self._by_name.items()
            )
        )
