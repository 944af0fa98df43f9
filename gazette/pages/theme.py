"""Themes: where their files are, what they declare, what their options become."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from gazette.config.decode import nearest
from gazette.config.load import line_of, read_yaml
from gazette.config.settings import Config
from gazette.config.theme import ThemeConfig, ThemeOption
from gazette.digests import combine, digest_bytes
from gazette.problems import Problem, SiteError, error, errors

_COLOR = re.compile(r"#[0-9a-fA-F]{3,8}|[a-zA-Z]+|(rgb|hsl)a?\([\d\s.,%/]+\)")
_SIZE = re.compile(r"0|\d+(\.\d+)?(px|rem|em|%|vw|vh|ch)")
_PACKAGE = Path(__file__).parent.parent
_GREY = "html{filter:grayscale(1)}\n"
OPTIONS_CSS = "options.css"


class Theme(msgspec.Struct, frozen=True):
    """A theme with those that it extends; a file of an earlier folder hides the same of a later one."""

    name: str
    folders: tuple[Path, ...]
    config: ThemeConfig
    """Merged: a child's options, queries and templates come before its parent's."""
    options: dict[str, Any]
    templates: dict[str, tuple[Path, ...]]
    """Name -> the files of that name along the chain, the one in force first."""
    static: dict[str, Path]
    locales: dict[str, tuple[Path, ...]]
    """Locale (`zh_CN`) -> catalogues along the chain."""
    digests: dict[Path, bytes]
    """Of all files of the theme."""

    @property
    def digest(self) -> bytes:
        """Stands for all templates and catalogues."""
        files = [
            path for paths in (*self.templates.values(), *self.locales.values()) for path in paths
        ]
        return combine(self.digests[path] for path in files)


def load_theme(root: Path, config: Config) -> Theme:
    """The site's theme; raises SiteError if it is missing or has faults."""
    problems: list[Problem] = []
    chain = _chain(root, config.theme, problems)
    folders = tuple(folder for _, folder, _ in chain)
    merged = _merged([declared for _, _, declared in chain])
    options = _options(root, merged, config, problems)
    if errors(problems):
        raise SiteError(problems)
    templates = _files(folders, "templates")
    static = {name: paths[0] for name, paths in _files(folders, "static").items()}
    locales = {
        name.removesuffix(".po"): paths
        for name, paths in _files(folders, "locale").items()
        if name.endswith(".po")
    }
    paths = {path for group in (*templates.values(), *locales.values()) for path in group}
    digests = {path: digest_bytes(path.read_bytes()) for path in paths.union(static.values())}
    return Theme(config.theme, folders, merged, options, templates, static, locales, digests)


def _places(root: Path, name: str) -> Iterator[Path]:
    """Where a theme's folders may be: the site's own, the engine's, and beside it in a checkout."""
    for themes in (root / "themes", _PACKAGE / "themes", _PACKAGE.parent / "themes"):
        if (themes / name).is_dir():
            yield themes / name


def theme_names(root: Path) -> list[str]:
    """The themes that a site at `root` can name."""
    places = (root / "themes", _PACKAGE / "themes", _PACKAGE.parent / "themes")
    return sorted({path.name for place in places if place.is_dir() for path in place.iterdir()})


def _chain(root: Path, name: str, problems: list[Problem]) -> list[tuple[str, Path, ThemeConfig]]:
    chain: list[tuple[str, Path, ThemeConfig]] = []
    seen: set[str] = set()
    while name:
        folders = list(dict.fromkeys(path.resolve() for path in _places(root, name)))
        if name in seen or not folders or re.search(r"[/\\]|^\.", name):
            code = "theme-circle" if name in seen else "theme-missing"
            line = line_of(root / "config.yaml", "theme")
            near = nearest(name, theme_names(root))
            problems.append(error(code, file="config.yaml", line=line, theme=name, near=near))
            break
        seen.add(name)
        declared = [_declared(folder, problems) for folder in folders]
        chain += [(name, *pair) for pair in zip(folders, declared, strict=True)]
        name = next((config.extends for config in declared if config.extends), "")
    return chain


def _declared(folder: Path, problems: list[Problem]) -> ThemeConfig:
    found: ThemeConfig = read_yaml(
        folder / "theme.yaml", folder.parent.parent, ThemeConfig, ThemeConfig(), problems
    )
    return found


def _merged(chain: list[ThemeConfig]) -> ThemeConfig:
    merged = ThemeConfig()
    for declared in reversed(chain):
        merged = ThemeConfig(
            options=merged.options | declared.options,
            queries=merged.queries | declared.queries,
            templates=merged.templates | declared.templates,
            fragments=merged.fragments | declared.fragments,
        )
    return merged


def _options(
    root: Path, theme: ThemeConfig, config: Config, problems: list[Problem]
) -> dict[str, Any]:
    values = {name: option.default for name, option in theme.options.items()}
    for name, value in config.theme_options.items():
        option = theme.options.get(name)
        line = line_of(root / "config.yaml", "theme_options", name)
        more: dict[str, object] = {"option": name}
        if option is None:
            more["near"] = nearest(name, theme.options)
            problems.append(error("option-unknown", file="config.yaml", line=line, **more))
        elif not _fits(option, value):
            more["expected"] = ", ".join(option.choices) or option.type
            more["value"] = value
            problems.append(error("option-invalid", file="config.yaml", line=line, **more))
        else:
            values[name] = value
    return values


def _fits(option: ThemeOption, value: Any) -> bool:
    text = str(value)
    checks = {
        "boolean": isinstance(value, bool),
        "number": isinstance(value, int | float) and not isinstance(value, bool),
        "color": _COLOR.fullmatch(text) is not None,
        "size": _SIZE.fullmatch(text) is not None,
        "choice": text in option.choices,
        "text": isinstance(value, str | int | float),
    }
    return checks[option.type]


def _files(folders: tuple[Path, ...], kind: str) -> dict[str, tuple[Path, ...]]:
    found: dict[str, tuple[Path, ...]] = {}
    for folder in folders:
        top = folder / kind
        for path in sorted(top.rglob("*")) if top.is_dir() else ():
            if path.is_file() and not path.name.startswith("."):
                name = path.relative_to(top).as_posix()
                found[name] = (*found.get(name, ()), path)
    return found


def options_css(theme: Theme, grey: bool) -> str:
    """The style sheet that the options make; its name never changes, so pages need not either."""
    properties = [
        f"  {option.property}: {theme.options[name]};\n"
        for name, option in theme.config.options.items()
        if option.property and theme.options[name] not in {"", None}
    ]
    css = f":root {{\n{''.join(properties)}}}\n" if properties else ""
    return (css + _GREY if grey else css) or "/* no options */\n"
