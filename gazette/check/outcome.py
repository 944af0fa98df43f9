"""What examining one document gives."""

import msgspec

from gazette.check.excuses import Excuse
from gazette.check.rule import Finding


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
