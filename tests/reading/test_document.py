"""What a file at its place becomes."""

import pytest

from gazette.reading.document import kind_of
from tests.reading.reader import DAY, found, read, read_fields, sound


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("articles/a.md", "article"),
        ("articles/b/c/a.md", "article"),
        ("_posts/a.md", "article"),
        ("pages/_posts/a.md", "article"),
        ("b/_drafts/a.md", "article"),
        ("pages/a.md", "page"),
        ("topics/a.md", "topic"),
        ("bureaus/a.md", "bureau"),
        ("other/a.md", None),
        ("a.md", None),
    ],
)
def test_kinds(path: str, kind: str | None) -> None:
    assert kind_of(path) == kind


def test_a_text_elsewhere_is_a_page_if_it_has_front_matter() -> None:
    assert sound(read("---\ntitle: 甲\n---\n", "other/a.md")).kind == "page"
    ignored = read("正文。", "README.md")
    assert (ignored.document, found(ignored)) == (None, [("file-ignored", None)])
    plain = read("<p>x</p>", "other/a.html")
    assert (plain.document, found(plain)) == (None, [])


@pytest.mark.parametrize(
    ("path", "lines", "slug", "name"),
    [
        ("articles/Leshan Fuwu.md", [], "leshan-fuwu", "Leshan Fuwu"),
        ("articles/汉源税务.md", [], "汉源税务", "汉源税务"),
        ("articles/2025-05-03-a.md", [], "a", "a"),
        ("articles/hanyuan/index.md", [], "hanyuan", "hanyuan"),
        ("articles/2025-05-03-hanyuan/index.md", [], "hanyuan", "hanyuan"),
        ("articles/index.md", [], "index", "index"),
        ("articles/a.md", ["slug: ../../B c"], "b-c", "../../B c"),
        ("articles/---.md", [], "shui-wu", "---"),
        ("articles/con.md", [], "x-con", "con"),
    ],
)
def test_slugs(path: str, lines: list[str], slug: str, name: str) -> None:
    document = sound(read_fields("title: 税务", DAY, *lines, path=path))
    assert (document.slug, document.name) == (slug, name)


@pytest.mark.parametrize(
    "line", ["draft: true", "draft: yes", 'published: "false"', "published: off"]
)
def test_drafts(line: str) -> None:
    assert sound(read_fields("title: 甲", DAY, line)).draft


def test_drafts_of_jekyll() -> None:
    assert sound(read("正文。", "_drafts/a.md")).draft


def test_jekyll_folders_are_categories_beside_those_given() -> None:
    assert sound(read("正文。", "a/b/_posts/2025-05-03-c.md")).categories == ("a", "b")


def test_commands_for_jekyll_are_text_with_a_warning() -> None:
    shown = read(f"---\ntitle: 甲\n{DAY}\n---\n正文 {{{{ site.title }}}}。")
    assert found(shown) == [("liquid-left", 5)]
    assert shown.body
    assert "{{ site.title }}" in shown.body.text
    assert (
        found(read(f"---\ntitle: 甲\n{DAY}\n---\n`{{{{ x }}}}` {{ x }}\n\n```\n{{% x %}}\n```\n"))
        == []
    )


def test_attachments() -> None:
    given = sound(
        read_fields("title: 甲", DAY, "attachments: [a.pdf, {file: b.pdf, title: 乙}]")
    ).attachments
    assert [(item.file, item.title) for item in given] == [("a.pdf", ""), ("b.pdf", "乙")]


def test_html_articles() -> None:
    result = read(f"---\ntitle: 甲\n{DAY}\n---\n<p>正文。</p>", "articles/a.html")
    assert result.body
    assert result.body.text.strip() == "正文。"


def test_problems_of_the_body_name_the_file() -> None:
    result = read(f"---\ntitle: 甲\n{DAY}\n---\n[乙](javascript:x)")
    assert [(p.file, p.line) for p in result.problems] == [("content/articles/a.md", 5)]
