"""Dates in text: points joined to ranges, bare years weighed, and what stands around a date.

A date says no more than the text: without a year it is `XXXX-10-04`, and only `resolve_year` and `resolve_relative`,
called with what the document says elsewhere, fill that in and mark it with `?`.
"""

from __future__ import annotations

import datetime
from dataclasses import replace

from pipeline.extract.dates.atom import DateAtom
from pipeline.extract.dates.checks import OPENERS, Checks
from pipeline.extract.dates.points import Point
from pipeline.extract.dates.words import date_words
from pipeline.extract.words.pieces import DASHES, cut
from pipeline.languages import Pack


def find_dates(text: str, pack: Pack, start: int = 0, end: int | None = None) -> list[DateAtom]:
    """The dates in `text[start:end]`, in order and free of overlaps; offsets count from the beginning of `text`."""
    pieces = cut(text, start, end)
    words = date_words(pack)
    finder = _Finder(pieces, words)
    atoms: list[DateAtom] = []
    after = 0
    for i in pieces.places(words.may_begin):
        chain = finder.chain(i) if i >= after and finder.anchors(i) else None
        if chain is None:
            continue
        found = [a for a in (finder.atom(group) for group in finder.groups(chain)) if a is not None]
        for atom in found:
            whole = _as_range(atoms[-1], atom, text) if atoms else None
            atoms[len(atoms) - (whole is not None) :] = [whole or atom]
        after = chain[-1].after if found else after
    return atoms


def _as_range(low: DateAtom, high: DateAtom, text: str) -> DateAtom | None:
    """The range of two dates side by side of which endings or words after them say "from" and "until"."""
    if low.relation != "since" or high.relation != "until" or low.ends or high.ends or low.has_year != high.has_year:
        return None
    if text[low.end : high.start].strip(" \t,-–") or low.starts[:4] > high.starts[:4]:
        return None
    return replace(low, end=high.end, ends=high.starts, kind="range", relation=None)


