"""Which bureau a name means, and what each bureau's lists hold."""

from collections.abc import Callable

import pytest

from gazette.config.bureaus import BureauEntry
from gazette.problems import Problem
from gazette.site.bureaus import BureauNames, names_of
from tests.conftest import Site
from tests.site.layout import found, laid_out, only, paths, route

MakeSite = Callable[..., Site]


def bureau(slug: str, name: str, *children: BureauEntry, short: str = "") -> BureauEntry:
    return BureauEntry(slug=slug, name=f"国家税务总局{name}", short=short, children=children)


TREE = (
    BureauEntry(
        slug="sat",
        name="国家税务总局",
        children=(
            bureau(
                "jilin",
                "吉林省税务局",
                bureau("jilinshi", "吉林市税务局"),
                bureau(
                    "changchun",
                    "长春市税务局",
                    bureau("cc-chaoyang", "长春市朝阳区税务局", short="朝阳区税务局"),
                ),
            ),
            bureau(
                "beijing",
                "北京市税务局",
                bureau("bj-chaoyang", "北京市朝阳区税务局", short="朝阳区税务局"),
            ),
            bureau(
                "sichuan",
                "四川省税务局",
                bureau(
                    "leshan",
                    "乐山市税务局",
                    bureau("emei", "峨眉山市税务局"),
                    bureau(
                        "szq",
                        "乐山市市中区税务局",
                        bureau("first", "乐山市市中区税务局第一税务分局"),
                    ),
                ),
            ),
        ),
    ),
)
NAMES = BureauNames(TREE)


@pytest.mark.parametrize(
    ("text", "slugs"),
    [
        ("leshan", ["leshan"]),
        ("国家税务总局乐山市税务局", ["leshan"]),
        ("乐山市税务局", ["leshan"]),
        ("乐山税务", ["leshan"]),
        (" 乐山税务 ", ["leshan"]),
        ("国家税务总局", ["sat"]),
        ("国家税务总局乐山市市中区税务局", ["szq"]),
        ("乐山市市中区税务局第一税务分局", ["first"]),
        ("国家税务总局峨眉山市税务局", ["emei"]),
        ("乐山市峨眉山市税务局", ["emei"]),
        ("吉林省税务局", ["jilin"]),
        ("吉林市税务局", ["jilinshi"]),
        ("吉林税务", ["jilin", "jilinshi"]),
        ("朝阳区税务局", ["cc-chaoyang", "bj-chaoyang"]),
        ("长春市朝阳区税务局", ["cc-chaoyang"]),
        ("国家税务总局长春市朝阳区税务局", ["cc-chaoyang"]),
        ("吉林省长春市朝阳区税务局", ["cc-chaoyang"]),
        ("吉林省/朝阳区税务局", []),
        ("jilin/朝阳区税务局", ["cc-chaoyang"]),
        ("吉林省税务局／朝阳区税务局", ["cc-chaoyang"]),
        ("jilin > changchun > 朝阳区税务局", ["cc-chaoyang"]),
        ("sichuan/leshan", ["leshan"]),
        ("jilin/leshan", []),
        ("四川省朝阳区税务局", []),
        ("乐山", []),
        ("", []),
        ("/", []),
        ("税务局", []),
        ("乐山市税务局" * 20_000, []),
    ],
)  # fmt: skip
def test_a_name_means(text: str, slugs: list[str]) -> None:
    assert list(NAMES.candidates(text)) == slugs


def test_a_bureau_called_like_an_office_ends_the_search() -> None:
    names = BureauNames((BureauEntry(slug="a", name="税务局", aliases=("局", "务局")),))
    assert names.candidates("某某税务局税务局") == ()


def test_names_written_without_the_prefix_are_found_with_it() -> None:
    entry = BureauEntry(slug="a", name="甲自治州税务局", aliases=(" 甲税 ", ""))
    assert names_of(entry) == {
        "甲自治州税务局", "国家税务总局甲自治州税务局", "甲税务", "甲税",
    }  # fmt: skip


def resolved(*texts: str) -> tuple[tuple[str, ...], list[Problem]]:
    problems: list[Problem] = []
    return NAMES.resolve(texts, "content/a.md", 4, problems), problems


def test_a_parent_named_beside_it_settles_an_ambiguous_name() -> None:
    assert resolved("长春市税务局", "朝阳区税务局") == (("changchun", "cc-chaoyang"), [])


def test_ambiguous_and_unknown_names_are_errors() -> None:
    slugs, problems = resolved("朝阳区税务局", "乐山市税务据", "乐山税务", "leshan")
    assert slugs == ("leshan",)
    assert [(p.code, p.line) for p in problems] == [("bureau-ambiguous", 4), ("bureau-unknown", 4)]
    assert "cc-chaoyang" in problems[0].arguments["names"]
    assert problems[1].arguments["near"] == "乐山市税务局"


