"""Answers to browsers: the site's files, and what is common to all answers."""

import mimetypes
from collections.abc import Awaitable
from typing import Any

from tornado import web

from gazette.messages import translate
from gazette.messages.preview import UI, WAITING
from gazette.pages.search import INDEX_FOLDER
from gazette.preview.access import host_is_ours, is_loopback, may_read
from gazette.preview.inject import injected
from gazette.preview.newsroom import Newsroom, stamp_of

_TYPES = {
    ".html": "text/html; charset=utf-8", ".htm": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
    ".json": "application/json", ".svg": "image/svg+xml", ".xml": "application/xml; charset=utf-8",
    ".txt": "text/plain; charset=utf-8", ".csv": "text/csv; charset=utf-8", ".wasm": "application/wasm",
    ".webp": "image/webp", ".avif": "image/avif", ".woff2": "font/woff2", ".mp4": "video/mp4",
    ".webm": "video/webm", ".m4v": "video/mp4", ".ogv": "video/ogg", ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4", ".pdf": "application/pdf", ".webmanifest": "application/manifest+json",
}  # fmt: skip
"""Not left to the system: on Windows a program that was installed may have changed them."""
_PAGES = (".html", ".htm")
_WAITING = """<!DOCTYPE html>
<html lang="{language}"><head><meta charset="utf-8"><title>{text}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/__gazette/static/waiting.css"></head>
<body><main><p class="mark">Gazette</p><h1>{text}</h1></main></body></html>
"""


def content_type(path: str) -> str:
    """The type that a file is sent as."""
    ending = path[path.rfind(".") :].lower() if "." in path.rpartition("/")[2] else ""
    return _TYPES.get(ending) or mimetypes.guess_type(path)[0] or "application/octet-stream"


class Guarded(web.RequestHandler):
    """Refuses what does not come from our own pages; nothing is kept by the browser."""

    def initialize(self, newsroom: Newsroom, host: str) -> None:
        """`host` is where the server listens."""
        self.newsroom = newsroom
        self.listens_on = host

    def set_default_headers(self) -> None:
        """What holds for every answer."""
        self.set_header("Cache-Control", "no-store")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Cross-Origin-Resource-Policy", "same-origin")
        self.set_header("X-Frame-Options", "SAMEORIGIN")
        self.set_header("Referrer-Policy", "same-origin")
        self.set_header("Server", "Gazette")

    def prepare(self) -> None:
        """Refuse other host names, and pages of other sites."""
        headers = self.request.headers
        if not host_is_ours(headers.get("Host", ""), self.listens_on) or not may_read(headers):
            raise web.HTTPError(403)

    def compute_etag(self) -> None:
        """None: every answer is new."""

    @property
    def is_local(self) -> bool:
        """Whether the one who asks sits at this machine."""
        return is_loopback(self.request.remote_ip or "")

    def write_error(self, status_code: int, **_: Any) -> None:
        """Say the status, and nothing of the inside."""
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(f"{status_code} {self._reason}\n")


def texts(language: str) -> dict[str, str]:
    """What bar, panel and desk say."""
    return {name: translate(text, language) for name, text in UI.items()}


class SiteFile(Guarded, web.StaticFileHandler):
    """A page or file of the site."""

    def initialize(self, newsroom: Newsroom, host: str) -> None:  # type: ignore[override]
        """As every answer."""
        Guarded.initialize(self, newsroom, host)
        web.StaticFileHandler.initialize(self, str(newsroom.places.folder))

    def head(self, path: str) -> Awaitable[None]:
        """As `get`, without the body."""
        return self.get(path, include_body=False)

    async def get(self, path: str, include_body: bool = True) -> None:
        """Send what stands at this address."""
        newsroom = self.newsroom
        target = newsroom.places.output_path(f"/{path}")
        if target is None:
            if not path:
                self.redirect(newsroom.places.base)
                return
            self._missing(path)
        elif target.endswith(_PAGES):
            data = await newsroom.serve(target)
            if data is not None:
                self._page(target, data, stamp_of(data))
            elif newsroom.places.is_empty:
                self._waiting(target)
            else:
                self._missing(target)
        else:
            await self._file(target, include_body)

    async def _file(self, target: str, include_body: bool) -> None:
        if target.startswith(f"{INDEX_FOLDER}/"):
            await self.newsroom.index()
        look = await self.newsroom.look(target)
        if look is not None:
            self.set_header("Content-Type", content_type(target))
            self.finish(look)
        elif self.newsroom.places.file(target) is not None:
            await web.StaticFileHandler.get(self, target, include_body)
        elif self.newsroom.places.file(f"{target}/index.html") is not None:
            self.redirect(self.request.path + "/")
        else:
            self._missing(target)

    def _missing(self, target: str) -> None:
        """The site's own 404 page."""
        self.set_status(404)
        page = self.newsroom.places.bytes_of("404.html")
        self._page(target, page or b"<!DOCTYPE html><title>404</title><h1>404</h1>")

    def _waiting(self, target: str) -> None:
        """There is no page yet."""
        self.set_status(503)
        text = translate(WAITING, self.newsroom.language)
        page = _WAITING.format(language=self.newsroom.language, text=text)
        self._page(target, page.encode())

    def _page(self, path: str, data: bytes, stamp: str = "") -> None:
        state = {
            "shown": stamp,
            "status": self.newsroom.status(path, local=self.is_local),
            "texts": texts(self.newsroom.language),
            "language": self.newsroom.language,
        }
        self.set_header("Content-Type", content_type("x.html"))
        self.finish(injected(data, state))

    # What tornado asks of a file

    def set_headers(self) -> None:
        """Type and ranges; nothing that a browser could keep it by."""
        self.set_header("Accept-Ranges", "bytes")
        self.set_header("Content-Type", content_type(self.path))

    def should_return_304(self) -> bool:
        """Never: files change under the editor's hands."""
        return False

    @classmethod
    def get_content_version(cls, abspath: str) -> str:
        """Unused: it would read the whole file."""
        return ""
