"""watchfiles behind livereload's watcher seam: what changed below the site, a burst at a time."""

import contextlib
import os
import queue
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from livereload.watcher import Watcher

_STEP_MS = 15
"""How long nothing more may happen before a change is handed on."""
_BURST_MS = 250
_FEW = 8
_QUIET_S = 0.15
"""More files than a few at once are a checkout or a copied folder: wait for its end."""
_LONGEST_S = 20.0
_STANDING_S = 60.0
_POLL_S = 0.5
_POLL_SHARE = 8
"""Looking takes at most an eighth of the time."""
_REMOTE = frozenset(
    [
        "nfs",
        "nfs4",
        "cifs",
        "smb",
        "smb2",
        "smb3",
        "smbfs",
        "9p",
        "vboxsf",
        "afs",
        "fuse.sshfs",
        "davfs",
    ]
)
"""File systems on which a change made elsewhere is not told."""


class _Begun:
    """A stop event that tells when a watch first asks for it: by then the watch stands."""

    def __init__(self, stop: threading.Event, stands: Callable[[], None]) -> None:
        self._stop = stop
        self._stands: Callable[[], None] | None = stands

    def is_set(self) -> bool:
        """Whether to stop."""
        stands, self._stands = self._stands, None
        if stands:
            stands()
        return self._stop.is_set()


class TreeWatcher(Watcher):  # type: ignore[misc]
    """Watches whole folders, and single files by the folder that holds them.

    `watch(folder, function)` registers as livereload does; the function is given the changed paths.
    """

    def __init__(self, root: Path, poll: bool | None = None) -> None:
        super().__init__()
        self.root = root
        self.polls = on_network(root) if poll is None else poll
        """Whether the system does not tell of changes, so that they must be looked for."""
        self.told_polling: Callable[[], None] = lambda: None
        self._found: queue.Queue[set[str]] = queue.Queue()
        self._stop = threading.Event()
        self._restart = threading.Event()
        self._root_stands = threading.Event()
        self._folders_stand = threading.Event()
        self._changed: tuple[str, ...] = ()
        self._watched: tuple[str, ...] = ()

    def start(self, callback: Callable[[], object]) -> bool:
        """Begin to watch; `callback` is called from a thread of the watcher's after each burst."""
        self._watched = self._existing()
        for run in (self._watch_root, self._watch_folders):
            threading.Thread(target=run, name="gazette-watch", daemon=True).start()
        threading.Thread(
            target=self._collect, args=(callback,), name="gazette-collect", daemon=True
        ).start()
        return True

    def stop(self) -> None:
        """End the threads."""
        for event in (self._stop, self._restart, self._root_stands, self._folders_stand):
            event.set()
        self._found.put(set())

    def wait(self) -> None:
        """Wait until the watches stand: from then on no change is missed."""
        for event in (self._root_stands, self._folders_stand):
            event.wait(_STANDING_S)

    def examine(self) -> tuple[str | None, str]:
        """Run the functions of what changed. The build decides what is reloaded, so nothing is here."""
        changed, self._changed = self._changed, ()
        self.filepath = changed[0] if changed else None
        for path, task in self._tasks.items():
            inside = [c for c in changed if c == path or c.startswith(path + os.sep)]
            if inside and task["func"]:
                task["func"](inside)
        return self.filepath, "forever"

    # What the system tells

    def _existing(self) -> tuple[str, ...]:
        return tuple(path for path in self._tasks if _is_folder(path))

    def _watch_root(self) -> None:
        """Files beside content/, and folders that come and go, which no watch of their own survives."""
        stands = self._root_stands
        for paths in self._batches([str(self.root)], self._stop, stands, recursive=False):
            tops = {path for path in paths if path in self._tasks}
            if any(map(_is_folder, tops)) or self._existing() != self._watched:
                self._restart.set()
            self._found.put(tops | {path for path in paths if Path(path).parent == self.root})

    def _watch_folders(self) -> None:
        while not self._stop.is_set():
            self._restart.clear()
            self._watched = self._existing()
            stands = self._folders_stand
            for paths in self._batches(self._watched, self._restart, stands, recursive=True):
                self._found.put(paths)

    def _batches(
        self,
        paths: Iterable[str],
        stop: threading.Event,
        stands: threading.Event,
        *,
        recursive: bool,
    ) -> Iterator[set[str]]:
        def stand() -> None:
            if stands.is_set():  # what happened between two watches was not seen
                self._found.put(set(self._tasks))
            stands.set()

        while not stop.is_set():
            there = [path for path in paths if _is_folder(path)]
            if not there:
                stands.set()
                stop.wait(0.2)
            elif self.polls:
                yield from _looked_for(there, stop, stand, recursive=recursive)
            else:
                yield from self._told(there, _Begun(stop, stand), recursive=recursive)

    def _told(self, folders: list[str], stop: _Begun, *, recursive: bool) -> Iterator[set[str]]:
        from watchfiles import watch

        try:
            for batch in watch(
                *folders, watch_filter=None, step=_STEP_MS, debounce=_BURST_MS, stop_event=stop,
                rust_timeout=500, raise_interrupt=False, recursive=recursive, force_polling=False,
                ignore_permission_denied=True,
            ):  # fmt: skip
                yield {path for _, path in batch if not _is_noise(path)}
        except Exception:  # noqa: BLE001  (the library's own error type: a limit of the system, a lost drive)
            if all(_is_folder(folder) for folder in folders):  # else one went just now
                self.polls = True
                self.told_polling()

    # One burst at a time

    def _collect(self, callback: Callable[[], object]) -> None:
        while not self._stop.is_set():
            changed = self._found.get()
            until = time.monotonic() + _LONGEST_S
            while time.monotonic() < until and (len(changed) > _FEW or self._checking_out()):
                try:
                    changed |= self._found.get(timeout=_QUIET_S)
                except queue.Empty:
                    if not self._checking_out():
                        break
            while not self._found.empty():
                changed |= self._found.get()
            if changed and not self._stop.is_set():
                self._changed = tuple(sorted(changed))
                callback()

    def _checking_out(self) -> bool:
        """Whether git is just writing files."""
        return (self.root / ".git" / "index.lock").exists()


