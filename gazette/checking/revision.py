"""Which files of the site differ from a git revision."""

import os
import subprocess
from pathlib import Path


class GitError(Exception):
    """Git is not there, or does not know the folder or the revision; the text says so."""


def git(root: Path, *arguments: str) -> bytes:
    """What git prints; raises GitError."""
    environment = {**os.environ, "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
    command = ["git", "-C", str(root), "-c", "core.quotepath=off", *arguments]
    try:
        done = subprocess.run(command, capture_output=True, check=False, env=environment)
    except OSError as fault:
        raise GitError(fault.strerror or str(fault)) from fault
    if done.returncode:
        raise GitError(done.stderr.decode("utf-8", "replace").strip())
    return done.stdout


def changed_files(root: Path, revision: str) -> frozenset[str]:
    """Files, relative to `root`, that differ from `revision` or are new; raises GitError."""
    differing = git(
        root, "diff", "--name-only", "-z", "--relative", "--end-of-options", revision, "--"
    )
    new = git(root, "ls-files", "--others", "--exclude-standard", "-z")
    names = (differing + new).split(b"\0")
    return frozenset(os.fsdecode(name) for name in names if name)
