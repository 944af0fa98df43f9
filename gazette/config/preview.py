"""The section `preview`."""

from typing import Annotated

from msgspec import Meta

from gazette.config.base import Settings


class PreviewSettings(Settings, frozen=True):
    """What an editor sees while writing."""

    editor: Annotated[
        str,
        Meta(
            description="Address that opens a file in an editor's program; {path} and {line} are put in. Empty: no link",
            pattern=r"^((?!javascript|data|vbscript)[a-z][a-z0-9+.-]*://?\S*)?$",
            examples=["vscode://file/{path}:{line}"],
        ),
    ] = "vscode://file/{path}:{line}"
