"""A browser and a host for built sites: `browser`, `served(folder, csp)`, `page`.

Where there is no Chromium the tests in this folder are skipped, and the report says so.
"""

import functools
import threading
from collections.abc import Callable, Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.chromium import new_page, running

CSP = "default-src 'self'"
SEARCH_CSP = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'"


def usual_csp(path: str) -> str:
    """The policy of each page: only the search page may run WebAssembly."""
    return SEARCH_CSP if path.partition("?")[0].endswith("/search.html") else CSP


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """One a module: while Playwright runs, its event loop is this thread's."""
    with running() as found:
        yield found


class Server(ThreadingHTTPServer):
    """Takes as many connections at once as a browser makes."""

    request_queue_size = 128


class Host:
    """A web host on the loopback interface for a built site."""

    def __init__(self, folder: Path, csp: Callable[[str], str] | str) -> None:
        policy = csp if callable(csp) else lambda _: csp

        class Handler(SimpleHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def end_headers(self) -> None:
                if policy(self.path):
                    self.send_header("Content-Security-Policy", policy(self.path))
                super().end_headers()

            def log_message(self, *_: object) -> None:
                pass

        handler = functools.partial(Handler, directory=str(folder))
        self._server = Server(("127.0.0.1", 0), handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.2,))
        self._thread.start()

    def close(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


@pytest.fixture(scope="session")
def served() -> Iterator[Callable[..., str]]:
    """`served(folder, csp=usual_csp)`: the address of a host for a built site.

    `csp` is the header's value, or gives it for a path; empty: no header. One host a folder and policy.
    """
    hosts: dict[tuple[Path, object], Host] = {}

    def serve(folder: Path, csp: Callable[[str], str] | str = usual_csp) -> str:
        key = (folder, csp)
        if key not in hosts:
            hosts[key] = Host(folder, csp)
        return hosts[key].url

    yield serve
    for host in hosts.values():
        host.close()


class Watched:
    """A page of the browser, with all that it complained of."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.complaints: list[str] = []
        """Console errors and warnings, uncaught errors, breaches of the policy, failed requests."""
        self.requests: list[str] = []
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.complaints.append(f"uncaught: {error}"))
        page.on("requestfailed", self._failed)
        page.on("request", lambda request: self.requests.append(request.url))

    def _failed(self, request: Any) -> None:
        # The browser gives up what a page asked for that is left behind.
        if request.failure != "net::ERR_ABORTED":
            self.complaints.append(f"failed: {request.url}: {request.failure}")

    def _said(self, message: Any) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(f"{message.type}: {message.text}")


@pytest.fixture(scope="module")
def shared(browser: Any) -> Iterator[Watched]:
    """One page for a module's tests that leave it as it was."""
    page = new_page(browser)
    yield Watched(page)
    page.context.close()


@pytest.fixture
def watched(browser: Any) -> Iterator[Callable[..., Watched]]:
    """`watched(**options)`: a page in a context of its own, with Playwright's options for contexts."""
    pages = []

    def open_page(**options: Any) -> Watched:
        pages.append(new_page(browser, **options))
        return Watched(pages[-1])

    yield open_page
    for page in pages:
        page.context.close()
