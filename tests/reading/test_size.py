"""A text that nobody can have written is none."""

from gazette.reading.document import LARGEST_MB
from tests.reading.reader import read

HEAD = "---\ntitle: 标题\ndate: 2025-05-03\n---\n\n"


def test_a_file_that_is_too_large_is_not_read() -> None:
    result = read(HEAD + "字" * (LARGEST_MB * 1_000_000 // 3 + 1))
    [problem] = result.problems
    assert (problem.code, problem.arguments["most"]) == ("text-large", str(LARGEST_MB))
    assert result.document is None and result.body is None
