"""Chromium for tests: this machine's, else Playwright's own. Where there is none, what needs it is skipped."""

import contextlib
import os
import shutil
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

PATIENCE_MS = 180_000
"""After so long a condition that never came is a failure; no test depends on being quicker."""
_NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "msedge",
)
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-first-run",
]  # fmt: skip


def program() -> str | None:
    """The program of this machine, which GAZETTE_CHROMIUM may name; None: Playwright's own."""
    return os.environ.get("GAZETTE_CHROMIUM") or next(filter(None, map(shutil.which, _NAMES)), None)


@contextlib.contextmanager
def running() -> Iterator[Any]:
    """A headless browser. While it runs, Playwright's event loop is this thread's."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    with sync_api.sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=program(), args=FLAGS)
        except sync_api.Error as fault:
            pytest.skip(f"no Chromium: {fault.message.splitlines()[0]}")
        yield browser
        browser.close()


def new_page(browser: Any, **options: Any) -> Any:
    """A page in a context of its own, with Playwright's options for contexts."""
    context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
    context.set_default_timeout(PATIENCE_MS)
    return context.new_page()


def wait_until(page: Any, condition: Callable[[], object], what: str) -> None:
    """Wait until a condition holds; meanwhile the browser's events are heard."""
    end = time.monotonic() + PATIENCE_MS / 1000
    while not condition():
        assert time.monotonic() < end, f"never true: {what}"
        page.wait_for_timeout(20)
