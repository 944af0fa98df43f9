"""When each file is sent."""

import pytest

from gazette.config.settings import Permalinks
from gazette.deploy.order import Order, Phase


@pytest.mark.parametrize(
    ("path", "phase"),
    [
        ("assets/site.0123456789.css", Phase.ASSETS),
        ("media/a.jpg", Phase.ASSETS),
        ("pagefind/2025/fragment/a.pf_fragment", Phase.ASSETS),
        ("news/2025/05/a.html", Phase.PAGES),
        ("news/2025/05/a.html.gz", Phase.PAGES),
        ("about.html", Phase.PAGES),
        ("category/news.html", Phase.LISTS),
        ("category/news/page/7.html", Phase.LISTS),
        ("tag/税务.html", Phase.LISTS),
        ("bureau/leshan/index.html", Phase.LISTS),
        ("bureau/leshan/page/2.html", Phase.LISTS),
        ("archive/2025/05.html", Phase.LISTS),
        ("fragments/latest.html", Phase.LISTS),
        ("sitemap.html", Phase.LISTS),
        ("index.html", Phase.HOME),
        ("index.html.br", Phase.HOME),
        ("feed.xml", Phase.FEEDS),
        ("feed.json", Phase.FEEDS),
        ("category/news.xml", Phase.FEEDS),
        ("pagefind/2025/pagefind-entry.json", Phase.FEEDS),
        ("pagefind/parts.json", Phase.FEEDS),
        (".htaccess", Phase.FEEDS),
    ],
)
def test_phase(path: str, phase: Phase) -> None:
    assert Order(Permalinks()).phase(path) == phase


def test_lists_are_known_by_the_settings() -> None:
    order = Order(Permalinks(category="/c/:slug/", tag="/t/:slug.html"))
    assert order.phase("c/news/page/2.html") == Phase.LISTS
    assert order.phase("t/x.html") == Phase.LISTS
    assert order.phase("category/x.html") == Phase.PAGES
