"""How long an editor waits: from the end of the write to the reload message in the browser's socket.

python bench/latency.py [--articles 1000,10000] [--themes base,portal] [--edits 100] [--on FOLDER]

Edits one article's text again and again while its page is open, each as soon as the one before was shown.
After each message the page is loaded, and must hold the edit. Then the template is edited, and the memory
of all the preview's processes is taken before and after `--long` more edits. Prints a table.
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

    @property
    def megabytes(self) -> float:
        """Of all its processes."""
        return tree_memory(self.process.pid)


async def measure(site: GazetteSite, rows: Sequence[Article], edits: int, long: int) -> list[str]:
    """Rows of the table for one site."""
    middle = rows[len(rows) // 2]
    found = []
    with Preview(site) as preview:
        client = await Client(preview.address, middle.url.lstrip("/")).open()

        def edit_body(mark: str) -> None:
            site.write_article(middle, mark=f"\n{mark}\n")

        async def bodies(count: int, name: str) -> list[float]:
            return [await client.shown(edit_body, f"mark-{name}-{n}-end") for n in range(count)]

        await bodies(3, "warm")
        found.append(Times("body", await bodies(edits, "body")).row)
        templates = [await client.shown(site.edit_template, f"template-{n}") for n in range(5)]
        found.append(Times("template", templates).row)
        titles = [
            await client.shown(lambda mark: site.write_article(middle, title=mark), f"改题{n}号")
            for n in range(10)
        ]
        found.append(Times("title", titles).row)
        await asyncio.sleep(4)
        before = preview.megabytes
        if long:
            await bodies(long, "long")
            await asyncio.sleep(4)
        found.append(f"memory, MB | {long} | {before:.0f} | {preview.megabytes:.0f} |")
    return found


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", default="1000,10000")
    parser.add_argument("--themes", default="base,portal")
    parser.add_argument("--edits", type=int, default=100)
    parser.add_argument("--long", type=int, default=0, help="edits between two looks at memory")
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
                for row in asyncio.run(measure(site, rows, options.edits, options.long)):
                    print(f"| {count} | {theme} | {row} |", flush=True)


if __name__ == "__main__":
    main()
