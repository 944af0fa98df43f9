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


class ReviewSettings(Settings, frozen=True):
    """三审三校: which articles must be signed off, and in which stages."""

    required: Annotated[
        tuple[str, ...],
        Meta(
            description="folders or globs under content/ whose articles need all stages",
            examples=[["articles"]],
        ),
    ] = ()
    since: Annotated[
        str,
        Meta(
            description="day from which on it is required; older articles are left alone",
            pattern=r"^([0-9]{4}-[0-9]{2}-[0-9]{2})?$",
            examples=["2025-01-01"],
        ),
    ] = ""
    stages: Annotated[tuple[str, ...], Meta(description="stages in their order", min_length=1)] = (
        "初审",
        "复审",
        "终审",
    )


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
    review: ReviewSettings = ReviewSettings()
