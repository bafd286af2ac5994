"""Lines that open with the name of a partnership: the layout says so where no word does."""

from __future__ import annotations

import itertools

from pipeline.extract.kinds.years import type_by_years
from pipeline.extract.names.name import BY_NEIGHBOURS, Name
from pipeline.extract.page import Part
from pipeline.extract.reading import Reading
from pipeline.text.tokens import QUOTES

_MARKS = {"–", ":", "-", ",", "("}
_MOST_WORDS = 8
# The noun for a collaboration that a text speaks of is among the first words.
_FRONT = 3
# A bracket behind a name holds at most so many tokens.
_ASIDE = 10


def name_openings(out: list[Reading]) -> None:
    """Working groups: / 1. Functional foods – led by Lombardy. Items below a line that announces partnerships, and
    headings over a lead of their own, are their names; so are names with the years in which they ran."""
    since = set(out[0].lexicon.data["dates"]["since"]) if out and out[0].lexicon is not None else set()
    for reading in out:
        block = reading.part.block
        type_by_years(reading.part, reading.names, since)
        if block.zone in ("navigation", "contact", "title"):
            continue
        if block.kind == "item" and _led(reading):
            head = announced(out, reading)
            if head is not None:
                open_name(reading, _segment(reading.part), head)
        elif block.kind == "heading" and _over_lead(out, reading):
            single = len(reading.names) == 1 and reading.names[0].strong and not _capitals(reading.part)
            open_name(
                reading, len(reading.part.tokens), "project" if single else "thematic_partnership", 1 if single else 2
            )
        elif block.kind == "heading" and _section(out, reading):
            open_name(reading, len(reading.part.tokens), "thematic_partnership", 2)
        elif block.kind == "heading" and _over_sheet(out, reading):
            open_name(reading, len(reading.part.tokens), "project")
        elif block.kind == "heading" and (head := _spoken_of(out, reading)) is not None:
            open_name(reading, len(reading.part.tokens), head, 2)
        if block.kind in ("item", "paragraph") and _says_who_leads(reading):
            first = reading.names[0]
            first.kind, first.subkind, first.rule, first.confidence = "partnership", "project", "opening", 0.7
            block.entry = True
            _type_actors(reading)


def drop_plain_headings(out: list[Reading]) -> None:
    """OUR EUROPEAN PROJECTS; Ongoing projects. What stands beside the head noun of a heading in capitals, and one word
    beside that of any, names nothing there if no sentence has it with a capital."""
    for reading in out:
        part = reading.part
        if part.block.kind != "heading" or not part.tokens or part.tokens[-1].fold == ":":
            continue
        words = [t for t in part.tokens if t.word]
        loud = all(t.text.isupper() for t in words if not t.text.isdigit())
        reading.names = [
            n
            for n in reading.names
            if n.kind != "partnership"
            or n.key
            or n.rule != "head"
            or not (loud or (n.size == 1 and n.initial and not n.strong))
            or any(t.glue == "-" for t in part.tokens[n.last + 1 : n.last + 2])
            or _said(out, reading, n)
        ]


def _said(out: list[Reading], heading: Reading, name: Name) -> bool:
    """Whether a sentence has the words of a name, in its midst and with a capital."""
    folds = [t.fold for t in heading.part.tokens[name.first : name.last + 1]]
    for reading in out:
        tokens = reading.part.tokens
        if reading is heading or reading.part.block.kind == "heading":
            continue
        for i, token in enumerate(tokens):
            inside = token.fold == folds[0] and token.text[0].isupper() and not reading.part.starts_sentence(i)
            if inside and [t.fold for t in tokens[i : i + len(folds)]] == folds:
                return True
    return False


def announced(out: list[Reading], reading: Reading) -> str | None:
    """The kind of partnership that the line above a list announces, or the headings over that."""
    block = reading.part.block
    over = block.leadin - 1 if block.leadin > 0 and out[block.leadin - 1].part.block.kind == "heading" else -1
    for above in (block.leadin, block.heading, over):
        heads = [h for h in out[above].part.hits if h.tag[:2] == ("head", "partnership")] if above >= 0 else []
        if heads:
            return heads[-1].tag[2]
    return None


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
    if first is None or first.first > 1 or not first.strong or (first.kind and first.rule not in BY_NEIGHBOURS):
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


def _over_sheet(out: list[Reading], reading: Reading) -> bool:
    """Right below the heading stand labelled lines on who is in it and since when, or who pays: X / Period: ..."""
    below = [*itertools.takewhile(lambda r: r.part.block.kind == "label", out[reading.part.index + 1 :][:4])]
    told = {h.tag[1] for r in below for h in r.part.label_hits if h.tag[0] == "cue"}
    if not told & {"lead", "member"} or _small_word_first(reading):
        return False
    headed = [h for h in reading.part.hits if h.tag[:2] == ("head", "partnership")]
    if not headed:
        return bool(told & {"launch", "fund"})
    # Ongoing projects; but REUSE PILOT / Type: pilot action
    says = {h.tag[2] for r in below for h in r.part.hits if h.tag[:2] == ("head", "partnership") and h.first < _FRONT}
    return headed[-1].tag[2] in says


