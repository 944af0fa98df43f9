"""Slugs, output paths and links."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gazette.urls import (
    base_path,
    canonical,
    folded,
    href_of,
    output_path,
    path_fault,
    pinyin,
    root_of,
    slugify,
)

TEXT = st.text(max_size=300) | st.text(alphabet="conaux1.-_ /\\甲Ａéß\u0301İ", max_size=30)


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Leshan Fuwu", "leshan-fuwu"),
        ("税务要闻", "税务要闻"),
        ("《税务》：要闻！", "税务-要闻"),
        ("../../etc/passwd", "etc-passwd"),
        ("a/b\\c", "a-b-c"),
        ("v1.2", "v1.2"),
        ("__a__b__", "a-b"),
        ("ＡＢＣ１２", "abc12"),
        ("Straße", "strasse"),
        ("cafe\u0301", "caf\u00e9"),
        ("CON", "x-con"),
        ("nul.txt", "x-nul.txt"),
        ("com1", "x-com1"),
        ("console", "console"),
        ("a. ", "a"),
    ],
)
def test_slugs(text: str, slug: str) -> None:
    assert slugify(text) == slug


@given(TEXT)
@example("\u0345")
@example("İ")
@example("0:__0")
@example("税" * 500)
@example("con" + "." * 300)
def test_slugs_are_fit_for_every_system(text: str) -> None:
    slug = slugify(text)
    assert slug
    assert path_fault(slug) is None
    assert "/" not in slug
    assert len(slug.encode()) <= 190
    assert unicodedata.is_normalized("NFC", slug)
    assert slugify(slug) == slug


@given(TEXT)
def test_slugs_ignore_case_and_unicode_form(text: str) -> None:
    assert slugify(text.casefold()) == slugify(text) or not any(map(str.isalnum, text))
    assert slugify(unicodedata.normalize("NFD", text)) == slugify(
        unicodedata.normalize("NFC", text)
    ) or (not any(map(str.isalnum, text)))


def test_different_long_names_stay_different() -> None:
    assert slugify("税" * 500 + "甲") != slugify("税" * 500 + "乙")
    assert slugify("！！") != slugify("？？")


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("税务要闻", "shui-wu-yao-wen"),
        ("Tax News", "tax-news"),
        ("乐山 12366", "le-shan-12366"),
        ("《》", None),
    ],
)
def test_pinyin(text: str, slug: str | None) -> None:
    assert pinyin(text) == (slug or slugify(text))


@given(TEXT)
def test_pinyin_is_a_slug(text: str) -> None:
    assert slugify(pinyin(text)) == pinyin(text)


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("/a/b/", "a/b/index.html"),
        ("/a/b.html", "a/b.html"),
        ("/a/b", "a/b.html"),
        ("a", "a.html"),
        ("", "index.html"),
        ("/", "index.html"),
        ("//a///b/", "a/b/index.html"),
        ("/a.html?x#y", "a.html"),
        ("/feed.xml", "feed.xml.html"),
        ("/%E7%A8%8E/", "税/index.html"),
        ("/cafe%CC%81.html", "caf\u00e9.html"),
        ("/v1.2", "v1.2.html"),
    ],
)
def test_output_paths(url: str, path: str) -> None:
    assert output_path(url) == path


def test_redirects_are_folders() -> None:
    assert output_path("/old", bare="/index.html") == "old/index.html"


@pytest.mark.parametrize(
    ("path", "fault"),
    [
        ("a/b.html", None),
        ("税务/index.html", None),
        ("../a.html", "outside"),
        ("a/../../b.html", "outside"),
        ("a//b.html", "outside"),
        ("/a.html", "outside"),
        ("", "outside"),
        ("a:b.html", "name"),
        ("a\\..\\b.html", "name"),
        ("a\0.html", "name"),
        ("a\n.html", "name"),
        ("a./b.html", "name"),
        ("a /b.html", "name"),
        (" a/b.html", "name"),
        ("aux/b.html", "name"),
        ("a/Con.html", "name"),
        ("con .html", "name"),
        ("税" * 90, "long"),
    ],
)
def test_paths_that_no_file_can_have(path: str, fault: str | None) -> None:
    assert path_fault(path) == fault


@given(TEXT)
def test_no_permalink_leaves_the_output_folder(url: str) -> None:
    path = output_path(url)
    if path_fault(path) is None:
        assert not path.startswith("/")
        assert not {"..", ".", ""} & set(path.split("/"))


@pytest.mark.parametrize(
    ("one", "other"),
    [("A/b.html", "a/B.html"), ("caf\u00e9", "CAFE\u0301"), ("STRASSE", "straße")],
)
def test_names_that_are_one_file_on_some_system(one: str, other: str) -> None:
    assert folded(one) == folded(other)


def test_links() -> None:
    assert href_of("类/a b?.html") == "%E7%B1%BB/a%20b%3F.html"
    assert canonical("a/index.html") == "a/"
    assert canonical("index.html") == ""
    assert canonical("a/myindex.html") == "a/myindex.html"
    assert root_of("a.html") == ""
    assert root_of("a/b/c.html") == "../../"


@pytest.mark.parametrize(
    ("url", "base"),
    [
        ("https://example.com", "/"),
        ("https://example.com/", "/"),
        ("https://example.com/sub", "/sub/"),
        ("https://example.com/a/税/", "/a/%E7%A8%8E/"),
    ],
)
def test_the_base_path_is_the_address_s_path(url: str, base: str) -> None:
    assert base_path(url) == base
