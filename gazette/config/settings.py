"""The settings of `config.yaml`, as frozen typed values.

These declarations are the contract: the decoder reads them, `gazette schema` writes them as a JSON
Schema for editors' tools, and the field descriptions are what those tools show.
"""

from typing import Annotated, Any, Literal

from msgspec import Meta, field

from gazette.config.base import Settings
from gazette.config.deploy import DeployTarget
from gazette.config.front_matter import FrontMatter
from gazette.config.gate import GateSettings
from gazette.config.hosts import HostSettings
from gazette.config.pictures import PictureSettings
from gazette.config.preview import PreviewSettings
from gazette.config.search import SearchSettings


class Contact(Settings, frozen=True):
    """How readers reach the organisation that runs the site."""

    address: str = ""
    phone: str = ""
    email: str = ""
    postcode: str = ""


_WEB_ADDRESS = r"^(https?://\S+)?$"


class SiteLinks(Settings, frozen=True):
    """Addresses outside the site that a government portal's footer must show."""

    badge: Annotated[
        str,
        Meta(
            description="党政机关网站标识: address of the badge's page",
            pattern=_WEB_ADDRESS,
            examples=["https://www.example.com/badge"],
        ),
    ] = ""
    report_error: Annotated[
        str,
        Meta(
            description="我为政府网站找错: address of the report form",
            pattern=_WEB_ADDRESS,
            examples=["https://www.example.com/report"],
        ),
    ] = ""
    correction: Annotated[
        str,
        Meta(
            description="我要纠错: address or mail of the editors",
            pattern=r"^((https?://|mailto:)\S+|[^\s@:/]+@[^\s@:/]+)?$",
            examples=["mailto:editor@example.com"],
        ),
    ] = ""


class SiteSettings(Settings, frozen=True):
    """Who publishes the site, and where."""

    title: Annotated[
        str, Meta(description="Name of the site (SiteName)", min_length=1, examples=["示例门户"])
    ]
    url: Annotated[
        str,
        Meta(
            description="Public address, the only place that knows the host; its path is the base path",
            pattern=r"^https?://[^/\s?#]+(/[^\s?#]*)?$",
            examples=["https://www.example.com"],
        ),
    ] = "http://localhost"
    language: Annotated[str, Meta(description="Language of the site, as BCP 47: zh-CN, en")] = (
        "zh-CN"
    )
    timezone: Annotated[
        str,
        Meta(description="IANA time zone in which dates without offset are read and all are shown"),
    ] = "Asia/Shanghai"
    description: str = ""
    keywords: tuple[str, ...] = ()
    organizer: Annotated[str, Meta(description="主办单位")] = ""
    contact: Contact = Contact()
    icp: Annotated[str, Meta(description="ICP 备案号")] = ""
    police_record: Annotated[str, Meta(description="公安备案号")] = ""
    site_id_code: Annotated[
        str,
        Meta(
            description="网站标识码: bm and 8 digits, or 10 digits",
            pattern=r"^(bm[0-9]{8}|[0-9]{10})?$",
            examples=["bm12345678"],
        ),
    ] = ""
    links: SiteLinks = SiteLinks()
    grey: Annotated[bool, Meta(description="The whole site in grey, for days of mourning")] = False


class Permalinks(Settings, frozen=True):
    """Patterns of addresses; `article` also takes Jekyll's styles date, pretty, ordinal, none."""

    article: str = "/:category/:year/:month/:slug.html"
    category: str = "/category/:slug.html"
    tag: str = "/tag/:slug.html"
    topic: str = "/topic/:slug.html"
    bureau: str = "/bureau/:slug/index.html"
    page: str = "/:path.html"
    archive: str = "/archive/:year/:month.html"


class Pagination(Settings, frozen=True):
    """How long lists and feeds are."""

    size: Annotated[
        int,
        Meta(
            description="Entries of a full page; a list's first page has up to twice that",
            ge=1,
            examples=[20],
        ),
    ] = 20
    feed: Annotated[int, Meta(description="Entries of a feed", ge=1, examples=[20])] = 20


class MenuItem(Settings, frozen=True):
    """One entry of the site's menu: a title and where it leads (an address or a content file)."""

    title: str
    url: str = ""
    category: Annotated[str, Meta(description="slug of a category, instead of url")] = ""