class _Finder(Checks):
    """Finds points, joins them and reads what stands around them."""

    def anchors(self, i: int) -> bool:
        """Whether a date may begin at piece `i`: figures that are no part of a longer code, or a word of dates."""
        piece = self.pieces[i]
        if piece.kind != "digits":
            return self.words.may_begin(piece.text)
        before = self.pieces[i - 1] if i else None
        if before is None or not piece.glued:
            return before is None or before.text not in OPENERS
        if before.kind == "digits" or before.kind == "address" or before.text in OPENERS:
            return False
        if before.kind == "word":
            return self.words.parts.starts(before.key)
        outer = self.pieces[i - 2] if i > 1 and before.glued else None
        if outer is None or outer.kind == "mark":
            return True
        if before.text in DASHES:
            return outer.kind == "word" and (outer.text.islower() or (len(outer.text) <= 4 and outer.text.istitle()))
        return before.text in "'’" and outer.kind == "word"

    def chain(self, i: int) -> list[Point] | None:
        """The points that hang together from piece `i` on, each with how it is joined to the one before."""
        points = self.reader.points(i)
        if not points:
            return None
        for _ in range(6):
            last = points[-1]
            short = self.short_year(last)
            if short is not None:
                points.append(short)
                break
            join = self.reader.separator(last.after)
            if join is None or not self.reader.near(join[0]) or not self.anchors_after(join[0]):
                break
            more = self.reader.points(join[0])
            if not more or not _fits(last, more[0], join[1]):
                break
            points += [more[0]._replace(joined=join[1]), *more[1:]]
        return _fill_years(points)

    def anchors_after(self, i: int) -> bool:
        piece = self.pieces[i]
        return piece.kind == "digits" or self.anchors(i)

    def short_year(self, last: Point) -> Point | None:
        """The second year of `2021–27` or `2018/19`."""
        k, reader = last.after, self.reader
        if last.precision != "year" or last.year is None or not reader.glued(k) or not reader.glued(k + 1):
            return None
        value = reader.number(k + 1)
        if value is None or len(reader.text(k + 1)) != 2 or (reader.glued(k + 2) and self.pieces[k + 2].kind != "mark"):
            return None
        if reader.glued(k + 2) and reader.glued(k + 3) and self.pieces[k + 3].kind == "digits":
            return None
        century, mark = last.year - last.year % 100, reader.text(k)
        if value > last.year % 100 and (mark in DASHES or (mark == "/" and value == last.year % 100 + 1)):
            return Point(k + 1, k + 2, century + value, joined="range")
        return None

    def groups(self, chain: list[Point]) -> list[list[Point]]:
        """The chain cut into single points and pairs that are the two ends of a range."""
        between = self.words.between.before(self.pieces, chain[0].first) is not None or (
            self.reader.near(chain[-1].after) and self.words.between.match(self.pieces, chain[-1].after) is not None
        )
        groups: list[list[Point]] = [[chain[0]]]
        for point in chain[1:]:
            last = groups[-1]
            apart = _days_apart(last[-1], point)
            if point.joined == "range" and len(last) == 1 and _ordered(last[0], point):
                last.append(point)
            elif point.joined in ("and", "comma", "slash") and (
                apart == 1 or (point.precision == "year" and point.joined == "slash")
            ):
                groups[-1] = [last[0], point]
            elif point.joined == "and" and between and len(chain) == 2 and _ordered(last[0], point):
                last.append(point)
            else:
                groups.append([point])
        return groups

    def atom(self, group: list[Point]) -> DateAtom | None:
        """The atom of one point or two, None if it is not plausible as a date."""
        low, high = group[0], group[-1]
        relative = self.relative(low.first, high.after) if low.year is None else None
        weekday, first = self.weekday(low.first, high.after) if low.day is not None else (None, low.first)
        if not self.plausible(low, high, weekday is not None, relative is not None):
            return None
        single = low is high
        return DateAtom(
            self.pieces[first].start,
            self.pieces[high.after - 1].end,
            low.edtf,
            None if single else high.edtf,
            weekday,
            low.precision,
            low.year is not None,
            "date" if single else "range",
            self.relation(first, high.after) if single else None,
            relative,
        )

    def back(self, i: int, marks: str = ",.(") -> list[int]:
        """The pieces right before which a word that belongs to the date at `i` may end, nearest first."""
        places = [i]
        for _ in range(2):
            k = places[-1]
            if k > 0 and not self.pieces[k].far:
                found = self.words.inner.before(self.pieces, k)
                if found is not None:
                    places.append(found[1])
                elif self.pieces[k - 1].text in marks:
                    places.append(k - 1)
                else:
                    break
        return places

    def weekday(self, first: int, after: int) -> tuple[int | None, int]:
        """The weekday before or after a date, and the first piece of the date with it."""
        for k in self.back(first):
            if k > 0 and not self.pieces[k].far:
                found = self.words.weekdays.before(self.pieces, k)
                if found is not None:
                    return found
        k = after
        if self.reader.near(k) and self.reader.text(k) in {",", "(", "–", "-"}:
            k += 1
        behind = self.words.weekdays.match(self.pieces, k) if self.reader.near(k) else None
        return (behind[0], first) if behind else (None, first)

    def relation(self, first: int, after: int) -> str | None:
        """ "since" or "until" where the pack has such a word before the date, glued to it, or after it."""
        places = self.back(first, "")
        early = self.words.year_words.before(self.pieces, places[-1])
        for k in [*places, *(self.back(early[1], "") if early else ())]:
            if k == 0 or self.pieces[k].far:
                break
            hits = [
                (found[1], name)
                for name, words in (("since", self.words.since), ("until", self.words.until))
                if (found := words.before(self.pieces, k)) is not None and not self.is_ending(found[1])
            ]
            if hits:
                return min(hits)[1]
        last = max(after - 1, first)
        for name, near, far in (
            ("since", self.words.since, self.words.since_after),
            ("until", self.words.until, self.words.until_after),
        ):
            if self.reader.near(after) and far.match(self.pieces, after):
                return name
            ending = self.pieces[last]
            own = ending.glued or self.words.year_endings.match(self.pieces, last) is not None
            if own and ending.kind == "word" and near.match(self.pieces, last):
                return name
            if self.reader.glued(after) and self.reader.text(after) in DASHES and near.match(self.pieces, after + 1):
                return name
        return None

    def is_ending(self, i: int) -> bool:
        """Whether the word at piece `i` hangs on figures before it with a hyphen."""
        return i > 1 and self.pieces[i].glued and self.pieces[i - 1].text in DASHES and self.pieces[i - 1].glued

    def relative(self, first: int, after: int) -> str | None:
        """Which year is meant where the text says "this year" beside the date."""
        k = after + 1 if self.reader.near(after) and self.reader.text(after) in {",", "("} else after
        behind = self.words.relative.match(self.pieces, k) if self.reader.near(k) else None
        if behind is not None:
            return behind[0]
        for place in self.back(first, ","):
            found = self.words.relative.before(self.pieces, place) if place > 0 else None
            if found is not None:
                return found[0]
            lead = self.words.leads.before(self.pieces, place) if place > 0 else None
            found = self.words.relative.before(self.pieces, lead[1]) if lead else None
            if found is not None:
                return found[0]
        return None


