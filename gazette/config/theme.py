"""`theme.yaml`: what a theme declares."""

from typing import Annotated, Any, Literal

from msgspec import Meta

from gazette.config.base import Settings
from gazette.config.settings import Query

OptionType = Literal["text", "color", "size", "number", "boolean", "choice"]


class ThemeOption(Settings, frozen=True):
    """One setting that a site may give under `theme_options`."""

    type: OptionType = "text"
    default: str | int | float | bool = ""
    choices: tuple[str, ...] = ()
    description: str = ""
    property: Annotated[
        str,
        Meta(
            description="CSS custom property that a colour or size becomes",
            pattern=r"^(--[\w-]+)?$",
            examples=["--accent"],
        ),
    ] = ""
    contrast: Annotated[
        tuple[str, ...],
        Meta(description="colours that must be readable on this one, or it on them (4.5:1)"),
    ] = ()


class Fragment(Settings, frozen=True):
    """A piece of a page that changes with every publication; pages fetch it by script."""

    template: str
    queries: tuple[str, ...] = ()


class ThemeConfig(Settings, frozen=True):
    """The whole of `theme.yaml`."""

    name: str = ""
    extends: Annotated[
        str, Meta(description="theme whose templates, assets and options this one takes")
    ] = ""
    options: dict[str, ThemeOption] = {}
    queries: dict[str, Query] = {}
    templates: Annotated[
        dict[str, tuple[str, ...]], Meta(description="template: the queries that it reads")
    ] = {}
    fragments: dict[str, Fragment] = {}
    extra: dict[str, Any] = {}
