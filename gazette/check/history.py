"""The history of the site's folder in git."""

import os
from pathlib import Path

_SURROUNDINGS = {"GIT_OPTIONAL_LOCKS": "0", "GIT_NO_REPLACE_OBJECTS": "1", "LC_ALL": "C"}


class GitError(Exception):
    """Git is not there, or does not know the folder or what is asked; the text says so."""


def git(root: Path, *arguments: str) -> bytes:
    """What git prints, whatever the user's settings; raises GitError."""
    import subprocess  # slow to load, and many a site has no git

    command = ["git", "-C", str(root), "-c", "core.quotepath=off", *arguments]
    try:
        done = subprocess.run(
            command, capture_output=True, check=False, env={**os.environ, **_SURROUNDINGS}
        )
    except OSError as fault:
        raise GitError(fault.strerror or str(fault)) from fault
    if done.returncode:
        raise GitError(done.stderr.decode("utf-8", "replace").strip())
    return done.stdout


def history_of(root: Path) -> str:
    """What stands for the commits that lead to the folder as it is; empty where there is no git.

    The last commit, the folder's place in the repository, and where a shallow copy's history is cut off.
    """
    above = (root, *root.parents)
    if "GIT_DIR" not in os.environ and not any((folder / ".git").exists() for folder in above):
        return ""
    try:
        answer = git(
            root, "rev-parse", "--git-path", "shallow", "--show-prefix", "--verify", "HEAD"
        )
    except GitError:
        return ""
    shallow, _, rest = os.fsdecode(answer).partition("\n")
    try:
        return rest + (root / shallow).read_text("utf-8", "replace")
    except OSError:
        return rest