def test_an_ambiguous_name_names_nobody() -> None:
    names = dict(NAMES.mention_names())
    assert names["朝阳区税务局"] == ""
    assert names["乐山税务"] == "leshan"


LISTS = """\
- slug: sc
  name: 国家税务总局四川省税务局
  children:
    - slug: ls
      name: 国家税务总局乐山市税务局
      children:
        - {slug: em, name: 国家税务总局峨眉山市税务局}
    - {slug: ya, name: 国家税务总局雅安市税务局, aliases: [雅安市税务局]}
"""


def listed(pages: object, path: str) -> list[str]:
    return [card.title for card in route(pages, path).view.entries]  # type: ignore[arg-type,attr-defined]


def test_a_bureau_lists_what_those_below_it_published(make_site: MakeSite) -> None:
    site = make_site({"content/bureaus.yaml": LISTS})
    site.article("province", bureau="sc", date="2025-05-05")
    site.article("city", bureau="ls", date="2025-05-04")
    site.article("county", bureaus="[em, ya]", date="2025-05-03")
    pages = laid_out(site)
    assert pages.problems == ()
    assert listed(pages, "bureau/sc/index.html") == ["province", "city", "county"]
    assert listed(pages, "bureau/sc/own.html") == ["province"]
    assert listed(pages, "bureau/ls/index.html") == ["city", "county"]
    assert listed(pages, "bureau/em/index.html") == ["county"]
    assert "bureau/em/own.html" not in paths(pages)


def test_a_pinned_article_stands_in_the_own_list_too(make_site: MakeSite) -> None:
    site = make_site({"content/bureaus.yaml": LISTS}).article("a", bureau="sc", pinned="true")
    view = route(laid_out(site), "bureau/sc/own.html").view
    assert [card.title for card in view.pinned] == ["a"]  # type: ignore[attr-defined]


def test_mentions_leave_the_own_bureau_and_ambiguous_names_out(make_site: MakeSite) -> None:
    files = {
        "content/bureaus.yaml": LISTS + "- {slug: other, name: 另一家, aliases: [峨眉山市税务局]}\n"
    }
    site = make_site(files)
    body = "乐山市税务局与雅安市税务局共建。国家税务总局峨眉山市税务局也来了，还有峨眉山市税务局。"
    site.article("a", body, bureau="ya")
    article = laid_out(site).site.articles[0]
    assert article.mentions == ("ls", "em")


def test_a_longer_ambiguous_name_hides_a_shorter_one_inside_it(make_site: MakeSite) -> None:
    tree = """\
- {slug: a, name: 甲局, aliases: [东城朝阳税务所]}
- {slug: b, name: 乙局, aliases: [东城朝阳税务所]}
- {slug: c, name: 丙局, aliases: [朝阳税务所]}
"""
    site = make_site({"content/bureaus.yaml": tree}).article("x", "今天东城朝阳税务所开门。")
    assert laid_out(site).site.articles[0].mentions == ()


def test_a_slug_used_twice_is_an_error_at_its_line(make_site: MakeSite) -> None:
    tree = LISTS + "- {name: 甲, slug: LS}\n"
    site = make_site({"content/bureaus.yaml": tree}).article("a")
    assert found(laid_out(site)) == [("bureau-twice", "content/bureaus.yaml", 9)]


def test_an_unknown_bureau_is_an_error_at_its_line(make_site: MakeSite) -> None:
    site = make_site({"content/bureaus.yaml": LISTS}).article("a", bureau="乐山是税务局")
    assert found(laid_out(site)) == [("bureau-unknown", "content/articles/a.md", 4)]


def test_a_profile_may_be_named_by_any_name_of_its_bureau(make_site: MakeSite) -> None:
    files = {
        "content/bureaus.yaml": LISTS,
        "content/bureaus/雅安市税务局.md": "---\nredirect_from: /ya\npermalink: /yaan/\n---\n介绍。\n",
    }
    pages = laid_out(make_site(files).article("a", bureau="ya"))
    assert pages.problems == ()
    assert route(pages, "yaan/index.html").bodies
    assert "ya/index.html" in paths(pages)
    assert pages.site.articles[0].bureaus[0].href == "yaan/index.html"


def test_two_profiles_of_one_bureau_are_an_error(make_site: MakeSite) -> None:
    files = {"content/bureaus.yaml": LISTS}
    files |= {f"content/bureaus/{name}.md": "介绍。\n" for name in ("ya", "雅安市税务局")}
    problem = only(laid_out(make_site(files).article("a")))
    assert problem.code == "profile-twice"
    assert problem.file == "content/bureaus/雅安市税务局.md"
    assert problem.arguments["other_file"] == "content/bureaus/ya.md"


def test_a_profile_of_no_bureau_is_an_error(make_site: MakeSite) -> None:
    site = make_site({"content/bureaus/nowhere.md": "介绍。\n"}).article("a")
    assert found(laid_out(site)) == [("bureau-unknown", "content/bureaus/nowhere.md", 1)]
