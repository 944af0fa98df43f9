"""config.yaml and its companions: what is read, and every fault at once."""

from collections.abc import Callable
from pathlib import Path

import pytest

from gazette.config.load import SiteConfig, default_line, line_of, load, text_of
from gazette.problems import Problem, SiteError
from tests.conftest import CONFIG, Site

MakeSite = Callable[..., Site]
Fault = tuple[str, str | None, int | None]


@pytest.fixture
def config(make_site: MakeSite) -> Callable[..., SiteConfig]:
    """Loads a site whose config.yaml is the usual one and `more`, with other `files`."""

    def make(more: str = "", **files: str) -> SiteConfig:
        paths = {f"content/{name}.yaml": text for name, text in files.items()}
        return load(make_site({"config.yaml": CONFIG + more, **paths}).root)

    return make


@pytest.fixture
def faults(make_site: MakeSite) -> Callable[..., list[Problem]]:
    """The problems of a site with these files."""

    def make(files: dict[str, str | bytes]) -> list[Problem]:
        with pytest.raises(SiteError) as caught:
            load(make_site(files).root)
        return list(caught.value.problems)

    return make


def places(problems: list[Problem]) -> list[Fault]:
    return [(p.code, p.file, p.line) for p in problems]


Config = Callable[..., SiteConfig]
Faults = Callable[[dict[str, str | bytes]], list[Problem]]


def test_what_is_not_said_has_its_default(config: Config) -> None:
    settings = config().settings
    assert (settings.site.timezone, settings.site.language) == ("Asia/Shanghai", "zh-CN")
    assert settings.permalinks.article == "/:category/:year/:month/:slug.html"
    assert (settings.pagination.size, settings.output.dir) == (20, "output")


def test_a_section_left_empty_is_a_default(config: Config) -> None:
    loaded = config("permalinks:\nmenu:\nqueries:\nmarkdown:\n  # html: trusted\n", categories="")
    assert loaded.settings.menu == ()
    assert loaded.settings.markdown.html == "sanitized"
    assert loaded.categories == ()


def test_numbers_and_words_in_text_fields(make_site: MakeSite) -> None:
    text = "site: {title: 2024, organizer: yes, contact: {phone: 010}, grey: 'true'}\n"
    site = load(make_site({"config.yaml": text}).root).settings.site
    assert (site.title, site.organizer, site.contact.phone) == ("2024", "yes", "010")
    assert site.grey is True


def test_a_block_s_query_is_a_name_or_a_query(config: Config) -> None:
    named, given = config(
        "home:\n- {template: a, query: latest}\n- {template: b, query: {from: pages, limit: 3}}\n"
    ).settings.home
    assert named.query == "latest"
    assert given.query is not None
    assert not isinstance(given.query, str)
    assert (given.query.source, given.query.limit) == ("pages", 3)


def test_bureaus_nest_deep(config: Config) -> None:
    lines = []
    for depth in range(40):
        indent = "  " * depth
        lines += [f"{indent}- slug: b{depth}", f"{indent}  name: 局{depth}", f"{indent}  children:"]
    (entry,) = config(bureaus="\n".join(lines)).bureaus
    for depth in range(39):
        assert entry.slug == f"b{depth}"
        (entry,) = entry.children
    assert entry.children == ()


def test_data_is_plain(config: Config, make_site: MakeSite) -> None:
    assert config(**{"data/links": "- {title: 甲, order: 1}\n"}).data == {
        "links": [{"title": "甲", "order": 1}]
    }


