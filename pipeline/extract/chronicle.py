"""When partnerships began and ended."""

from __future__ import annotations

from pipeline.extract.counts import pays
from pipeline.extract.discourse import PLATFORM
from pipeline.extract.frames import bonds, status_of
from pipeline.extract.groups import Group
from pipeline.extract.reading import Reading
from pipeline.extract.scene import Cue, Scene, Target
from pipeline.extract.story import Story


class Chronicle:
    """Dates that the sentences of a story state."""

    def __init__(self, story: Story) -> None:
        self.story = story

    def launches(self, reading: Reading, here: Scene) -> None:
        if here.question:
            return
        start, end = here.whole()
        atoms = [d for d in reading.dates if start <= d.start < end]
        if not atoms:
            return
        for cue in here.cues:
            if cue.relation not in ("launch", "end", "found"):
                continue
            near = sorted(
                atoms, key=lambda d: abs(reading.token_at(d.start) - cue.first) + (4 if d.relation == "until" else 0)
            )
            date = near[0]
            at = reading.token_at(date.start)
            if (
                abs(at - cue.first) > 14
                or here.between(here.breaks, at, cue.first)
                or (cue.relation == "found" and cue.voices == {"label"})
            ):
                continue
            if status_of(here, cue, Group("", cue.first, cue.last)) in ("negated", "planned"):
                continue
            if date.relation == "since" and self._since(reading, here, date.starts, at, cue):
                continue
            options = [t for t in here.targets if t.kind in ("partnership", "programme") and t.dual is None]
            options = [t for t in options if not pays(here, t) and not _holds(here, t, cue)]
            if self.story.focus.fallback() is not None:
                # It began in 2021 with money from X: funds run for years before the projects that texts are about.
                options = [t for t in options if t.subkind != "funding"]
            if cue.voices == {"label"} and date.relation == "since" and not _dates_it(reading, here, cue, options):
                continue
            options.sort(
                key=lambda t: (
                    abs((t.first + t.last) / 2 - cue.first)
                    + (0 if t.last < cue.first else 1)
                    + (6 if t.subkind == PLATFORM and len(options) > 1 else 0)
                )
            )
            spoken = self.story.focus.fallback()
            entities = options[0].entities() if options else self.story.counted(reading, here)
            entities = entities or ([] if options or spoken is None else [spoken])
            column = "ended" if cue.relation == "end" else "launched"
            value = date.ends if cue.relation == "end" and date.ends else date.starts
            low, high = min(cue.first, at), max(cue.last, reading.token_at(date.end - 1))
            span = here.span(low, min(high, here.b - 1))
            span = (min(span[0], date.start), max(span[1], date.end))
            for entity in entities:
                self.story.writer.attribute(
                    entity,
                    column,
                    value,
                    span,
                    reading.part.block.zone,
                    "launch frame",
                    0.75 if options else 0.6,
                    value.endswith("?"),
                )

    def _since(self, reading: Reading, here: Scene, value: str, at: int, cue: Cue) -> bool:
        """A since-date nearer to a role than to a launch dates the membership."""
        for bond in bonds(here):
            if (
                bond.cue.relation in ("lead", "member")
                and abs(bond.cue.first - at) <= 4
                and (abs(bond.cue.first - at) < abs(cue.first - at) or cue.first <= at <= cue.last + 2)
            ):
                return True
        # We have been a member since 2022: nobody is named, yet a membership is dated.
        return cue.voices == {"label"} and any(
            c.relation in ("lead", "member") and 0 < at - c.last <= 4 and c is not cue for c in here.cues
        )

    def years(self, reading: Reading, here: Scene) -> None:
        """Name (2021–2024, Horizon Europe); Name, 2019–2021; Name (since March 2023): when a project ran."""
        tokens = reading.part.tokens
        for name in reading.names:
            at = name.last + 1
            if name.kind != "partnership" or name.nested or not here.a <= name.first < here.b or at >= len(tokens):
                continue
            if name.entity < 0 or tokens[at].fold not in {"(", ",", "|"}:
                continue
            date = next((d for d in reading.dates if tokens[at].start < d.start), None)
            if date is None or reading.token_at(date.start) - at > (2 if date.relation == "since" else 1):
                continue
            ran = date.ends is not None and date.ends[:7] != date.starts[:7] and date.relation is None
            if not ran and (date.relation != "since" or tokens[at].fold == ","):
                continue
            span = tokens[name.first].start, date.end
            zone = reading.part.block.zone
            self.story.writer.attribute(name.entity, "launched", date.starts, span, zone, "years beside", 0.75)
            if ran and date.ends is not None:
                self.story.writer.attribute(name.entity, "ended", date.ends, span, zone, "years beside", 0.75)


def _holds(here: Scene, target: Target, cue: Cue) -> bool:
    """It was approved in 2023 and belongs to the platform: what it belongs to did not begin then."""
    joined = any(here.part.is_word(i, "and") for i in range(target.last + 1, cue.first))
    if target.last < cue.first and cue.voices != {"label"} and not joined:
        return False  # The platform that was opened in 2016.
    return target.subkind == PLATFORM and any(
        c.relation == "part_of" and "active" in c.voices and 0 < target.first - c.last <= 5 for c in here.cues
    )


def _dates_it(reading: Reading, here: Scene, cue: Cue, options: list[Target]) -> bool:
    """A bare "since" dates what a partnership is or does, not what one of its members does in it."""
    if reading.part.block.kind == "label":
        return True
    ahead = [t for t in options if t.last < cue.first]
    return bool(ahead) and not any(g.first < cue.first for g in here.actors() if g.last < ahead[-1].first)
