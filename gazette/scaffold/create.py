"""`init` and `new`: files to begin with. Nothing that exists is ever overwritten."""

import re
from pathlib import Path

import msgspec
import yaml

from gazette import __version__
from gazette.urls import slugify

_HERE = Path(__file__).parent
_RENAMED = {
    "build.py.txt": "build.py", "gitignore.txt": ".gitignore", "gitattributes.txt": ".gitattributes",
}  # fmt: skip
_THEME = """\
# A theme of your own. What it does not have is taken from the theme that it extends.
extends: {extends}

# Another default for one of its options; too little contrast is an error.
# options:
#   color: {{default: "#7a2048"}}
"""
_CHILD = """\
{{# Shown in place of the parent's template; every block that is left out stays the parent's.
   For example: {{% block tools %}}{{{{ super() }}}}<p>{{{{ article.words }}}}</p>{{% endblock %}} #}}
{{% extends "parent/{template}" %}}
"""


class NewArticle(msgspec.Struct, frozen=True):
    """What an article begins with; category and bureau may be empty."""

    title: str
    date: str
    """As front matter has it, beginning with the day: `2025-05-03 09:30:00`."""
    category: str = ""
    bureau: str = ""
    slug: str = ""
    """For the file's name; else the title is."""
    archetype: str = "article"
    """Name of a file under archetypes/, without .md; `article` is always there."""


def create_site(folder: Path, now: str) -> list[Path]:
    """Write a new site into `folder`, which is missing or empty but for `.git`; the files written.

    Raises FileExistsError if the folder holds anything, or is none.
    """
    if folder.exists() and not _is_free(folder):
        raise FileExistsError(folder)
    starter = _HERE / "starter"
    written = []
    for path in sorted(starter.rglob("*")):
        if path.is_file():
            inside = path.relative_to(starter)
            target = folder / inside.with_name(_RENAMED.get(path.name, path.name))
            text = path.read_text("utf-8").replace("{now}", now)
            written.append(_write_new(target, text.replace("{version}", __version__)))
    return written


def _is_free(folder: Path) -> bool:
    return folder.is_dir() and all(path.name == ".git" for path in folder.iterdir())


def archetypes(root: Path) -> list[str]:
    """The names of the site's archetypes; `article`, which is always there, first."""
    own = {
        path.stem for path in (root / "archetypes").glob("*.md") if not path.name.startswith(".")
    }
    return ["article", *sorted(own - {"article"})]


def create_article(root: Path, article: NewArticle) -> Path:
    """Write a new article from the site's archetype (`archetypes/article.md`) or Gazette's own.

    It lies at `content/articles/YYYY/YYYY-MM-DD-slug.md`; raises FileExistsError if that exists.
    """
    own = root / "archetypes" / f"{article.archetype}.md"
    archetype = (own if own.is_file() else _HERE / "article.md").read_text("utf-8-sig")
    values = {
        "title": article.title,
        "date": article.date,
        "categories": article.category,
        "bureau": article.bureau,
    }
    lines = [
        re.sub(r"\{(\w+)\}", lambda m: _scalar(values[m[1]]) if m[1] in values else m[0], line)
        for line in archetype.splitlines()
        if not any(f"{{{name}}}" in line and not value for name, value in values.items())
    ]
    day = article.date[:10]
    name = f"{day}-{slugify(article.slug or article.title)}.md"
    return _write_new(root / "content" / "articles" / day[:4] / name, "\n".join(lines) + "\n")


def _scalar(text: str) -> str:
    """The text as YAML writes it on one line, quoted where it must be."""
    style = None if text.isprintable() else '"'
    dumped: str = yaml.safe_dump(text, allow_unicode=True, width=float("inf"), default_style=style)
    return dumped.removesuffix("\n").removesuffix("\n...")


def create_theme(root: Path, name: str, extends: str) -> Path:
    """Write a theme that extends another, with one template to begin with; its folder.

    Raises FileExistsError if there is one of that name.
    """
    folder = root / "themes" / name
    _write_new(folder / "theme.yaml", _THEME.format(extends=_scalar(extends)))
    _write_new(folder / "templates" / "article.html", _CHILD.format(template="article.html"))
    return folder


def _write_new(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    line_end = "\r\n" if path.suffix == ".bat" else "\n"  # cmd.exe misses labels otherwise
    with path.open("x", encoding="utf-8", newline=line_end) as file:
        file.write(text)
    return path
