"""Dates as precise as their source: a profile of EDTF (ISO 8601-2), and what it means as a span of days.

A day `2018-03-08`, a month `2018-01`, a year `2015`, a season `2023-21` (21 spring to 24 winter), a quarter `2021-34`
(33 to 36), a half `2020-40` (40, 41); `XXXX` where no year is given; a closing `?` where the year is inferred.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache

_WITHIN_YEAR = r"(?:(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?|2[1-4]|3[3-6]|4[01])"
PATTERN = rf"^(?:[0-9]{{4}}(?:-{_WITHIN_YEAR})?|XXXX-{_WITHIN_YEAR})\??$"

# First month and number of months; winter is the meteorological one, which ends in the next year's February.
_SPANS = {
    21: (3, 3), 22: (6, 3), 23: (9, 3), 24: (12, 3),
    33: (1, 3), 34: (4, 3), 35: (7, 3), 36: (10, 3),
    40: (1, 6), 41: (7, 6),
}  # fmt: skip


def _months(year: int, first: int, count: int) -> tuple[date, date]:
    end = first + count - 1
    end_year, end_month = year + (end - 1) // 12, (end - 1) % 12 + 1
    return date(year, first, 1), date(end_year, end_month, monthrange(end_year, end_month)[1])


@lru_cache(maxsize=65536)
def bounds(value: str | None) -> tuple[date | None, date | None]:
    """First and last day that `value` can mean, both inclusive; (None, None) for no value or no year.

    Raises ValueError where the value is outside the profile or names a day that does not exist.
    """
    if value is None:
        return None, None
    if not re.match(PATTERN, value):
        raise ValueError(f"not a date of the EDTF profile: {value!r}")
    year, *rest = (int(part) if part.isdigit() else None for part in value.rstrip("?").split("-"))
    if year is None:
        date(2000, *rest) if len(rest) == 2 else None  # type: ignore[arg-type]  # raises for 30 February
        return None, None
    if not rest:
        return _months(year, 1, 12)
    if len(rest) == 2:
        day = date(year, *rest)  # type: ignore[arg-type]
        return day, day
    return _months(year, *_SPANS.get(rest[0] or 0, (rest[0] or 1, 1)))


def earliest(value: str | None) -> date | None:
    """First day that `value` can mean, None where the year is unknown."""
    return bounds(value)[0]


def latest(value: str | None) -> date | None:
    """Last day that `value` can mean, None where the year is unknown."""
    return bounds(value)[1]
