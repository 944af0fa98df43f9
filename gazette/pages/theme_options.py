"""A theme's options: which value each has, and the style sheet that colours and sizes become."""

import posixpath
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from msgspec.structs import asdict, replace

from gazette.config.decode import nearest
from gazette.config.load import line_of
from gazette.config.settings import Config
from gazette.config.theme import ThemeConfig, ThemeOption
from gazette.media.formats import is_picture
from gazette.pages.contrast import ENOUGH, contrast, read_color, readable
from gazette.problems import Problem, error
from gazette.reading.scan import normal
from gazette.urls import href_of

OPTIONS_CSS = "options.css"
_GREY = "html{filter:grayscale(1)}\n"
_COLOR = re.compile(
    r"#([0-9a-fA-F]{3}|[0-9a-fA-F]{4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})|[a-zA-Z]+"
    r"|(rgb|hsl)a?\([0-9 .,%/]+\)"
)
_SIZE = re.compile(r"0|([0-9]+(\.[0-9]+)?|\.[0-9]+)(px|rem|em|%|vw|vh|ch)")
_IN_CSS = frozenset(["color", "size", "number", "choice"])
"""Types whose values a style sheet can hold; a text could end the declaration."""

_FITS: Mapping[str, Callable[[ThemeOption, Any], bool]] = {
    "boolean": lambda _, value: isinstance(value, bool),
    "number": lambda _, value: isinstance(value, int | float) and not isinstance(value, bool),
    "color": lambda _, value: _COLOR.fullmatch(str(value)) is not None,
    "size": lambda _, value: _SIZE.fullmatch(str(value)) is not None,
    "choice": lambda option, value: str(value) in option.choices,
    "text": lambda _, value: isinstance(value, str | int | float) and not isinstance(value, bool),
    "picture": lambda _, value: isinstance(value, str) and (not value or is_picture(value)),
}


def inherited(
    options: Mapping[str, ThemeOption], parents: Mapping[str, ThemeOption]
) -> dict[str, ThemeOption]:
    """A child's options; what one of them leaves out is as its parent's theme has it."""
    unset = asdict(ThemeOption())
    return {
        name: replace(
            parents.get(name, option),
            **{key: value for key, value in asdict(option).items() if value != unset[key]},
        )
        for name, option in options.items()
    }


def chosen_options(
    root: Path, theme: ThemeConfig, config: Config, problems: list[Problem]
) -> dict[str, Any]:
    """The value of each option: the site's, else the theme's default; wrong ones are listed."""
    values = {name: option.default for name, option in theme.options.items()}
    for name, value in config.theme_options.items():
        option = theme.options.get(name)
        line = line_of(root / "config.yaml", "theme_options", name)
        if option is None:
            near = nearest(name, theme.options)
            problems.append(
                error("option-unknown", file="config.yaml", line=line, option=name, near=near)
            )
            continue
        faults = list(_faults("config.yaml", line, name, option, value))
        problems += faults
        if not faults:
            values[name] = _picture(value) if option.type == "picture" else value
    return values


def _picture(value: str) -> str:
    """The href of a picture under content/static, as a site's settings may write it."""
    path = posixpath.normpath(normal(value.strip().replace("\\", "/"))).lstrip("/")
    return href_of(path) if value.strip() else ""


def picture_faults(
    root: Path,
    options: Mapping[str, ThemeOption],
    values: Mapping[str, Any],
    static: Collection[str],
) -> Iterator[Problem]:
    """Options that name a picture which is not among the files under content/static (`static`)."""
    for name, option in options.items():
        path = unquote(values[name]) if option.type == "picture" else ""
        if path and path not in static:
            near = nearest(path, [other for other in static if is_picture(other)])
            line = line_of(root / "config.yaml", "theme_options", name)
            yield error(
                "option-picture", file="config.yaml", line=line, option=name, value=path, near=near
            )


def _faults(
    file: str, line: int | None, name: str, option: ThemeOption, value: Any
) -> Iterator[Problem]:
    """What is wrong with a value: its type, or too little contrast."""
    if not _FITS[option.type](option, value):
        expected = ", ".join(option.choices) or option.type
        yield error(
            "option-invalid", file=file, line=line, option=name, value=value, expected=expected
        )
    elif option.contrast and value != "":
        yield from _too_faint(file, line, name, option, str(value))


def _too_faint(
    file: str, line: int | None, name: str, option: ThemeOption, value: str
) -> Iterator[Problem]:
    color = read_color(value)
    if color is None:
        yield error(
            "option-invalid", file=file, line=line, option=name, value=value, expected="color"
        )
        return
    others = [(text, found) for text in option.contrast if (found := read_color(text))]
    ratio, other = min(
        (contrast(read_color(value, ground) or color, ground), text) for text, ground in others
    )
    if ratio < ENOUGH:
        yield error(
            "color-contrast", file=file, line=line, option=name, value=value, other=other,
            ratio=f"{int(ratio * 100) / 100:.2f}", tone=readable(color, [found for _, found in others]),
        )  # fmt: skip


def default_faults(
    chain: Sequence[tuple[Path, ThemeConfig]], merged: ThemeConfig
) -> Iterator[Problem]:
    """Options whose default does not fit, each told where the theme that gives it declares it."""
    told: set[str] = set()
    for folder, declared in chain:
        file, path = f"themes/{folder.name}/theme.yaml", folder / "theme.yaml"
        for name, own in declared.options.items():
            if own.default != "" and name not in told:
                told.add(name)
                line = line_of(path, "options", name, "default")
                yield from _faults(file, line, name, merged.options[name], own.default)


def options_css(options: Mapping[str, ThemeOption], values: Mapping[str, Any], grey: bool) -> str:
    """The style sheet that the options make; its name never changes, so pages need not either."""
    properties = [
        f"  {option.property}: {values[name]};\n"
        for name, option in options.items()
        if option.property and option.type in _IN_CSS and values[name] != ""
    ]
    css = f":root {{\n{''.join(properties)}}}\n" if properties else ""
    return (css + _GREY if grey else css) or "/* no options */\n"
