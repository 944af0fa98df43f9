"""Jinja: finding templates along the theme's chain, what each depends on, and rendering."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jinja2
from jinja2 import meta, nodes
from jinja2.ext import InternationalizationExtension

from gazette.digests import combine
from gazette.pages.theme import Theme
from gazette.problems import Problem, error

_PARENT = "parent/"


class ChainLoader(jinja2.BaseLoader):
    """Finds a template along the chain; `parent/x.html` is x.html after the folder of the one asking."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme

    def path(self, name: str) -> Path | None:
        """The file of a template's name, which may begin with `@2/`: from the third file of it on."""
        level, plain = _cut(name)
        files = self.theme.templates.get(plain, ())
        return files[level] if level < len(files) else None

    def get_source(
        self, environment: jinja2.Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        """Jinja's way of asking for a template."""
        path = self.path(template)
        if path is None:
            raise jinja2.TemplateNotFound(_cut(template)[1])
        return path.read_text("utf-8"), str(path), lambda: True

    def list_templates(self) -> list[str]:
        """All names."""
        return sorted(self.theme.templates)


class Environment(jinja2.Environment):
    """Jinja with the theme's chain."""

    def join_path(self, template: str, parent: str) -> str:
        """Give `parent/x.html` its place: the next file named x.html in the chain."""
        if not template.startswith(_PARENT):
            return template
        name = template[len(_PARENT) :]
        level, plain = _cut(parent)
        return f"@{level + 1}/{name}" if plain == name else f"@1/{name}"


def _cut(name: str) -> tuple[int, str]:
    match = re.fullmatch(r"@(\d+)/(.*)", name)
    return (int(match[1]), match[2]) if match else (0, name)


def make_environment(theme: Theme, translations: dict[str, str]) -> Environment:
    """The environment that renders the site: autoescape on, undefined names are errors."""
    environment = Environment(
        loader=ChainLoader(theme),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        cache_size=-1,
        extensions=[InternationalizationExtension],
    )

    def gettext(text: str) -> str:
        return translations.get(text) or text

    def ngettext(one: str, many: str, number: int) -> str:
        return gettext(one if number == 1 else many)

    install: Any = environment.install_gettext_callables  # type: ignore[attr-defined]
    install(gettext, ngettext, newstyle=True)
    return environment


def read_translations(theme: Theme, language: str) -> dict[str, str]:
    """The theme's texts in the site's language; a child's catalogue comes before its parent's."""
    from babel.messages.pofile import read_po  # only when the ledger does not know the result

    found: dict[str, str] = {}
    for path in reversed(_catalogues(theme, language)):
        with path.open("rb") as file:
            catalogue = read_po(file)
        for message in catalogue:
            ids = message.id if isinstance(message.id, tuple | list) else (message.id,)
            texts = (
                message.string if isinstance(message.string, tuple | list) else (message.string,)
            )
            for index, text in enumerate(ids):
                if text and texts and "fuzzy" not in message.flags:
                    found[str(text)] = str(texts[min(index, len(texts) - 1)])
    return {text: translated for text, translated in found.items() if translated}


def _catalogues(theme: Theme, language: str) -> tuple[Path, ...]:
    """Those of the language and its region, else of the language alone, else of any of its regions."""
    wanted = language.replace("-", "_")
    for locale in (wanted, wanted.split("_")[0]):
        if locale in theme.locales:
            return theme.locales[locale]
    same = [name for name in theme.locales if name.split("_")[0] == wanted.split("_")[0]]
    return theme.locales[sorted(same)[0]] if same else ()


def template_digests(theme: Theme) -> tuple[dict[str, bytes], list[Problem]]:
    """Each template's digest, with all that it extends, includes or imports; and syntax errors.

    A template whose references cannot be known (`include` of an expression) depends on the whole theme.
    """
    environment = make_environment(theme, {})
    loader = ChainLoader(theme)
    problems: list[Problem] = []
    references: dict[Path, list[Path] | None] = {}
    for name, files in theme.templates.items():
        for level, path in enumerate(files):
            try:
                tree = environment.parse(path.read_text("utf-8"), filename=str(path))
            except jinja2.TemplateSyntaxError as fault:
                problems.append(syntax_problem(fault, theme))
                continue
            except UnicodeDecodeError:
                problems.append(error("encoding-unknown", file=shown_path(path, theme)))
                continue
            references[path] = _references(tree, f"@{level}/{name}", environment, loader)
    digests = {
        name: _closure(files[0], references, theme) for name, files in theme.templates.items()
    }
    return digests, problems


def _references(
    tree: nodes.Template, name: str, environment: Environment, loader: ChainLoader
) -> list[Path] | None:
    found = []
    for reference in meta.find_referenced_templates(tree):
        if reference is None:
            return None
        path = loader.path(environment.join_path(reference, name))
        if path is not None:
            found.append(path)
    return found


def _closure(start: Path, references: dict[Path, list[Path] | None], theme: Theme) -> bytes:
    seen: set[Path] = set()
    waiting = [start]
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        found = references.get(path, [])
        if found is None:
            return combine([theme.digests[start], theme.digest])
        waiting += found
    return combine(sorted(theme.digests[path] for path in seen))


def shown_path(path: Path, theme: Theme) -> str:
    """How messages name a theme's file: `themes/portal/templates/article.html`."""
    for folder in theme.folders:
        if path.is_relative_to(folder):
            return f"themes/{folder.name}/{path.relative_to(folder).as_posix()}"
    return path.name


def syntax_problem(fault: jinja2.TemplateSyntaxError, theme: Theme) -> Problem:
    """A template that Jinja cannot read."""
    file = shown_path(Path(fault.filename), theme) if fault.filename else fault.name
    return error("template-syntax", file=file, line=fault.lineno, reason=fault.message)
