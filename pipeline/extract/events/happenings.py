"""Event phrases: a head noun (conference, workshop) with the words that belong to its name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.extract.dates.atom import DateAtom
from pipeline.extract.names.part import Name
from pipeline.extract.page import Page, Part
from pipeline.extract.reading import Reading
from pipeline.extract.relations.scene import EVENT_RELATIONS
from pipeline.extract.words.lexicon import TAIL, TITLED, Hit
from pipeline.text.tokens import QUOTES

# Meeting 3/2021 is the third of that year.
_NUMBER = re.compile(r"\d{1,2}/(19|20)\d\d")
# A line that names no event speaks of one that begins after so many words at most.
_OPENING = 5


@dataclass(slots=True)
class Happening:
    """The phrase of an event at tokens `[first, last]` of a part; `entity` is -1 until it counts as an event."""

    part: Part
    first: int
    last: int
    kind: str
    head: str
    named: bool
    ordinal: str | None
    entity: int = -1
    date: DateAtom | None = None


def happenings(page: Page, reading: Reading) -> list[Happening]:
    """Event phrases of a part, longest head first, none overlapping."""
    part = reading.part
    held = {i: n for n in reading.names for i in range(n.first, n.last + 1) if n.kind}
    out: list[Happening] = []
    taken: set[int] = set()
    hits = [h for h in part.hits if h.tag[:2] == ("head", "event")]
    for hit in sorted(hits, key=lambda h: (h.first - h.last, h.first)):
        if taken & set(range(hit.first, hit.last + 1)):
            continue
        if hit.first in reading.people:
            continue
        if any(d.start <= part.tokens[hit.first].start < d.end for d in reading.dates):
            # Thursday is no day of an event's own.
            continue
        if hit.value == TAIL and part.is_word(hit.first, "day_parts"):
            continue
        if (hit.value == TITLED and not _titled(part, hit)) or _of_other(part, hit, held):
            continue
        owner = held.get(hit.first)
        if owner is not None and owner.kind in ("organisation", "programme", "region"):
            continue
        first, ordinal = _left(part, hit.first, held, page.lexicon.openers)
        if _acts(part, first, hit):
            continue
        last = _right(part, hit.last, held)
        number = _numbered(part, last)
        if number and ordinal is None:
            last, ordinal = last + 3, number
        else:
            last = _before_day(reading, hit.last, last)
        first, last = _beside_people(reading, hit, first, last)
        if taken & set(range(first, last + 1)):
            continue
        taken |= set(range(first, last + 1))
        words = part.tokens[first : last + 1]
        proper = [
            i
            for i in range(first, last + 1)
            if part.tokens[i].word
            and part.tokens[i].text[0].isupper()
            and not hit.first <= i <= hit.last
            and len(part.tokens[i].text) > 1
            and not part.starts_sentence(i)
        ]
        named = (
            any(i in held for i in range(first, last + 1))
            or len(proper) >= (2 if page.dense else 1)
            or any(t.fold in QUOTES for t in words)
        )
        compound = (
            hit.value == TAIL
            and part.tokens[hit.first].text[0].isupper()
            and (not page.dense or part.tokens[hit.first].glue == "-")
            and not part.starts_sentence(hit.first)
        )
        named = (
            named
            or compound
            or (
                part.tokens[hit.first].glue == "-"
                and part.tokens[hit.first - 1].capital
                and not part.is_word(hit.first - 1, "articles", "elisions")
            )
        )
        out.append(Happening(part, first, last, hit.tag[2], part.tokens[hit.last].fold[:5], named, ordinal))
    return sorted(out, key=lambda h: h.first)


def _beside_people(reading: Reading, hit: Hit, first: int, last: int) -> tuple[int, int]:
    """The phrase without the people beside its head, and without the small words that led to them."""
    before = [i for i in reading.people if first <= i < hit.first]
    behind = [i for i in reading.people if hit.last < i <= last]
    first = max(before) + 1 if before else first
    if behind:
        last = min(behind) - 1
        while last > hit.last and reading.part.is_word(
            last, "linkers", "articles", "with", "and", "place_prepositions"
        ):
            last -= 1
    return first, last


def _titled(part: Part, hit: Hit) -> bool:
    """Whether a common noun stands as a title: with a capital of its own, a word behind it, or two with capitals before
    it (Blue Skills Day)."""
    if not part.tokens[hit.first].text[0].isupper():
        return False
    after = part.tokens[hit.last + 1] if hit.last + 1 < len(part.tokens) else None
    opens = part.starts_sentence(hit.first) and part.block.kind == "paragraph"
    before = range(hit.first - 2, hit.first)
    ends = before[0] >= 0 and all(_proper(part, i) for i in before)
    return ends or (not opens and after is not None and after.word)


def _proper(part: Part, i: int) -> bool:
    """A word that begins with a capital and is no date."""
    return part.tokens[i].word and part.tokens[i].text[0].isupper() and not part.is_of(i, "date", "cue")


def _of_other(part: Part, hit: Hit, held: dict[int, Name]) -> bool:
    """Whether a head belongs to what is no event: the event report, the Palacio de Congresos, a way of meeting beside
    the place (Cork and by video conference)."""
    over = [h for h in part.hits if h.first <= hit.first and hit.last <= h.last]
    if any(h.tag == ("word", "documents") for h in over):
        return True
    joined = any(part.is_word(i, "and") for i in range(max(0, hit.first - 3), hit.first))
    town = any(n.kind == "town" and n.last < hit.first for n in held.values())
    if joined and town and any(h.tag[0] == "mode" for h in over):
        return True
    at = hit.first - 1
    while at > 0 and part.is_word(at, "linkers", "articles", "elisions") and not part.is_word(at, "place_prepositions"):
        at -= 1
    title = part.tokens[hit.first].text[0].isupper() and 0 <= at < hit.first - 1
    owner = held.get(at)
    return (
        title
        and part.tokens[at].text[0].isupper()
        and not part.starts_sentence(at)
        and not part.is_of(at, "head", "date", "cue")
        and (owner is None or owner.kind not in ("partnership", "programme", "region", "town", "organisation"))
    )


def _acts(part: Part, first: int, hit: Hit) -> bool:
    """Hosted by the Malta Maritime Forum: with capitals of its own right behind a word for who did it, a body."""
    at = first - 1
    while at > 0 and part.is_word(at, "articles", "elisions"):
        at -= 1
    spelt = first < hit.first and part.tokens[first].capital and part.tokens[hit.last].text[0].isupper()
    beside = {h.tag[1:] for h in part.sentence_hits(first) if h.last == at and h.tag[0] == "cue"}
    return spelt and any((what, "passive") in beside and (what, "active") not in beside for what in EVENT_RELATIONS)


def _left(part: Part, i: int, held: dict[int, Name], openers: frozenset[str]) -> tuple[int, str | None]:
    first, ordinal, plain = i, None, 0
    # The conference Forest Forward: a name behind the head leaves little for words before it.
    after = part.tokens[i + 1] if i + 1 < len(part.tokens) and i + 1 not in held else None
    named = after is not None and (after.fold in QUOTES or after.capital)
    j = i - 1
    while j >= 0:
        token = part.tokens[j]
        hit = next((h for h in part.hits if h.tag == ("word", "ordinals") and h.last == j), None)
        if hit is not None:
            first, ordinal = hit.first, hit.value or token.fold
            break
        if j not in held and token.word and ((token.text.isdigit() and len(token.text) < 3) or _roman(token.text)):
            first, ordinal = j, token.text
            break
        if (
            token.fold == "."
            and j
            and part.tokens[j - 1].text.isdigit()
            and len(part.tokens[j - 1].text) < 3
            and not token.space
        ):
            first, ordinal = j - 1, part.tokens[j - 1].text
            break
        if not token.word or part.is_word(j, "articles", "and", "place_prepositions", "relatives", "pronouns"):
            break
        if part.is_of(j, "cue", "status"):
            break
        if j in held and held[j].kind in ("partnership", "programme"):
            first = held[j].first
            j = first - 1
            continue
        if j in held and part.tokens[j + 1].glue == "-":
            first = held[j].first
            j = first - 1
            continue
        if j in held:
            break
        if (
            token.capital
            and not (plain and named)
            and (not part.starts_sentence(j) or (_heads_title(part, j, first) and token.fold not in openers))
        ):
            first = j
        elif plain < 2 and not (named and token.capital):
            plain += 1
        else:
            break
        j -= 1
    if (
        ordinal is None
        and first == i
        and i
        and not named
        and part.tokens[i - 1].word
        and not part.is_word(i - 1, "articles", "and", "place_prepositions", "pronouns", "relatives", "linkers")
        and not part.is_of(i - 1, "cue", "status")
        and not part.tokens[i - 1].capital
    ):
        first = i - 1
    return (_quoted(part, first) or first) if ordinal is None else first, ordinal


def _quoted(part: Part, i: int) -> int | None:
    """The "Green Rivers" annual meeting: where the quotes open whose phrase stands right before the head at `i`."""
    if i < 3 or part.tokens[i - 1].fold not in QUOTES or not part.tokens[i].text[0].islower():
        return None
    return next((j for j in range(i - 3, max(-1, i - 8), -1) if part.tokens[j].fold in QUOTES), None)


def _heads_title(part: Part, j: int, first: int) -> bool:
    """The first word of a heading or item, with a capital like the one behind it, is of the name: Coastal Futures
    Seminar."""
    title = part.block.kind in ("heading", "item", "label") and first == j + 1
    return title and part.tokens[first].capital and part.tokens[first].text[0].isalpha()


def _numbered(part: Part, last: int) -> str | None:
    """Meeting 3/2021: its number in that year."""
    after = [t.text for t in part.tokens[last + 1 : last + 4]]
    return after[0] if len(after) == 3 and _NUMBER.fullmatch("".join(after)) else None


def _roman(text: str) -> bool:
    return 0 < len(text) <= 5 and set(text) <= set("IVX")


def _right(part: Part, i: int, held: dict[int, Name]) -> int:
    last, j = i, i + 1
    while j < len(part.tokens):
        token = part.tokens[j]
        if token.fold in QUOTES and j == i + 1:
            close = next(
                (k for k in range(j + 1, min(j + 10, len(part.tokens))) if part.tokens[k].fold in QUOTES), None
            )
            return close if close is not None else last
        if j in held and held[j].kind in ("organisation", "region", "town"):
            break
        if token.word and j - 1 >= i + 1 and _foreign(part, j) and _foreign(part, j - 1):
            last = j
            j += 1
            continue
        if token.word and token.capital and not part.is_word(j, "articles", "pronouns"):
            if token.text.isdigit() and not (len(token.text) == 4 and last > i):
                break
            last = j
        elif not (
            token.word
            and part.is_word(j, "linkers", "articles")
            and j + 1 < len(part.tokens)
            and part.tokens[j + 1].capital
            and part.tokens[j + 1].text[0].isalpha()
            and not (j + 1 in held and held[j + 1].kind in ("organisation", "region", "town"))
        ):
            break
        j += 1
    return last


def _before_day(reading: Reading, head: int, last: int) -> int:
    """The last token of a phrase without the month or day that stands in it: the 6th meeting in November 2024."""
    part = reading.part
    days = [reading.token_at(d.start) for d in reading.dates if d.precision in ("day", "month")]
    inside = [i - 1 for i in days if head < i <= last]
    last = min([last, *inside])
    while inside and last > head and part.is_word(last, "place_prepositions", "articles", "linkers"):
        last -= 1
    return last


def _foreign(part: Part, i: int) -> bool:
    """A word in Latin letters in a text of another script belongs to the foreign name that it stands in."""
    words = [t for t in part.tokens if t.word and t.text[0].isalpha()]
    return part.tokens[i].text.isascii() and sum(not t.text.isascii() for t in words) > len(words) / 2


def opens(part: Part, happening: Happening) -> bool:
    """Whether a line is about the event rather than about something in which it comes up far on."""
    return happening.named or sum(t.word for t in part.tokens[: happening.first]) <= _OPENING


def convened(part: Part, happening: Happening) -> bool:
    """Holds a meeting of the five consortia: right beside the word for organising, and whose it is stands behind."""
    beside = any(
        h.tag[:2] == ("cue", "organise") and (0 < happening.first - h.last <= 2 or 0 < h.first - happening.last <= 2)
        for h in part.sentence_hits(happening.first)
    )
    after = range(happening.last + 1, min(happening.last + 4, len(part.tokens)))
    small = bool(after) and part.is_word(after[0], "linkers", "articles")
    return beside and small and any(("number",) in part.tags(i) or part.tokens[i].text.isdigit() for i in after)
