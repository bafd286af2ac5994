"""Who "we" are: the publisher of a page where it is known, else the one body for which its first lines speak."""

from __future__ import annotations

from pipeline.extract.cast import folded
from pipeline.extract.names.name import BY_NEIGHBOURS, SELF, Name
from pipeline.extract.names.repeated import regroup
from pipeline.extract.page import Page, Part
from pipeline.extract.reading import Reading
from pipeline.gazetteer import load
from pipeline.text.tokens import QUOTES

# In so many lines a page says whose it is.
_FIRST = 6
# A line has so many words at most.
_LINE = 8
# What speaks, and what else the first lines may be about.
_SPEAK = ("organisation", "region", "partnership")


def name_speaker(page: Page, out: list[Reading]) -> None:
    """Words for "we" name the body that speaks, if the text names it; those for "our" only where it is known."""
    known = page.document.publisher
    speaker = _publisher(page, out) if known else _owner(page, out)
    if speaker is None:
        return
    words = {("word", "self"), ("word", "we")} if known else {("word", "we")}
    for reading in out:
        held = {i for n in reading.names for i in range(n.first, n.last + 1)}
        quoted = _quoted(reading.part)
        spoken = {
            (h.first, h.last) for h in reading.part.hits if h.tag in words and not (held | quoted) & {h.first, h.last}
        }
        new = [Name(a, b, speaker.kind, SELF, 0.7, key=speaker.key, base=speaker.base) for a, b in sorted(spoken)]
        if new:
            reading.names = sorted(reading.names + new, key=lambda n: (n.first, -n.last))
            regroup(reading)


def _publisher(page: Page, out: list[Reading]) -> Name | None:
    """The publisher as the text names it."""
    wanted = folded(page.document.publisher or "")
    key = next((n.key for n in load().names if n.kind == "organisation" and folded(n.name) == wanted), None)
    for reading in out:
        for name in [n for n in reading.names if n.kind == "organisation"]:
            text = _text(page, reading.part, name)
            known = any(folded(r.name) == wanted or (key and r.key == key) for r in name.readings)
            if known or folded(text) == wanted:
                return _model(name, text)
    return None


def _owner(page: Page, out: list[Reading]) -> Name | None:
    """The body that the lines above the first running text name first, else the one with which that text opens; a
    region where those lines name nothing but one."""
    above: list[tuple[str, Name]] = []
    for reading in [r for r in out if r.part.block.zone != "navigation"][:_FIRST]:
        part = reading.part
        names = [(_text(page, part, n), n) for n in reading.names if _may_speak(n)]
        if _runs(part):
            bodies = [n for _, n in above if n.kind == "organisation"]
            opens = bool(names) and names[0][1].kind == "organisation" and _opens(part, names[0][1])
            if opens and not bodies:
                return _model(names[0][1], names[0][0])
            break
        above += names
    named = {kind: [(t, n) for t, n in above if n.kind == kind] for kind in _SPEAK}
    if named["organisation"]:
        return _model(named["organisation"][0][1], named["organisation"][0][0])
    regions = {n.key or folded(t): (n, t) for t, n in named["region"]}
    return _model(*next(iter(regions.values()))) if len(regions) == 1 and not named["partnership"] else None


def _may_speak(name: Name) -> bool:
    """What the first lines may be about: no name that only its surroundings type, no network of which they tell."""
    network = name.kind == "organisation" and any(r.kind == "partnership" for r in name.readings)
    return name.kind in _SPEAK and not name.nested and name.rule not in BY_NEIGHBOURS and not network


def _quoted(part: Part) -> set[int]:
    """Tokens between quotation marks: the "we" of whoever is quoted."""
    marks = [i for i, t in enumerate(part.tokens) if t.fold in QUOTES]
    return {i for a, b in zip(marks[::2], marks[1::2], strict=False) for i in range(a, b)}


def _runs(part: Part) -> bool:
    """Whether a part is running text: a sentence with its full stop, no heading or line."""
    tokens = part.tokens
    return part.block.kind == "paragraph" and len(tokens) > _LINE and tokens[-1].fold in ".!"


def _opens(part: Part, name: Name) -> bool:
    """Nothing but an article stands before a name."""
    return all(part.is_word(i, "articles", "elisions") or not part.tokens[i].word for i in range(name.first))


def _model(name: Name, text: str) -> Name:
    """What every word for "we" stands for."""
    return Name(name.first, name.last, name.kind, SELF, 0.7, key=name.key, base=None if name.key else name.base or text)


def _text(page: Page, part: Part, name: Name) -> str:
    return page.text[part.tokens[name.first].start : part.tokens[name.last].end]
