"""Five real documents of the kind that portals publish; GAZETTE_SEEDS names the folder that holds them.

They are not part of the project. What is true of each was decided by reading it, and is listed here; whatever
else is found is a false finding.
"""

import json
import os
from collections import defaultdict
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from gazette.cli.program import run
from tests.conftest import CONFIG, Site

MakeSite = Callable[[Mapping[str, str]], Site]
Lines = dict[str, list[int | None]]
Expected = dict[str, list[int | None] | int]
"""The lines of each rule's findings, or only how many there are."""
FOLDER = Path(os.environ.get("GAZETTE_SEEDS", "") or "no folder")
HEAD = "---\ntitle: 样稿\ndate: 2025-03-01\nsource: 示例来源\n---\n"

# The text of captions was extracted twice from a magazine's pages, piece by piece, with its punctuation.
MAGAZINE: Expected = {
    "placeholders-doubled": [73, 75, 234, 236, 238, 240, 242],
    "typography-doubled": [73] * 5 + [75] + [234] * 4 + [236, 238] + [240] * 3 + [242],
}
# One credit stands in half-width brackets.
FEATURE: Expected = {"typography-half-width": [65]}
# Buttons and the line of date and source were copied with the text; it is written with half-width commas throughout.
MINISTRY: Expected = {"placeholders-page": [1, 8, 106], "typography-half-width": 42}
# A template: figures and names are masked; headings are typed, not marked; the office was renamed in 2018; two slips.
TEMPLATE: Expected = {
    "structure-heading": [2, 4, 6, 8, 10],
    "wording-old-name": [3, 12],
    "wording-error": [3, 5],
    "placeholders-figure": 37,
    "mask-literal": 7,
}
# The source stands in the text only; a link of the page it came from was copied.
POST: Expected = {
    "attribution-source": [None],
    "attribution-reprint": [18],
    "placeholders-page": [22],
}


def found(make_site: MakeSite, name: str, capsys: pytest.CaptureFixture[str], place: str) -> Lines:
    """The lines of each rule's findings, counted in the document itself."""
    text = next(FOLDER.glob(name)).read_text("utf-8")
    head = "" if text.startswith("---") else HEAD
    site = make_site({"config.yaml": CONFIG, place: head + text})
    run(["check", "--as-of", "2025-03-02", "--format", "json"], site.root)
    lines: defaultdict[str, list[int | None]] = defaultdict(list)
    for finding in json.loads(capsys.readouterr().out)["findings"]:
        if finding["file"] == place:
            line = finding["line"]
            lines[finding["rule"]].append(line and line - head.count("\n"))
    return {rule: sorted(found, key=lambda line: line or 0) for rule, found in lines.items()}


@pytest.mark.skipif(not FOLDER.is_dir(), reason="GAZETTE_SEEDS names no folder")
@pytest.mark.parametrize(
    ("name", "expected"),
    [("000_*", MAGAZINE), ("001_*", FEATURE), ("002_*", MINISTRY), ("003_*", TEMPLATE), ("004_*", POST)],
)  # fmt: skip
def test_what_is_found_is_true(
    make_site: MakeSite, capsys: pytest.CaptureFixture[str], name: str, expected: Expected
) -> None:
    place = "content/_posts/2022-01-17-post.md" if expected is POST else "content/articles/a.md"
    lines = found(make_site, name, capsys, place)
    told = {
        rule: len(at) if isinstance(expected.get(rule), int) else at for rule, at in lines.items()
    }
    assert told == expected
