"""Figures: numbers of things that a pack has a measure for, and sums of money."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.extract.dates.atom import DateAtom
from pipeline.extract.dates.find import find_dates
from pipeline.extract.dates.times import TimeAtom, find_times
from pipeline.extract.numbers.find import NumberAtom, Qualifier, Unit, find_numbers
from pipeline.extract.words.pieces import DASHES, JOINTS, Phrases, Pieces, cut
from pipeline.languages import Pack

BUDGET = "budget_eur"
# Places that an event has: no more can come.
SEATS = "seats"
_BETWEEN = 3
_EQUALS = frozenset(":=|") | DASHES


@dataclass(frozen=True, slots=True)
class FigureAtom:
    """A count at `text[start:end]`: number and measure noun, or number and unit. `number` is the number's own span,
    `said_from` where the word that qualifies it begins."""

    start: int
    end: int
    value: float
    qualifier: Qualifier
    measure: str
    unit: Unit | None
    number: tuple[int, int]
    said_from: int | None = None


class _Words:
    """Measures of a pack, and the words that no measure noun follows."""

    def __init__(self, pack: Pack) -> None:
        self.measures: Phrases[str] = Phrases(
            (entry, measure)
            for measure, entries in pack.table("measures").items()
            if measure != BUDGET
            for entry in entries
        )
        # What is listed longest wins over what is listed first, but a phrase in two lists keeps its first measure.
        self.ratio: Phrases[bool] = Phrases((entry, True) for entry in pack.words("numbers", "ratio"))
        self.others: Phrases[bool] = Phrases((entry, True) for entry in pack.words("numbers", "others"))
        self.articles: Phrases[bool] = Phrases((entry, True) for entry in pack.words("grammar", "articles"))
        self.stops: Phrases[bool] = Phrases(
            (entry, True)
            for key in (
                "place_prepositions",
                "programme_prepositions",
                "relatives",
                "contrast",
                "except",
                "among",
                "and",
            )
            for entry in pack.words("grammar", key)
            if "..." not in entry
        )


@lru_cache(maxsize=64)
def _words(pack: Pack) -> _Words:
    return _Words(pack)


def find_figures(
    text: str,
    pack: Pack,
    start: int = 0,
    end: int | None = None,
    *,
    numbers: Sequence[NumberAtom] | None = None,
    dates: Sequence[DateAtom] | None = None,
    times: Sequence[TimeAtom] | None = None,
) -> list[FigureAtom]:
    """The figures in `text[start:end]` in order. Atoms that were found already can be given to save the time."""
    numbers = find_numbers(text, pack, start, end) if numbers is None else numbers
    if not numbers:
        return []
    pieces = cut(text, start, end)
    starts = pieces.starts()
    counted = {n.start for n in numbers}
    words = _words(pack)
    found: list[tuple[FigureAtom, tuple[int, int] | None]] = []
    for number in numbers:
        span = (number.start, number.end)
        if number.ordinal or number.part:
            continue
        if number.unit == "eur":
            sum_ = FigureAtom(*span, number.value, number.qualifier, BUDGET, "eur", span, number.said_from)
            found.append((sum_, None))
        elif number.unit is None and _is_count(number, text) and not (number.words and number.value == 1):
            first, after = bisect_left(starts, number.start), bisect_left(starts, number.end)
            if _is_year(number, pieces, first):
                continue
            label = _label_before(pieces, first, words)
            wraps = label is None and first > 0 and pieces[first - 1].kind == "word"
            noun = _noun_after(pieces, after, words, counted, wraps) or label
            noun = noun or _noun_said(pieces, first, after, words, counted)
            last = found[-1][0] if found else None
            if noun is None and last is not None and number.words and number.start - last.end == 1:
                # Kolmea tukitoimea kahdeksasta: a number right behind a counted noun is of how many.
                noun = last.measure, number.start, number.end
            if noun is not None and not _more(pieces, first, noun, words):
                low, high = min(number.start, noun[1]), max(number.end, noun[2])
                qualifier, measure = number.qualifier, noun[0]
                if measure == SEATS:
                    qualifier, measure = "at_most", "participants"
                said = qualifier, measure, None, span, number.said_from
                found.append((FigureAtom(low, high, number.value, *said), (first, after)))
    if not found:
        return []
    dates = find_dates(text, pack, start, end) if dates is None else dates
    times = find_times(text, pack, start, end, dates=dates) if times is None else times
    taken = [(d.start, d.end) for d in dates] + [(t.start, t.end) for t in times]
    return [
        figure
        for figure, stands in found
        if not any(a < figure.number[1] and figure.number[0] < b for a, b in taken)
        and (stands is None or not _is_telephone(pieces, *stands, taken))
    ]


def _noun_after(pieces: Pieces, i: int, words: _Words, counted: set[int], lines: bool) -> tuple[str, int, int] | None:
    """The measure whose noun stands at piece `i` or behind at most three adjectives, with its span.

    `lines` allows the noun to stand on the next line. "Ten of the partnerships" counts a part and is left out.
    """
    passed = 0
    ratio = words.ratio.match(pieces, i)
    if ratio is not None and words.articles.match(pieces, ratio[1]):
        return None
    while i < len(pieces) and not pieces[i].far and passed <= _BETWEEN:
        piece = pieces[i]
        if piece.line and not lines:
            return None
        found = words.measures.match(pieces, i)
        if found is not None:
            return found[0], piece.start, pieces[found[1] - 1].end
        if piece.text in JOINTS and piece.glued:
            i += 1
            continue
        if piece.text == "(" and passed:
            # Three smart specialisation (S3) platforms.
            close = next((k for k in range(i + 1, min(i + 4, len(pieces))) if pieces[k].text == ")"), None)
            if close is None:
                return None
            i = close + 1
            continue
        if piece.kind != "word" or piece.start in counted or words.stops.match(pieces, i):
            return None
        i, passed = i + 1, passed + 1
    return None


def _noun_said(pieces: Pieces, first: int, after: int, words: _Words, counted: set[int]) -> tuple[str, int, int] | None:
    """The measure of which a clause says that it is this number: the members are by now 23. Nothing counted follows
    the number, and at least one small word stands between (workshop 3 is a name)."""
    ends = after >= len(pieces) or pieces[after].kind == "mark" or pieces[after].line or pieces[after].far
    if not ends or first == 0 or pieces[first].far:
        return None
    for k in range(first - 1, max(-1, first - 2 - _BETWEEN), -1):
        piece = pieces[k]
        if piece.kind != "word" or pieces[k + 1].far or pieces[k + 1].line or piece.start in counted:
            return None
        found = words.measures.match(pieces, k)
        if found is not None and found[1] < first:
            ahead = range(max(0, k - 1 - _BETWEEN), k)
            alone = not any(pieces[i].start in counted for i in ahead)
            return (found[0], piece.start, pieces[found[1] - 1].end) if alone else None
        if words.stops.match(pieces, k) or piece.text[0].isupper():
            return None
    return None


def _more(pieces: Pieces, first: int, noun: tuple[str, int, int], words: _Words) -> bool:
    """Five other partners, the remaining six: not all that there are."""
    beside = range(max(0, first - 1), min(len(pieces), first + _BETWEEN + 4))
    near = [i for i in beside if pieces[i].start <= noun[2] + 1 and (i == first - 1 or not pieces[i].far)]
    return noun[0] != "new_members" and any(words.others.match(pieces, i) for i in near)


def _label_before(pieces: Pieces, i: int, words: _Words) -> tuple[str, int, int] | None:
    """The measure in a label before the number at piece `i` ("Regions involved: 23") with the label's noun's span."""
    if i == 0 or pieces[i].far or pieces[i - 1].text not in _EQUALS:
        return None
    if pieces[i - 1].text in DASHES and pieces[i].glued:
        return None
    k, best = i - 1, None
    for k in range(i - 2, max(-1, i - 13), -1):
        if pieces[k].kind == "digits" or pieces[k + 1].far:
            break
        if pieces[k].kind == "mark" and pieces[k].text not in JOINTS and pieces[k].text not in "()":
            break
        found = words.measures.match(pieces, k)
        if found is not None and found[1] <= i - 1:
            best = (found[0], pieces[k].start, pieces[found[1] - 1].end)
        if pieces[k].line:
            break
    return best


def _is_count(number: NumberAtom, text: str) -> bool:
    """Whether the number can count things: a whole one, and not written with two decimals (a price, a time)."""
    tail = text[max(number.start, number.end - 3) : number.end]
    return number.value.is_integer() and not (tail[:1] in (".", ",") and tail[1:].isdigit())


def _is_year(number: NumberAtom, pieces: Pieces, i: int) -> bool:
    """Whether four figures after a capitalised name are its year (`Horizon 2020 projects`)."""
    if number.words or number.end - number.start != 4 or not 1950 <= number.value <= 2100 or i == 0:
        return False
    before = pieces[i - 1]
    return before.kind == "word" and before.text[0].isupper() and not pieces[i].far and not pieces[i].line


def _is_telephone(pieces: Pieces, first: int, after: int, taken: Sequence[tuple[int, int]]) -> bool:
    """Whether the figures stand in a row of figures that are no date or time, as in a telephone number."""
    for k, next_to_it in ((first - 1, first), (after, after)):
        beside = 0 <= k < len(pieces) and pieces[k].kind == "digits" and not pieces[next_to_it].far
        if beside and not any(a <= pieces[k].start < b for a, b in taken):
            return True
    return False
