"""A theme's texts in the site's language: gettext catalogues along the theme's chain."""

import codecs
import io
from pathlib import Path
from typing import TYPE_CHECKING

from gazette.pages.labels import is_traditional
from gazette.pages.theme import Theme, shown_path
from gazette.problems import Problem, error

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog


def read_translations(theme: Theme, language: str) -> dict[str, str]:
    """The theme's texts in the site's language; a child's catalogue comes before its parent's."""
    found: dict[str, str] = {}
    for path in reversed(_catalogues(theme, language)):
        catalogue = _read(path, theme)
        if isinstance(catalogue, Problem):
            continue  # listed by `catalogue_faults`
        for message in catalogue:
            ids, texts = _listed(message.id), _listed(message.string)
            for index, text in enumerate(ids):
                if text and texts and "fuzzy" not in message.flags:
                    found[text] = texts[min(index, len(texts) - 1)]
    return {text: translated for text, translated in found.items() if translated}


def catalogue_faults(theme: Theme) -> list[Problem]:
    """What is wrong with the theme's catalogues, of whatever language."""
    read = [_read(path, theme) for paths in theme.locales.values() for path in paths]
    return [problem for problem in read if isinstance(problem, Problem)]


def _read(path: Path, theme: Theme) -> "Catalog | Problem":
    from babel.messages.pofile import PoFileError, read_po  # only when a theme has changed

    data = theme.files[path].removeprefix(codecs.BOM_UTF8)
    try:
        return read_po(io.BytesIO(data), abort_invalid=True)
    except (PoFileError, ValueError) as fault:  # ValueError: of a head that Babel cannot read
        line = fault.lineno + 1 if isinstance(fault, PoFileError) else None
        reason = str(fault).rpartition(" on ")[0] if line else str(fault)
        file = shown_path(path, theme.folders)
        return error("catalogue-invalid", file=file, line=line, reason=reason)


def _listed(text: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    """The singular and the plurals, where a message has them; without empty ones."""
    return tuple(filter(None, (text,) if isinstance(text, str) else text or ()))


def _catalogues(theme: Theme, language: str) -> tuple[Path, ...]:
    """Those of the language and its region, else of the language alone, else of any of its regions."""
    wanted = language.replace("-", "_")
    near = ("zh_TW",) if is_traditional(language) else ()
    for locale in (wanted, *near, wanted.split("_")[0]):
        if locale in theme.locales:
            return theme.locales[locale]
    same = [name for name in theme.locales if name.split("_")[0] == wanted.split("_")[0]]
    return theme.locales[sorted(same)[0]] if same else ()
