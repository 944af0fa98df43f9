"""`theme.yaml`: what a theme declares."""

from typing import Annotated, Any, Literal

from msgspec import Meta

from gazette.config.base import Settings
from gazette.config.settings import Query

OptionType = Literal["text", "color", "size", "number", "boolean", "choice", "picture"]


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
    pictures: Annotated[
        dict[str, str],
        Meta(
            description="place: how wide pictures are shown there, as HTML's sizes attribute;"
            " body and gallery are those of texts",
            examples=[{"body": "(min-width: 800px) 760px, 100vw"}],
        ),
    ] = {}
    extra: dict[str, Any] = {}
