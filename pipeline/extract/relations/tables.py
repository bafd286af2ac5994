"""Tables: the first row names the columns; every other row is a partnership with its people, or one of the people."""

from __future__ import annotations

from functools import lru_cache

from pipeline.extract.names.part import Name
from pipeline.extract.page import Part
from pipeline.extract.relations.discourse import PLATFORM
from pipeline.gazetteer import load
from pipeline.text.tokens import tokenise

ALL_PLATFORMS = "s3-thematic-platforms"
PEOPLE = ("lead", "member", "found", "contribute")


def columns(header: Part) -> list[str]:
    """What the cells of a header row announce: partnership, platform, launch, fund, a relation, organisation, or ""."""
    return [_column(header, a, z) for a, z in header.block.cells]


def _column(header: Part, a: int, z: int) -> str:
    hits = [h for h in header.hits if a <= header.tokens[h.first].start < z]
    whole = {h.tag for h in hits if header.tokens[h.last].end <= z and not h.behind}
    return _announced(whole) or _announced({h.tag for h in hits})


def _announced(tags: set[tuple[str, ...]]) -> str:
    if ("labels", "since") in tags or any(t[:2] == ("cue", "launch") for t in tags):
        return "launch"
    for relation in PEOPLE:
        if any(t[:2] == ("cue", relation) for t in tags) or (relation == "member" and ("sections", "members") in tags):
            return relation
    if ("labels", "platform") in tags:
        return "platform"
    if ("labels", "partnership") in tags or any(t[:2] == ("head", "partnership") for t in tags):
        return "partnership"
    if any(t[:2] == ("cue", "fund") for t in tags):
        return "fund"
    if any(t[:2] == ("head", "organisation") for t in tags):
        return "organisation"
    event = any(t[:2] == ("head", "event") for t in tags)
    return "partnership" if ("labels", "name") in tags and not event else ""


def type_cells(part: Part, names: list[Name], header: Part) -> list[Name]:
    """Give what stands in a row's cells the kind that the column asks for; returns the row's names, new ones
    included."""
    kinds = columns(header)
    if header is part or len(kinds) != len(part.block.cells):
        return names
    listed = "partnership" in kinds
    for (a, z), kind in zip(part.block.cells, kinds, strict=True):
        inside = [n for n in names if a <= part.tokens[n.first].start < z]
        if kind == "partnership" and listed and not any(n.kind == "partnership" for n in inside):
            cell = [i for i, t in enumerate(part.tokens) if a <= t.start < z and t.fold not in "()"]
            if 0 < len(cell) <= 7 and any(part.tokens[i].capital for i in cell):
                names = [n for n in names if n not in inside]
                names.append(
                    Name(
                        cell[0],
                        cell[-1],
                        "partnership",
                        "table",
                        0.75,
                        subkind="project" if inside else None,
                        strong=True,
                    )
                )
        elif kind in PEOPLE or kind == "organisation":
            for name in inside:
                if not name.kind:
                    name.kind, name.rule, name.confidence = "organisation", "table", 0.75
    return sorted(names, key=lambda n: (n.first, -n.last))


@lru_cache(maxsize=4096)
def platform_of(text: str) -> str | None:
    """Key of the one platform among whose names is one that holds all words of the text; None if none or several."""
    words = {t.fold for t in tokenise(text) if t.word}
    if not words:
        return None
    entities = load().entities
    keys = {
        name.key
        for name in load().names
        if name.kind == "partnership"
        and entities["partnership", name.key].subkind == PLATFORM
        and words <= {t.fold for t in tokenise(name.name)}
    }
    return keys.pop() if len(keys) == 1 else None


@lru_cache(maxsize=1)
def _platform_stems() -> dict[str, str]:
    """Beginning of a word (five letters) -> key of the one platform among whose names it occurs; what all are called
    (thematic) tells none."""
    entities = load().entities
    keys: dict[str, set[str]] = {}
    for name in load().names:
        if name.kind == "partnership" and entities["partnership", name.key].subkind == PLATFORM:
            for token in tokenise(name.name):
                if token.word and len(token.fold) >= 5:
                    keys.setdefault(token.fold[:5], set()).add(name.key)
    return {stem: next(iter(found)) for stem, found in keys.items() if len(found) == 1 and found != {ALL_PLATFORMS}}


@lru_cache(maxsize=65536)
def theme_of_platform(words: tuple[str, ...]) -> tuple[str, frozenset[str]] | None:
    """The platform that these words speak of, and which of them do; None where none or several are meant."""
    stems = _platform_stems()
    found = {w: stems[w[:5]] for w in words if w[:5] in stems}
    if len(set(found.values())) != 1:
        return None
    return next(iter(found.values())), frozenset(found)
