"""The settings of the publication gate."""

from typing import Annotated, Literal

from msgspec import Meta

from gazette.config.base import Settings


class PrivacySettings(Settings, frozen=True):
    """What personal numbers the site may show."""

    public_numbers: Annotated[
        tuple[str, ...],
        Meta(
            description="telephone numbers that the bureaus publish themselves, such as a duty phone"
        ),
    ] = ()


class GateSettings(Settings, frozen=True):
    """The publication gate: when it stops a build, and how severe its rules are."""

    mode: Annotated[
        Literal["off", "warn", "error"],
        Meta(
            description="off: builds do not check; warn: only vetoed findings stop a build; error: all errors do"
        ),
    ] = "warn"
    severity: Annotated[
        dict[str, Literal["off", "warning", "error"]],
        Meta(description="rule or family: how severe its findings are"),
    ] = {}
    skip: Annotated[
        tuple[str, ...],
        Meta(
            description="folders or globs under content/ that are not checked",
            examples=[["articles/old"]],
        ),
    ] = ()
    privacy: PrivacySettings = PrivacySettings()
