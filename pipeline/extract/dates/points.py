"""Points in time as they stand in text: `8 March 2018`, `8.–9. 3.`, `2024. március 8.`, `Q3 2021`, `2018`.

A point is read at one piece of the text and knows which pieces it covers. What joins points into ranges, and whether
a bare year is a date at all, is decided in `dates.py`.
"""

from __future__ import annotations

import calendar
import unicodedata
from itertools import pairwise
from typing import NamedTuple

from pipeline.extract.dates.words import DateWords
from pipeline.extract.words.pieces import APOSTROPHES, DASHES, HYPHENS, JOINTS, Pieces, is_digits

FIRST_YEAR, LAST_YEAR = 1950, 2100
_ROMAN = {n: i for i, n in enumerate(["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"], 1)}


class Point(NamedTuple):
    """A day, month, part of a year or year; pieces `[first, after)`. `part` is an EDTF season, quarter or half.

    `joined` says how it hangs on the point before it: "range", "and", "comma", "slash" or not at all.
    """

    first: int
    after: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    part: int | None = None
    numeric: bool = False
    joined: str = ""

    @property
    def precision(self) -> str:
        if self.day is not None:
            return "day"
        if self.month is not None:
            return "month"
        if self.part is not None:
            return "season" if self.part < 33 else "quarter" if self.part < 40 else "half"
        return "year"

    @property
    def edtf(self) -> str:
        text = "XXXX" if self.year is None else f"{self.year:04d}"
        if self.month is not None:
            text += f"-{self.month:02d}"
        if self.day is not None:
            text += f"-{self.day:02d}"
        return text if self.part is None else f"{text}-{self.part:02d}"

    @property
    def order(self) -> tuple[int, int, int]:
        return (self.year or 0, self.month or 0, self.day or 0)


