"""Days told by how far they are from the day on which a text was written: yesterday, on Tuesday."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from pipeline.extract.dates.atom import DateAtom
from pipeline.extract.dates.words import DateWords, date_words
from pipeline.extract.reading import Reading
from pipeline.extract.words.pieces import Pieces, cut
from pipeline.languages import Pack

# Parts from the top and from the end in which a text says when and where it was written.
_TOP, _END = 4, 2
# The town before the day, and little behind it.
_FEW = 3
_CLOSING = {".", "–", "—", "-", ":", "|", ")"}
# Shorter names of weekdays are abbreviations, which stand beside a date.
_SHORTEST = 5


def find_days(
    text: str, pack: Pack, start: int, end: int, written: datetime.date, held: Sequence[DateAtom]
) -> list[DateAtom]:
    """The days in `text[start:end]` that are told from `written`; dates that were found before are `held`.

    A weekday by itself is the last one: news tell what was.
    """
    words = date_words(pack)
    pieces = cut(text, start, end)
    found: list[DateAtom] = []
    after = 0
    for i in range(len(pieces.texts)):
        match = words.days.match(pieces, i) or _weekday(words, pieces, i, written)
        if match is None or i < after:
            continue
        distance, after = match
        first, last = pieces[i].start, pieces[after - 1].end
        if any(d.start - _FEW <= last and first <= d.end + _FEW for d in held):
            continue
        day = (written + datetime.timedelta(distance)).isoformat()
        found.append(DateAtom(first, last, f"{day}?", inferred=True))
    return found


def _weekday(words: DateWords, pieces: Pieces, i: int, written: datetime.date) -> tuple[int, int] | None:
    """How many days before `written` the last such weekday was, and the piece after it."""
    found = words.weekdays.match(pieces, i) if len(pieces.texts[i]) >= _SHORTEST else None
    return (-((written.weekday() - found[0]) % 7), found[1]) if found else None


def day_of_writing(published: str | None, readings: Sequence[Reading]) -> datetime.date | None:
    """The day on which a text was written: when it was published, else the date with which a line of its top or end
    opens (Milan, 19 December 2018) and that is most of the line, or behind which the text begins."""
    if published:
        return _day(published)
    plain = [r for r in readings if r.part.block.kind != "row"]
    for reading in (*plain[:_TOP], *plain[-_END:]):
        for atom in reading.label_dates + reading.dates:
            told = atom.precision == "day" and atom.has_year and not atom.inferred and not atom.ends
            if told and _heads_line(reading, atom):
                return _day(atom.starts)
    return None


def _heads_line(reading: Reading, atom: DateAtom) -> bool:
    tokens = reading.part.tokens
    before = [t for t in tokens if t.word and t.end <= atom.start]
    behind = [t for t in tokens if t.start >= atom.end]
    opens = len(before) <= _FEW and all(t.capital for t in before)
    return opens and (sum(t.word for t in behind) <= _FEW or behind[0].fold in _CLOSING)


def _day(edtf: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(edtf)
    except ValueError:
        return None
