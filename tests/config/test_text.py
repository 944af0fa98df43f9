"""Text files as editors' programs save them."""

import pytest

from gazette.config.text import decode_text

TEXT = "---\ntitle: 税务\ndate: 2025-05-03\n---\n正文内容。\n"


def codes(data: bytes) -> list[tuple[str, int | None]]:
    return [(problem.code, problem.line) for problem in decode_text(data, "a.md")[1]]


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        b"\xef\xbb\xbf" + TEXT.encode(),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("\n", "\r").encode(),
    ],
)
def test_utf8_is_read_silently(data: bytes) -> None:
    assert decode_text(data, "a.md") == (TEXT, ())


@pytest.mark.parametrize("text", ["", "plain", "Café, naïve", "Привет", "𠮷"])
def test_other_scripts_in_utf8_are_read_silently(text: str) -> None:
    assert decode_text(text.encode(), "a.md") == (text, ())


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode("utf-16"), "UTF-16"),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "UTF-16"),
        (TEXT.encode("utf-16-le"), "UTF-16"),
        (TEXT.encode("utf-16-be"), "UTF-16"),
        (TEXT.encode("gb18030"), "GB18030"),
    ],
)
def test_other_encodings_are_read_with_a_warning(data: bytes, encoding: str) -> None:
    text, (problem,) = decode_text(data, "a.md")
    assert text == TEXT
    assert (problem.severity, problem.code, problem.file) == ("warning", "encoding", "a.md")
    assert problem.arguments == {"encoding": encoding}


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: 税\n---\n",
        "---\ntitle: “甲”\n---\n",
        "x“",
        "---\ntitle: 𠮷\n---\n正文",
        "价格€正文",
    ],
)
def test_short_gb18030_is_recognised(text: str) -> None:
    data = text.encode("gb18030")
    assert decode_text(data, "a.md")[0] == text
    assert codes(data) == [("encoding", None)]


def test_long_utf16_with_little_ascii_is_recognised() -> None:
    text = "---\ntitle: 税\n---\n" + "税务正文内容。" * 2000
    assert decode_text(text.encode("utf-16-le"), "a.md")[0] == text


def test_ascii_in_utf16_without_bom_is_recognised() -> None:
    assert decode_text("title: plain\n".encode("utf-16-be"), "a.md")[0] == "title: plain\n"


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (TEXT.encode()[:-2], 5),
        (TEXT.encode() + "税务".encode("gbk"), 6),
        (b"\xef\xbb\xbf" + TEXT.encode() + b"\xff", 6),
        ("正文\n正文".encode().replace(b"\n", b"\xb0\n"), 1),
    ],
)
def test_damaged_utf8_is_never_taken_for_another_encoding(data: bytes, line: int) -> None:
    assert decode_text(data, "a.md")[0] is None
    assert codes(data) == [("encoding-damaged", line)]


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 10,
        b"PK\x03\x04" + bytes(range(256)) * 10,
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500,
        b"\0" * 1000,
        bytes(range(32)) * 4,
        "---\ntitle: Café\n---\n".encode("latin-1"),
        "---\ntitle: 稅務\n---\n正文內容繁體".encode("big5"),
        b"\xff\xfe\x00\xd8\x00",
        TEXT.encode("utf-16-le") + b"x",
        TEXT.encode("utf-32-le"),
        b"\xed\xa0\x80 surrogate",
    ],
)
def test_what_is_no_text_is_an_error(data: bytes) -> None:
    text, problems = decode_text(data, "a.md")
    assert text is None
    assert [problem.code for problem in problems] == ["encoding-unknown"]
    assert problems[0].line


@pytest.mark.parametrize(
    ("text", "character", "line"),
    [
        ("甲\0乙", "U+0000", 1),
        ("甲\n\x07乙", "U+0007", 2),
        ("甲\n\n\ufeff乙", "U+FEFF", 3),
        ("甲\x80乙", "U+0080", 1),
    ],
)
def test_control_characters_are_left_out(text: str, character: str, line: int) -> None:
    data = (text + "。" * 20).encode()
    read, (problem,) = decode_text(data, "a.md")
    assert read is not None
    assert read.replace("\n", "").startswith("甲乙")
    assert (problem.code, problem.line) == ("control-characters", line)
    assert problem.arguments == {"character": character}


def test_a_stray_nul_does_not_make_utf16() -> None:
    assert decode_text(b"\0" + TEXT.encode() + b"x", "a.md")[0] == TEXT + "x"
    assert decode_text(b"\0" + TEXT.encode(), "a.md")[0] == TEXT
