"""Links to other hosts: whether they answer. Asked politely, remembered for days."""

import http.client
import ipaddress
import socket
import threading
import time
import urllib.error
import urllib.request
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

import msgspec

from gazette import __version__
from gazette.check.links import EXTERNAL, is_private
from gazette.check.manuscript import Manuscript
from gazette.check.rule import Finding
from gazette.publish.state import replace_file

_TIMEOUT = 10.0
_AT_ONCE = 8
_PAUSE = 1.0
"""Seconds between two questions to one host."""
_ALIVE_FOR = 7 * 86_400
_DEAD_FOR = 86_400
_MOST = 2_000
"""Addresses that one check asks; the next one asks the others."""
_AGENT = f"Mozilla/5.0 (compatible; Gazette/{__version__}; link check)"
_NO_ANSWER_TO_ROBOTS = frozenset([401, 403, 405, 406, 418, 429, 451, 503, 999])
"""What hosts answer to programs for pages that browsers can read."""


class Answer(msgspec.Struct, frozen=True, array_like=True):
    """What an address answered: `why` it counts as dead; empty if it is alive."""

    why: str
    at: int


Ask = Callable[[str], str]
"""Asks an address; why it is dead, or an empty string."""


class LinkChecker(msgspec.Struct, frozen=True):
    """Asks addresses, each host by one thread at a time and with a pause between."""

    cache: Path
    ask: Ask
    pause: float = _PAUSE

    def dead(self, addresses: Iterable[str]) -> dict[str, str]:
        """Those of the addresses that do not answer, and why."""
        known = self._remembered()
        now = int(time.time())
        wanted = dict.fromkeys(addresses)
        fresh = {a: answer for a, answer in known.items() if a in wanted and _is_fresh(answer, now)}
        unknown = [address for address in wanted if address not in fresh][:_MOST]
        by_host: dict[str, list[str]] = defaultdict(list)
        for address in unknown:
            by_host[urlsplit(address).netloc].append(address)
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            for answers in pool.map(self._ask_host, by_host.values()):
                fresh |= {address: Answer(why, now) for address, why in answers.items()}
        self.cache.parent.mkdir(parents=True, exist_ok=True)
        replace_file(self.cache, msgspec.json.encode(fresh))
        return {
            address: fresh[address].why
            for address in wanted
            if address in fresh and fresh[address].why
        }

    def _ask_host(self, addresses: list[str]) -> dict[str, str]:
        waiting = threading.Event()
        answers = {}
        for number, address in enumerate(addresses):
            if number:
                waiting.wait(self.pause)
            answers[address] = self.ask(address)
        return answers

    def _remembered(self) -> dict[str, Answer]:
        try:
            return msgspec.json.decode(self.cache.read_bytes(), type=dict[str, Answer])
        except (OSError, msgspec.DecodeError):
            return {}


def _is_fresh(answer: Answer, now: int) -> bool:
    return now - answer.at < (_DEAD_FOR if answer.why else _ALIVE_FOR)


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows redirects, but not into private networks."""

    max_redirections = 5

    def redirect_request(self, *arguments: Any) -> urllib.request.Request | None:
        """The request to make next; the last argument is its address."""
        if is_private(arguments[-1]):
            raise urllib.error.URLError("redirects into a private network")
        return super().redirect_request(*arguments)


class PrivateHostError(OSError):
    """The host's name leads to an address of an internal network, or of this machine."""


def connect(address: tuple[str, int], *more: Any) -> socket.socket:
    """A connection to a host of the public network; raises PrivateHostError for others.

    The address that was looked at is the one that is connected to, so that a name cannot lead elsewhere
    the second time it is asked for.
    """
    host, port = address
    if host in _proxies():
        return socket.create_connection(address, *more)
    found = [info[4][0] for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not found or not all(_is_public(str(place)) for place in found):
        raise PrivateHostError("the name leads into a private network")
    return socket.create_connection((str(found[0]), port), *more)


def _is_public(place: str) -> bool:
    """Whether the IP address belongs to the public network; one of IPv4 may be wrapped in one of IPv6."""
    parsed = ipaddress.ip_address(place.partition("%")[0])
    inner = getattr(parsed, "ipv4_mapped", None) or getattr(parsed, "sixtofour", None) or parsed
    return parsed.is_global and inner.is_global and not parsed.is_multicast


def _proxies() -> set[str]:
    """The hosts through which this machine reaches others; they look names up themselves."""
    return {urlsplit(proxy).hostname or "" for proxy in urllib.request.getproxies().values()}


class _Http(http.client.HTTPConnection):
    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._create_connection = connect


class _Https(http.client.HTTPSConnection):
    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._create_connection = connect


class _HttpHandler(urllib.request.HTTPHandler):
    def http_open(self, request: urllib.request.Request) -> Any:
        return self.do_open(_Http, request)


class _HttpsHandler(urllib.request.HTTPSHandler):
    def https_open(self, request: urllib.request.Request) -> Any:
        return self.do_open(_Https, request)


_opener = urllib.request.build_opener(_Redirects, _HttpHandler, _HttpsHandler)


def ask(address: str) -> str:
    """Ask for the head of a page, and for the page where the host gives no heads."""
    why = ""
    for method in ("HEAD", "GET"):
        why = _answer(address, method)
        if not why:
            return ""
    return why


def _answer(address: str, method: str) -> str:
    headers = {"User-Agent": _AGENT, "Accept": "*/*"}
    try:
        request = urllib.request.Request(_ascii(address), method=method, headers=headers)
        with _opener.open(request, timeout=_TIMEOUT):
            return ""
    except urllib.error.HTTPError as fault:
        return "" if fault.code in _NO_ANSWER_TO_ROBOTS else f"HTTP {fault.code}"
    except urllib.error.URLError as fault:
        return str(fault.reason)
    except (TimeoutError, OSError, http.client.HTTPException, ValueError) as fault:
        return str(fault) or type(fault).__name__


def _ascii(address: str) -> str:
    """The address as it travels: Chinese in it percent-encoded, a Chinese host in Punycode."""
    parts = urlsplit(address)
    host = (
        parts.netloc.encode("idna").decode("ascii") if not parts.netloc.isascii() else parts.netloc
    )
    path = quote(parts.path, safe="/%:@!$&'()*+,;=~")
    query = quote(parts.query, safe="/%:@!$&'()*+,;=~?")
    return urlunsplit((parts.scheme, host, path, query, ""))


def dead_links(manuscripts: Iterable[Manuscript], folder: Path) -> Iterator[tuple[str, Finding]]:
    """The dead links to other hosts, each with its document's path."""
    places: dict[str, list[tuple[str, int, int]]] = defaultdict(list)
    for manuscript in manuscripts:
        for link in manuscript.links:
            if link.target.startswith(("http://", "https://")) and not is_private(link.target):
                address = link.target.partition("#")[0]
                places[address].append((manuscript.path, *manuscript.place(link.offset)))
    checker = LinkChecker(folder / "external.json", ask)
    for address, why in checker.dead(places).items():
        for path, line, column in places[address]:
            yield path, Finding(EXTERNAL.id, line, column, address[:200], arguments={"why": why})
