"""A real server on loopback, in a thread of its own; and what a browser says to it."""

import asyncio
import contextlib
import http.client
import json
import queue
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import pytest
from tornado.httpclient import HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

from gazette.pipeline import BuildOptions, build
from gazette.preview.builder import Outcome
from gazette.preview.server import PreviewOptions, PreviewServer, preview_folder
from tests.conftest import Site

PATIENCE = 300
"""Seconds after which a condition that never came is a failure; no test depends on being quicker."""


class Saved(Site):
    """A site whose files are saved whole: a watcher that looks meanwhile never finds half of one."""

    def write(self, files: Mapping[str, str | bytes]) -> "Saved":
        """As any site's."""
        for path, content in files.items():
            new = self.root.parent / f"{self.root.name}-saved"
            new.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
            place = self.root / path
            place.parent.mkdir(parents=True, exist_ok=True)
            new.replace(place)
        return self


class Answer(NamedTuple):
    """An HTTP answer."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")

    @property
    def state(self) -> dict[str, Any]:
        """What bar and panel of a page begin with."""
        part = self.text.split('id="gazette-preview">')[1].split("</script>")[0]
        found: dict[str, Any] = json.loads(part)
        return found


class Preview:
    """A running preview of one site."""

    def __init__(self, site: Site, **options: Any) -> None:
        self.site = site
        self.folder = preview_folder(site.root)
        self.outcomes: queue.Queue[Outcome] = queue.Queue()
        self.polls = threading.Event()
        self.address = ""
        self.others: list[str] = []
        self._up = threading.Event()
        options.setdefault("port", 0)
        self.server = PreviewServer(PreviewOptions(root=site.root, **options), self)
        self.fault: BaseException | None = None
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def _serve(self) -> None:
        try:
            self.server.serve()
        except BaseException as fault:  # noqa: BLE001  (told to the test)
            self.fault = fault
            self._up.set()

    def start(self) -> "Preview":
        self._thread.start()
        assert self._up.wait(PATIENCE)
        if self.fault:
            raise self.fault
        return self

    def stop(self) -> None:
        self.server.stop()
        self._thread.join(PATIENCE)
        assert not self._thread.is_alive()

    # What the server tells

    def started(self, address: str, others: list[str], _wanted_port: int) -> None:
        self.address, self.others = address, others
        self._up.set()

    def built(self, outcome: Outcome) -> None:
        self.outcomes.put(outcome)

    def polling(self) -> None:
        self.polls.set()

    # Waiting

    def built_once(self) -> Outcome:
        """The next outcome."""
        return self.outcomes.get(timeout=PATIENCE)

    def until(self, condition: Callable[[], bool]) -> None:
        """Wait for a condition that builds bring about; it may look into the folder while one publishes."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            with contextlib.suppress(FileNotFoundError):
                if condition():
                    return
            with contextlib.suppress(queue.Empty):
                self.outcomes.get(timeout=0.05)
        raise AssertionError("it never came")

    def until_like_a_clean_build(self) -> None:
        """Wait for the folder to equal a clean build's."""
        wanted = clean_files(self.site)
        self.until(lambda: Site.files_in(self.folder) == wanted)

    # Asking

    @property
    def host(self) -> str:
        return urlsplit(self.address).netloc

    def get(
        self, path: str, method: str = "GET", body: str | None = None, **headers: str
    ) -> Answer:
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        connection = http.client.HTTPConnection(self.host, timeout=PATIENCE)
        try:
            connection.request(method, path, body, given)
            answer = connection.getresponse()
            return Answer(answer.status, dict(answer.headers.items()), answer.read())
        finally:
            connection.close()

    def json(self, path: str) -> Any:
        return json.loads(self.get(path).body)

    def post(self, path: str, value: Any, **headers: str) -> Answer:
        given = {"Content_Type": "application/json", "Origin": self.address.rstrip("/"), **headers}
        return self.get(path, "POST", json.dumps(value), **given)


class Page:
    """A browser's page at the other end of the socket, without a browser."""

    def __init__(self, preview: Preview, path: str) -> None:
        self._preview = preview
        self._path = path
        self._loop = asyncio.new_event_loop()
        self._socket: WebSocketClientConnection | None = None
        self._first: Answer | None = None
        self.commands: list[str] = []
        """All that was said, but for the greeting."""

    def loaded(self) -> "Page":
        """Load the page, and do not listen yet."""
        self._first = self.load()
        return self

    def __enter__(self) -> "Page":
        self._first = self._first or self.load()
        self._loop.run_until_complete(self._connect())
        self.wait("hello")
        self.wait("status")
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.run_until_complete(self._close())
        self._loop.close()

    def load(self) -> Answer:
        """Load the page, as a browser does."""
        return self._preview.get(f"/{self._path}")

    async def _connect(self) -> None:
        assert self._first is not None
        url = self._preview.address
        socket = f"ws://{self._preview.host}/__gazette/livereload"
        origin = {"Origin": url.rstrip("/")}
        request = HTTPRequest(socket, headers=origin, connect_timeout=PATIENCE)
        self._socket = await websocket_connect(request)
        shows = {"url": url + self._path, "shown": self._first.state["shown"]}
        for message in ({"command": "hello"}, {"command": "info", **shows}):
            await self._socket.write_message(json.dumps(message))

    async def _read(self) -> Any:
        assert self._socket is not None
        return await self._socket.read_message()

    async def _close(self) -> None:
        assert self._socket is not None
        self._socket.close()
        while await asyncio.wait_for(self._read(), PATIENCE) is not None:
            pass

    def next(self) -> dict[str, Any]:
        """The next message."""
        message = self._loop.run_until_complete(asyncio.wait_for(self._read(), PATIENCE))
        assert message is not None, "the server closed the socket"
        found: dict[str, Any] = json.loads(message)
        self.commands += [found["command"]] if found["command"] != "hello" else []
        return found

    def wait(self, command: str, **fields: Any) -> dict[str, Any]:
        """The next message of this kind, with these fields."""
        while True:
            message = self.next()
            if message["command"] == command and fields.items() <= message.items():
                return message

    def wait_for_text(self, text: str) -> None:
        """Load again at each reload message, until the page holds the text."""
        while text not in self.load().text:
            self.wait("reload")


def clean_files(site: Site) -> dict[str, bytes]:
    """What `build --drafts --future --expired` makes of the sources, in an empty folder."""
    output = site.root.parent / f"{site.root.name}-clean"
    options = BuildOptions(
        root=site.root, output=output, drafts=True, future=True, expired=True, clean=True
    )
    report = build(options)
    assert report.published, report.problems
    return Site.files_in(output)


@pytest.fixture
def make_site(make_site: Callable[..., Site]) -> Callable[..., Site]:
    """As everywhere, but that files are saved whole."""
    return lambda files=None: Saved(make_site(files).root)


@pytest.fixture
def preview() -> Iterator[Callable[..., Preview]]:
    """Starts previews, and waits for the first build; they end with the test."""
    running: list[Preview] = []

    def start(site: Site, *, waits: bool = True, **options: Any) -> Preview:
        found = Preview(site, **options)
        running.append(found)
        found.start()
        if waits:
            found.built_once()
        return found

    yield start
    for found in running:
        if found.address:
            found.stop()


Start = Callable[..., Preview]


def replace_file(path: Path, text: str) -> None:
    """Save as many editors do: write another file, and put it in place."""
    new = path.with_name(f"{path.name}.tmp")
    new.write_text(text, "utf-8")
    new.replace(path)
