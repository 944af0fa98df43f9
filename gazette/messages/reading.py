"""Messages of problems."""

from gazette.messages.message import Message

READING: dict[str, Message] = {}
