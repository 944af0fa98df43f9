"""What is noticed while one document is converted, and on which line of its file."""

from gazette.problems import Problem


class Notes:
    """The problems of one document; every extension of a reader writes into the same notes."""

    def __init__(self) -> None:
        self.start("", 1)

    def start(self, source: str, first_line: int) -> None:
        """Forget the last document; `first_line` is the line of the file on which `source` begins."""
        self.source = source
        self.problems: list[Problem] = []
        self.stashed_code = 0
        self.has_escapes = False
        self.has_raw_html = False
        self._first_line = first_line
        self._found: dict[str, int] = {}
        self._kinds: set[tuple[str, ...]] = set()

    def line(self, *fragments: str, before: str = "") -> int | None:
        """The line of the next occurrence of the first of `fragments` that the source holds.

        Asked again for a fragment, it goes on behind the place found last. With `before`, places that
        follow one of these characters are preferred. None if the source holds none of them.
        """
        for fragment in fragments:
            place = self._next_place(fragment, before)
            if place >= 0:
                self._found[fragment] = place + 1
                return self.line_at(place)
        return None

    def line_at(self, place: int) -> int:
        """The line of the file on which character `place` of the source stands."""
        return self._first_line + self.source.count("\n", 0, place)

    def warn(self, code: str, line: int | None, **arguments: str) -> None:
        """Note a warning."""
        self.problems.append(Problem("warning", code, arguments, line=line))

    def fail(self, code: str, line: int | None, **arguments: str) -> None:
        """Note an error."""
        self.problems.append(Problem("error", code, arguments, line=line))

    def is_new(self, *kind: str) -> bool:
        """Whether `kind` is asked for the first time in this document: for one warning a kind."""
        if kind in self._kinds:
            return False
        self._kinds.add(kind)
        return True

    def _next_place(self, fragment: str, before: str) -> int:
        if not fragment:
            return -1
        start = self._found.get(fragment, 0)
        place = self.source.find(fragment, start)
        candidate = place
        while before and candidate > 0 and self.source[candidate - 1] not in before:
            candidate = self.source.find(fragment, candidate + 1)
        if candidate >= 0:
            return candidate
        return place if place >= 0 else self.source.find(fragment)
