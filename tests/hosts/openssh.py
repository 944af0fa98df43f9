"""OpenSSH's server on loopback, with keys of its own."""

import contextlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.hosts.webservers import free_port, listens, wait

SSHD = shutil.which("sshd") or ("/usr/sbin/sshd" if Path("/usr/sbin/sshd").exists() else None)
CONFIG = """\
Port {port}
ListenAddress 127.0.0.1
HostKey {folder}/host_key
AuthorizedKeysFile {folder}/user_key.pub
PidFile {folder}/pid
PasswordAuthentication no
KbdInteractiveAuthentication no
PubkeyAuthentication yes
UsePAM no
StrictModes no
PermitRootLogin prohibit-password
Subsystem sftp internal-sftp
"""


class Sshd(NamedTuple):
    """A running server."""

    port: int
    key: Path
    host_key: str
    process: "subprocess.Popen[bytes]"


@contextlib.contextmanager
def sshd(folder: Path) -> Iterator[Sshd]:
    """Serve the whole file system to whoever has the key, which only this folder holds."""
    assert SSHD
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("host_key", "user_key"):
        command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)]
        subprocess.run(command, check=True)
    port = free_port()
    (folder / "config").write_text(CONFIG.format(port=port, folder=folder))
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)  # where it drops its privileges
    process = subprocess.Popen(
        [SSHD, "-D", "-e", "-f", str(folder / "config")],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        wait(lambda: listens(port) or process.poll() is not None)
        host_key = (folder / "host_key.pub").read_text().strip()
        yield Sshd(port, folder / "user_key", host_key, process)
    finally:
        process.terminate()
        process.wait()
