"""Lists of projects: items that each open with an unmistakable name, and behind a dash who is in it."""

from __future__ import annotations

from collections import Counter

from pipeline.extract.names.name import Name
from pipeline.extract.reading import Reading
from pipeline.extract.relations.announced import alone_in_list
from pipeline.text.tokens import QUOTES


def name_project_lists(out: list[Reading]) -> None:
    """Items that each open with an unmistakable name and a dash or colon: projects, and behind the dash who is
    in them."""
    shaped = [r for r in out if r.part.block.kind == "item" and _opener(r) is not None]
    siblings = Counter(r.part.block.leadin for r in shaped)
    for reading in shaped:
        if siblings[reading.part.block.leadin] < 2:
            continue
        first = _opener(reading)
        assert first is not None
        if not first.kind:
            first.kind, first.subkind, first.rule, first.confidence = "partnership", "project", "project list", 0.7
        reading.part.block.entry = first.kind == "partnership"
        for name in reading.names:
            if not name.kind and name is not first and (name.strong or alone_in_list(reading.part, name)):
                name.kind, name.rule, name.confidence = "organisation", "project list", 0.65


def _opener(reading: Reading) -> Name | None:
    """The strong or partnership name with which an item opens, if a dash or colon and further names follow it."""
    tokens = reading.part.tokens
    first = next((n for n in reading.names if n.first <= 1), None)
    if first is None or not (first.kind == "partnership" or (not first.kind and first.strong)):
        return None
    after = first.last + 1
    while after < len(tokens) and tokens[after].fold in QUOTES | {"+"}:
        after += 1
    if after >= len(tokens) or tokens[after].fold not in {"–", ":", "-"} or len(reading.names) < 2:
        return None
    return first
