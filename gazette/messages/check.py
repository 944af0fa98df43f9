"""What the publication gate says besides its rules' own messages."""

from gazette.messages.message import Message, _

CHECK: dict[str, Message] = {
    "gate-list-missing": Message(
        _("The list “{name}” that gate.wording names is not there."),
        _("Write its path from the site's folder; it must lie inside."),
    ),
    "gate-more": Message(
        _("The publication gate has found {count} more places."),
        _("To see them all: gazette check"),
    ),
    "gate-rule-unknown": Message(
        _("There is no rule or family “{name}”."), _("Their names: gazette check --rules")
    ),
}
