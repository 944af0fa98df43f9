"""Rendering and copying into the stage: the second parallel step."""

import shutil
from collections.abc import Sequence
from pathlib import Path

import msgspec

from gazette.ledger import PageRecord
from gazette.media.svg import SvgError, clean_svg
from gazette.pages.context import Route
from gazette.pages.render import Renderer, RenderError, Rendering
from gazette.parallel import PerProcess
from gazette.problems import Problem, error


class Copy(msgspec.Struct, frozen=True):
    """A file that is published as it is, or made from bytes at hand."""

    path: str
    """Output path."""
    source: str
    """The file or setting that it comes from, for messages."""
    file: Path | None = None
    data: bytes | None = None


class Output(msgspec.Struct, frozen=True):
    """One file of the site and what stands for all that it depends on."""

    fingerprint: bytes
    make: Route | Copy

    @property
    def path(self) -> str:
        """Output path."""
        return self.make.path

    def __str__(self) -> str:
        return self.make.path


class Staging(msgspec.Struct, frozen=True):
    """What workers are given to stage."""

    rendering: Rendering
    stage: Path
    output: Path


class Staged(msgspec.Struct, frozen=True):
    """How one file came out: its record, or why it could not be made."""

    path: str
    record: PageRecord | None
    is_new: bool = False
    """Whether it differs from the file in the output folder, and so waits in the stage."""
    problem: Problem | None = None


renderer = PerProcess(Renderer)
"""The renderer of this process: its templates are compiled once."""


def stage_part(staging: Staging, part: Sequence[Output]) -> list[Staged]:
    """Make some files; a rendered page is written where it was rendered and never travels."""
    return [_stage(staging, output) for output in part]


def _stage(staging: Staging, output: Output) -> Staged:
    make = output.make
    try:
        data = _bytes(staging, make)
    except RenderError as fault:
        return Staged(output.path, None, problem=fault.problem)
    except SvgError as fault:
        problem = error("svg-invalid", file=make.source, reason=fault)
        return Staged(output.path, None, problem=problem)
    except OSError as fault:
        if not isinstance(make, Copy):
            raise
        reason = fault.strerror or str(fault)
        return Staged(
            output.path, None, problem=error("file-unreadable", file=make.source, reason=reason)
        )
    if data is None and isinstance(make, Copy) and make.file:
        return _copied(staging, output, make.file)
    return _written(staging, output, data or b"")


def _bytes(staging: Staging, make: Route | Copy) -> bytes | None:
    """The file's bytes; None for a file that is copied without looking at it."""
    if isinstance(make, Route):
        return renderer.of(staging.rendering).render(make)
    if make.data is not None or make.file is None:
        return make.data
    if make.path.lower().endswith(".svg"):
        return clean_svg(make.file.read_bytes())
    return None


def _written(staging: Staging, output: Output, data: bytes) -> Staged:
    published = staging.output / output.path
    try:
        stat = published.lstat()
        if stat.st_size == len(data) and published.is_file() and published.read_bytes() == data:
            record = PageRecord(output.fingerprint, stat.st_size, stat.st_mtime_ns)
            return Staged(output.path, record)
    except OSError:
        pass  # there is no such file yet
    target = staging.stage / output.path
    try:
        target.write_bytes(data)
    except FileNotFoundError:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    stat = target.stat()
    return Staged(output.path, PageRecord(output.fingerprint, stat.st_size, stat.st_mtime_ns), True)


def _copied(staging: Staging, output: Output, file: Path) -> Staged:
    target = staging.stage / output.path
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(file, target)
    stat = target.stat()
    return Staged(output.path, PageRecord(output.fingerprint, stat.st_size, stat.st_mtime_ns), True)
