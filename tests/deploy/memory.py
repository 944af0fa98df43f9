"""A host in memory that breaks where it is told to, and what is put there in tests."""

from collections.abc import Callable, Iterator, Mapping

from gazette.config.settings import Permalinks
from gazette.deploy.lock import Clock, Holder
from gazette.deploy.order import Order
from gazette.deploy.target import (
    OWN,
    Found,
    LinkingTarget,
    Upload,
    lost,
    upload_of,
)
from gazette.deploy.update import Manner, Site

ADDRESS = "https://example.com"


class Killed(BaseException):
    """The program was ended: no further call reaches the host."""


class MemoryTarget(LinkingTarget):
    """Files by path; each call first asks `before` and then `after`, which may raise."""

    def __init__(self) -> None:
        self.files: dict[str, tuple[bytes, str]] = {}
        self.point_: dict[str, str] = {}
        self.calls: list[str] = []
        self.sent: list[tuple[str, bytes]] = []
        self.breaks: Callable[[int, bool], None] = lambda number, done: None
        self.count = 0
        self.links = True
        self.stamps = True

    def _call(self, name: str, work: Callable[[], object] = lambda: None) -> None:
        self.calls.append(name)
        number = len(self.calls)
        self.breaks(number, False)
        work()
        self.breaks(number, True)

    def _found(self, path: str) -> Found:
        data, stamp = self.files[path]
        return Found(len(data), stamp if self.stamps else "")

    def _store(self, path: str, data: bytes) -> None:
        self.count += 1
        self.files[path] = (data, str(self.count))

    def look(self, path: str) -> Found | None:
        self._call(f"look {path}")
        return self._found(path) if path in self.files else None

    def walk(self) -> Iterator[tuple[str, Found]]:
        self._call("walk")
        for path in sorted(self.files):
            if not path.startswith(OWN):
                yield path, self._found(path)

    def walk_in(self, folder: str) -> Iterator[tuple[str, Found]]:
        self._call(f"walk {folder}")
        for path in sorted(self.files):
            if path.startswith(folder):
                yield path.removeprefix(folder), self._found(path)

    def read(self, path: str) -> Iterator[bytes]:
        self._call(f"read {path}")
        if path not in self.files:
            raise FileNotFoundError(path)
        yield self.files[path][0]

    def put(self, upload: Upload) -> Found:
        def work() -> None:
            data = upload.whole()
            self._store(upload.path, data)
            if not upload.path.startswith(OWN):
                self.sent.append((upload.path, data))

        self._call(f"put {upload.path}", work)
        return self._found(upload.path)

    def create(self, path: str, data: bytes) -> bool:
        made = path not in self.files
        self._call(f"create {path}", lambda: self._store(path, data) if made else None)
        return made

    def delete(self, path: str) -> None:
        self._call(f"delete {path}", lambda: self.files.pop(path, None))

    def link(self, old: str, new: str) -> bool:
        if not self.links:
            return False
        self._call(f"link {new}", lambda: self.files.update({new: self.files[old]}))
        return True

    def rename_folder(self, old: str, new: str) -> None:
        def work() -> None:
            for path in [path for path in self.files if path.startswith(f"{old}/")]:
                self.files[new + path.removeprefix(old)] = self.files.pop(path)

        self._call(f"rename {old}", work)

    def folders(self, path: str) -> list[str]:
        self._call(f"folders {path}")
        start = path.rstrip("/") + "/"
        below = [name.removeprefix(start) for name in self.files if name.startswith(start)]
        return sorted({name.partition("/")[0] for name in below if "/" in name})

    def points_to(self, name: str) -> str | None:
        self._call(f"points {name}")
        return self.point_.get(name)

    def point(self, name: str, to: str) -> None:
        self._call(f"point {name}", lambda: self.point_.update({name: to}))

    # For tests

    def by_hand(self, path: str, data: bytes) -> None:
        """Somebody else writes a file."""
        self._store(path, data)

    def site(self, folder: str = "") -> dict[str, bytes]:
        """What readers find."""
        return {
            path.removeprefix(folder): data
            for path, (data, _) in self.files.items()
            if path.startswith(folder) and not path.startswith(OWN)
        }

    def shown(self) -> dict[str, bytes]:
        """What readers find, where releases are kept."""
        return self.site(self.point_["current"] + "/")

    def kill_at(self, number: int, *, done: bool) -> None:
        """End the program at a call, before or after it took effect."""
        dead = False

        def breaks(count: int, after: bool) -> None:
            nonlocal dead
            if dead or (count == number and after == done):
                dead = True
                raise Killed

        self.breaks = breaks

    def lose_at(self, number: int, *, done: bool) -> None:
        """Lose the connection once."""

        def breaks(count: int, after: bool) -> None:
            if count == number and after == done:
                raise lost("host", "broken")

        self.breaks = breaks

    def mend(self) -> None:
        """Let calls arrive again."""
        self.breaks = lambda number, done: None
        self.calls.clear()


class FakeClock:
    """A clock that only moves when somebody waits."""

    def __init__(self) -> None:
        self.time = 1_800_000_000.0
        self.waits: list[float] = []

    def now(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.time += seconds


def manner(token: str = "mine", clock: FakeClock | None = None, **options: object) -> Manner:
    """How a deploy is done in tests."""
    fake = clock or FakeClock()
    holder = Holder(f"someone with {token}", token)
    return Manner(holder, Clock(fake.now, fake.sleep), **options)  # type: ignore[arg-type]


def site(files: Mapping[str, str | bytes]) -> Site:
    """A built site."""
    uploads = {
        path: upload_of(path, data if isinstance(data, bytes) else data.encode())
        for path, data in files.items()
    }
    return Site(ADDRESS, uploads, Order(Permalinks()))


def contents(files: Mapping[str, str | bytes]) -> dict[str, bytes]:
    """The files as bytes."""
    return {path: upload.data for path, upload in site(files).files.items()}
