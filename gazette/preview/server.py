"""livereload's server with our own handlers: serves, watches, rebuilds and tells the browsers."""

import asyncio
import contextlib
import errno
import logging
import socket
import threading
from pathlib import Path
from typing import Any, Protocol

import msgspec
from livereload.server import Server
from tornado import web
from tornado.httpserver import HTTPServer

from gazette.parallel import Workers
from gazette.pipeline import BuildOptions
from gazette.preview.access import is_loopback
from gazette.preview.builder import Builder, Outcome
from gazette.preview.desk import DeskArticles, DeskNew, DeskPage, DeskStatic
from gazette.preview.handlers import SiteFile
from gazette.preview.newsroom import Newsroom
from gazette.preview.sockets import PageSocket
from gazette.preview.watching import TreeWatcher
from gazette.problems import MachineError, error
from gazette.publish.kept import Kept
from gazette.publish.state import PREVIEW_OUTPUT, State

_PORTS = 20
"""How many ports are tried, one after another."""
_PACKAGE = Path(__file__).parent.parent
_ADDRESS = "address"
_MAX_BODY = 100_000


class PreviewOptions(msgspec.Struct, frozen=True):
    """What the command line says of the preview."""

    root: Path
    host: str = "127.0.0.1"
    port: int = 8000
    drafts: bool = True
    language: str = "zh"
    """Of bar, panel and desk: `zh` or `en`."""
    workers: Workers = Workers()
    poll: bool | None = None
    """Look for changes instead of being told; None: where the system cannot tell."""


class Listener(Protocol):
    """Who is told what happens; called on the server's thread."""

    def started(self, address: str, others: list[str], wanted_port: int) -> None:
        """The server listens at `address`; at `others` for other devices."""

    def built(self, outcome: Outcome) -> None:
        """A build is over."""

    def polling(self) -> None:
        """The system does not tell of changes, so they are looked for."""


def preview_folder(root: Path) -> Path:
    """Where the preview is built."""
    return root.joinpath(*PREVIEW_OUTPUT)


