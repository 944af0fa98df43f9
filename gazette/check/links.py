"""Family links: what leads nowhere, or where readers cannot follow.

Missing files and pages, links to unpublished documents and to local files stop or warn in every build
already (`link-missing`, `link-hidden`, `link-local-file`); here stands what builds do not see.
"""

import contextlib
import ipaddress
import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

import msgspec

from gazette.check.family import SiteFamily, TextFamily
from gazette.check.lists import Lists
from gazette.check.manuscript import Manuscript
from gazette.check.outcome import Fragment
from gazette.check.rule import Finding, Rule
from gazette.check.survey import Survey
from gazette.config.decode import nearest
from gazette.digests import combine
from gazette.messages.message import Message, _
from gazette.packs import PackReader
from gazette.reading.model import Body
from gazette.reading.read import Entry
from gazette.reading.scan import FILE_PREFIX

_SOURCE = "《政府网站与政务新媒体检查指标》（国办秘函〔2019〕19号）：链接可用"

FRAGMENT = Rule(
    id="links-fragment",
    family="links",
    severity="warning",
    source=_SOURCE,
    message=Message(
        _("No part of {page} is named “{found}”."),
        _("Correct what stands behind the #, or give the heading that name: ## Heading {{#name}}"),
    ),
    explanation=_(
        "Links to a part of a page, in the same article or in another, whose name no heading or note there has."
    ),
    bad=(
        {"content/articles/a.md": "见[下文](#wu)。\n\n## 有 {#you}"},
        {"content/articles/a.md": "见[乙文](b.md#wu)。", "content/articles/b.md": "## 有 {#you}"},
    ),
    good=(
        {"content/articles/a.md": "见[下文](#you)，回[页首](#top)。\n\n## 有 {#you}"},
        {"content/articles/a.md": "见[乙文](b.md#you)。", "content/articles/b.md": "## 有 {#you}"},
        {"content/articles/a.md": "正文[^1]。\n\n[^1]: 注释。"},
    ),
)
PRIVATE = Rule(
    id="links-private-address",
    family="links",
    severity="error",
    source=_SOURCE,
    message=Message(
        _("{found} is an address of an internal network; readers cannot reach it."),
        _("Put the file beside the article and link to that, or name the public address."),
    ),
    explanation=_(
        "Links and pictures from private networks (10.x, 172.16-31.x, 192.168.x, localhost, names without a dot) and"
        " file:// addresses, which only colleagues can open and which tell how the office network is built."
    ),
    bad=(
        "详见[通知](http://10.1.2.3/a.html)。",
        "![图](http://192.168.1.8:8080/x.jpg)",
        "登录 http://localhost:8000/ 查看。",
        "见[内网](http://oa/a)。",
        "文件在 file:///D:/a.doc 。",
        "见<http://[fe80::1]/>。",
    ),
    good=(
        "详见[通知](https://www.example.com/a.html)。",
        "版本号10.1.2.3已发布。",
        "![图](photos.jpg)",
        "见[公网](http://8.8.8.8/a)。",
    ),
)
EXTERNAL = Rule(
    id="links-external",
    family="links",
    severity="warning",
    source=_SOURCE,
    message=Message(_("{found} does not answer: {why}"), _("Correct or remove the link.")),
    explanation=_("Links to other hosts that do not answer; looked at only by `check --external`."),
    bad=(),
    good=(),
)
LOST = Rule(
    id="links-lost",
    family="links",
    severity="warning",
    source=_SOURCE,
    message=Message(
        _("The address {found} of the older sitemap leads nowhere any more."),
        _("Add it to the `aliases` of the article that took its place."),
    ),
    explanation=_(
        "Addresses that an older sitemap had and the site has lost; see `check --against`."
    ),
    bad=(),
    good=(),
)
RULES = (FRAGMENT, PRIVATE, EXTERNAL, LOST)
ON_DEMAND = (EXTERNAL, LOST)
"""Rules that only certain options ask."""

_LOCAL_NAMES = re.compile(
    r"localhost|.*\.(?:local|lan|internal|intranet|corp|home)|[^.:]+", re.IGNORECASE
)


def find(manuscript: Manuscript, _lists: Lists) -> Iterator[Finding]:
    """Addresses that only an internal network knows."""
    for link in manuscript.links:
        if is_private(link.target):
            yield manuscript.at(PRIVATE, link.offset, link.target[:80], context=link.text)


def is_private(address: str) -> bool:
    """Whether only an internal network, or one machine, knows the address."""
    if address.lower().startswith("file:"):
        return True
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return False
    if parts.scheme not in ("http", "https", "ftp") or not host:
        return False
    with contextlib.suppress(ValueError):
        return not ipaddress.ip_address(host).is_global
    return _LOCAL_NAMES.fullmatch(host) is not None


FAMILY = TextFamily("links", (PRIVATE,), find, source_pattern="://")


def find_in_site(survey: Survey) -> Iterator[tuple[str, Finding]]:
    """Links to parts of pages that have no such part."""
    wanted = [
        (entry, fragment)
        for entry in survey.entries
        if entry.document.path in survey.examined
        for fragment in survey.examined[entry.document.path].fragments
    ]
    if not wanted:
        return
    places = _Places(survey)
    with contextlib.closing(PackReader(survey.ledger.folder)) as packs:
        for entry, fragment in wanted:
            target = places.target(entry, fragment)
            name = unquote(fragment.target.partition("#")[2])
            if target is None or name in ("", "top"):
                continue
            ids = _ids(target, survey, packs)
            if name not in ids:
                page = FILE_PREFIX + target.document.path
                near = nearest(name, ids)
                given = {"page": page, **({"near": near} if near else {})}
                finding = Finding(
                    FRAGMENT.id,
                    fragment.line,
                    fragment.column,
                    name,
                    near and f"#{near}",
                    "",
                    given,
                )
                yield FILE_PREFIX + entry.document.path, finding


class _Places:
    """Which document a link leads to."""

    def __init__(self, survey: Survey) -> None:
        self._by_path = {entry.document.path: entry for entry in survey.entries}
        self._outputs = {one.document.path: one.path for one in survey.site.articles}
        self._outputs |= {one.document.path: one.path for one in survey.site.pages}
        self._by_output = {output: path for path, output in self._outputs.items()}

    def target(self, entry: Entry, fragment: Fragment) -> Entry | None:
        """The document; None if it is none, which is for the build to say."""
        address = unquote(fragment.target.partition("#")[0].partition("?")[0])
        if not address:
            return entry
        here = entry.document.path
        if address.startswith("/"):
            path = self._by_output.get(address.lstrip("/"), address.lstrip("/"))
            return self._by_path.get(path)
        inside = posixpath.normpath(posixpath.join(posixpath.dirname(here), address))
        output = posixpath.join(posixpath.dirname(self._outputs.get(here, "")), address)
        path = self._by_output.get(posixpath.normpath(output), "")
        return self._by_path.get(inside) or self._by_path.get(path)


_ID = re.compile(r'\s(?:id|name)="([^"]+)"')


def _ids(entry: Entry, survey: Survey, packs: PackReader) -> frozenset[str]:
    """The names of all parts of a document's text."""

    def read() -> list[str]:
        ref = survey.ledger.blob(entry.key)
        if ref is None:
            return []
        body = msgspec.msgpack.decode(packs.read(ref), type=Body)
        return sorted({name for piece in body.html for name in _ID.findall(piece)})

    return frozenset(survey.ledger.memo("ids", combine((entry.key,)), list[str], read))


SITE_FAMILY = SiteFamily("links", (FRAGMENT,), find_in_site, in_build=True)
