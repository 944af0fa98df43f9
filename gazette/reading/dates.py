"""Dates as editors write them -> moments in the site's time zone."""

import functools
import re
import unicodedata
import zoneinfo
from datetime import UTC, datetime, timedelta, timezone, tzinfo

import msgspec

_DATE = re.compile(
    r"(?P<year>\d{4})(?:-|年|/|\.)(?P<month>\d{1,2})(?:-|月|/|\.)(?P<day>\d{1,2})(?P<unit>[日号]?)"
    r"(?:[T\s]*(?P<hour>\d{1,2})(?P<colon>[:时点])(?P<minute>\d{2})分?"
    r"(?::?(?P<second>\d{2})(?:[.,](?P<fraction>\d{1,9}))?秒?)?"
    r"\s*(?P<zone>Z|UTC|GMT|[+-]\d{1,2}(?::?\d{2})?)?)?"
)
_RIGHT_FORM = re.compile(r"\d{4}-\d{1,2}-\d{1,2}([T\s].*)?", re.DOTALL)


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
    plain = unicodedata.normalize("NFKC", text).strip()
    match = _DATE.fullmatch(plain)
    if match is None:
        return None
    parts = match.groupdict()
    try:
        moment = _moment(parts, zone_name)
    except (ValueError, OverflowError):
        return None
    usual = plain == text.strip() and _RIGHT_FORM.fullmatch(plain) and parts["colon"] in {None, ":"}
    right = None if usual else moment.text
    return Reading(moment, right)


def _moment(parts: dict[str, str | None], zone_name: str) -> Moment:
    numbers = [
        int(parts[name] or 0) for name in ("year", "month", "day", "hour", "minute", "second")
    ]
    site_zone = _zone(zone_name)
    zone = _offset(parts["zone"]) or site_zone
    return moment_of(datetime(*numbers, tzinfo=zone), site_zone, parts["hour"] is None)  # type: ignore[misc,arg-type]


def moment_of(when: datetime, zone: tzinfo, day_only: bool = False) -> Moment:
    """The moment of an aware datetime, shown in `zone`."""
    local = when.astimezone(zone)
    return Moment(local.isoformat(timespec="seconds"), int(local.timestamp()), day_only)


def moment_at(timestamp: int, zone_name: str) -> Moment:
    """The moment of seconds since 1970 (UTC)."""
    return moment_of(datetime.fromtimestamp(timestamp, UTC), _zone(zone_name))


def end_of_day(moment: Moment, zone_name: str) -> int:
    """The timestamp at which the moment's day is over in the site's time zone."""
    local = datetime.fromisoformat(moment.iso).replace(tzinfo=None, hour=0, minute=0, second=0)
    return int((local + timedelta(days=1)).replace(tzinfo=_zone(zone_name)).timestamp())


@functools.cache
def _zone(name: str) -> zoneinfo.ZoneInfo:
    return zoneinfo.ZoneInfo(name)


def _offset(text: str | None) -> timezone | None:
    if text is None:
        return None
    if text in {"Z", "UTC", "GMT"}:
        return UTC
    digits = text[1:].replace(":", "").rjust(2, "0")
    if len(digits) == 3:
        digits = "0" + digits
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:] or 0))
    return timezone(-offset if text[0] == "-" else offset)
