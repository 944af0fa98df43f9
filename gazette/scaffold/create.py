"""`init` and `new`: files to begin with. Nothing that exists is ever overwritten."""

import re
from pathlib import Path

import yaml

from gazette.urls import slugify

_HERE = Path(__file__).parent
_RENAMED = {"build.py.txt": "build.py", "gitignore.txt": ".gitignore"}
_THEME = """\
# A theme of your own. What it does not have is taken from the theme that it extends.
extends: {extends}
options: {{}}
"""
_CHILD = """\
{{# Shown in place of the parent's template; every block that is left out stays the parent's. #}}
{{% extends "parent/{template}" %}}
"""


def create_site(folder: Path, now: str) -> list[Path]:
    """Write a new site into `folder`, which is missing or empty; the files written.

    Raises FileExistsError if the folder holds anything.
    """
    if folder.exists() and any(folder.iterdir()):
        raise FileExistsError(folder)
    starter = _HERE / "starter"
    written = []
    for path in sorted(starter.rglob("*")):
        if path.is_file():
            inside = path.relative_to(starter)
            target = folder / inside.with_name(_RENAMED.get(path.name, path.name))
            text = path.read_text("utf-8").replace("{now}", now)
            written.append(_write_new(target, text))
    return written


def create_article(
    root: Path, title: str, date: str, category: str, bureau: str, slug: str = ""
) -> Path:
    """Write a new article from the site's archetype (`archetypes/article.md`) or Gazette's own.

    It lies at `content/articles/YYYY/YYYY-MM-DD-slug.md`; raises FileExistsError if that exists.
    """
    own = root / "archetypes" / "article.md"
    archetype = (own if own.is_file() else _HERE / "article.md").read_text("utf-8")
    values = {"title": title, "date": date, "categories": category, "bureau": bureau}
    text = re.sub(r"\{(\w+)\}", lambda m: _scalar(values.get(m[1], m[0])), archetype)
    text = re.sub(r"^(categories|bureau):[ \"']*$\n", "", text, flags=re.MULTILINE)
    name = f"{date[:10]}-{slugify(slug or title)}.md"
    return _write_new(root / "content" / "articles" / date[:4] / name, text)


def _scalar(text: str) -> str:
    """The text as YAML writes it on one line, quoted where it must be."""
    return yaml.safe_dump(text, allow_unicode=True, width=10_000).removesuffix("\n...\n").strip()


def create_theme(root: Path, name: str, extends: str) -> list[Path]:
    """Write a theme that extends another, with one template to begin with."""
    folder = root / "themes" / name
    if folder.exists():
        raise FileExistsError(folder)
    template = folder / "templates" / "article.html"
    return [
        _write_new(folder / "theme.yaml", _THEME.format(extends=extends)),
        _write_new(template, _CHILD.format(template="article.html")),
    ]


def _write_new(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(text)
    return path
