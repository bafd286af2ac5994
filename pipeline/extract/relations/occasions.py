"""Events that are part of something: of the partnership that holds them, or of a larger event."""

from __future__ import annotations

from pipeline.extract.page import Part
from pipeline.extract.reading import Reading
from pipeline.extract.relations.scene import Scene, Target
from pipeline.extract.relations.story import Story


class Occasions:
    """Links of the events that sentences speak of."""

    def __init__(self, story: Story) -> None:
        self.story = story

    def read(self, reading: Reading, here: Scene) -> None:
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
                self._within_said(reading.part, event, frame, span)

    def _within(self, reading: Reading, here: Scene, event: Target) -> None:
        """The first workshop within the pilot: the event is part of the partnership, named or taken up."""
        cue = next((c for c in here.cues if c.relation == "part_of" and 0 < c.first - event.last <= 2), None)
        if cue is None:
            return
        near = [t for t in here.targets if t.kind == "partnership" and 0 < t.first - cue.last <= 4 and t.dual is None]
        if near and not here.between([g.first for g in here.actors()], event.last, cue.first):
            span = here.span(event.first, near[0].last)
            self._within_said(reading.part, event, near[0], span)

    def _within_said(self, part: Part, event: Target, whole: Target, span: tuple[int, int]) -> None:
        """A word says that the event is part: that the sentence speaks of an event tells nothing against it."""
        told = {"events": 0.0}
        self.story.writer.link(part, event.entity, "part_of", whole.entity, span, "event within", 0.85, features=told)


def _of(part: Part, event: Target, target: Target) -> bool:
    """The launch event of X: only small words stand between the event and whose it is."""
    gap = range(event.last + 1, target.first)
    return 0 <= target.first - event.last - 1 <= 3 and all(part.is_word(i, "linkers", "articles") for i in gap)
