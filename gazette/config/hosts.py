"""`hosts`: what `build` makes for the web server that will show the site."""

from typing import Annotated, Literal

from msgspec import Meta, field

from gazette.config.base import Settings

Encoding = Literal["gzip", "brotli"]
HostKind = Literal["nginx", "apache", "iis", "netlify", "cloudflare"]
_Source = Annotated[
    str,
    Meta(
        pattern=r"^(https?:|data:|blob:|(https?://)?(\*\.)?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*(:[0-9]+)?(/[A-Za-z0-9._~/%-]*)?|'(self|none|wasm-unsafe-eval|sha(256|384|512)-[A-Za-z0-9+/=_-]+)')$",
        examples=["https://www.example.com"],
    ),
]
Sources = tuple[_Source, ...]


class Policy(Settings, frozen=True):
    """Sources that the Content-Security-Policy allows besides the site itself."""

    img_src: Annotated[Sources, Meta(description="pictures")] = field(name="img-src", default=())
    media_src: Annotated[Sources, Meta(description="sound and video")] = field(
        name="media-src", default=()
    )
    script_src: Annotated[Sources, Meta(description="scripts")] = field(
        name="script-src", default=()
    )
    style_src: Annotated[Sources, Meta(description="style sheets")] = field(
        name="style-src", default=()
    )
    font_src: Annotated[Sources, Meta(description="fonts")] = field(name="font-src", default=())
    connect_src: Annotated[Sources, Meta(description="what scripts fetch")] = field(
        name="connect-src", default=()
    )
    frame_src: Annotated[Sources, Meta(description="pages shown inside a page")] = field(
        name="frame-src", default=()
    )
    form_action: Annotated[Sources, Meta(description="where forms are sent")] = field(
        name="form-action", default=()
    )
    frame_ancestors: Annotated[
        Sources, Meta(description="sites that may show this one inside theirs; 'none': nobody")
    ] = field(name="frame-ancestors", default=())


class CacheSettings(Settings, frozen=True):
    """For how many seconds browsers may keep a file without asking; 0: they ask each time."""

    pages: Annotated[int, Meta(description="pages, lists, feeds", ge=0, le=31536000)] = 60
    files: Annotated[int, Meta(description="pictures, attachments", ge=0, le=31536000)] = 3600
    assets: Annotated[
        int, Meta(description="files with a digest in their names", ge=0, le=31536000)
    ] = 31536000


class HostSettings(Settings, frozen=True):
    """Files for web servers: redirects, the 404 page, cache lifetimes, security headers, compression."""

    files: Annotated[
        tuple[HostKind, ...], Meta(description="servers that the site is made ready for")
    ] = ()
    compress: Annotated[
        tuple[Encoding, ...], Meta(description="a .gz or .br beside each text file")
    ] = ()
    csp: Annotated[
        Policy, Meta(description="Content-Security-Policy: what is allowed besides the site itself")
    ] = Policy()
    cache: CacheSettings = CacheSettings()
    referrer: Annotated[
        Literal[
            "no-referrer", "origin", "same-origin", "strict-origin",
            "strict-origin-when-cross-origin",
        ],
        Meta(description="Referrer-Policy"),
    ] = "strict-origin-when-cross-origin"  # fmt: skip
