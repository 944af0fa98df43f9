"""QR codes as SVG, quickly: one stands on every article.

segno takes 2 ms for a symbol, most of it for what is the same in all symbols of one version. So segno
draws each version once, and what an address changes in it - its codewords and their places - is put in
here, in a tenth of that. A test holds that the result is segno's own. Addresses longer than version 5
takes (106 bytes) are left to segno.
"""

import functools
from collections.abc import Iterator
from itertools import chain, product

import msgspec
from markupsafe import Markup

_ROOM = {1: (17, 7), 2: (32, 10), 3: (53, 15), 4: (78, 20), 5: (106, 26)}
"""Version: the bytes of text that it takes, and its codewords of error correction (level L, one block)."""
_MASK = 2
_QUIET = 4
"""Light modules around the symbol, by ISO/IEC 18004."""
_CHUNK = 12
_CORNER = 9
"""A finder pattern with its separator and the format's modules."""
_TIMING = 6
_SMALLEST = 21
"""Version 1, which has no alignment pattern."""
_ARM = 2
_Rows = list[int]


def qr_code(text: str) -> Markup:
    """The symbol as `<svg class="qr-code">` with one path, to be stroked by the theme's style sheet."""
    rows, size = _symbol(text.encode("utf-8"))
    whole = -(-size // _CHUNK)
    places = range((whole - 1) * _CHUNK, -1, -_CHUNK)
    back = f"m-{whole * _CHUNK} 1"
    pad = whole * _CHUNK - size
    path = back.join(
        ["".join([_strokes((row << pad >> place) & 0xFFF) for place in places]) for row in rows]
    )
    side = size + 2 * _QUIET
    return Markup(
        f'<svg class="qr-code" viewBox="0 0 {side} {side}" aria-hidden="true" focusable="false">'
        f'<path d="M{_QUIET} {_QUIET}.5{path}"/></svg>'
    )


@functools.cache
def _strokes(bits: int) -> str:
    """Path commands for twelve modules of a row: `h` draws dark ones, `m` passes light ones."""
    found, index = [], 0
    text = f"{bits:0{_CHUNK}b}"
    while index < _CHUNK:
        same = len(text) - index - len(text[index:].lstrip(text[index]))
        found.append(f"h{same}" if text[index] == "1" else f"m{same} 0")
        index += same
    return "".join(found)


def _symbol(data: bytes) -> tuple[_Rows, int]:
    """The rows of the symbol, each a number whose highest bit is the module at the left, and its size."""
    for version, (room, _) in _ROOM.items():
        if len(data) <= room:
            frame = _frame(version)
            whole = frame.base
            for table, byte in zip(frame.places, _codewords(data, version), strict=True):
                whole ^= table[byte >> 4][0] ^ table[byte & 15][1]
            mask = (1 << frame.size) - 1
            shifts = range((frame.size - 1) * frame.size, -1, -frame.size)
            return [whole >> shift & mask for shift in shifts], frame.size
    import segno  # the long way

    code = segno.make_qr(data, mode="byte", error="l", mask=_MASK, boost_error=False)
    return [int("".join(map(str, row)), 2) for row in code.matrix], len(code.matrix)


def _codewords(data: bytes, version: int) -> bytes:
    """Data in byte mode, padded, then its Reed-Solomon remainder."""
    room, correction = _ROOM[version]
    bits = (4 << 8 | len(data)) << 8 * len(data) | int.from_bytes(data, "big")
    words = (bits << 4).to_bytes(len(data) + 2, "big")
    words += (b"\0" + b"\xec\x11" * room)[: room - len(data)]  # the zeros are segno's habit
    remainder, table = 0, _remainders(correction)
    top, mask = 8 * (correction - 1), (1 << 8 * correction) - 1
    for word in words:
        remainder = (remainder << 8 & mask) ^ table[remainder >> top ^ word]
    return words + remainder.to_bytes(correction, "big")


@functools.cache
def _remainders(count: int) -> list[int]:
    """x * generator polynomial of `count` codewords, for every byte x, without its highest term."""
    generator = [1]
    root = 1
    for _ in range(count):
        shifted = [_times(factor, root) for factor in generator]
        generator = [a ^ b for a, b in zip([*generator, 0], [0, *shifted], strict=True)]
        root = _times(root, 2)
    return [
        int.from_bytes(bytes(_times(factor, byte) for factor in generator[1:]), "big")
        for byte in range(256)
    ]


def _times(a: int, b: int) -> int:
    """The product in the field that QR codes use: GF(256) modulo x^8 + x^4 + x^3 + x^2 + 1."""
    result = 0
    while b:
        if b & 1:
            result ^= a
        a = a << 1 ^ (0x11D if a & 0x80 else 0)
        b >>= 1
    return result


class _Frame(msgspec.Struct, frozen=True):
    """A version's symbol, all its codewords zero, and what each codeword changes in it."""

    size: int
    base: int
    """All modules as one number, the first the highest bit."""
    places: list[list[tuple[int, int]]]
    """Of each codeword: what each upper and each lower half of a byte flips."""


@functools.cache
def _frame(version: int) -> _Frame:
    import segno

    code = segno.make_qr(
        b"", mode="byte", version=version, error="l", mask=_MASK, boost_error=False
    )
    size = len(code.matrix)
    whole = int("".join(map(str, chain.from_iterable(code.matrix))), 2)
    modules = [1 << (size * size - 1 - (row * size + column)) for row, column in _way(size)]
    places = []
    for start in range(0, len(modules) // 8 * 8, 8):
        upper, lower = modules[start : start + 4], modules[start + 4 : start + 8]
        places.append([(_flipped(upper, half), _flipped(lower, half)) for half in range(16)])
    for table, byte in zip(places, _codewords(b"", version), strict=True):
        whole ^= table[byte >> 4][0] ^ table[byte & 15][1]
    return _Frame(size, whole, places)


def _flipped(modules: list[int], half: int) -> int:
    return sum(module for index, module in enumerate(modules) if half & 8 >> index)


def _way(size: int) -> Iterator[tuple[int, int]]:
    """The modules that hold codewords, in their order: up and down in columns of two, from the right."""
    up = True
    for right in [*range(size - 1, 6, -2), *range(5, 0, -2)]:
        rows = range(size - 1, -1, -1) if up else range(size)
        for row, column in product(rows, (right, right - 1)):
            if not _is_fixed(row, column, size):
                yield row, column
        up = not up


def _is_fixed(row: int, column: int, size: int) -> bool:
    """Whether a module belongs to the corners, the timing lines or the alignment pattern."""
    if row == _TIMING or column == _TIMING:
        return True
    if min(row, column) < _CORNER and max(row, column) < _CORNER:
        return True
    if min(row, column) < _CORNER and max(row, column) >= size - _CORNER + 1:
        return True
    middle = size - 7
    return size > _SMALLEST and abs(row - middle) <= _ARM and abs(column - middle) <= _ARM
