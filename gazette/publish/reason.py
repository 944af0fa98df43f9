"""Why files are made anew."""

from typing import Literal

import msgspec


class Reason(msgspec.Struct, frozen=True):
    """Why some files are made anew.

    `anew`: nothing is known of any page; `new`: the page was not there before; `altered`: its file is
    missing or was changed by others; `compression`: `hosts.compress` changed; `shared`: something that stands on every page changed; `template`:
    the template `detail` or one that it uses changed; `content`: what the page shows changed; `file`: a
    copied file changed.
    """

    kind: Literal["anew", "new", "altered", "compression", "shared", "template", "content", "file"]
    detail: str = ""
