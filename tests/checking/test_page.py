"""The report that a director reads, in a browser."""

import shutil
from pathlib import Path
from typing import Literal

import pytest

from gazette.checking.page import as_html
from gazette.checking.run import CheckOptions, check
from tests.conftest import AS_OF, Site

BROWSER = shutil.which("chromium") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(BROWSER is None, reason="needs Chromium")
MEDIA: tuple[tuple[Literal["screen", "print"], int], ...] = (
    ("screen", 1280), ("screen", 390), ("screen", 320), ("print", 1040),
)  # fmt: skip
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


@pytest.fixture
def page_file(faulty: Site) -> Path:
    report = check(CheckOptions(faulty.root, as_of=AS_OF))
    path = faulty.root / "report.html"
    path.write_text(as_html(report, "zh"), "utf-8")
    return path


def test_the_page_is_accessible_and_fits(page_file: Path) -> None:
    from axe_playwright_python.sync_playwright import Axe
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(page_file.as_uri())
        assert Axe().run(page).response["violations"] == []
        columns = page.locator(".findings").first.locator("thead th").all_inner_texts()
        assert columns == ["发现的内容", "建议", "原因", "上下文"]
        for medium, width in MEDIA:
            page.emulate_media(media=medium)
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert Axe().run(page).response["violations"] == []
        browser.close()
