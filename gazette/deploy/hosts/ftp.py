"""An old host by FTP, or FTP over TLS: one connection a thread."""

import contextlib
import ftplib
import io
import queue
import re
import ssl
import threading
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import PurePosixPath
from typing import Any, TypeVar

import msgspec

from gazette.deploy.target import (
    OWN,
    Found,
    Target,
    Upload,
    lost,
    not_allowed,
    refused,
    temporary,
)

T = TypeVar("T")
_PATIENCE = 60
_HELD = ".held"
"""FTP cannot make a file only if there is none, but it can make a folder so."""
_UNIX = re.compile(r"([-dl])\S{9}\S*\s+\d+\s+\S+\s+\S+\s+(\d+)\s+\w+\s+\d+\s+[\d:]+\s(.+)")
_DOS = re.compile(r"\d\d-\d\d-\d\d(?:\d\d)?\s+\d\d:\d\d\S*\s+(<DIR>|\d+)\s+(.+)")


class FtpLogin(msgspec.Struct, frozen=True):
    """Who logs in, where; `tls` asks for FTPS with a certificate that is checked."""

    host: str
    port: int
    user: str
    password: str
    tls: bool = False
    ca: str = ""


class FtpTarget(Target):
    """Files on an FTP server."""

    def __init__(self, login: FtpLogin, root: str, own: str, parallel: int) -> None:
        self.parallel = parallel
        self._login = login
        self._root = root
        self._own = own
        self._idle: queue.SimpleQueue[ftplib.FTP] = queue.SimpleQueue()
        self._made: set[str] = set()
        self._making = threading.Lock()
        self._lists_by_machine = True

    def close(self) -> None:
        """End the connections."""
        while not self._idle.empty():
            with contextlib.suppress(*ftplib.all_errors):
                self._idle.get().quit()

    def look(self, path: str) -> Found | None:
        """The file; None if there is none."""
        place = self._of(path)
        try:
            return self._run(lambda ftp: self._looked(ftp, place), path)
        except FileNotFoundError:
            return None

    def _looked(self, ftp: ftplib.FTP, place: str) -> Found | None:
        ftp.voidcmd("TYPE I")
        size = ftp.size(place)
        return None if size is None else Found(size, _stamp(ftp, place))

    def walk(self) -> Iterator[tuple[str, Found]]:
        """All files but Gazette's own."""
        waiting = [""]
        while waiting:
            folder = waiting.pop()
            try:
                entries = self._run(partial(self._listed, folder=folder), folder)
            except FileNotFoundError:
                continue
            for name, found in entries:
                path = f"{folder}{name}"
                if found is None:
                    waiting += [] if f"{path}/" == OWN else [f"{path}/"]
                else:
                    yield path, found

    def _listed(self, ftp: ftplib.FTP, folder: str) -> list[tuple[str, Found | None]]:
        place = self._of(folder).rstrip("/") or "/"
        if self._lists_by_machine:
            try:
                return [_fact(name, facts) for name, facts in ftp.mlsd(place) if _is_file(facts)]
            except ftplib.error_perm as fault:
                if not str(fault).startswith(("500", "501", "502", "504")):
                    raise
                self._lists_by_machine = False
        lines: list[str] = []
        before = ftp.pwd()
        ftp.cwd(place)  # a name with spaces is no argument for LIST
        try:
            ftp.retrlines("LIST -a", lines.append)
        finally:
            ftp.cwd(before)
        return [entry for line in lines if (entry := _parsed(line))]

    def read(self, path: str) -> Iterator[bytes]:
        """The file's bytes."""
        parts: list[bytes] = []
        self._run(lambda ftp: ftp.retrbinary(f"RETR {self._of(path)}", parts.append), path)
        yield from parts

    def put(self, upload: Upload) -> Found:
        """Send beside it, then rename."""
        place, new = self._of(upload.path), self._of(temporary(upload.path))

        def put(ftp: ftplib.FTP) -> Found:
            self._make_folder(ftp, str(PurePosixPath(place).parent))
            source = upload.file.open("rb") if upload.file else io.BytesIO(upload.data)
            with source:
                ftp.storbinary(f"STOR {new}", source, 1 << 16)
            stamp = _stamp(ftp, new)
            _rename(ftp, new, place)
            return Found(upload.size, stamp)

        return self._run(put, upload.path)

    def create(self, path: str, data: bytes) -> bool:
        """Make a file unless there is one: whoever makes the folder beside it first, makes it."""

        def create(ftp: ftplib.FTP) -> bool:
            place = self._of(path)
            self._make_folder(ftp, str(PurePosixPath(place).parent))
            try:
                ftp.mkd(place + _HELD)
            except ftplib.error_perm:
                return False
            ftp.storbinary(f"STOR {place}", io.BytesIO(data))
            return True

        return self._run(create, path)

    def delete(self, path: str) -> None:
        """Remove a file, if it is there."""

        def delete(ftp: ftplib.FTP) -> None:
            ftp.delete(self._of(path))

        with contextlib.suppress(FileNotFoundError):
            self._run(delete, path)
        if path.startswith(OWN):
            self.sweep([path + _HELD])

    def sweep(self, folders: Sequence[str]) -> None:
        """Remove those of the folders that are empty."""

        def sweep(ftp: ftplib.FTP) -> None:
            for folder in folders:
                place = self._of(folder).rstrip("/")
                with contextlib.suppress(ftplib.error_perm):
                    ftp.rmd(place)
                self._made.discard(place)

        self._run(sweep, "")

    # The connection

    def _of(self, path: str) -> str:
        if path.startswith(OWN) and self._own:
            return f"{self._own}/{path.removeprefix(OWN)}"
        return f"{self._root}/{path}"

    def _make_folder(self, ftp: ftplib.FTP, folder: str) -> None:
        with self._making:
            for above in reversed([folder, *map(str, PurePosixPath(folder).parents)]):
                if above in self._made or above in {"/", "."}:
                    continue
                with contextlib.suppress(ftplib.error_perm):
                    ftp.mkd(above)  # it is there already
                self._made.add(above)

    def _run(self, work: Callable[[ftplib.FTP], T], path: str) -> T:
        ftp = self._connected()
        try:
            result = work(ftp)
        except ftplib.error_perm as fault:
            self._idle.put(ftp)
            if str(fault).startswith("550"):
                raise FileNotFoundError(path) from fault
            raise refused(self._login.host, path, fault) from fault
        except ftplib.all_errors as fault:
            ftp.close()
            raise lost(self._login.host, fault) from fault
        self._idle.put(ftp)
        return result

    def _connected(self) -> ftplib.FTP:
        with contextlib.suppress(queue.Empty):
            return self._idle.get_nowait()
        login = self._login
        ftp = _SecureFtp(context=_context(login.ca)) if login.tls else ftplib.FTP()
        try:
            _log_in(ftp, login)
        except (ftplib.error_perm, ssl.SSLCertVerificationError) as fault:
            ftp.close()
            raise not_allowed(login.host, fault) from fault
        except ftplib.all_errors as fault:
            ftp.close()
            raise lost(login.host, fault) from fault
        return ftp


