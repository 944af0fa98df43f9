"""Which files of the site differ from a git revision."""

import os
from pathlib import Path

from gazette.check.history import git


def changed_files(root: Path, revision: str) -> frozenset[str]:
    """Files, relative to `root`, that differ from `revision` or are new; raises GitError."""
    differing = git(
        root, "diff", "--name-only", "-z", "--relative", "--end-of-options", revision, "--"
    )
    new = git(root, "ls-files", "--others", "--exclude-standard", "-z")
    names = (differing + new).split(b"\0")
    return frozenset(os.fsdecode(name) for name in names if name)
