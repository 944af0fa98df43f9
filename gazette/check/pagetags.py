"""Family pagetags: the built pages' tags (网页标签) and footer, as monitors test them."""

import html
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from gazette.check.family import SiteFamily
from gazette.check.rule import Finding, Rule
from gazette.check.survey import Survey
from gazette.messages.message import Message, _

_SOURCE = "《政府网站发展指引》（国办发〔2017〕47号）附件2：网页标签规范"
_FOOTER_SOURCE = "《政府网站发展指引》（国办发〔2017〕47号）：页面底部功能区"

MISSING = Rule(
    id="pagetags-missing",
    family="pagetags",
    severity="error",
    source=_SOURCE,
    message=Message(
        _("The page tag {found} is missing on {count} pages, such as {page}."),
        _(
            "Fill in the setting that it comes from ({setting}), or add the tag to the theme's head."
        ),
    ),
    explanation=_(
        "Mandatory tags: SiteName, SiteDomain and SiteIDCode everywhere; ColumnName, ColumnDescription, ColumnKeywords"
        " and ColumnType on columns; ArticleTitle, PubDate and ContentSource on articles."
    ),
    bad=(),
    good=(),
)
EMPTY = Rule(
    id="pagetags-empty",
    family="pagetags",
    severity="error",
    source=_SOURCE,
    message=Message(
        _("The page tag {found} is empty on {count} pages, such as {page}."),
        _("A tag without a value counts as wrong: leave it out, or give it one."),
    ),
    explanation=_("Tags with an empty `content`."),
    bad=(),
    good=(),
)
FORM = Rule(
    id="pagetags-form",
    family="pagetags",
    severity="error",
    source=_SOURCE,
    message=Message(
        _("The page tag {found} has a wrong form on {count} pages, such as {page}: {value}"),
        _("Right: {right}"),
    ),
    explanation=_(
        "PubDate is written 2025-05-03 09:30, SiteDomain without http://, SiteIDCode as bm and 8 digits or as 10 digits."
    ),
    bad=(),
    good=(),
)
FOOTER = Rule(
    id="pagetags-footer",
    family="pagetags",
    severity="warning",
    source=_FOOTER_SOURCE,
    message=Message(
        _("The footer lacks “{found}” on {count} pages, such as {page}."),
        _("Fill in {setting} in config.yaml."),
    ),
    explanation=_(
        "What monitors look for on every page: the badge of government sites, the error report, the site's ID code, the"
        " ICP and police records, the organizer, a contact, and the site map."
    ),
    bad=(),
    good=(),
)
RULES = (MISSING, EMPTY, FORM, FOOTER)

_COMMENT = re.compile("<!--.*?-->", re.DOTALL)
_META = re.compile(r"<meta\s([^<>]*)>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+))""")
_SITE = {"SiteName": "site.title", "SiteDomain": "site.url", "SiteIDCode": "site.site_id_code"}
_COLUMN = {
    "ColumnName": "title",
    "ColumnDescription": "description",
    "ColumnKeywords": "keywords",
    "ColumnType": "type",
}
_ARTICLE = {"ArticleTitle": "title", "PubDate": "date", "ContentSource": "source"}
_FORMS = {
    "PubDate": (re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d"), "2025-05-03 09:30"),
    "SiteDomain": (re.compile(r"[^/:\s]+(?::\d+)?(?:/\S*)?"), "www.example.com"),
    "SiteIDCode": (re.compile(r"bm\d{8}|\d{10}"), "bm12345678"),
}


_Fault = tuple[str, str, str, str]
"""Rule, tag or part of the footer, its value, the setting that it comes from."""


def find_in_site(survey: Survey) -> Iterator[tuple[str, Finding]]:
    """What the pages of the built site lack; pages with the same fault are told together."""
    if survey.output is None:
        return
    faults: dict[_Fault, list[str]] = defaultdict(list)
    footers: dict[str, list[_Fault]] = {}  # pages of one depth have the same
    for path, wanted in _pages(survey):
        text = _text(survey.output / path)
        if text is None:
            continue
        footer = text[text.rfind("<footer") :] if "<footer" in text else ""
        if footer not in footers:
            footers[footer] = list(_footer_faults(footer, survey))
        for fault in (*_tag_faults(text, wanted), *footers[footer]):
            faults[fault].append(path)
    for (rule, name, value, setting), pages in faults.items():
        given = {"count": str(len(pages)), "page": pages[0], "value": value, "setting": setting}
        given["right"] = _FORMS[name][1] if name in _FORMS else ""
        yield "config.yaml", Finding(rule, found=name, arguments=given)


def looked_at(survey: Survey) -> list[str]:
    """Output paths of the pages that are looked at, if they are there."""
    return [path for path, _ in _pages(survey)]


def _pages(survey: Survey) -> Iterator[tuple[str, dict[str, str]]]:
    """(output path, mandatory tags with the setting that each comes from)."""
    yield "index.html", _SITE
    for term in survey.site.categories:
        yield term.path, {**_SITE, **_COLUMN}
    for bureau in survey.site.bureaus:
        yield bureau.path, {**_SITE, "ColumnName": "name"}
    column = {"ColumnName": "title", "ColumnType": "type"}
    for article in survey.site.articles:
        if not article.document.layout:
            wanted = {**_SITE, **_ARTICLE, **(column if article.categories else {})}
            yield article.path, wanted


def _text(page: Path) -> str | None:
    try:
        return page.read_text("utf-8", "replace")
    except OSError:
        return None  # not built yet


def _tag_faults(text: str, wanted: dict[str, str]) -> Iterator[_Fault]:
    given = _tags(text[: text.find("</head>")])
    for name, setting in wanted.items():
        value = given.get(name)
        if value is None:
            yield MISSING.id, name, "", setting
        elif not value:
            yield EMPTY.id, name, "", setting
        elif name in _FORMS and not _FORMS[name][0].fullmatch(value):
            yield FORM.id, name, value[:80], setting


def _tags(head: str) -> dict[str, str]:
    """The page tags, by their names, however a theme writes them."""
    tags: dict[str, str] = {}
    for inner in _META.findall(_COMMENT.sub("", head)):
        attributes = {name.lower(): "".join(value) for name, *value in _ATTRIBUTE.findall(inner)}
        tags.setdefault(
            attributes.get("name", ""), html.unescape(attributes.get("content", "")).strip()
        )
    return tags


def _footer_faults(footer: str, survey: Survey) -> Iterator[_Fault]:
    footer = html.unescape(footer)
    site = survey.lists.site
    contact = site.contact
    wanted = {
        "党政机关网站标识": ("site.links.badge", [site.links.badge]),
        "我为政府网站找错": ("site.links.report_error", [site.links.report_error]),
        "网站标识码": ("site.site_id_code", [site.site_id_code]),
        "ICP备案号": ("site.icp", [site.icp]),
        "公安备案号": ("site.police_record", [site.police_record]),
        "主办单位": ("site.organizer", [site.organizer]),
        "联系方式": ("site.contact", [contact.phone, contact.email, contact.address]),
        "网站地图": ("sitemap.html", ["sitemap.html"]),
    }
    for name, (setting, values) in wanted.items():
        if not any(value and value in footer for value in values):
            yield FOOTER.id, name, "", setting


SITE_FAMILY = SiteFamily("pagetags", RULES, find_in_site)
