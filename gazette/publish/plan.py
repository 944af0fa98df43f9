"""Which files a build must make: those whose fingerprint changed, or that are not as they were left."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from gazette.digests import combine, digest_bytes, digest_of
from gazette.ledger import Ledger, PageRecord
from gazette.pages.context import Route
from gazette.pages.render import Rendering
from gazette.pages.site_pages import SitePages
from gazette.pages.templates import read_translations, template_digests
from gazette.pages.theme import Theme
from gazette.pages.views import view_digest
from gazette.parallel import Workers, parallel_map
from gazette.problems import Problem, SiteError, error
from gazette.publish.stage import Copy, Output
from gazette.publish.state import State
from gazette.reading.scan import Source

_FILES_A_CHUNK = 100


class Plan(msgspec.Struct, frozen=True):
    """What there is to do."""

    outputs: list[Output]
    """All files of the site."""
    changed: list[Output]
    """Those to make."""
    kept: dict[str, PageRecord]
    """Those that stay as they are."""
    rendering: Rendering
    problems: tuple[Problem, ...]


def make_plan(
    pages: SitePages, theme: Theme, ledger: Ledger, state: State, workers: Workers
) -> Plan:
    """Compare each file's fingerprint with the ledger's."""
    problems: list[Problem] = []
    outputs = list(_rendered(pages, theme, ledger, problems))
    outputs += _copies(pages, state.root, ledger, workers, problems)
    changed, kept = [], {}
    for output in outputs:
        record = ledger.pages.get(output.path)
        if record and record.fingerprint == output.fingerprint and _as_left(state, output, record):
            kept[output.path] = record
        else:
            changed.append(output)
    translations = ledger.memo(
        "translations",
        combine([theme.digest, digest_of(pages.routes[0].view.common.site.language)]),
        dict[str, str],
        lambda: read_translations(theme, pages.routes[0].view.common.site.language),
    )
    rendering = Rendering(theme, translations, ledger.folder, ledger.blobs, pages.links.resolved)
    return Plan(outputs, changed, kept, rendering, tuple(problems))


def _as_left(state: State, output: Output, record: PageRecord) -> bool:
    try:
        stat = os.lstat(os.path.join(state.output, output.path))
    except OSError:
        return False
    return stat.st_size == record.size and stat.st_mtime_ns == record.mtime_ns


def _rendered(
    pages: SitePages, theme: Theme, ledger: Ledger, problems: list[Problem]
) -> Iterator[Output]:
    templates = _template_digests(theme, ledger, problems)
    links = {path: digest_of(resolved) for path, resolved in pages.links.resolved.items()}
    none = digest_of(())
    for route in pages.routes:
        template = templates.get(route.template)
        if template is None:
            problems.append(_no_template(route))
            continue
        parts = [template, view_digest(route.view)]
        for path, key in route.bodies:
            parts += (key, links.get(path, none))
        yield Output(combine(parts), route)


def _no_template(route: Route) -> Problem:
    return error("template-missing", file="theme.yaml", template=route.template, page=route.path)


def _template_digests(theme: Theme, ledger: Ledger, problems: list[Problem]) -> dict[str, bytes]:
    """Of each template with all that it depends on, translations included."""

    def compute() -> dict[str, bytes]:
        digests, faults = template_digests(theme)
        if faults:
            raise SiteError(faults)
        return digests

    everything = combine([theme.digest, digest_of(sorted(theme.templates))])
    try:
        digests = ledger.memo("templates", everything, dict[str, bytes], compute)
    except SiteError as fault:
        problems.extend(fault.problems)
        return dict.fromkeys(theme.templates, b"\x00" * 16)
    texts = [theme.digests[path] for paths in theme.locales.values() for path in paths]
    return {name: combine([digest, *texts]) for name, digest in digests.items()}


def _copies(
    pages: SitePages, root: Path, ledger: Ledger, workers: Workers, problems: list[Problem]
) -> Iterator[Output]:
    for asset in pages.assets.values():
        copy = Copy(asset.path, "theme", data=asset.data)
        yield Output(combine([digest_bytes(asset.data), b"asset".ljust(16)]), copy)
    content = root / "content"
    unknown = []
    for _, source in pages.files:
        signature = msgspec.structs.astuple(source.signature)
        if ledger.file_digest(source.path, signature) is None:
            unknown.append(source)
    hashed = parallel_map(hash_part, content, unknown, workers, _FILES_A_CHUNK)
    for source, digest in zip(unknown, hashed, strict=True):
        if isinstance(digest, Problem):
            problems.append(digest)
        else:
            ledger.remember_file(source.path, msgspec.structs.astuple(source.signature), digest)
    for path, source in pages.files:
        record = ledger.files.get(source.path)
        if record:
            copy = Copy(path, f"content/{source.path}", file=content / source.path)
            yield Output(combine([record.digest, b"copy".ljust(16)]), copy)


def hash_part(content: Path, part: Sequence[Source]) -> list[bytes | Problem]:
    """The digests of some files' bytes."""
    found: list[bytes | Problem] = []
    for source in part:
        try:
            found.append(digest_bytes((content / source.path).read_bytes()))
        except OSError as fault:
            reason = fault.strerror or str(fault)
            found.append(error("file-unreadable", file=f"content/{source.path}", reason=reason))
    return found
