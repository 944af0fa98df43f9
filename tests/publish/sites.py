"""Sites with a theme so small that building one takes a few milliseconds."""

from collections.abc import Mapping
from pathlib import Path

import gazette
from tests.conftest import Site

BASE = Path(gazette.__file__).parent / "themes" / "base" / "templates"
CONFIG = "site: {title: 测试站点, url: https://example.com}\ntheme: tiny\ngate: {mode: off}\n"


def tiny_theme() -> dict[str, str]:
    """A theme that has every template, each one line long."""
    names = [path.relative_to(BASE).as_posix() for path in BASE.rglob("*") if path.is_file()]
    files = {f"themes/tiny/templates/{name}": "{{ page.title }} {{ page }}\n" for name in names}
    article = "{{ page.title }} {{ content }} {{ previous }} {{ next }}\n"
    return files | {
        "themes/tiny/theme.yaml": "name: tiny\n",
        "themes/tiny/static/a.css": "p{}\n",
        "themes/tiny/templates/article.html": article,
    }


def tiny_site(root: Path, files: Mapping[str, str | bytes] | None = None) -> Site:
    """A site with the tiny theme and two articles."""
    site = Site(root).write({"config.yaml": CONFIG, **tiny_theme(), **(files or {})})
    return site.article("a", "甲文。").article("b", "乙文。", tags="[春风]")


def clean_files(site: Site) -> dict[str, bytes]:
    """What a clean build of the site makes."""
    output = site.root / "clean"
    site.built(output=output, clean=True)
    return Site.files_in(output)
