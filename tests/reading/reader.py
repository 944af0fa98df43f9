"""Reads one document for tests."""

from gazette.config.settings import Default, MarkdownSettings
from gazette.reading.document import ReadingContext, ReadResult, read_document
from gazette.reading.model import Document

DAY = "date: 2025-05-03"


def read(
    content: str | bytes,
    path: str = "articles/a.md",
    timezone: str = "Asia/Shanghai",
    defaults: tuple[Default, ...] = (),
) -> ReadResult:
    data = content if isinstance(content, bytes) else content.encode("utf-8")
    return read_document(path, data, ReadingContext(timezone, MarkdownSettings(), defaults))


def read_fields(*lines: str, path: str = "articles/a.md") -> ReadResult:
    """The document with these lines between the fences; the first of them is line 2 of the file."""
    return read("\n".join(["---", *lines, "---", "正文。", ""]), path)


def sound(result: ReadResult) -> Document:
    """The document, which must have come out."""
    assert result.document is not None, found(result)
    return result.document


def found(result: ReadResult) -> list[tuple[str, int | None]]:
    """Code and line of each problem."""
    return [(problem.code, problem.line) for problem in result.problems]
