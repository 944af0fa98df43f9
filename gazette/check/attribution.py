"""Family attribution: whose article it is, and whether readers are told."""

import re
from collections.abc import Iterable, Iterator

from gazette.check.family import Hits, SiteFamily, TextFamily
from gazette.check.lists import Lists
from gazette.check.manuscript import Manuscript, Segment
from gazette.check.rule import Finding, Rule
from gazette.check.survey import Survey
from gazette.messages.message import Message, _
from gazette.parallel import PerProcess
from gazette.reading.model import Document
from gazette.reading.scan import FILE_PREFIX
from gazette.site.terms import same

_SOURCE = "《政府网站发展指引》（国办发〔2017〕47号）：转载信息注明来源"

MISSING = Rule(
    id="attribution-source",
    family="attribution",
    severity="warning",
    source="《政府网站发展指引》（国办发〔2017〕47号）附件：网页标签 ContentSource",
    message=Message(
        _("The article names no source."),
        _("Add source: to its head, or a default for the folder."),
    ),
    explanation=_(
        "Every article shows where it comes from, and the page tag ContentSource is mandatory."
    ),
    bad=({"content/articles/a.md": "---\ntitle: 甲\ndate: 2025-05-03\n---\n正文。"},),
    good=(
        {"content/articles/a.md": "---\ntitle: 甲\ndate: 2025-05-03\nsource: 本站\n---\n正文。"},
    ),
)
REPRINT = Rule(
    id="attribution-reprint",
    family="attribution",
    severity="warning",
    source=_SOURCE,
    message=Message(
        _("The text says that it comes from elsewhere (“{found}”), but source: is empty."),
        _("Name the origin in source:, and its address in source_url:."),
    ),
    explanation=_(
        "Reprints whose origin stands in the text only, where lists, feeds and page tags miss it."
    ),
    bad=(
        "---\ntitle: 甲\ndate: 2025-05-03\n---\n正文。\n\n（转载自示例日报）",
        "---\ntitle: 甲\ndate: 2025-05-03\n---\n正文。\n\n来源：示例日报",
    ),
    good=(
        "---\ntitle: 甲\ndate: 2025-05-03\nsource: 示例日报\n---\n正文。\n\n（转载自示例日报）",
        "---\ntitle: 甲\ndate: 2025-05-03\n---\n不得擅自转载本站内容。",
        "---\ntitle: 甲\ndate: 2025-05-03\n---\n税收是财政收入的主要来源：这一点不会变。",
    ),
)
BUREAU = Rule(
    id="attribution-bureau",
    family="attribution",
    severity="warning",
    source="单位名录 content/bureaus.yaml",
    message=Message(
        _("“{found}” is no bureau of the site, and nearly the name of one."),
        _("Did you mean {suggestion}?"),
    ),
    explanation=_(
        "Names of bureaus with a character too many, too few or swapped, or with another one of the same sound."
        " Another place's bureau is not taken for a slip."
    ),
    bad=(
        {"content/articles/a.md": "国家税务总局乐山税务局开展宣讲。"},
        {"content/articles/a.md": "国家税务总局乐山市市税务局开展宣讲。"},
        {"content/articles/a.md": "国家税务总局勒山市税务局开展宣讲。"},
        {
            "content/articles/a.md": "---\ntitle: 甲\ndate: 2025-05-03\nsource: 国家税务总局乐山市税务\n---\n正文。"
        },
    ),
    good=(
        {"content/articles/a.md": "国家税务总局乐山市税务局开展宣讲。"},
        {"content/articles/a.md": "国家税务总局眉山市税务局开展宣讲。"},
        {
            "content/articles/a.md": "国家税务总局四川省税务局与国家税务总局乐山市税务局联合开展宣讲。"
        },
    ),
)
COPIED = Rule(
    id="attribution-title-copied",
    family="attribution",
    severity="warning",
    source="《政府网站与政务新媒体检查指标》（国办秘函〔2019〕19号）：内容更新",
    message=Message(
        _("{other} has the same title: “{found}”."),
        _("If both are one article, keep one and put the other's address into its `aliases`."),
    ),
    explanation=_(
        "Two articles with one title: the same news twice, or a title left from the copied file."
    ),
    bad=(
        {
            "content/articles/a.md": "---\ntitle: 同题\ndate: 2025-05-03\nsource: 甲\n---\n一。",
            "content/articles/b.md": "---\ntitle: 同题\ndate: 2025-05-04\nsource: 甲\n---\n二。",
        },
    ),
    good=(
        {
            "content/articles/a.md": "---\ntitle: 同题（一）\ndate: 2025-05-03\nsource: 甲\n---\n一。",
            "content/articles/b.md": "---\ntitle: 同题（二）\ndate: 2025-05-04\nsource: 甲\n---\n二。",
        },
    ),
)
RULES = (MISSING, REPRINT, BUREAU, COPIED)

