"""QR codes are segno's own, made faster."""

import re

import pytest
import segno

from gazette.pages.qr import qr_code

TEXT = "https://www.example.gov.cn/wenming/2024/10/%E4%B9%90%E5%B1%B1-fuwu.html?a=1&b=2#中"


def modules(svg: str) -> list[list[int]]:
    """The modules that the path of a symbol draws."""
    side = int(svg.split('viewBox="0 0 ')[1].split()[0])
    grid = [[0] * side for _ in range(side)]
    x, y = 0, 0
    for letter, one, other in re.findall(r"([Mmh])(-?\d+)(?: (-?\d+))?", svg.split(' d="')[1]):
        if letter == "M":
            x, y = int(one), int(other)
        elif letter == "m":
            x, y = x + int(one), y + int(other)
        else:
            for column in range(x, x + int(one)):
                grid[y][column] = 1
            x += int(one)
    return grid


@pytest.mark.parametrize("length", [1, 17, 18, 32, 33, 53, 54, 78, 79, 106, 107, 200])
def test_a_symbol_is_the_one_that_segno_makes(length: int) -> None:
    text = (TEXT * 3)[:length].encode()[:length].decode("utf-8", "ignore")
    code = segno.make_qr(text.encode(), mode="byte", error="l", mask=2, boost_error=False)
    assert modules(qr_code(text)) == [list(row) for row in code.matrix_iter(border=4)]


def test_a_symbol_is_small_and_has_no_style() -> None:
    svg = qr_code("https://www.example.gov.cn/wenming/2024/10/leshan-fuwu.html")
    assert len(svg) < 2500
    assert "style" not in svg
    assert "fill" not in svg
