"""Lines of a calendar: a day and a name, perhaps a place and who invites. What stands beside the day is an event, with
or without a word that says so."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.extract.dates.atom import DateAtom
from pipeline.extract.events.happenings import Happening
from pipeline.extract.page import Part
from pipeline.extract.reading import Reading
from pipeline.extract.relations.scene import EVENT_RELATIONS
from pipeline.extract.words.lexicon import TITLED, Hit
from pipeline.text.tokens import QUOTES, Token

_MARKS = {",", ".", ";", "–", "—", "-", "(", "|", ":", "·"}
_MOST_WORDS = 9
# How far into a line its day may stand.
_NEAR = 8
# What ends the name of an event that stands before its day; between them a place of so many words at most.
_PARTING = {",", ";", "–", "—", "|", "·", "("}
_PLACE = 3
# A name that nothing else marks has so many words at least.
_TITLE = 2
_BARS = {"|", "·"}
_PARTS = {*_BARS, ",", "–", "—", "(", ")", ":"}
# A heading for events has so many words at most.
_HEADING = 4


@dataclass(frozen=True, slots=True)
class Entry:
    """An event of a calendar: offsets and kind of its name, and its day."""

    start: int
    end: int
    kind: str
    date: DateAtom


def calendar_entry(reading: Reading, listed: bool = False) -> Entry | None:
    """The event that a line is about, if it has the shape of a calendar's line. `listed`: it stands under a heading for
    events."""
    part = reading.part
    plain = part.block.kind == "heading" and not any(t.fold in _BARS for t in part.tokens)
    undated = part.block.kind == "row" and not dated_row(reading)
    if plain or undated or part.block.zone in ("navigation", "contact", "title"):
        return None
    if part.block.kind == "label" and not _days(reading.label_dates):
        return _labelled(reading)
    return _dated(reading) or _named(reading, listed) or _parted(reading, listed)


def said(reading: Reading, entry: Entry, found: list[Happening]) -> bool:
    """Whether an event phrase lies in the name of an entry, or in the same line as a name without a head noun: then
    the phrase tells of the event."""
    tokens = reading.part.tokens
    spans = [(tokens[h.first].start, tokens[h.last].end) for h in found]
    return any((start < entry.end and entry.start < end) or entry.kind == "other" for start, end in spans)


def lists_events(part: Part) -> bool:
    """Whether a heading announces events: it is short and one of its words is a head noun of theirs."""
    short = part.block.kind == "heading" and sum(t.word for t in part.tokens) <= _HEADING
    return short and any(h.tag[:2] == ("head", "event") for h in part.hits)


def dated_row(reading: Reading) -> bool:
    """12.04.2022 | kick-off | Varna | host X: a row whose first cell is a day or month."""
    block = reading.part.block
    if block.kind != "row" or not block.cells or not reading.dates:
        return False
    start, end = block.cells[0]
    date = reading.dates[0]
    return date.precision in ("day", "month") and start <= date.start and date.end <= end and end - date.end <= 1


def _labelled(reading: Reading) -> Entry | None:
    """Midterm review: online, 5 October 2023. The label is the event, its day stands near the start of the value."""
    part = reading.part
    dates = _days(reading.dates)
    if not dates or reading.token_at(dates[0].start) > _NEAR or not part.label_tokens:
        return None
    head = _head(part.label_hits)
    if any(h.tag == ("labels", "date") for h in part.label_hits):
        return None
    said = any(h.tag[0] in ("cue", "labels", "sections", "status") for h in part.label_hits)
    if head is None and (said or not _meets(reading)):
        return None
    return _entry(part.label_tokens, head, dates[0])


def _dated(reading: Reading) -> Entry | None:
    """10 June, Vinkovci: Day of the Oak. 5.12. Open Day, Nitra – invited by X. The day comes first, then the name."""
    part = reading.part
    tokens = part.tokens
    dates = _days(reading.label_dates or reading.dates)
    if not dates or not tokens:
        return None
    at = 0
    if not reading.label_dates:
        if reading.token_at(dates[0].start) > 0:
            return None
        at = reading.token_at(dates[0].end)
    towns = _towns(reading)
    while at < len(tokens) and (not tokens[at].word or at in towns):
        at += 1
    end = next((i for i in range(at, len(tokens)) if tokens[i].fold in _MARKS), len(tokens))
    named = tokens[at:end]
    held = [h for h in part.hits if at <= h.first and h.last < end]
    head = _head(held)
    if any(h.tag[0] in ("cue", "status") for h in held) or _is_name(reading, at, end, None):
        return None
    place = len(named) == 1 and (end == len(tokens) or tokens[end].fold == ".")
    if head is None and (dates[0].precision == "month" or place or not _meets(reading)):
        return None
    return _entry(named, head, dates[0])


def _named(reading: Reading, listed: bool) -> Entry | None:
    """Info hour, Tuesday 7 May, Teams. The name comes first, a day soon behind it, and only places lie between."""
    part = reading.part
    dates = _days(reading.label_dates or reading.dates)
    if not dates or not part.sentences:
        return None
    tokens, hits = part.tokens[: part.sentences[0][1]], part.hits
    if reading.label_dates:
        tokens, hits = part.label_tokens, part.label_hits
    small = {i for h in hits if _beside(h) for i in range(h.first, h.last + 1)} | _before_clocks(tokens)
    day = [i for i, t in enumerate(tokens) if dates[0].start <= t.start < dates[0].end]
    end = next((i for i, t in enumerate(tokens) if t.fold in _PARTING or i in small or i in day), 0)
    if not day or not end or not tokens[0].capital:
        return None
    between = [tokens[i] for i in range(end, day[0]) if i not in small and tokens[i].word]
    after = day[-1] + 1
    parted = after >= len(tokens) or not tokens[after].word or after in small
    held = [h for h in hits if h.first < end]
    head = _head(held)
    if (
        not parted
        or (
            head is None
            and not (listed and dates[0].precision == "day" and _alone(tokens, end, day, small | _towns(reading)))
        )
        or len(between) > _PLACE
        or not all(t.capital for t in between)
        or any(h.tag[0] in ("cue", "status") and (head is None or h.tag[2:] != ("label",)) for h in held)
        or (not reading.label_dates and _is_name(reading, 0, end, head))
    ):
        return None
    return _entry(tokens[:end], head, dates[0])


def _parted(reading: Reading, listed: bool) -> Entry | None:
    """24 April 2024 | online | Optics Live | by X; Skills Day (Pesaro, 18 April): organised by X. Pieces between marks:
    one is the day alone, others are places or say who invites, one is the name."""
    part = reading.part
    dates = _days(reading.label_dates or reading.dates)
    if not dates or not part.sentences:
        return None
    barred = any(t.fold in _BARS for t in part.tokens)
    tokens = part.tokens if barred else part.tokens[: part.sentences[0][1]]
    day = {i for i, t in enumerate(tokens) if dates[0].start <= t.start < dates[0].end and not reading.label_dates}
    towns = _towns(reading)
    small = {i for h in part.hits if _beside(h) for i in range(h.first, h.last + 1)} | _before_clocks(tokens)
    names: list[list[int]] = []
    dated, placed = 0 if reading.label_dates else -1, False
    for number, piece in enumerate(_pieces(tokens, day)):
        words = {i for i in piece if tokens[i].word}
        if words & day:
            if not words <= day | towns | small or number > 2:
                return None
            # Turin, 7 June – a report begins so.
            dated, placed = number, number > 0 and not names and part.block.kind == "paragraph"
        elif words <= towns | small:
            continue
        elif any(h.tag[0] in ("cue", "status") and h.first in words for h in part.hits):
            break
        else:
            names.append(piece)
    if dated < 0 or not names or not (barred or listed or _meets(reading)):
        return None
    heads = [_head([h for h in part.hits if h.first in piece]) or _titled(part, piece) for piece in names]
    spelt = [k for k, piece in enumerate(names) if heads[k] or tokens[piece[0]].fold in QUOTES]
    best = spelt[0] if spelt else 0
    first, last, head = names[best][0], names[best][-1], heads[best]
    if not spelt and (placed or sum(tokens[i].word and tokens[i].text[0].isalpha() for i in names[0]) < _TITLE):
        return None
    if _is_name(reading, first, last + 1, head) or (dates[0].precision == "month" and not (head or listed)):
        return None
    return _entry(tokens[first : last + 1], head, dates[0])


def _titled(part: Part, piece: list[int]) -> str | None:
    """The kind of event by a common word with a capital that opens or ends a title: Open Day, Dan lesa."""
    edges = {i for i in (piece[0], piece[-1]) if part.tokens[i].text[0].isupper()} if len(piece) > 1 else set()
    hits = (h for h in part.hits if h.tag[:2] == ("head", "event") and h.first == h.last)
    return next((h.tag[2] for h in hits if h.first in edges), None)


def _pieces(tokens: list[Token], day: set[int]) -> list[list[int]]:
    """The tokens between marks, none of them inside a date."""
    pieces: list[list[int]] = [[]]
    for i, token in enumerate(tokens):
        if token.fold in _PARTS and not (i - 1 in day and i + 1 in day):
            pieces.append([])
        elif i not in day and token.fold in ".;" and not token.word:
            break
        else:
            pieces[-1].append(i)
    return [piece for piece in pieces if any(tokens[i].word for i in piece)]


def _alone(tokens: list[Token], end: int, day: list[int], small: set[int]) -> bool:
    """Whether a line is a name that no place begins, its day, and what commonly stands beside a day."""
    rest = [t for i, t in enumerate(tokens[end:], end) if t.word and i not in small and i not in day]
    named = 0 not in small and (end > 1 or len(tokens[0].text) > _NEAR)
    return named and all(t.capital or t.text[0].isdigit() for t in rest)


def _towns(reading: Reading) -> set[int]:
    return {i for n in reading.names if n.kind in ("town", "region") for i in range(n.first, n.last + 1)}


def _beside(hit: Hit) -> bool:
    """Words beside the day of an event: how it is held, small words before places, of days and times."""
    return hit.tag[0] in ("mode", "date") or hit.tag == ("word", "place_prepositions")


def _before_clocks(tokens: list[Token]) -> set[int]:
    """Short words before figures: klo 10, um 9.30."""
    return {
        i
        for i, t in enumerate(tokens[:-2])
        if t.text.islower() and len(t.text) < _PLACE + 2 and tokens[i + 1 + (tokens[i + 1].fold == ".")].text.isdigit()
    }


def _is_name(reading: Reading, at: int, end: int, head: str | None) -> bool:
    """Whether what stands there is all the name of something else."""
    return any(
        n.kind and n.kind != "town" and n.first == at and n.last >= end - 1 and not _edition(reading, n.last)
        for n in reading.names
        if head is None
    )


def _edition(reading: Reading, last: int) -> bool:
    """Port Talk 2025: no body has the year in its name."""
    text = reading.part.tokens[last].text
    return len(text) == 4 and text.isdigit()


def _days(dates: list[DateAtom]) -> list[DateAtom]:
    return [d for d in dates[:1] if d.precision in ("day", "month") and d.relation not in ("since", "until")]


def _head(hits: list[Hit]) -> str | None:
    return next((h.tag[2] for h in hits if h.tag[:2] == ("head", "event") and h.value != TITLED), None)


def _meets(reading: Reading) -> bool:
    """Whether the line says where or with whom: a town, online, organised by."""
    return any(
        h.tag[0] == "mode" or (h.tag[0] == "cue" and h.tag[1] in EVENT_RELATIONS) for h in reading.part.hits
    ) or any(n.kind == "town" for n in reading.names)


def _entry(tokens: list[Token], head: str | None, date: DateAtom) -> Entry | None:
    words = [t for t in tokens if t.word]
    while tokens and (tokens[0].fold in QUOTES or not tokens[0].word):
        tokens = tokens[1:]
    while tokens and not tokens[-1].word and tokens[-1].fold not in "?!":
        tokens = tokens[:-1]
    if not words or len(words) > _MOST_WORDS or not (words[0].capital or head):
        return None
    return Entry(tokens[0].start, tokens[-1].end, head or "other", date)


def bare(reading: Reading, date: DateAtom) -> bool:
    """Whether a line holds a day and nothing else."""
    outside = [t for t in reading.part.tokens if t.word and not date.start <= t.start < date.end]
    return not outside and date.precision == "day"


def placed(text: str, reading: Reading, date: DateAtom, b: int) -> bool:
    """Whether the first sentence of a line ends at `b` and holds a day and a place alone: 12 June, Turin. Open day."""
    part = reading.part
    towns = _towns(reading)
    rest = [
        i
        for i in range(b)
        if part.tokens[i].word
        and i not in towns
        and not (part.tokens[i].capital and i >= b - _PLACE and i)
        and not date.start <= part.tokens[i].start < date.end
        and not part.is_of(i, "mode", "date")
        and not part.is_word(i, "place_prepositions")
    ]
    leads = all(part.tokens[i].start >= date.start for i in towns if i < b)
    marker = text[text.rfind("\n", 0, part.block.start) + 1 : part.block.start]
    if any(c.isdigit() for c in marker):
        # What looks like the number of an item may be the day.
        return False
    return leads and not rest and b < len(part.tokens) and date.precision in ("day", "month")