class Reader:
    """Reads points from the pieces of a text with the words of a pack. Methods return None where nothing is read."""

    def __init__(self, pieces: Pieces, words: DateWords) -> None:
        self.pieces = pieces
        self.text, self.glued, self.near = pieces.text, pieces.is_glued, pieces.is_near
        self.words = words
        self.size = len(pieces)

    def number(self, i: int, longest: int = 2) -> int | None:
        """The value of the digits at piece `i`, of at most `longest` figures."""
        text = self.text(i)
        return int(text) if 0 < len(text) <= longest and is_digits(text) else None

    def skip(self, i: int, marks: str = "", most: int = 3) -> int:
        """The first piece at or after `i` that is no small word inside a date and none of `marks`."""
        for _ in range(most):
            if not self.near(i) or self.month(i) is not None:
                return i
            found = self.words.inner.match(self.pieces, i)
            if found is not None:
                i = found[1]
            elif (
                self.text(i) in APOSTROPHES
                or (self.text(i) in DASHES and self.glued(i) and self.glued(i + 1))
                or (marks and self.text(i) in marks and self.glued(i))
            ):
                i += 1
            else:
                return i
        return i

    # Parts of a date

    def year(self, i: int) -> tuple[int, int] | None:
        """A year of four figures at piece `i` with what belongs to it (`2017г.`, `2018-ban`), and the piece after."""
        value = self.number(i, 4)
        if value is None or len(self.text(i)) != 4 or not FIRST_YEAR <= value <= LAST_YEAR:
            return None
        after = self.year_ending(i + 1)
        if after > i + 1:
            return value, after
        if self.glued(i + 1):
            mark = self.text(i + 1)
            beyond = self.pieces[i + 2].kind if self.glued(i + 2) else ""
            if self.pieces[i + 1].kind != "mark" or mark in "+%€$_=#@\\":
                return None
            if mark in ".,:" and beyond in ("digits", "word"):
                return None
            if mark in HYPHENS and beyond == "word":
                return None
        elif self.text(i + 1) in DASHES and self.glued(i + 2) and self.pieces[i + 2].kind == "word":
            return None
        return value, i + 1

    def year_ending(self, i: int) -> int:
        """The piece after what follows a year's figures (`г.`, ` m.`, `-ben`, `. aastal`), `i` if nothing does."""
        k = i
        if self.text(k) == "." and self.glued(k):
            k += 1
        if self.text(k) in JOINTS and self.glued(k):
            k += 1
            if not self.glued(k):
                return i
        if not self.near(k):
            return i
        found = self.words.year_endings.match(self.pieces, k)
        if found is None:
            return i
        last = self.pieces[found[1] - 1]
        if self.text(found[1]) == "." and self.glued(found[1]) and len(last.text) <= 2:
            return found[1] + 1
        return found[1]

    def day(self, i: int) -> tuple[int, int, bool] | None:
        """A day of the month at piece `i`; the piece after it, and whether an ending or full stop stood there."""
        value = self.number(i)
        if value is None or not 1 <= value <= 31:
            return None
        k, dotted = i + 1, False
        if self.text(k) == "." and self.glued(k):
            k, dotted = k + 1, True
        j = k + 1 if self.text(k) in JOINTS and self.glued(k) and self.glued(k + 1) else k
        if self.near(j) and (self.glued(j) or dotted or self.words.year_first):
            found = self.words.day_endings.match(self.pieces, j)
            if found is not None and (self.glued(j) or self.words.joint.match(self.pieces, j) is None):
                end = found[1]
                if self.text(end) == "." and self.glued(end) and self.words.year_first:
                    end += 1
                return value, end, True
        if not dotted and self.glued(k) and self.pieces[k].kind == "word":
            if len(self.text(k)) == 1 and unicodedata.category(self.text(k)) == "Lo":
                return value, k + 1, True
            return None
        return value, k, dotted

    def month(self, i: int) -> tuple[int, int] | None:
        """A month's name at piece `i`."""
        found = self.words.months.match(self.pieces, i)
        if (
            found is None
            or self.pieces[i].kind != "word"
            or (self.words.capital_months and not any(p.text[0].isupper() for p in self.pieces[i : found[1]]))
        ):
            return None
        return found

    def roman(self, i: int) -> tuple[int, int] | None:
        """A month in Roman figures between a day and a year (`12 IV 2018`)."""
        if i < self.size and self.pieces[i].kind == "word" and self.text(i).isupper():
            value = _ROMAN.get(self.pieces[i].key)
            if value is not None:
                k = i + 1 if self.text(i + 1) != "." else i + 2
                if self.year(k) is not None:
                    return value, i + 1
        return None

    def days(self, i: int) -> tuple[list[Point], int, bool] | None:
        """Days before their month (`8`, `8–9`, `3 and 17`); the piece after; whether an ending was seen."""
        one = self.day(i)
        if one is None:
            return None
        found, (_, k, ended) = [Point(i, one[1], day=one[0])], one
        while self.near(k) and len(found) < 8:
            join = self.separator(k)
            more = self.day(join[0]) if join and self.near(join[0]) else None
            if join is None or more is None or more[0] <= (found[-1].day or 0):
                break
            if join[1] == "comma" and self.clock(join[0]):
                break
            found.append(Point(join[0], more[1], day=more[0], joined=join[1]))
            k, ended = more[1], ended or more[2]
        if found[-1].joined == "comma" and any((b.day or 0) != (a.day or 0) + 1 for a, b in pairwise(found)):
            return [found[0]], found[0].after, one[2]
        return found, k, ended

    def separator(self, i: int) -> tuple[int, str] | None:
        """The piece after what joins two points at `i`, small words and a weekday included, and how it joins them."""
        if not self.near(i):
            return None
        if (
            self.text(i) == "."
            and self.glued(i)
            and self.near(i + 1)
            and (self.text(i + 1) in DASHES or self.text(i + 1).islower())
        ):
            i += 1
        mark, k, join = self.text(i), i, ""
        if mark == ",":
            joint = self.words.joint.match(self.pieces, i + 1)
            k, join = (joint[1], "and") if joint else (i + 1, "comma")
        elif mark == "/":
            k, join = i + 1, "slash"
        elif mark in DASHES:
            if self.pieces[i].line and not self.glued(i + 1):
                return None
            k, join = i + 1, "range"
        else:
            span, joint = self.words.range.match(self.pieces, i), self.words.joint.match(self.pieces, i)
            if joint is not None and (span is None or span[1] <= joint[1]):
                k, join = joint[1], "and"
            elif span is not None:
                k, join = span[1], "range"
            else:
                return None
        k = self.skip(k)
        for words in (self.words.between, self.words.weekdays):
            found = words.match(self.pieces, k) if self.near(k) else None
            if found is not None:
                k = self.skip(found[1], ".,")
        return k, join

    # Whole points

    def points(self, i: int) -> list[Point] | None:
        """What is written at piece `i`: one point, or several where days share a month (`3 and 17 May 2018`)."""
        piece = self.pieces[i]
        part = self.part_of_year(i)
        if part is not None:
            return [part]
        if piece.kind == "digits":
            if len(piece.text) == 4:
                return self.year_led(i)
            if len(piece.text) <= 2:
                return self.numeric(i) or self.day_led(i) or self.month_and_year(i)
            return None
        return self.month_led(i)

    def part_of_year(self, i: int) -> Point | None:
        """A quarter, half or season and its year, if that follows."""
        quarter = self.words.parts.match(self.pieces, i)
        season = self.words.seasons.match(self.pieces, i) if quarter is None else None
        found = quarter or season
        if found is None:
            return None
        value, k = found
        if self.text(k) in DASHES and self.month(i) is not None:
            return None
        year = self.year(self.skip(k, ".,/"))
        if year is not None:
            return Point(i, self.second_year(year), year[0], part=value)
        return Point(i, k, part=value)

    def second_year(self, year: tuple[int, int]) -> int:
        """The piece after the second figure of a winter that spans two years (`2018/19`)."""
        value, k = year
        joined = self.text(k) in DASHES | {"/"} and self.glued(k) and self.glued(k + 1)
        return k + 2 if joined and self.number(k + 1, 4) in (value + 1, (value + 1) % 100) else k

    def year_led(self, i: int) -> list[Point] | None:
        """ISO dates, dates whose year comes first, and bare years."""
        year = self.number(i, 4)
        if year is None or not FIRST_YEAR <= year <= LAST_YEAR:
            return None
        iso = self.iso(i, year) or self.spaced(i, year)
        if iso is not None:
            return self.further_day(iso)
        read = self.year(i)
        if read is None:
            return None
        k = read[1]
        if k > i + 1 or self.words.year_first:
            j = self.skip(k, ".,")
            if self.near(j):
                quarter = self.words.parts.match(self.pieces, j) or self.words.seasons.match(self.pieces, j)
                if quarter is not None:
                    return [Point(i, quarter[1], year, part=quarter[0])]
                named = self.month_led(j, year) or self.day_led(j, year)
                if named is not None:
                    return [p._replace(first=i, year=year) if n == 0 else p for n, p in enumerate(named)]
        return [self.part_after_year(i, k, year) or Point(i, k, year)]

    def part_after_year(self, i: int, k: int, year: int) -> Point | None:
        """A quarter, season or month that follows its year directly, unless a year of its own comes after it."""
        if not self.near(k) or self.pieces[k].glued:
            return None
        part = self.words.parts.match(self.pieces, k) or self.words.seasons.match(self.pieces, k)
        month = self.month(k) if len(self.text(k)) > 3 else None
        found = part or month
        if found is None or (self.near(self.skip(found[1])) and self.pieces[self.skip(found[1])].kind == "digits"):
            return None
        return Point(i, found[1], year, part=part[0]) if part else Point(i, found[1], year, found[0])

    def iso(self, i: int, year: int) -> Point | None:
        """`2018-03-08`, `2018.03.08.`, `2018. 03. 08.`, `2018/03/08`, `2018-03`."""
        mark = self.text(i + 1)
        if mark not in ("-", ".", "/") or not self.glued(i + 1):
            return None
        month = self.number(i + 2)
        if month is None or not 1 <= month <= 12 or not (self.glued(i + 2) or mark == "."):
            return None
        day = self.number(i + 4) if self.text(i + 3) == mark and self.glued(i + 3) else None
        if day is not None and valid(year, month, day) and (self.glued(i + 4) or mark == "."):
            after = i + 5
            if self.text(after) == "." and mark == "." and self.glued(after):
                after += 1
            if not (self.glued(after) and self.pieces[after].kind == "digits"):
                return Point(i, after, year, month, day, numeric=True)
            return None
        if mark != "-" or len(self.text(i + 2)) != 2:
            return None
        ends = not self.glued(i + 3) or (self.pieces[i + 3].kind == "mark" and self.text(i + 3) not in "-/")
        return Point(i, i + 3, year, month, numeric=True) if ends else None

    def spaced(self, i: int, year: int) -> Point | None:
        """`2024 03 12`, where dates begin with the year."""
        month, day = self.number(i + 1), self.number(i + 2)
        figures = [self.text(i + 1), self.text(i + 2)]
        if not self.words.year_first or month is None or day is None or not self.near(i + 2):
            return None
        whole = all(len(text) == 2 for text in figures) and not self.glued(i + 1) and not self.glued(i + 2)
        return Point(i, i + 3, year, month, day, numeric=True) if whole and valid(year, month, day) else None

    def further_day(self, point: Point) -> list[Point]:
        """The date and the day up to which it runs: `2024. 03. 12–13.`, `2024 03 12-13`."""
        k = point.after - 1 if self.text(point.after - 1) == "." else point.after
        k = k + 1 if self.text(k) == "." else k
        last = self.number(k + 1) if self.text(k) in DASHES and self.glued(k) and self.glued(k + 1) else None
        if last is None or point.day is None or last <= point.day or not valid(point.year, point.month or 0, last):
            return [point]
        after = k + 3 if self.text(k + 2) == "." and self.glued(k + 2) else k + 2
        if self.glued(after) and self.pieces[after].kind == "digits":
            return [point]
        return [point, Point(k + 1, after, point.year, point.month, last, joined="range", numeric=True)]

    def clock(self, i: int) -> bool:
        """Whether the figures at piece `i` are a time of day: `10–12 val.`"""
        k = i + 1
        while self.near(k) and (self.text(k) in DASHES or self.text(k) in ".:" or self.number(k) is not None):
            k += 1
        return self.near(k) and self.words.times.match(self.pieces, k) is not None

    def numeric(self, i: int) -> list[Point] | None:
        """`8.3.2018`, `08/03/2018`, `8-3-2018`, `7. 3. 2018`; `12.04.18` where day or month has two figures."""
        a, mark, b = self.number(i), self.text(i + 1), self.number(i + 2)
        if a is None or b is None or mark not in ("-", ".", "/") or self.text(i + 3) != mark:
            return None
        if not (self.glued(i + 1) and self.glued(i + 3)):
            return None
        if mark != "." and not (self.glued(i + 2) and self.glued(i + 4)):
            return None
        year = self.year(i + 4)
        if year is not None:
            value, after = year
        else:
            short = self.number(i + 4)
            glued = self.glued(i + 2) and self.glued(i + 4)
            if (
                short is None
                or len(self.text(i + 4)) != 2
                or not glued
                or len(self.text(i)) + len(self.text(i + 2)) < 3
            ):
                return None
            if short > 49 or (self.glued(i + 5) and (self.pieces[i + 5].kind != "mark" or self.text(i + 5) == mark)):
                return None
            value, after = 2000 + short, i + 5
        if b > 12 >= a and mark == "/":
            a, b = b, a
        if not valid(value, b, a):
            return None
        return [Point(i, after, value, b, a, numeric=True)]

    def month_and_year(self, i: int) -> list[Point] | None:
        """`11/2018`, `03.2018`."""
        month, mark = self.number(i), self.text(i + 1)
        if month is None or not 1 <= month <= 12 or not (self.glued(i + 1) and self.glued(i + 2)):
            return None
        if mark != "/" and not (mark in (".", "-") and len(self.text(i)) == 2):
            return None
        year = self.year(i + 2)
        return [Point(i, year[1], year[0], month, numeric=True)] if year else None

    def day_led(self, i: int, year: int | None = None) -> list[Point] | None:
        """Days before their month, in words or figures, and a year if one follows."""
        read = self.days(i)
        if read is None:
            return None
        days, k, _ = read
        for size in range(len(days), 0, -1):
            found = self.month_after_days(days[:size], k if size == len(days) else days[size - 1].after, year)
            if found is not None:
                return found
        return None

    def month_after_days(self, days: list[Point], k: int, year: int | None) -> list[Point] | None:
        """The points that a list of days and the month at piece `k` make, and a year if one follows."""
        if not self.near(k):
            return None
        numeric = False
        j = self.skip(k, ".-/")
        month = self.month(j) or self.roman(j)
        if month is None:
            month, numeric = self.month_figure(k), True
        if month is None or any(not valid(year, month[0], p.day or 0) for p in days):
            return None
        value, after = month
        if year is None:
            read = self.year(self.skip(after, ".," if not numeric else "/.", 4)) if self.near(after) else None
            if read is not None and all(valid(read[0], value, p.day or 0) for p in days):
                year, after = read
        points = [p._replace(year=year, month=value, numeric=numeric) for p in days]
        points[-1] = points[-1]._replace(after=after)
        return points

    def month_figure(self, k: int) -> tuple[int, int] | None:
        """A month in figures after a day: `23.–24. 3.`, `18/04`; the piece after its full stop."""
        before = self.text(k - 1)
        if before == ".":
            month = self.number(k)
            if month is not None and 1 <= month <= 12 and self.text(k + 1) == "." and self.glued(k + 1):
                return month, k + 2
        elif self.text(k) == "/" and self.glued(k) and self.glued(k + 1):
            month = self.number(k + 1)
            ends = not self.glued(k + 2) or self.text(k + 2) in DASHES or self.text(k + 2) in ",.;:)/"
            if month is not None and 1 <= month <= 12 and ends:
                return month, k + 2
        return None

    def month_led(self, i: int, year: int | None = None) -> list[Point] | None:
        """A month's name first: `March 2018`, `March 8, 2018`, `October 4th`, `birželio 5 d.`; alone it is a month."""
        month = self.month(i)
        if month is None:
            return None
        value, k = month
        if year is None:
            read = self.year(self.skip(k, ".,/", 4)) if self.near(k) else None
            if read is not None:
                return [Point(i, read[1], read[0], value)]
        j = self.skip(k, ".", 2)
        read_days = self.days(j) if self.near(j) else None
        if read_days is not None:
            days, after, ended = read_days
            if year is None:
                read = self.year(self.skip(after, ".,", 3)) if self.near(after) else None
                if read is not None:
                    year, after, ended = read[0], read[1], True
            loose = not self.near(after) or self.pieces[after].kind == "mark"
            join = self.separator(after)
            ended = ended or (join is not None and self.near(join[0]) and self.month(join[0]) is not None)
            if (ended or (loose and (self.words.year_first or len(days) > 1))) and all(
                valid(year, value, p.day or 0) for p in days
            ):
                points = [p._replace(year=year, month=value) for p in days]
                points[0] = points[0]._replace(first=i)
                points[-1] = points[-1]._replace(after=after)
                return points
        return [Point(i, k, year, value)]


def valid(year: int | None, month: int, day: int) -> bool:
    """Whether the calendar has this day; without a year, 29 February is granted."""
    return 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year or 2000, month)[1]
