"""Who is in what: bonds between actors and partnerships become memberships; attendances are told by the way."""

from __future__ import annotations

import itertools
from dataclasses import replace

from pipeline.extract.names.part import Name
from pipeline.extract.reading import Reading
from pipeline.extract.relations import signs
from pipeline.extract.relations.attending import Attending, through
from pipeline.extract.relations.discourse import PLATFORM
from pipeline.extract.relations.frames import ROLE, Bond, bonds
from pipeline.extract.relations.groups import ACTOR, PARTNERSHIP, Group
from pipeline.extract.relations.joined import (
    companions,
    gapped,
    handed_over,
    joint_actors,
    not_but,
    partners_ahead,
    representatives,
    without_membership,
)
from pipeline.extract.relations.near import Near
from pipeline.extract.relations.scene import EVENT_RELATIONS, Scene, Target
from pipeline.extract.relations.story import COLLECTIVES, Story


class Participation:
    """Memberships and attendances that the sentences of a story state."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self._attending, self._near = Attending(story), Near(story)

    def read(self, reading: Reading, here: Scene) -> None:
        if not here.actors():
            self._all(reading, here, [])
            return
        chosen = bonds(here)
        attended = [through(here, bond) for bond in bonds(here, EVENT_RELATIONS, "event")]
        joint_actors(here, attended)
        for bond in attended:
            twin = next(
                (
                    c
                    for c in chosen
                    if c.cue.first <= bond.cue.last and bond.cue.first <= c.cue.last and c.group is bond.group
                ),
                None,
            )
            if twin is not None:
                if self._attending.meets(bond, twin, here):
                    chosen.remove(twin)
                else:
                    continue
            self._attending.attend(reading, here, bond)
        gapped(here, chosen)
        joint_actors(here, chosen)
        partners_ahead(here, chosen)
        companions(here, chosen)
        not_but(here, chosen)
        start, end = here.whole()
        until = [d for d in reading.dates if start <= d.start < end and d.relation == "until"]
        chosen = handed_over(chosen, here, [reading.token_at(d.start) for d in until])
        for found in (chosen, attended):
            self._enumerated(here, found)
        self._all(reading, here, chosen)
        chosen += representatives(here, chosen + attended, self.story.focus.event_last(here.part.index))
        chosen += without_membership(here, chosen)
        for bond in chosen:
            self._member(reading, here, bond)
        self._near.read(reading, here, chosen, attended)

    def _enumerated(self, here: Scene, chosen: list[Bond]) -> None:
        """A, the Catalan B and C from Turin: groups that only a comma or joint and a few words part share a role."""
        actors = here.actors()
        for left, right in itertools.pairwise(actors):
            gap = range(left.last + 1, right.first)
            if not 0 < len(gap) <= 7 or any(
                h.tag[0] in ("cue", "status") and h.tag[1] not in ("part_of", "fund", "launch") and h.first in gap
                for h in here.part.hits
            ):
                continue
            if here.between(here.breaks + here.relatives, left.last, right.first) or not any(
                here.part.tokens[i].fold == "," or here.part.is_word(i, "and") for i in gap
            ):
                continue
            for known, new in ((left, right), (right, left)):
                if any(t.kind == "partnership" and 0 < t.first - new.last <= 1 for t in here.targets):
                    # The Commission's pilot: whose the object is.
                    continue
                bond = next((b for b in chosen if b.group is known and b.cue.relation != "lead"), None)
                side = bond is not None and (bond.cue.first < known.first) == (bond.cue.first < new.first)
                if bond is not None and side and not any(b.group is new for b in chosen):
                    chosen.append(replace(bond, group=new, score=bond.score - 0.1, how="enumerated"))

    def _all(self, reading: Reading, here: Scene, chosen: list[Bond]) -> None:
        """All selected regions are members of X: who was said to be in the partnership at hand is in X too."""
        at = next((h.first for h in reading.part.hits if h.tag == ("word", "all") and here.a <= h.first < here.b), None)
        focus = self.story.focus.fallback()
        if at is None or focus is None or here.question:
            return
        cue = next(
            (c for c in here.cues if c.relation == "member" and "active" in c.voices and 0 < c.first - at <= 8), None
        )
        target = next(
            (t for t in here.targets if cue and t.kind == "partnership" and not t.reference and t.first > cue.last),
            None,
        )
        if (
            cue is None
            or target is None
            or target.entity == focus
            or any(at < g.first < cue.first for g in here.actors())
        ):
            return
        chosen[:] = [b for b in chosen if b.cue is not cue]
        span = here.span(at, target.last)
        regions = any(h.tag == ("measures", "member_regions") and at < h.first <= at + 2 for h in reading.part.hits)
        meant = [
            Name(at, at, self.story.cast.kind(index), "all", 0.7, entity=index)
            for index in self.story.writer.members_of(focus)
            if not regions or self.story.cast.kind(index) == "region"
        ]
        bond = Bond(cue, Group(ACTOR, at, at, meant), target, 0.65, None, "all of them")
        for name in meant:
            self.story.writer.member(
                reading.part,
                name,
                target.entity,
                "member",
                span,
                bond.how,
                bond.score,
                inferred=True,
                features=signs.features(bond, name),
            )

    def _member(self, reading: Reading, here: Scene, bond: Bond) -> None:
        if bond.status in ("negated", "absent"):
            return
        entity = self.story.object_of(bond.target, "partnership")
        if entity < 0:
            return
        if bond.target is None and self._counted(reading, here, bond):
            return
        if bond.target is None and self.story.focus.fallback() is None and any(t.kind == "event" for t in here.targets):
            # Nothing but the meeting was spoken of so far.
            return
        role = ROLE[bond.cue.relation]
        if role == "lead" and self.story.cast.subkind(entity) == PLATFORM:
            return
        listed = [n for n in bond.group.names if n.notes.get("role") == "lead"]
        if signs.beside(bond) and listed:
            return
        if role == "lead" and listed and len(bond.group.names) > len(listed):
            # Where one of many is marked as lead, the others are members.
            role = "member"
        if (
            bond.target is not None
            and bond.target.subkind == PLATFORM
            and role == "member"
            and bond.cue.voices == {"label"}
        ):
            return
        if role == "member" and self.story.cast.subkind(entity) == PLATFORM and bond.target is None:
            return
        text = self.story.text(here, bond.cue.first, bond.cue.last)
        span = signs.span(here, bond)
        spoken = self._spoken(reading, here, bond, entity)
        for name, joined in [(n, e) for n in bond.group.names for e in self._siblings(here, bond.target, entity)]:
            self.story.writer.member(
                reading.part,
                name,
                joined,
                name.notes.get("role", role),
                span,
                bond.rule,
                signs.confidence(bond),
                signs.status(bond),
                text,
                features={**signs.features(bond, name), **spoken},
            )

    def _spoken(self, reading: Reading, here: Scene, bond: Bond, entity: int) -> dict[str, float]:
        """How lately an object that the sentence does not name was spoken of, and what else may be meant."""
        if bond.target is not None and not bond.target.reference:
            return {}
        focus = self.story.focus
        kind = bond.target.subkind if bond.target is not None else None
        meant = [p for p in focus.history if p != entity and (kind is None or focus.fits(p, kind))]
        # Unmistakable names of which nothing tells what they are: perhaps one of them is meant.
        strange = [n for n in reading.names if not n.kind and n.first < here.b and n.strong]
        return {
            "since": 1 / (1 + focus.since(entity)),
            "is title": float(entity == focus.title),
            "is common": float(entity == self.story.common),
            "strange before": float(any(n.last < bond.cue.first for n in strange)),
            "strange names": float(len(strange)),
            "others spoken of": float(sum(focus.since(p) < focus.since(entity) for p in meant)),
        }

    def _counted(self, reading: Reading, here: Scene, bond: Bond) -> bool:
        """Takes part in eight partnerships: the object is a number of them, none in particular."""
        end = reading.part.tokens[bond.cue.last].end
        return any(f.measure in COLLECTIVES and 0 <= f.start - end <= 30 for f in reading.figures)

    def _siblings(self, here: Scene, target: Target | None, entity: int) -> list[int]:
        """The object and what is enumerated with it: takes part in X and Y."""
        if target is None:
            return [entity]
        if target.reference:
            return target.entities()
        for group in here.groups:
            if group.kind == PARTNERSHIP and any(n.first == target.first for n in group.names):
                # A partnership of a platform, which A leads: what holds the one is no second one.
                platform = target.subkind == PLATFORM
                alike = [n.entity for n in group.names if (self.story.cast.subkind(n.entity) == PLATFORM) == platform]
                return list(dict.fromkeys(alike))
        return [entity]
