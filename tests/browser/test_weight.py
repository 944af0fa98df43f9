"""What a telephone loads before its reader scrolls: bytes, uncompressed, of all that the browser asked for."""

import io
import random
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PIL import Image, ImageChops, ImageDraw

from tests.conftest import Site

pytestmark = pytest.mark.unmeasured
MOST = 500_000
NAMES = [f"p{number}.jpg" for number in range(9)]
TEXT = "示例文字：窗口工作人员耐心解答纳税人提出的问题，并把办理流程写在便签上，方便对照操作。"
CONFIG = """\
site: {title: 测试门户, url: https://example.com}
theme: portal
search: {enabled: false}
home:
  - {template: headline, query: news}
  - {template: photo_news, query: photo_news, options: {seconds: 8}}
  - {template: latest, query: news}
  - {template: column, query: news}
  - {template: column, query: news}
  - {template: media, query: news}
queries:
  news: {from: articles, limit: 9}
"""


def photograph(seed: int) -> bytes:
    """As hard to compress as a photograph of a crowd or of leaves.

    Shapes that hide each other, their sizes falling off as those of things in photographs do, and a sensor's
    noise; at 800 pixels and WebP's quality 70 some 100 KB, of which photographs seldom need more.
    """
    dice, size = random.Random(seed), (1600, 1200)
    image = Image.new("RGB", size, (120, 120, 110))
    draw = ImageDraw.Draw(image)
    tint = [dice.randrange(60, 200) for _ in range(3)]
    for _ in range(14_000):
        wide = min(300.0, 2 / (1 - dice.random()) ** 0.5)
        high = wide * (0.4 + dice.random())
        light = dice.gauss(0, 45)
        colour = tuple(max(0, min(255, round(c + light + dice.gauss(0, 18)))) for c in tint)
        x, y = dice.random() * size[0], dice.random() * size[1]
        shape = draw.ellipse if dice.random() < 0.6 else draw.rectangle
        shape((x - wide, y - high, x + wide, y + high), fill=colour)
    noise = Image.effect_noise(size, 7)
    channels = [ImageChops.add(channel, noise, 1, -128) for channel in image.split()]
    file = io.BytesIO()
    Image.merge("RGB", channels).save(file, "JPEG", quality=90)
    return file.getvalue()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    made = Site(tmp_path_factory.mktemp("weight")).write({"config.yaml": CONFIG})
    three = [photograph(seed) for seed in range(3)]
    folder = "content/articles/"
    made.write({folder + name: three[number % 3] for number, name in enumerate(NAMES)})
    bodies = {
        "bare": "\n\n".join(f"![第{name}张]({name})" for name in NAMES),
        "story": "\n\n".join(f"![第{name}张]({name})\n\n{TEXT * 3}" for name in NAMES),
        "gallery": f"{TEXT}\n\n" + "\n".join(f"![第{name}张]({name})" for name in NAMES),
    }
    for name, body in bodies.items():
        made.article(name, body, date="2025-05-09")
    for number, name in enumerate(NAMES):
        made.article(f"a{number}", f"![图]({name})\n\n{TEXT * 9}", date=f"2025-05-1{number}")
    return made.built()


@pytest.fixture
def load(
    site: Site, served: Callable[..., str], watched: Callable[..., Any]
) -> Iterator[Callable[[str, int], list[tuple[str, int]]]]:
    """`load(path, dots)`: what a telephone with so many dots a pixel loads: names and bytes."""

    def loaded(path: str, dots: int) -> list[tuple[str, int]]:
        phone = {"width": 360, "height": 800}
        page = watched(
            viewport=phone, device_scale_factor=dots, is_mobile=True, has_touch=True
        ).page
        answers: list[Any] = []
        page.on("response", lambda answer: answers.append(answer))
        page.goto(served(site.output) + path, wait_until="networkidle")
        assert [answer.url for answer in answers if answer.status != 200] == []
        unsized = "images => images.filter(i => !i.hasAttribute('height')).length"
        assert page.eval_on_selector_all("main img", unsized) == 0
        return [(answer.url, len(answer.body())) for answer in answers]

    yield loaded


@pytest.mark.parametrize("dots", [2, 3])
@pytest.mark.parametrize("name", ["home", "bare", "story", "gallery"])
def test_the_first_view_is_light(
    load: Callable[[str, int], list[tuple[str, int]]], name: str, dots: int
) -> None:
    found = load("index.html" if name == "home" else f"2025/05/{name}.html", dots)
    pictures = [url for url, _ in found if "/media/" in url]
    assert pictures
    assert all(url.endswith(("-400w.webp", "-640w.webp")) for url in pictures)
    assert sum(size for _, size in found) <= MOST
