"""Time zones by IANA name."""

import zoneinfo

from gazette.config.decode import nearest


def timezone_fault(name: str) -> str | None:
    """None if the zone is known; else the name that was probably meant, or an empty text."""
    try:
        zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return nearest(name, sorted(zoneinfo.available_timezones()))
    return None
