"""Links of projects to the programmes that pay for them, where no verb says so."""

from __future__ import annotations

from pipeline.extract.names.part import Name
from pipeline.extract.reading import Reading
from pipeline.extract.relations.scene import Scene
from pipeline.extract.relations.story import Story

PAID: set[str | None] = {"project", "consortium", "pilot", None}
"""What programmes pay for."""
# The subject of a sentence stands within so many words of its first.
_OPENING = 1


class Funds:
    """Programmes beside projects and money."""

    def __init__(self, story: Story) -> None:
        self.story = story

    def read(self, reading: Reading, here: Scene) -> None:
        self._apposed(reading, here)
        self._budget(reading, here)

    def _apposed(self, reading: Reading, here: Scene) -> None:
        """X, an Interreg project of 2018 with Y: the programme stands by the head noun of an apposition."""
        tokens = reading.part.tokens
        for fund in (t for t in here.targets if t.kind == "programme" and t.subkind == "funding"):
            for hit in reading.part.sentence_hits(here.a):
                gap = range(hit.last + 1, fund.first) if hit.last < fund.first else range(fund.last + 1, hit.first)
                if hit.tag[:2] != ("head", "partnership") or len(gap) > 3 or any(not tokens[i].word for i in gap):
                    continue
                first = min(hit.first, fund.first)
                at = next((i for i in range(first - 1, max(here.a, first - 4), -1) if not tokens[i].word), None)
                if at is None or tokens[at].fold not in {",", "(", "–"}:
                    continue
                owner = next((t for t in here.targets if t.kind == "partnership" and 0 < at - t.last <= 2), None)
                if owner is not None and not owner.reference and self.story.cast.subkind(owner.entity) in PAID:
                    span = here.span(owner.first, max(hit.last, fund.last))
                    self.story.writer.link(
                        reading.part, owner.entity, "funded_by", fund.entity, span, "project of a programme", 0.75
                    )

    def _budget(self, reading: Reading, here: Scene) -> None:
        """Of the two million euros, half come from X: where money and one fund are spoken of and no partnership, it is
        that of the project that the text is about."""
        start, end = here.whole()
        funds = [t for t in here.targets if t.kind == "programme" and t.subkind == "funding"]
        focus = self.story.focus.fallback()
        money = any(start <= f.start < end and f.measure == "budget_eur" for f in reading.figures) or any(
            h.tag == ("measures", "budget_eur") and h.first - here.a <= _OPENING
            for h in reading.part.sentence_hits(here.a)
        )
        if not money or len({t.entity for t in funds}) != 1 or focus is None or here.status:
            return
        named = any(t.kind == "partnership" and not t.reference for t in here.targets)
        if not named and self.story.cast.subkind(focus) in PAID:
            self.story.writer.link(reading.part, focus, "funded_by", funds[0].entity, (start, end), "budget", 0.65)

    def chosen(self) -> None:
        """Projects that a text on a programme lists are paid by it, unless it says who else pays."""
        fund = self.story.main_fund()
        if fund is None:
            return
        paid = self.story.writer.linked("funded_by")
        listed: dict[int, tuple[Reading, Name]] = {}
        for reading in self.story.readings:
            name = _entry(reading)
            if name is not None and self.story.cast.subkind(name.entity) in ("project", None):
                listed.setdefault(name.entity, (reading, name))
        for project, (reading, name) in listed.items():
            if len(listed) > 1 and project not in paid:
                span = reading.within(name.first, name.last + 1)
                self.story.writer.link(
                    reading.part, project, "funded_by", fund, span, "list of a programme", 0.6, inferred=True
                )


def _entry(reading: Reading) -> Name | None:
    """The project with which an item, a labelled line or a heading of its own opens."""
    block = reading.part.block
    first = next((n for n in reading.names if n.first <= 2), None)
    if first is None or first.kind != "partnership" or block.zone != "body":
        return None
    whole = block.kind == "heading" and all(not t.word for t in reading.part.tokens[first.last + 1 :])
    return first if block.kind in ("item", "label") or block.entry or whole else None
