"""What the publication gate says besides its rules' own messages."""

from gazette.messages.message import Message, _

CHECK: dict[str, Message] = {
    "gate-more": Message(
        _("The publication gate has found {count} more places."),
        _("To see them all: gazette check"),
    ),
    "gate-rule-unknown": Message(
        _("There is no rule or family “{name}”."), _("Their names: gazette check --rules")
    ),
}
