"""A server by SFTP: one connection, many requests at once."""

import asyncio
import contextlib
import threading
from collections.abc import Callable, Coroutine, Iterator, Sequence
from pathlib import PurePosixPath
from typing import Any, TypeVar

import msgspec

from gazette.deploy.hosts.ssh import Login, connect
from gazette.deploy.target import (
    OWN,
    Found,
    HostError,
    LinkingTarget,
    Upload,
    lost,
    refused,
    temporary,
)

T = TypeVar("T")
_PART = 1 << 18
_FOLDERS_AT_ONCE = 16


Listing = tuple[list[tuple[str, Found]], list[str]]
"""Files and folders below a folder, by paths relative to the place where listing began."""


class Place(msgspec.Struct, frozen=True):
    """Where on the server the site is, and Gazette's own folder."""

    root: str
    own: str

    def of(self, path: str) -> str:
        """The path on the server."""
        if path.startswith(OWN):
            return f"{self.own}/{path.removeprefix(OWN)}"
        return f"{self.root}/{path}" if path else self.root


class SftpTarget(LinkingTarget):
    """Files on a server; calls of several threads share the connection."""

    def __init__(self, login: Login, place: Place, parallel: int) -> None:
        self.parallel = parallel
        self._login = login
        self._place = place
        self._made: set[str] = set()
        self._connection: Any = None
        self._sftp: Any = None
        self._connecting = asyncio.Lock()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """End the connection."""

        async def end() -> None:
            if self._connection is not None:
                self._connection.close()
                with contextlib.suppress(Exception):
                    await self._connection.wait_closed()

        asyncio.run_coroutine_threadsafe(end(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    # Files

    def look(self, path: str) -> Found | None:
        """The file; None if there is none."""

        async def look(sftp: Any) -> Found | None:
            return _found(await sftp.lstat(self._place.of(path)))

        try:
            return self._run(look, path)
        except FileNotFoundError:
            return None

    def walk(self) -> Iterator[tuple[str, Found]]:
        """All files but Gazette's own."""
        for path, found in self.walk_in(""):
            if not path.startswith(OWN):
                yield path, found

    def walk_in(self, folder: str) -> Iterator[tuple[str, Found]]:
        """All files below a folder, by paths relative to it."""
        start = self._place.of(folder).rstrip("/")
        waiting = [""]
        while waiting:
            part, waiting = waiting[:_FOLDERS_AT_ONCE], waiting[_FOLDERS_AT_ONCE:]
            for files, inner in self._listed(start, part):
                waiting += inner
                yield from files

    def _listed(self, start: str, folders: Sequence[str]) -> list[Listing]:
        async def listed(sftp: Any) -> list[Listing]:
            return await asyncio.gather(*(_entries(sftp, start, folder) for folder in folders))

        return self._run(listed, start)

    def read(self, path: str) -> Iterator[bytes]:
        """The file's bytes."""
        file = self._run(lambda sftp: sftp.open(self._place.of(path), "rb"), path)
        try:
            while part := self._run(lambda _: file.read(_PART), path):
                yield part
        finally:
            with contextlib.suppress(HostError):
                self._run(lambda _: file.close(), path)

    def put(self, upload: Upload) -> Found:
        """Write beside it, then rename."""
        try:
            return self._run(lambda sftp: self._put(sftp, upload), upload.path)
        except FileNotFoundError as fault:
            raise refused(self._login.host, upload.path, "no folder") from fault

    async def _put(self, sftp: Any, upload: Upload) -> Found:
        place, new = self._place.of(upload.path), self._place.of(temporary(upload.path))
        file = await self._open(sftp, new, "wb", private=upload.path.startswith(OWN))
        try:
            for part in upload.chunks():
                await file.write(part)
            found = _found(await file.stat())
        finally:
            await file.close()
        await _replace(sftp, new, place)
        return found

    def create(self, path: str, data: bytes) -> bool:
        """Make a file unless there is one."""
        import asyncssh

        async def create(sftp: Any) -> bool:
            try:
                file = await self._open(sftp, self._place.of(path), "xb", private=True)
            except (asyncssh.SFTPFailure, asyncssh.SFTPFileAlreadyExists):
                await sftp.lstat(self._place.of(path))  # else something else is wrong
                return False
            await file.write(data)
            await file.close()
            return True

        return self._run(create, path)

    def delete(self, path: str) -> None:
        """Remove a file, if it is there."""
        with contextlib.suppress(FileNotFoundError):
            self._run(lambda sftp: sftp.remove(self._place.of(path)), path)

    def sweep(self, folders: Sequence[str]) -> None:
        """Remove those of the folders that are empty."""
        import asyncssh

        async def sweep(sftp: Any) -> None:
            for folder in folders:
                with contextlib.suppress(asyncssh.SFTPError):
                    await sftp.rmdir(self._place.of(folder).rstrip("/"))
                self._made.discard(self._place.of(folder).rstrip("/"))

        self._run(sweep, "")

    # Releases

    def link(self, old: str, new: str) -> bool:
        """Give a file a second name; False if the server has no hard links."""
        import asyncssh

        async def link(sftp: Any) -> bool:
            source, place = self._place.of(old), self._place.of(new)
            await self._make_folder(sftp, str(PurePosixPath(place).parent))
            for last in (False, True):
                try:
                    await sftp.link(source, place)
                    return True
                except asyncssh.SFTPOpUnsupported:
                    return False
                except asyncssh.SFTPError:
                    if last:
                        return False
                    with contextlib.suppress(asyncssh.SFTPError):
                        await sftp.remove(place)
            return False

        return self._run(link, new)

    def rename_folder(self, old: str, new: str) -> None:
        """Rename a folder."""
        self._made.clear()
        self._run(lambda sftp: sftp.rename(self._place.of(old), self._place.of(new)), new)

    def folders(self, path: str) -> list[str]:
        """The names of the folders in a folder."""

        async def folders(sftp: Any) -> list[str]:
            _, inner = await _entries(sftp, self._place.of(path).rstrip("/"), "")
            return sorted(inner)

        return self._run(folders, path)

    def points_to(self, name: str) -> str | None:
        """Where a symbolic link leads."""
        try:
            return str(self._run(lambda sftp: sftp.readlink(self._place.of(name)), name))
        except FileNotFoundError:
            return None

    def point(self, name: str, to: str) -> None:
        """Let a symbolic link lead elsewhere: a new one is renamed over it."""
        import asyncssh

        async def point(sftp: Any) -> None:
            new = self._place.of(temporary(name))
            with contextlib.suppress(asyncssh.SFTPNoSuchFile):
                await sftp.remove(new)
            await sftp.symlink(to, new)
            await _replace(sftp, new, self._place.of(name))

        self._run(point, name)

    # The connection

    def make_folder(self, folder: str) -> None:
        """Let a folder of the site be there."""
        place = self._place.of(folder).rstrip("/")
        self._run(lambda sftp: self._make_folder(sftp, place), folder)

    def host_key(self) -> str:
        """The public key that the host has shown, as known_hosts files have it."""

        async def shown(_sftp: Any) -> str:
            key = self._connection.get_server_host_key()
            return " ".join(key.export_public_key("openssh").decode().split()[:2])

        return self._run(shown, "")

    async def _open(self, sftp: Any, place: str, mode: str, *, private: bool) -> Any:
        import asyncssh

        attributes = asyncssh.SFTPAttrs(permissions=0o600) if private else asyncssh.SFTPAttrs()
        try:
            return await sftp.open(place, mode, attributes)
        except asyncssh.SFTPNoSuchFile:
            await self._make_folder(sftp, str(PurePosixPath(place).parent), private=private)
            return await sftp.open(place, mode, attributes)

    async def _make_folder(self, sftp: Any, folder: str, *, private: bool = False) -> None:
        import asyncssh

        if folder in self._made:
            return
        attributes = asyncssh.SFTPAttrs(permissions=0o700) if private else asyncssh.SFTPAttrs()
        missing = []
        for above in [folder, *map(str, PurePosixPath(folder).parents)]:
            if above in self._made or await sftp.isdir(above):
                break
            missing.append(above)
        for above in reversed(missing):
            with contextlib.suppress(asyncssh.SFTPFailure, asyncssh.SFTPFileAlreadyExists):
                await sftp.mkdir(above, attributes if above == folder else asyncssh.SFTPAttrs())
        self._made.add(folder)

    def _run(self, work: Callable[[Any], Coroutine[Any, Any, T]], path: str) -> T:
        import asyncssh

        async def run() -> T:
            return await work(await self._connected())

        try:
            return asyncio.run_coroutine_threadsafe(run(), self._loop).result()
        except (asyncssh.SFTPNoSuchFile, asyncssh.SFTPNoSuchPath) as fault:
            raise FileNotFoundError(path) from fault
        except (asyncssh.SFTPConnectionLost, asyncssh.SFTPNoConnection) as fault:
            self._sftp = None
            raise lost(self._login.host, fault.reason) from fault
        except asyncssh.SFTPError as fault:
            raise refused(self._login.host, path, fault.reason) from fault
        except (asyncssh.Error, OSError) as fault:
            self._sftp = None
            raise lost(self._login.host, fault) from fault

    async def _connected(self) -> Any:
        async with self._connecting:
            if self._sftp is None:
                self._made.clear()
                self._connection = await connect(self._login)
                self._sftp = await self._connection.start_sftp_client()
            return self._sftp


async def _replace(sftp: Any, new: str, place: str) -> None:
    """Rename over what is there; servers without OpenSSH's extension need the old file gone first."""
    import asyncssh

    try:
        await sftp.posix_rename(new, place)
    except asyncssh.SFTPOpUnsupported:
        with contextlib.suppress(asyncssh.SFTPNoSuchFile):
            await sftp.remove(place)
        await sftp.rename(new, place)


async def _entries(sftp: Any, start: str, folder: str) -> Listing:
    import asyncssh

    files, inner = [], []
    try:
        async for entry in sftp.scandir(f"{start}/{folder}" if folder else start):
            name = str(entry.filename)
            path = f"{folder}/{name}" if folder else name
            if name in {".", ".."}:
                continue
            if entry.attrs.type == asyncssh.FILEXFER_TYPE_DIRECTORY:
                inner.append(path)
            else:
                files.append((path, _found(entry.attrs)))
    except (asyncssh.SFTPNoSuchFile, asyncssh.SFTPNoSuchPath):
        pass  # a folder that is not there holds nothing
    return files, inner


def _found(attributes: Any) -> Found:
    return Found(int(attributes.size or 0), str(int(attributes.mtime or 0)))
