"""Messages of problems."""

from gazette.messages.message import Message

CONFIG: dict[str, Message] = {}
