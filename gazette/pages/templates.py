"""Jinja: finding templates along the theme's chain, what each depends on, and rendering."""

import re
from collections.abc import Callable, MutableMapping
from pathlib import Path
from typing import Any

import jinja2
from jinja2 import meta, nodes
from jinja2.ext import InternationalizationExtension

from gazette.digests import combine
from gazette.pages.compiled import CompiledTemplates, QuickCode, escape_text
from gazette.pages.qr import qr_code
from gazette.pages.theme import Theme, shown_path
from gazette.pages.translation import ConstantTranslations
from gazette.pages.translations import catalogue_faults
from gazette.problems import Problem, error

_PARENT = "parent/"
_LEVEL = re.compile(r"@(\d+)/(.*)")


class ChainLoader(jinja2.BaseLoader):
    """Finds a template along the chain; `parent/x.html` is x.html after the folder of the one asking."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme

    def path(self, name: str) -> Path | None:
        """The file of a template's name, which may begin with `@2/`: from the third folder on."""
        level, plain = _cut(name)
        files = self.theme.templates.get(plain, ())
        return next((path for path in files if self.level(path) >= level), None)

    def level(self, path: Path) -> int:
        """The position of the folder in the chain that holds a template."""
        return next(i for i, folder in enumerate(self.theme.folders) if path.is_relative_to(folder))

    def get_source(
        self, environment: jinja2.Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        """Jinja's way of asking for a template."""
        path = self.path(template)
        if path is None:
            raise jinja2.TemplateNotFound(_cut(template)[1])
        return self.theme.text(path), str(path), lambda: True


class Environment(jinja2.Environment):
    """Jinja with the theme's chain."""

    code_generator_class = QuickCode
    escape_text = staticmethod(escape_text)

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._at_hand: dict[tuple[str | jinja2.Template, str | None], jinja2.Template] = {}

    def get_template(
        self,
        name: str | jinja2.Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,
    ) -> jinja2.Template:
        """As Jinja's, which looks for a template anew on every page; here it stays as it was loaded."""
        if globals:
            return super().get_template(name, parent, globals)
        found = self._at_hand.get((name, parent))
        if found is None:
            found = self._at_hand[name, parent] = super().get_template(name, parent)
        return found

    def join_path(self, template: str, parent: str) -> str:
        """Give `parent/x.html` its place: the first x.html in the folders after that of `parent`."""
        if not template.startswith(_PARENT):
            return template
        loader: Any = self.loader
        path = loader.path(parent)
        level = loader.level(path) if path else 0
        return f"@{level + 1}/{template[len(_PARENT) :]}"


def _cut(name: str) -> tuple[int, str]:
    match = _LEVEL.fullmatch(name)
    return (int(match[1]), match[2]) if match else (0, name)


def make_environment(
    theme: Theme, translations: dict[str, str], compiled: Path | None = None
) -> Environment:
    """The environment that renders the site: autoescape on, undefined names are errors.

    `compiled` is the folder in which compiled templates are kept.
    """
    environment = Environment(
        loader=ChainLoader(theme),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        cache_size=-1,
        bytecode_cache=CompiledTemplates(compiled, translations) if compiled else None,
        extensions=[InternationalizationExtension, ConstantTranslations],
    )
    environment.extend(constant_translations=translations)
    environment.filters["qr_code"] = qr_code

    def gettext(text: str) -> str:
        return translations.get(text) or text

    def ngettext(one: str, many: str, number: int) -> str:
        return gettext(one if number == 1 else many)

    install: Any = environment.install_gettext_callables  # type: ignore[attr-defined]
    install(gettext, ngettext, newstyle=True)
    return environment


class WarmEnvironment:
    """The environment of the theme used last, with the templates that it has compiled."""

    def __init__(self) -> None:
        self._kept: tuple[object, Environment] | None = None

    def of(
        self, theme: Theme, translations: dict[str, str], compiled: Path | None = None
    ) -> Environment:
        """The environment for this theme: the kept one, if nothing in it has changed."""
        key = (theme.folders, theme.digest, translations)
        if self._kept is None or self._kept[0] != key:
            self._kept = (key, make_environment(theme, translations, compiled))
        return self._kept[1]


def template_digests(theme: Theme) -> tuple[dict[str, bytes], list[Problem]]:
    """Each template's digest, with all that it extends, includes or imports; and what is wrong.

    Syntax errors are found in all templates and catalogues, whether a page uses them or not.

    A template whose references cannot be known (`include` of an expression) depends on the whole theme.
    """
    environment = make_environment(theme, {})
    loader = ChainLoader(theme)
    problems = catalogue_faults(theme)
    references: dict[Path, list[Path] | None] = {}
    for name, files in theme.templates.items():
        for path in files:
            try:
                tree = environment.parse(theme.text(path), filename=str(path))
            except jinja2.TemplateSyntaxError as fault:
                problems.append(syntax_problem(fault, theme))
            else:
                asking = f"@{loader.level(path)}/{name}"
                references[path] = _references(tree, asking, environment, loader)
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
    return combine([theme.digests[start], *sorted(theme.digests[path] for path in seen)])


def syntax_problem(fault: jinja2.TemplateSyntaxError, theme: Theme) -> Problem:
    """A template that Jinja cannot read."""
    file = shown_path(Path(fault.filename), theme.folders) if fault.filename else fault.name
    return error("template-syntax", file=file, line=fault.lineno, reason=fault.message)
