"""Many files at once by rsync, over the same login as SFTP."""

import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from gazette.deploy.hosts.sftp import Place, SftpTarget
from gazette.deploy.hosts.ssh import Login
from gazette.deploy.target import Arrived, Found, Upload
from gazette.problems import Problem, warning

_FEW = 20
"""For fewer files starting rsync takes longer than it saves."""


class RsyncTarget(SftpTarget):
    """Sends by rsync; all else, and what rsync could not do, goes by SFTP."""

    def __init__(self, login: Login, place: Place, parallel: int) -> None:
        super().__init__(login, place, parallel)
        self._folder = tempfile.TemporaryDirectory(prefix="gazette-ssh-")
        self._rsync_login = login
        self._rsync_place = place
        self._reason = "" if shutil.which("rsync") and shutil.which("ssh") else "not installed"

    def notes(self) -> Sequence[Problem]:
        """Why rsync was not used, if it was not."""
        return [warning("deploy-rsync", reason=self._reason)] if self._reason else []

    def put_all(self, uploads: Sequence[Upload], done: Arrived, folder: str = "") -> None:
        """Run rsync on the files of one folder; it names each as it is complete."""
        files = {upload.path: upload for upload in uploads if upload.file}
        if len(files) < _FEW or self._reason:
            return
        first = next(iter(files.values()))
        base = _base_of(first)
        fitting = {path: upload for path, upload in files.items() if upload.file == base / path}
        self._prepare(folder)
        command = self._command(base, folder)
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        names = "\0".join(fitting).encode()
        out, err = process.communicate(names)
        for name in out.split(b"\n"):
            upload = fitting.get(_unescaped(name).decode("utf-8", "replace"))
            if upload:
                done(upload, _as_sent(upload))
        if process.returncode:
            last = err.decode("utf-8", "replace").strip().splitlines() or [str(process.returncode)]
            self._reason = last[0][:200]

    def _prepare(self, folder: str) -> None:
        """Let the folder be there: rsync makes only one level, and only in newer versions."""
        self.make_folder(folder)

    def _command(self, base: Path, folder: str) -> list[str]:
        login = self._rsync_login
        where = self._rsync_place.of(folder).rstrip("/") + "/"
        user = f"{login.user}@" if login.user else ""
        host = f"[{login.host}]" if ":" in login.host else login.host
        return [
            "rsync", "--files-from=-", "--from0", "--times", "--ignore-times", "--no-implied-dirs",
            "--protect-args", "--out-format=%n", "--timeout=60", "-e", self._shell(),
            f"{base}/", f"{user}{host}:{where}",
        ]  # fmt: skip

    def _shell(self) -> str:
        login = self._rsync_login
        parts = ["ssh", "-p", str(login.port), "-oBatchMode=yes", "-oStrictHostKeyChecking=yes"]
        if login.key:
            parts += ["-i", str(Path(login.key).expanduser()), "-oIdentitiesOnly=yes"]
        parts += [f"-oUserKnownHostsFile={self._known_hosts()}", "-oGlobalKnownHostsFile=none"]
        return " ".join(f"'{part}'" if " " in part else part for part in parts)

    def _known_hosts(self) -> Path:
        """A file with the key that the host has shown; it was checked when SFTP connected."""
        login = self._rsync_login
        path = Path(self._folder.name, "known_hosts")
        host = login.host if login.port == 22 else f"[{login.host}]:{login.port}"
        path.write_text(f"{host} {self.host_key()}\n", "utf-8")
        return path

    def close(self) -> None:
        """End the connection."""
        self._folder.cleanup()
        super().close()


def _base_of(upload: Upload) -> Path:
    assert upload.file is not None
    depth = upload.path.count("/") + 1
    return upload.file.parents[depth - 1]


def _as_sent(upload: Upload) -> Found:
    assert upload.file is not None
    return Found(upload.size, str(int(upload.file.stat().st_mtime)))


def _unescaped(name: bytes) -> bytes:
    r"""Undo rsync's `\#ooo` for bytes that are not of the terminal's encoding."""
    return re.sub(rb"\\#(\d{3})", lambda found: bytes([int(found[1], 8)]), name)
