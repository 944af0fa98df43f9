"""What the last build that published was like: deploying asks, for not every build is for readers."""

import msgspec

from gazette.publish.state import State, replace_file


class BuildRecord(msgspec.Struct, frozen=True):
    """The build whose result lies in the output folder."""

    started_ns: int
    """When it began; what changed later is not in it."""
    now: int
    """The time, in seconds, that decided which articles exist."""
    drafts: bool = False
    future: bool = False
    expired: bool = False
    errors: int = 0
    """Errors of documents that were left out."""


def write_record(state: State, record: BuildRecord) -> None:
    """Keep it in the state folder."""
    replace_file(state.folder / "build.json", msgspec.json.encode(record))


def read_record(state: State) -> BuildRecord | None:
    """The record; None if there is none, or one of another version."""
    try:
        return msgspec.json.decode((state.folder / "build.json").read_bytes(), type=BuildRecord)
    except (OSError, msgspec.DecodeError):
        return None
