"""Rendering and copying into the stage: the second parallel step."""

import os
import shutil
import stat
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import msgspec

from gazette.config.hosts import Encoding
from gazette.digests import digest_bytes, digest_file
from gazette.ledger import PageRecord, TwinRecord
from gazette.media.cache import Workshop
from gazette.media.published import PictureFaultError, PictureFile, bytes_of
from gazette.media.svg import SvgError, clean_svg
from gazette.pages.context import Route
from gazette.parallel import PerProcess
from gazette.problems import Problem, error
from gazette.publish.twins import LARGEST, has_twins, twins

if TYPE_CHECKING:
    from gazette.pages.render import Renderer, Rendering

_NEW = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)


class Copy(msgspec.Struct, frozen=True):
    """A file that is published as it is, or made from bytes at hand."""

    path: str
    """Output path."""
    source: str
    """The file or setting that it comes from, for messages."""
    digest: bytes
    """Of the file's bytes when the build was planned."""
    file: Path | None = None
    data: bytes = b""
    """The bytes, if they do not come from a file."""


class Output(msgspec.Struct, frozen=True):
    """One file of the site and what stands for all that it depends on."""

    fingerprint: bytes
    make: Route | Copy | PictureFile

    @property
    def path(self) -> str:
        """Output path."""
        return self.make.path


class Staging(msgspec.Struct, frozen=True):
    """What workers are given to stage."""

    rendering: "Rendering"
    stage: Path
    output: Path
    workshop: Workshop
    encodings: tuple[Encoding, ...] = ()


class Staged(msgspec.Struct, frozen=True):
    """How one file came out: its record, or why it could not be made."""

    path: str
    record: PageRecord | None = None
    waiting: tuple[str, ...] = ()
    """Output paths of the file and its twins, as far as they differ from those in the output folder: they
    wait in the stage."""
    problem: Problem | None = None


def _open_renderer(rendering: "Rendering") -> "Renderer":
    from gazette.pages.render import Renderer  # Jinja: only where something is rendered

    return Renderer(rendering)


renderer = PerProcess(_open_renderer)
"""The renderer of this process: its templates are compiled once."""


def stage_part(staging: Staging, part: Sequence[Output]) -> list[Staged]:
    """Make some files; a rendered page is written where it was rendered and never travels."""
    return [_stage(staging, output) for output in part]


def _stage(staging: Staging, output: Output) -> Staged:
    make = output.make
    if isinstance(make, Route):
        return _rendered(staging, output, make)
    if isinstance(make, PictureFile):
        return _pictured(staging, output, make)
    if make.file is None:
        return _written(staging, output, make.data)
    try:
        file = make.file.open("rb")
    except OSError as fault:
        reason = fault.strerror or str(fault)
        problem = error("file-unreadable", file=make.source, reason=reason)
        return Staged(output.path, problem=problem)
    with file:
        stage = _cleaned if output.path.lower().endswith(".svg") else _copied
        return stage(staging, output, make, file)


def _rendered(staging: Staging, output: Output, route: Route) -> Staged:
    from gazette.pages.render import RenderError

    try:
        data = renderer.of(staging.rendering).render(route)
    except RenderError as fault:
        return Staged(output.path, problem=fault.problem)
    return _written(staging, output, data)


def _pictured(staging: Staging, output: Output, wanted: PictureFile) -> Staged:
    try:
        data, is_planned = bytes_of(wanted, staging.workshop)
    except PictureFaultError as fault:
        code, reason = fault.args
        problem = error(code, file=wanted.source, picture=wanted.source, reason=reason)
        return Staged(output.path, problem=problem)
    except OSError as fault:
        reason = fault.strerror or str(fault)
        return Staged(
            output.path, problem=error("file-unreadable", file=wanted.source, reason=reason)
        )
    return _written(staging, output if is_planned else Output(b"", wanted), data)


def _cleaned(staging: Staging, output: Output, copy: Copy, file: BinaryIO) -> Staged:
    data = file.read()
    try:
        clean = clean_svg(data)
    except SvgError as fault:
        return Staged(output.path, problem=error("svg-invalid", file=copy.source, reason=fault))
    return _written(staging, _as_read(output, copy, digest_bytes(data)), clean)


