"""Deploying to real servers on loopback: OpenSSH with rsync, FTPS, S3, and the command from end to end."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from gazette.config.deploy import DeployTarget
from gazette.deploy.connect import open_target
from gazette.deploy.hosts.rsync import RsyncTarget
from gazette.deploy.target import HostError, Target
from gazette.deploy.update import update
from tests.conftest import Site
from tests.deploy.memory import contents, manner, site
from tests.deploy.scenario import check_broken, check_host, check_parts, check_releases, opened
from tests.deploy.servers import (
    PASSWORD,
    USER,
    FolderHand,
    ftp_server,
    running,
    webdav_server,
)
from tests.hosts.openssh import SSHD, Sshd, sshd
from tests.hosts.webservers import free_port
from tests.publish.sites import tiny_site

ROOT = Path(__file__).parent.parent.parent
pytestmark = [pytest.mark.hosts]
needs_ssh = pytest.mark.skipif(SSHD is None, reason="needs openssh-server")
needs_rsync = pytest.mark.skipif(shutil.which("rsync") is None, reason="needs rsync")
Opener = Callable[[], Target]


@pytest.fixture(autouse=True)
def login(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("GAZETTE_PASSWORD_WEB", PASSWORD)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "sample")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "sample")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "served"
    folder.mkdir()
    return folder


def opener_of(**settings: object) -> Opener:
    return lambda: open_target("web", DeployTarget(**settings), Path("/"))  # type: ignore[arg-type]


# OpenSSH


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Sshd]:
    monkeypatch.delenv("GAZETTE_PASSWORD_WEB")
    with sshd(tmp_path / "sshd") as running_server:
        yield running_server


def ssh_opener(server: Sshd, folder: Path, **settings: object) -> Opener:
    return opener_of(
        url=f"sftp://127.0.0.1:{server.port}{folder}", key=str(server.key),
        host_key=server.host_key, **settings,
    )  # fmt: skip


@needs_ssh
@pytest.mark.parametrize("rsync", [False, pytest.param(True, marks=needs_rsync)])
def test_openssh(server: Sshd, root: Path, rsync: bool) -> None:
    check_parts(ssh_opener(server, root / "a", rsync=rsync))
    check_host(ssh_opener(server, root / "b", rsync=rsync), FolderHand(root / "b"))
    check_broken(ssh_opener(server, root / "c", rsync=rsync), FolderHand(root / "c"))


@needs_ssh
@pytest.mark.parametrize("rsync", [False, pytest.param(True, marks=needs_rsync)])
def test_openssh_releases(server: Sshd, root: Path, rsync: bool) -> None:
    check_releases(
        ssh_opener(server, root / "d", rsync=rsync),  # type: ignore[arg-type]
        lambda path: FolderHand((root / "d" / path).resolve()).files(),
    )
    page = root / "d" / "current" / "media/a.jpg"
    assert page.stat().st_nlink == 2  # of two releases


@needs_ssh
@needs_rsync
def test_rsync_sends_what_is_many(server: Sshd, root: Path, tmp_path: Path) -> None:
    many = {f"news/第 {n} 页.html": f"page {n}" for n in range(60)} | {"index.html": "home"}
    output = tmp_path / "output"
    FolderHand(output)
    uploads = {}
    for path, data in contents(many).items():
        FolderHand(output).write(path, data)
    for path, upload in site(many).files.items():
        uploads[path] = type(upload)(path, upload.size, upload.digest, output / path)
    whole = site({})
    whole = type(whole)(whole.address, uploads, whole.order)
    opener = ssh_opener(server, root / "r", rsync=True)
    puts = []
    with opened(opener) as target:
        assert isinstance(target, RsyncTarget)
        put = target.put
        target.put = lambda upload: (puts.append(upload.path), put(upload))[1]  # type: ignore[method-assign]
        update(target, whole, manner())
        assert not target.notes()
    assert [path for path in puts if not path.startswith(".gazette")] == ["index.html"]
    assert {p: d for p, d in FolderHand(root / "r").files().items() if p in many} == contents(many)
    with opened(opener) as target:
        assert not update(target, whole, manner()).sent


@needs_ssh
def test_openssh_with_known_hosts(
    server: Sshd, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    (home / ".ssh").mkdir(parents=True)
    monkeypatch.setenv("HOME", str(home))
    opener = opener_of(url=f"sftp://127.0.0.1:{server.port}{root}", key=str(server.key))
    (home / ".ssh/known_hosts").write_text(f"[127.0.0.1]:{server.port} {server.host_key}\n")
    with opened(opener) as target:
        assert target.look("none") is None


# The others


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    path = tmp_path / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
         "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", str(tmp_path / "key"),
         "-out", str(tmp_path / "only")],
        check=True, capture_output=True,
    )  # fmt: skip
    path.write_bytes((tmp_path / "key").read_bytes() + (tmp_path / "only").read_bytes())
    return path


FTPS = """
from pyftpdlib.handlers import TLS_FTPHandler
handler = type("Handler", (TLS_FTPHandler,), {{
    "authorizer": authorizer, "certfile": {certificate!r},
    "tls_control_required": True, "tls_data_required": True,
}})
"""


def test_ftps(root: Path, certificate: Path) -> None:
    pytest.importorskip("OpenSSL")
    with ftp_server(root, FTPS.format(certificate=str(certificate))) as port:
        usual = {"ca": str(certificate.with_name("only"))}
        address = f"ftps://{USER}@localhost:{port}"
        check_parts(opener_of(url=f"{address}/a", **usual))
        check_host(opener_of(url=f"{address}/b", **usual), FolderHand(root / "b"))
        check_broken(opener_of(url=f"{address}/c", **usual), FolderHand(root / "c"))
        unknown = opener_of(url=f"{address}/a")  # its authority is not
        with opened(unknown) as target, pytest.raises(HostError, match="host-login"):
            target.look("a")


def test_ftp(root: Path) -> None:
    with ftp_server(root) as port:
        opener = opener_of(url=f"ftp://{USER}@127.0.0.1:{port}/b")
        check_host(opener, FolderHand(root / "b"))


def test_webdav(root: Path) -> None:
    with webdav_server(root) as port:
        (root / "b").mkdir()
        check_host(opener_of(url=f"webdav://{USER}@127.0.0.1:{port}/dav/b"), FolderHand(root / "b"))


class BucketHand:
    """Somebody else with access to the bucket."""

    def __init__(self, endpoint: str) -> None:
        from gazette.deploy.hosts.s3 import s3_files

        options = {"endpoint": endpoint, "region": "us-east-1", "profile": "", "ca": ""}
        self._files = s3_files({**options, "addressing": "path"})
        self._files.call_s3("create_bucket", Bucket="bucket")

    def files(self) -> dict[str, bytes]:
        found = self._files.call_s3("list_objects_v2", Bucket="bucket").get("Contents", ())
        return {item["Key"]: self._files.cat_file(f"bucket/{item['Key']}") for item in found}

    def write(self, path: str, data: bytes) -> None:
        self._files.call_s3("put_object", Bucket="bucket", Key=path, Body=data)

    def clear(self) -> None:
        for path in self.files():
            self._files.call_s3("delete_object", Bucket="bucket", Key=path)


MOTO = """
import socket, threading, time
from moto.server import main