def _looked_for(
    folders: list[str], stop: threading.Event, stand: Callable[[], None], *, recursive: bool
) -> Iterator[set[str]]:
    """What changed since the last look, for systems that do not tell; watchfiles' own looks at seconds only."""
    known = _states(folders, recursive=recursive)
    stand()
    while not stop.is_set():
        started = time.monotonic()
        found = _states(folders, recursive=recursive)
        changed = {path for path, _ in found.items() ^ known.items()}
        known = found
        if changed:
            yield changed
        stop.wait(max(_POLL_S, _POLL_SHARE * (time.monotonic() - started)))


def _states(folders: list[str], *, recursive: bool) -> dict[str, tuple[int, int, int]]:
    """How each file stands: size, time, number."""
    found = {}
    waiting = list(folders)
    while waiting:
        with contextlib.suppress(OSError), os.scandir(waiting.pop()) as entries:
            for entry in entries:
                with contextlib.suppress(OSError):  # it went while we looked
                    if entry.is_dir(follow_symlinks=False):
                        waiting += [entry.path] if recursive else []
                    elif not _is_noise(entry.path):
                        state = entry.stat()
                        found[entry.path] = (state.st_size, state.st_mtime_ns, state.st_ino)
    return found


def _is_folder(path: str) -> bool:
    try:
        return Path(path).is_dir()
    except OSError:  # a folder above may not be entered
        return False


def _is_noise(path: str) -> bool:
    name = os.path.basename(path)  # noqa: PTH119  (Path is slow, and a checkout has hundreds)
    return name.startswith((".", "~$", "4913")) or name.endswith(
        ("~", ".swp", ".swx", ".tmp", ".crdownload")
    )


def on_network(folder: Path) -> bool:
    """Whether the folder lies on another machine, whose changes this one is not told of."""
    if sys.platform == "win32":
        import ctypes

        drive = folder.resolve().drive
        return drive.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(drive + "\\") == 4
    try:
        mounts = Path("/proc/mounts").read_text("utf-8", "replace").splitlines()
    except OSError:
        return False
    place = str(folder.resolve())
    best = ("", "")
    for line in mounts:
        _, at, kind, *_ = [*line.split(" "), "", "", ""]
        at = at.replace("\\040", " ").rstrip("/")
        if (place == at or place.startswith(at + "/")) and len(at) >= len(best[0]):
            best = (at, kind)
    return best[1] in _REMOTE
