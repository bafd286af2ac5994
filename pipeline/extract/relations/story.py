"""What the passes over statements share: the page, its cast, what is spoken of, and the claims made so far."""

from __future__ import annotations

from pipeline.extract.cast import Cast
from pipeline.extract.events.diary import Diary
from pipeline.extract.page import Page
from pipeline.extract.reading import Reading
from pipeline.extract.relations.discourse import PLATFORM, SUBORDINATE, Focus
from pipeline.extract.relations.scene import Scene, Target
from pipeline.extract.relations.writer import Writer

QUIET = {"navigation", "contact"}
# What is counted here is itself a set of partnerships, not something of the partnership that the text is about.
COLLECTIVES = {"platforms", "partnerships", "consortia", "projects"}


class Story:
    """One document as it is read from top to bottom. `common` is the partnership that it is about if nothing
    else says so."""

    def __init__(self, page: Page, cast: Cast, readings: list[Reading]) -> None:
        self.page, self.cast, self.readings = page, cast, readings
        self.writer = Writer(cast)
        self.focus = Focus(cast)
        self.diary = Diary(page, cast, self.writer, self.focus)
        self.common: int | None = None
        self.listed: dict[int, None] = {}
        """Projects that rows, items and labelled lines have named each as an entry of its own, in order."""
        self._main_partnership()

    def _main_partnership(self) -> None:
        """The title's partnership, else the one that the document names most (platforms last)."""
        counts: dict[int, float] = {}
        titles: list[int] = []
        duals: list[int] = []
        for reading in self.readings:
            part = reading.part
            title = part.block.zone == "title" or (
                part.index < 4
                and any(h.tag in (("labels", "name"), ("labels", "partnership")) for h in part.label_hits)
            )
            for name in reading.names:
                dual = name.kind == "organisation" and any(r.kind == "partnership" for r in name.readings)
                if name.kind != "partnership" and not dual:
                    continue
                entity = self.cast.dual(part, name) if dual else name.entity
                # What the first lines name weighs more than what is named in passing.
                counts[entity] = counts.get(entity, 2.0 if part.index < 4 else 0.0) + 1.0
                if title and self.cast.subkind(entity) != PLATFORM:
                    (duals if dual else titles).append(entity)
        self.focus.title = next(iter(titles + duals), None)
        main = [e for e in counts if self.cast.subkind(e) != PLATFORM]
        self.common = max(main or counts, key=lambda e: (counts[e], -e), default=None)
        self.focus.mains = bool(main)
        # The only partnership of a text is its subject if the first lines name it.
        whole = [e for e in main if self.cast.subkind(e) not in SUBORDINATE]
        self.focus.only = whole[0] if len(whole) == 1 and counts[whole[0]] >= 3.0 else None
        self.focus.current = self.focus.title if self.focus.title is not None else None

    def main_fund(self) -> int | None:
        """The one funding programme that the first lines of the document name."""
        found = {
            n.entity
            for r in self.readings[:4]
            for n in r.names
            if n.kind == "programme" and self.cast.subkind(n.entity) == "funding" and r.part.block.kind != "row"
        }
        # Interreg beside the one Interreg programme is that programme.
        keys = {e: self.cast.entities[e].key or "" for e in found}
        found = {e for e in found if not any(k.startswith(f"{keys[e]}-") for k in keys.values())}
        return found.pop() if len(found) == 1 else None

    def object_of(self, target: Target | None, kind: str) -> int:
        """The entity of a bond's object; a network that is also a body becomes a partnership when it has members."""
        if target is None and kind == "partnership" and self.focus.unknown:
            return -1
        if target is None:
            found = self.focus.fallback() if kind == "partnership" else self.focus.event
            if found is None and kind == "partnership" and self.common in self.focus.history:
                found = self.common
            return -1 if found is None else found
        return target.entity

    def counted(self, reading: Reading, here: Scene) -> list[int]:
        """All three projects: what was listed, if the sentence counts just as many."""
        start, end = here.whole()
        counts = [f for f in reading.figures if start <= f.start < end and f.measure in COLLECTIVES]
        return list(self.listed) if any(f.value == len(self.listed) > 1 for f in counts) else []

    def text(self, here: Scene, first: int, last: int) -> str:
        a, b = here.span(first, last)
        return " ".join(self.page.text[a:b].split())
