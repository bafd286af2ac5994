"""Places that only say where what stands beside them lies or comes from, and take no part themselves."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from pipeline.extract.names.part import Name
from pipeline.extract.page import Part
from pipeline.gazetteer import load

if TYPE_CHECKING:
    from pipeline.extract.relations.groups import Group


def owners(part: Part, names: list[Name]) -> None:
    """Itävallan Steiermark, Austria's Styria: a country right before what lies in it only says where that is, as does a
    region before the noun for a body that is named behind it (Rootsi tehnoloogiainstituut RISE)."""
    for left, right in itertools.pairwise(names):
        entry = load().entities.get(("region", left.key or "")) if left.kind == "region" else None
        gap = range(left.last + 1, right.first)
        if entry is not None and entry.nuts_level == 0 and not gap and _lies_in(right, entry.country_code or ""):
            left.aside = True
        noun = all(_small_body(part, i) for i in gap)
        if entry is not None and 0 < len(gap) <= 2 and noun and right.kind == "organisation":
            left.aside = True


def _small_body(part: Part, i: int) -> bool:
    """A head noun of bodies in small letters."""
    return part.tokens[i].text[0].islower() and any(t[:2] == ("head", "organisation") for t in part.tags(i))


def without_seats(part: Part, groups: list[Group]) -> list[Group]:
    """From Finland also Kainuu; GTK in Finland: a country that only says where a neighbour lies takes no part."""
    out = list(groups)
    for left, right in itertools.pairwise(groups):
        if left.kind != right.kind or left.kind != "actor":
            continue
        gap = range(left.last + 1, right.first)
        if any(part.is_word(i, "and") or (not part.tokens[i].word and part.tokens[i].fold != ",") for i in gap):
            continue
        country = _country(left)
        if country and len(gap) <= 3 and any(_lies_in(n, country) for n in right.names):
            left.names[0].aside = True
            out = [g for g in out if g is not left]
            continue
        placed = any(part.is_word(i, "place_prepositions") for i in gap)
        country = _country(right)
        if (country and placed and len(gap) <= 2 and _lies_in(left.names[-1], country, True)) or _origin(
            part, left, right
        ):
            right.names[0].aside = True
            out = [g for g in out if g is not right]
        elif _origin(part, right, left):
            left.names[0].aside = True
            out = [g for g in out if g is not left]
    return out


def _origin(part: Part, body: Group, region: Group) -> bool:
    """The agency from Lapland; from Lapland the agency: a lone region that only says where the body beside it is
    from."""
    if len(region.names) > 1 or region.names[0].kind != "region" or body.names[-1].kind != "organisation":
        return False
    after = body.last < region.first
    gap = range(body.last + 1, region.first) if after else range(region.last + 1, body.first)
    at = region.first - 1
    while at > 0 and part.is_word(at, "articles", "elisions"):
        at -= 1
    beside = at == gap.start if after else all(part.is_word(i, "articles", "elisions") for i in gap)
    return beside and at >= 0 and part.is_word(at, "whence")


def _country(group: Group) -> str | None:
    """The code of the country that is all a group holds."""
    name = group.names[0]
    entry = load().entities.get(("region", name.key or "")) if len(group.names) == 1 and name.kind == "region" else None
    return entry.country_code if entry is not None and entry.nuts_level == 0 else None


def _lies_in(name: Name, country: str, unknown: bool = False) -> bool:
    entry = load().entities.get((name.kind, name.key or ""))
    if entry is None or not entry.country_code:
        return unknown and name.kind == "organisation"
    return entry.country_code == country and (entry.kind != "region" or entry.nuts_level != 0)


def seats(part: Part, run: list[Name]) -> None:
    """X, Italy: a country right after a name is where that lies, if it fits or if the line holds nothing else."""
    entities = load().entities
    for left, right in itertools.pairwise(run):
        if right.kind != "region" or not right.key or left.aside:
            continue
        entry = entities.get(("region", right.key))
        if entry is None or entry.nuts_level != 0 or right.first - left.last != 2:
            continue
        inside = any(
            r.kind == left.kind
            and (e := entities.get((r.kind, r.key)))
            and e.country_code == entry.country_code
            and e.nuts_level != 0
            for r in left.readings
        )
        alone = part.block.kind == "item" and len(run) == 2 and left.kind == "organisation"
        if inside or alone:
            right.aside, left.country = True, entry.country_code


def origins(part: Part, run: list[Name]) -> None:
    """From Slovenia only X was there; partners from Italy and Malta: countries that say where others come from."""
    entities = load().entities
    levels = {entities["region", n.key].nuts_level if n.kind == "region" and n.key else None for n in run}
    at = run[0].first - 1
    while at > 0 and part.is_word(at, "articles"):
        at -= 1
    if levels == {0} and at >= 0 and part.is_word(at, "whence"):
        for name in run:
            name.aside = True
