"""The base of every declared setting."""

import msgspec


class Settings(msgspec.Struct, frozen=True):
    """Frozen. A struct with a field `extra` keeps unknown keys there; others refuse them."""
