"""Who may ask: this machine's own pages, by an address that no other site can take for its own.

A page of another site can send requests to a server on this machine, and a name of its own can be made
to point here (DNS rebinding). So the `Host` must be an address or this machine's name, a request from a
page must come from this server's own pages, and only a link that somebody followed may come from elsewhere.
"""

import ipaddress
import socket
from collections.abc import Mapping
from urllib.parse import urlsplit

_OWN = frozenset(["same-origin", "none"])
_LOCAL_NAMES = frozenset(["localhost", "localhost.localdomain"])
_FORWARDED = ("X-Forwarded-For", "Forwarded", "X-Real-Ip", "Via")


def is_loopback(host: str) -> bool:
    """Whether only this machine itself can use this name or address."""
    host = host.strip("[]").split("%")[0].lower()
    if host in _LOCAL_NAMES:
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host.strip("[]").split("%")[0])
    except ValueError:
        return False
    return True


def host_of(header: str) -> str:
    """The name or address in a `Host` header; empty if there is none."""
    try:
        return urlsplit(f"//{header}").hostname or ""
    except ValueError:
        return ""


def host_is_ours(header: str, listens_on: str) -> bool:
    """Whether a request with this `Host` header was meant for a server that listens there."""
    host = host_of(header)
    if is_loopback(listens_on):
        return is_loopback(host)
    own = {listens_on.lower(), socket.gethostname().lower()}
    return is_loopback(host) or _is_address(host) or host in own


def origin_is_ours(origin: str, host: str) -> bool:
    """Whether a page with this `Origin` came from the server with this `Host` header."""
    try:
        parts = urlsplit(origin)
    except ValueError:
        return False
    return parts.scheme == "http" and parts.netloc.lower() == host.lower()


def may_read(headers: Mapping[str, str]) -> bool:
    """Whether a request for a page or file comes from our own pages, or from a link that was followed."""
    site = headers.get("Sec-Fetch-Site")
    if site is not None and site not in _OWN:
        followed = headers.get("Sec-Fetch-Mode") == "navigate"
        return followed and headers.get("Sec-Fetch-Dest") == "document"
    origin = headers.get("Origin")
    return origin is None or origin_is_ours(origin, headers.get("Host", ""))


def may_write(headers: Mapping[str, str], peer: str) -> bool:
    """Whether a request that writes comes from this machine, and from a page of ours.

    One that a proxy has passed on is from anywhere.
    """
    host = headers.get("Host", "")
    return (
        is_loopback(peer)
        and is_loopback(host_of(host))
        and not any(name in headers for name in _FORWARDED)
        and headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"
        and origin_is_ours(headers.get("Origin", ""), host)
    )
