"""Sites of pictures: what the publication gate would say of their texts is no matter."""

from collections.abc import Callable, Mapping

import pytest

from tests.conftest import WITHOUT_GATE, Site


@pytest.fixture
def make_site(make_site: Callable[..., Site]) -> Callable[..., Site]:
    """As elsewhere, without the gate."""

    def make(files: Mapping[str, str | bytes] | None = None) -> Site:
        return make_site({"config.yaml": WITHOUT_GATE, **(files or {})})

    return make
