"""Which of two partnerships goes on from the other."""

from __future__ import annotations

import re

from pipeline.extract.cast import folded
from pipeline.extract.page import Part
from pipeline.extract.relations.scene import Cue, Scene, Target
from pipeline.extract.relations.story import Story
from pipeline.text.tokens import QUOTES

# What tells a project from the one that it goes on from.
_EDITION = re.compile(r"(?<=\w)\s*(\+|[ -][2-9](\.0)?|[ -]?[2-9]\.0|[ -](II|III|IV|[Pp]lus|PLUS)\.?)$")
_SHORT = 3


class Succession:
    """Partnerships of a story and what they go on from."""

    def __init__(self, story: Story) -> None:
        self.story = story

    def outgrown(self, subject: int, entity: int) -> bool:
        """A project that grew out of a partnership goes on within it: partnerships outlive projects."""
        subkind = self.story.cast.subkind
        return subkind(subject) == "project" and subkind(entity) in ("thematic_partnership", "network", "community")

    def turned(self, here: Scene, cue: Cue, target: Target, subject: int) -> bool:
        """X was replaced by Y; X's successor, Y, which is new here; on X builds X Plus: the object goes on from the
        subject."""
        if self._edition(target.entity, subject) or self._edition(subject, target.entity):
            return self._edition(target.entity, subject)
        focus = self.story.focus
        new = target.entity not in focus.history and subject in focus.history
        return cue.voices == {"passive"} or (cue.voices == {"label"} and new and _presents(here.part, cue, target))

    def _edition(self, later: int, earlier: int) -> bool:
        """X+, X 2.0 and X II bear the name of X."""
        names = [self.story.cast.entities[i].name if i >= 0 else "" for i in (later, earlier)]
        base = _EDITION.sub("", names[0])
        return len(base) > _SHORT and base != names[0] and folded(base) == folded(names[1])

    def continued(self) -> None:
        """X+, X 2.0 and X II go on where X, which the text names too, left off."""
        cast = self.story.cast
        first = {m.entity: m for m in reversed(cast.mentions) if cast.kind(m.entity) == "partnership"}
        names = {i: cast.entities[i].name for i in sorted(first)}
        for later, whole in names.items():
            base = _EDITION.sub("", whole)
            earlier = next((i for i, name in names.items() if base != whole and folded(name) == folded(base)), None)
            if earlier is not None and len(base) > _SHORT and earlier != later:
                mention = first[later]
                part = next(r.part for r in self.story.readings if mention.end <= r.part.block.end)
                self.story.writer.link(
                    part, later, "succeeds", earlier, (mention.start, mention.end), "continued name", 0.7, inferred=True
                )


def _presents(part: Part, cue: Cue, target: Target) -> bool:
    """The successor Y; the successor, Y; the successor is called Y, and not the successor of Y: nothing but a mark
    or one word stands between the word and its name."""
    gap = [i for i in range(cue.last + 1, target.first) if part.tokens[i].fold not in QUOTES]
    small = ("linkers", "articles", "elisions", "programme_prepositions", "place_prepositions")
    words = [i for i in gap if part.tokens[i].word]
    of = any(part.is_word(i, *small) or part.head(i) for i in words)
    ends_open = cue.last > cue.first and part.is_word(cue.last, *small)
    return len(gap) <= 2 and len(words) <= 1 and not of and not ends_open
