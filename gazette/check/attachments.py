"""Family attachments: what office files and pdf tell beside, and below, what they show."""

from collections.abc import Iterator

from gazette.check.attachment_process import AttachmentProcess, Seen
from gazette.check.family import SiteFamily
from gazette.check.file_kinds import ATTACHMENTS, CLOSED
from gazette.check.files import FileMemory, Referrers, files_of
from gazette.check.privacy import public_numbers
from gazette.check.rule import Finding, Rule, Severity
from gazette.check.survey import Survey
from gazette.messages.message import Message, _

_LAW = "《中华人民共和国个人信息保护法》第二十八条；《政府网站发展指引》（国办发〔2017〕47号）"
_GUIDE = "《政府网站发展指引》（国办发〔2017〕47号）：信息发布审核"
_MASK = _("Mask it in the file: {suggestion}")


def _rule(name: str, severity: Severity, source: str, message: Message, explanation: str) -> Rule:
    """A rule whose examples are files, made by the tests; an identity number stops a build."""
    return Rule(
        id=f"attachments-{name}", family="attachments", severity=severity, source=source,
        message=message, explanation=explanation, bad=(), good=(), veto=name == "identity-number",
    )  # fmt: skip


IDENTITY = _rule(
    "identity-number", "error", _LAW,
    Message(_("{attachment} shows an identity number in full ({place}{where}; here masked): {found}"), _MASK),
    _("Identity numbers in the text of an attachment, its headers, notes, comments, tracked changes, hidden sheets, forms, properties, embedded files and the data kept behind pivot tables and charts."),
)  # fmt: skip
MOBILE = _rule(
    "mobile-number", "error", _LAW,
    Message(_("{attachment} shows a mobile telephone number in full ({place}{where}; here masked): {found}"), _MASK),
    _("Mobile telephone numbers at the same places of an attachment."),
)  # fmt: skip
CARD = _rule(
    "bank-card", "error", _LAW,
    Message(_("{attachment} shows a bank card number in full ({place}{where}; here masked): {found}"), _MASK),
    _("Bank card numbers at the same places of an attachment."),
)  # fmt: skip
COMMENT = _rule(
    "comments", "warning", _GUIDE,
    Message(_("{attachment} still holds comments: {found}"), _("Delete all comments before publication.")),
    _("Comments of editors and reviewers that every reader of the file can open."),
)  # fmt: skip
CHANGE = _rule(
    "tracked-changes", "warning", _GUIDE,
    Message(_("{attachment} still holds tracked changes: {found}"), _("Accept or reject all changes before publication.")),
    _("Tracked changes, in which readers see what was deleted."),
)  # fmt: skip
HIDDEN = _rule(
    "hidden-sheet", "warning", _GUIDE,
    Message(_("{attachment} holds a hidden sheet or slide: {found}"), _("Delete it, or show it.")),
    _("Hidden sheets and slides, which every reader can show; lists of persons stayed in such sheets."),
)  # fmt: skip
DAMAGED = _rule(
    "damaged", "error", "《政府网站与政务新媒体检查指标》（国办秘函〔2019〕19号）：附件可用",
    Message(_("{attachment} cannot be opened: the file is damaged, or of another type than its name says."), _("Save it anew, and open it once before publication.")),
    _("Attachments that readers cannot open."),
)  # fmt: skip
UNCHECKED = _rule(
    "unchecked", "warning", _GUIDE,
    Message(_("{attachment} was not looked into: {reason}."), _("Look through it by hand, or publish a smaller, unlocked file.")),
    _("Attachments that are locked, too large, or take too long, and archives that unpack to a monstrous size. They are published as they are."),
)  # fmt: skip
FORMAT = _rule(
    "format", "warning", _GUIDE,
    Message(_("{attachment} cannot be looked into: its format is closed, or it is an archive."), _("Publish it as docx, xlsx, pptx or pdf; of an archive publish the files.")),
    _("Files of older and other office programs (doc, xls, ppt, wps, et, dps) and archives (zip, rar, 7z), in which nothing can be checked and which many readers cannot open."),
)  # fmt: skip
RULES = (IDENTITY, MOBILE, CARD, COMMENT, CHANGE, HIDDEN, DAMAGED, UNCHECKED, FORMAT)

_RULES = {
    "privacy-identity-number": IDENTITY,
    "privacy-mobile-number": MOBILE,
    "privacy-bank-card": CARD,
    "comment": COMMENT,
    "change": CHANGE,
    "hidden": HIDDEN,
    "broken": DAMAGED,
}
_REASONS = {
    "large": _("it is too large"),
    "bomb": _("it unpacks to a monstrous size"),
    "locked": _("it is locked with a password"),
    "slow": _("it takes too long"),
    "heavy": _("it takes too much memory"),
}
_PLACES = {
    "text": _("text"),
    "header": _("header"),
    "footer": _("footer"),
    "footnote": _("notes"),
    "comment": _("comment"),
    "change": _("tracked change"),
    "hidden": _("hidden sheet or slide"),
    "properties": _("document properties"),
    "embedded": _("embedded file"),
    "cache": _("data kept behind a table or chart"),
}


def find_in_site(survey: Survey) -> Iterator[tuple[str, Finding]]:
    """What is wrong with the attachments that are published."""
    public = sorted(public_numbers(survey.lists))
    referrers = Referrers(survey.documents)
    memory = FileMemory(survey, "attachment", list[Seen], public)
    with AttachmentProcess(public) as process:
        for source in files_of(survey, ATTACHMENTS):
            seen = memory.of(source, process.seen)
            if seen:
                file, line = referrers.place(source.path)
                for one in seen:
                    yield file, _finding(source.path.rsplit("/", 1)[-1], line, one)
    for source in files_of(survey, CLOSED):
        file, line = referrers.place(source.path)
        name = source.path.rsplit("/", 1)[-1]
        yield file, Finding(FORMAT.id, line, None, name, arguments={"attachment": name})


def _finding(name: str, line: int | None, seen: Seen) -> Finding:
    rule = _RULES.get(seen.kind, UNCHECKED)
    given = {
        "attachment": name,
        "place": _PLACES.get(seen.place, ""),
        "where": f" {seen.where}" if seen.where else "",
        "reason": _REASONS.get(seen.kind, ""),
    }
    suggestion = seen.found if seen.kind.startswith("privacy-") else ""
    return Finding(rule.id, line, None, seen.found, suggestion, seen.context, given)


SITE_FAMILY = SiteFamily("attachments", RULES, find_in_site, in_build=True)
