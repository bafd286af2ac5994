"""Tables: the first row names the columns; every other row is a partnership with its people, or one of the people."""

from __future__ import annotations

from functools import lru_cache

from pipeline.extract.cast import Cast
from pipeline.extract.discourse import PLATFORM, Focus
from pipeline.extract.frames import ROLE
from pipeline.extract.names import Name
from pipeline.extract.page import Page, Part
from pipeline.extract.scene import RELATIONS
from pipeline.extract.writer import Writer
from pipeline.gazetteer import load
from pipeline.model import Mention
from pipeline.text.tokens import tokenise

PEOPLE = ("lead", "member", "found", "contribute")


def columns(header: Part) -> list[str]:
    """What the cells of a header row announce: partnership, platform, launch, fund, a relation, organisation, or ""."""
    return [_column(header, a, z) for a, z in header.block.cells]


def _column(header: Part, a: int, z: int) -> str:
    hits = [h for h in header.hits if a <= header.tokens[h.first].start < z]
    tags = {h.tag for h in hits}
    if ("labels", "since") in tags or any(t[:2] == ("cue", "launch") for t in tags):
        return "launch"
    for relation in PEOPLE:
        if any(t[:2] == ("cue", relation) for t in tags) or (relation == "member" and ("sections", "members") in tags):
            return relation
    if ("labels", "platform") in tags:
        return "platform"
    if ("labels", "partnership") in tags or any(t[:2] == ("head", "partnership") for t in tags):
        return "partnership"
    if any(t[:2] == ("cue", "fund") for t in tags):
        return "fund"
    if any(t[:2] == ("head", "organisation") for t in tags):
        return "organisation"
    return "partnership" if ("labels", "name") in tags else ""


def type_cells(part: Part, names: list[Name], header: Part) -> list[Name]:
    """Give what stands in a row's cells the kind that the column asks for; returns the row's names, new ones included."""
    kinds = columns(header)
    if header is part or len(kinds) != len(part.block.cells):
        return names
    listed = "partnership" in kinds
    for (a, z), kind in zip(part.block.cells, kinds, strict=True):
        inside = [n for n in names if a <= part.tokens[n.first].start < z]
        if kind == "partnership" and listed and not any(n.kind == "partnership" for n in inside):
            cell = [i for i, t in enumerate(part.tokens) if a <= t.start < z and t.fold not in "()"]
            if 0 < len(cell) <= 7 and any(part.tokens[i].capital for i in cell):
                names = [n for n in names if n not in inside]
                names.append(
                    Name(
                        cell[0],
                        cell[-1],
                        "partnership",
                        "table",
                        0.75,
                        subkind="project" if inside else None,
                        strong=True,
                    )
                )
        elif kind in PEOPLE or kind == "organisation":
            for name in inside:
                if not name.kind:
                    name.kind, name.rule, name.confidence = "organisation", "table", 0.75
    return sorted(names, key=lambda n: (n.first, -n.last))


class Tables:
    """Writes the claims of table rows."""

    def __init__(self, page: Page, cast: Cast, writer: Writer, focus: Focus, readings: list) -> None:  # type: ignore[type-arg]
        self._page, self._cast, self._writer, self._focus, self._readings = page, cast, writer, focus, readings

    def row(self, reading) -> None:  # type: ignore[no-untyped-def]
        """A row below its header."""
        part = reading.part
        header = self._readings[part.block.header].part
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

    def _partnership(self, reading, kinds: list[str], inside: list[list[Name]], subject: int) -> None:  # type: ignore[no-untyped-def]
        part = reading.part
        start = part.block.cells[0][0]
        for (a, z), kind, names in zip(part.block.cells, kinds, inside, strict=True):
            if kind in RELATIONS:
                for name in names:
                    if name.kind in ("region", "organisation"):
                        self._writer.member(
                            part, name, subject, name.notes.get("role", ROLE[kind]), (start, z), "table", 0.85
                        )
            elif kind == "platform":
                platform = next((n.entity for n in names if self._cast.subkind(n.entity) == PLATFORM), None)
                platform = platform if platform is not None else self._platform(reading, a, z)
                if platform is not None:
                    self._writer.link(part, subject, "part_of", platform, (start, z), "table", 0.85)
            elif kind == "launch":
                for date in [d for d in reading.dates if a <= d.start < z][:1]:
                    self._writer.attribute(subject, "launched", date.starts, (start, z), part.block.zone, "table", 0.85)
            elif kind == "fund":
                for name in names:
                    if name.kind == "programme":
                        self._writer.link(part, subject, "funded_by", name.entity, (start, z), "table", 0.85)
        self._focus.history.append(subject)
        fund = self._main_fund()
        if fund is not None and self._cast.subkind(subject) in (None, "project"):
            self._writer.link(part, subject, "funded_by", fund, (start, part.block.end), "table of a programme", 0.6)

    def _main_fund(self) -> int | None:
        """The one funding programme that the first lines of the document name."""
        found = {
            n.entity
            for r in self._readings[:4]
            for n in r.names
            if n.kind == "programme" and self._cast.subkind(n.entity) == "funding" and r.part.block.kind != "row"
        }
        return found.pop() if len(found) == 1 else None

    def _participant(self, reading, kinds: list[str], inside: list[list[Name]]) -> None:  # type: ignore[no-untyped-def]
        """A row of a table of participants: the first body or region in it, with the role that a cell says."""
        part = reading.part
        entity = self._focus.fallback()
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
                self._writer.member(
                    part,
                    name,
                    entity,
                    name.notes.get("role", role),
                    (part.block.cells[0][0], part.block.end),
                    "table",
                    0.8,
                )

    def _platform(self, reading, a: int, z: int) -> int | None:  # type: ignore[no-untyped-def]
        """The platform whose name holds all words of a cell (Energy, Agri-Food)."""
        key = platform_of(self._page.text[a:z])
        if key is None:
            return None
        entity = self._cast.add("partnership", key, key)
        self._cast.mentions.append(Mention(entity, a, z, reading.part.block.zone, "table", 0.8))
        return entity


@lru_cache(maxsize=4096)
def platform_of(text: str) -> str | None:
    """Key of the one platform among whose names is one that holds all words of the text; None if none or several."""
    words = {t.fold for t in tokenise(text) if t.word}
    if not words:
        return None
    entities = load().entities
    keys = {
        name.key
        for name in load().names
        if name.kind == "partnership"
        and entities["partnership", name.key].subkind == PLATFORM
        and words <= {t.fold for t in tokenise(name.name)}
    }
    return keys.pop() if len(keys) == 1 else None


@lru_cache(maxsize=1)
def _platform_stems() -> dict[str, str]:
    """Beginning of a word (five letters) -> key of the one platform among whose names it occurs."""
    entities = load().entities
    keys: dict[str, set[str]] = {}
    for name in load().names:
        if name.kind == "partnership" and entities["partnership", name.key].subkind == PLATFORM:
            for token in tokenise(name.name):
                if token.word and len(token.fold) >= 5:
                    keys.setdefault(token.fold[:5], set()).add(name.key)
    return {stem: next(iter(found)) for stem, found in keys.items() if len(found) == 1}


@lru_cache(maxsize=65536)
def theme_of_platform(words: tuple[str, ...]) -> tuple[str, frozenset[str]] | None:
    """The platform that these words speak of, and which of them do; None where none or several are meant."""
    stems = _platform_stems()
    found = {w: stems[w[:5]] for w in words if w[:5] in stems}
    if len(set(found.values())) != 1:
        return None
    return next(iter(found.values())), frozenset(found)