def _small_word_first(reading: Reading) -> bool:
    """In brief: a heading that begins so is no name."""
    first = next((t for t in reading.part.tokens if t.word and not t.text.isdigit()), None)
    return first is not None and reading.lexicon is not None and first.fold in reading.lexicon.openers


def _section(out: list[Reading], reading: Reading) -> bool:
    """4.3 Nutritional ingredients, and below it who is in "the partnership": one of the numbered sections of which
    others are on partnerships that they name."""
    body = _body(out, reading)
    if body is None or body[2] or not _numbered(reading):
        return False
    heads, cues, _ = body
    others = [r for r in out if r is not reading and _numbered(r)]
    return heads and cues and any(b is not None and b[2] for b in (_body(out, r) for r in others))


def _spoken_of(out: list[Reading], heading: Reading) -> str | None:
    """The kind of collaboration as which the first words below a heading speak of what it and some sentence name: Green
    Harbours in the Baltic / The network got its charter in 2019."""
    below = out[heading.part.index + 1].part if heading.part.index + 1 < len(out) else None
    if below is None or below.block.kind != "paragraph" or not below.sentences:
        return None
    first = next((h for h in below.hits if h.tag[:2] == ("head", "partnership") and h.first < _FRONT), None)
    if first is None or below.is_word(0, "indefinite") or below.tokens[0].text.islower():
        return None
    end = below.sentences[0][1]
    named = any(n.kind == "partnership" and n.first < end for n in out[below.index].names)
    told = any(h.tag[0] == "cue" and first.last < h.first < end for h in below.hits)
    before = all(below.is_word(i, "articles", "pronouns") for i in range(first.first))
    if not told or named or not before:
        return None
    words = [i for i, t in enumerate(heading.part.tokens) if t.word and not t.text.isdigit()]
    again = bool(words) and _said(out, heading, Name(words[0], words[-1], "partnership", "opening", 0.7))
    return first.tag[2] if again else None


def _numbered(reading: Reading) -> bool:
    tokens = reading.part.tokens
    return reading.part.block.kind == "heading" and bool(tokens) and tokens[0].text.isdigit()


def _body(out: list[Reading], heading: Reading) -> tuple[bool, bool, bool] | None:
    """Of the paragraph below a heading: whether its first sentence speaks of a partnership, whether it says who leads
    or is a member, and whether it names one."""
    below = out[heading.part.index + 1] if heading.part.index + 1 < len(out) else None
    if below is None or below.part.block.kind != "paragraph" or not below.part.sentences:
        return None
    end = below.part.sentences[0][1]
    heads = any(h.tag[:2] == ("head", "partnership") and h.first < end for h in below.part.hits)
    cues = any(h.tag[0] == "cue" and h.tag[1] in ("lead", "member") for h in below.part.hits)
    return heads, cues, any(n.kind == "partnership" for n in below.names)


def _capitals(part: Part) -> bool:
    return all(t.text.isupper() for t in part.tokens if t.word and t.text[0].isalpha())


def _segment(part: Part) -> int:
    """Where the words before the first mark of a line end."""
    return next((i for i, t in enumerate(part.tokens) if t.fold in _MARKS and i), len(part.tokens))


def open_name(reading: Reading, end: int, head: str, least: int = 1) -> bool:
    """Make the words before token `end` a partnership, unless they hold a name with a kind or a word of a relation;
    tells whether they are one."""
    part = reading.part
    first = 0
    while first < end and (not part.tokens[first].word or part.tokens[first].text.isdigit()):
        first += 1
    last = end - 1
    while last > first and not part.tokens[last].word and part.tokens[last].fold != "+":
        last -= 1
    words = sum(t.word for t in part.tokens[first : last + 1])
    if first >= end or not least <= words <= _MOST_WORDS or not part.tokens[first].capital:
        return False
    typed = [n for n in reading.names if n.kind and n.first <= last]
    if [(n.kind, n.first, n.last) for n in typed] == [("partnership", first, last)]:
        return True
    if typed and not all(n.kind == "organisation" and n.rule in BY_NEIGHBOURS and n.first <= first for n in typed):
        return False
    inside = range(first, last + 1)
    said = ("cue", "status", "labels", "sections")
    if any(t[0] in said and t != ("labels", "partnership") for i in inside for t in part.tags(i)):
        return False
    if all(part.tags(i) for i in inside) or any(part.tokens[i].fold in ".?!;" for i in inside):
        return False
    reading.names = [n for n in reading.names if n.first > last]
    _type_actors(reading)
    reading.names.insert(0, Name(first, last, "partnership", "opening", 0.7, subkind=head, strong=True))
    return True


def _type_actors(reading: Reading) -> None:
    """Right behind the word for a role stands a body."""
    ends = {h.last for h in reading.part.hits if h.tag[0] == "cue" and h.tag[1] in ("lead", "member")}
    for name in reading.names:
        if not name.kind and name.rule != "weak" and ends & set(range(name.first - 3, name.first)):
            name.kind, name.rule, name.confidence = "organisation", "opening", 0.65
