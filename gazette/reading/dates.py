"""Dates as editors write them -> moments in the site's time zone."""

import functools
import re
import zoneinfo
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

import msgspec

_DATE = re.compile(
    r"(?P<year>[0-9]{4})\s*[-年/.]\s*(?P<month>[0-9]{1,2})\s*[-月/.]\s*(?P<day>[0-9]{1,2})\s*[日号]?"
    r"(?:[T\s]*(?P<hour>[0-9]{1,2})\s*[:时点]\s*(?P<minute>[0-9]{2})\s*分?"
    r"(?:[:\s]*(?P<second>[0-9]{2})(?:[.,][0-9]{1,9})?\s*秒?)?"
    r"\s*(?P<zone>Z|UTC|GMT|[-+][0-9]{1,2}(?::?[0-5][0-9])?)?)?",
    re.IGNORECASE,
)
_RIGHT_FORM = re.compile(
    r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([T\s]+[0-9]{1,2}:[0-9]{2}(:[0-9]{2}([.,][0-9]{1,9})?)?\s*\S*)?",
    re.IGNORECASE,
)
_PLAIN: dict[int, str | int] = {
    ord("\u3000"): " ",
    **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)},
}
"""Full-width digits and signs -> ASCII."""
_PLAIN |= {ord(dash): "-" for dash in "‐‑‒–—―−"}
_QUOTES = "“”‘’\"'"
_FOREVER = 2**53
"""After the last day that a calendar holds."""


class Moment(msgspec.Struct, frozen=True, array_like=True):
    """A point in time as the site shows it: in the site's time zone.

    `iso` is ISO 8601 with offset, `timestamp` seconds since 1970 (UTC); `day_only` says that the author
    gave no time of day (which then is midnight).
    """

    iso: str
    timestamp: int
    day_only: bool = False

    @property
    def day(self) -> str:
        """`2025-05-03`."""
        return self.iso[:10]

    @property
    def minute(self) -> str:
        """`2025-05-03 09:30`."""
        return f"{self.iso[:10]} {self.iso[11:16]}"

    @property
    def text(self) -> str:
        """The day, with the time of day where the author gave one."""
        return self.day if self.day_only else self.minute

    @property
    def year(self) -> str:
        """`2025`."""
        return self.iso[:4]

    @property
    def month(self) -> str:
        """`05`."""
        return self.iso[5:7]

    @property
    def short(self) -> str:
        """`05-03`, for lists."""
        return self.iso[5:10]

    @property
    def rfc822(self) -> str:
        """`Sat, 03 May 2025 09:30:00 +0800`."""
        from email.utils import format_datetime  # few need it

        return format_datetime(datetime.fromisoformat(self.iso))


class Reading(msgspec.Struct, frozen=True):
    """A date that was read; `right_form` is how it should have been written, where it was not."""

    moment: Moment
    right_form: str | None = None


def read_date(text: str, zone_name: str) -> Reading | None:
    """Read a date or a date with time; None if it is none.

    Without offset it is the site's local time (Jekyll would shift it). `2025年5月3日`, `2025/5/3` and
    full-width digits have one reading only and are read, with the right form given back.
    """
    ascii_text = text if text.isascii() else text.translate(_PLAIN)
    plain = ascii_text.strip().strip(_QUOTES).strip()
    match = _DATE.fullmatch(plain)
    if match is None:
        return None
    parts = match.groupdict()
    try:
        moment = _moment(parts, zone_name)
    except (ValueError, OverflowError):
        return None
    usual = plain == text.strip() and _RIGHT_FORM.fullmatch(plain)
    return Reading(moment, None if usual else _right_form(parts))


def _moment(parts: dict[str, str | None], zone_name: str) -> Moment:
    year, month, day, hour, minute, second = (int(parts[name] or 0) for name in _NUMBERS)
    site_zone = _zone(zone_name)
    zone = _offset(parts["zone"]) or site_zone
    when = datetime(year, month, day, hour, minute, second, tzinfo=zone)
    return moment_of(when, site_zone, parts["hour"] is None)


_NUMBERS = ("year", "month", "day", "hour", "minute", "second")


def _right_form(parts: dict[str, str | None]) -> str:
    given = [f"{int(parts[name] or 0):02}" for name in _NUMBERS]
    day = f"{parts['year']}-{given[1]}-{given[2]}"
    if parts["hour"] is None:
        return day
    return f"{day} {':'.join(given[3:] if parts['second'] else given[3:5])} {parts['zone'] or ''}".strip()


def moment_of(when: datetime, zone: tzinfo, day_only: bool = False) -> Moment:
    """The moment of an aware datetime, shown in `zone`."""
    local = when.astimezone(zone)
    offset = local.utcoffset() or timedelta()
    if offset.seconds % 60:  # before standard time; feeds (RFC 3339) know whole minutes only
        rounded = timezone(timedelta(minutes=offset // timedelta(minutes=1)))
        local = local.replace(tzinfo=rounded)
    return Moment(local.isoformat(timespec="seconds"), int(when.timestamp()), day_only)


def moment_at(timestamp: int, zone_name: str) -> Moment:
    """The moment of seconds since 1970 (UTC)."""
    return moment_of(datetime.fromtimestamp(timestamp, UTC), _zone(zone_name))


def end_of_day(moment: Moment, zone_name: str) -> int:
    """The timestamp at which the moment's day is over in the site's time zone."""
    try:
        after = datetime.combine(date.fromisoformat(moment.day) + timedelta(days=1), time())
    except OverflowError:  # 9999-12-31, as people write «never»
        return _FOREVER
    return int(after.replace(tzinfo=_zone(zone_name)).timestamp())


@functools.cache
def _zone(name: str) -> zoneinfo.ZoneInfo:
    return zoneinfo.ZoneInfo(name)


def _offset(text: str | None) -> timezone | None:
    if text is None:
        return None
    if text[0] not in "+-":
        return UTC
    hours, minutes = re.fullmatch(r".(\d{1,2}):?(\d\d)?", text).groups()  # type: ignore[union-attr]
    offset = timedelta(hours=int(hours), minutes=int(minutes or 0))
    return timezone(-offset if text[0] == "-" else offset)
