"""Removing what Gazette made, and nothing else."""

from pathlib import Path

from gazette.config.load import load
from gazette.digests import engine_identity
from gazette.ledger import Ledger
from gazette.problems import SiteError
from gazette.publish.commit import clear_stage, recover, remove_made
from gazette.publish.state import State, disk_error


def clean(root: Path, output: Path | None) -> int:
    """Remove all files made for an output folder (None: the site's), and what is known of it.

    Gives the number of files; raises MachineError if the machine does not let it.
    """
    state = State(root, output or _usual_output(root))
    if not state.folder.is_dir():
        return 0
    try:
        with state.locked():
            recover(state)
            made = state.read_made()
            if made is None:
                made = Ledger.open(state.folder, engine_identity(), []).paths
            clear_stage(state)
            count = remove_made(state, made)
            state.forget()
        state.forget()
    except OSError as fault:
        raise disk_error(fault) from fault
    return count


def _usual_output(root: Path) -> Path:
    try:
        return root / load(root).settings.output.dir
    except SiteError:
        return root / "output"  # the settings' own default
