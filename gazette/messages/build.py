"""Messages of problems."""

from gazette.messages.message import Message

BUILD: dict[str, Message] = {}
