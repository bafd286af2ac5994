"""Links: a partnership that belongs to, is paid by, or follows another, or a programme."""

from __future__ import annotations

from pipeline.extract.discourse import PLATFORM, SUBORDINATE
from pipeline.extract.frames import status_of
from pipeline.extract.groups import Group
from pipeline.extract.page import Part
from pipeline.extract.reading import Reading
from pipeline.extract.scene import Cue, Scene, Target
from pipeline.extract.story import Story

# Heads of what belongs to a network.
_PARTS = {("head", "partnership", "pilot"), ("head", "partnership", "working_group")}


class Links:
    """Links that the sentences of a story state."""

    def __init__(self, story: Story) -> None:
        self.story = story

    def read(self, reading: Reading, here: Scene) -> None:
        if here.question:
            return
        self._events(reading, here)
        self.beside(reading, here)
        self._budget(reading, here)
        self._pilots(reading, here)
        self._groups(reading, here)
        for cue in here.cues:
            if cue.relation in ("part_of", "fund", "succeed"):
                self._link(reading, here, cue)
            elif (
                cue.relation == "member"
                and "active" in cue.voices
                and any(0 < t.first - cue.last <= 4 and t.subkind == PLATFORM and not t.reference for t in here.targets)
            ):
                self._link(reading, here, Cue(cue.first, cue.last, "part_of", cue.voices))

    def beside(self, reading: Reading, here: Scene) -> None:
        """A project beside the one fund, a partnership beside the one platform of its sentence: they mostly
        belong together."""
        if any(kind in ("negated", "former", "planned") for _, _, kind in here.status):
            return
        own = [
            t
            for t in here.targets
            if t.kind == "partnership" and t.dual is None and t.subkind not in (PLATFORM, "pact")
        ]
        named = [t for t in own if not t.reference] or own
        funds = [t for t in here.targets if t.kind == "programme" and t.subkind == "funding"]
        platforms = [t for t in here.targets if t.subkind == PLATFORM and not t.reference]
        if any(t.reference for t in named):
            # Of the platforms together, partnerships are spoken of in general.
            platforms = [t for t in platforms if not self.story.focus.collective(t.entity)]
        for relation, objects, kinds in (
            ("funded_by", funds, {"project", "consortium", None}),
            ("part_of", platforms, {"thematic_partnership"}),
        ):
            subjects = [t for t in named if self.story.cast.subkind(t.entity) in kinds]
            if len({t.entity for t in objects}) == 1 and len({t.entity for t in subjects}) == 1:
                one, other = subjects[0], objects[0]
                span = here.span(min(one.first, other.first), max(one.last, other.last))
                self.story.writer.link(reading.part, one.entity, relation, other.entity, span, "beside", 0.6)

    def _budget(self, reading: Reading, here: Scene) -> None:
        """Of the two million euros, half come from X: where money and one fund are spoken of and no partnership, it is
        that of the project that the text is about."""
        start, end = here.whole()
        funds = [t for t in here.targets if t.kind == "programme" and t.subkind == "funding"]
        focus = self.story.focus.fallback()
        money = [f for f in reading.figures if start <= f.start < end and f.measure == "budget_eur"]
        if not money or len({t.entity for t in funds}) != 1 or focus is None or here.status:
            return
        named = any(t.kind == "partnership" and not t.reference for t in here.targets)
        if not named and self.story.cast.subkind(focus) in ("project", "consortium", None):
            self.story.writer.link(reading.part, focus, "funded_by", funds[0].entity, (start, end), "budget", 0.65)

    def _pilots(self, reading: Reading, here: Scene) -> None:
        """The network's pilot on X; X, one of the pilots of the network: the pilot is part of it."""
        spoken = [t for t in here.targets if t.kind == "partnership" and t.entity >= 0]
        wholes = [t for t in spoken if t.subkind in ("network", "community") and not t.reference]
        heads = [h for h in reading.part.sentence_hits(here.a) if h.tag in _PARTS]
        for whole in wholes:
            others = [
                t for t in spoken if t.entity != whole.entity and t.subkind not in (PLATFORM, "network", "community")
            ]
            for hit in heads:
                gaps = [(t.reference, max(t.first - hit.last, hit.first - t.last), t) for t in others]
                near = [t for _, gap, t in sorted(gaps, key=lambda g: g[:2]) if gap <= 5]
                if not near or max(hit.first - whole.last, whole.first - hit.last) > 5:
                    continue
                part, low, high = near[0], min(near[0].first, whole.first), max(near[0].last, whole.last)
                if not here.between(here.breaks, low, high):
                    span = here.span(low, high)
                    self.story.writer.link(reading.part, part.entity, "part_of", whole.entity, span, "pilot of", 0.7)

    def _events(self, reading: Reading, here: Scene) -> None:
        """An event whose phrase holds the name of a partnership is part of it: Pact for Skills Peer-Learning Event."""
        events = [t for t in here.targets if t.kind == "event" and t.entity >= 0]
        for event in events:
            for target in here.targets:
                held = event.first <= target.first <= event.last or _of(reading.part, event, target)
                if target.kind == "partnership" and not target.reference and held:
                    span = here.span(event.first, max(event.last, target.last))
                    self.story.writer.link(reading.part, event.entity, "part_of", target.entity, span, "event of", 0.85)
            self._apposed(reading, here, event)
            self._within(reading, here, event)
            self._during(reading, here, event, [t for t in events if t.entity != event.entity])

    def _apposed(self, reading: Reading, here: Scene, event: Target) -> None:
        """The launch event of X – the Y conference: both phrases are one event."""
        part, at = reading.part, event.first - 1
        while at > here.a and part.is_word(at, "articles"):
            at -= 1
        owner = next((t for t in here.targets if t.kind == "partnership" and t.last == at - 1), None)
        if part.tokens[at].fold not in {"–", ","} or owner is None:
            return
        heads = [h for h in part.sentence_hits(here.a) if h.tag[:2] == ("head", "event") and h.last < owner.first]
        if heads and owner.first - heads[-1].last <= 3:
            span = here.span(heads[-1].first, event.last)
            self.story.writer.link(part, event.entity, "part_of", owner.entity, span, "event of", 0.85)

    def _during(self, reading: Reading, here: Scene, event: Target, others: list[Target]) -> None:
        """Within the conference, X holds a meeting: the meeting is part of the conference."""
        for frame in others:
            cue = next((c for c in here.cues if c.relation == "part_of" and 0 < frame.first - c.last <= 2), None)
            if cue is not None and cue.first - here.a <= 1 and event.first > frame.last and not event.reference:
                span = here.span(cue.first, event.last)
                self.story.writer.link(reading.part, event.entity, "part_of", frame.entity, span, "event of", 0.85)

    def _within(self, reading: Reading, here: Scene, event: Target) -> None:
        """The first workshop within the pilot: the event is part of the partnership, named or taken up."""
        cue = next((c for c in here.cues if c.relation == "part_of" and 0 < c.first - event.last <= 2), None)
        if cue is None:
            return
        near = [t for t in here.targets if t.kind == "partnership" and 0 < t.first - cue.last <= 4 and t.dual is None]
        if near and not here.between([g.first for g in here.actors()], event.last, cue.first):
            span = here.span(event.first, near[0].last)
            self.story.writer.link(reading.part, event.entity, "part_of", near[0].entity, span, "event of", 0.85)

    def _groups(self, reading: Reading, here: Scene) -> None:
        """A working group belongs to the partnership, network or community that the text is about."""
        for target in here.targets:
            if target.subkind == "working_group" and not target.reference and target.kind == "partnership":
                named = [
                    t.entity
                    for t in here.targets
                    if t.kind == "partnership"
                    and t.entity != target.entity
                    and not t.reference
                    and t.subkind != PLATFORM
                ]
                owner = next((e for e in named if self.story.cast.subkind(e) not in SUBORDINATE), None)
                owner = self.story.focus.whole() if owner is None else owner
                if owner is not None:
                    span = here.span(target.first, target.last)
                    self.story.writer.link(
                        reading.part, target.entity, "part_of", owner, span, "working group", 0.6, inferred=not named
                    )

    def _link(self, reading: Reading, here: Scene, cue: Cue) -> None:
        relation = {"part_of": "part_of", "fund": "funded_by", "succeed": "succeeds"}[cue.relation]
        wants = {
            "part_of": {"partnership", "programme"},
            "funded_by": {"programme"},
            "succeeds": {"partnership", "programme"},
        }[relation]
        objects = [
            t for t in here.targets if t.kind in wants and not t.reference and not cue.first <= t.first <= cue.last
        ]
        if relation == "part_of":
            objects = [
                t
                for t in objects
                if t.subkind
                in (PLATFORM, "network", "community", "policy", "funding", "pilot", "thematic_partnership", "pact")
            ]
        forward = relation == "funded_by" and cue.voices <= {"active"}
        near = [t for t in objects if (t.last < cue.first if forward else t.first > cue.last)]
        near = sorted(near, key=lambda t: abs(t.first - cue.last))
        if not near and relation == "funded_by":
            near = sorted(objects, key=lambda t: abs(t.first - cue.last))
        if not near:
            return
        target = near[0]
        if abs(target.first - cue.last) > (14 if relation == "funded_by" else 5) or here.between(
            here.breaks, target.first, cue.first
        ):
            return
        subject = self._subject(here, cue, target)
        if subject is None or status_of(here, cue, Group("", cue.first, cue.last)) in ("negated", "former"):
            return
        entity = self.story.object_of(target, "partnership")
        if self.story.cast.subkind(subject) == PLATFORM and relation == "part_of":
            return
        if (
            target.kind == "programme"
            and relation == "part_of"
            and self.story.cast.subkind(entity) == "funding"
            and self.story.cast.kind(subject) == "partnership"
        ):
            relation = "funded_by"
        low, high = min(cue.first, target.first), max(cue.last, target.last)
        counted = [] if self._named(here, target) else self.story.counted(reading, here)
        for one in counted or [subject]:
            self.story.writer.link(
                reading.part, one, relation, entity, here.span(low, high), f"{cue.relation} frame", 0.7
            )

    def _named(self, here: Scene, target: Target) -> bool:
        return any(t.kind == "partnership" and t is not target and not t.reference for t in here.targets)

    def _subject(self, here: Scene, cue: Cue, target: Target) -> int | None:
        options = [
            t
            for t in here.targets
            if t is not target
            and t.kind in ("partnership", "programme")
            and t.entity != target.entity
            and t.dual is None
            and t.subkind != PLATFORM
        ]
        before = [t for t in options if t.last < cue.first and t.last < target.first]
        if before:
            return before[-1].entity
        after = [t for t in options if t.first > cue.last]
        if after:
            return after[0].entity
        found = self.story.focus.fallback()
        return found if found != target.entity else None


def _of(part: Part, event: Target, target: Target) -> bool:
    """The launch event of X: only small words stand between the event and whose it is."""
    gap = range(event.last + 1, target.first)
    return 0 <= target.first - event.last - 1 <= 3 and all(part.is_word(i, "linkers", "articles") for i in gap)
