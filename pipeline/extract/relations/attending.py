"""Who was where: bonds between actors and events become attendances."""

from __future__ import annotations

from dataclasses import replace

from pipeline.extract.reading import Reading
from pipeline.extract.relations import signs
from pipeline.extract.relations.frames import ROLE, Bond
from pipeline.extract.relations.scene import Scene
from pipeline.extract.relations.story import Story


class Attending:
    """Attendances that the sentences of a story state."""

    def __init__(self, story: Story) -> None:
        self.story = story

    def meets(self, event: Bond, partnership: Bond, here: Scene) -> bool:
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

    def attend(self, reading: Reading, here: Scene, bond: Bond) -> None:
        """The attendances that a bond states."""
        if bond.status in ("negated", "absent", "former"):
            return
        entity = self.story.object_of(bond.target, "event")
        if entity < 0:
            return
        if bond.target is None and not self._at_hand(here, bond, entity):
            return
        text = self.story.text(here, bond.cue.first, bond.cue.last)
        span = signs.span(here, bond)
        self._represented(reading, here, bond, entity, span)
        for name in bond.group.names:
            self.story.writer.attend(
                reading.part,
                name.entity,
                entity,
                ROLE[bond.cue.relation],
                span,
                bond.rule,
                signs.confidence(bond),
                signs.status(bond),
                text,
                features=signs.features(bond, name),
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
                        signs.status(bond),
                        behalf=bond.group.names[0].entity,
                    )


def through(here: Scene, bond: Bond) -> Bond:
    """Speakers were A, representatives of B and C: they did what the clause says, and are not merely there."""
    if bond.cue.relation != "attend" or bond.cue.voices != {"passive"}:
        return bond
    done = [
        c
        for c in here.cues
        if c.relation == "speak" and c.last < bond.cue.first and not here.between(here.breaks, c.last, bond.cue.first)
    ]
    return replace(bond, cue=replace(bond.cue, relation=done[-1].relation)) if done else bond
