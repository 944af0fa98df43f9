"""A WebDAV server."""

import contextlib
import io
import threading
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import PurePosixPath
from typing import Any, TypeVar

from gazette.deploy.target import (
    OWN,
    Found,
    HostError,
    Target,
    Upload,
    lost,
    missing_library,
    not_allowed,
    refused,
    temporary,
)

T = TypeVar("T")
_PATIENCE = 60
_HELD = ".held"
"""Not every server can make a file only if there is none, but all can make a folder so."""
_DENIED = frozenset([401, 403, 407])


class WebdavTarget(Target):
    """Files on a WebDAV server; `own` is Gazette's folder there."""

    def __init__(self, client: Any, host: str, own: str, parallel: int) -> None:
        self.parallel = parallel
        self._client = client
        self._host = host
        self._own = own
        self._made: set[str] = set()
        self._making = threading.Lock()

    def close(self) -> None:
        """End the connections."""
        self._client.http.close()

    def look(self, path: str) -> Found | None:
        """The file; None if there is none."""
        try:
            return _found(self._run(lambda: self._client.info(self._of(path)), path))
        except FileNotFoundError:
            return None

    def walk(self) -> Iterator[tuple[str, Found]]:
        """All files but Gazette's own."""
        waiting = [""]
        while waiting:
            folder = waiting.pop()
            try:
                entries = self._run(partial(self._client.ls, folder), folder)
            except FileNotFoundError:
                continue
            for entry in entries:
                path = str(entry["name"]).strip("/")
                if entry["type"] == "directory":
                    waiting += [] if f"{path}/" in {OWN, f"{self._own}/"} else [path]
                else:
                    yield path, _found(entry)

    def read(self, path: str) -> Iterator[bytes]:
        """The file's bytes."""
        data = io.BytesIO()
        self._run(lambda: self._client.download_fileobj(self._of(path), data), path)
        yield data.getvalue()

    def put(self, upload: Upload) -> Found:
        """Send beside it, then rename."""
        place, new = self._of(upload.path), self._of(temporary(upload.path))

        def put() -> Found:
            self._make_folder(str(PurePosixPath(place).parent))
            source = upload.file.open("rb") if upload.file else io.BytesIO(upload.data)
            with source:
                self._client.upload_fileobj(source, new, overwrite=True, size=upload.size)
            self._client.move(new, place, overwrite=True)
            return _found(self._client.info(place))

        return self._run(put, upload.path)

    def create(self, path: str, data: bytes) -> bool:
        """Make a file unless there is one: whoever makes the folder beside it first, makes it."""
        from webdav4.client import ResourceAlreadyExists

        def create() -> bool:
            place = self._of(path)
            self._make_folder(str(PurePosixPath(place).parent))
            try:
                self._client.mkdir(place + _HELD)
            except ResourceAlreadyExists:
                return False
            self._client.upload_fileobj(io.BytesIO(data), place, overwrite=True)
            return True

        return self._run(create, path)

    def delete(self, path: str) -> None:
        """Remove a file, if it is there."""
        with contextlib.suppress(FileNotFoundError):
            self._run(lambda: self._client.remove(self._of(path)), path)
        if path.startswith(OWN):
            with contextlib.suppress(FileNotFoundError):
                self._run(lambda: self._client.remove(self._of(path) + _HELD), path)

    def sweep(self, folders: Sequence[str]) -> None:
        """Remove those of the folders that are empty: deleting one deletes what is in it."""
        for folder in folders:
            with contextlib.suppress(FileNotFoundError, HostError):
                if not self._run(partial(self._client.ls, folder), folder):
                    self._run(partial(self._client.remove, folder), folder)
            self._made.discard(folder)

    def _of(self, path: str) -> str:
        if path.startswith(OWN) and self._own:
            return f"{self._own}/{path.removeprefix(OWN)}"
        return path

    def _make_folder(self, folder: str) -> None:
        from webdav4.client import ResourceAlreadyExists

        with self._making:
            for above in reversed([folder, *map(str, PurePosixPath(folder).parents)]):
                if above not in self._made and above != ".":
                    with contextlib.suppress(ResourceAlreadyExists):
                        self._client.mkdir(above)
                    self._made.add(above)

    def _run(self, work: Callable[[], T], path: str) -> T:
        import httpx
        from webdav4 import client

        try:
            return work()
        except client.ResourceNotFound as fault:
            raise FileNotFoundError(path) from fault
        except client.HTTPError as fault:
            if fault.status_code in _DENIED:
                raise not_allowed(self._host, fault) from fault
            if fault.status_code >= 500 and fault.status_code != 501:
                raise lost(self._host, fault) from fault
            raise refused(self._host, path, fault) from fault
        except client.BadGatewayError as fault:
            raise lost(self._host, fault) from fault
        except client.ClientError as fault:
            raise refused(self._host, path, fault) from fault
        except httpx.TransportError as fault:
            raise lost(self._host, fault) from fault


def webdav_client(url: str, login: tuple[str, str] | None, ca: str) -> Any:
    """A client of the server whose folder is at `url` (http or https)."""
    try:
        import httpx
        from webdav4.client import Client
    except ModuleNotFoundError as fault:
        raise missing_library("webdav4") from fault
    import ssl

    verify: Any = ssl.create_default_context(cafile=ca) if ca else True
    http = httpx.Client(auth=login, timeout=_PATIENCE, verify=verify)
    return Client(url, http_client=http, retry=False)


def _found(entry: dict[str, Any]) -> Found:
    stamp = entry.get("etag") or entry.get("modified") or ""
    return Found(int(entry.get("content_length") or 0), str(stamp))
