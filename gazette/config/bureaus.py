"""`content/bureaus.yaml`: the tree of bureaus."""

from typing import Annotated, Any, Literal

from msgspec import Meta

from gazette.config.base import Settings
from gazette.config.settings import Contact

Slug = Annotated[
    str,
    Meta(
        description="name in addresses: lower-case letters, digits, hyphens",
        pattern=r"^[\w][\w.-]*$",
        examples=["leshan"],
    ),
]
Level = Literal["national", "province", "city", "county", "office", ""]


class BureauEntry(Settings, frozen=True):
    """One bureau and those below it."""

    slug: Slug
    name: Annotated[
        str,
        Meta(
            description="official name in full", min_length=1, examples=["国家税务总局乐山市税务局"]
        ),
    ]
    short: Annotated[str, Meta(description="short name, as lists show it")] = ""
    aliases: Annotated[tuple[str, ...], Meta(description="other names that articles use")] = ()
    level: Level = ""
    contact: Contact = Contact()
    children: tuple["BureauEntry", ...] = ()
    extra: dict[str, Any] = {}


class TermEntry(Settings, frozen=True):
    """One category (`categories.yaml`) or tag (`tags.yaml`): its slug, its title, what an inspector asks."""

    slug: Slug
    title: str = ""
    description: str = ""
    keywords: tuple[str, ...] = ()
    type: Annotated[str, Meta(description="ColumnType: 工作动态, 政策文件, 信息公开 ...")] = ""
    order: Annotated[int, Meta(description="place in menus and lists, smallest first")] = 1000
    stale_after_days: Annotated[
        int | None, Meta(description="days without news before it counts as stale")
    ] = None
    extra: dict[str, Any] = {}
