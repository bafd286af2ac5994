"""Labels, list items and entries: statements that stand in the layout rather than in a sentence."""

from __future__ import annotations

from pipeline.extract.names.part import Name
from pipeline.extract.page import Part
from pipeline.extract.reading import Reading
from pipeline.extract.relations.announced import leadin
from pipeline.extract.relations.discourse import PLATFORM
from pipeline.extract.relations.frames import ROLE
from pipeline.extract.relations.groups import ACTOR, PARTNERSHIP, Group
from pipeline.extract.relations.scene import EVENT_RELATIONS, RELATIONS
from pipeline.extract.relations.story import QUIET, Story
from pipeline.extract.words.lexicon import Hit

# No more words than this beside names, and a sentence only goes on with a list (Elsewhere: X, Y).
_FEW = 3


class Lists:
    """Claims of labelled lines, of items under their lead-in, and of lines that open with a name."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self._leadins: dict[int, tuple[list[str], int | None, int | None, str | None]] = {}

    def label(self, reading: Reading) -> None:
        part = reading.part
        roles = reading.roles
        ends = [b for a, b in part.sentences if a and _tells(reading, a, b)]
        end = min(a for a, b in part.sentences if b in ends) if ends else len(part.tokens)
        groups = [g for g in reading.groups if g.kind == ACTOR and g.first < end]
        self._labelled(reading, part.label_hits)
        if not roles and part.block.heading >= 0:
            heading = self._leadins.get(part.block.heading)
            country = len(part.label_tokens) <= 3 and not any(
                h.tag[0] in ("cue", "labels", "sections") for h in part.label_hits
            )
            if heading and country:
                roles = heading[0]
        self._leadins[part.index] = (roles, self.story.focus.fallback(), self.story.focus.event, None)
        if roles and groups:
            self._assign(reading, groups, roles)

    def _labelled(self, reading: Reading, hits: list[Hit]) -> None:
        """Platform, start and the like as a labelled value."""
        part = reading.part
        entity = self.story.focus.fallback()
        if entity is None:
            entity = self.story.common
        if entity is None:
            return
        zone = part.block.zone
        a, z = part.block.label[0] if part.block.label else part.block.start, part.block.end
        tags = {h.tag for h in hits}
        if ("cue", "launch", "label") in tags or ("labels", "since") in tags:
            for date in reading.dates[:1]:
                self.story.writer.attribute(entity, "launched", date.starts, (a, date.end), zone, "label", 0.85)
        partnerships = [n for n in reading.names if n.kind == "partnership" and n.entity != entity]
        if ("labels", "platform") in tags or ("cue", "part_of", "label") in tags:
            for name in partnerships[:1]:
                self.story.writer.link(part, entity, "part_of", name.entity, (a, z), "label", 0.85)
        if any(t[:2] == ("cue", "fund") for t in tags):
            for name in reading.names:
                if name.kind == "programme":
                    self.story.writer.link(
                        part, entity, "funded_by", name.entity, (a, part.tokens[name.last].end), "label", 0.85
                    )

    def _assign(self, reading: Reading, groups: list[Group], roles: list[str]) -> None:
        part = reading.part
        meets = [r for r in roles if r in EVENT_RELATIONS]
        joins = [r for r in roles if r in RELATIONS]
        if "absent" in roles:
            return
        event = self.story.focus.event if self.story.focus.event is not None else self.story.focus.title_event
        if (
            self.story.focus.title_event is not None
            and part.block.kind == "label"
            and not meets
            and set(roles) & {"lead", "invited"}
        ):
            # In minutes, who is in the chair and who is a guest is there.
            meets = ["attend"]
        a = part.block.label[0] if part.block.label else part.block.start
        use_event = bool(meets) and (not joins or (self.story.focus.title_event is not None))
        for group in groups[:1] if len(groups) > 1 and part.block.kind == "item" else groups:
            for name in group.names:
                span = a, part.tokens[name.last].end
                if use_event and event is not None:
                    role = ROLE[own_role(reading, name) or meets[0]]
                    self.story.writer.attend(part, name.entity, event, role, span, "label", 0.8)
                    if "role" in name.notes and self.story.focus.title is not None:
                        self.story.writer.member(
                            part,
                            name,
                            self.story.focus.title,
                            name.notes["role"],
                            span,
                            "bracket role",
                            0.8,
                            role_text=name.notes.get("role_text"),
                        )
                    name.notes["role_used"] = "yes"
                if joins and (not use_event or event is None or _members_present(part, joins)):
                    entity = (
                        self.story.focus.fallback() if self.story.focus.fallback() is not None else self.story.common
                    )
                    if entity is not None:
                        self.story.writer.member(
                            part, name, entity, name.notes.get("role", ROLE[joins[0]]), span, "label", 0.85
                        )

    def item(self, reading: Reading) -> None:
        above = self._leadins.get(leadin(self.story.readings, reading.part.index) or 0)
        if not above or not above[0]:
            return
        roles, partnership, event, _ = above
        groups = [g for g in reading.groups if g.kind == ACTOR and g.first <= 3]
        if not groups:
            return
        saved = self.story.focus.current, self.story.focus.event
        if partnership is not None:
            self.story.focus.current = partnership
        if event is not None:
            self.story.focus.event = event
        self._assign(reading, groups, roles)
        self.story.focus.current, self.story.focus.event = saved

    def entry(self, reading: Reading) -> None:
        """A name, a colon, names: a partnership with who is in it, or an actor with the partnerships that it is in."""
        part = reading.part
        colon = next((i for i, t in enumerate(part.tokens) if t.fold in {":", "–", "-"}), None)
        if colon is None or part.block.zone in QUIET:
            return
        begin = part.sentences[part.sentence_of(colon)][0]
        left = [g for g in reading.groups if begin <= g.first and g.last < colon]
        right = [g for g in reading.groups if g.first > colon]
        if not left or not right:
            return
        above = self._leadins.get(part.block.leadin if part.block.leadin >= 0 else part.block.heading)
        role = next((ROLE[r] for r in (above[0] if above else []) if r in RELATIONS), "member")
        span = part.tokens[0].start, part.tokens[right[-1].last].end
        inside = {i for br in reading.brackets for i in range(br.first, br.last + 1)}
        near = [
            h
            for h in part.hits
            if h.first > colon
            and h.first not in inside
            and h.tag[0] == "cue"
            and h.tag[1] in RELATIONS
            and h.tag[2] != "label"
        ]
        if near:
            return
        for one in left[:1]:
            for other in right:
                actors, objects = (one, other) if one.kind == ACTOR else (other, one)
                if actors.kind == ACTOR and objects.kind == PARTNERSHIP:
                    for name in actors.names:
                        for target in objects.names:
                            if self.story.cast.subkind(target.entity) != PLATFORM:
                                self.story.writer.member(
                                    part, name, target.entity, name.notes.get("role", role), span, "entry", 0.75
                                )

    def opening(self, reading: Reading) -> None:
        """What the items below this part will be: the roles of its last sentence, its partnership and event."""
        part = reading.part
        if part.block.kind == "label" and part.index in self._leadins:
            return
        if not part.sentences or not (part.tokens[-1].fold in (":", "?") or part.block.kind == "heading"):
            return
        self._leadins[part.index] = (reading.roles, self.story.focus.fallback(), self.story.focus.event, None)


def own_role(reading: Reading, name: Name) -> str | None:
    """What a bracket behind one of those present says that it does: A (host), B, C (speaker)."""
    bracket = next((b for b in reading.brackets if b.after is name), None)
    if bracket is None:
        return None
    cues = [h for h in reading.part.hits if bracket.first < h.first and h.last < bracket.last and h.tag[0] == "cue"]
    return next((h.tag[1] for h in cues if h.tag[1] in ("host", "organise", "speak") and h.tag[2] == "label"), None)


def _tells(reading: Reading, a: int, b: int) -> bool:
    """Whether tokens `[a, b)` behind a labelled value are a sentence of their own: more than names."""
    part = reading.part
    held = {i for n in reading.names for i in range(n.first, n.last + 1)}
    words = sum(part.tokens[i].word and i not in held for i in range(a, b))
    names = sum(a <= n.first < b for n in reading.names)
    return words > max(_FEW, names) or any(h.tag[0] in ("cue", "status") and a <= h.first < b for h in part.hits)


def _members_present(part: Part, joins: list[str]) -> bool:
    """Members of the network present: who is there is a member too."""
    return "member" in joins and any(h.tag[:2] == ("head", "partnership") for h in part.label_hits)
