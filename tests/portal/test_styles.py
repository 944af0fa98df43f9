"""The portal theme's style sheets and scripts: nothing beyond old browsers, and small."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from gazette.pages.squeeze import squeeze
from tests.conftest import Site

MakeSite = Callable[..., Site]
STATIC = Path(__file__).parent.parent.parent / "themes" / "portal" / "static"
SHEETS = sorted(STATIC.rglob("*.css"))
SCRIPTS = sorted(STATIC.rglob("*.js"))

NEW_PROPERTIES = re.compile(
    r"aspect-ratio|inset(-.*)?|(margin|padding)-(inline|block)(-.*)?|contain(er)?(-.*)?|content-visibility"
    r"|translate|rotate|scale|place-.*|overscroll-.*|subgrid"
)
"""Of layout, with its first browser after Chromium 80 or iOS 13."""
NEW_VALUES = re.compile(
    r"\b(clamp|color-mix|light-dark|lab|lch|oklch|env)\(|\d(d|s|l)v[hw]\b|\b(subgrid|fit-content|contents|clip)\b"
)
NEW_SELECTORS = re.compile(
    r":(has|is|where|dir|state|popover-open|user-(in)?valid)\b|:not\([^)]*,|&"
)
NEW_MEDIA = re.compile(
    r"[<>]|\((hover|pointer) *: *none\) *or|prefers-contrast|\b(dynamic-range|scripting|update)\b"
)
AT_RULES = {"media", "supports", "page", "font-face", "keyframes", "charset", "import"}
NEW_SYNTAX = {
    "optional chaining": r"\?\.(?!\d)",
    "nullish coalescing": r"\?\?",
    "logical assignment": r"(\|\||&&)=",
    "catch without a name": r"\bcatch\s*\{",
    "spread of objects": r"[{,(]\s*\.\.\.[\w$.]+\s*\}",
    "private fields": r"[\s.;{]#\w",
    "big integers": r"\b\d+n\b",
    "digits with separators": r"\d_\d",
    "asynchronous iteration": r"\bfor\s+await\b|\basync\s*(function\s*)?\*",
    "modules": r"^\s*(import|export)\b|\bimport\s*\(",
    "class fields": r"\bstatic\s+[\w$]+\s*[={]",
    "new methods": r"\.(at|replaceAll|replaceChildren|matchAll|flat|flatMap|findLast|hasOwn|fromEntries|allSettled"
    r"|toSorted|toReversed|requestSubmit|randomUUID|getAnimations|checkVisibility)\(",
    "new objects": r"\b(globalThis|structuredClone|queueMicrotask|ResizeObserver|AbortSignal|WeakRef|BigInt)\b",
}
_LOOKING_BEHIND = re.compile(r"\(\?<[=!]")
_SCRIPT_TEXT = re.compile(
    r"/\*.*?\*/|//[^\n]*|'(?:[^'\\\n]|\\.)*'|\"(?:[^\"\\\n]|\\.)*\"|`(?:[^`\\]|\\.)*`"
    r"|(?<=[=(,:!&|?;{}\[])\s*/(?![*/])(?:[^/\\\n\[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/\w*",
    re.S,
)


def rules(css: str, at: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """(at-rules around, selector, declarations) of every rule; the style sheet is squeezed."""
    start = 0
    while (opens := css.find("{", start)) >= 0:
        depth, end = 1, opens
        while depth:
            end += 1
            depth += {"{": 1, "}": -1}.get(css[end], 0)
        head, inner = css[start:opens].rpartition(";")[2].strip(), css[opens + 1 : end]
        if head.startswith(("@media", "@supports", "@layer", "@container")):
            yield from rules(inner, (*at, head))
        else:
            yield at, head, inner
        start = end + 1


def faults(css: str) -> list[str]:
    """What old browsers would not lay out, but for what stands under `@supports`."""
    listed = list(rules(squeeze(css)))
    heads = [head for _, head, inner in listed if re.search(r"display:(inline-)?grid", inner)]
    grids = {part for head in heads for part in head.split(",")}
    found = [name for name in re.findall(r"@([a-z-]+)", css) if name not in AT_RULES]
    found += [rule for at, _, _ in listed for rule in at if NEW_MEDIA.search(rule)]
    for at, head, inner in listed:
        if not any(rule.startswith("@supports") for rule in at):
            found += rule_faults(head, inner, grids)
    return found


def rule_faults(head: str, inner: str, grids: set[str]) -> Iterator[str]:
    if "{" in inner or NEW_SELECTORS.search(head):
        yield f"{head}: nested rules, or a new selector"
    for declaration in filter(None, inner.split(";")):
        name, _, value = declaration.partition(":")
        if name.startswith("--"):
            continue
        if NEW_PROPERTIES.fullmatch(name) or NEW_VALUES.search(value):
            yield f"{head}: {declaration}"
        if name == "column-gap" and re.search(r"(^|;)columns:", inner):
            continue
        if name in {"gap", "row-gap", "column-gap"} and not set(head.split(",")) <= grids:
            yield f"{head}: {declaration} outside a grid"


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_layout_needs_nothing_new(sheet: Path) -> None:
    assert faults(sheet.read_text("utf-8")) == []


@pytest.mark.parametrize(
    "css",
    [
        "@layer a { b { color: red } }",
        "a { b { color: red } }",
        "a:has(b) { color: red }",
        "@media (x) { a:is(b, c) { color: red } }",
        "a { inset: 0 }",
        "a { aspect-ratio: 16 / 9 }",
        "a { display: flex; gap: 1px }",
        "a { height: 100dvh }",
        "a { width: clamp(1px, 2px, 3px) }",
        "@container (x) { a { color: red } }",
        "@media (width >= 40em) { a { color: red } }",
        "a:where(b) { color: red }",
        "a:not(b, c) { color: red }",
        "a { display: flex; column-gap: 1px }",
        "a { inset-inline: 0 }",
        "a { padding-inline: 1px }",
        "a { width: fit-content }",
    ],
)
def test_the_lint_finds_what_is_new(css: str) -> None:
    assert faults(css)
    assert faults(f"@supports (x: y) {{ {css} }}") == [] or css.startswith(
        ("@layer", "@cont", "@media (w")
    )


def test_the_lint_lets_pass_what_is_old() -> None:
    css = "a, b { display: grid; gap: 1px } @media (x) { a { gap: 2px } } c { --gap: 1; margin: 0 }"
    css += (
        "d { columns: 2 8em; column-gap: 1em; width: min(50%, max(1px, 2em)) } e:not(f) { top: 0 }"
    )
    assert faults(css) == []


def new_syntax(script: str) -> list[str]:
    """What a browser of 2017 cannot parse, texts and comments left out."""
    code = _SCRIPT_TEXT.sub(" '' ", script)
    found = [name for name, form in NEW_SYNTAX.items() if re.search(form, code, re.M)]
    if any(
        _LOOKING_BEHIND.search(text)
        for text in _SCRIPT_TEXT.findall(script)
        if text.lstrip()[:2] != "/*"
    ):
        found.append("looking behind")
    return found


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_scripts_are_of_2017(script: Path) -> None:
    code = script.read_text("utf-8")
    if script.name == "search.js":  # Pagefind is a module; browsers without them are told so
        code = re.sub(r"\bimport\(", "load(", code)
    assert new_syntax(code) == []


@pytest.mark.parametrize(
    ("script", "found"),
    [
        ("a?.b", ["optional chaining"]),
        ("x = a ? .5 : /a?.b/.test('??')", []),
        ("a ?? b", ["nullish coalescing"]),
        ("try {} catch {}", ["catch without a name"]),
        ("f({...a})", ["spread of objects"]),
        ("f(...a); async function g() { await 2 ** 3; }", []),
        ("class A { #b; }", ["private fields"]),
        ("import x from 'y'", ["modules"]),
        ("a.at(-1)", ["new methods"]),
        ("a.replace(/(?<=x)y/, '')", ["looking behind"]),
        ("new ResizeObserver(f)", ["new objects"]),
        ("dialog.showModal ? dialog.showModal() : confirm('a.at(1)')", []),
        ("// a?.b\n/* ?? */ x ||= 1", ["logical assignment"]),
    ],
)
def test_the_lint_of_scripts(script: str, found: list[str]) -> None:
    assert new_syntax(script) == found


def test_budgets(make_site: MakeSite) -> None:
    """What a reader of an article of 1,300 characters loads, nothing compressed."""
    site = make_site(
        {"config.yaml": "site: {title: 税务宣传示例门户, url: https://www.example.com}\n"}
    )
    paragraph = "窗口工作人员耐心解答纳税人提出的问题，并把办理流程写在便签上，方便对照操作。"
    for number in range(8):
        fields = {"date": f"2025-05-0{number + 1}", "categories": "要闻", "tags": "[示例, 便民]"}
        site.article(f"长短适中的示例标题第{number}篇", f"{paragraph * 5}\n\n" * 7, **fields)
    site.built()
    paths = list(site.output.rglob("*.html"))
    page = next(path for path in paths if "第4篇" in path.name).read_bytes()
    assert len(page) <= 40_000
    # Search has a style sheet and a script of its own, which its page alone loads.
    loaded = set(re.findall(rb"(?:href|src)=\"(?:\.\./)+(assets/[^\"]+)\"", page))
    sizes = {name.decode(): (site.output / name.decode()).stat().st_size for name in loaded}
    assert len(sizes) >= 3
    assert sum(size for name, size in sizes.items() if name.endswith(".css")) <= 30_000
    assert sum(size for name, size in sizes.items() if name.endswith(".js")) <= 20_000
    assert b"search." not in page.replace(b"search.html", b"")


def test_grey_changes_one_file(make_site: MakeSite) -> None:
    """The whole site in grey, for days of national mourning."""
    site = make_site({"config.yaml": "site: {title: 站, grey: false}\n"}).article("a").built()
    before = site.files()
    site.write({"config.yaml": "site: {title: 站, grey: true}\n"}).built()
    changed = {path for path, data in site.files().items() if before.get(path) != data}
    assert changed == {"assets/options.css"}


def test_a_new_article_leaves_old_pages_alone(make_site: MakeSite) -> None:
    """«Latest» beside an article is a fragment."""
    site = make_site({"config.yaml": "site: {title: 站}\n"})
    for day in range(1, 9):
        site.article(f"a{day}", date=f"2025-05-0{day}")
    before = site.built().files()
    site.article("b", date="2025-06-01").built()
    changed = {path for path, data in site.files().items() if before.get(path) != data}
    assert "fragments/latest.html" in changed
    assert {path for path in changed if path.startswith("2025/05/")} <= {"2025/05/a8.html"}
