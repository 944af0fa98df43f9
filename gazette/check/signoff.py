"""Family signoff: three reviews before publication (三审三校), and dates that stay what they were."""

import hashlib
import re
from collections.abc import Iterator

from gazette.check.family import Hits, SiteFamily, TextFamily
from gazette.check.lists import Lists
from gazette.check.manuscript import Manuscript
from gazette.check.moved_dates import MovedDate, moved_dates
from gazette.check.rule import Finding, Rule
from gazette.check.survey import Survey
from gazette.config.front_matter import SignOff
from gazette.config.gate import ReviewSettings
from gazette.messages.message import Message, _
from gazette.reading.dates import read_date
from gazette.reading.defaults import covers
from gazette.reading.scan import FILE_PREFIX

_SOURCE = "三审三校制度；《政府网站发展指引》（国办发〔2017〕47号）：信息发布审核"
_HEAD = "---\ntitle: 甲\ndate: 2025-05-03\nsource: 甲\n"
_FIRST = "- {stage: 初审, by: 甲一, at: 2025-05-01 09:00}\n"
_SECOND = "- {stage: 复审, by: 乙二, at: 2025-05-01 10:00}\n"
_THIRD = "- {stage: 终审, by: 丙三, at: 2025-05-01 11:00}\n"
_ALL = _HEAD + "review:\n" + _FIRST + _SECOND + _THIRD

INCOMPLETE = Rule(
    id="signoff-incomplete",
    family="signoff",
    severity="error",
    source=_SOURCE,
    message=Message(
        _("Signed off by {found}; missing: {missing}."), _("To sign off: gazette sign FILE")
    ),
    explanation=_(
        "Every stage of `gate.review.stages` has signed off, where `gate.review.required` asks for it or where one stage"
        " has; with a name each. Drafts may wait."
    ),
    bad=(
        _HEAD + "review:\n" + _FIRST + "---\n正文。",
        _HEAD + "review:\n" + _FIRST + _SECOND + "- {stage: 终审, by: ''}\n---\n正文。",
    ),
    good=(
        _ALL + "---\n正文。",
        _HEAD + "---\n正文。",
        _HEAD + "draft: true\nreview:\n" + _FIRST + "---\n正文。",
    ),
)
ORDER = Rule(
    id="signoff-order",
    family="signoff",
    severity="error",
    source=_SOURCE,
    message=Message(
        _("“{found}” stands or was signed before {before}."), _("Sign off in the order {stages}.")
    ),
    explanation=_("The stages follow one another, in the list and in time."),
    bad=(
        _HEAD + "review:\n" + _SECOND + _FIRST + _THIRD + "---\n正文。",
        _HEAD
        + "review:\n"
        + _FIRST
        + _SECOND
        + "- {stage: 终审, by: 丙三, at: 2025-04-30}\n---\n正文。",
    ),
    good=(_ALL + "---\n正文。",),
)
TWICE = Rule(
    id="signoff-twice",
    family="signoff",
    severity="error",
    source=_SOURCE,
    message=Message(
        _("{found} has signed off two stages."), _("Another person must review each stage.")
    ),
    explanation=_("No reviewer signs two stages of one article."),
    bad=(_HEAD + "review:\n" + _FIRST + _SECOND + _THIRD.replace("丙三", "甲 一") + "---\n正文。",),
    good=(_ALL + "---\n正文。",),
)
CHANGED = Rule(
    id="signoff-changed",
    family="signoff",
    severity="error",
    source=_SOURCE,
    message=Message(
        _("The text has changed since “{found}” was signed."),
        _("Have it reviewed again: remove the entry and sign anew."),
    ),
    explanation=_(
        "`gazette sign` writes a digest of the text; whatever changes in title, text or pictures' names after the last"
        " sign-off needs a new one. What only tells where and whether the article is shown may change."
    ),
    bad=(
        _HEAD
        + "review:\n"
        + _FIRST
        + _SECOND
        + "- {stage: 终审, by: 丙三, at: 2025-05-01 11:00, digest: 0123456789abcdef0123456789abcdef}\n---\n正文。",
    ),
    good=(_ALL + "---\n正文。",),
)
MOVED = Rule(
    id="signoff-date-moved",
    family="signoff",
    severity="error",
    source="《政府网站与政务新媒体检查指标》（国办秘函〔2019〕19号）：单项否决，虚假伪造发布日期",
    message=Message(
        _("The commit {commit} of {day} moved the date from {before} to {found}."),
        _("Put the first date back; name the day of a change in updated:."),
    ),
    explanation=_(
        "A `date` that a later git commit changed by a day or more: a forged publish date fails the whole site. Exempt are"
        " the commit that brought the file, drafts, and commits that change the dates of 20 files or more (imports)."
    ),
    bad=(),
    good=(),
)
RULES = (INCOMPLETE, ORDER, TWICE, CHANGED, MOVED)