def tell():
    with socket.socket() as probe:
        while probe.connect_ex(("127.0.0.1", {port})):
            time.sleep(0.02)
    print({port}, flush=True)

threading.Thread(target=tell, daemon=True).start()
main(["-H", "127.0.0.1", "-p", "{port}"])
"""


def test_s3() -> None:
    pytest.importorskip("moto")
    with running(MOTO.format(port=free_port())) as port:
        endpoint = f"http://127.0.0.1:{port}"
        hand = BucketHand(endpoint)
        opener = opener_of(
            url="s3://bucket", endpoint=endpoint, region="us-east-1", addressing="path"
        )
        check_parts(opener)
        hand.clear()
        check_host(opener, hand)
        hand.clear()
        check_broken(opener, hand)


# The command


@needs_ssh
def test_the_command_from_end_to_end(server: Sshd, root: Path, tmp_path: Path) -> None:
    made = tiny_site(tmp_path / "site")
    config = (made.root / "config.yaml").read_text()
    url = f"sftp://127.0.0.1:{server.port}{root}"
    deploy = (
        f"deploy: {{web: {{url: {url!r}, key: {server.key}, host_key: {server.host_key!r}}}}}\n"
    )
    made.write({"config.yaml": config + deploy})
    made.built()
    assert _ran(made, "deploy") == 0
    served = {p: d for p, d in FolderHand(root).files().items() if not p.startswith(".gazette")}
    assert served == made.files()
    made.article("a", "Another text.")
    assert _ran(made, "deploy") == 1  # older than the content
    made.built()
    assert _ran(made, "deploy", "--dry-run") == 0
    assert _ran(made, "deploy") == 0
    assert _ran(made, "deploy", "--verify") == 0
    (root / "index.html").write_text("by hand")
    assert _ran(made, "deploy", "--verify") == 1


def _ran(made: Site, *arguments: str) -> int:
    command = [sys.executable, "-m", "tests.hosts.program", "-C", str(made.root), *arguments]
    return subprocess.run(command, cwd=ROOT, check=False).returncode
