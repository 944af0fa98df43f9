"""A theme's static files: names with digests, and addresses in style sheets."""

import re
from collections.abc import Callable

import pytest

from gazette.config.load import load
from gazette.pages.assets import Asset, make_assets
from gazette.pages.squeeze import squeeze
from gazette.pages.theme import load_theme
from tests.conftest import Site

MakeSite = Callable[..., Site]


def assets(
    make_site: MakeSite, files: dict[str, str | bytes], *, plain: bool = False
) -> dict[str, Asset]:
    made = {f"themes/x/static/{path}": text for path, text in files.items()}
    site = make_site(
        {"config.yaml": "site: {title: x}\ntheme: x\n", "themes/x/theme.yaml": "", **made}
    )
    theme = load_theme(site.root, load(site.root).settings)
    return make_assets(theme, grey=False, plain_names=plain)


def test_names_carry_a_digest_of_the_bytes(make_site: MakeSite) -> None:
    one = assets(make_site, {"js/a.min.js": "1", "LICENCE": "x", "v1.2/plain": "y"})
    other = assets(make_site, {"js/a.min.js": "2"})
    assert re.fullmatch(r"assets/js/a\.min\.[0-9a-f]{10}\.js", one["js/a.min.js"].path)
    assert re.fullmatch(r"assets/LICENCE\.[0-9a-f]{10}", one["LICENCE"].path)
    assert re.fullmatch(r"assets/v1\.2/plain\.[0-9a-f]{10}", one["v1.2/plain"].path)
    assert one["js/a.min.js"].path != other["js/a.min.js"].path
    assert one["options.css"].path == "assets/options.css"


CSS = """\
@import "other.css";
@import url(../reset.css) screen;
a { background: url('../img/a%20b.svg?v=1#x') }
b { background: url( "字.woff2" ) }
c { background: url(data:image/png;base64,AA) url(https://example.org/x.png) url(#id) url(/x.png) }
d { background: url(none.png) }
"""
FILES: dict[str, str | bytes] = {
    "css/main.css": CSS, "css/other.css": "x{}", "reset.css": "y{}", "img/a b.svg": "<svg/>",
    "css/字.woff2": b"font",
}  # fmt: skip


def test_addresses_in_style_sheets_are_rewritten(make_site: MakeSite) -> None:
    made = assets(make_site, FILES)
    plain = assets(make_site, FILES, plain=True)["css/main.css"].data.decode().split("\n")
    lines = made["css/main.css"].data.decode().replace("}", "}\n").replace(";", ";\n").split("\n")
    name = {path: asset.path.rpartition("/")[2] for path, asset in made.items()}
    assert lines[0] == f'@import "{name["css/other.css"]}";'
    assert lines[1] == f'@import url("../{name["reset.css"]}") screen;'
    svg = name["img/a b.svg"].replace(" ", "%20")
    assert lines[2] == f'a{{background:url("../img/{svg}?v=1#x")}}'
    assert name["css/字.woff2"].replace("字", "%E5%AD%97") in lines[3]
    assert plain[4:] == CSS.split("\n")[4:]


def test_plain_names_stay(make_site: MakeSite) -> None:
    made = assets(make_site, FILES, plain=True)
    assert made["css/main.css"].path == "assets/css/main.css"
    assert b'@import "other.css"' in made["css/main.css"].data


def test_a_style_sheets_name_changes_with_what_it_refers_to(make_site: MakeSite) -> None:
    one, other = assets(make_site, FILES), assets(make_site, {**FILES, "reset.css": "z{}"})
    changed = {name for name in FILES if one[name].path != other[name].path}
    assert changed == {"css/main.css", "reset.css"}


def test_style_sheets_may_refer_to_each_other(make_site: MakeSite) -> None:
    files: dict[str, str | bytes] = {"a.css": "@import url(b.css);", "b.css": "@import 'a.css';"}
    one = assets(make_site, files)
    assert one["a.css"].path.removeprefix("assets/").encode() in one["b.css"].data
    assert one["b.css"].path.removeprefix("assets/").encode() in one["a.css"].data
    other = assets(make_site, {**files, "b.css": "@import 'a.css';x{}"})
    assert one["a.css"].path != other["a.css"].path


def test_a_style_sheet_in_another_encoding_goes_through(make_site: MakeSite) -> None:
    css = "/*! 颜色 */a{}".encode("gb18030")
    assert assets(make_site, {"a.css": css})["a.css"].data == css


@pytest.mark.parametrize(
    ("css", "squeezed"),
    [
        (
            "a {\n  color: red;\n}\n\n/* 注 */\nb , c > d { margin : 0 1px ; }\n",
            "a{color:red}b,c > d{margin :0 1px}",
        ),
        ('q::before { content: ";} /* " "\\" : " }', 'q::before{content:";} /* " "\\" : "}'),
        ("/*! MIT */ a { b: url( x ; y ) }", "/*! MIT */ a{b:url( x ; y )}"),
        (
            "a :hover, a:not(.b) :focus { x: calc(1px + 2px) }",
            "a :hover,a:not(.b) :focus{x:calc(1px + 2px)}",
        ),
        (
            "@media (min-width: 40em) and (x) { a { --b: ; } }",
            "@media (min-width:40em) and (x){a{--b: ;}}",
        ),
        ("a/* x */b { }", "a/**/b{}"),
    ],
)
def test_style_sheets_are_published_without_needless_space(css: str, squeezed: str) -> None:
    assert squeeze(css) == squeezed
