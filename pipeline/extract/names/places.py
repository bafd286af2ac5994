"""Which place a name means: the town or the region called like it, and of several regions of one name the right one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from pipeline.extract.names.name import Name
from pipeline.extract.page import Part
from pipeline.extract.reading import Reading
from pipeline.extract.words.known import name_index
from pipeline.gazetteer import load
from pipeline.text.tokens import QUOTES, fold

STEM = 5
ACTS = {"lead", "found", "member", "contribute", "speak"}
MEMBERS = {"lead", "found", "member", "contribute"}


def settle_towns(out: list[Reading]) -> None:
    """Take names that a region shares with a town as the town, unless the document uses the name among regions.

    Among regions is: in one enumeration with one that no town is called like, in an enumeration of nothing else,
    where members are announced, or right beside a verb that says what members do.
    """
    sure: set[str] = set()
    for reading in out:
        for group in reading.groups:
            regions = [n for n in group.names if n.kind == "region"]
            shared = [n for n in regions if _shared(n)]
            if len(shared) < len(regions) or (1 < len(shared) == len(group.names)) or _announced(out, reading):
                sure.update(_text(reading, n) for n in shared)
        sure.update(_text(reading, n) for n in reading.names if _acts(reading, n) or _territory(reading, n))
    for reading in out:
        for name in reading.names:
            if name.kind == "region" and _shared(name) and not name.nested and _text(reading, name) not in sure:
                town = next(r for r in name.readings if r.kind == "town")
                name.kind, name.key = "town", town.key
        reading.names = [n for n in reading.names if not _of_body(reading, n) or _text(reading, n) in sure]
        reading.groups = [g for g in reading.groups if not _emptied(reading, g.names)]


def _of_body(reading: Reading, name: Name) -> bool:
    """Municipality of Chania, Port of Varna, agency of Spain: a town called like a region, a country or a wider area
    inside the name of a body is no region that the text speaks of."""
    if name.kind != "region" or not name.nested or not name.key:
        return False
    around = [n for n in reading.names if n.kind == "organisation" and n.first <= name.first and name.last <= n.last]
    if any(reading.part.is_word(i, "territories") for n in around for i in range(n.first, n.last + 1)):
        return False  # The metropolitan city of Bologna, the regional unit of Chania.
    level = load().entities["region", name.key].nuts_level
    towns = level in (1, 3) and _shared(name)
    return any(n.rule == "head" for n in around) and (level in (0, None) or towns)


def _emptied(reading: Reading, names: list[Name]) -> bool:
    names[:] = [n for n in names if n.kind != "town"]
    return not names


def _shared(name: Name) -> bool:
    """A town is called so, and no more: Brandenburg an der Havel is not called Brandenburg."""
    entities = load().entities
    towns = [r for r in name.readings if r.kind == "town"]
    if not towns or name.country is not None or any(len(r.key) == 2 for r in name.readings if r.kind == "region"):
        return False
    return any(not fold(entities["town", r.key].name).startswith(fold(r.name) + " ") for r in towns)


def _announced(out: list[Reading], reading: Reading) -> bool:
    """Members are announced here, by a label or by what leads this item in."""
    block = reading.part.block
    roles = reading.roles if block.kind == "label" else []
    if block.kind == "item" and block.leadin >= 0 and len(reading.names) == 1:
        roles = out[block.leadin].roles
    return bool(MEMBERS & set(roles))


def _acts(reading: Reading, name: Name) -> bool:
    """Groningen leads: an active cue stands right beside the name, and no preposition before it."""
    part = reading.part
    if name.kind != "region" or not _shared(name) or name.confidence < 0.95 or part.block.kind == "heading":
        return False
    if name.first and (part.is_word(name.first - 1, "place_prepositions", "linkers") or name.nested):
        return False
    return any(
        h.tag[0] == "cue"
        and h.tag[1] in ACTS
        and h.tag[2] == "active"
        and (h.first - name.last == 1 or name.first - h.last == 1)
        for h in part.hits
    )


def _territory(reading: Reading, name: Name) -> bool:
    """The province of Trento, de regio Murcia: the word for a territory stands right beside the name."""
    part, at = reading.part, name.first - 1
    while at >= 0 and part.is_word(at, "articles", "elisions", "linkers"):
        at -= 1
    beside = [i for i in (at, name.last + 1) if 0 <= i < len(part.tokens)]
    return name.kind == "region" and _shared(name) and any(part.is_word(i, "territories") for i in beside)


def _text(reading: Reading, name: Name) -> str:
    return " ".join(t.fold for t in reading.part.tokens[name.first : name.last + 1])


def settle_regions(reading: Reading, countries: Counter[str], hint: str | None = None) -> None:
    """Choose among several regions of one name.

    What decides, in this order: the country beside the name, the regions it is listed with, what the gazetteer tries
    first, and the countries that the document speaks of.
    """
    for name in reading.names:
        ranks = {r.key: r.rank for r in name.readings if r.kind == "region"}
        if name.kind != "region" or len(ranks) < 2:
            continue
        wanted = name.country or _beside(reading, name, ranks) or hint
        group = next((g.names for g in reading.groups if any(n is name for n in g.names)), [])
        parents = Counter(
            load().entities["region", n.key or ""].parent_key for n in group if n.kind == "region" and n is not name
        )
        name.key = min(ranks, key=lambda k: (*_unlikely(k, wanted, parents), ranks[k], -_spoken(k, countries), k))


def _unlikely(key: str, wanted: str | None, parents: Counter[str | None]) -> tuple[bool, bool, bool]:
    """What speaks against a region, the strongest first."""
    entry = load().entities["region", key]
    part = entry.nuts_level != 0
    return (
        wanted != entry.country_code,
        not (part and parents[entry.parent_key] > 1),
        part,
    )


def _spoken(key: str, countries: Counter[str]) -> int:
    """How often the document speaks of the region's country."""
    return countries[load().entities["region", key].country_code or ""]


