"""Passwords, from where they may be kept: the environment, netrc, the system's keyring."""

import netrc
import os
import re
from pathlib import Path


def password_for(name: str, host: str, user: str) -> str | None:
    """The password of a target; None if none is found anywhere.

    Looked for in GAZETTE_PASSWORD_<NAME>, GAZETTE_PASSWORD, netrc, and the keyring under `gazette`.
    """
    return _from_environment(name) or _from_netrc(host, user) or _from_keyring(host, user)


def variable_of(name: str) -> str:
    """The environment variable for a target's password."""
    return "GAZETTE_PASSWORD_" + re.sub(r"\W", "_", name).upper()


def _from_environment(name: str) -> str | None:
    return os.environ.get(variable_of(name)) or os.environ.get("GAZETTE_PASSWORD") or None


def _from_netrc(host: str, user: str) -> str | None:
    path = os.environ.get("NETRC") or next(
        (str(p) for p in (Path.home() / ".netrc", Path.home() / "_netrc") if p.is_file()), None
    )
    if path is None:
        return None
    try:
        found = netrc.netrc(path).authenticators(host)
    except (OSError, netrc.NetrcParseError):
        return None
    return found[2] if found and (not user or found[0] == user) else None


def _from_keyring(host: str, user: str) -> str | None:
    try:
        import keyring
        import keyring.errors
    except ModuleNotFoundError:
        return None
    try:
        return keyring.get_password(f"gazette:{host}", user)
    except keyring.errors.KeyringError:
        return None  # a server without a desktop has none
