"""Which files a build must make: those whose fingerprint changed, or that are not as they were left."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, overload

import msgspec

from gazette.digests import combine, digest_bytes, digest_file, digest_of
from gazette.ledger import Ledger, PageRecord
from gazette.pages.context import Route
from gazette.pages.site_pages import SitePages
from gazette.pages.theme import Theme
from gazette.parallel import Workers, parallel_map
from gazette.problems import Problem, SiteError, error
from gazette.publish.reason import Reason
from gazette.publish.reasons import COMPRESSION, SHARED, reasons_of, template_part
from gazette.publish.stage import Copy, Output
from gazette.publish.state import State
from gazette.publish.twins import has_twins
from gazette.publish.unchanged import all_as_left, is_as_left, twins_of
from gazette.reading.scan import Source

if TYPE_CHECKING:
    from gazette.pages.render import Rendering

_FILES_A_CHUNK = 100
_UNKNOWN = bytes(16)
"""Stands for what could not be digested; the build is refused."""


class Plan(msgspec.Struct, frozen=True):
    """What there is to do."""

    outputs: list[Output]
    """All files of the site."""
    changed: list[Output]
    """Those to make."""
    kept: dict[str, PageRecord]
    """Those that stay as they are."""
    translations: dict[str, str]
    """The theme's texts in the site's language."""
    parts: dict[str, bytes]
    """For the ledger: the digests of what many pages share."""
    reasons: dict[Reason, int]
    """Why those to make are made; how many each."""
    problems: tuple[Problem, ...]

    @property
    def drawn(self) -> "Drawn":
        """The files to make, as other processes can be given them."""
        return Drawn(self.changed)


class Drawn(Sequence[Output]):
    """Outputs whose views are made when they are asked for: while others are rendered already."""

    def __init__(self, outputs: Sequence[Output]) -> None:
        self._outputs = outputs

    def __len__(self) -> int:
        return len(self._outputs)

    @overload
    def __getitem__(self, index: int) -> Output: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Output]: ...
    def __getitem__(self, index: int | slice) -> Output | Sequence[Output]:
        if isinstance(index, slice):
            return [_drawn(output) for output in self._outputs[index]]
        return _drawn(self._outputs[index])


def _drawn(output: Output) -> Output:
    make = output.make
    return Output(output.fingerprint, make.drawn()) if isinstance(make, Route) else output


def make_plan(
    pages: SitePages, theme: Theme, ledger: Ledger, state: State, workers: Workers
) -> Plan:
    """Compare each file's fingerprint with the ledger's."""
    problems: list[Problem] = []
    templates = _template_digests(theme, ledger, problems)
    outputs = list(_rendered(pages, theme, templates, problems))
    outputs += _assets(pages)
    outputs += _host_files(pages)
    outputs += [Output(file.fingerprint, file) for file in pages.pictures]
    outputs += _copies(pages, state.root, ledger, workers, problems)
    changed, kept, top = [], {}, f"{state.output}/"
    for output in outputs:
        path = output.make.path
        record = ledger.pages.get(path)
        if (
            record
            and record.fingerprint == output.fingerprint
            and is_as_left(top + path, record.size, record.mtime_ns)
            and (not record.twins or all_as_left(state.output, twins_of(record)))
        ):
            kept[path] = record
        else:
            changed.append(output)
    parts = {template_part(name): digest for name, digest in templates.items()}
    if pages.encodings:
        parts[COMPRESSION] = digest_of(pages.encodings)
    parts[SHARED] = pages.routes[0].view.common.digest
    return Plan(
        outputs=outputs,
        changed=changed,
        kept=kept,
        translations=_translations(pages, theme, ledger),
        parts=parts,
        reasons=reasons_of(changed, ledger, parts),
        problems=tuple(problems),
    )


def rendering_of(plan: Plan, pages: SitePages, theme: Theme, ledger: Ledger) -> "Rendering":
    """What rendering needs besides the routes."""
    from gazette.pages.render import Rendering  # Jinja: only where something is rendered

    links = pages.links
    return Rendering(
        theme, plan.translations, ledger.folder, ledger.blobs, links.resolved, links.pictures
    )


def _translations(pages: SitePages, theme: Theme, ledger: Ledger) -> dict[str, str]:
    language = pages.routes[0].view.common.site.language

    def compute() -> dict[str, str]:
        from gazette.pages.translations import read_translations  # Jinja and Babel

        return read_translations(theme, language)

    key = combine([theme.digest, digest_of([language, sorted(theme.locales)])])
    return ledger.memo("translations", key, dict[str, str], compute)


def _rendered(
    pages: SitePages, theme: Theme, templates: dict[str, bytes], problems: list[Problem]
) -> Iterator[Output]:
    links = {path: digest_of(resolved) for path, resolved in pages.links.resolved.items()}
    for path, pictures in pages.links.pictures.items():
        links[path] = combine([links[path], digest_of([*pictures.items()])])
    none = digest_of(())
    common = pages.routes[0].view.common.digest
    if pages.encodings:  # into the few templates' digests, not into every page's
        compression = digest_of(pages.encodings)
        templates = {name: combine([d, compression]) for name, d in templates.items()}
    missing: set[str] = set()
    for route in pages.routes:
        template = templates.get(route.template)
        if template is None:
            if route.template not in missing:
                missing.add(route.template)
                problems.append(_missing(theme, route))
            continue
        parts = [template, *route.digests(common)]
        for path, key in route.bodies:
            parts += (key, links.get(path, none))
        yield Output(combine(parts), route)


def _missing(theme: Theme, route: Route) -> Problem:
    place = f"themes/{theme.name}/templates/{route.template}"
    return error("template-missing", file=place, template=route.template, page=route.path)


def _template_digests(theme: Theme, ledger: Ledger, problems: list[Problem]) -> dict[str, bytes]:
    """Of each template with all that it depends on, translations included."""

    def compute() -> dict[str, bytes]:
        from gazette.pages.templates import template_digests  # Jinja: only if a template changed

        digests, faults = template_digests(theme)
        if faults:
            raise SiteError(faults)
        return digests

    everything = combine([theme.digest, digest_of(sorted(theme.templates))])
    try:
        digests = ledger.memo("templates", everything, dict[str, bytes], compute)
    except SiteError as fault:
        problems.extend(fault.problems)
        return dict.fromkeys(theme.templates, _UNKNOWN)
    texts = [theme.digests[path] for paths in theme.locales.values() for path in paths]
    return {name: combine([digest, *texts]) for name, digest in digests.items()}


def _assets(pages: SitePages) -> Iterator[Output]:
    for asset in pages.assets.values():
        digest = digest_bytes(asset.data)
        copy = Copy(asset.path, "theme", digest, data=asset.data)
        yield Output(combine([digest, _label("asset", asset.path, pages)]), copy)


def _host_files(pages: SitePages) -> Iterator[Output]:
    for _, file in pages.host_files:
        digest = digest_bytes(file.data)
        copy = Copy(file.path, "hosts.files", digest, data=file.data)
        yield Output(combine([digest, _label("host", file.path, pages)]), copy)


def _label(kind: str, path: str, pages: SitePages) -> bytes:
    """What a file is made by, as a part of its fingerprint."""
    if has_twins(path, pages.encodings):
        return digest_of([kind, pages.encodings])
    return kind.encode().ljust(16)


def _copies(
    pages: SitePages, root: Path, ledger: Ledger, workers: Workers, problems: list[Problem]
) -> Iterator[Output]:
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
            copy = Copy(path, f"content/{source.path}", record.digest, content / source.path)
            yield Output(combine([record.digest, _label("copy", path, pages)]), copy)


def hash_part(content: Path, part: Sequence[Source]) -> list[bytes | Problem]:
    """The digests of some files' bytes."""
    found: list[bytes | Problem] = []
    for source in part:
        try:
            found.append(digest_file(content / source.path))
        except OSError as fault:
            reason = fault.strerror or str(fault)
            found.append(error("file-unreadable", file=f"content/{source.path}", reason=reason))
    return found
