"""Actors beside a partnership with no word that says how they are related: perhaps members."""

from __future__ import annotations

from pipeline.extract.reading import Reading
from pipeline.extract.relations import signs
from pipeline.extract.relations.announced import leadin
from pipeline.extract.relations.discourse import PLATFORM
from pipeline.extract.relations.frames import ROLE, Bond, is_network
from pipeline.extract.relations.groups import Group
from pipeline.extract.relations.joined import CLOSE, distance
from pipeline.extract.relations.scene import EVENT_RELATIONS, RELATIONS, Cue, Scene, Target
from pipeline.extract.relations.story import Story


class Near:
    """Memberships that no word states."""

    def __init__(self, story: Story) -> None:
        self.story = story

    def read(self, reading: Reading, here: Scene, joined: list[Bond], met: list[Bond]) -> None:
        """Actors beside a partnership with no word between them that says how: perhaps members."""
        used = [b.group for b in joined + met] + here.told
        bonded = {self.story.object_of(b.target, "partnership") for b in joined}
        taken = [b.cue for b in joined + met]
        if here.question or any(
            kind in ("negated", "former", "planned", "invited", "absent") for _, _, kind in here.status
        ):
            return
        joins = any(c.relation == "member" for c in here.cues)
        around = self._around(reading, here)
        for group in here.actors():
            if any(group is g for g in used) or (joins and is_network(group)):
                continue
            cue = _nearest(here, group)
            for entity, rule, target in self._objects(here, group):
                first, last = group.first, group.last
                if target is not None:
                    first, last = min(first, target.first), max(last, target.last)
                features = {
                    **around,
                    "company": float(entity in bonded),
                    "since": 1 / (1 + self.story.focus.since(entity)),
                    "common": float(entity == self.story.common),
                    "apart": float(abs(target.first - group.first)) if target is not None else 0.0,
                }
                if cue is not None:
                    features[f"near {cue.relation}"] = 1 / (1 + distance(cue, group) / 5)
                for name in group.names:
                    # Led by A, in which B works: a word that has its actor gives nobody else a role.
                    role = name.notes.get("role", "member" if cue in taken else _role(cue, group))
                    if self.story.writer.roles(name.entity, entity) - {role}:
                        continue
                    self.story.writer.member(
                        reading.part,
                        name,
                        entity,
                        role,
                        here.span(first, min(last, here.b - 1)),
                        rule,
                        0.6 if _likely(reading, group, rule) else 0.3,
                        inferred=True,
                        features={**signs.named(group, name), **features},
                    )

    def _objects(self, here: Scene, group: Group) -> list[tuple[int, str, Target | None]]:
        """What a group may be in: partnerships named with it, else those that the text speaks of, with the rule."""
        named = [t for t in here.targets if t.kind == "partnership" and t.dual is None and t.subkind != PLATFORM]
        explicit = sorted((t for t in named if not t.reference), key=lambda t: abs(t.first - group.first))
        focus = self.story.focus
        found: list[tuple[int | None, str, Target | None]] = [(t.entity, "near", t) for t in explicit]
        found += [(t.entity, "near reference", t) for t in named if t.reference]
        found += [(focus.fallback(), "near focus", None), (focus.title, "near title", None)]
        out: dict[int, tuple[int, str, Target | None]] = {}
        for entity, rule, target in found:
            if entity is not None and entity >= 0 and self.story.cast.subkind(entity) != PLATFORM:
                out.setdefault(entity, (entity, rule, target))
        return list(out.values())

    def _around(self, reading: Reading, here: Scene) -> dict[str, float]:
        """Signs of the sentence for actors that no word relates."""
        above = leadin(self.story.readings, reading.part.index)
        lead = self.story.readings[above] if above is not None else None
        return {
            "event words": float(sum(c.relation in EVENT_RELATIONS for c in here.cues)),
            "announced": float(lead is not None and bool(set(lead.roles) & set(RELATIONS))),
            "listed below": float(lead is not None and any(n.kind == "partnership" for n in lead.names)),
        }


def _likely(reading: Reading, group: Group, rule: str) -> bool:
    """Two regions and more beside a partnership are mostly in it; a single name or bodies seldom."""
    regions = all(n.kind == "region" for n in group.names)
    listed = rule == "near" and reading.part.block.kind == "item"
    fitting = regions or rule == "near reference" or listed
    return fitting and len(group.names) > 1 and reading.part.block.kind in ("paragraph", "item")


def _nearest(here: Scene, group: Group) -> Cue | None:
    """The word for a role in a partnership that stands closest to a group."""
    cues = [c for c in here.cues if c.relation in RELATIONS and c.said_of(group)]
    return min(cues, key=lambda c: distance(c, group), default=None)


def _role(cue: Cue | None, group: Group) -> str:
    """The role that the closest word gives, if it is close; else mere membership."""
    return ROLE[cue.relation] if cue is not None and distance(cue, group) <= CLOSE else "member"
