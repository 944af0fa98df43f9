"""livereload's socket, one for each open page."""

import contextlib
import json
from typing import Any
from urllib.parse import unquote, urlsplit

from livereload.handlers import LiveReloadHandler
from tornado.websocket import WebSocketClosedError

from gazette.preview.access import host_is_ours, is_loopback, origin_is_ours
from gazette.preview.newsroom import Newsroom


class PageSocket(LiveReloadHandler):  # type: ignore[misc]
    """Speaks livereload's protocol 7: hello, info, reload; and tells besides how things stand.

    livereload drops a reload that comes within three seconds of the last, keeps its sockets in the class
    and takes them from any origin; so nothing of that is used.
    """

    def initialize(self, newsroom: Newsroom, host: str) -> None:
        """`host` is where the server listens."""
        self.newsroom = newsroom
        self.listens_on = host
        self.page = ""
        self.shown: bytes | None = None
        self.is_local = is_loopback(self.request.remote_ip or "")

    def check_origin(self, origin: str) -> bool:
        """Only our own pages."""
        host = self.request.headers.get("Host", "")
        return host_is_ours(host, self.listens_on) and origin_is_ours(origin, host)

    def prepare(self) -> None:
        """Refuse other host names, also where a program sends no origin."""
        if not host_is_ours(self.request.headers.get("Host", ""), self.listens_on):
            self.set_status(403)
            self.finish()

    def on_message(self, message: str | bytes) -> None:
        """Answer hello; remember which page it is."""
        try:
            said = json.loads(message)
            command = said["command"]
        except (ValueError, TypeError, KeyError):
            self.close()
            return
        if command == "hello":
            super().on_message(message)
        elif command == "info":
            address = unquote(urlsplit(str(said.get("url", ""))).path)
            self.page = self.newsroom.places.output_path(address) or ""
            stamp = said.get("shown")
            self.newsroom.joined(self, stamp if isinstance(stamp, str) else None)

    def on_close(self) -> None:
        """Forget it."""
        self.newsroom.viewers.discard(self)

    def send(self, message: dict[str, Any]) -> None:
        """Send; a page that is gone needs nothing."""
        with contextlib.suppress(WebSocketClosedError):
            sent = self.write_message(json.dumps(message, ensure_ascii=False))
            sent.add_done_callback(lambda done: done.cancelled() or done.exception())