_ALIKE = {
    "一审": "初审", "二审": "复审", "三审": "终审", "一校": "初校", "二校": "复校", "三校": "终校",
}  # fmt: skip
_MAY_CHANGE = (
    "review draft published pinned weight adopted allow expires aliases redirect_from updated"
)
_FREE = frozenset(_MAY_CHANGE.split())
"""Keys that may change after the last review: they say whether, where and how long, not what."""
_FENCE = re.compile(r"(?:-{3}|\.{3})[ \t]*$")
_KEY = re.compile(r"([^\W\d][\w-]*)[ \t]*[:：]")


def find(manuscript: Manuscript, lists: Lists, _hits: Hits) -> Iterator[Finding]:
    """What is wrong with the sign-offs of one article."""
    review, settings = manuscript.document.review, lists.settings.review
    if not review and not _is_required(manuscript, settings):
        return
    done = [stage_of(entry.stage) for entry in review if entry.by.strip()]
    missing = [stage for stage in settings.stages if stage_of(stage) not in done]
    if missing and not manuscript.document.draft:
        found = "、".join(entry.stage for entry in review if entry.by.strip()) or "—"
        yield manuscript.at_key(INCOMPLETE, "review", found, missing="、".join(missing))
    yield from _order(manuscript, settings, lists.site.timezone)
    yield from _persons(manuscript)
    signed = [entry for entry in review if entry.digest]
    if signed and signed[-1].digest != text_digest(manuscript.text, manuscript.body):
        yield manuscript.at_key(CHANGED, "review", signed[-1].stage)


def stage_of(name: str) -> str:
    """The stage that a name means: 一审 is 初审."""
    return _ALIKE.get(name.strip(), name.strip())


def _is_required(manuscript: Manuscript, settings: ReviewSettings) -> bool:
    document = manuscript.document
    if document.kind != "article" or document.draft:
        return False
    if settings.since and manuscript.day < settings.since:
        return False
    return any(covers(pattern, document.path) for pattern in settings.required)


def _order(manuscript: Manuscript, settings: ReviewSettings, zone: str) -> Iterator[Finding]:
    stages = [stage_of(stage) for stage in settings.stages]
    before: SignOff | None = None
    for entry in manuscript.document.review:
        if stage_of(entry.stage) not in stages:
            continue
        if before is not None and _is_before(entry, before, stages, zone):
            given = {"before": before.stage, "stages": "、".join(settings.stages)}
            yield manuscript.at_key(ORDER, "review", entry.stage, **given)
            return
        before = entry


def _is_before(entry: SignOff, before: SignOff, stages: list[str], zone: str) -> bool:
    if stages.index(stage_of(entry.stage)) < stages.index(stage_of(before.stage)):
        return True
    here, there = read_date(entry.at, zone), read_date(before.at, zone)
    if here is None or there is None:
        return False
    if here.moment.day_only or there.moment.day_only:
        return here.moment.day < there.moment.day
    return here.moment.timestamp < there.moment.timestamp


def _persons(manuscript: Manuscript) -> Iterator[Finding]:
    seen: dict[str, str] = {}
    for entry in manuscript.document.review:
        name = "".join(entry.by.split())
        if name and seen.setdefault(name, stage_of(entry.stage)) != stage_of(entry.stage):
            yield manuscript.at_key(TWICE, "review", name)
            return


def text_digest(text: str, body: int) -> str:
    """What stands for all that reviewers have read; `body` is the offset at which the body begins.

    Left out are the keys in `_FREE`, and white space at the ends of lines and of the text.
    """
    head = text[:body].split("\n")
    free = {number for key in _FREE for number in key_lines(head, key)}
    lines = [line.rstrip() for number, line in enumerate(head) if number not in free]
    lines += [line.rstrip() for line in text[body:].split("\n")]
    return hashlib.sha256("\n".join(lines).strip().encode("utf-8")).hexdigest()[:32]


def key_lines(head: list[str], key: str) -> list[int]:
    """The lines of the front matter that a key and its value take up, as positions in `head`."""
    found: list[int] = []
    for number, line in enumerate(head):
        match = _KEY.match(line)
        if match and match[1] == key:
            found.append(number)
        elif found:
            if match or _FENCE.match(line):
                break
            found.append(number)
    return found


FAMILY = TextFamily("signoff", (INCOMPLETE, ORDER, TWICE, CHANGED), find)


def find_in_site(survey: Survey) -> Iterator[tuple[str, Finding]]:
    """Dates that a commit moved."""
    documents = {FILE_PREFIX + document.path: document for document in survey.documents}
    for moved in moved_dates(survey.root, survey.lists.site.timezone):
        document = documents.get(moved.file)
        if document is not None and document.date is not None and not document.draft:
            yield moved.file, _finding(moved, document.lines.get("date"))


def _finding(moved: MovedDate, line: int | None) -> Finding:
    given = {"before": moved.before, "commit": moved.commit, "day": moved.day}
    return Finding(MOVED.id, line, 1 if line else None, moved.after, moved.before, "", given)


SITE_FAMILY = SiteFamily("signoff", (MOVED,), find_in_site)
