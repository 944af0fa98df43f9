"""How long an editor waits: from the end of the write to the reload message in the browser's socket.

python bench/latency.py [--articles 1000,10000] [--themes base,portal] [--edits 100] [--on FOLDER]

Edits one article's text again and again while its page is open, each as soon as the one before was shown.
After each message the page is loaded, and must hold the edit. The same with its title, with new articles (until
the preview names them as saved), with the article template and with the settings, which change every page: once
the rest is built (`at rest`), and in a row. The memory of all the preview's processes is taken when it has been
quiet for a while, before and after `--long` more edits. Prints a table.
"""

import argparse
import asyncio
import json
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from corpus import Article, articles
from measure import tree_memory
from sites import GazetteSite
from tornado.websocket import WebSocketClientConnection, websocket_connect

HERE = Path(__file__).parent
PATIENCE = 600
QUIET = 4
"""Seconds after which the preview has put things in order."""


class Times(NamedTuple):
    """Seconds of one kind of edit."""

    name: str
    seconds: list[float]

    @property
    def row(self) -> str:
        """As a table's cells: median, 95th percentile, slowest."""
        ordered = sorted(self.seconds)
        high = ordered[max(0, -(-len(ordered) * 95 // 100) - 1)]
        return f"{self.name} | {len(ordered)} | {statistics.median(ordered):.3f} | {high:.3f} | {ordered[-1]:.3f}"


class Client:
    """An open page."""

    def __init__(self, address: str, path: str) -> None:
        self.address = address
        self.path = path
        self.socket: WebSocketClientConnection

    async def open(self) -> "Client":
        """Load the page and listen."""
        self.load()
        self.socket = await websocket_connect(
            self.address.replace("http", "ws") + "__gazette/livereload"
        )
        for message in ({"command": "hello"}, {"command": "info", "url": self.address + self.path}):
            await self.socket.write_message(json.dumps(message))
        await self.next("status")
        return self

    def load(self) -> str:
        """The page as it is served."""
        with urllib.request.urlopen(self.address + self.path) as answer:
            text: str = answer.read().decode()
        return text

    async def next(self, command: str) -> dict[str, Any]:
        """The next message of this kind."""
        while True:
            said = await asyncio.wait_for(_read(self.socket), PATIENCE)
            assert said is not None, "the server closed the socket"
            message: dict[str, Any] = json.loads(said)
            if message["command"] == command:
                return message

    async def opened(self, site: GazetteSite, article: Article) -> float:
        """Seconds from the end of writing a new article to the message that it can be opened."""
        site.write_article(article)
        ended = time.perf_counter()
        while True:
            said = await self.next("saved")
            if article.slug in said["page"]:
                return time.perf_counter() - ended

    async def shown(self, edit: Callable[[str], None], mark: str) -> float:
        """Seconds from the end of the edit to the message after which the page holds `mark`."""
        edit(mark)
        ended = time.perf_counter()
        while True:
            await self.next("reload")
            seconds = time.perf_counter() - ended
            if mark in self.load():
                return seconds


async def _read(socket: WebSocketClientConnection) -> Any:
    return await socket.read_message()


class Preview:
    """The program, serving a site."""

    def __init__(self, site: GazetteSite) -> None:
        command = [
            sys.executable,
            str(HERE.parent / "build.py"),
            "serve",
            "-C",
            str(site.root),
            "--port",
            "0",
            "--lang",
            "en",
        ]
        self.process = subprocess.Popen(
            command, stderr=subprocess.PIPE, text=True, encoding="utf-8"
        )
        self.address = ""
        assert self.process.stderr is not None
        for line in self.process.stderr:
            if line.startswith("Preview: "):
                self.address = line.split()[1]
            if " written, " in line:
                return
        raise RuntimeError("the preview ended")

    def __enter__(self) -> "Preview":
        return self

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.communicate()

    async def settled(self, site: GazetteSite, path: str, mark: str) -> None:
        """Wait until the folder holds the edit, and nothing is left to do."""
        file = site.root / ".gazette/preview" / path
        while mark not in file.read_text("utf-8"):
            await asyncio.sleep(0.1)
        await asyncio.sleep(QUIET)

    @property
    def megabytes(self) -> float:
        """Of all its processes."""
        return tree_memory(self.process.pid)


class Editor:
    """Edits one site under its preview; the table's rows are in `rows`."""

    def __init__(self, site: GazetteSite, rows: Sequence[Article], preview: Preview) -> None:
        self.rows: list[str] = []
        self._site = site
        self._article = article = rows[len(rows) // 2]
        self._newest = rows[-1]
        self._preview = preview
        self._path = article.url.lstrip("/")
        self._client = Client(preview.address, self._path)

    async def work(self, edits: int, long: int, *, bodies_only: bool) -> None:
        """Do everything, or edit texts only."""
        await self._client.open()
        await self._repeat("", self._edit_body, 3)
        await self._repeat("body", self._edit_body, edits)
        if not bodies_only:
            await self._work_on_the_rest(edits)
        before = self._preview.megabytes
        if long:
            await self._repeat("", self._edit_body, long)
        self.rows.append(f"memory, MB | {long} | {before:.0f} | {self._preview.megabytes:.0f} |")

    async def _work_on_the_rest(self, edits: int) -> None:
        await self._repeat("title", self._edit_title, max(1, edits // 5))
        await self._begin_new(max(1, edits // 20))
        site = self._site
        for name, edit in (("template", site.edit_template), ("settings", site.edit_settings)):
            for number in (1, 2):
                await self._repeat(f"{name}, at rest {number}", edit, 1)
            await self._repeat(f"{name}, in a row", edit, 5)

    def _edit_body(self, mark: str) -> None:
        self._site.write_article(self._article, mark=f"\n{mark}\n")

    def _edit_title(self, mark: str) -> None:
        self._site.write_article(self._article, title=mark)

    async def _repeat(self, name: str, edit: Callable[[str], None], count: int) -> None:
        """Edit, each time as soon as the last edit was shown; then wait until all is built."""
        marks = [f"mark-{name.replace(' ', '-')}-{number}-end" for number in range(count)]
        times = [await self._client.shown(edit, mark) for mark in marks]
        if name:
            self.rows.append(Times(name, times).row)
        await self._preview.settled(self._site, self._path, marks[-1])

    async def _begin_new(self, count: int) -> None:
        news = [self._newest._replace(slug=f"new-{number}") for number in range(count)]
        times = [await self._client.opened(self._site, new) for new in news]
        self.rows.append(Times("new article", times).row)


async def measure(
    site: GazetteSite, rows: Sequence[Article], options: argparse.Namespace
) -> list[str]:
    """Rows of the table for one site."""
    with Preview(site) as preview:
        editor = Editor(site, rows, preview)
        await editor.work(options.edits, options.long, bodies_only=options.bodies_only)
    return editor.rows


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", default="1000,10000")
    parser.add_argument("--themes", default="base,portal")
    parser.add_argument("--edits", type=int, default=100)
    parser.add_argument("--long", type=int, default=0, help="edits between two looks at memory")
    parser.add_argument("--bodies-only", action="store_true", help="no titles, templates, settings")
    parser.add_argument(
        "--on", type=Path, default=Path("/dev/shm") if Path("/dev/shm").is_dir() else None
    )
    options = parser.parse_args()
    print("| articles | theme | edit | number | median, s | 95th percentile, s | slowest, s |")
    print("| ---: | --- | --- | ---: | ---: | ---: | ---: |")
    for count in map(int, options.articles.split(",")):
        rows = list(articles(count))
        for theme in options.themes.split(","):
            with tempfile.TemporaryDirectory(dir=options.on) as folder:
                site = GazetteSite(Path(folder) / "site", theme)
                site.write(count)
                for row in asyncio.run(measure(site, rows, options)):
                    print(f"| {count} | {theme} | {row} |", flush=True)


if __name__ == "__main__":
    main()
