"""Raw HTML cleaned: what stays is listed here, what goes is a warning."""

import re
from html import escape

import nh3
from markdown import Markdown
from markdown.postprocessors import Postprocessor

from gazette.reading.markup.convention import Convention, names
from gazette.reading.markup.notes import Notes
from gazette.reading.markup.references import OUTSIDE_SCHEMES, URL_ATTRIBUTES, judge, report
from gazette.reading.markup.source import strip_illegal
from gazette.reading.markup.tags import REST, attributes_of

TAGS = names(
    # Blocks; `main`, `nav`, `header` and `footer` are the page's own.
    "address article aside blockquote center dd details div dl dt figcaption figure h1 h2 h3 h4 h5 h6 hr li "
    "ol p pre section summary ul "
    # Tables.
    "caption col colgroup table tbody td tfoot th thead tr "
    # Text.
    "a abbr b bdi bdo br cite code del dfn em i ins kbd mark q rb rp rt rtc ruby s samp small span strike "
    "strong sub sup time u var wbr "
    # Pictures and players.
    "audio img source track video"
)
"""Tags that raw HTML may hold; of others the content stays (not of `CONTENT_DROPPED`)."""

ATTRIBUTES = {
    "*": names("aria-hidden aria-label class dir id lang title"),
    "a": names("download href hreflang name rel"),
    "img": names("alt height src width"),
    "video": names("controls height loop muted playsinline poster preload src width"),
    "audio": names("controls loop muted preload src"),
    "source": names("src type"),
    "track": names("default kind label src srclang"),
    "td": names("colspan headers rowspan"),
    "th": names("abbr colspan headers rowspan scope"),
    "col": names("span"),
    "colgroup": names("span"),
    "ol": names("reversed start type"),
    "li": names("value"),
    "details": names("open"),
    "time": names("datetime"),
    "del": names("datetime"),
    "ins": names("datetime"),
}
"""Attributes that they may bear, `*` for all tags; never `style`, `on…`, `srcset`."""

TARGETS = {"a": {"target": {"_blank"}}}
"""Attributes with listed values only."""

CONTENT_DROPPED = names("applet iframe math noscript object script style svg template")
"""Tags that go with all they hold."""

PRESENTATION = names("basefont big center font marquee nobr o:p tt st1 v:shape w:sdt")
"""Outdated tags that word processors and old editors paste; their content stays, without complaint."""

_PRESENTATION_ATTRIBUTES = names(
    "align bgcolor border bordercolor cellpadding cellspacing clear color face frame hspace noshade nowrap "
    "rules size style valign vspace width height"
)
_SIDES = frozenset(["left", "right", "center"])
_SIDE_IN_STYLE = re.compile(r"text-align\s*:\s*(left|right|center)", re.I)
_COMMENT = re.compile(r"<!--.*?--!?>|<!\[CDATA\[.*?\]\]>|<[?!][^>]*>", re.S)
_WITH_CONTENT = re.compile(
    rf"<({'|'.join(sorted(CONTENT_DROPPED))})(?=[\s/>]).*?</\1\s*>", re.S | re.I
)
_TAG = re.compile(rf"<(/?)([a-zA-Z][^\s/>\"'<]*){REST}")
_EMPTY_PARAGRAPH = re.compile(r"<p>\s*</p>\n?")
_NOT_NESTED = names(
    "br col dd dt embed hr img input li link meta option p param source tbody td tfoot th thead tr track wbr"
)
_DEEPEST = 200

_CLEANER = nh3.Cleaner(
    tags=set(TAGS),
    attributes={tag: set(attributes) for tag, attributes in ATTRIBUTES.items()},
    tag_attribute_values=TARGETS,
    clean_content_tags=set(CONTENT_DROPPED),
    url_schemes=set(OUTSIDE_SCHEMES),
    link_rel=None,
    strip_comments=True,
)


def sanitize(html: str, notes: Notes) -> str:
    """`html` with only what the lists above allow, every tag closed; what went is noted.

    Raises RecursionError where tags are nested too deep to be parsed in reasonable time.
    """
    html = _COMMENT.sub("", html)
    html = _WITH_CONTENT.sub(lambda match: _drop(match[1], notes), html)
    if _depth(html) > _DEEPEST:
        raise RecursionError
    html = _Rewriter(notes).rewrite(html)
    html = strip_illegal(_CLEANER.clean(html))
    return _EMPTY_PARAGRAPH.sub("", html)


