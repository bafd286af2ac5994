"""Who is in what and who was where: bonds between actors and partnerships or events become claims."""

from __future__ import annotations

import itertools
from dataclasses import replace

from pipeline.extract.cast import ACTORS
from pipeline.extract.names.part import Name
from pipeline.extract.reading import Reading
from pipeline.extract.relations.announced import leadin
from pipeline.extract.relations.discourse import PLATFORM
from pipeline.extract.relations.frames import ROLE, Bond, bonds, is_network
from pipeline.extract.relations.groups import ACTOR, PARTNERSHIP, Group
from pipeline.extract.relations.joined import (
    CLOSE,
    distance,
    gapped,
    joint_actors,
    partners_ahead,
    representatives,
    without_membership,
)
from pipeline.extract.relations.scene import EVENT_RELATIONS, RELATIONS, Cue, Scene, Target
from pipeline.extract.relations.story import COLLECTIVES, Story


class Participation:
    """Memberships and attendances that the sentences of a story state."""

    def __init__(self, story: Story) -> None:
        self.story = story

    def read(self, reading: Reading, here: Scene) -> None:
        if not here.actors():
            self._all(reading, here, [])
            return
        chosen = bonds(here)
        attended = [_through(here, bond) for bond in bonds(here, EVENT_RELATIONS, "event")]
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
                if self._meets(bond, twin, here):
                    chosen.remove(twin)
                else:
                    continue
            self._attend(reading, here, bond)
        gapped(here, chosen)
        joint_actors(here, chosen)
        partners_ahead(here, chosen)
        for found in (chosen, attended):
            self._enumerated(here, found)
        self._all(reading, here, chosen)
        chosen += representatives(here, chosen + attended, self.story.focus.event_last(here.part.index))
        chosen += without_membership(here, chosen)
        for bond in chosen:
            self._member(reading, here, bond)
        self._near(reading, here, chosen, attended)

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
                features=self._features(bond, name),
            )

    def _near(self, reading: Reading, here: Scene, joined: list[Bond], met: list[Bond]) -> None:
        """Actors beside a partnership with no word between them that says how: perhaps members."""
        used = [b.group for b in joined + met] + here.told
        bonded = {self.story.object_of(b.target, "partnership") for b in joined}
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
                    role = name.notes.get("role", _role(cue, group))
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
                        features={**self._named(group, name), **features},
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

    def _meets(self, event: Bond, partnership: Bond, here: Scene) -> bool:
        """Whether "take part" speaks of an event rather than of a partnership: the nearer named object decides."""
        if event.target is not None and partnership.target is not None:
            return self._gap(event) <= self._gap(partnership)
        if event.target is not None:
            return True
        focus = self.story.focus
        pronoun = partnership.target is not None and partnership.target.reference and partnership.target.subkind is None
        if pronoun and focus.event is not None and focus.event_last(here.part.index):
            return True
        if partnership.target is not None or focus.event is None:
            return False
        tokens = here.part.tokens
        after = partnership.cue.last + 1
        if after < here.b and here.part.is_word(after, "pronouns") and tokens[after].word:
            return False
        title = focus.title_event is not None and not focus.partnership_last()
        return title or focus.event_last(here.part.index) or self._met(event, here)

    def _met(self, event: Bond, here: Scene) -> bool:
        """The event was spoken of in this paragraph, and no partnership since: it met in Rome. A and B took part."""
        story = self.story
        assert story.focus.event is not None
        if event.cue.relation != "attend" or "active" not in event.cue.voices:
            return False
        named = any(h.tag[:2] == ("head", "partnership") for h in here.part.sentence_hits(here.a))
        named = named or any(t.kind == "partnership" for t in here.targets)
        return not named and story.diary.lately(story.focus.event, here.part.index)

    def _gap(self, bond: Bond) -> float:
        assert bond.target is not None
        after = bond.target.first > bond.cue.last
        gap = bond.target.first - bond.cue.last if after else bond.cue.first - bond.target.last
        return gap + (3 if bond.target.reference else 0) + (0 if after else 2)

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
        if _beside(bond) and listed:
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
        span = self._span(here, bond)
        spoken = self._spoken(reading, here, bond, entity)
        for name, joined in [(n, e) for n in bond.group.names for e in self._siblings(here, bond.target, entity)]:
            self.story.writer.member(
                reading.part,
                name,
                joined,
                name.notes.get("role", role),
                span,
                bond.rule,
                self._confidence(bond),
                self._status(bond),
                text,
                features={**self._features(bond, name), **spoken},
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

    def _status(self, bond: Bond) -> str | None:
        return bond.status if bond.status in ("former", "planned", "invited") else None

    def _attend(self, reading: Reading, here: Scene, bond: Bond) -> None:
        if bond.status in ("negated", "absent", "former"):
            return
        entity = self.story.object_of(bond.target, "event")
        if entity < 0:
            return
        if bond.target is None and not self._at_hand(here, bond, entity):
            return
        text = self.story.text(here, bond.cue.first, bond.cue.last)
        span = self._span(here, bond)
        self._represented(reading, here, bond, entity, span)
        for name in bond.group.names:
            self.story.writer.attend(
                reading.part,
                name.entity,
                entity,
                ROLE[bond.cue.relation],
                span,
                bond.rule,
                self._confidence(bond),
                self._status(bond),
                text,
                features=self._features(bond, name),
            )

    def _at_hand(self, here: Scene, bond: Bond, event: int) -> bool:
        """Whether a sentence that names no event may speak of this one: who presents something does so at the event
        that the whole text is about."""
        if self.story.diary.lately(event, here.part.index):
            return True
        return bond.cue.relation == "speak" and self.story.diary.subject(event, here.part)

    def _represented(self, reading: Reading, here: Scene, bond: Bond, event: int, span: tuple[int, int]) -> None:
        """A region that takes part through bodies: they are there too, on its behalf."""
        if bond.cue.relation != "attend" or len(bond.group.names) != 1:
            return
        for group in here.actors():
            gap = range(bond.group.last + 1, group.first)
            if not 0 < len(gap) <= 12 or here.between([g.first for g in here.actors()], bond.group.last, group.first):
                continue
            if any(reading.part.is_word(i, "on_behalf") for i in gap):
                whole = (
                    min(span[0], here.span(group.first, group.first)[0]),
                    max(span[1], here.span(group.last, group.last)[1]),
                )
                for name in group.names:
                    self.story.writer.attend(
                        reading.part,
                        name.entity,
                        event,
                        "participant",
                        whole,
                        "represented",
                        0.7,
                        self._status(bond),
                        behalf=bond.group.names[0].entity,
                    )

    def _confidence(self, bond: Bond) -> float:
        return max(0.3, min(0.95, 0.35 + 0.35 * bond.score))

    def _features(self, bond: Bond, name: Name) -> dict[str, float]:
        cue, group, target = bond.cue, bond.group, bond.target
        before = group.last < cue.first
        found = {
            "score": bond.score,
            "explicit": float(target is not None and not target.reference),
            "reference": float(target is not None and target.reference),
            "actor before": float(before),
            "actor gap": float(cue.first - group.last if before else group.first - cue.last),
            **{f"cue {voice}": 1.0 for voice in sorted(cue.voices)},
            **self._named(group, name),
        }
        if target is not None:
            ahead = target.last < cue.first
            found["object before"] = float(ahead)
            found["object gap"] = float(cue.first - target.last if ahead else target.first - cue.last)
            found["dual"] = float(target.dual is not None)
        return found

    def _named(self, group: Group, name: Name) -> dict[str, float]:
        return {
            "group": float(len(group.names)),
            "name": name.confidence,
            "regions": float(all(n.kind == "region" for n in group.names)),
        }

    def _span(self, here: Scene, bond: Bond) -> tuple[int, int]:
        """From the first to the last of actor, cue and object."""
        places = [bond.cue.first, bond.cue.last, bond.group.first, bond.group.last]
        if bond.target is not None:
            places += [bond.target.first, bond.target.last]
        return here.span(min(places), max(places))

    def roles(self, reading: Reading) -> None:
        """Note on names the role that the bracket behind them gives: A (lead partner), B, C (secretariat)."""
        tokens = reading.part.tokens
        for bracket in reading.brackets:
            hits = [h for h in reading.part.hits if bracket.first < h.first and h.last < bracket.last]
            cues = [h for h in hits if h.tag[0] == "cue" and h.tag[1] in RELATIONS]
            name = bracket.after
            if not cues or name is None or name.kind not in ACTORS or any(h.tag == ("status", "negated") for h in hits):
                continue
            text = self.story.page.text[tokens[cues[0].first].start : tokens[cues[0].last].end]
            name.notes |= {"role": ROLE[cues[0].tag[1]], "role_text": " ".join(text.split()), "role_used": ""}

    def brackets(self, reading: Reading, here: Scene) -> None:
        part = reading.part
        for bracket in reading.brackets:
            if not here.a <= bracket.first < here.b or bracket.after is None:
                continue
            cues = [
                h
                for h in part.hits
                if h.tag[0] == "cue" and h.tag[1] in RELATIONS and bracket.first < h.first and h.last < bracket.last
            ]
            negated = any(h.tag == ("status", "negated") and bracket.first < h.first < bracket.last for h in part.hits)
            groups = [g for g in here.actors() if bracket.first < g.first and g.last < bracket.last]
            if cues and groups and not negated and bracket.after.kind == "partnership":
                here.told += groups
                for group in groups:
                    ahead = [h for h in cues if h.last < group.first]
                    relation = (max(ahead, key=lambda h: h.first) if ahead else cues[0]).tag[1]
                    for name in group.names:
                        self.story.writer.member(
                            part,
                            name,
                            bracket.after.entity,
                            name.notes.get("role", ROLE[relation]),
                            here.span(bracket.after.first, bracket.last),
                            "bracket list",
                            0.8,
                        )
                continue
            if (
                bracket.after.kind == "partnership"
                and len([n for g in groups for n in g.names]) > 1
                and not negated
                and not cues
            ):
                for name in [n for g in groups for n in g.names]:
                    span = here.span(bracket.after.first, bracket.last)
                    self.story.writer.member(
                        part, name, bracket.after.entity, name.notes.get("role", "member"), span, "bracket list", 0.65
                    )
                continue
        for group in here.actors():
            for name in group.names:
                if "role" in name.notes and not name.notes["role_used"]:
                    if any(b.group is group and not _beside(b) for b in bonds(here)):
                        continue
                    entity = self.story.focus.fallback()
                    explicit = [
                        t.entity
                        for t in here.targets
                        if t.kind == "partnership" and t.subkind != PLATFORM and t.entity >= 0 and t.dual is None
                    ]
                    entity = explicit[0] if explicit else entity
                    if len(group.names) > 2 and name.notes["role"] == "lead" and part.block.kind != "label":
                        self._consortium(reading, here, group, explicit)
                    if name.notes["role_used"]:
                        continue
                    if entity is not None:
                        name.notes["role_used"] = "yes"
                        self.story.writer.member(
                            part,
                            name,
                            entity,
                            name.notes["role"],
                            here.span(name.first, min(group.last, here.b - 1)),
                            "bracket role",
                            0.8,
                            role_text=name.notes["role_text"],
                        )

    def _consortium(self, reading: Reading, here: Scene, group: Group, explicit: list[int]) -> None:
        """A (lead partner), B and C: an enumeration with a lead is the consortium of what the text is about."""
        focus = self.story.focus
        entity = explicit[0] if explicit else focus.title if focus.title is not None else focus.fallback()
        if entity is None:
            return
        span = here.span(group.first, min(group.last, here.b - 1))
        for name in group.names:
            role = name.notes.get("role", "member")
            name.notes["role"], name.notes["role_used"] = role, "yes"
            self.story.writer.member(
                reading.part,
                name,
                entity,
                role,
                span,
                "consortium",
                0.85,
                role_text=name.notes.get("role_text"),
                inferred=True,
                features={"explicit": 1.0, **self._named(group, name)},
            )


def _beside(bond: Bond) -> bool:
    """Works with A (lead partner), B and C: said of bodies, not of a partnership."""
    return (bond.target is None and bond.cue.relation == "contribute") or (
        bond.target is not None and bond.target.dual is not None
    )


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


def _through(here: Scene, bond: Bond) -> Bond:
    """Speakers were A, representatives of B and C: they did what the clause says, and are not merely there."""
    if bond.cue.relation != "attend" or bond.cue.voices != {"passive"}:
        return bond
    done = [
        c
        for c in here.cues
        if c.relation == "speak" and c.last < bond.cue.first and not here.between(here.breaks, c.last, bond.cue.first)
    ]
    return replace(bond, cue=replace(bond.cue, relation=done[-1].relation)) if done else bond
