"""Town or region: many regions bear the name of their first town, and most texts that say the name mean the town."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.name import Name
from pipeline.gazetteer import load
from pipeline.text.tokens import fold

if TYPE_CHECKING:
    from pipeline.extract.reading import Reading

MEMBERS = {"lead", "found", "member", "contribute"}


def settle_towns(out: list[Reading]) -> None:
    """Take names that a region shares with a town as the town, unless the document uses the name among regions.

    Among regions is: in one enumeration with one that no town is called like, in an enumeration of nothing else, or
    where members are announced.
    """
    sure: set[str] = set()
    for reading in out:
        for group in reading.groups:
            regions = [n for n in group.names if n.kind == "region"]
            shared = [n for n in regions if _shared(n)]
            if len(shared) < len(regions) or (1 < len(shared) == len(group.names)) or _announced(out, reading):
                sure.update(_text(reading, n) for n in shared)
    for reading in out:
        for name in reading.names:
            if name.kind == "region" and _shared(name) and not name.nested and _text(reading, name) not in sure:
                town = next(r for r in name.readings if r.kind == "town")
                name.kind, name.key = "town", town.key
        reading.groups = [g for g in reading.groups if not _emptied(reading, g.names)]


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


def _text(reading: Reading, name: Name) -> str:
    return " ".join(t.fold for t in reading.part.tokens[name.first : name.last + 1])