class PreviewServer(Server):  # type: ignore[misc]
    """Serves the preview of one site until it is stopped."""

    def __init__(self, options: PreviewOptions, listener: Listener) -> None:
        self.options = options
        self.listener = listener
        super().__init__(watcher=TreeWatcher(options.root, options.poll))
        self._stopped: asyncio.Event | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._ended = threading.Event()

    def application(self, newsroom: Newsroom) -> web.Application:
        """The handlers: livereload's socket, the desk, and the site's files."""
        # What browsers ask wrongly is answered; the terminal is for what an editor can mend.
        logging.getLogger("tornado.general").addHandler(logging.NullHandler())
        given = {"newsroom": newsroom, "host": self.options.host}
        return web.Application(
            [
                (r"/__gazette/livereload", PageSocket, given),
                (r"/__gazette/", DeskPage, given),
                (r"/__gazette", web.RedirectHandler, {"url": "/__gazette/", "permanent": False}),
                (r"/__gazette/articles", DeskArticles, given),
                (r"/__gazette/new", DeskNew, given),
                (r"/__gazette/static/(.*)", DeskStatic, given),
                (r"/(.*)", SiteFile, given),
            ],
            log_function=lambda _handler: None,
            websocket_max_message_size=1 << 16,
            websocket_ping_interval=30,
        )

    def serve(self) -> None:
        """Serve until `stop` or Ctrl-C; raises MachineError if that cannot begin."""
        state = State(self.options.root, preview_folder(self.options.root))
        with self._locked(state):
            try:
                asyncio.run(self._served(state))
            finally:
                (state.folder / _ADDRESS).unlink(missing_ok=True)
                self._ended.set()

    def stop(self) -> None:
        """End; to be called from another thread."""
        if self._loop and self._stopped:
            with contextlib.suppress(RuntimeError):  # it has ended by itself
                self._loop.call_soon_threadsafe(self._stopped.set)
        self._ended.wait(60)

    @contextlib.contextmanager
    def _locked(self, state: State) -> Any:
        try:
            with state.locked():
                yield
        except MachineError as fault:
            if fault.problem.code != "locked":
                raise
            raise MachineError(error("preview-running", address=running_at(state))) from None

    async def _served(self, state: State) -> None:
        self._loop, self._stopped = asyncio.get_running_loop(), asyncio.Event()
        listening = self._bound()
        kept = Kept(state)
        newsroom = Newsroom(kept, self.options.language, self.listener.built)
        newsroom.builder = Builder(
            self._build_options(state), kept, newsroom.began, newsroom.planned, newsroom.ended
        )
        server = HTTPServer(self.application(newsroom), max_body_size=_MAX_BODY)
        server.add_sockets([listening])
        port = listening.getsockname()[1]
        polls = self.watcher.polls
        self._watch(newsroom)
        address = f"http://{_shown_host(self.options.host)}:{port}/"
        (state.folder / _ADDRESS).write_text(address, "utf-8")
        try:
            self.listener.started(address, self._others(port), self.options.port)
            if polls:
                self.listener.polling()
            await asyncio.to_thread(self.watcher.wait)
            newsroom.builder.start()
            while not self._stopped.is_set():  # Windows hears Ctrl+C only between two waits
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._stopped.wait(), 1)
        finally:
            server.stop()
            self.watcher.stop()
            newsroom.close()
            newsroom.builder.stop()
            await server.close_all_connections()

    def _build_options(self, state: State) -> BuildOptions:
        options = self.options
        return BuildOptions(
            root=options.root, output=state.output, drafts=options.drafts, future=True,
            expired=True, workers=options.workers,
        )  # fmt: skip

    def _watch(self, newsroom: Newsroom) -> None:
        root = self.options.root
        folders = [root / "content", root / "themes", root / "archetypes"]
        folders += [_PACKAGE / "themes", _PACKAGE.parent / "themes"]
        for folder in dict.fromkeys(folders):
            self.watch(str(folder), newsroom.changed)
        self.watch(str(root / "config.yaml"), newsroom.changed)
        self.watcher.told_polling = lambda: newsroom.call(self.listener.polling)
        self.watcher.start(self.watcher.examine)

    # Where it listens

    def _bound(self) -> socket.socket:
        host, port = self.options.host, self.options.port
        for number in range(port, port + _PORTS) if port else (0,):
            try:
                family = socket.AF_INET6 if ":" in host else socket.AF_INET
                listening = socket.create_server((host, number), family=family)
                listening.setblocking(False)
                return listening
            except OSError as fault:
                last = fault
                if fault.errno not in {errno.EADDRINUSE, errno.EACCES}:
                    break
            except OverflowError as fault:
                last = OSError(0, str(fault))
                break
        reason = last.strerror or str(last)
        raise MachineError(error("port-taken", host=host, port=port, reason=reason))

    def _others(self, port: int) -> list[str]:
        """Addresses for other devices, if it listens for them."""
        host = self.options.host
        if is_loopback(host):
            return []
        hosts = own_addresses() if host in {"0.0.0.0", "::"} else [host]
        return [f"http://{_shown_host(found)}:{port}/" for found in hosts]


def _shown_host(host: str) -> str:
    if host in {"0.0.0.0", "::", ""}:
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host


def own_addresses() -> list[str]:
    """This machine's address in its network; asks nobody."""
    with contextlib.suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(("192.0.2.1", 9))  # sends nothing: the system only chooses a way
        return [str(probe.getsockname()[0])]
    with contextlib.suppress(OSError):
        return [socket.gethostbyname(socket.gethostname())]
    return []


def running_at(state: State) -> str:
    """The address of the preview that holds the lock, as far as it is known."""
    try:
        return (state.folder / _ADDRESS).read_text("utf-8")
    except OSError:
        return "?"
