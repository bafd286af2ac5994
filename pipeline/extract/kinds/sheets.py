"""Sheets of labelled lines that begin with a name: Project sheet; Name: X; Acronym: Y."""

from __future__ import annotations

from pipeline.extract.cast import is_acronym
from pipeline.extract.names.name import Name
from pipeline.extract.page import Part
from pipeline.extract.reading import Reading

# How many parts from the top a sheet says what it is of.
TOP = 6


def name_sheets(out: list[Reading]) -> None:
    """The name on a sheet of a collaboration is the collaboration's, a short one after it its acronym.

    A sheet is of a collaboration if a line near its top speaks of one and of no other thing that has a name and a date.
    """
    top = out[:TOP]
    tags = [h.tag for r in top for h in (*r.part.hits, *r.part.label_hits) if h.tag[0] == "head"]
    subkind = next((t[2] for t in tags if t[1] == "partnership"), None)
    named = [(r.part, n) for r in top if (n := _value(r.part, r.names)) is not None]
    if subkind is None or not named or any(t[1] == "event" for t in tags):
        return
    _, name = named[0]
    if name.kind:
        return
    name.kind, name.subkind, name.rule, name.confidence = "partnership", subkind, "label", 0.75
    for other, short in named[1:]:
        text = "".join(t.text for t in other.tokens[short.first : short.last + 1])
        if not short.kind and is_acronym(text):
            name.notes["acronym"] = text


def _value(part: Part, names: list[Name]) -> Name | None:
    """The name that is all that a line labelled name, title or acronym says."""
    if part.block.kind != "label" or not any(h.tag == ("labels", "name") for h in part.label_hits):
        return None
    words = [i for i, t in enumerate(part.tokens) if t.word]
    whole = [n for n in names if words and n.first <= words[0] and n.last >= words[-1]]
    return whole[0] if len(whole) == 1 else None
