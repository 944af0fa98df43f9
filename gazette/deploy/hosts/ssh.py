"""Connecting by SSH: the agent's or a file's key, and no host key that is not known."""

from pathlib import Path
from typing import Any

import msgspec

from gazette.deploy.target import HostError, missing_library, not_allowed
from gazette.problems import error

_PATIENCE = 30
"""Seconds for connecting, and for a sign of life."""


class Login(msgspec.Struct, frozen=True):
    """Who logs in, where."""

    host: str
    port: int = 22
    user: str = ""
    password: str | None = None
    key: str = ""
    host_key: str = ""
    """The host's key or its fingerprint, as the settings have it; else it must be in known_hosts."""


async def connect(login: Login) -> Any:
    """A connection; raises HostError if the host is not known, or does not let us in."""
    asyncssh = _library()
    keeper = _keeper(login.host_key)
    options: dict[str, Any] = {
        "connect_timeout": _PATIENCE, "login_timeout": _PATIENCE, "keepalive_interval": _PATIENCE,
        "client_factory": lambda: keeper,
    }  # fmt: skip
    options |= {"username": login.user} if login.user else {}
    options |= {"password": login.password} if login.password else {}
    options |= {"passphrase": login.password} if login.password and login.key else {}
    options |= {"client_keys": [str(Path(login.key).expanduser())]} if login.key else {}
    options |= {"known_hosts": ([], [], [])} if login.host_key else {}
    try:
        return await asyncssh.connect(login.host, login.port, **options)
    except asyncssh.HostKeyNotVerifiable as fault:
        found = keeper.seen or "?"
        code = "host-key-wrong" if login.host_key else "host-key-unknown"
        raise HostError(error(code, host=login.host, port=login.port, key=found)) from fault
    except (asyncssh.PermissionDenied, asyncssh.KeyImportError) as fault:
        raise not_allowed(
            login.host, fault.reason if hasattr(fault, "reason") else fault
        ) from fault


def _keeper(pinned: str) -> Any:
    """Remembers the key that a host shows, and accepts it only if it is the one in the settings."""
    asyncssh = _library()

    class Keeper(asyncssh.SSHClient):  # type: ignore[misc, name-defined]
        seen = ""

        def validate_host_public_key(self, host: str, addr: str, port: int, key: Any) -> bool:
            del host, addr, port
            self.seen = key.get_fingerprint()
            public = " ".join(key.export_public_key("openssh").decode().split()[:2])
            return bool(pinned) and " ".join(pinned.split()[:2]) in {self.seen, public}

    return Keeper()


def _library() -> Any:
    try:
        import asyncssh
    except ModuleNotFoundError as fault:
        raise missing_library("asyncssh") from fault
    return asyncssh
