"""The front matter of a document, as it may be written.

Only shapes are fixed here (this is also the JSON Schema that editors' tools use); what the texts mean
is read in `gazette.reading.document`.
"""

from typing import Annotated, Any, ClassVar

from msgspec import Meta

from gazette.config.base import Settings

Texts = str | tuple[str, ...]


class InfoDocument(Settings, frozen=True):
    """信息公开: the box of a document made public."""

    index_no: Annotated[str, Meta(description="索引号")] = ""
    number: Annotated[str, Meta(description="文号")] = ""
    issuer: Annotated[str, Meta(description="发布机构")] = ""
    issued: Annotated[str, Meta(description="成文日期")] = ""
    category: Annotated[str, Meta(description="分类")] = ""
    title: Annotated[str, Meta(description="名称")] = ""
    keywords: Annotated[str, Meta(description="主题词")] = ""
    validity: Annotated[str, Meta(description="有效性")] = ""


class Attachment(Settings, frozen=True):
    """A file offered for download."""

    file: str
    title: str = ""


class SignOff(Settings, frozen=True):
    """One stage of the three reviews (三审三校)."""

    stage: str
    by: str
    at: str = ""
    digest: str = ""


class Adoption(Settings, frozen=True):
    """An outlet that took the article over."""

    level: str = ""
    outlet: str = ""
    date: str = ""


class FrontMatter(Settings, frozen=True):
    """All keys that Gazette knows; others are kept under `extra`."""

    meant: ClassVar[dict[str, str]] = {
        "标题": "title", "引题": "kicker", "副标题": "subtitle", "副题": "subtitle", "日期": "date",
        "时间": "date", "栏目": "categories", "分类": "categories", "标签": "tags", "专题": "topics",
        "关键词": "keywords", "作者": "authors", "单位": "bureau", "来源": "source", "编辑": "editor",
        "责任编辑": "editor", "摘要": "summary", "封面": "cover", "附件": "attachments",
    }  # fmt: skip

    title: Annotated[str | None, Meta(description="标题")] = None
    kicker: Annotated[str | None, Meta(description="引题, above the title")] = None
    subtitle: Annotated[str | None, Meta(description="副题, below the title")] = None
    date: Annotated[str | None, Meta(description="2025-05-03 09:30:00 +0800, or a day")] = None
    updated: str | None = None
    categories: Annotated[Texts | None, Meta(description="the first is the main one")] = None
    category: Annotated[
        str | tuple[str, ...] | None, Meta(description="one category, not split")
    ] = None
    tags: Texts | None = None
    tag: Texts | None = None
    topics: Annotated[Texts | None, Meta(description="slugs or titles of topics")] = None
    topic: Texts | None = None
    keywords: Texts | None = None
    authors: Texts | None = None
    author: str | tuple[str, ...] | dict[str, Any] | None = None
    bureau: Annotated[Texts | None, Meta(description="slug, name, short name or alias")] = None
    bureaus: Texts | None = None
    source: Annotated[str | None, Meta(description="来源")] = None
    source_url: str | None = None
    editor: Annotated[str | None, Meta(description="责任编辑")] = None
    photo_credit: str | None = None
    document: InfoDocument | None = None
    summary: str | None = None
    description: str | None = None
    excerpt: str | None = None
    cover: Annotated[str | None, Meta(description="picture for lists: a file beside the text")] = (
        None
    )
    image: str | dict[str, Any] | None = None
    slug: str | None = None
    permalink: str | None = None
    aliases: Annotated[Texts | None, Meta(description="old addresses that redirect here")] = None
    redirect_from: Texts | None = None
    draft: bool | None = None
    published: bool | None = None
    expires: Annotated[str | None, Meta(description="shown through this day")] = None
    pinned: bool | None = None
    weight: int | None = None
    archived: Annotated[bool | None, Meta(description="归档: a topic that is finished")] = None
    layout: str | None = None
    lang: str | None = None
    attachments: tuple[str | Attachment, ...] | None = None
    review: tuple[SignOff, ...] | None = None
    adopted: tuple[Adoption, ...] | None = None
    allow: Annotated[
        dict[str, str] | None,
        Meta(description="publication gate: rule or family that this article may break, and why"),
    ] = None
    extra: dict[str, Any] = {}
