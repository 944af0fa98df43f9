"""The settings of the publication gate."""

from typing import Annotated, Literal

from msgspec import Meta, field

from gazette.config.base import Settings


class PrivacySettings(Settings, frozen=True):
    """What personal numbers the site may show."""

    public_numbers: Annotated[
        tuple[str, ...],
        Meta(
            description="telephone numbers that the bureaus publish themselves, such as a duty phone"
        ),
    ] = ()


class ListedWord(Settings, frozen=True):
    """A word of the site's own lists (the files that `gate.wording.lists` names)."""

    word: Annotated[str, Meta(description="what must not stand in a text", min_length=1)]
    use: Annotated[str, Meta(description="what stands there instead")] = ""
    why: Annotated[str, Meta(description="the reason, as reports give it")] = ""
    unless: Annotated[
        tuple[str, ...], Meta(description="longer words that hold it and are right")
    ] = ()
    since: Annotated[str, Meta(description="the day from which it is wrong, 2024-01-31")] = field(
        name="from", default=""
    )
    veto: Annotated[bool, Meta(description="it stops a build even where the gate only warns")] = (
        False
    )


class Leader(Settings, frozen=True):
    """One term of office (in the file that `gate.wording.leaders` names)."""

    name: Annotated[str, Meta(description="the leader's name", min_length=2)]
    title: Annotated[
        str, Meta(description="the offices, separated by 、", examples=["党委书记、局长"])
    ]
    order: Annotated[int, Meta(description="place in lists of leaders, the first is 1")] = 0
    since: Annotated[str, Meta(description="the first day in office, 2024-01-31")] = field(
        name="from", default=""
    )
    until: Annotated[str, Meta(description="the last day; empty: still in office")] = field(
        name="to", default=""
    )


class WordingSettings(Settings, frozen=True):
    """The site's own lists of words and of leaders."""

    lists: Annotated[
        tuple[str, ...],
        Meta(
            description="files with words that must not stand in texts, relative to the site's folder",
            examples=[["words.yaml"]],
        ),
    ] = ()
    leaders: Annotated[
        str,
        Meta(
            description="file with the leaders: name, title, order, from, to",
            examples=["leaders.yaml"],
        ),
    ] = ""


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
    wording: WordingSettings = WordingSettings()
    review: ReviewSettings = ReviewSettings()
