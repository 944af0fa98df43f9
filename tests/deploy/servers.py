"""Small servers on loopback for tests, each in a thread or process of its own."""

import asyncio
import contextlib
import hashlib
import io
import os
import re
import subprocess
import sys
import tarfile
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

USER, PASSWORD = "sample", "sample-password"


class FolderHand:
    """Somebody else with access to the server's disk."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def files(self) -> dict[str, bytes]:
        return {
            path.relative_to(self.root).as_posix(): path.read_bytes()
            for path in sorted(self.root.rglob("*"))
            if path.is_file()
        }

    def write(self, path: str, data: bytes) -> None:
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
        # Many hosts tell times in seconds only; a person is not that quick.
        later = time.time() + 5
        os.utime(place, (later, later))


@contextlib.contextmanager
def running(code: str) -> Iterator[int]:
    """A server in a process of its own, which prints its port when it listens."""
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", code],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    try:
        assert process.stdout and process.stderr
        told = process.stdout.readline()
        assert told, process.stderr.read().decode(errors="replace")
        yield int(told)
    finally:
        process.kill()
        process.communicate()


FTP = """
from pyftpdlib.authorizers import DummyAuthorizer
from pyftpdlib.handlers import FTPHandler
from pyftpdlib.servers import FTPServer
authorizer = DummyAuthorizer()
authorizer.add_user({user!r}, {password!r}, {root!r}, perm="elradfmwMT")
handler = type("Handler", (FTPHandler,), {{"authorizer": authorizer}})
{more}
server = FTPServer(("127.0.0.1", 0), handler)
print(server.address[1], flush=True)
server.serve_forever()
"""
OLD_SERVER = "handler.proto_cmds = {k: v for k, v in handler.proto_cmds.items() if k not in ('MLSD', 'MLST', 'MDTM')}"


def ftp_server(root: Path, more: str = "") -> "contextlib.AbstractContextManager[int]":
    return running(FTP.format(user=USER, password=PASSWORD, root=str(root), more=more))


WEBDAV = """
from cheroot import wsgi
from wsgidav.wsgidav_app import WsgiDAVApp
app = WsgiDAVApp({{
    "provider_mapping": {{"/dav": {root!r}}}, "verbose": 0, "logging": {{"enable": False}},
    "simple_dc": {{"user_mapping": {{"*": {{{user!r}: {{"password": {password!r}}}}}}}}},
}})
server = wsgi.Server(("127.0.0.1", 0), app)
server.prepare()
print(server.bind_addr[1], flush=True)
server.serve()
"""


def webdav_server(root: Path) -> "contextlib.AbstractContextManager[int]":
    return running(WEBDAV.format(user=USER, password=PASSWORD, root=str(root)))


# SFTP


def _ssh_server() -> type:
    import asyncssh

    class Server(asyncssh.SSHServer):
        def begin_auth(self, username: str) -> bool:
            return True

        def password_auth_supported(self) -> bool:
            return True

        def validate_password(self, username: str, password: str) -> bool:
            return (username, password) == (USER, PASSWORD)

    return Server


def _sftp_files(root: Path, *, old: bool) -> type:
    import asyncssh

    class Files(asyncssh.SFTPServer):
        def __init__(self, channel: "asyncssh.SSHServerChannel[bytes]") -> None:
            super().__init__(channel, chroot=str(root))

        def readlink(self, path: bytes) -> bytes:
            # asyncssh itself knows no relative links below a root.
            return os.fsencode(Path(os.fsdecode(self.map_path(path))).readlink())

    class OldFiles(Files):
        def posix_rename(self, oldpath: bytes, newpath: bytes) -> None:
            raise asyncssh.SFTPOpUnsupported("no such extension")

        def link(self, oldpath: bytes, newpath: bytes) -> None:
            raise asyncssh.SFTPOpUnsupported("no such extension")

    return OldFiles if old else Files


@contextlib.contextmanager
def sftp_server(root: Path, key: Path, *, old: bool = False) -> Iterator[int]:
    """asyncssh's server; an old one knows no extension of OpenSSH's."""
    import asyncssh

    host_key = asyncssh.generate_private_key("ssh-ed25519")
    host_key.write_public_key(str(key))
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()

    async def begin() -> "asyncssh.SSHAcceptor":
        return await asyncssh.listen(
            "127.0.0.1", 0, server_factory=_ssh_server(), server_host_keys=[host_key],
            sftp_factory=_sftp_files(root, old=old),
        )  # fmt: skip

    async def end() -> None:
        server.close()
        await server.wait_closed()
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()

    server = asyncio.run_coroutine_threadsafe(begin(), loop).result()
    try:
        yield server.get_port()
    finally:
        asyncio.run_coroutine_threadsafe(end(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


# S3


class Objects(dict[str, bytes]):
    """The objects of a bucket, which is also somebody else's hand."""

    conditional = True
    headers: dict[str, dict[str, str]]

    def files(self) -> dict[str, bytes]:
        return dict(self)

    def write(self, path: str, data: bytes) -> None:
        self[path] = data


