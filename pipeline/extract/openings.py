"""Lines that open with the name of a partnership: the layout says so where no word does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.name import Name
from pipeline.extract.page import Part
from pipeline.text.tokens import QUOTES

if TYPE_CHECKING:
    from pipeline.extract.reading import Reading

_MARKS = {"–", ":", "-", ",", "("}
_MOST_WORDS = 8
# A bracket behind a name holds at most so many tokens.
_ASIDE = 10


def name_openings(out: list[Reading]) -> None:
    """Working groups: / 1. Functional foods – led by Lombardy. Items below a line that announces partnerships, and
    headings over a lead of their own, are their names."""
    for reading in out:
        block = reading.part.block
        if block.zone in ("navigation", "contact", "title"):
            continue
        if block.kind == "item" and _led(reading):
            head = _announced(out, reading)
            if head is not None:
                _open(reading, _segment(reading.part), head)
        elif block.kind == "heading" and _over_lead(out, reading):
            single = len(reading.names) == 1 and reading.names[0].strong and not _capitals(reading.part)
            _open(
                reading, len(reading.part.tokens), "project" if single else "thematic_partnership", 1 if single else 2
            )
        if block.kind in ("item", "paragraph") and _says_who_leads(reading):
            first = reading.names[0]
            first.kind, first.subkind, first.rule, first.confidence = "partnership", "project", "opening", 0.7
            block.entry = True
            _type_actors(reading)


def _announced(out: list[Reading], reading: Reading) -> str | None:
    """The kind of partnership that the line above a list announces."""
    block = reading.part.block
    above = block.leadin if block.leadin >= 0 else block.heading
    if above < 0:
        return None
    heads = [h for h in out[above].part.hits if h.tag[:2] == ("head", "partnership")]
    return heads[-1].tag[2] if heads else None


def _led(reading: Reading) -> bool:
    """Behind the opening stand a word for a lead or a member, and who it is."""
    end = _segment(reading.part)
    cues = [h for h in reading.part.hits if h.tag[0] == "cue" and h.tag[1] in ("lead", "member") and h.first >= end]
    actors = [n for n in reading.names if n.kind in ("region", "organisation") and n.first > end]
    return bool(cues and actors)


def _says_who_leads(reading: Reading) -> bool:
    """TexLoop (since 2023). Lead partner: Y. Behind a name that opens a line, with what stands in brackets, comes
    right away who leads it or is in it."""
    part, first = reading.part, next(iter(reading.names), None)
    if first is None or first.first > 1 or not first.strong or (first.kind and first.rule not in _GUESSED):
        return False
    tokens, at = part.tokens, first.last + 1
    while at < len(tokens) and tokens[at].fold in QUOTES | {"+"}:
        at += 1
    if at < len(tokens) and tokens[at].fold == "(":
        at = next((i + 1 for i in range(at, min(at + _ASIDE, len(tokens))) if tokens[i].fold == ")"), at)
    if at >= len(tokens) or tokens[at].fold not in {".", ":", "–", "-", "|"}:
        return False
    said = [h for h in part.hits if h.tag[0] == "cue" and h.tag[1] in ("lead", "member") and 0 < h.first - at <= 2]
    return any(h.tag[2] != "active" for h in said) and any(n.first > at for n in reading.names)


def _over_lead(out: list[Reading], reading: Reading) -> bool:
    """Right below the heading stands who leads, as a labelled line or as a sentence that begins with it."""
    below = out[reading.part.index + 1].part if reading.part.index + 1 < len(out) else None
    if below is None or below.block.kind not in ("label", "paragraph"):
        return False
    leads = ("cue", "lead")
    if below.block.kind == "label":
        return any(h.tag[:2] == leads for h in below.label_hits)
    start, end = below.sentences[0] if below.sentences else (0, 0)
    named = any(n.kind == "partnership" for n in out[below.index].names if n.first < end) or any(
        h.tag[:2] == ("head", "partnership") and h.first < end for h in below.hits
    )
    return not named and any(h.tag[:2] == leads and h.tag[2] == "active" and h.first - start <= 3 for h in below.hits)


def _capitals(part: Part) -> bool:
    return all(t.text.isupper() for t in part.tokens if t.word and t.text[0].isalpha())


def _segment(part: Part) -> int:
    """Where the words before the first mark of a line end."""
    return next((i for i, t in enumerate(part.tokens) if t.fold in _MARKS and i), len(part.tokens))


def _open(reading: Reading, end: int, head: str, least: int = 1) -> None:
    """Make the words before token `end` a partnership, unless they hold a name with a kind or a word of a relation."""
    part = reading.part
    first = 0
    while first < end and (not part.tokens[first].word or part.tokens[first].text.isdigit()):
        first += 1
    last = end - 1
    while last > first and (not part.tokens[last].word or part.tokens[last].fold in QUOTES):
        last -= 1
    words = sum(t.word for t in part.tokens[first : last + 1])
    if first >= end or not least <= words <= _MOST_WORDS or not part.tokens[first].capital:
        return
    typed = [n for n in reading.names if n.kind and n.first <= last]
    if typed and not all(n.kind == "organisation" and n.rule in _GUESSED and n.first <= first for n in typed):
        return
    inside = range(first, last + 1)
    if any(t[0] in ("cue", "status", "labels", "sections") for i in inside for t in part.tags(i)):
        return
    if all(part.tags(i) for i in inside) or any(part.tokens[i].fold in ".?!;" for i in inside):
        return
    reading.names = [n for n in reading.names if n.first > last]
    _type_actors(reading)
    reading.names.insert(0, Name(first, last, "partnership", "opening", 0.7, subkind=head, strong=True))


def _type_actors(reading: Reading) -> None:
    """Right behind the word for a role stands a body."""
    ends = {h.last for h in reading.part.hits if h.tag[0] == "cue" and h.tag[1] in ("lead", "member")}
    for name in reading.names:
        if not name.kind and name.rule != "weak" and ends & set(range(name.first - 3, name.first)):
            name.kind, name.rule, name.confidence = "organisation", "opening", 0.65


# Kinds that a name without any sign of its own was only given for its neighbours.
_GUESSED = {"company", "sibling", "frame"}
