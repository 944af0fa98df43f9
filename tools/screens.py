"""Pictures of every kind of page of the portal theme, to be looked at: audit/screens/KIND-MODE-WIDTH.png.

python tools/screens.py [--report FOLDER] [--only KIND ...]

The site is that of the browser tests: long titles, many pictures and none, empty lists.
"""

import argparse
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from tests.browser import strained
from tests.browser.conftest import Host, usual_csp
from tests.chromium import FLAGS, program

WIDTHS = (360, 768, 1280)
MODES: dict[str, tuple[str, str]] = {
    "light": ("", "light"),
    "dark": ("", "dark"),
    "elder": ("?elder=1", "light"),
}
"""Name -> what its address ends in, the colour scheme asked for."""
_SEARCHED = "?q=%E4%B9%90%E5%B1%B1"


_ALL_PICTURES = """() => Promise.all([...document.images].map(i => { i.loading = 'eager';
  return (i.complete ? Promise.resolve() : new Promise(done => { i.onload = i.onerror = done; }))
    .then(() => i.decode().catch(() => {})); }))"""


def shoot(page: Any, url: str, target: Path) -> None:
    """The whole page, its lazy pictures loaded."""
    page.goto(url, wait_until="networkidle")
    page.evaluate(_ALL_PICTURES)
    page.screenshot(path=target, full_page=True)


def main() -> None:
    """Build, look, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--report", type=Path, default=strained.ROOT / "audit" / "screens")
    parser.add_argument("--only", nargs="*", default=list(strained.PAGES), help="kinds of page")
    given = parser.parse_args()
    given.report.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        host = Host(strained.built(Path(folder).resolve() / "site"), usual_csp)
        browser = playwright.chromium.launch(executable_path=program(), args=FLAGS)
        for mode, (query, scheme) in MODES.items():
            for width in WIDTHS:
                size = {"width": width, "height": 900}
                page = browser.new_page(viewport=size, color_scheme=scheme)
                for kind in given.only:
                    asked = _SEARCHED + query.replace("?", "&") if kind == "search" else query
                    target = given.report / f"{kind}-{mode}-{width}.png"
                    shoot(page, host.url + strained.PAGES[kind] + asked, target)
                page.close()
        page = browser.new_page(viewport={"width": 794, "height": 1123})
        page.emulate_media(media="print")
        for kind in {"article", "document", "plain"} & set(given.only):
            shoot(page, host.url + strained.PAGES[kind], given.report / f"{kind}-print.png")
        browser.close()
        host.close()
    print(f"see {given.report}")


if __name__ == "__main__":
    main()
