"""Excuses: one finding in one place that an article keeps, with a reason.

`<!-- gazette: allow RULE reason -->` excuses what stands on its own line or, alone on a line, on the next
one that is not blank; `allow: {RULE: reason}` in the front matter what has no line in the body. RULE is a
rule or a family.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from gazette.check.manuscript import Manuscript
from gazette.check.outcome import Excuse
from gazette.check.rule import Finding, Rule
from gazette.messages.message import Message, _

_EXCUSE = re.compile(
    r"<!--\s*gazette:\s*allow\b[ \t]*(?P<rule>[\w-]*)(?P<reason>.*?)-->", re.DOTALL
)
_CODE = re.compile(r"^[ \t]*(`{3,}|~{3,}).*?^[ \t]*\1|`[^`\n]*`", re.MULTILINE | re.DOTALL)
_NOT_BREAK = re.compile(r"[^\n]")
_FAMILY = "excuse"
UNUSED = Rule(
    id="excuse-unused",
    family=_FAMILY,
    severity="warning",
    source="Gazette",
    message=Message(_("Nothing breaks the rule {name} here any more."), _("Delete the excuse.")),
    explanation=_(
        "An excuse that excuses nothing would one day hide a fault that nobody has seen."
    ),
    bad=("办税服务厅照常开放。 <!-- gazette: allow privacy-mobile-number 值班电话 -->",),
    good=("值班电话13800138000。 <!-- gazette: allow privacy-mobile-number 值班电话 -->",),
)
UNREASONED = Rule(
    id="excuse-reason",
    family=_FAMILY,
    severity="warning",
    source="Gazette",
    message=Message(
        _("The excuse for {name} gives no reason."),
        _("Write why, for those who read it later: <!-- gazette: allow {name} REASON -->"),
    ),
    explanation=_("An excuse is read by the next reviewer, who needs to know why it was given."),
    bad=("值班电话13800138000。 <!-- gazette: allow privacy-mobile-number -->",),
    good=("值班电话13800138000。 <!-- gazette: allow privacy-mobile-number 值班电话 -->",),
)
UNKNOWN = Rule(
    id="excuse-unknown",
    family=_FAMILY,
    severity="warning",
    source="Gazette",
    message=Message(
        _("There is no rule {name}, so the excuse excuses nothing."),
        _("The names of all rules: gazette check --rules"),
    ),
    explanation=_("A misspelt name would leave the finding as it is."),
    bad=("值班电话照旧。 <!-- gazette: allow privacy-mobil 值班电话 -->",),
    good=("值班电话13800138000。 <!-- gazette: allow privacy 值班电话 -->",),
)
RULES = (UNUSED, UNREASONED, UNKNOWN)


def excuses_in(manuscript: Manuscript) -> tuple[Excuse, ...]:
    """The excuses that an article gives."""
    text, document = manuscript.text, manuscript.document
    if "gazette:" not in text and not document.allow:
        return ()
    body_line = manuscript.place(manuscript.body)[0]
    line = document.lines.get("allow")
    found = [Excuse(name, why, line, 0, body_line - 1) for name, why in document.allow.items()]
    if "`" in text or "~~~" in text:  # excuses in code are examples
        text = _CODE.sub(lambda code: _NOT_BREAK.sub(" ", code[0]), text)
    for match in _EXCUSE.finditer(text, manuscript.body):
        line = manuscript.place(match.start())[0]
        first, last = line, manuscript.place(match.end())[0]
        before = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
        after = text[match.end() :]
        if not before.strip() and not after.partition("\n")[0].strip():
            first = last = last + after[: len(after) - len(after.lstrip())].count("\n")
        found.append(Excuse(match["rule"], match["reason"].strip(" \t\n—-:："), line, first, last))
    return tuple(found)


def excused(
    findings: Iterable[Finding],
    excuses: Sequence[Excuse],
    families: Mapping[str, str],
    asked: frozenset[str],
) -> list[Finding]:
    """The findings that stay, and what is wrong with the excuses.

    `asked` are the rules that were looked for: nothing is said of excuses for others.
    """
    stay: list[Finding] = []
    used: set[int] = set()
    for finding in findings:
        by = [index for index, excuse in enumerate(excuses) if excuse.covers(finding, families)]
        used.update(by)
        if not by:
            stay.append(finding)
    names = families.keys() | set(families.values())
    for index, excuse in enumerate(excuses):
        rule = _fault(excuse, index in used, names, asked | {families[rule] for rule in asked})
        if rule is not None:
            stay.append(
                Finding(rule.id, excuse.line, None, excuse.name, arguments={"name": excuse.name})
            )
    return stay


def _fault(
    excuse: Excuse, is_used: bool, names: Iterable[str], asked: Iterable[str]
) -> Rule | None:
    if excuse.name not in names:
        return UNKNOWN
    if not is_used and excuse.name in asked:
        return UNUSED
    return None if excuse.reason else UNREASONED
