"""Dates as editors write them."""

import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazette.reading.dates import end_of_day, moment_at, read_date

SHANGHAI = "Asia/Shanghai"
NEW_YORK = "America/New_York"


@pytest.fixture(params=["UTC", "Asia/Shanghai", "America/New_York", "Pacific/Kiritimati"])
def machine_zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    if not hasattr(time, "tzset"):
        pytest.skip("the process's time zone cannot be set on this system")
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield os.environ["TZ"]
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2022-01-17 08:54:02 +0800", "2022-01-17T08:54:02+08:00"),
        ("2022-01-17 08:54:02 +08:00", "2022-01-17T08:54:02+08:00"),
        ("2022-01-17 08:54:02+08", "2022-01-17T08:54:02+08:00"),
        ("2022-01-17 08:54:02 +8", "2022-01-17T08:54:02+08:00"),
        ("2022-01-17 08:54:02 -0330", "2022-01-17T20:24:02+08:00"),
        ("2022-01-17T00:54:02Z", "2022-01-17T08:54:02+08:00"),
        ("2022-01-17t00:54:02.123z", "2022-01-17T08:54:02+08:00"),
        ("2022-01-17 00:54:02 UTC", "2022-01-17T08:54:02+08:00"),
        ("2022-01-17 00:54:02 -0000", "2022-01-17T08:54:02+08:00"),
        ("2022-01-17 08:54:02", "2022-01-17T08:54:02+08:00"),
        ("2022-01-17 8:54", "2022-01-17T08:54:00+08:00"),
        ("2022-1-7", "2022-01-07T00:00:00+08:00"),
        ("2022-01-17", "2022-01-17T00:00:00+08:00"),
        ("0001-01-01", "0001-01-01T00:00:00+08:05"),
        ("9999-12-31 23:59:59", "9999-12-31T23:59:59+08:00"),
    ],
)  # fmt: skip
def test_right_forms(text: str, iso: str, machine_zone: str) -> None:
    reading = read_date(text, SHANGHAI)
    assert reading is not None
    assert (reading.moment.iso, reading.right_form) == (iso, None)


@pytest.mark.parametrize(
    ("text", "iso", "right"),
    [
        ("2025年5月3日", "2025-05-03T00:00:00+08:00", "2025-05-03"),
        ("2025 年 5 月 3 日", "2025-05-03T00:00:00+08:00", "2025-05-03"),
        ("2025年5月3号9时30分", "2025-05-03T09:30:00+08:00", "2025-05-03 09:30"),
        ("2025年5月3日 9点30分15秒", "2025-05-03T09:30:15+08:00", "2025-05-03 09:30:15"),
        ("2025/5/3", "2025-05-03T00:00:00+08:00", "2025-05-03"),
        ("2025/5/3 9:30:15 +0900", "2025-05-03T08:30:15+08:00", "2025-05-03 09:30:15 +0900"),
        ("2025.5.3", "2025-05-03T00:00:00+08:00", "2025-05-03"),
        ("２０２５－０５－０３　０９：３０", "2025-05-03T09:30:00+08:00", "2025-05-03 09:30"),
        ("2025–05–03", "2025-05-03T00:00:00+08:00", "2025-05-03"),
        ("“2025-05-03”", "2025-05-03T00:00:00+08:00", "2025-05-03"),
    ],
)  # fmt: skip
def test_forms_with_one_reading_only(text: str, iso: str, right: str) -> None:
    reading = read_date(text, SHANGHAI)
    assert reading is not None
    assert (reading.moment.iso, reading.right_form) == (iso, right)
    again = read_date(right, SHANGHAI)
    assert again is not None
    assert (again.moment, again.right_form) == (reading.moment, None)


@pytest.mark.parametrize(
    "text",
    [
        "", "昨天", "2025", "2025-05", "5月3日", "20250503", "2025-02-30", "2025-13-01", "0000-01-01", "2025-00-10",
        "2025-05-03 24:00", "2025-05-03 09:60", "2025-05-03 09:30:60", "2025-05-03T09", "2025-05-03 上午9:30",
        "2025-05-03 09:30 CST", "2025-05-03 09:30 +25:00", "2025-05-03 09:30 +08:99", "2025-05-03 +0800", "٢٠٢٥-٠٥-٠٣", "²025-05-03",
        "0001-01-01 00:00:00 +1400", "9999-12-31 23:59:59 -1200",
    ],
)  # fmt: skip
def test_what_is_no_date(text: str) -> None:
    assert read_date(text, SHANGHAI) is None


def test_summer_time_of_the_site() -> None:
    winter, summer = (
        read_date("2025-01-15 12:00", NEW_YORK),
        read_date("2025-07-15 12:00", NEW_YORK),
    )
    assert winter and summer
    assert winter.moment.iso.endswith("-05:00")
    assert summer.moment.iso.endswith("-04:00")


@pytest.mark.parametrize(
    ("day", "end"),
    [
        ("2025-03-09", datetime(2025, 3, 10, 4, tzinfo=UTC)),  # a day of 23 hours
        ("2025-11-02", datetime(2025, 11, 3, 5, tzinfo=UTC)),  # a day of 25 hours
    ],
)
def test_a_day_ends_at_the_site_s_midnight(day: str, end: datetime) -> None:
    reading = read_date(day, NEW_YORK)
    assert reading
    assert end_of_day(reading.moment, NEW_YORK) == int(end.timestamp())


def test_the_last_day_of_the_calendar_never_ends() -> None:
    reading = read_date("9999-12-31", SHANGHAI)
    assert reading
    assert end_of_day(reading.moment, SHANGHAI) > reading.moment.timestamp


def test_parts_that_pages_show() -> None:
    moment = moment_at(1746235800, SHANGHAI)
    assert moment.iso == "2025-05-03T09:30:00+08:00"
    assert (moment.year, moment.month, moment.day, moment.short) == (
        "2025",
        "05",
        "2025-05-03",
        "05-03",
    )
    assert (moment.minute, moment.text) == ("2025-05-03 09:30", "2025-05-03 09:30")
    assert moment.rfc822 == "Sat, 03 May 2025 09:30:00 +0800"
    day = read_date("2025-05-03", SHANGHAI)
    assert day
    assert day.moment.text == "2025-05-03"


@given(st.datetimes(datetime(1000, 1, 1), datetime(9990, 1, 1)), st.integers(-14 * 60, 14 * 60))
def test_a_moment_does_not_depend_on_the_zone_that_shows_it(when: datetime, offset: int) -> None:
    sign, minutes = "-" if offset < 0 else "+", abs(offset)
    text = f"{when:%Y-%m-%d %H:%M:%S} {sign}{minutes // 60:02}{minutes % 60:02}".rjust(25, "0")
    readings = [read_date(text, zone) for zone in (SHANGHAI, NEW_YORK, "UTC")]
    assert len({reading.moment.timestamp for reading in readings if reading}) == 1
    assert all(readings)
