"""Whether what looks like a date is one: bare years, days without a year, numbers of documents."""

from __future__ import annotations

from pipeline.extract.dates.points import Point, Reader
from pipeline.extract.dates.words import DateWords
from pipeline.extract.words.pieces import Pieces

OPENERS = frozenset("№#§$€£@\\_=+*%°")
_SENTENCE_MARKS = frozenset(".!?:;•·▪◦*|>")


class Checks:
    """Judges points by the pieces around them."""

    def __init__(self, pieces: Pieces, words: DateWords) -> None:
        self.pieces = pieces
        self.words = words
        self.reader = Reader(pieces, words)

    def plausible(self, low: Point, high: Point, weekday: bool, relative: bool) -> bool:
        pair = low is not high
        if low.precision == "year":
            return self.year_is_plausible(low, high, pair)
        if low.year is not None:
            return not (
                low.precision == "month" and low.numeric and (self.is_code(low.first) or self.is_issue(low.first))
            )
        if low.precision == "month":
            return relative or (not low.numeric and self.tells_when(low.first))
        if low.precision in ("quarter", "half"):
            return False
        if low.precision == "season":
            return relative or self.led(low.first) or len(self.pieces[low.first].text) >= 5
        if low.numeric:
            return weekday or relative or pair or self.short_date_is_plausible(low)
        return weekday or pair or not self.is_adjective(high)

    def is_adjective(self, point: Point) -> bool:
        """Whether what looks like a month's abbreviation is a short adjective before a noun that is counted."""
        last = self.pieces[point.after - 1]
        counted = self.reader.near(point.after) and self.words.measures.match(self.pieces, point.after) is not None
        return counted and last.kind == "word" and len(last.text) <= 3

    def led(self, i: int) -> bool:
        return i > 0 and not self.pieces[i].far and self.words.leads.before(self.pieces, i) is not None

    def tells_when(self, i: int) -> bool:
        """Whether a month by itself says when something was: in March, or in a case that is not the name's own."""
        piece, names = self.pieces[i], self.words.month_names
        if any(name.startswith(piece.key) and name != piece.key for name in names):
            # Abbreviated, as beside a day or a year only.
            return False
        return self.led(i) or (len(piece.text) >= 5 and piece.key not in names)

    def is_code(self, i: int) -> bool:
        """Whether figures at piece `i` are the number of a document: after a word for "number" or a bracketed code."""
        if i == 0 or self.pieces[i].far:
            return False
        if self.words.labels.before(self.pieces, i) is not None or self.pieces[i - 1].text in OPENERS:
            return True
        return i > 1 and self.pieces[i - 1].text == ")" and self.pieces[i - 2].text.isupper()

    def is_issue(self, i: int) -> bool:
        """Whether `4/2019` after a capitalised noun is the number of that thing (minutes, an issue) and not a month."""
        if i == 0 or self.pieces[i].line or self.pieces[i].far or self.pieces[i - 1].kind != "word":
            return False
        return self.pieces[i - 1].text[0].isupper() and self.words.neutral.before(self.pieces, i) is None

    def short_date_is_plausible(self, point: Point) -> bool:
        """Whether day and month in figures without a year are led or followed by what makes them a date."""
        if self.timed(point.after):
            return True
        figures = self.pieces[point.first : point.after]
        spaced = any(not p.glued for p in figures[1:])
        padded = any(p.kind == "digits" and p.text.startswith("0") for p in figures)
        if not (spaced or padded or len(figures[0].text) == 2):
            return False
        return (padded and figures[-1].text == ".") or self.led(point.first)

    def timed(self, i: int) -> bool:
        """Whether a clock time follows at piece `i`."""
        i = self.reader.skip(i, ",")
        if not self.reader.near(i):
            return False
        if (
            self.reader.text(i + 1) == ":"
            and self.reader.number(i) is not None
            and self.reader.number(i + 2) is not None
        ):
            return True
        return self.words.times.match(self.pieces, i) is not None

    def year_is_plausible(self, low: Point, high: Point, pair: bool) -> bool:
        i, after = low.first, high.after
        if self.is_code(i):
            return False
        if self.reader.near(after):
            mark = self.reader.text(after)
            if mark in OPENERS or self.words.quantities.match(self.pieces, after) is not None:
                return False
            if mark == "/" and self.reader.glued(after) and self.reader.glued(after + 1) and not pair:
                return False
        if pair:
            return True
        if self.reader.near(after) and self.words.programmes.match(self.pieces, after) is not None:
            return False
        before = self.pieces[i - 1] if i and not self.pieces[i].far else None
        led = before is not None and self.words.neutral.before(self.pieces, i) is not None
        counted = self.reader.near(after) and self.words.measures.match(self.pieces, after) is not None
        if counted and self.pieces[after].line and (before is None or before.kind == "mark"):
            counted = False
        if counted and after == i + 1 and not (led and 1980 <= (low.year or 0) <= 2040):
            return False
        if after > i + 1 or led or before is None:
            return True
        if before.kind == "digits":
            return False
        if before.kind != "word" or self.words.events.before(self.pieces, i) is not None:
            return True
        if self.pieces[i].line and not before.text.islower():
            return True
        if before.text[0].isupper():
            opening = i < 2 or before.far or before.line or self.pieces[i - 2].text in _SENTENCE_MARKS
            return opening and len(before.text) <= 3 and (not before.text.isupper() or len(before.text) == 1)
        return self.words.programmes.before(self.pieces, i) is None
