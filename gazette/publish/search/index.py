"""The search index of one build: planned, made beside the pages, published with them.

A part is indexed when its fingerprint changed or a file of it is missing. If that fails, the part's old
index stays: what it finds is a little old, but it finds it.
"""

import filecmp
import json
import shutil
from collections.abc import Sequence
from pathlib import Path

import msgspec

from gazette.digests import digest_file
from gazette.ledger import Ledger, SearchRecord
from gazette.pages.search import INDEX_FOLDER, PARTS_FILE
from gazette.parallel import Workers
from gazette.problems import Problem
from gazette.publish.search.corpus import PAGES, Corpus, Part, write_corpus
from gazette.publish.search.program import Job, Runs
from gazette.publish.state import State
from gazette.publish.unchanged import all_there

_ENTRY = "pagefind-entry.json"
_KEPT = ("fragment", "index", "filter", _ENTRY)
_PROGRAM = ("pagefind.js", "wasm.unknown.pagefind")
"""What the browser runs; the first part holds it."""
_META = ".pf_meta"


class Indexed(msgspec.Struct, frozen=True):
    """What a build's search index came to."""

    records: dict[str, SearchRecord] = {}
    """For the ledger."""
    paths: frozenset[str] = frozenset()
    """Output paths of the whole index."""
    renames: tuple[str, ...] = ()
    """Those that wait in the stage."""
    parts: tuple[str, ...] = ()
    """The parts that were made anew."""
    problems: tuple[Problem, ...] = ()

    @classmethod
    def kept(cls, ledger: Ledger) -> "Indexed":
        """The index as it was."""
        paths = (path for record in ledger.search.values() for path in record.files)
        return cls(ledger.search, frozenset(paths))


class Index:
    """The search index while it is made; of a site without search it has no parts."""

    def __init__(self, state: State, ledger: Ledger, parts: Sequence[Part]) -> None:
        self._state = state
        self._ledger = ledger
        self._parts = parts
        self._old = ledger.search
        self.wanted = [part for part in parts if not self._stands(part)]
        """The parts to make."""
        self._digests: dict[str, bytes] = {}
        self._runs: Runs | None = None

    def _stands(self, part: Part) -> bool:
        old = self._old.get(part.name)
        return (
            old is not None
            and old.fingerprint == part.fingerprint
            and all_there(self._state.output, old.files)
        )

    def write(self, corpus: Corpus, workers: Workers) -> None:
        """Write the corpus of the parts to make."""
        shutil.rmtree(self._state.corpus, ignore_errors=True)  # of a build that was killed
        entries = {part.name: corpus.entries(part.name) for part in self.wanted}
        self._digests = write_corpus(self._state.corpus, entries, self._ledger, workers)

    def start(self, program: Path, at_once: int, timeout: int) -> None:
        """Begin to index what was written."""
        corpus = self._state.corpus
        jobs = [
            Job(
                part.name, corpus / part.name, self._staged(part.name),
                sum(1 for _ in (corpus / part.name).iterdir()),
            )
            for part in self.wanted
        ]  # fmt: skip
        for job in jobs:
            job.output.mkdir(parents=True)
        self._runs = Runs(program, jobs, at_once, timeout)
        self._runs.advance()

    def _staged(self, part: str) -> Path:
        return self._state.stage / INDEX_FOLDER / part

    def advance(self) -> None:
        """To be called now and then while the pages are made."""
        if self._runs:
            self._runs.advance()

    def close(self) -> None:
        """End the program's runs, and remove the corpus."""
        if self._runs:
            self._runs.close()
        if self.wanted:
            shutil.rmtree(self._state.corpus, ignore_errors=True)

    def finish(self) -> Indexed:
        """Wait for the program; what it made waits in the stage."""
        if self._runs:
            self._runs.finish()
        faults = self._runs.faults if self._runs else {}
        wanted = {part.name for part in self.wanted}
        records = {}
        for part in self._parts:
            old = self._old.get(part.name)
            if part.name in wanted and part.name not in faults:
                records[part.name] = self._record(part)
            elif old and (part.name not in wanted or all_there(self._state.output, old.files)):
                records[part.name] = old
        made = tuple(name for name in records if name in wanted and name not in faults)
        paths = {path for record in records.values() for path in record.files}
        if PARTS_FILE in paths:
            self._write_parts(records)
        new = {path for name in made for path in records[name].files} | {PARTS_FILE}
        renames = [path for path in sorted(new) if self._is_new(path)]
        return Indexed(records, frozenset(paths), tuple(renames), made, tuple(faults.values()))

    def _record(self, part: Part) -> SearchRecord:
        digest = self._digests[part.name]
        if self._runs is None:  # only the corpus is wanted
            return SearchRecord(part.fingerprint, digest, (), "")
        folder = self._staged(part.name)
        for path in [*folder.iterdir()]:
            kept = path.name in _KEPT or path.name.endswith(_META)
            if not kept and not (part.name == PAGES and path.name in _PROGRAM):
                path.unlink()
        stage = self._state.stage
        files = sorted(p.relative_to(stage).as_posix() for p in folder.rglob("*") if p.is_file())
        if part.name == PAGES:
            files.append(PARTS_FILE)
        tag = digest_file(folder / _ENTRY).hex()[:10]
        return SearchRecord(part.fingerprint, digest, tuple(files), tag)

    def _write_parts(self, records: dict[str, SearchRecord]) -> None:
        place = self._state.stage / PARTS_FILE
        place.parent.mkdir(parents=True, exist_ok=True)
        listed = [[name, record.tag] for name, record in records.items()]
        place.write_text(json.dumps(listed) + "\n", "utf-8")

    def _is_new(self, path: str) -> bool:
        """Whether what is staged differs from what is published; else it goes from the stage."""
        staged, place = self._state.stage / path, self._state.output / path
        if not staged.exists():
            return False
        same = place.is_file() and filecmp.cmp(staged, place, shallow=False)
        if same:
            staged.unlink()
        return not same
