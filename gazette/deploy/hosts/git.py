"""A branch of a git repository that a host shows as a site: Gitee, GitLab, GitHub and others.

Everything is one commit, pushed at the end: readers see the old site or the new one. Files of the
branch that Gazette did not put there stay.
"""

import base64
import hashlib
import os
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO

import msgspec

from gazette.deploy.target import (
    OWN,
    PENDING,
    Found,
    HostError,
    Target,
    Upload,
    lost,
    missing_library,
    not_allowed,
)
from gazette.problems import error

_REF = "refs/gazette/work"
_DENIED = (
    "Authentication failed",
    "Permission denied",
    "could not read Username",
    "HTTP 403",
    "403 ",
)
_UNKNOWN_HOST = "Host key verification failed"


class Repository(msgspec.Struct, frozen=True):
    """Where, on which branch, and who commits."""

    url: str
    branch: str
    history: bool = True
    login: tuple[str, str] | None = None
    """User and password or access token, for https."""
    message: str = "Deploy the site"


class GitTarget(Target):
    """The branch as a folder; what is put goes through `git fast-import` into a new commit."""

    locks = False
    """Of two deploys at once, the host takes the first push only."""

    def __init__(self, repository: Repository) -> None:
        if shutil.which("git") is None:
            raise missing_library("git")
        self._to = repository
        self._folder = Path(tempfile.mkdtemp(prefix="gazette-git-"))
        self._importing: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self._tree: dict[str, str] | None = None
        self._sizes: dict[str, int] = {}
        self._old = ""

    def close(self) -> None:
        """Remove the working copy."""
        if self._importing is not None:
            self._importing.kill()
            self._importing.communicate()
        shutil.rmtree(self._folder, ignore_errors=True)

    def look(self, path: str) -> Found | None:
        """The file in the branch; None if there is none."""
        blob = self._files().get(path)
        return None if blob is None else Found(self._sizes[blob], blob)

    def walk(self) -> Iterator[tuple[str, Found]]:
        """All files but Gazette's own."""
        for path, blob in sorted(self._files().items()):
            if not path.startswith(OWN):
                yield path, Found(self._sizes[blob], blob)

    def read(self, path: str) -> Iterator[bytes]:
        """The file's bytes."""
        blob = self._files().get(path)
        if blob is None:
            raise FileNotFoundError(path)
        yield self._git("cat-file", "blob", blob)

    def put(self, upload: Upload) -> Found:
        """Add a file to the commit that is being made; nothing is pending, for the push is one step."""
        if upload.path == PENDING:
            return Found(upload.size)
        digest = hashlib.sha1(b"blob %d\0" % upload.size, usedforsecurity=False)
        with self._lock:
            stream = self._stream()
            stream.write(b"M 100644 inline %s\ndata %d\n" % (_quoted(upload.path), upload.size))
            for part in upload.chunks():
                digest.update(part)
                stream.write(part)
            stream.write(b"\n")
        return Found(upload.size, digest.hexdigest())

    def create(self, path: str, data: bytes) -> bool:
        """Nothing is made, for nothing is locked."""
        del path, data
        return True

    def delete(self, path: str) -> None:
        """Leave a file out of the commit."""
        if path in self._files():
            with self._lock:
                self._stream().write(b"D %s\n" % _quoted(path))

    def extras(self) -> Mapping[str, bytes]:
        """Without it GitHub takes the site for Jekyll's sources."""
        return {".nojekyll": b""}

    def finish(self) -> None:
        """Commit and push."""
        if self._importing is None:
            return
        process, self._importing = self._importing, None
        _, err = process.communicate(b"\ndone\n")
        if process.returncode:
            raise self._fault(err)
        to = self._to
        target = f"{_REF}:refs/heads/{to.branch}"
        lease = f"--force-with-lease=refs/heads/{to.branch}:{self._old}"
        self._git("push", "--quiet", lease, to.url, target if to.history else f"+{target}")
        self._tree = None

    # git

    def _files(self) -> dict[str, str]:
        with self._lock:
            if self._tree is None:
                self._fetch()
                self._tree = self._listed()
            return self._tree

    def _fetch(self) -> None:
        if not (self._folder / "HEAD").exists():
            self._git("init", "--quiet", "--bare")
        branch = f"refs/heads/{self._to.branch}"
        line = self._git("ls-remote", self._to.url, branch).decode().strip()
        self._old = line.split()[0] if line else ""
        if self._old:
            self._git("fetch", "--quiet", "--depth=1", self._to.url, f"+{branch}:{_REF}")

    def _listed(self) -> dict[str, str]:
        if not self._old:
            return {}
        tree = {}
        for line in self._git("ls-tree", "-r", "-l", "-z", _REF).split(b"\0"):
            facts, _, path = line.partition(b"\t")
            if path:
                _mode, _type, blob, size = facts.decode().split()
                tree[os.fsdecode(path)] = blob
                self._sizes[blob] = int(size) if size.isdigit() else 0
        return tree

    def _stream(self) -> IO[bytes]:
        if self._importing is None:
            self._importing = subprocess.Popen(
                ["git", "fast-import", "--quiet", "--done", "--force"],
                cwd=self._folder, env=self._environment(), stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
            )  # fmt: skip
            assert self._importing.stdin is not None
            self._importing.stdin.write(self._head())
        assert self._importing.stdin is not None
        return self._importing.stdin

    def _head(self) -> bytes:
        """The beginning of the commit: after the branch's last one, or, without history, with its files."""
        message = self._to.message.encode()
        who = self._git("var", "GIT_COMMITTER_IDENT").strip()
        head = b"commit %s\ncommitter %s\ndata %d\n%s\n" % (
            _REF.encode(),
            who,
            len(message),
            message,
        )
        if not self._old:
            return head
        if self._to.history:
            return head + b"from %s\n" % self._old.encode()
        files = (self._tree or {}).items()
        kept = b"".join(
            b"M 100644 %s %s\n" % (blob.encode(), _quoted(path)) for path, blob in files
        )
        return b"reset %s\n" % _REF.encode() + head + kept

    def _git(self, *arguments: str) -> bytes:
        done = subprocess.run(
            ["git", *arguments], cwd=self._folder, env=self._environment(), capture_output=True,
            check=False,
        )  # fmt: skip
        if done.returncode:
            raise self._fault(done.stderr)
        return done.stdout

    def _environment(self) -> dict[str, str]:
        """The login stands in the environment: arguments of programs are seen by everybody."""
        name = {"GIT_AUTHOR_NAME": "Gazette", "GIT_COMMITTER_NAME": "Gazette"}
        mail = {"GIT_AUTHOR_EMAIL": "gazette@localhost", "GIT_COMMITTER_EMAIL": "gazette@localhost"}
        fixed = {"GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C", "GIT_DIR": str(self._folder)}
        shell = (
            os.environ.get("GIT_SSH_COMMAND") or "ssh -oBatchMode=yes -oStrictHostKeyChecking=yes"
        )
        found = name | mail | dict(os.environ) | fixed | {"GIT_SSH_COMMAND": shell}
        if self._to.login:
            code = base64.b64encode(":".join(self._to.login).encode()).decode()
            found |= {
                "GIT_CONFIG_COUNT": "1",
                "GIT_CONFIG_KEY_0": f"http.{self._to.url}.extraHeader",
                "GIT_CONFIG_VALUE_0": f"Authorization: Basic {code}",
            }
        return found

    def _fault(self, err: bytes) -> HostError:
        text = " ".join(err.decode("utf-8", "replace").split())
        host = self._to.url
        if _UNKNOWN_HOST in text:
            return HostError(error("host-key-unknown", host=host, port=22, key="?"))
        if "stale info" in text or "non-fast-forward" in text or "fetch first" in text:
            return HostError(error("host-raced", host=host))
        return (
            not_allowed(host, text) if any(word in text for word in _DENIED) else lost(host, text)
        )


def _quoted(path: str) -> bytes:
    """The path as fast-import takes any."""
    text = os.fsencode(path).replace(b"\\", b"\\\\").replace(b'"', b'\\"').replace(b"\n", b"\\n")
    return b'"%s"' % text