class _Bucket(BaseHTTPRequestHandler):
    """The few calls of S3 that deploying makes; signatures are not checked."""

    protocol_version = "HTTP/1.1"

    @property
    def _objects(self) -> Objects:
        return self.server.objects  # type: ignore[attr-defined, no-any-return]

    def _key(self) -> str:
        return unquote(urlsplit(self.path).path).partition("/bucket")[2].lstrip("/")

    def _answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _fault(self, status: int, code: str) -> None:
        self._answer(status, f"<Error><Code>{code}</Code><Message>m</Message></Error>".encode())

    def do_PUT(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.headers.get("If-None-Match"):
            if not self._objects.conditional:
                return self._fault(501, "NotImplemented")
            if self._key() in self._objects:
                return self._fault(412, "PreconditionFailed")
        self._objects[self._key()] = body
        self._objects.headers[self._key()] = dict(self.headers.items())
        return self._answer(200, ETag=_etag(body))

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        key = self._key()
        if not key:
            return self._list()
        if key not in self._objects:
            return self._fault(404, "NoSuchKey")
        if key == "forbidden.txt":
            return self._fault(403, "AccessDenied")
        body, tag = self._objects[key], _etag(self._objects[key])
        span = re.fullmatch(r"bytes=(\d+)-(\d+)", self.headers.get("Range", ""))
        if span:
            part = body[int(span[1]) : int(span[2]) + 1]
            return self._answer(206, part, ETag=tag)
        return self._answer(200, body, ETag=tag)

    def do_DELETE(self) -> None:
        self._objects.pop(self._key(), None)
        self._answer(204)

    def _list(self) -> None:
        query = parse_qs(urlsplit(self.path).query)
        prefix = query.get("prefix", [""])[0]
        after = query.get("continuation-token", [""])[0]
        keys = [key for key in sorted(self._objects) if key.startswith(prefix) and key > after]
        page, more = keys[:4], keys[4:]
        items = "".join(
            f"<Contents><Key>{escape(k)}</Key><Size>{len(self._objects[k])}</Size>"
            f"<ETag>{_etag(self._objects[k])}</ETag></Contents>"
            for k in page
        )
        token = f"<NextContinuationToken>{escape(page[-1])}</NextContinuationToken>" if more else ""
        text = (
            f"<ListBucketResult><IsTruncated>{'true' if more else 'false'}</IsTruncated>"
            f"{token}{items}</ListBucketResult>"
        )
        self._answer(200, text.encode(), Content_Type="application/xml")

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextlib.contextmanager
def s3_server() -> Iterator[tuple[str, Objects]]:
    """One bucket."""
    objects = Objects()
    objects.headers = {}
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Bucket)
    server.objects = objects  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", objects
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _etag(data: bytes) -> str:
    return f'"{hashlib.md5(data, usedforsecurity=False).hexdigest()}"'


# git


class GitHand:
    """Somebody else with a clone of the repository."""

    def __init__(self, repository: Path, clone: Path, branch: str) -> None:
        self.repository = repository
        self.clone = clone
        self.branch = branch

    def _git(self, *arguments: str, cwd: Path | None = None) -> bytes:
        identity = ["-c", "user.name=Somebody", "-c", "user.email=somebody@example.com"]
        done = subprocess.run(
            ["git", *identity, *arguments],
            cwd=cwd or self.repository,
            capture_output=True,
            check=True,
        )
        return done.stdout

    def files(self) -> dict[str, bytes]:
        with tarfile.open(fileobj=io.BytesIO(self._git("archive", self.branch))) as archive:
            found = {member.name: archive.extractfile(member) for member in archive}
            return {name: file.read() for name, file in found.items() if file}

    def write(self, path: str, data: bytes) -> None:
        if not self.clone.exists():
            self._git("clone", "--quiet", str(self.repository), str(self.clone))
            self._git("checkout", "--quiet", "-B", self.branch, cwd=self.clone)
        else:
            self._git("pull", "--quiet", "origin", self.branch, cwd=self.clone)
        place = self.clone / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
        self._git("add", "-A", cwd=self.clone)
        self._git("commit", "--quiet", "-m", "By hand", cwd=self.clone)
        self._git("push", "--quiet", "origin", self.branch, cwd=self.clone)
