"""One deploy to a host at a time: a lock on the host that names its holder and expires."""

import secrets
import time
from collections.abc import Callable
from pathlib import Path

import msgspec

from gazette.deploy.target import LOCK, HostError, Target, read_all, upload_of
from gazette.problems import error

_LASTS = 600
"""Seconds after which a lock that was not renewed is a dead deploy's."""
_RENEWED_EVERY = 60
_TRIES = 4


class Clock(msgspec.Struct, frozen=True):
    """The time, and waiting; tests have their own."""

    now: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep


class Holder(msgspec.Struct, frozen=True):
    """Who deploys: a name for people, and a token that this machine keeps for this site."""

    name: str
    token: str


class _Held(msgspec.Struct, frozen=True):
    """The lock's file."""

    token: str
    holder: str
    since: str
    until: float


def token_in(folder: Path) -> str:
    """This machine's token: by it a deploy knows the lock that a broken one before it has left."""
    path = folder / "deploy-token"
    try:
        return path.read_text("ascii")
    except (OSError, UnicodeDecodeError):
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text(secrets.token_hex(16), "ascii")
        return path.read_text("ascii")


class HostLock:
    """The lock on one host."""

    def __init__(self, target: Target, holder: Holder, clock: Clock) -> None:
        self._target = target
        self._holder = holder
        self._clock = clock
        self._since = ""
        self._renew_at = 0.0

    def take(self) -> None:
        """Take the lock; raises HostError naming who holds it."""
        self._since = time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime(self._clock.now()))
        for last in range(_TRIES):
            if self._target.create(LOCK, self._content()):
                self._confirm()
                return
            held = self._read()
            if held is not None and not self._is_free(held):
                raise _locked(held)
            if held is None and last < _TRIES - 2:
                self._clock.sleep(1)  # it was just given back, or is just being written
            else:
                self._target.delete(LOCK)
        raise _locked(None)

    def renew(self) -> None:
        """Say that this deploy is alive, once in a while."""
        if self._clock.now() >= self._renew_at:
            self._confirm()
            self._target.put(upload_of(LOCK, self._content()))

    def give_back(self) -> None:
        """End the lock, unless another deploy has taken it meanwhile."""
        held = self._read()
        if held is not None and held.token == self._holder.token:
            self._target.delete(LOCK)

    def _confirm(self) -> None:
        held = self._read()
        if held is None or held.token != self._holder.token:
            raise _locked(held)

    def _is_free(self, held: _Held) -> bool:
        return held.token == self._holder.token or held.until < self._clock.now()

    def _content(self) -> bytes:
        self._renew_at = self._clock.now() + _RENEWED_EVERY
        until = self._clock.now() + _LASTS
        held = _Held(self._holder.token, self._holder.name, self._since, until)
        return msgspec.json.encode(held)

    def _read(self) -> _Held | None:
        data = read_all(self._target, LOCK)
        try:
            return None if data is None else msgspec.json.decode(data, type=_Held)
        except msgspec.DecodeError:
            return None


def _locked(held: _Held | None) -> HostError:
    holder, since = (held.holder, held.since) if held else ("?", "?")
    return HostError(error("host-locked", holder=holder, since=since, minutes=_LASTS // 60))
