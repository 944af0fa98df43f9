"""What examining one document gives."""

from collections.abc import Mapping

import msgspec

from gazette.check.rule import Finding


class Excuse(msgspec.Struct, frozen=True, array_like=True):
    """One excuse of an article."""

    name: str
    """A rule or a family."""
    reason: str
    line: int | None
    """Where it stands."""
    first: int
    last: int
    """The lines that it covers, and with `first` 0 also what has no line."""

    def covers(self, finding: Finding, families: Mapping[str, str]) -> bool:
        """Whether it excuses the finding; `families`: rule -> family."""
        named = self.name in (finding.rule, families[finding.rule])
        return named and self.first <= (finding.line or 0) <= self.last


class Fragment(msgspec.Struct, frozen=True, array_like=True):
    """A link to a part of a page of this site, `other.md#part`, and where it stands."""

    target: str
    line: int
    column: int


class Examined(msgspec.Struct, frozen=True, array_like=True):
    """What one document gave; its excuses are not applied yet, for other findings may need them."""

    findings: tuple[Finding, ...] = ()
    excuses: tuple[Excuse, ...] = ()
    fragments: tuple[Fragment, ...] = ()