def _fits(last: Point, more: Point, join: str) -> bool:
    """Whether two points can stand in one enumeration or range."""
    a, b = last.precision, more.precision
    if a == b == "day":
        return join != "comma" or last.year is None
    if a == b == "month" and last.year is None:
        return True
    if join == "comma":
        return False
    if a == b == "month":
        return more.year is not None or (last.year is not None and join == "range")
    if a == b == "year" and join == "slash":
        return more.year == (last.year or 0) + 1
    if a == b:
        return more.year is not None
    mixed = {a, b} in ({"day", "month"}, {"month", "year"})
    return mixed and join == "range" and last.year is not None and more.year is not None


def _fill_years(points: list[Point]) -> list[Point]:
    """Give points without a year that of their neighbour: of the next one, else of the one before."""
    out = list(points)
    for n in range(len(out) - 2, -1, -1):
        following = out[n + 1]
        if out[n].year is None and following.year is not None:
            later = (out[n].month or 0, out[n].day or 0) > (following.month or 0, following.day or 0)
            out[n] = out[n]._replace(
                year=following.year - 1 if later and following.joined == "range" else following.year
            )
    for n in range(1, len(out)):
        before = out[n - 1]
        if out[n].year is None and before.year is not None and out[n].joined:
            earlier = (out[n].month or 0, out[n].day or 0) < (before.month or 0, before.day or 0)
            out[n] = out[n]._replace(year=before.year + 1 if earlier and out[n].joined == "range" else before.year)
    return out


def _ordered(low: Point, high: Point) -> bool:
    """Whether `low` lies before `high`; a range without years may run over New Year."""
    if low.precision in ("season", "quarter", "half"):
        return low.precision == high.precision and (low.year or 0, low.part or 0) < (high.year or 0, high.part or 0)
    if low.year is None and high.year is None:
        return low.order != high.order
    depth = 1 + (low.month is not None and high.month is not None) + (low.day is not None and high.day is not None)
    return low.order[:depth] < high.order[:depth]


def _days_apart(low: Point, high: Point) -> int | None:
    if low.day is None or high.day is None or low.month is None or high.month is None:
        return None
    try:
        dates = [datetime.date(p.year or 2001, p.month or 1, p.day or 1) for p in (low, high)]
    except ValueError:
        return None
    return (dates[1] - dates[0]).days
