"""How many of what partnerships, programmes and events count, and what they cost."""

from __future__ import annotations

from pipeline.extract.numbers.figures import BUDGET, FigureAtom
from pipeline.extract.reading import Reading
from pipeline.extract.relations.scene import Scene, Target
from pipeline.extract.relations.story import COLLECTIVES, Story
from pipeline.model import Quote

# What is counted by twos and threes is mostly what the text has just named, projects up to five.
_FEW, _SEVERAL = 3, 5
_NAMED = {"member_regions", "lead_regions", "members", "participants", "companies", "clusters"} | COLLECTIVES


class Counts:
    """Figures that the sentences of a story state."""

    def __init__(self, story: Story) -> None:
        self.story = story

    def _collective(self, here: Scene, start: int, end: int) -> int | None:
        """The platforms taken together, if they are what the words of a figure name."""
        named = [t for t in here.targets if t.kind == "partnership" and t.entity >= 0]
        inside = (t for t in named if start <= here.span(t.first, t.last)[0] and here.span(t.first, t.last)[1] <= end)
        return next((t.entity for t in inside if self.story.focus.collective(t.entity)), None)

    def figures(self, reading: Reading, here: Scene) -> None:
        start, end = here.whole()
        for figure in reading.figures:
            if start <= figure.start < end and not self._named(reading, here, figure):
                self._figure(reading, here, figure)

    def _figure(self, reading: Reading, here: Scene, figure: FigureAtom) -> None:
        at = reading.token_at(figure.start)
        crowd = any(f.measure == "participants" and here.a <= reading.token_at(f.start) < at for f in reading.figures)
        met = figure.measure == "participants" or (figure.measure == "countries" and crowd)
        options = self._options(here, figure, at, met)
        subject = self._subject(figure, options, met)
        text: str | None = None
        if figure.measure in COLLECTIVES and not any(
            t.kind == "partnership" and not t.reference and t.last < at for t in here.targets
        ):
            subject = self._counted_of(here, figure, at)
            text = None if subject is not None else " ".join(self.story.page.text[figure.start : figure.end].split())
        if text is None and (subject is None or subject < 0):
            return
        values = {
            "subject_id": subject,
            "measure": figure.measure,
            "value": figure.value,
            "unit": figure.unit,
            "qualifier": figure.qualifier,
            "subject_text": text,
        }
        said_from = figure.start if figure.said_from is None else min(figure.start, figure.said_from)
        quote = Quote(said_from, figure.end, reading.part.block.zone)
        self.story.writer.add("figures", values, [quote], "figure", 0.7 if options else 0.55)

    def _named(self, reading: Reading, here: Scene, figure: FigureAtom) -> bool:
        """All four projects, the two regions, three partners (X, Y and Z): those that the text names one by one, and
        so few are seldom all that there are."""
        if figure.measure in COLLECTIVES and figure.value == len(self.story.listed):
            return True
        if figure.measure == "projects" and figure.value <= _SEVERAL:
            return True
        if figure.value > _FEW or figure.measure not in _NAMED or reading.part.block.kind == "label":
            return False
        at = reading.token_at(figure.start)
        ahead = [c for c in here.cues if 0 < at - c.last <= 3]
        whole = any(c.relation == "member" and "passive" in c.voices for c in ahead)
        return not whole and not any(c.relation in ("found", "launch") for c in ahead)

    def _options(self, here: Scene, figure: FigureAtom, at: int, met: bool) -> list[Target]:
        """What the sentence names that the figure may be of, likeliest first."""
        subkind = self.story.cast.subkind
        kinds = ("event",) if met else ("partnership", "programme")
        options = [t for t in here.targets if t.kind in kinds and not pays(here, t)]
        if figure.measure == "working_groups":
            options = [t for t in options if subkind(t.entity) != "working_group"]
        if figure.measure == BUDGET and self.story.focus.fallback() is not None:
            # Two million euros from X: the sum is what X gives, not what it has.
            options = [t for t in options if t.first < at or subkind(t.entity) != "funding"]
        return sorted(options, key=lambda t: abs(t.first - at) + (0 if t.last < at else 3))

    def _subject(self, figure: FigureAtom, options: list[Target], met: bool) -> int | None:
        if options:
            first = options[0]
            return first.entity if first.dual is None else self.story.object_of(first, "partnership")
        if met:
            return self.story.focus.event
        return self.story.focus.whole() if figure.measure == "working_groups" else self.story.focus.fallback()

    def _counted_of(self, here: Scene, figure: FigureAtom, at: int) -> int | None:
        """Whose partnerships are counted: those that one actor is in (Lapland is in eight partnerships), or the
        platforms taken together."""
        actors = [g for g in here.actors() if g.last < at and len(g.names) == 1]
        member = any(c.relation == "member" and c.first < at for c in here.cues)
        if actors and member and figure.measure == "partnerships":
            return actors[-1].names[0].entity
        return self._collective(here, figure.start, figure.end)


def pays(here: Scene, target: Target) -> bool:
    """Financed by X, it began in March: what pays did not begin."""
    return target.kind == "programme" and any(
        c.relation == "fund" and "passive" in c.voices and 0 < target.first - c.last <= 3 for c in here.cues
    )
