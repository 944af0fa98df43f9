"""The base of every declared setting."""

from typing import ClassVar

import msgspec


class Settings(msgspec.Struct, frozen=True):
    """Frozen. A struct with a field `extra` keeps unknown keys there; others refuse them."""

    meant: ClassVar[dict[str, str]] = {}
    """Keys that people write although they are none, and the key that each stands for."""
