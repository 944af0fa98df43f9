"""SVG pictures are cleaned before they are published."""

from collections.abc import Callable

import pytest

from gazette.media.svg import SvgError, clean_svg
from tests.conftest import Site

MakeSite = Callable[..., Site]
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">{}<rect width="1" height="1"/></svg>'
)


@pytest.mark.parametrize(
    "evil",
    [
        "<script>alert(1)</script>",
        '<a href="javascript:alert(1)"><text>x</text></a>',
        '<image href="https://example.org/x.png"/>',
        '<rect onload="alert(1)"/>',
        "<foreignObject><body xmlns='http://www.w3.org/1999/xhtml'><iframe/></body></foreignObject>",
    ],
)
def test_what_can_run_or_call_out_is_taken_away(evil: str) -> None:
    cleaned = clean_svg(SVG.format(evil).encode()).decode()
    assert "<rect" in cleaned
    for word in ("script", "onload", "example.org", "iframe"):
        assert word not in cleaned


@pytest.mark.parametrize("data", [b"<svg", b"", b"<svg><g></svg>", b"\x89PNG"])
def test_what_is_no_svg_is_an_error(data: bytes) -> None:
    with pytest.raises(SvgError):
        clean_svg(data)


def test_svg_files_of_the_site_are_cleaned(make_site: MakeSite) -> None:
    site = make_site({"content/static/a.svg": SVG.format("<script>alert(1)</script>")})
    site.article("a").built()
    assert "script" not in site.page("a.svg")


def test_a_faulty_svg_file_is_named(make_site: MakeSite) -> None:
    site = make_site({"content/articles/a.svg": "<svg"}).article("a", "![图](a.svg)")
    (problem,) = site.build().problems
    assert (problem.code, problem.file) == ("svg-invalid", "content/articles/a.svg")
