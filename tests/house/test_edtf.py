from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.edtf import PATTERN, bounds, earliest, latest

YEARS = st.integers(1, 9998)


@given(st.dates(min_value=date(1, 1, 1)))
def test_a_day_means_itself(day: date) -> None:
    assert bounds(day.isoformat()) == (day, day)
    assert bounds(day.isoformat() + "?") == (day, day)


@given(st.dates(min_value=date(2, 1, 1), max_value=date(9997, 12, 31)))
def test_less_exact_dates_hold_the_day(day: date) -> None:
    quarter, half = 33 + (day.month - 1) // 3, 40 + (day.month - 1) // 6
    for value in (
        f"{day:%Y}".zfill(4),
        f"{day.year:04}-{day.month:02}",
        f"{day.year:04}-{quarter}",
        f"{day.year:04}-{half}",
    ):
        first, last = bounds(value)
        assert first is not None and last is not None and first <= day <= last


@given(YEARS)
def test_seasons_follow_each_other_without_gap(year: int) -> None:
    for season in (21, 22, 23):
        end, start = latest(f"{year:04}-{season}"), earliest(f"{year:04}-{season + 1}")
        assert end is not None and start is not None and (start - end).days == 1


@pytest.mark.parametrize("value", ["XXXX-10-04", "XXXX-10", "XXXX-21", None])
def test_without_a_year_there_are_no_bounds(value: str | None) -> None:
    assert bounds(value) == (None, None)


@pytest.mark.parametrize(
    "value",
    [
        "2018-13",
        "2018-02-30",
        "XXXX-02-30",
        "2018-1",
        "18",
        "2018-25",
        "2018/2019",
        "XXXX",
        "2018-03-08~",
        "",
        "2018-42",
    ],
)
def test_outside_the_profile(value: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        bounds(value)


@given(st.text(max_size=12))
def test_pattern_and_bounds_agree_on_what_is_a_date(text: str) -> None:
    if not re.match(PATTERN, text):
        with pytest.raises(ValueError, match="profile"):
            bounds(text)


def test_winter_ends_in_the_next_year() -> None:
    assert bounds("2023-24") == (date(2023, 12, 1), date(2024, 2, 29))