Scalar = str | int | float | bool
Source = Annotated[
    str,
    Meta(
        description="articles, pages, topics, categories, tags, bureaus, or data.<file>",
        pattern=r"^(articles|pages|topics|categories|tags|bureaus|data\.[\w-]+)$",
        examples=["articles"],
    ),
]


class Query(Settings, frozen=True):
    """A list that a template reads: from, where (equality or membership), scope, sort, limit."""

    source: Source = field(name="from", default="articles")
    where: Annotated[
        dict[str, Any],
        Meta(description="field: value; a list of values means any of them; true means not empty"),
    ] = {}
    scope: Annotated[
        Literal["site", "page"],
        Meta(description="page: only what belongs to the category, topic or bureau being shown"),
    ] = "site"
    sort: Annotated[str, Meta(description="field, or -field for descending")] = "-date"
    limit: Annotated[int, Meta(description="1 to 1000 entries", ge=1, le=1000, examples=[10])] = 10


class HomeBlock(Settings, frozen=True):
    """One block of the home page: a template under templates/blocks/ and the list it shows."""

    template: Annotated[str, Meta(description="file under templates/blocks/, without .html")]
    title: str = ""
    more: Annotated[str, Meta(description="where the block's «more» link leads")] = ""
    query: Annotated[
        str | Query | None, Meta(description="a declared query's name, or a query")
    ] = None
    options: dict[str, Any] = {}


class Default(Settings, frozen=True):
    """Front matter given to every document below a path, as in Jekyll."""

    path: Annotated[
        str, Meta(description="folder or glob under content/, such as articles/dangjian")
    ]
    values: FrontMatter


class MarkdownSettings(Settings, frozen=True):
    """Which conventions articles are read by."""

    html: Annotated[
        Literal["sanitized", "trusted"], Meta(description="Raw HTML: cleaned, or left as it is")
    ] = "sanitized"
    cjk_joins: Annotated[
        bool, Meta(description="Join soft line breaks between Chinese characters")
    ] = True
    long_lines: Annotated[
        bool, Meta(description="A line of more than 60 wide characters is a paragraph of its own")
    ] = True
    typed_indents: Annotated[
        bool, Meta(description="Strip indents typed at the head of a paragraph")
    ] = True
    nested_lists: Annotated[
        bool, Meta(description="Two spaces are enough for the next level of a list")
    ] = True
    hashtags: Annotated[bool, Meta(description="# needs a space to be a heading")] = True
    heading_shift: Annotated[bool, Meta(description="# becomes h2 where a body holds one")] = True
    masks: Annotated[bool, Meta(description="Masked figures such as **余场 stay literal")] = True
    wide_pictures: Annotated[
        bool, Meta(description="Read ！[..](..) and ![..]（..） as pictures")
    ] = True
    figures: Annotated[bool, Meta(description="A picture alone in a paragraph is a figure")] = True
    galleries: Annotated[bool, Meta(description="Consecutive picture lines are a gallery")] = True
    videos: Annotated[bool, Meta(description="![title](a.mp4) is a video")] = True
    sidebars: Annotated[
        bool, Meta(description="A quotation that opens with 【..】 is a sidebar")
    ] = True


class OutputSettings(Settings, frozen=True):
    """Where the built site goes."""

    dir: Annotated[str, Meta(description="folder, relative to the site's root")] = "output"


class Config(Settings, frozen=True):
    """The whole of `config.yaml`."""

    site: SiteSettings
    theme: Annotated[
        str,
        Meta(
            description="folder under themes/, or a theme that comes with Gazette",
            min_length=1,
            examples=["portal"],
        ),
    ] = "portal"
    theme_options: dict[str, Any] = {}
    permalinks: Permalinks = Permalinks()
    pagination: Pagination = Pagination()
    menu: tuple[MenuItem, ...] = ()
    home: tuple[HomeBlock, ...] = ()
    queries: dict[str, Query] = {}
    defaults: tuple[Default, ...] = ()
    markdown: MarkdownSettings = MarkdownSettings()
    pictures: PictureSettings = PictureSettings()
    search: SearchSettings = SearchSettings()
    gate: GateSettings = GateSettings()
    hosts: HostSettings = HostSettings()
    output: OutputSettings = OutputSettings()
    preview: PreviewSettings = PreviewSettings()
    deploy: Annotated[
        dict[str, DeployTarget], Meta(description="where `gazette deploy NAME` puts the built site")
    ] = {}
