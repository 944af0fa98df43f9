"""Names of leaders against the site's dated list: name, title, order."""

import re
from collections.abc import Iterator, Sequence

from gazette.check.manuscript import Manuscript, Segment
from gazette.check.near_names import alike
from gazette.check.rule import Finding, Rule
from gazette.config.gate import Leader
from gazette.messages.message import Message, _

_SOURCE = (
    "本站领导名单 gate.wording.leaders；《政府网站与政务新媒体检查指标》：领导姓名、职务、排序差错"
)
_CONFIG = (
    "site: {title: 甲, url: 'https://www.example.com'}\ngate: {wording: {leaders: leaders.yaml}}\n"
)
_LIST = (
    "- {name: 示例甲, title: 党委书记、局长, order: 1, from: 2024-01-01}\n"
    "- {name: 示例乙, title: 党委委员、副局长, order: 2}\n"
)


def _site(text: str) -> dict[str, str]:
    return {"config.yaml": _CONFIG, "leaders.yaml": _LIST, "content/articles/a.md": text}


NAME = Rule(
    id="wording-leader-name",
    family="wording",
    severity="error",
    source=_SOURCE,
    message=Message(_("“{found}” is nearly a leader's name."), _("Did you mean {suggestion}?")),
    explanation=_(
        "Leaders' names behind their title with one character of like sound or shape wrong."
    ),
    bad=(_site("党委书记、局长示例钾出席会议。"),),
    good=(_site("党委书记、局长示例甲出席会议，示例钾公司参会。"),),
)
TITLE = Rule(
    id="wording-leader-title",
    family="wording",
    severity="error",
    source=_SOURCE,
    message=Message(
        _("{name} did not hold this office on the day of the article: {found}"),
        _("In the list of leaders: {suggestion}"),
    ),
    explanation=_(
        "Offices given to a leader that the dated list does not give on the article's day. 原, 时任 and 前 before"
        " the office excuse it."
    ),
    bad=(_site("党委书记、局长示例乙出席会议。"), _site("副局长示例甲出席会议。")),
    good=(
        _site("党委书记、局长示例甲出席会议。"),
        _site("时任副局长示例甲出席会议。"),
        _site("局长示例甲、副局长示例乙出席会议。"),
    ),
)
ORDER = Rule(
    id="wording-leader-order",
    family="wording",
    severity="warning",
    source=_SOURCE,
    message=Message(_("Leaders are not named in their order: {found}"), _("Order: {suggestion}")),
    explanation=_("Two or more leaders in one enumeration, against the order of the list."),
    bad=(_site("副局长示例乙、局长示例甲出席会议。"),),
    good=(_site("局长示例甲、副局长示例乙出席会议。示例乙、办公室人员参加。"),),
)
LEADER_RULES = (NAME, TITLE, ORDER)

_OFFICE = re.compile(
    r"(?:(?:党委|党组|纪委|常务|分管|机关)?(?:副?书记|委员|成员)|纪检组组?长|副?[局市县省区处科所队部院厅司州镇乡]长|副?主任|副?主席"
    r"|总(?:经济|会计|审计|工程|规划)师|[一二三四]级(?:巡视员|调研员|高级主办))"
)
_BEFORE = re.compile(rf"(?:{_OFFICE.pattern}[、兼和]?)+\Z")
_FORMER = re.compile(r"(?:原|前|时任|曾任|历任|老)\S{0,12}\Z")
_REACH = 24
_BETWEEN = re.compile(rf"(?:[、和及与]|{_OFFICE.pattern})+")


def leader_findings(manuscript: Manuscript, leaders: Sequence[Leader]) -> Iterator[Finding]:
    """What is wrong with leaders' names, offices and order."""
    day = manuscript.day
    now = [leader for leader in leaders if _serves(leader, day)]
    names = {leader.name for leader in leaders}
    for segment in manuscript.segments:
        if segment.kind == "field":
            continue
        places = sorted(
            (found.start(), name)
            for name in names
            for found in re.finditer(re.escape(name), segment.text)
        )
        for place, name in places:
            yield from _title(manuscript, segment, place, [x for x in leaders if x.name == name])
        yield from _order(manuscript, segment, places, now)
        yield from _near(manuscript, segment, now, names)


def _serves(leader: Leader, day: str) -> bool:
    return not day or leader.since <= day <= (leader.until or "9999")


def _title(
    manuscript: Manuscript, segment: Segment, place: int, terms: Sequence[Leader]
) -> Iterator[Finding]:
    name = terms[0].name
    before = segment.text[max(0, place - _REACH) : place]
    given = _BEFORE.search(before)
    if not given or _FORMER.search(before[: given.start()]):
        return
    held = {
        office for x in terms if _serves(x, manuscript.day) for office in _OFFICE.findall(x.title)
    }
    wrong = [office for office in _OFFICE.findall(given[0]) if not _covers(held, office)]
    if wrong:
        titles = "；".join(f"{x.title}（{x.since or '…'}—{x.until or '…'}）" for x in terms)
        start = place - len(given[0])
        yield manuscript.finding(
            TITLE, segment, start, place + len(name), name=name, suggestion=titles
        )


def _covers(held: set[str], office: str) -> bool:
    """Whether one of the offices is this one: 书记 may be said of a 党委书记, but 局长 not of a 副局长."""
    return any(one == office or (one.endswith(office) and "副" not in one) for one in held)


def _order(
    manuscript: Manuscript,
    segment: Segment,
    places: Sequence[tuple[int, str]],
    now: Sequence[Leader],
) -> Iterator[Finding]:
    orders = {leader.name: leader.order for leader in now if leader.order}
    run: list[tuple[int, str]] = []
    for place, name in places:
        last = run[-1][0] + len(run[-1][1]) if run else 0
        if run and not _BETWEEN.fullmatch(segment.text, last, place):
            run = []
        if run and orders.get(name, 0) and orders.get(name, 0) < orders.get(run[-1][1], 0):
            names = sorted({name, *(one for _, one in run)}, key=lambda one: orders.get(one, 0))
            yield manuscript.finding(
                ORDER, segment, run[0][0], place + len(name), suggestion="、".join(names)
            )
            return
        run.append((place, name))


def _near(
    manuscript: Manuscript, segment: Segment, now: Sequence[Leader], names: set[str]
) -> Iterator[Finding]:
    for office in _OFFICE.finditer(segment.text):
        for leader in now:
            found = segment.text[office.end() : office.end() + len(leader.name)]
            if found not in names and _is_near(found, leader.name) and office[0] in leader.title:
                end = office.end() + len(found)
                yield manuscript.finding(NAME, segment, office.end(), end, suggestion=leader.name)
                break


def _is_near(found: str, name: str) -> bool:
    """Whether just one character differs, by one of like sound or shape."""
    if len(found) != len(name):
        return False
    pairs = [(a, b) for a, b in zip(found, name, strict=True) if a != b]
    return len(pairs) == 1 and alike(*pairs[0])