def test_no_site(tmp_path: Path) -> None:
    with pytest.raises(SiteError) as caught:
        load(tmp_path)
    assert places(list(caught.value.problems)) == [("config-missing", "config.yaml", None)]


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("", "config-empty", None),
        ("# 注释\n", "config-empty", None),
        ("甲", "value-type", 1),
        ("- site", "value-type", 1),
        ("theme: base\n", "key-missing", 1),
        ("site: 甲\n", "value-type", 1),
        ("site:\n", "key-missing", 1),
        ("site: {title: ''}\n", "value-invalid", 1),
        ("site: {title: [甲]}\n", "value-type", 1),
        ("site: {title: 甲, keywords: 乙}\n", "value-type", 1),
        ("site: {title: 甲, grey: maybe}\n", "value-type", 1),
        ("site: {title: 甲, url: example.com}\n", "value-invalid", 1),
        ("site: {title: 甲, url: 'https://example.com/?a'}\n", "value-invalid", 1),
        ("site: {title: 甲, site_id_code: bm1}\n", "value-invalid", 1),
        ("site:\n  title: 甲\n  timezone: Asia/Peking\n", "timezone-unknown", 3),
        ("site:\n  title: 甲\n  timezone: ../etc/passwd\n", "timezone-unknown", 3),
        ("site:\n  title: 甲\n  timezone: ''\n", "timezone-unknown", 3),
        (f"{CONFIG}pagination: {{size: 0}}\n", "value-invalid", 3),
        (f"{CONFIG}pagination: {{size: many}}\n", "value-type", 3),
        (f"{CONFIG}markdown: {{html: raw}}\n", "value-choice", 3),
        (f"{CONFIG}markdown: {{html: [trusted]}}\n", "value-choice", 3),
        (f"{CONFIG}queries: [latest]\n", "value-type", 3),
        (f"{CONFIG}queries:\n  a: latest\n", "value-type", 4),
        (f"{CONFIG}queries:\n  a: {{from: nowhere}}\n", "value-invalid", 4),
        (f"{CONFIG}queries:\n  a: {{limit: 5000}}\n", "value-invalid", 4),
        (f"{CONFIG}home: [{{query: a}}]\n", "key-missing", 3),
        (f"{CONFIG}home: [{{template: a, query: [b]}}]\n", "value-type", 3),
        (f"{CONFIG}menu: [首页]\n", "value-type", 3),
        (f"{CONFIG}defaults: [{{path: a}}]\n", "key-missing", 3),
        (f"{CONFIG}theme: &a base\n", "yaml-alias", 3),
        (f"{CONFIG}theme: !a base\n", "yaml-tag", 3),
        (f"{CONFIG}theme_options: {'[' * 200}\n", "yaml-deep", 3),
        (f"{CONFIG}? [a]\n: b\n", "yaml-key", 3),
        (f"{CONFIG}menu: [\n", "yaml-syntax", 4),
        (f"{CONFIG}\tmenu: a\n", "yaml-syntax", 3),
    ],
)
def test_faults_of_config_yaml(faults: Faults, text: str, code: str, line: int | None) -> None:
    assert places(faults({"config.yaml": text})) == [(code, "config.yaml", line)]


@pytest.mark.parametrize(
    ("text", "code", "near"),
    [
        ("site: {titel: 甲}", "key-unknown", "title"),
        ("Site: {title: 甲}", "key-unknown", "site"),
        ("site: {title: 甲, report-error: x}", "key-unknown", ""),
        ("permalinks: {artcle: x}", "key-unknown", "article"),
        ("markdown: {html: trustd}", "value-choice", "trusted"),
        ("site: {title: 甲, timezone: Asia/Shanghi}", "timezone-unknown", "Asia/Shanghai"),
    ],
)
def test_did_you_mean(faults: Faults, text: str, code: str, near: str) -> None:
    found = [p for p in faults({"config.yaml": text}) if p.code == code]
    assert [p.arguments["near"] for p in found] == [near]


def test_messages_name_the_whole_path_and_show_the_value(faults: Faults) -> None:
    (problem,) = faults({"config.yaml": f"{CONFIG}home: [{{template: a, options: [1, 2]}}]"})
    assert problem.arguments == {
        "key": "home[0].options",
        "value": "[1, 2]",
        "expected": "a mapping",
        "example": "{name: value}",
    }


