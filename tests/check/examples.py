"""Texts as the gate sees them."""

from gazette.check.examine import Examiner
from gazette.check.lists import Lists
from gazette.check.manuscript import Manuscript
from gazette.check.outcome import Examined
from gazette.config.gate import GateSettings
from gazette.config.settings import MarkdownSettings, SiteSettings
from gazette.reading.document import ReadingContext, read_document

HEADER = "---\ntitle: 一篇示例稿件\ndate: 2025-05-03 09:30:00\nsource: 本站\n---\n\n"
CONTEXT = ReadingContext("Asia/Shanghai", MarkdownSettings(), ())
LISTS = Lists(GateSettings(), SiteSettings(title="测试站点"))


def manuscript(text: str, path: str = "articles/a.md") -> Manuscript:
    """A document; a text without front matter gets one."""
    whole = text if text.startswith("---") else HEADER + text
    document = read_document(path, whole.encode("utf-8"), CONTEXT).document
    assert document is not None
    return Manuscript(document, whole)


def examine(text: str, lists: Lists = LISTS) -> Examined:
    """What all families say of a text."""
    return Examiner(lists).examine(manuscript(text))
