"""Statements of a document, part by part: sentences through frames, lists and labels through their lead-ins."""

from __future__ import annotations

from collections import Counter

from pipeline.extract.cast import Cast
from pipeline.extract.discourse import PLATFORM, Focus
from pipeline.extract.events import Diary, Happening, happenings
from pipeline.extract.frames import ROLE, Bond, bonds, status_of
from pipeline.extract.groups import ACTOR, Group
from pipeline.extract.names import Name
from pipeline.extract.page import Page
from pipeline.extract.reading import Reading
from pipeline.extract.scene import EVENT_RELATIONS, RELATIONS, Cue, Scene, Target, scene
from pipeline.extract.writer import Writer

QUIET = {"navigation", "contact"}


class Statements:
    """Reads the parts of one document in order and writes its claims."""

    def __init__(self, page: Page, cast: Cast, readings: list[Reading]) -> None:
        self.page, self.cast, self.readings = page, cast, readings
        self.writer = Writer(cast)
        self.focus = Focus(cast)
        self.diary = Diary(page, cast, self.writer, self.focus)
        self.leadins: dict[int, tuple[list[str], int | None, int | None, str | None]] = {}
        self._main_partnership()

    def _main_partnership(self) -> None:
        """The title's partnership, else the one that the document names most (platforms last)."""
        counts: Counter[int] = Counter()
        for reading in self.readings:
            for name in reading.names:
                if name.kind == "partnership":
                    counts[name.entity] += 1
                    if reading.part.block.zone == "title" and self.focus.title is None and self.cast.subkind(name.entity) != PLATFORM:
                        self.focus.title = name.entity
        self.common = max(counts, key=lambda e: (self.cast.subkind(e) != PLATFORM, counts[e], -e), default=None)
        self.focus.current = self.focus.title if self.focus.title is not None else None

    def read(self) -> None:
        for reading in self.readings:
            block = reading.part.block
            if not reading.part.tokens:
                continue
            found = happenings(self.page, reading)
            if block.kind == "heading" and block.zone != "navigation":
                self.focus.heading([n.entity for n in reading.names if n.kind == "partnership"])
            if block.kind == "row":
                self._row(reading)
                continue
            if block.kind == "label":
                self._label(reading, found)
            elif block.kind == "item":
                self._item(reading, found)
            for a, b in reading.part.sentences:
                self._sentence(reading, a, b, found)
            self._leadin(reading)

    # Sentences

    def _sentence(self, reading: Reading, a: int, b: int, found: list[Happening]) -> None:
        part = reading.part
        here = scene(part, a, b, reading.groups, reading.names, reading.brackets, self.cast)
        quiet = part.block.zone in QUIET
        acted = any(c.relation in EVENT_RELATIONS for c in here.cues) and bool(here.actors())
        if not here.question:
            self.diary.read(reading, a, b, found, acted)
        for happening in found:
            if a <= happening.first < b and happening.entity >= 0:
                here.targets.append(Target("event", happening.first, happening.last, happening.entity, happening.kind))
            elif a <= happening.first < b:
                here.targets.append(Target("event", happening.first, happening.last, -1, happening.kind, reference=True))
        self._resolve(here)
        if not quiet:
            self._brackets(reading, here)
            self._bonds(reading, here)
            self._links(reading, here)
            self._dates(reading, here)
            self._figures(reading, here)
        self.focus.sentence([t.entity for t in here.targets if t.kind == "partnership" and t.dual is None])

    def _resolve(self, here: Scene) -> None:
        for target in here.targets:
            if target.reference and target.kind == "partnership":
                entity = self.focus.refer(target.subkind)
                target.entity = -1 if entity is None else entity
            elif target.reference and target.kind == "event" and self.focus.event is not None:
                if self.cast.subkind(self.focus.event) == target.subkind:
                    target.entity = self.focus.event
        here.targets = [t for t in here.targets if t.entity != -1]

    def _target(self, target: Target | None, kind: str) -> int:
        """The entity of a bond's object; a network that is also a body becomes a partnership when it has members."""
        if target is None:
            found = self.focus.fallback() if kind == "partnership" else self.focus.event
            if found is None and kind == "partnership":
                found = self.common
            return -1 if found is None else found
        if target.dual is not None:
            reading = next(r for r in target.dual.readings if r.kind == "partnership")
            target.entity = self.cast.add("partnership", reading.key, reading.name)
        return target.entity

    def _bonds(self, reading: Reading, here: Scene) -> None:
        chosen = bonds(here)
        attended = bonds(here, EVENT_RELATIONS, "event")
        for bond in attended:
            twin = next((c for c in chosen if c.cue.first <= bond.cue.last and bond.cue.first <= c.cue.last and c.group is bond.group), None)
            if twin is not None:
                if self._meets(bond, twin, here):
                    chosen.remove(twin)
                else:
                    continue
            self._attend(reading, here, bond)
        for bond in chosen:
            self._member(reading, here, bond)

    def _meets(self, event: Bond, partnership: Bond, here: Scene) -> bool:
        """Whether "take part" speaks of an event rather than of a partnership: the nearer named object decides."""
        if event.target is not None and partnership.target is not None:
            return self._gap(event) <= self._gap(partnership)
        if event.target is not None:
            return True
        if partnership.target is not None:
            return False
        return self.focus.title_event is not None and self.focus.event is not None

    def _gap(self, bond: Bond) -> float:
        assert bond.target is not None
        after = bond.target.first > bond.cue.last
        gap = bond.target.first - bond.cue.last if after else bond.cue.first - bond.target.last
        return gap + (3 if bond.target.reference else 0) + (0 if after else 2)

    def _member(self, reading: Reading, here: Scene, bond: Bond) -> None:
        if bond.status in ("negated", "absent"):
            return
        entity = self._target(bond.target, "partnership")
        if entity < 0:
            return
        role = ROLE[bond.cue.relation]
        if role == "contributor" and bond.target is None:
            return
        if bond.target is not None and bond.target.subkind == PLATFORM and role == "member" and "label" in bond.cue.voices:
            return
        if role == "member" and self.cast.subkind(entity) == PLATFORM and bond.target is None:
            return
        text = self._text(here, bond.cue.first, bond.cue.last)
        span = self._span(here, bond)
        for name in bond.group.names:
            self.writer.member(reading.part, name, entity, name.notes.get("role", role), span, f"{bond.cue.relation} frame",
                               self._confidence(bond), self._status(bond), text, features=self._features(bond, here, name))

    def _status(self, bond: Bond) -> str | None:
        return bond.status if bond.status in ("former", "planned", "invited") else None

    def _attend(self, reading: Reading, here: Scene, bond: Bond) -> None:
        if bond.status in ("negated", "absent", "former"):
            return
        entity = self._target(bond.target, "event")
        if entity < 0:
            return
        text = self._text(here, bond.cue.first, bond.cue.last)
        span = self._span(here, bond)
        for name in bond.group.names:
            self.writer.attend(reading.part, name.entity, entity, ROLE[bond.cue.relation], span, f"{bond.cue.relation} frame",
                               self._confidence(bond), self._status(bond), text)

    def _confidence(self, bond: Bond) -> float:
        return max(0.3, min(0.95, 0.35 + 0.35 * bond.score))

    def _features(self, bond: Bond, here: Scene, name: Name) -> dict[str, float]:
        return {"score": round(bond.score, 3), "explicit": float(bond.target is not None and not bond.target.reference),
                "reference": float(bond.target is not None and bond.target.reference), "group": float(len(bond.group.names)), "name": name.confidence}

    def _text(self, here: Scene, first: int, last: int) -> str:
        a, b = here.span(first, last)
        return " ".join(self.page.text[a:b].split())

    def _span(self, here: Scene, bond: Bond) -> tuple[int, int]:
        """From the first to the last of actor, cue and object."""
        places = [bond.cue.first, bond.cue.last, bond.group.first, bond.group.last]
        if bond.target is not None:
            places += [bond.target.first, bond.target.last]
        return here.span(min(places), max(places))

    # Brackets: Name (lead partner)

    def _brackets(self, reading: Reading, here: Scene) -> None:
        part = reading.part
        for bracket in reading.brackets:
            if not here.a <= bracket.first < here.b or bracket.after is None:
                continue
            cues = [h for h in part.hits if h.tag[0] == "cue" and h.tag[1] in RELATIONS and h.tag[2] != "passive" and bracket.first < h.first and h.last < bracket.last]
            negated = any(h.tag == ("status", "negated") and bracket.first < h.first < bracket.last for h in part.hits)
            if cues and not negated and bracket.after.kind in ("region", "organisation"):
                bracket.after.notes["role"] = ROLE[cues[0].tag[1]]
                bracket.after.notes["role_text"] = self._text(here, cues[0].first, cues[0].last)
                bracket.after.notes["role_used"] = ""
        for group in here.actors():
            for name in group.names:
                if "role" in name.notes and not name.notes["role_used"]:
                    bound = any(g is group for g in (b.group for b in bonds(here)))
                    if bound:
                        continue
                    entity = self.focus.fallback()
                    explicit = [t.entity for t in here.targets if t.kind == "partnership" and t.subkind != PLATFORM and t.entity >= 0]
                    entity = explicit[0] if explicit else entity
                    if entity is not None:
                        name.notes["role_used"] = "yes"
                        self.writer.member(part, name, entity, name.notes["role"], here.span(name.first, min(group.last, here.b - 1)), "bracket role", 0.8, role_text=name.notes["role_text"])

    # Links between partnerships, programmes and events

    def _links(self, reading: Reading, here: Scene) -> None:
        if here.question:
            return
        for cue in here.cues:
            if cue.relation in ("part_of", "fund", "succeed"):
                self._link(reading, here, cue)

    def _link(self, reading: Reading, here: Scene, cue: Cue) -> None:
        relation = {"part_of": "part_of", "fund": "funded_by", "succeed": "succeeds"}[cue.relation]
        wants = {"part_of": {"partnership", "programme"}, "funded_by": {"programme"}, "succeeds": {"partnership", "programme"}}[relation]
        objects = [t for t in here.targets if t.kind in wants and not t.reference and not cue.first <= t.first <= cue.last]
        if relation == "part_of":
            objects = [t for t in objects if t.subkind in (PLATFORM, "network", "community", "policy", "funding", "pilot", "thematic_partnership", "pact")]
        forward = relation == "funded_by" and cue.voices <= {"active"}
        side = (lambda t: t.last < cue.first) if forward else (lambda t: t.first > cue.last)
        near = sorted((t for t in objects if side(t)), key=lambda t: abs(t.first - cue.last))
        if not near and relation == "funded_by":
            near = sorted(objects, key=lambda t: abs(t.first - cue.last))
        if not near:
            return
        target = near[0]
        if abs(target.first - cue.last) > (14 if relation == "funded_by" else 5) or here.between(here.breaks, target.first, cue.first):
            return
        subject = self._subject(here, cue, target)
        if subject is None or status_of(here, cue, Group("", cue.first, cue.last)) in ("negated", "former"):
            return
        entity = self._target(target, "partnership")
        if self.cast.subkind(subject) == PLATFORM and relation == "part_of":
            return
        if target.kind == "programme" and relation == "part_of" and self.cast.subkind(entity) == "funding" and self.cast.kind(subject) == "partnership":
            relation = "funded_by"
        low, high = min(cue.first, target.first), max(cue.last, target.last)
        self.writer.link(reading.part, subject, relation, entity, here.span(low, high), f"{cue.relation} frame", 0.7)

    def _subject(self, here: Scene, cue: Cue, target: Target) -> int | None:
        options = [t for t in here.targets if t is not target and t.kind in ("partnership", "programme") and t.entity != target.entity and t.dual is None and t.subkind != PLATFORM]
        before = [t for t in options if t.last < cue.first and t.last < target.first]
        if before:
            return before[-1].entity
        after = [t for t in options if t.first > cue.last]
        if after:
            return after[0].entity
        found = self.focus.fallback()
        return found if found != target.entity else None

    # Launch dates

    def _dates(self, reading: Reading, here: Scene) -> None:
        if here.question:
            return
        start, end = here.whole()
        atoms = [d for d in reading.dates if start <= d.start < end]
        if not atoms:
            return
        for cue in here.cues:
            if cue.relation not in ("launch", "end", "found"):
                continue
            near = sorted(atoms, key=lambda d: abs(reading.token_at(d.start) - cue.first) + (4 if d.relation == "until" else 0))
            date = near[0]
            at = reading.token_at(date.start)
            if abs(at - cue.first) > 14 or here.between(here.breaks, at, cue.first) or (cue.relation == "found" and "label" in cue.voices):
                continue
            if status_of(here, cue, Group("", cue.first, cue.last)) in ("negated", "planned"):
                continue
            options = [t for t in here.targets if t.kind in ("partnership", "programme") and (t.dual is None)]
            options.sort(key=lambda t: (abs((t.first + t.last) / 2 - cue.first) + (0 if t.last < cue.first else 1) + (6 if t.subkind == PLATFORM and len(options) > 1 and not t.last < cue.first else 0)))
            entity = options[0].entity if options else self._recent()
            if entity is None or entity < 0:
                continue
            column = "ended" if cue.relation == "end" else "launched"
            value = date.ends if cue.relation == "end" and date.ends else date.starts
            low, high = min(cue.first, at), max(cue.last, reading.token_at(date.end - 1))
            span = here.span(low, min(high, here.b - 1))
            span = (min(span[0], date.start), max(span[1], date.end))
            self.writer.attribute(entity, column, value, span, reading.part.block.zone, "launch frame", 0.75 if options else 0.6, value.endswith("?"))

    def _recent(self) -> int | None:
        return self.focus.fallback()

    # Figures

    def _figures(self, reading: Reading, here: Scene) -> None:
        start, end = here.whole()
        for figure in reading.figures:
            if not start <= figure.start < end:
                continue
            at = reading.token_at(figure.start)
            kinds = ("event",) if figure.measure == "participants" else ("partnership", "programme")
            options = [t for t in here.targets if t.kind in kinds]
            options.sort(key=lambda t: abs(t.first - at) + (0 if t.last < at else 3))
            entity = options[0].entity if options else (self.focus.event if figure.measure == "participants" else self.focus.fallback())
            if options and options[0].dual is not None:
                entity = self._target(options[0], "partnership")
            values = {"subject_id": entity, "measure": figure.measure, "value": figure.value, "unit": figure.unit, "qualifier": figure.qualifier, "subject_text": None}
            if entity is None or entity < 0:
                continue
            from pipeline.model import Quote

            self.writer.add("figures", values, [Quote(figure.start, figure.end, reading.part.block.zone)], "figure", 0.7 if options else 0.55)

    # Labels, items, rows

    def _roles(self, reading: Reading, label: bool) -> list[str]:
        """Relations that a label or the end of a lead-in announces, the last first."""
        part = reading.part
        hits = part.label_hits if label else part.hits
        found: list[tuple[int, str]] = []
        for hit in hits:
            if hit.tag[0] == "cue" and hit.tag[1] in ROLE:
                found.append((hit.last, hit.tag[1]))
            elif hit.tag == ("sections", "members"):
                found.append((hit.last, "member"))
        if any(h.tag[0] == "status" and h.tag[1] in ("negated", "absent", "former") for h in hits):
            return ["absent"]
        return [r for _, r in sorted(found, key=lambda f: -f[0])]

    def _label(self, reading: Reading, found: list[Happening]) -> None:
        part = reading.part
        roles = self._roles(reading, label=True)
        groups = [g for g in reading.groups if g.kind == ACTOR]
        self._labelled(reading, part.label_hits)
        if not roles and part.block.heading >= 0:
            heading = self.leadins.get(part.block.heading)
            country = len(part.label_tokens) <= 3 and not any(h.tag[0] in ("cue", "labels") for h in part.label_hits)
            if heading and country:
                roles = heading[0]
        self.leadins[part.index] = (roles, self.focus.fallback(), self.focus.event, None)
        if roles and groups:
            self._assign(reading, groups, roles)

    def _labelled(self, reading: Reading, hits: list) -> None:
        """Platform, start and the like as a labelled value."""
        part = reading.part
        entity = self.focus.fallback()
        if entity is None:
            entity = self.common
        if entity is None:
            return
        zone = part.block.zone
        a, z = part.block.label[0] if part.block.label else part.block.start, part.block.end
        tags = {h.tag for h in hits}
        if ("cue", "launch", "label") in tags or ("labels", "since") in tags:
            for date in reading.dates[:1]:
                self.writer.attribute(entity, "launched", date.starts, (a, date.end), zone, "label", 0.85)
        partnerships = [n for n in reading.names if n.kind == "partnership" and n.entity != entity]
        if ("labels", "platform") in tags or ("cue", "part_of", "label") in tags:
            for name in partnerships[:1]:
                self.writer.link(part, entity, "part_of", name.entity, (a, z), "label", 0.85)
        if any(t[:2] == ("cue", "fund") for t in tags):
            for name in reading.names:
                if name.kind == "programme":
                    self.writer.link(part, entity, "funded_by", name.entity, (a, part.tokens[name.last].end), "label", 0.85)

    def _assign(self, reading: Reading, groups: list[Group], roles: list[str]) -> None:
        part = reading.part
        meets = [r for r in roles if r in EVENT_RELATIONS]
        joins = [r for r in roles if r in RELATIONS]
        if "absent" in roles:
            return
        event = self.focus.event if self.focus.event is not None else self.focus.title_event
        a = part.block.label[0] if part.block.label else part.block.start
        use_event = bool(meets) and (not joins or (self.focus.title_event is not None))
        for group in groups[:1] if len(groups) > 1 and part.block.kind == "item" else groups:
            for name in group.names:
                span = a, part.tokens[name.last].end
                if use_event and event is not None:
                    self.writer.attend(part, name.entity, event, ROLE[meets[0]], span, "label", 0.8)
                    if "role" in name.notes and self.focus.fallback() is not None:
                        self.writer.member(part, name, self.focus.fallback() or 0, name.notes["role"], span, "bracket role", 0.8, role_text=name.notes.get("role_text"))
                elif joins:
                    entity = self.focus.fallback() if self.focus.fallback() is not None else self.common
                    if entity is not None:
                        self.writer.member(part, name, entity, name.notes.get("role", ROLE[joins[0]]), span, "label", 0.85)

    def _item(self, reading: Reading, found: list[Happening]) -> None:
        leadin = self.leadins.get(reading.part.block.leadin)
        if not leadin or not leadin[0]:
            return
        roles, partnership, event, _ = leadin
        groups = [g for g in reading.groups if g.kind == ACTOR and g.first <= 3]
        if not groups:
            return
        saved = self.focus.current, self.focus.event
        if partnership is not None:
            self.focus.current = partnership
        if event is not None:
            self.focus.event = event
        self._assign(reading, groups, roles)
        self.focus.current, self.focus.event = saved

    def _leadin(self, reading: Reading) -> None:
        """What the items below this part will be: the roles of its last sentence, its partnership and event."""
        part = reading.part
        if part.block.kind == "label" and part.index in self.leadins:
            return
        opens = self.page.text[part.block.start : part.block.end].rstrip().endswith(":") or part.block.kind == "heading"
        if not opens or not part.sentences:
            return
        a, b = part.sentences[-1]
        found: list[tuple[int, str]] = []
        for hit in part.hits:
            if a <= hit.first < b and hit.tag[0] == "cue" and hit.tag[1] in ROLE:
                found.append((hit.last, hit.tag[1]))
            elif a <= hit.first < b and hit.tag == ("sections", "members"):
                found.append((hit.last, "member"))
        if any(h.tag[0] == "status" and h.tag[1] in ("negated", "former", "absent") and a <= h.first < b for h in part.hits):
            found = []
        roles = [r for _, r in sorted(found, key=lambda f: -f[0])]
        self.leadins[part.index] = (roles, self.focus.fallback(), self.focus.event, None)

    def _row(self, reading: Reading) -> None:
        """A row of a table whose first row names the columns."""
        part = reading.part
        header = self.readings[part.block.header].part
        if header.index == part.index:
            return
        columns = [self._column(header, k) for k in range(len(header.block.cells))]
        cells = part.block.cells
        if len(columns) != len(cells):
            return
        subject: int | None = None
        for (a, z), column in zip(cells, columns, strict=True):
            names = [n for n in reading.names if a <= part.tokens[n.first].start < z]
            if column == "partnership" and subject is None:
                subject = next((n.entity for n in names if n.kind == "partnership"), None)
        if subject is None:
            subject = next((n.entity for n in reading.names if n.kind == "partnership" and cells and part.tokens[n.first].start < cells[0][1]), None)
        if subject is None:
            return
        start = cells[0][0]
        for (a, z), column in zip(cells, columns, strict=True):
            names = [n for n in reading.names if a <= part.tokens[n.first].start < z]
            if column in RELATIONS:
                for name in names:
                    if name.kind in ("region", "organisation"):
                        self.writer.member(part, name, subject, name.notes.get("role", ROLE[column]), (start, z), "table", 0.85)
            elif column == "platform":
                for name in names[:1]:
                    if name.kind == "partnership":
                        self.writer.link(part, subject, "part_of", name.entity, (start, z), "table", 0.85)
            elif column == "launch":
                for date in [d for d in reading.dates if a <= d.start < z][:1]:
                    self.writer.attribute(subject, "launched", date.starts, (start, z), part.block.zone, "table", 0.85)
        self.focus.history.append(subject)

    def _column(self, header: object, k: int) -> str:
        part = header
        a, z = part.block.cells[k]
        hits = [h for h in part.hits if a <= part.tokens[h.first].start < z]
        tags = {h.tag for h in hits}
        if ("labels", "since") in tags or any(t[:2] == ("cue", "launch") for t in tags):
            return "launch"
        for relation in ("lead", "member", "found"):
            if any(t[:2] == ("cue", relation) for t in tags):
                return relation
        if ("labels", "platform") in tags:
            return "platform"
        if ("labels", "partnership") in tags or any(t[:2] == ("head", "partnership") for t in tags):
            return "partnership"
        return ""
