"""The programme of an event: lines or rows that begin with a time of day, and the bodies that speak in each."""

from __future__ import annotations

import re

from pipeline.extract.events.calendar import calendar_entry
from pipeline.extract.page import Part
from pipeline.extract.reading import Reading
from pipeline.extract.relations.announced import ROLES
from pipeline.extract.relations.groups import ACTOR, Group
from pipeline.extract.relations.story import QUIET, Story

# 9.30, 09:30, 9h30, at the start of a line: hour and minute.
_CLOCK = re.compile(r"\W*([01]?\d|2[0-4])\s?[.:h]\s?([0-5]\d)\b")
# Minutes beyond the months of a year, or the full hour, are no month.
_MONTHS = 12
# A programme has so many lines with a time at least, at most so many parts apart.
_MANY, _APART = 3, 2
_DASHES = {"–", "—", "-", "|", ":"}
_ENDS = {".", ";", ")", "|"}


class Sessions:
    """Writes who speaks in the sessions of the event at hand."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self._lines = self._programmes()
        story.diary.programme = bool(self._lines)

    def holds(self, reading: Reading) -> bool:
        """Whether the part is a line of a programme."""
        return reading.part.index in self._lines

    def line(self, reading: Reading) -> None:
        """A topic and behind it, at the end of the line, who speaks on it; other words of the line are read as any."""
        event = self.story.focus.event
        if not self.holds(reading) or event is None:
            return
        self.story.diary.spoken(event, reading.part.index)
        if set(reading.roles) & set(ROLES):
            return
        for group in _speakers(reading):
            for name in group.names:
                part = reading.part
                span = part.block.label[0] if part.block.label else part.block.start, part.tokens[name.last].end
                self.story.writer.attend(part, name.entity, event, "speaker", span, "session", 0.75)

    def _programmes(self) -> set[int]:
        """The parts that stand in runs of lines with a time."""
        found: set[int] = set()
        run: list[tuple[int, bool]] = []
        for reading in self.story.readings:
            clock = _clock(self.story.page.text, reading)
            if clock is None:
                continue
            if run and reading.part.index - run[-1][0] > _APART:
                found |= _run(run)
                run = []
            run.append((reading.part.index, clock))
        return found | _run(run)


def _run(run: list[tuple[int, bool]]) -> set[int]:
    return {index for index, _ in run} if len(run) >= _MANY and any(sure for _, sure in run) else set()


def _clock(text: str, reading: Reading) -> bool | None:
    """Whether the time at the start of a line is one for sure, and no day and month; None if there is none."""
    block = reading.part.block
    if block.zone in QUIET:
        return None
    match = _CLOCK.match(text, block.label[0] if block.label else block.start, block.end)
    if match is None or (block.kind != "row" and calendar_entry(reading) is not None):
        return None
    return match[2] == "00" or int(match[2]) > _MONTHS


def _speakers(reading: Reading) -> list[Group]:
    """The group with which a line ends, if a dash, a bracket or, before bodies, a comma parts it from the topic."""
    part = reading.part
    tokens = part.tokens
    actors = [g for g in reading.groups if g.kind == ACTOR]
    if not actors or not part.sentences:
        return []
    last = actors[-1]
    inside = {i for br in reading.brackets for i in range(br.first, br.last + 1)}
    behind = [i for i in range(last.last + 1, len(tokens)) if i not in inside and tokens[i].fold not in _ENDS]
    if behind:
        return []
    ahead = last.first - 1
    while ahead >= 0 and (part.is_word(ahead, "articles", "elisions", "territories") or _noun(part, ahead)):
        ahead -= 1
    if ahead < 0:
        return [last] if part.block.label else []
    mark = tokens[ahead].fold
    bodies = all(n.kind == "organisation" for n in last.names)
    parted = mark in _DASHES or (mark == "(" and tokens[ahead].space) or (mark == "," and bodies)
    return [last] if parted else []


def _noun(part: Part, i: int) -> bool:
    """A noun for a body right before its name: the cluster X."""
    return any(h.tag[:2] == ("head", "organisation") and h.last == i for h in part.sentence_hits(i))