def _drop(tag: str, notes: Notes) -> str:
    _note("html-removed", f"<{tag.lower()}>", f"<{tag}", notes)
    return ""


def _depth(html: str) -> int:
    depth = deepest = 0
    for match in _TAG.finditer(html):
        if match[2].lower() not in _NOT_NESTED and not match[0].endswith("/>"):
            depth = max(0, depth - 1) if match[1] else depth + 1
            deepest = max(deepest, depth)
    return deepest


def _note(code: str, what: str, fragment: str, notes: Notes) -> None:
    if notes.is_new(code, what):
        line = notes.line(fragment, fragment.lower(), fragment.upper())
        notes.warn(code, line, what=what)


class _Rewriter:
    """Rewrites the tags of one document: alignment becomes a class, what will be removed is noted."""

    def __init__(self, notes: Notes) -> None:
        self._notes = notes
        self._known: dict[str, str] = {}

    def rewrite(self, html: str) -> str:
        return _TAG.sub(self._rewrite_tag, html)

    def _rewrite_tag(self, match: re.Match[str]) -> str:
        written = match[0]
        known = self._known.get(written)
        if known is None:
            known = self._closing(match) if match[1] else self._opening(match)
            if "href" not in known and "src" not in known:
                self._known[written] = known
        return known

    def _closing(self, match: re.Match[str]) -> str:
        name = match[2].lower()
        if name == "center":
            return "</div>"
        return f"</{name}>" if name in TAGS else ""

    def _opening(self, match: re.Match[str]) -> str:
        name = match[2].lower()
        if name not in TAGS:
            code = "html-presentation" if name in PRESENTATION else "html-removed"
            _note(code, f"<{name}>", f"<{match[2]}", self._notes)
            return ""
        if name == "center":
            _note("html-presentation", "<center>", f"<{match[2]}", self._notes)
            return '<div class="align-center">'
        return f"<{name}{self._attributes(name, match[0])}>"

    def _attributes(self, tag: str, written: str) -> str:
        kept: list[str] = []
        classes: list[str] = []
        for attribute in attributes_of(written, 0, len(written) - 1):
            if attribute.name == "class":
                classes.insert(0, attribute.value)
            elif self._is_kept(tag, attribute.name, attribute.value):
                kept.append(attribute.written.lstrip("/ \t\n"))
            else:
                classes += self._side(attribute.name, attribute.value)
        if any(classes):
            kept.insert(0, f'class="{escape(" ".join(filter(None, classes)))}"')
        return "".join(f" {part}" for part in kept)

    def _is_kept(self, tag: str, name: str, value: str) -> bool:
        if name in URL_ATTRIBUTES and name in ATTRIBUTES.get(tag, ()):
            verdict = judge(value)
            if verdict.kind == "refused":
                report(verdict, self._notes)
            return verdict.kind != "refused"
        if name == "lang" and value.upper() == "EN-US" and value != "en-US":
            _note("html-presentation", "lang=", "lang=", self._notes)
            return False
        if (
            name in ATTRIBUTES["*"]
            or name in ATTRIBUTES.get(tag, ())
            or name in TARGETS.get(tag, ())
        ):
            return True
        code = "html-presentation" if name in _PRESENTATION_ATTRIBUTES else "html-removed"
        _note(code, f"{name}=", name, self._notes)
        return False

    @staticmethod
    def _side(name: str, value: str) -> list[str]:
        if name == "align" and value.lower() in _SIDES:
            return [f"align-{value.lower()}"]
        match = _SIDE_IN_STYLE.search(value) if name == "style" else None
        return [f"align-{match[1].lower()}"] if match else []


class _Sanitizing(Postprocessor):
    def __init__(self, md: Markdown, notes: Notes) -> None:
        super().__init__(md)
        self._notes = notes

    def run(self, text: str) -> str:
        return sanitize(text, self._notes) if self._notes.has_raw_html else text


class Sanitized(Convention):
    """Setting `html: sanitized`."""

    def register(self, md: Markdown) -> None:
        """Register behind the step that puts raw HTML back."""
        md.postprocessors.register(_Sanitizing(md, self.notes), "sanitize", 10)
