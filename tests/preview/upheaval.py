"""Everything that can happen to a site while it is previewed, at random but always the same."""

import random
import shutil
from collections.abc import Callable
from pathlib import Path

from tests.conftest import PNG

CONFIG = "site: {{title: 第{0}次的站, url: 'https://example.com{1}'}}\ntheme: mine\n"
TEMPLATE = '{{% extends "parent/article.html" %}}{{% block footer %}}尾{0}{{% endblock %}}\n'
BUREAUS = "- {{slug: leshan, name: 国家税务总局乐山市税务局, short: 乐山{0}}}\n"
FAULTS = (
    "---\ntitle: 坏\ndate: 昨天\n---\n正文\n",
    "---\ntitle: 坏\ndate: 2025-05-03\nbureau: 哪里也没有的局\n---\n",
    "---\ntitle: [没有\n---\n",
    "---\n没有结束\n",
    "![无](nirgends.jpg)\n",
    "",
    "\x00\x01",
)


class Upheaval:
    """Edits, breaks, moves and deletes; `mend` makes the site whole again."""

    def __init__(self, root: Path, seed: int = 1) -> None:
        self.root = root
        self.articles = root / "content/articles"
        self._chance = random.Random(seed)
        self._count = 0
        self._steps: tuple[Callable[[], None], ...] = (
            self.edit, self.edit, self.edit, self.add, self.add, self.replace, self.delete, self.move,
            self.move_folder, self.delete_folder, self.add_folder, self.spoil, self.spoil, self.mend_texts,
            self.edit_template, self.spoil_template, self.edit_style, self.edit_config, self.spoil_config,
            self.edit_bureaus, self.folder_for_file, self.picture, self.retitle,
        )  # fmt: skip
        self.begin()

    def begin(self) -> None:
        """A small site."""
        self.write("themes/mine/theme.yaml", "extends: base\n")
        self.edit_config()
        self.edit_template()
        self.edit_style()
        self.edit_bureaus()
        for _ in range(12):
            self.add()

    def step(self) -> str:
        """Do one thing; its name."""
        step = self._chance.choice(self._steps)
        try:
            step()
        except OSError:  # on Windows a file that is being read cannot go; then it stays
            return f"{step.__name__} failed"
        return step.__name__

    def mend(self) -> None:
        """Put right whatever is wrong."""
        self.mend_texts()
        self.edit_config()
        self.edit_template()
        self.edit_bureaus()

    # Texts

    def write(self, path: str, text: str) -> None:
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")

    def _number(self) -> int:
        self._count += 1
        return self._count

    def _texts(self) -> list[Path]:
        return sorted(path for path in self.articles.rglob("*.md") if path.is_file())

    def _any(self) -> Path:
        found = self._texts()
        return self._chance.choice(found) if found else self.articles / "first.md"

    def _text(self) -> str:
        number = self._number()
        return (
            f"---\ntitle: 第{number}篇\ndate: 2025-0{number % 9 + 1}-0{number % 8 + 1}\n"
            f"categories: [column-{number % 3}]\ntags: [标签{number % 5}]\nbureau: leshan\n---\n\n第{number}稿。\n"
        )

    def edit(self) -> None:
        path = self._any()
        text = path.read_text("utf-8") if path.exists() else self._text()
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{text}\n又改了{self._number()}。\n", "utf-8")

    def retitle(self) -> None:
        self._any().write_text(self._text(), "utf-8")

    def add(self) -> None:
        number = self._number()
        self.write(f"content/articles/folder{number % 3}/{number}.md", self._text())

    def replace(self) -> None:
        path = self._any()
        new = path.with_name(f".{path.name}.new")
        new.write_text(self._text(), "utf-8")
        new.replace(path)

    def delete(self) -> None:
        self._any().unlink(missing_ok=True)

    def move(self) -> None:
        path = self._any()
        path.rename(path.with_name(f"moved{self._number()}.md"))

    def spoil(self) -> None:
        self._any().write_text(self._chance.choice(FAULTS), "utf-8")

    def mend_texts(self) -> None:
        for path in self._texts():
            if not path.read_text("utf-8").startswith("---\ntitle: 第"):
                path.write_text(self._text(), "utf-8")

    def picture(self) -> None:
        path = self._any()
        number = self._number()
        path.with_name(f"{number}.png").write_bytes(PNG)
        path.write_text(f"{self._text()}\n![图]({number}.png)\n", "utf-8")

    # Folders

    def _folder(self) -> Path:
        found = (
            sorted(path for path in self.articles.iterdir() if path.is_dir())
            if self.articles.is_dir()
            else []
        )
        return self._chance.choice(found) if found else self.articles / "none"

    def move_folder(self) -> None:
        self._folder().rename(self.articles / f"moved{self._number()}")

    def delete_folder(self) -> None:
        shutil.rmtree(self._folder(), ignore_errors=True)

    def add_folder(self) -> None:
        name = self._number()
        for number in range(4):
            self.write(f"content/articles/new{name}/{name}-{number}.md", self._text())

    def folder_for_file(self) -> None:
        path = self._any()
        path.unlink(missing_ok=True)
        folder = path.with_name(f"bundle{self._number()}").relative_to(self.root)
        self.write(f"{folder.as_posix()}/index.md", self._text())

    # Theme and settings

    def edit_template(self) -> None:
        self.write("themes/mine/templates/article.html", TEMPLATE.format(self._number()))

    def spoil_template(self) -> None:
        self.write("themes/mine/templates/article.html", "{% extends")

    def edit_style(self) -> None:
        self.write("themes/mine/static/css/plain.css", f"body {{ order: {self._number()} }}\n")

    def edit_config(self) -> None:
        number = self._number()
        self.write("config.yaml", CONFIG.format(number, "/sub/" if number % 2 else ""))

    def spoil_config(self) -> None:
        self.write(
            "config.yaml", self._chance.choice(["", "site: {}\n", "site: [\n", "nosuch: 1\n"])
        )

    def edit_bureaus(self) -> None:
        self.write("content/bureaus.yaml", BUREAUS.format(self._number()))
