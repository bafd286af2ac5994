"""Names that share a word with their neighbour or have a bracket behind them: Ober- und Niederösterreich; województwa
śląskie i łódzkie; working groups (A, B and C); the Alpine hydrogen alliance (ALPHY)."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.extract.names.name import Name
from pipeline.extract.page import Page, Part
from pipeline.extract.words.known import name_index
from pipeline.extract.words.spelling import is_strong

# Short for a part of a compound that the next word ends: at least this much of that word must be shared.
SHORTEST = 4
# Most words of a name that its acronym in brackets follows.
LONGEST = 10


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


def shared_heads(page: Page, part: Part, known: list[Name]) -> list[Name]:
    """Adjectives of territories that share the word for what they are with the one beside them: województwa śląskie,
    łódzkie i lubelskie; Русенска и Видинска област."""
    tokens = part.tokens
    held = {i for n in known for i in range(n.first, n.last + 1)}
    out = []
    for name in known:
        if name.kind != "region" or name.size != 2:
            continue
        for step, edge, head in ((1, name.last, name.first), (-1, name.first, name.last)):
            at = edge + 2 * step
            while 0 <= at < len(tokens) and tokens[at].word and at not in held:
                joint, alike = tokens[at - step], tokens[edge].fold[-2:] == tokens[at].fold[-2:]
                if not alike or (joint.fold != "," and not part.is_word(at - step, "and")):
                    break  # Adjectives of one word agree.
                pair = [tokens[head], tokens[at]] if step > 0 else [tokens[at], tokens[head]]
                readings = next((k.readings for k in name_index().find(pair, page.lexicon) if k.last == 1), ())
                region = next((r for r in readings if r.kind == "region"), None)
                if region is None or region.key == name.key:
                    break
                out.append(Name(at, at, "region", "known", 0.9, key=region.key, base=region.name, readings=(region,)))
                at += 2 * step
    return out


def _region(page: Page, text: str) -> tuple[str, str] | None:
    found = name_index().named(text, page.lexicon)
    regions = [r for r in found if r.kind == "region"]
    return (regions[0].key, regions[0].name) if regions else None


def spelt_out(page: Page, part: Part, held: list[Name]) -> Iterator[Name]:
    """A collaboration named by a head with a capital and words in small letters, and by its acronym in brackets:
    l'Alleanza alpina dell'idrogeno (ALPHY)."""
    tokens = part.tokens
    taken = {
        i for n in held if n.kind in ("organisation", "partnership", "programme") for i in range(n.first, n.last + 1)
    }
    for i in range(2, len(tokens) - 2):
        short = tokens[i + 1]
        if (
            page.dense
            or i + 1 in taken
            or tokens[i].fold != "("
            or tokens[i + 2].fold != ")"
            or len(short.text) < 3
            or not is_strong(short)
        ):
            continue
        for k in range(i - 1, max(i - LONGEST, -1), -1):
            if k in taken or not (tokens[k].word or tokens[k].fold == "'"):
                break
            head = next((h for h in part.hits if h.last == k and h.tag[:2] == ("head", "partnership")), None)
            if head is not None and tokens[head.first].capital and not tokens[k].text.isupper():
                if k < i - 1 and head.first not in taken:
                    yield Name(head.first, i - 1, "partnership", "head", 0.8, subkind=head.tag[2], strong=True)
                break
            if any(t[0] in ("cue", "status", "date", "number") for t in part.tags(k)) or part.is_word(
                k, "relatives", "pronouns", "self"
            ):
                break


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
