"""One part with all that is found in it before statements are read: names, brackets, groups, dates, figures."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field

from pipeline.extract.dates.atom import DateAtom
from pipeline.extract.names.brackets import Bracket
from pipeline.extract.names.name import Name
from pipeline.extract.numbers.figures import FigureAtom
from pipeline.extract.page import Part
from pipeline.extract.relations.groups import Group
from pipeline.extract.words.lexicon import Lexicon


@dataclass(slots=True)
class Reading:
    """A part with what it names and counts; token ranges index `part.tokens`."""

    part: Part
    names: list[Name]
    brackets: list[Bracket] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    dates: list[DateAtom] = field(default_factory=list)
    label_dates: list[DateAtom] = field(default_factory=list)
    figures: list[FigureAtom] = field(default_factory=list)
    roles: list[str] = field(default_factory=list)
    lexicon: Lexicon | None = None
    people: set[int] = field(default_factory=set)
    """Tokens of what looks like the names of people."""

    def token_at(self, offset: int) -> int:
        """Index of the token that begins at or after an offset."""
        return bisect_left(self.part.tokens, offset, key=lambda t: t.start)

    def within(self, a: int, b: int) -> tuple[int, int]:
        """Offsets of tokens `[a, b)`."""
        return self.part.tokens[a].start, self.part.tokens[b - 1].end