def _beside(reading: Reading, name: Name, keys: Iterable[str]) -> str | None:
    """The country whose adjective, or name in another form, stands right beside the name: nizozemský Limburk."""
    tokens = reading.part.tokens
    words = [tokens[i].fold for i in (name.first - 1, name.last + 1) if 0 <= i < len(tokens) and tokens[i].word]
    for key in keys:
        if len(key) > 2 and any(w.startswith(stem) for w in words for stem in _stems(key[:2])):
            return load().entities["region", key].country_code
    return None


@lru_cache(maxsize=64)
def _stems(country: str) -> tuple[str, ...]:
    """How the names of a country, and so mostly its adjectives, begin."""
    names = {fold(n.name.split()[0]) for n in load().names if n.kind == "region" and n.key == country}
    return tuple(sorted({n[:STEM] for n in names if len(n) > STEM}))


def place_towns(reading: Reading) -> None:
    """A town that only says where something happens is no region: after a place word, or before a date at the
    start of a line."""
    part = reading.part
    for name in reading.names:
        if name.kind != "region" or not any(r.kind == "town" for r in name.readings):
            continue
        before = name.first - 1
        while before >= 0 and part.tokens[before].fold in QUOTES:
            before -= 1
        placed = before >= 0 and part.is_word(before, "place_prepositions")
        after = part.tokens[name.last + 1 : name.last + 3]
        dateline = (
            name.first == 0
            and len(after) == 2
            and after[0].fold == ","
            and (after[1].text[0].isdigit() or not after[1].word)
        )
        events = any(
            t[:2] == ("head", "event") or t[:2] in (("cue", "organise"), ("cue", "host"))
            for i in range(len(part.tokens))
            for t in part.tags(i)
        )
        if dateline or (placed and events) or (events and _inflected(name) and _alone_in_case(part, name)):
            name.kind, name.key = "town", next(r.key for r in name.readings if r.kind == "town")


def _inflected(name: Name) -> bool:
    return name.confidence < 0.95


def _alone_in_case(part: Part, name: Name) -> bool:
    """Not in an enumeration: no comma or joint on either side."""
    tokens = part.tokens
    sides = [i for i in (name.first - 1, name.last + 1) if 0 <= i < len(tokens)]
    return not any(tokens[i].fold == "," or part.is_word(i, "and") for i in sides)


def countries_spoken_of(out: list[Reading]) -> Counter[str]:
    """How often each country is spoken of, through regions and bodies of which there is one only."""
    entities = load().entities
    seen: Counter[str] = Counter()
    for reading in out:
        for name in reading.names:
            keys = {r.key for r in name.readings if r.kind == name.kind}
            if len(keys) == 1 and name.key:
                entry = entities.get((name.kind, name.key))
                if entry and entry.country_code:
                    seen[entry.country_code] += 1
    return seen


def label_country(reading: Reading) -> str | None:
    """The country that the label of a line names: Niederlande: Limburg, Zeeland."""
    part = reading.part
    if not part.label_tokens or reading.lexicon is None:
        return None
    for known in name_index().find(part.label_tokens, reading.lexicon):
        for found in known.readings:
            entry = load().entities.get((found.kind, found.key))
            if entry is not None and entry.kind == "region" and entry.nuts_level == 0:
                return entry.country_code
    return None
