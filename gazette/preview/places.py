"""Where things stand: addresses, output paths, the preview's folder and the editor's own program."""

from pathlib import Path, PurePath
from urllib.parse import quote, unquote

from gazette.preview.ahead import Ahead
from gazette.publish.kept import Kept
from gazette.urls import base_path, path_fault


class Places:
    """Finds what stands at an address."""

    def __init__(self, kept: Kept, ahead: Ahead) -> None:
        self.folder = kept.state.output
        self._kept = kept
        self._ahead = ahead

    @property
    def base(self) -> str:
        """The path under which the site stands, with both slashes."""
        return base_path(self._kept.config.settings.site.url) if self._kept.config else "/"

    def output_path(self, address: str) -> str | None:
        """The output path that the path part of an address (decoded) means; None: not of the site."""
        base = unquote(self.base)
        if not address.startswith(base):
            return None
        path = address[len(base) :]
        return path + "index.html" if not path or path.endswith("/") else path

    def file(self, path: str) -> Path | None:
        """The file at an output path; None if there is none, or if the path leads out of the folder."""
        if path_fault(path) is not None:
            return None
        place = self.folder / path
        try:
            return (
                place
                if place.is_file() and place.resolve().is_relative_to(self.folder.resolve())
                else None
            )
        except OSError:
            return None

    def bytes_of(self, path: str) -> bytes | None:
        """What stands at an output path now; None if nothing does."""
        look = self._ahead.get(path)
        if look is not None:
            return look
        place = self.file(path)
        try:
            return place.read_bytes() if place else None
        except OSError:
            return None

    @property
    def is_empty(self) -> bool:
        """Whether there is no page to show yet."""
        return not _is_file(self.folder / "index.html")

    def editor_link(self, source: str, line: int) -> str:
        """The address that opens a file of the site in the editor's program; empty if there is none."""
        template = self._kept.config.settings.preview.editor if self._kept.config else ""
        place = self._kept.state.root / source
        if not template or not source or not _is_file(place):
            return ""
        path = quote(PurePath(place).as_posix().lstrip("/"), safe="/:")
        return template.replace("{path}", path).replace("{line}", str(line))


def _is_file(place: Path) -> bool:
    """Whether a file lies there; in a folder that may not be entered none does."""
    try:
        return place.is_file()
    except OSError:
        return False
