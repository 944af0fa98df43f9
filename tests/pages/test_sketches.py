"""A sketch's digest stands for all that its view is made of: equal digests, equal views."""

import itertools
from collections.abc import Mapping
from pathlib import Path

import pytest

from gazette.pages.context import Sketch
from gazette.pages.views import view_digest
from tests.conftest import BUREAUS, CONFIG, Site
from tests.site.layout import laid_out

EDITS: dict[str, Mapping[str, str]] = {
    "nothing": {},
    "category": {"content/categories.yaml": "- {slug: yaowen, title: 新要闻}\n"},
    "category's type": {"content/categories.yaml": "- {slug: yaowen, title: 要闻, type: 工作动态}\n"},
    "tag": {"content/tags.yaml": "- {slug: chun, title: 春风}\n"},
    "tag's slug": {"content/tags.yaml": "- {slug: feng, title: 春}\n"},
    "topic": {"content/topics/t.md": "---\ntitle: 新专题\nslug: t\n---\n"},
    "bureau": {"content/bureaus.yaml": BUREAUS.replace("short: 乐山市", "short: 乐山")},
    "bureau's alias": {"content/bureaus.yaml": BUREAUS.replace("乐税", "某税")},
    "site": {"config.yaml": CONFIG.replace("测试站点", "新站点")},
    "address": {"config.yaml": CONFIG.replace("example.com", "example.com/sub")},
    "language": {"config.yaml": CONFIG.replace("{title", "{language: en, title")},
    "permalinks": {"config.yaml": CONFIG + "permalinks: {category: '/c/:slug.html', tag: '/t/:slug/'}\n"},
    "size": {"config.yaml": CONFIG + "pagination: {size: 1}\n"},
    "queries": {"themes/base/theme.yaml": "queries: {q: {from: articles, limit: 1}}\ntemplates: {article.html: [q], category.html: [q]}\n"},
    "text": {"content/articles/a05.md": "---\ntitle: 五\ndate: 2025-05-05\ncategories: yaowen\ntags: [春]\n---\n新正文。\n"},
    "title": {"content/articles/a05.md": "---\ntitle: 新五\ndate: 2025-05-05\ncategories: yaowen\ntags: [春]\n---\n正文。\n"},
    "no tags": {"content/articles/a05.md": "---\ntitle: 五\ndate: 2025-05-05\ncategories: yaowen\n---\n正文。\n"},
    "other tags": {"content/articles/a05.md": "---\ntitle: 五\ndate: 2025-05-05\ncategories: yaowen\ntopics: [春]\n---\n正文。\n"},
    "kicker": {"content/articles/a05.md": "---\ntitle: 五\ndate: 2025-05-05\ncategories: yaowen\ntags: [春]\nkicker: 眉\n---\n正文。\n"},
    "summary": {"content/articles/a05.md": "---\ntitle: 五\ndate: 2025-05-05\ncategories: yaowen\ntags: [春]\nsummary: 摘要\n---\n正文。\n"},
    "source": {"content/articles/a05.md": "---\ntitle: 五\ndate: 2025-05-05\ncategories: yaowen\ntags: [春]\nsource: 某报\n---\n正文。\n"},
    "archived": {"content/articles/a05.md": "---\ntitle: 五\ndate: 2025-05-05\ncategories: yaowen\ntags: [春]\narchived: true\n---\n正文。\n"},
    "pinned": {"content/articles/a05.md": "---\ntitle: 五\ndate: 2025-05-05\ncategories: yaowen\ntags: [春]\npinned: true\n---\n正文。\n"},
    "author": {"content/articles/a05.md": "---\ntitle: 五\ndate: 2025-05-05\ncategories: yaowen\ntags: [春]\nauthor: 某人\n---\n正文。\n"},
    "cover": {"content/articles/a05.md": "---\ntitle: 五\ndate: 2025-05-05\ncategories: yaowen\ntags: [春]\ncover: https://example.org/a.png\n---\n正文。\n"},
    "updated": {"content/articles/a05.md": "---\ntitle: 五\ndate: 2025-05-05\ncategories: yaowen\ntags: [春]\nupdated: 2025-06-01\n---\n正文。\n"},
    "attachment": {"content/articles/a05.md": "---\ntitle: 五\ndate: 2025-05-05\ncategories: yaowen\nattachments: [f.txt]\n---\n正文。\n"},
    "attachment's size": {"content/articles/f.txt": "更长的附件"},
    "another article": {"content/articles/b.md": "---\ntitle: 又\ndate: 2025-05-06\ncategories: yaowen\ntags: [春]\n---\n正文。\n"},
    "profile": {"content/bureaus/leshan.md": "---\ntitle: 乐山\n---\n简介。\n"},
}  # fmt: skip


def edited(root: Path, edits: Mapping[str, str]) -> Site:
    site = Site(root).write(
        {"config.yaml": CONFIG + "pagination: {size: 2}\n", "content/articles/f.txt": "附件"}
    )
    site.write({"content/bureaus.yaml": BUREAUS})
    site.write({"content/categories.yaml": "- {slug: yaowen, title: 要闻}\n"})
    for number in range(1, 10):
        fields = {"date": f"2025-05-{number:02}", "categories": "yaowen", "tags": "[春]"}
        if number in {2, 3}:
            fields |= {"bureau": "乐税", "topics": "[t]", "attachments": "[f.txt]"}
        site.article(f"a{number:02}", "正文。乐税在行动。" if number == 4 else "正文。", **fields)
    return site.write(edits)


def looks(site: Site) -> dict[str, tuple[bytes, bytes, bool]]:
    """Digest, digest of the view in full, and whether it is a sketch, of every page."""
    pages = laid_out(site)
    common = pages.routes[0].view.common.digest
    return {
        r.path: (r.digests(common), view_digest(r.view), isinstance(r.content, Sketch))
        for r in pages.routes
    }


def test_equal_digests_stand_for_equal_views(tmp_path: Path) -> None:
    seen: dict[str, dict[bytes, set[bytes]]] = {}
    for number, (first, second) in enumerate(itertools.product(EDITS, list(EDITS)[:3])):
        site = edited(tmp_path / str(number), {**EDITS[first], **EDITS[second]})
        for path, (digest, view, _) in looks(site).items():
            seen.setdefault(path, {}).setdefault(digest, set()).add(view)
    assert [
        path for path, digests in seen.items() if any(len(v) > 1 for v in digests.values())
    ] == []


@pytest.mark.parametrize("edit", ["category", "tag", "title", "another article", "bureau"])
def test_pages_that_show_nothing_new_keep_their_digests(tmp_path: Path, edit: str) -> None:
    before = looks(edited(tmp_path / "before", {}))
    after = looks(edited(tmp_path / "after", EDITS[edit]))
    for path in before.keys() & after.keys():
        assert (before[path][0] == after[path][0]) == (before[path][1] == after[path][1]), path


def test_most_pages_are_sketches(tmp_path: Path) -> None:
    sketches = {path for path, look in looks(edited(tmp_path, {})).items() if look[2]}
    assert {
        "yaowen/2025/05/a01.html",
        "category/yaowen/page/1.html",
        "tag/chun/page/2.html",
    } <= sketches
