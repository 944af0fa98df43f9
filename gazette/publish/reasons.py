"""Why files are made anew, as far as it can be told at no cost.

A fingerprint says only *that* something changed. So the ledger keeps, besides, the digests of the few
things that many pages share: each template, and what stands on every page. Where one of these changed
it is named as the reason; else the page's own content is.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

from gazette.ledger import Ledger
from gazette.pages.context import Route
from gazette.pages.hosts.facts import TEXT_ENDINGS
from gazette.publish.reason import Reason
from gazette.publish.stage import Output

SHARED = "shared"
COMPRESSION = "compression"


def template_part(name: str) -> str:
    """The name under which the ledger keeps a template's digest."""
    return f"template {name}"


def reasons_of(
    changed: Sequence[Output], ledger: Ledger, parts: Mapping[str, bytes]
) -> dict[Reason, int]:
    """How many of the files to make have which reason; the most frequent first."""
    return dict(Counter(_reason(output, ledger, parts) for output in changed).most_common())


def _reason(output: Output, ledger: Ledger, parts: Mapping[str, bytes]) -> Reason:
    if not ledger.pages:
        return Reason("anew")
    record = ledger.pages.get(output.path)
    if record is None:
        return Reason("new")
    if record.fingerprint == output.fingerprint:
        return Reason("altered")
    recompressed = ledger.parts.get(COMPRESSION) != parts.get(COMPRESSION)
    if recompressed and output.path.endswith(TEXT_ENDINGS):
        return Reason("compression")
    if not isinstance(output.make, Route):
        return Reason("file")
    if ledger.parts.get(SHARED) != parts[SHARED]:
        return Reason("shared")
    template = template_part(output.make.template)
    if ledger.parts.get(template) != parts.get(template):
        return Reason("template", output.make.template)
    return Reason("content")
