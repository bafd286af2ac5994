"""Clock times in text (`9:30-13:00`, `14 h 00`, `10 am to 1 pm`), each with its time zone if the text gives one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.extract.dates.atom import DateAtom
from pipeline.extract.dates.find import find_dates
from pipeline.extract.words.pieces import DASHES, Phrases, Pieces, cut, is_digits
from pipeline.languages import Pack


@dataclass(frozen=True, slots=True)
class TimeAtom:
    """A time or span of time at `text[start:end]`. Times are `HH:MM`; `timezone` as the pack names it or as written."""

    start: int
    end: int
    start_time: str
    end_time: str | None = None
    timezone: str | None = None


class _Words:
    """Words around clock times. Prepositions and the like are weak: they make no time of a bare figure.

    An entry with a value counts hours: `pm=12` adds twelve, `am=0` nothing.
    """

    def __init__(self, pack: Pack) -> None:
        weak = {
            entry
            for path in (
                ("dates", "between"),
                ("dates", "since"),
                ("dates", "until"),
                ("dates", "range"),
                ("dates", "inner"),
                ("dates", "on"),
                ("grammar", "place_prepositions"),
                ("grammar", "programme_prepositions"),
                ("grammar", "articles"),
            )
            for entry in pack.words(*path)
        }
        strong, halves = [], []
        for entry in pack.words("dates", "time"):
            word, _, value = entry.partition("=")
            if value.strip():
                halves.append((word, int(value)))
            elif word not in weak:
                strong.append((word, True))
        self.strong: Phrases[bool] = Phrases(strong)
        self.halves: Phrases[int] = Phrases(halves)
        self.range: Phrases[bool] = Phrases((w, True) for w in pack.words("dates", "range"))
        self.joint: Phrases[bool] = Phrases((w, True) for w in pack.words("grammar", "and"))
        self.between: Phrases[bool] = Phrases((w, True) for w in pack.words("dates", "between"))
        self.small: Phrases[bool] = Phrases((w, True) for w in weak | {w for w, _ in strong})
        self.timezones: Phrases[str | None] = Phrases(
            (w.partition("=")[0], w.partition("=")[2].strip() or None) for w in pack.words("dates", "timezones")
        )
        self.quantities: Phrases[bool] = Phrases(
            (w.partition("=")[0], True) for key in ("scales", "euro") for w in pack.words("numbers", key)
        )
        self.measures: Phrases[bool] = Phrases(
            (w, True) for entries in pack.table("measures").values() for w in entries
        )


@lru_cache(maxsize=64)
def _words(pack: Pack) -> _Words:
    return _Words(pack)


@dataclass(slots=True)
class _Clock:
    """One time as read: pieces `[first, after)`; `shape` is how sure its form makes it, from 0 to 2."""

    first: int
    after: int
    hour: int
    minute: int
    shape: int
    half: int | None = None

    @property
    def minutes(self) -> int:
        return self.hour * 60 + self.minute

    @property
    def written(self) -> str:
        return f"{self.hour:02d}:{self.minute:02d}"


def find_times(
    text: str,
    pack: Pack,
    start: int = 0,
    end: int | None = None,
    *,
    dates: Sequence[DateAtom] | None = None,
) -> list[TimeAtom]:
    """The clock times in `text[start:end]` in order. `dates` are left alone; they are looked for if not given."""
    pieces = cut(text, start, end)
    places = pieces.places(is_digits)
    if not places:
        return []
    dates = find_dates(text, pack, start, end) if dates is None else dates
    taken = sorted((a.start, a.end) for a in dates)
    finder = _Finder(pieces, _words(pack))
    found: list[TimeAtom] = []
    after = d = 0
    for i in places:
        while d < len(taken) and taken[d][1] <= pieces[i].start:
            d += 1
        inside = d < len(taken) and taken[d][0] <= pieces[i].start
        read = None if inside or i < after else finder.time(i, text)
        if read is not None:
            found.append(read[0])
            after = read[1]
    return found


class _Finder:
    def __init__(self, pieces: Pieces, words: _Words) -> None:
        self.pieces = pieces
        self.text, self.glued, self.near = pieces.text, pieces.is_glued, pieces.is_near
        self.words = words
        self.size = len(pieces)

    def number(self, i: int) -> int | None:
        text = self.text(i)
        return int(text) if 0 < len(text) <= 2 and is_digits(text) else None

    def time(self, i: int, text: str) -> tuple[TimeAtom, int] | None:
        """The time or span of time that begins at piece `i`, and the piece after it."""
        one = self.clock(i)
        if one is None or not self.begins(i):
            return None
        before = self.words.strong.before(self.pieces, i) is not None if i and self.near(i) else False
        two = self.second(one)
        last = two or one
        sure = before or one.shape == 2 or last.shape == 2
        if not sure and one.shape == 1 and two is not None and two.shape == 1:
            sure = not self.is_quantity(last.after)
        if not sure or (last.shape == 0 and (not before or self.is_counted(last.after))):
            return None
        self.settle(one, two)
        if two is not None and two.minutes <= one.minutes and (one.hour < 16 or two.hour > 8):
            return None
        zone, after = self.zone(last.after, text)
        atom = TimeAtom(
            self.pieces[i].start,
            self.pieces[after - 1].end if zone else self.pieces[last.after - 1].end,
            one.written,
            two.written if two else None,
            zone,
        )
        return atom, after if zone else last.after

    def begins(self, i: int) -> bool:
        if i == 0 or not self.pieces[i].glued:
            return i == 0 or self.text(i - 1) not in ("№", "#", "§")
        before = self.pieces[i - 1]
        if before.kind == "mark":
            outer = self.pieces[i - 2] if i > 1 and before.glued else None
            return before.text not in "+:/#№€$_=" and (outer is None or outer.kind != "digits" or before.text in "(,;")
        return before.kind == "word" and self.words.strong.before(self.pieces, i) is not None

    def clock(self, i: int) -> _Clock | None:
        """One time at piece `i`: `14:00` is sure, `14.00` less so, a bare `14` only with a word beside it."""
        hour = self.number(i)
        if hour is None or hour > 24:
            return None
        minute, after, shape = 0, i + 1, 0
        mark = self.text(i + 1)
        if mark in (":", ".") and self.glued(i + 1) and self.glued(i + 2) and len(self.text(i + 2)) == 2:
            value = self.number(i + 2)
            if value is None or value > 59 or (hour == 24 and value):
                return None
            minute, after, shape = value, i + 3, 2 if mark == ":" else 1
            longer = self.text(after) in (":", ".", "/", ",") and self.glued(after) and self.glued(after + 1)
            if longer and self.number(after + 1) is not None:
                return None
        return self.unit(_Clock(i, after, hour, minute, shape))

    def unit(self, clock: _Clock) -> _Clock | None:
        """The time with a word for hours or a half of the day after it, and minutes after that (`14 h 30`)."""
        k = clock.after
        if not self.near(k):
            return clock
        if self.text(k) in DASHES and self.glued(k) and self.glued(k + 1) and self.pieces[k + 1].kind == "word":
            k += 1
        if self.words.timezones.match(self.pieces, k) is not None:
            return clock
        if self.text(k) == "." and self.glued(k) and self.near(k + 1) and self.words.strong.match(self.pieces, k + 1):
            k += 1
        unit = self.words.strong.match(self.pieces, k)
        if unit is not None and self.pieces[k].kind == "word":
            minute = self.number(unit[1]) if self.near(unit[1]) and len(self.text(unit[1])) == 2 else None
            single = len(self.text(k)) == 1
            if minute is not None and minute <= 59 and clock.shape == 0 and single:
                return _Clock(clock.first, unit[1] + 1, clock.hour, minute, 2)
            if self.number(unit[1]) is None or self.glued(k) or clock.shape:
                clock = _Clock(clock.first, unit[1], clock.hour, clock.minute, 2)
                k = clock.after
        elif self.glued(k) and self.pieces[k].kind == "word" and self.words.halves.match(self.pieces, k) is None:
            return None
        half = self.words.halves.match(self.pieces, k) if self.near(k) else None
        if half is not None and 1 <= clock.hour <= 12:
            return _Clock(clock.first, half[1], clock.hour, clock.minute, 2, half[0])
        return clock

    def second(self, one: _Clock) -> _Clock | None:
        """The end of a span of time that begins with `one`."""
        k = one.after
        if not self.near(k):
            return None
        vague = False
        if self.text(k) in DASHES:
            k += 1
        else:
            span = self.words.range.match(self.pieces, k)
            joint = self.words.joint.match(self.pieces, k)
            if joint is not None:
                span = span or joint if self.between(one.first, joint[1]) else None
            elif span is None:
                # A preposition joins two times if both are sure to be times ("das 9h às 13h").
                span, vague = self.words.small.match(self.pieces, k), True
            if span is None:
                return None
            k = span[1]
        small = self.words.small.match(self.pieces, k) if self.near(k) else None
        if small is not None:
            k = small[1]
        two = self.clock(k) if self.near(k) else None
        if (
            two is None
            or (vague and one.shape + two.shape < 4)
            or ((two.shape == 1) != (one.shape == 1) and one.shape + two.shape == 1)
        ):
            return None
        return two

    def between(self, first: int, second: int) -> bool:
        """Whether a word for "between" leads or follows two times that a word for "and" joins."""
        if self.words.between.before(self.pieces, first) is not None:
            return True
        two = self.clock(second) if self.near(second) else None
        return two is not None and self.near(two.after) and self.words.between.match(self.pieces, two.after) is not None

    def settle(self, one: _Clock, two: _Clock | None) -> None:
        """Turn hours of a half day into those of the day; a first time without a half takes that of the second."""
        if two is not None and one.half is None and two.half is not None and one.hour <= 12:
            one.half = two.half if one.hour % 12 <= two.hour % 12 else 0
        for clock in (one, two):
            if clock is not None and clock.half is not None:
                clock.hour = clock.hour % 12 + clock.half

    def is_quantity(self, k: int) -> bool:
        return self.near(k) and (self.text(k) == "%" or self.words.quantities.match(self.pieces, k) is not None)

    def is_counted(self, k: int) -> bool:
        """Whether a noun that is counted follows a bare figure, with one word between at most."""
        return any(self.near(n) and self.words.measures.match(self.pieces, n) is not None for n in (k, k + 1))

    def zone(self, k: int, text: str) -> tuple[str | None, int]:
        """The time zone after a time, in brackets or not; the piece after it."""
        bracket = self.near(k) and self.text(k) == "("
        if bracket or (self.near(k) and self.text(k) == ","):
            k += 1
        found = self.words.timezones.match(self.pieces, k) if self.near(k) else None
        if found is None:
            return None, k
        value, after = found
        zone = value or text[self.pieces[k].start : self.pieces[after - 1].end]
        return zone, after + 1 if bracket and self.text(after) == ")" else after
