"""Roles and members that stand in brackets: A (lead partner), B and C; the network X (A, B, C)."""

from __future__ import annotations

from pipeline.extract.cast import ACTORS
from pipeline.extract.reading import Reading
from pipeline.extract.relations import signs
from pipeline.extract.relations.discourse import PLATFORM
from pipeline.extract.relations.frames import ROLE, bonds
from pipeline.extract.relations.groups import Group
from pipeline.extract.relations.scene import RELATIONS, Scene
from pipeline.extract.relations.story import Story

_SEATS = ("whence", "place_prepositions")
_PARTING = frozenset({",", "–", "-", "—", ":"})


class Bracketed:
    """Memberships that brackets state."""

    def __init__(self, story: Story) -> None:
        self.story = story

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
        self._apposed(reading)

    def _apposed(self, reading: Reading) -> None:
        """– A from X, coordinator: the role of the first name of an item, behind a comma or dash at its end."""
        part = reading.part
        first = next((n for n in reading.names if not n.nested), None)
        if part.block.kind != "item" or first is None or first.kind not in ACTORS or first.first > 2 or first.notes:
            return
        inside = {i for n in reading.names for i in range(n.first, n.last + 1) if n.aside}
        inside |= {i for br in reading.brackets if br.after is first for i in range(br.first, br.last + 1)}
        at = first.last + 1
        while at < len(part.tokens) and (at in inside or part.is_word(at, "articles", "elisions", *_SEATS)):
            at += 1
        if at >= len(part.tokens) or part.tokens[at].fold not in _PARTING:
            return
        hits = [h for h in part.hits if h.tag[0] == "cue" and h.tag[1] in RELATIONS and h.tag[2] == "label"]
        hit = max((h for h in hits if 1 <= h.first - at <= 2), key=lambda h: h.last, default=None)
        if hit is None or any(h.tag[0] == "status" and h.first > at for h in part.hits):
            return
        if hit.last + 1 < len(part.tokens) and part.tokens[hit.last + 1].word:
            return
        text = self.story.page.text[part.tokens[hit.first].start : part.tokens[hit.last].end]
        first.notes |= {"role": ROLE[hit.tag[1]], "role_text": " ".join(text.split()), "role_used": ""}

    def read(self, reading: Reading, here: Scene) -> None:
        """Members listed in brackets, and names that a bracket gives a role."""
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
                    if any(b.group is group and not signs.beside(b) for b in bonds(here)):
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
                features={"explicit": 1.0, **signs.named(group, name)},
            )
