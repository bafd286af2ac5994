"""Lines that open alike, each with the name of a partnership, and go on with who leads it or is in it."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

from pipeline.extract.kinds.openings import announced, open_name
from pipeline.extract.page import Page
from pipeline.extract.reading import Reading
from pipeline.extract.words.spelling import is_linker, is_strong
from pipeline.text.tokens import QUOTES

_MARKS = {"–", ":", "-", ",", "."}
_MOST_WORDS = 6
# A bracket behind the name holds at most so many tokens.
_ASIDE = 12
# Who leads stands within so many words of the word for it.
_NEAR = 4
_ACTORS = ("region", "organisation")


@dataclass(slots=True)
class _Opening:
    """What stands before token `end` of a line; `mark` parts it from the rest. `plain` is one word that any word might
    be; `led` tells that who leads or takes part stands behind."""

    reading: Reading
    end: int
    mark: str
    plain: bool
    led: bool


def name_entries(page: Page, out: list[Reading]) -> None:
    """Name the partnerships with which lines open, below a line that speaks of partnerships, or where lines side by
    side do so: 1. Quarry Lights – lead: Navarra."""
    lines = [
        r for r in out if r.part.block.kind in ("item", "paragraph") and r.part.block.zone in ("body", "list", "title")
    ]
    for _, side in itertools.groupby(
        lines, key=lambda r: (r.part.block.kind, r.part.block.leadin, r.part.block.heading)
    ):
        found = [o for r in side if (o := _opening(page, r)) is not None]
        head = announced(out, found[0].reading) if found else None
        led = [o for o in found if o.led]
        if head is None:
            led = [o for o in led if not o.plain]
        if len(led) < 2 and (head is None or not led or (led[0].plain and led[0].mark in {".", ","})):
            continue
        marks = {o.mark for o in led}
        for one in found:
            alike = one.mark in marks or len(led) > 1
            if one in led or (head is not None and alike and not one.plain):
                one.reading.part.block.entry |= open_name(one.reading, one.end, head or "project")


def _opening(page: Page, reading: Reading) -> _Opening | None:
    """The few words before the first mark, if they may be a name."""
    part, tokens = reading.part, reading.part.tokens
    end = next((i for i, t in enumerate(tokens) if i and t.fold in _MARKS | {"(", ";", "?", "!"}), len(tokens))
    if end >= len(tokens) or not 0 < sum(t.word for t in tokens[:end]) <= _MOST_WORDS:
        return None
    after = end
    if tokens[end].fold == "(":
        after = next((i + 1 for i in range(end, min(end + _ASIDE, len(tokens))) if tokens[i].fold == ")"), len(tokens))
    if after >= len(tokens) or tokens[after].fold not in _MARKS:
        return None
    if _is_said_of(page, reading, end):
        return None
    words = [t for t in tokens[:end] if t.word]
    whole = tokens[0].fold in QUOTES and tokens[end - 1].fold in QUOTES
    strong = any(n.strong and n.rule != "quoted" and n.first < end for n in reading.names)
    short = after == end + 3 and is_strong(tokens[end + 1])
    evident = whole or strong or short or (len(words) > 1 and all(t.capital for t in words) and not page.dense)
    if not strong and (page.opens(part, 0) or tokens[0].text.isdigit()):
        return None
    return _Opening(reading, end, tokens[after].fold, not evident, _led(reading, after))


def _is_said_of(page: Page, reading: Reading, end: int) -> bool:
    """SALTGEN is brand new: behind an unmistakable name a small word begins what is said of it."""
    name = next(iter(reading.names), None)
    if name is None or not name.strong or name.rule == "quoted" or name.first or name.last + 1 >= end:
        return False
    after = reading.part.tokens[name.last + 1]
    return (
        after.text.islower() and after.fold in page.lexicon.openers and not is_linker(page, reading.part, name.last + 1)
    )


def _led(reading: Reading, at: int) -> bool:
    """Behind token `at`, and before any other partnership, stands who leads or takes part."""
    hits = [h for h in reading.part.hits if h.first >= at]
    others = [n.first for n in reading.names if n.kind == "partnership" and n.first > at]
    cues = [h for h in hits if h.tag[0] == "cue" and h.tag[1] in ("lead", "member")]
    actors = [n for n in reading.names if n.kind in _ACTORS and n.first > at]
    return any(0 < n.first - c.last <= _NEAR and not any(o < c.first for o in others) for c in cues for n in actors)