def test_all_faults_of_all_files_at_once(faults: Faults) -> None:
    problems = faults(
        {
            "config.yaml": "site:\n  titel: 甲\n  grey: maybe\n  timezone: Mars\nthem: base\n",
            "content/bureaus.yaml": "- slug: 'a b'\n  name: 甲\n- slug: c\n",
            "content/categories.yaml": "a: b\n",
            "content/tags.yaml": "- {slug: a, order: first}\n",
            "content/data/links.yaml": "a: [\n",
        }
    )
    assert sorted(places(problems), key=str) == [
        ("key-missing", "config.yaml", 2),
        ("key-missing", "content/bureaus.yaml", 3),
        ("key-unknown", "config.yaml", 2),
        ("key-unknown", "config.yaml", 5),
        ("timezone-unknown", "config.yaml", 4),
        ("value-invalid", "content/bureaus.yaml", 1),
        ("value-type", "config.yaml", 3),
        ("value-type", "content/categories.yaml", 1),
        ("value-type", "content/tags.yaml", 1),
        ("yaml-syntax", "content/data/links.yaml", 2),
    ]


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("a: b\n", "value-type", 1),
        ("- a\n", "value-type", 1),
        ("- slug: a\n  name: ''\n", "value-invalid", 2),
        ("- slug: ../a\n  name: 甲\n", "value-invalid", 1),
        ("- slug: a\n  name: 甲\n  level: town\n", "value-choice", 3),
        ("- slug: a\n  name: 甲\n  children:\n  - slug: b\n", "key-missing", 4),
        ("- slug: a\n  name: 甲\n  contact: {fone: 1}\n", "key-unknown", 3),
    ],
)
def test_faults_of_bureaus_yaml(faults: Faults, text: str, code: str, line: int) -> None:
    problems = faults({"content/bureaus.yaml": text})
    assert (code, "content/bureaus.yaml", line) in places(problems)


def test_warnings_do_not_stop(config: Config) -> None:
    loaded = config("theme: base\n", bureaus="- {slug: a, name: 甲, alias: [乙]}\n")
    assert places(list(loaded.problems)) == [
        ("key-twice", "config.yaml", 3),
        ("key-near", "content/bureaus.yaml", 1),
    ]
    assert loaded.bureaus[0].extra == {"alias": ["乙"]}


def test_a_config_that_is_not_text(faults: Faults) -> None:
    assert places(faults({"config.yaml": b"\xff\xff"})) == [("encoding-unknown", "config.yaml", 1)]


def test_a_folder_in_a_file_s_place(make_site: MakeSite) -> None:
    site = make_site()
    (site.root / "content/categories.yaml").mkdir()
    with pytest.raises(SiteError) as caught:
        load(site.root)
    assert places(list(caught.value.problems)) == [
        ("file-unreadable", "content/categories.yaml", None)
    ]


def test_lines_of_settings(make_site: MakeSite) -> None:
    path = (
        make_site({"config.yaml": "site:\n  title: 甲\nmenu:\n- title: 乙\n- {title: 丙}\n"}).root
        / "config.yaml"
    )
    assert line_of(path, "site", "title") == 2
    assert line_of(path, "menu", 1, "title") == 5
    assert line_of(path, "menu", 2) is None
    assert line_of(path, "site", "title", "x") is None
    assert line_of(path, "nothing") is None
    assert text_of(path, "site", "title") == "甲"
    assert (
        text_of(path, "site", "language")
        == text_of(path, "site")
        == text_of(path, "menu", "x")
        == ""
    )


def test_the_line_of_a_default(make_site: MakeSite) -> None:
    text = (
        CONFIG
        + "defaults:\n- {path: a, values: {source: 甲}}\n- path: b\n  values:\n    source: 乙\n"
    )
    site = make_site({"config.yaml": text})
    defaults = load(site.root).settings.defaults
    assert default_line(site.root / "config.yaml", defaults, "source", "乙") == 7
    assert default_line(site.root / "config.yaml", defaults, "source", "丙") is None