_ORIGIN = re.compile(
    r"(?:转载自|(?<![不得擅自止])转载[：:]|摘自[《“]|(?:^|[（(【])(?:本文|稿件|文章|信息|内容|图片)?来源[：:]\s*(?=\S))"
    r"[^）)】。\n]{0,20}",
    re.MULTILINE,
)
_OFFICIAL = re.compile(
    r"国家税务总局(?!国家税务总局)[\u4e00-\u9fff]{2,14}?税务(?:局|(?![局系人干机部分所师工学文战事总稽]))"
)
_SHORTEST = 6


class _Known:
    """The names of the site's bureaus that are long enough to be told from slips."""

    def __init__(self, lists: Lists) -> None:
        self.names = frozenset(name for name, _slug in lists.bureaus if len(name) >= _SHORTEST)

    def close(self) -> None:
        """Nothing is open."""


_known = PerProcess(_Known)
"""This process's own."""


def find(manuscript: Manuscript, lists: Lists, hits: Hits) -> Iterator[Finding]:
    """Reprints without origin, and names that are nearly those of bureaus."""
    segments = manuscript.segments_at(place for place, _word in hits)
    if manuscript.document.kind == "article" and not manuscript.document.source:
        yield from _reprints(manuscript, segments)
    known = _known.of(lists).names
    for segment in segments if known else ():
        for match in _OFFICIAL.finditer(segment.text):
            yield from _near(manuscript, segment, match, known)


def _reprints(manuscript: Manuscript, segments: Iterable[Segment]) -> Iterator[Finding]:
    for segment in segments:
        match = _ORIGIN.search(segment.text) if segment.kind not in ("title", "field") else None
        if match:
            yield manuscript.finding(REPRINT, segment, match.start(), match.end())
            return


def _near(
    manuscript: Manuscript, segment: Segment, match: re.Match[str], known: frozenset[str]
) -> Iterator[Finding]:
    name = match[0]
    if name in known:
        return
    for right in sorted(known, key=lambda other: abs(len(other) - len(name))):
        if abs(len(right) - len(name)) <= 1 and _is_slip(name, right):
            yield manuscript.finding(BUREAU, segment, match.start(), match.end(), suggestion=right)
            return


def _is_slip(name: str, right: str) -> bool:
    """Whether `name` is `right` with one character added, left out, swapped, or replaced by its like."""
    head = next((i for i, (a, b) in enumerate(zip(name, right, strict=False)) if a != b), None)
    if head is None:
        return len(name) != len(right)
    if len(name) > len(right):
        return name[head + 1 :] == right[head:]
    if len(name) < len(right):
        return name[head:] == right[head + 1 :]
    if name[head + 1 :] == right[head + 1 :]:
        return _sound_alike(name[head], right[head])
    swapped = name[head + 1 : head + 2] + name[head : head + 1]
    return right[head : head + 2] == swapped and name[head + 2 :] == right[head + 2 :]


def _sound_alike(one: str, other: str) -> bool:
    from pypinyin import Style, pinyin  # slow to load, and seldom needed

    def sounds(char: str) -> set[str]:
        return set(pinyin(char, style=Style.NORMAL, heteronym=True)[0])

    return not sounds(one).isdisjoint(sounds(other))


FAMILY = TextFamily(
    "attribution", (REPRINT, BUREAU), find,
    words=lambda _lists: ("转载", "摘自", "来源：", "来源:", "国家税务总局"),
)  # fmt: skip


def find_in_site(survey: Survey) -> Iterator[tuple[str, Finding]]:
    """Articles without source, and titles that two have."""
    first: dict[str, Document] = {}
    articles = [document for document in survey.documents if document.kind == "article"]
    for document in sorted(articles, key=_age):
        file = FILE_PREFIX + document.path
        if not document.source:
            yield file, Finding(MISSING.id, document.lines.get("source"))
        other = first.setdefault(same(document.title), document)
        if other is not document:
            given = {"other": FILE_PREFIX + other.path}
            line = document.lines.get("title")
            yield (
                file,
                Finding(COPIED.id, line, 1 if line else None, document.title, arguments=given),
            )


def _age(document: Document) -> tuple[int, str]:
    return (document.date.timestamp if document.date else 0, document.path)


SITE_FAMILY = SiteFamily("attribution", (MISSING, COPIED), find_in_site)
