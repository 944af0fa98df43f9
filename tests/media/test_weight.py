"""What a telephone loads of pages with photographs, in a real browser."""

import functools
import http.server
import importlib.util
import io
import random
import shutil
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PIL import Image

from gazette.parallel import Workers
from tests.conftest import CONFIG, Site

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(
    CHROMIUM is None or importlib.util.find_spec("playwright") is None,
    reason="needs Chromium and Playwright",
)
MakeSite = Callable[..., Site]
FLAGS = (
    "--no-sandbox --disable-gpu --disable-background-networking --disable-component-update"
    " --disable-sync --no-first-run"
)
LIMIT = 500 * 1024
NAMES = [f"p{number}.jpg" for number in range(9)]


def detailed(seed: int) -> bytes:
    """A photograph with details of every size, as heavy as those of a telephone."""
    chance = random.Random(seed)
    image = Image.new("L", (1600, 1200), 128)
    for size in (8, 16, 32, 64, 128, 256):
        noise = Image.frombytes("L", (size, size), chance.randbytes(size * size))
        image = Image.blend(image, noise.resize(image.size, Image.Resampling.BICUBIC), 0.3)
    file = io.BytesIO()
    Image.merge("RGB", [image, image.rotate(180), image.transpose(0)]).save(
        file, "JPEG", quality=90
    )
    return file.getvalue()


@pytest.fixture(scope="module")
def photographs() -> dict[str, bytes]:
    kinds = [detailed(seed) for seed in range(3)]  # the same bytes are encoded once
    return {f"content/articles/{name}": kinds[n % 3] for n, name in enumerate(NAMES)}


@pytest.fixture
def site(make_site: MakeSite, photographs: dict[str, bytes]) -> Site:
    site = make_site({"config.yaml": CONFIG.replace("theme: base", "theme: portal"), **photographs})
    site.article("gallery", "\n".join(f"![图]({name})" for name in NAMES))
    text = "这里说的是照片里的人和事。" * 10
    site.article("story", "\n\n".join(f"![图]({name})\n\n{text}" for name in NAMES))
    for name in NAMES:
        site.article(name[:2], cover=name)
    return site.built(workers=Workers(2))


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def address(site: Site) -> Iterator[str]:
    handler = functools.partial(Quiet, directory=str(site.output))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def _loaded(page: Any, address: str) -> list[Any]:
    """All that the browser fetches before anybody scrolls."""
    answers: list[Any] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(address, wait_until="networkidle")
    return answers


def test_the_first_view_of_a_telephone(site: Site, address: str) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS.split())
        for path, dots in [
            ("index.html", 2), ("index.html", 3), ("2025/05/gallery.html", 2),
            ("2025/05/gallery.html", 3), ("2025/05/story.html", 2), ("2025/05/story.html", 3),
        ]:  # fmt: skip
            page = browser.new_page(
                viewport={"width": 360, "height": 640}, device_scale_factor=dots
            )
            loaded = _loaded(page, f"{address}/{path}")
            sizes = {answer.url.rpartition("/")[2]: len(answer.body()) for answer in loaded}
            assert sum(sizes.values()) <= LIMIT, (path, dots, sizes)
            assert all(answer.status == 200 for answer in loaded)
            assert not [name for name in sizes if name.endswith(".jpg")], "WebP is loaded"
            unsized = "images => images.filter(i => !i.hasAttribute('height')).length"
            assert page.eval_on_selector_all("main img", unsized) == 0
            page.close()
        browser.close()
