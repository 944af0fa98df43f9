"""nginx and Apache on free ports of this machine, with configurations of their own."""

import contextlib
import http.client
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
APACHE = shutil.which("apache2", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
MODULES = Path("/usr/lib/apache2/modules")
_PATIENCE = 30
_MODULES = [
    "mpm_event", "authz_core", "mime", "dir", "autoindex", "alias", "headers", "rewrite", "filter",
    "deflate", "env",
]  # fmt: skip


class Answer(NamedTuple):
    """What a server said."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    def __getitem__(self, name: str) -> str:  # type: ignore[override]
        """A header; all of its lines, if it stands in several."""
        return ", ".join(self.headers.get_all(name) or [])


class Server(NamedTuple):
    """A running server and the base path of the site."""

    name: str
    port: int
    base: str

    def ask(self, path: str, **headers: str) -> Answer:
        """Ask for a percent-encoded path of the host; nothing is followed, decoded or unpacked."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=_PATIENCE)
        with contextlib.closing(connection):
            names = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request("GET", path, headers=names)
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read())


@contextlib.contextmanager
def public_folder() -> Iterator[Path]:
    """A folder that a server's own account may read."""
    with tempfile.TemporaryDirectory(prefix="gazette-served-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "www").mkdir()
        yield folder


def nginx(folder: Path, base: str, include: Path) -> contextlib.AbstractContextManager[Server]:
    """nginx over `folder`/www, its `server` block as the manual says, with gzip on as Debian has it."""
    assert NGINX
    port = free_port()
    temporary = "".join(
        f"{kind}_temp_path {folder}/nginx-{kind};\n"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root;" if os.geteuid() == 0 else ""
    config = f"""
        daemon off; master_process off; {user} worker_processes 1;
        pid {folder}/nginx.pid; error_log {folder}/nginx.log;
        events {{ worker_connections 64; }}
        http {{
            include /etc/nginx/mime.types; default_type application/octet-stream;
            access_log off; gzip on; gzip_types text/css application/javascript;
            {temporary}
            server {{
                listen 127.0.0.1:{port}; server_name localhost;
                root {folder}/www;
                include "{include}";
            }}
        }}"""
    (folder / "nginx.conf").write_text(config, "utf-8")
    command = [NGINX, "-e", f"{folder}/nginx.log", "-p", str(folder), "-c", f"{folder}/nginx.conf"]
    return _running("nginx", command, port, base, folder / "nginx.log")


def apache(folder: Path, base: str, alias: Path | None = None) -> (
    contextlib.AbstractContextManager[Server]
):  # fmt: skip
    """Apache over `folder`/www, or with `alias` at the base path; it compresses as Debian's does."""
    assert APACHE
    port = free_port()
    modules = "\n".join(
        f"LoadModule {name}_module {MODULES}/mod_{name}.so"
        for name in _MODULES
        if (MODULES / f"mod_{name}.so").exists()
    )
    at = f'Alias "{base.rstrip("/")}" "{alias}"' if alias else ""
    config = f"""
        ServerRoot {folder}
        ServerName localhost
        Listen 127.0.0.1:{port}
        PidFile {folder}/apache.pid
        ErrorLog {folder}/apache.log
        StartServers 1
        {modules}
        User www-data
        Group www-data
        TypesConfig /etc/mime.types
        AddLanguage br .br
        AddEncoding x-gzip .gz
        AddOutputFilterByType DEFLATE text/html text/css text/javascript
        DirectoryIndex index.html
        DocumentRoot {folder}/www
        {at}
        <Directory "{folder}">
            Options FollowSymLinks Indexes
            AllowOverride FileInfo
            Require all granted
        </Directory>"""
    (folder / "apache.conf").write_text(config, "utf-8")
    command = [APACHE, "-X", "-d", str(folder), "-f", f"{folder}/apache.conf"]
    return _running("apache", command, port, base, folder / "apache.log")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def _running(name: str, command: list[str], port: int, base: str, log: Path) -> Iterator[Server]:
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
        try:
            wait(lambda: listens(port) or process.poll() is not None)
            if process.poll() is not None:
                said = process.stderr.read().decode() if process.stderr else ""
                written = log.read_text("utf-8", "replace") if log.exists() else ""
                raise AssertionError(f"{name} did not start: {said}{written}")
            yield Server(name, port, base)
        finally:
            process.terminate()
            process.wait(_PATIENCE)


def wait(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + _PATIENCE
    while not condition():
        assert time.monotonic() < end, "the server does not answer"
        time.sleep(0.02)


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
