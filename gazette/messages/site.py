"""Messages of problems."""

from gazette.messages.message import Message

SITE: dict[str, Message] = {}
