"""Names that share a word with their neighbour: Ober- und Niederösterreich; working groups (A, B and C)."""

from __future__ import annotations

from pipeline.extract.known import name_index
from pipeline.extract.name import Name
from pipeline.extract.page import Page, Part

# Short for a part of a compound that the next word ends: at least this much of that word must be shared.
SHORTEST = 4


def cut_compounds(page: Page, part: Part, known: list[Name]) -> list[Name]:
    """Regions of which only the beginning stands before a hyphen and a joint, their end in the region behind it."""
    tokens = part.tokens
    out = []
    for name in known:
        i = name.first - 2
        if name.kind != "region" or name.size > 1 or i < 1 or tokens[i].fold != "-" or tokens[i].space:
            continue
        if not part.is_word(i + 1, "and") or not tokens[i - 1].capital:
            continue
        whole = tokens[name.first].text
        for n in range(1, len(whole) - SHORTEST + 1):
            known_whole = _region(page, tokens[i - 1].text + whole[n:])
            if known_whole is not None:
                out.append(Name(i - 1, i - 1, "region", "known", 0.9, key=known_whole[0], base=known_whole[1]))
                break
    return out


def _region(page: Page, text: str) -> tuple[str, str] | None:
    found = name_index().named(text, page.lexicon)
    regions = [r for r in found if r.kind == "region"]
    return (regions[0].key, regions[0].name) if regions else None


def listed_in_brackets(page: Page, part: Part, found: list[Name]) -> list[Name]:
    """Groups listed in brackets right behind their head noun are each a name: three working groups (A, B and C)."""
    tokens = part.tokens
    for i, token in enumerate(tokens):
        tag = part.head(i - 1) if i and token.fold == "(" else None
        if tag is None or tag[1:] not in (("partnership", "working_group"), ("partnership", "pilot")):
            continue
        close = next((k for k in range(i + 1, len(tokens)) if tokens[k].fold in "()"), None)
        if close is None:
            continue
        items = _items(part, i + 1, close)
        inside = [n for n in found if i < n.first <= n.last < close]
        if len(items) < 2 or any(n.kind in ("region", "organisation") for n in inside):
            continue
        if not all(tokens[a].capital and b - a < 6 and not part.is_word(a, "relatives") for a, b in items):
            continue
        found = [n for n in found if n not in inside or n.kind]
        held = {k for n in inside if n.kind for k in range(n.first, n.last + 1)}
        found += [
            Name(a, b, "partnership", "list head", 0.75, subkind=tag[2], strong=True)
            for a, b in items
            if not held & set(range(a, b + 1))
        ]
    return sorted(found, key=lambda n: (n.first, -n.last))


def _items(part: Part, a: int, z: int) -> list[tuple[int, int]]:
    """Token ranges between commas, semicolons and a last joint of the bracket `[a, z)`."""
    items, start = [], a
    marks = [k for k in range(a, z) if part.tokens[k].fold in {",", ";"}]
    joints = [k for k in range(marks[-1] + 1 if marks else a, z) if part.is_word(k, "and")]
    for k in [*marks, *joints[-1:], z]:
        if k > start:
            items.append((start, k - 1))
        start = k + 1
    return items
