"""A site with findings of several kinds."""

from collections.abc import Callable

import pytest

from tests.conftest import Site

BUREAU = "国家税务总局乐山市税务局"


@pytest.fixture
def faulty(make_site: Callable[..., Site]) -> Site:
    site = make_site()
    site.article(
        "a", "联系人电话13800138000。\n\n![13900139000](a.jpg)", source="本站", bureau="leshan"
    )
    site.article(
        "b", "见<http://10.1.1.1/a>，<b>经办</b>身份证号：110101199003078881。", source="甲 & <乙>"
    )
    site.article("c", "某甲到场宣讲。\n\n> 某 甲：照常办理。", source="本站", kicker="某甲专访")
    return site.write({"content/articles/a.jpg": b"\xff\xd8\xff\xe0 sample"})
