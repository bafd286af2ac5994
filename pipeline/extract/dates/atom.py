"""A date as found, and years that the text does not give beside it."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal


@dataclass(frozen=True, slots=True)
class DateAtom:
    """A date or range at `text[start:end]`. `starts` and `ends` are EDTF; `ends` is None where there is one point only.

    `weekday` counts from Monday, 0. `relation` is "since" or "until" where such a word leads or follows; `relative`
    is "this_year", "last_year" or "next_year" where the text says so instead of giving the year.
    """

    start: int
    end: int
    starts: str
    ends: str | None = None
    weekday: int | None = None
    precision: str = "day"
    has_year: bool = True
    kind: Literal["date", "range"] = "date"
    relation: str | None = None
    relative: str | None = None
    inferred: bool = False


def resolve_year(atom: DateAtom, candidates: Sequence[int]) -> DateAtom | None:
    """The atom with a year taken from `candidates`, marked `?`: the first whose weekday fits, or the only candidate.

    None where the atom has a year already, no candidate fits, or several are possible and no weekday decides.
    """
    if atom.has_year:
        return None
    fitting = list(dict.fromkeys(y for y in candidates if _exists(atom.starts, y)))
    if atom.weekday is not None:
        fitting = [y for y in fitting if datetime.date(y, *_month_and_day(atom.starts)).weekday() == atom.weekday][:1]
    return with_year(atom, fitting[0]) if len(fitting) == 1 else None


def resolve_relative(atom: DateAtom, document_year: int) -> DateAtom | None:
    """The atom with the year that "this year", "last year" or "next year" means in a document of `document_year`."""
    shift = {"this_year": 0, "last_year": -1, "next_year": 1}.get(atom.relative or "")
    return None if atom.has_year or shift is None else with_year(atom, document_year + shift)


def with_year(atom: DateAtom, year: int) -> DateAtom:
    """The atom with an inferred year; a range that runs over New Year ends in the next."""
    ends = atom.ends
    if ends is not None:
        ends = ends.replace("XXXX", str(year + 1 if ends < atom.starts else year)) + "?"
    starts = atom.starts.replace("XXXX", str(year)) + "?"
    return replace(atom, starts=starts, ends=ends, has_year=True, inferred=True)


def nearest_year(atom: DateAtom, written: str) -> int:
    """The year that puts a day or month nearest to the time of writing (EDTF); its year where only that is known."""
    year = int(written[:4])
    if len(written) < 7 or not written[5:7].isdigit() or not 1 <= int(written[5:7]) <= 12:
        return year
    month = atom.starts[5:7]
    if not month.isdigit() or not 1 <= int(month) <= 12:
        return year
    ahead = int(month) - int(written[5:7])
    # Beyond the turn of a year; else what is told with a date is mostly of the year of telling.
    return year + 1 if ahead < -9 else year - 1 if ahead > 9 else year


def candidate_years(atoms: Iterable[DateAtom]) -> list[int]:
    """The years that a document's dates name, most frequent first and later first among equals."""
    counts = Counter(int(value[:4]) for a in atoms if a.has_year for value in (a.starts, a.ends) if value)
    return sorted(counts, key=lambda year: (-counts[year], -year))


def _month_and_day(edtf: str) -> tuple[int, int]:
    return int(edtf[5:7]), int(edtf[8:10])


def _exists(edtf: str, year: int) -> bool:
    if len(edtf) < 10:
        return True
    try:
        datetime.date(year, *_month_and_day(edtf))
    except ValueError:
        return False
    return True