def _log_in(ftp: ftplib.FTP, login: FtpLogin) -> None:
    ftp.encoding = "utf-8"
    ftp.connect(login.host, login.port, _PATIENCE)
    ftp.login(login.user, login.password)
    if isinstance(ftp, ftplib.FTP_TLS):
        ftp.prot_p()
    with contextlib.suppress(ftplib.error_perm):
        ftp.sendcmd("OPTS UTF8 ON")


class _SecureFtp(ftplib.FTP_TLS):
    """FTPS whose data connections go on with the session of the first, as many servers demand."""

    def ntransfercmd(self, cmd: str, rest: int | str | None = None) -> tuple[Any, int | None]:
        connection, size = ftplib.FTP.ntransfercmd(self, cmd, rest)
        if self._prot_p:  # type: ignore[attr-defined]
            session = self.sock.session if isinstance(self.sock, ssl.SSLSocket) else None
            connection = self.context.wrap_socket(
                connection, server_hostname=self.host, session=session
            )
        return connection, size


def _context(ca: str) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=ca or None)


def _stamp(ftp: ftplib.FTP, place: str) -> str:
    """The file's time; empty where the server does not tell it."""
    try:
        return ftp.sendcmd(f"MDTM {place}").partition(" ")[2].strip()
    except ftplib.error_perm:
        return ""


def _rename(ftp: ftplib.FTP, new: str, place: str) -> None:
    """Rename over what is there; some servers need the old file gone first."""
    try:
        ftp.rename(new, place)
    except ftplib.error_perm:
        with contextlib.suppress(ftplib.error_perm):
            ftp.delete(place)
        ftp.rename(new, place)


def _is_file(facts: dict[str, str]) -> bool:
    return facts.get("type", "file").lower() in {"file", "dir"}


def _fact(name: str, facts: dict[str, str]) -> tuple[str, Found | None]:
    if facts.get("type", "file").lower() == "dir":
        return name, None
    return name, Found(int(facts.get("size", 0)), facts.get("modify", "").split(".")[0])


def _parsed(line: str) -> tuple[str, Found | None] | None:
    """One line of a listing for people, as Unix's or Windows's servers write it."""
    unix = _UNIX.fullmatch(line)
    if unix:
        kind, size, name = unix.groups()
        if kind == "l" or name in {".", ".."}:
            return None
        return name, None if kind == "d" else Found(int(size))
    dos = _DOS.fullmatch(line)
    if dos:
        size, name = dos.groups()
        return name, None if size == "<DIR>" else Found(int(size))
    return None
