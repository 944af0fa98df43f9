"""Whatever happens, the server answers, and in the end the folder equals a clean build's."""

from collections.abc import Callable

import pytest

from tests.conftest import Site
from tests.preview.conftest import Start
from tests.preview.upheaval import Upheaval


@pytest.mark.unmeasured
@pytest.mark.parametrize("seed", [1, 2])
def test_whatever_happens_it_answers(
    make_site: Callable[..., Site], preview: Start, seed: int
) -> None:
    site = make_site()
    upheaval = Upheaval(site.root, seed)
    running = preview(site)
    for number in range(120):
        upheaval.step()
        if number % 5 == 0:
            assert running.get("/sub/").status in {200, 404, 503}
            assert running.get("/__gazette/articles").status == 200
        if number % 20 == 0:
            running.built_once()
    upheaval.mend()
    running.until_like_a_clean_build()
