"""Sending many files by another program, without a server for it: a small program copies in its place."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from gazette.config.deploy import DeployTarget
from gazette.deploy.connect import open_target
from gazette.deploy.hosts import rsync
from gazette.deploy.hosts.rsync import RsyncTarget
from gazette.deploy.target import Upload
from gazette.deploy.update import Site, update
from gazette.digests import digest_file
from tests.deploy.memory import contents, manner, site
from tests.deploy.servers import PASSWORD, USER, FolderHand, sftp_server

COPY = """
import pathlib, shutil, sys
base, to, fails = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), int(sys.argv[3])
names = sys.stdin.buffer.read().split(bytes(1))
for name in names[: len(names) // 2] if fails else names:
    place = to / name.decode()
    place.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(base / name.decode(), place)
    escaped = "".join(chr(b) if b < 128 else "\\\\#%03o" % b for b in name)
    print(escaped)
if fails:
    sys.exit("no space left there")
"""
MANY: dict[str, str | bytes] = {f"media/图 {n}.jpg": bytes([n]) * n for n in range(1, 41)}


@pytest.fixture
def target(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[RsyncTarget]:
    monkeypatch.setenv("GAZETTE_PASSWORD_WEB", PASSWORD)
    monkeypatch.setattr(rsync.shutil, "which", lambda name: name)
    root, key = tmp_path / "served", tmp_path / "host_key.pub"
    root.mkdir()
    with sftp_server(root, key) as port:
        url = f"sftp://{USER}@127.0.0.1:{port}/site"
        settings = DeployTarget(url=url, rsync=True, host_key=key.read_text("utf-8").strip())
        opened = open_target("web", settings, tmp_path)
        assert isinstance(opened, RsyncTarget)
        yield opened
        opened.close()


def built(tmp_path: Path) -> Site:
    output = tmp_path / "output"
    for path, data in contents(MANY).items():
        FolderHand(output).write(path, data)
    files = {
        path: Upload(path, len(data), digest_file(output / path), output / path)
        for path, data in contents(MANY).items()
    }
    empty = site({})
    return Site(empty.address, files, empty.order)


def served(tmp_path: Path) -> dict[str, bytes]:
    files = FolderHand(tmp_path / "served/site").files()
    return {path: data for path, data in files.items() if not path.startswith(".gazette")}


@pytest.mark.parametrize("fails", [0, 1])
def test_many_files(
    target: RsyncTarget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails: int
) -> None:
    place = str(tmp_path / "served/site")
    commands = []

    def copying(self: RsyncTarget, base: Path, folder: str) -> list[str]:
        commands.append(command(self, base, folder))
        return [sys.executable, "-c", COPY, str(base), place, str(fails)]

    command = RsyncTarget._command
    monkeypatch.setattr(RsyncTarget, "_command", copying)
    puts = []
    put = target.put
    monkeypatch.setattr(target, "put", lambda upload: (puts.append(upload.path), put(upload))[1])
    update(target, built(tmp_path), manner())
    assert served(tmp_path) == contents(MANY)
    by_sftp = [path for path in puts if not path.startswith(".gazette")]
    assert len(by_sftp) == (20 if fails else 0)
    assert [note.arguments["reason"] for note in target.notes()] == (
        ["no space left there"] if fails else []
    )
    (given,) = commands
    assert given[0] == "rsync" and given[-1] == f"{USER}@127.0.0.1:/site/"
    assert "StrictHostKeyChecking=yes" in given[given.index("-e") + 1]
    again = update(target, built(tmp_path), manner())
    assert not again.sent


def test_without_the_program(
    target: RsyncTarget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(target, "_reason", "not installed")
    update(target, built(tmp_path), manner())
    assert served(tmp_path) == contents(MANY)
    assert [note.code for note in target.notes()] == ["deploy-rsync"]


def test_the_keys_that_ssh_is_given(target: RsyncTarget, tmp_path: Path) -> None:
    import msgspec

    login = msgspec.structs.replace(target._rsync_login, key=str(tmp_path / "a key"))
    target._rsync_login = login
    shell = target._shell()
    assert f"'{tmp_path / 'a key'}'" in shell and "GlobalKnownHostsFile=none" in shell