def _copied(staging: Staging, output: Output, copy: Copy, file: BinaryIO) -> Staged:
    place, target = staging.output / output.path, staging.stage / output.path
    size = os.fstat(file.fileno()).st_size
    if has_twins(output.path, staging.encodings) and size <= LARGEST:
        data = file.read()
        return _written(staging, _as_read(output, copy, digest_bytes(data)), data)
    if _may_be(place, size) and digest_file(place) == copy.digest:
        return _left(output, place)
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as new:
        shutil.copyfileobj(file, new, 1 << 20)
    return _new(_as_read(output, copy, digest_file(target)), target)


def _as_read(output: Output, copy: Copy, digest: bytes) -> Output:
    """The output; with a fingerprint that no plan finds again if the file changed since the plan."""
    return output if digest == copy.digest else Output(b"", output.make)


def _written(staging: Staging, output: Output, data: bytes) -> Staged:
    """The file and its twins, as far as they are not as they should be in the output folder."""
    file, is_new = _put(staging, output.path, data)
    waiting = [output.path] if is_new else []
    beside = []
    rendered = isinstance(output.make, Route)
    for path, packed in twins(output.path, data, staging.encodings, rendered=rendered):
        twin, is_new = _put(staging, path, packed)
        beside.append(TwinRecord(path, twin.st_size, twin.st_mtime_ns))
        waiting += [path] if is_new else []
    record = PageRecord(output.fingerprint, file.st_size, file.st_mtime_ns, tuple(beside))
    return Staged(output.path, record, tuple(waiting))


def _put(staging: Staging, path: str, data: bytes) -> tuple[os.stat_result, bool]:
    """The state of the file that holds the data, and whether it is a new one in the stage."""
    # With pathlib and buffered files this takes twice as long, for every page of a cold build.
    place, target = f"{staging.output}/{path}", f"{staging.stage}/{path}"
    if _may_be(place, len(data)) and Path(place).read_bytes() == data:
        return os.lstat(place), False
    try:
        _write(target, data)
    except FileNotFoundError:
        Path(target).parent.mkdir(parents=True, exist_ok=True)
        _write(target, data)
    return os.stat(target), True  # noqa: PTH116


def _write(target: str, data: bytes) -> None:
    file = os.open(target, _NEW, 0o666)
    try:
        rest = memoryview(data)
        while rest:  # a disk that fills up takes a part of it before it refuses
            rest = rest[os.write(file, rest) :]
    finally:
        os.close(file)


def _may_be(place: str | Path, size: int) -> bool:
    """Whether a file of this size lies there, so that it is worth comparing."""
    try:
        state = os.lstat(place)
    except OSError:
        return False
    return stat.S_ISREG(state.st_mode) and state.st_size == size


def _left(output: Output, place: Path) -> Staged:
    state = place.lstat()
    return Staged(output.path, PageRecord(output.fingerprint, state.st_size, state.st_mtime_ns))


def _new(output: Output, target: Path) -> Staged:
    state = target.stat()
    record = PageRecord(output.fingerprint, state.st_size, state.st_mtime_ns)
    return Staged(output.path, record, (output.path,))


def grouped(problems: Iterable[Problem]) -> list[Problem]:
    """The same fault on many pages said once, with the first page and how many more there are."""
    first: dict[tuple[object, ...], Problem] = {}
    more: Counter[tuple[object, ...]] = Counter()
    for problem in problems:
        others = {name: text for name, text in problem.arguments.items() if name != "page"}
        key = (problem.code, problem.file, problem.line, *others.items())
        if key in first:
            more[key] += 1
        else:
            first[key] = problem
    return [_with_count(problem, more[key]) for key, problem in first.items()]


def _with_count(problem: Problem, more: int) -> Problem:
    if not more or "page" not in problem.arguments:
        return problem
    page = f"{problem.arguments['page']} (+{more})"
    return msgspec.structs.replace(problem, arguments={**problem.arguments, "page": page})
