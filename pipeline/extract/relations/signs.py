"""What a bond between actor, word and object shows of itself, and where it stands."""

from __future__ import annotations

from pipeline.extract.names.part import Name
from pipeline.extract.relations.frames import Bond
from pipeline.extract.relations.groups import Group
from pipeline.extract.relations.scene import Scene


def confidence(bond: Bond) -> float:
    """The raw score of a bond, between 0.3 and 0.95."""
    return max(0.3, min(0.95, 0.35 + 0.35 * bond.score))


def status(bond: Bond) -> str | None:
    """What a bond says of a place in something that is past or to come."""
    return bond.status if bond.status in ("former", "planned", "invited") else None


def features(bond: Bond, name: Name) -> dict[str, float]:
    """What a bond shows of itself: how far apart its words stand, in which order and voice."""
    cue, group, target = bond.cue, bond.group, bond.target
    before = group.last < cue.first
    found = {
        "score": bond.score,
        "explicit": float(target is not None and not target.reference),
        "reference": float(target is not None and target.reference),
        "actor before": float(before),
        "actor gap": float(cue.first - group.last if before else group.first - cue.last),
        **{f"cue {voice}": 1.0 for voice in sorted(cue.voices)},
        **named(group, name),
    }
    if target is not None:
        ahead = target.last < cue.first
        found["object before"] = float(ahead)
        found["object gap"] = float(cue.first - target.last if ahead else target.first - cue.last)
        found["dual"] = float(target.dual is not None)
    return found


def named(group: Group, name: Name) -> dict[str, float]:
    """What the names of an enumeration show."""
    return {
        "group": float(len(group.names)),
        "name": name.confidence,
        "regions": float(all(n.kind == "region" for n in group.names)),
        "self": float(name.rule == "self"),
    }


def span(here: Scene, bond: Bond) -> tuple[int, int]:
    """From the first to the last of actor, cue and object."""
    places = [bond.cue.first, bond.cue.last, bond.group.first, bond.group.last]
    if bond.target is not None:
        places += [bond.target.first, bond.target.last]
    return here.span(min(places), max(places))


def beside(bond: Bond) -> bool:
    """Works with A (lead partner), B and C: said of bodies, not of a partnership."""
    return (bond.target is None and bond.cue.relation == "contribute") or (
        bond.target is not None and bond.target.dual is not None
    )
