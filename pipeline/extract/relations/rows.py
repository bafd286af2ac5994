"""Rows of tables: a partnership with its people, or one of the people of the partnership at hand."""

from __future__ import annotations

from pipeline.extract.names.part import Name
from pipeline.extract.numbers.figures import BUDGET
from pipeline.extract.numbers.find import find_numbers
from pipeline.extract.page import Part
from pipeline.extract.reading import Reading
from pipeline.extract.relations.discourse import PLATFORM
from pipeline.extract.relations.frames import ROLE
from pipeline.extract.relations.lists import own_role
from pipeline.extract.relations.scene import EVENT_RELATIONS, RELATIONS
from pipeline.extract.relations.story import Story
from pipeline.extract.relations.tables import PEOPLE, columns, platform_of
from pipeline.languages import load_packs
from pipeline.model import Mention, Quote


class Rows:
    """Writes the claims of table rows."""

    def __init__(self, story: Story) -> None:
        self.story = story

    def row(self, reading: Reading) -> None:
        """A row below its header."""
        part = reading.part
        header = self.story.readings[part.block.header].part
        kinds = columns(header)
        cells = part.block.cells
        if header is part or len(kinds) != len(cells):
            return
        inside = [
            [n for n in reading.names if a <= part.tokens[n.first].start < z and not n.aside and not n.nested]
            for a, z in cells
        ]
        subject = next(
            (
                n.entity
                for kind, held in zip(kinds, inside, strict=True)
                if kind == "partnership"
                for n in held
                if n.kind == "partnership"
            ),
            None,
        )
        if subject is None and "partnership" not in kinds and inside[0]:
            subject = next((n.entity for n in inside[0] if n.kind == "partnership"), None)
        if subject is not None:
            self._partnership(reading, kinds, inside, subject)
        elif "partnership" not in kinds:
            self._participant(reading, kinds, inside)

    def gathering(self, reading: Reading) -> None:
        """A row that stands for an event: who is in the cells below speakers, hosts, participants."""
        part = reading.part
        header = self.story.readings[part.block.header].part
        event = self.story.focus.event
        if event is None or header is part or len(header.block.cells) != len(part.block.cells):
            return
        for (a, z), (h, e) in zip(part.block.cells, header.block.cells, strict=True):
            said = {t.tag[1] for t in header.hits if t.tag[0] == "cue" and h <= header.tokens[t.first].start < e}
            relation = next((r for r in EVENT_RELATIONS if r in said), None)
            told = any(
                t.tag[0] == "cue" and t.tag[1] in EVENT_RELATIONS and a <= part.tokens[t.first].start < z
                for t in part.hits
            )
            if told and not any(a <= part.tokens[b.first].start < z for b in reading.brackets):
                continue
            for name in reading.names:
                inside = a <= part.tokens[name.first].start < z and not name.aside and not name.nested
                if relation and inside and name.kind in ("region", "organisation"):
                    role = ROLE[own_role(reading, name) or relation]
                    span = part.block.cells[0][0], z
                    self.story.writer.attend(part, name.entity, event, role, span, "table", 0.8)

    def _partnership(self, reading: Reading, kinds: list[str], inside: list[list[Name]], subject: int) -> None:
        part = reading.part
        start = part.block.cells[0][0]
        for (a, z), kind, names in zip(part.block.cells, kinds, inside, strict=True):
            if kind in RELATIONS:
                for name in names:
                    if name.kind in ("region", "organisation"):
                        self.story.writer.member(
                            part, name, subject, name.notes.get("role", ROLE[kind]), (start, z), "table", 0.85
                        )
            elif kind == "platform" or (not kind and _only(part, names, a, z)):
                platform = next((n.entity for n in names if self.story.cast.subkind(n.entity) == PLATFORM), None)
                platform = platform if platform is not None else self._platform(reading, a, z)
                if platform is not None:
                    self.story.writer.link(part, subject, "part_of", platform, (start, z), "table", 0.85)
            else:
                self._term(reading, subject, kind, a, z)
            self._sum(reading, subject, names, a, z)
            if kind in ("fund", ""):
                for name in names:
                    if name.kind == "programme" and (kind or _only(part, names, a, z)):
                        self.story.writer.link(part, subject, "funded_by", name.entity, (start, z), "table", 0.85)
        self.story.focus.speak([subject])
        self.story.listed.setdefault(subject)
        fund = self.story.main_fund()
        if fund is not None and self.story.cast.subkind(subject) in (None, "project"):
            self.story.writer.link(
                part, subject, "funded_by", fund, (start, part.block.end), "table of a programme", 0.6
            )

    def _term(self, reading: Reading, subject: int, kind: str, a: int, z: int) -> None:
        """When it began, in a column of that kind, or the months or years of its run in any (06/2024–11/2026)."""
        zone, start = reading.part.block.zone, reading.part.block.cells[0][0]
        for date in [d for d in reading.dates if a <= d.start < z][:1]:
            ran = date.ends is not None and date.ends[:7] != date.starts[:7]
            if ran or kind == "launch":
                self.story.writer.attribute(subject, "launched", date.starts, (start, z), zone, "table", 0.85)
            if ran and date.ends is not None:
                self.story.writer.attribute(subject, "ended", date.ends, (start, z), zone, "table", 0.85)

    def _sum(self, reading: Reading, subject: int, names: list[Name], a: int, z: int) -> None:
        """The money in a cell that holds nothing else, in the unit that it or its column says: Budget (EUR), M€."""
        part, text = reading.part, self.story.page.text
        header = self.story.readings[part.block.header].part.block
        top = text[slice(*header.cells[part.block.cells.index((a, z))])]
        unit = top.rpartition("(")[2].rstrip(") ") if "(" in top else ""
        pack = load_packs()[self.story.page.language]
        cell = text[a:z].strip()
        found = [n for n in find_numbers(cell, pack) or [] if n.unit == "eur"]
        found = found or [n for n in find_numbers(f"{cell} {unit}", pack) if unit and n.unit == "eur"]
        if len(found) != 1 or names or len(cell) > found[0].end - (found[0].said_from or found[0].start) + 1:
            return
        values = {
            "subject_id": subject,
            "measure": BUDGET,
            "value": found[0].value,
            "unit": "eur",
            "qualifier": found[0].qualifier,
            "subject_text": None,
        }
        self.story.writer.add("figures", values, [Quote(part.block.cells[0][0], z, part.block.zone)], "table", 0.85)

    def _participant(self, reading: Reading, kinds: list[str], inside: list[list[Name]]) -> None:
        """A row of a table of participants: the first body or region in it, with the role that a cell says."""
        part = reading.part
        entity = self.story.focus.fallback()
        people = [(k, names) for k, names in zip(kinds, inside, strict=True) if k in PEOPLE or k == "organisation"]
        if entity is None or not people:
            return
        cues = [h for h in part.hits if h.tag[0] == "cue" and h.tag[1] in PEOPLE and h.tag[2] == "label"]
        if any(h.tag[0] == "status" and h.tag[1] in ("negated", "former", "planned", "invited") for h in part.hits):
            return
        kind, names = people[0]
        role = ROLE[cues[0].tag[1]] if cues else ROLE.get(kind, "member")
        for name in names[:1]:
            if name.kind in ("region", "organisation"):
                self.story.writer.member(
                    part,
                    name,
                    entity,
                    name.notes.get("role", role),
                    (part.block.cells[0][0], part.block.end),
                    "table",
                    0.8,
                )

    def _platform(self, reading: Reading, a: int, z: int) -> int | None:
        """The platform whose name holds all words of a cell (Energy, Agri-Food)."""
        key = platform_of(self.story.page.text[a:z])
        if key is None:
            return None
        entity = self.story.cast.add("partnership", key, key)
        self.story.cast.mentions.append(Mention(entity, a, z, reading.part.block.zone, "table", 0.8))
        return entity


def _only(part: Part, names: list[Name], a: int, z: int) -> bool:
    """One name is all that a cell holds."""
    held = [t for t in part.tokens if a <= t.start < z and t.word]
    return (
        len(names) == 1 and bool(held) and names[0].first <= part.tokens.index(held[0]) and names[0].size >= len(held)
    )
