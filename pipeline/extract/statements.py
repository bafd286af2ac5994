"""Statements of a document, part by part: sentences through frames, lists and labels through their lead-ins."""

from __future__ import annotations

from pipeline.extract.agenda import Agenda
from pipeline.extract.cast import Cast
from pipeline.extract.discourse import PLATFORM, Focus
from pipeline.extract.events import Diary, Happening, happenings
from pipeline.extract.frames import ROLE, Bond, bonds, status_of
from pipeline.extract.groups import ACTOR, PARTNERSHIP, Group
from pipeline.extract.names import Name
from pipeline.extract.page import Page, Part
from pipeline.extract.reading import Reading, leadin
from pipeline.extract.scene import EVENT_RELATIONS, RELATIONS, Cue, Scene, Target, scene
from pipeline.extract.tables import Tables
from pipeline.extract.writer import Writer
from pipeline.model import Quote
from pipeline.text.tokens import QUOTES

QUIET = {"navigation", "contact"}
# What is counted here is itself a set of partnerships, not something of the partnership that the text is about.
COLLECTIVES = {"platforms", "partnerships", "consortia", "projects"}


class Statements:
    """Reads the parts of one document in order and writes its claims."""

    def __init__(self, page: Page, cast: Cast, readings: list[Reading]) -> None:
        self.page, self.cast, self.readings = page, cast, readings
        self.writer = Writer(cast)
        self.focus = Focus(cast)
        self.diary = Diary(page, cast, self.writer, self.focus)
        self.agenda = Agenda(self.writer, page)
        self.tables = Tables(page, cast, self.writer, self.focus, readings)
        self.leadins: dict[int, tuple[list[str], int | None, int | None, str | None]] = {}
        self._main_partnership()

    def _main_partnership(self) -> None:
        """The title's partnership, else the one that the document names most (platforms last)."""
        counts: dict[int, float] = {}
        titles: list[int] = []
        duals: list[int] = []
        for reading in self.readings:
            part = reading.part
            title = (
                part.block.zone == "title"
                or part.index < 4
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
        self.focus.only = main[0] if len(main) == 1 else None
        self.focus.current = self.focus.title if self.focus.title is not None else None

    def read(self) -> None:
        for reading in self.readings:
            block = reading.part.block
            if block.kind == "label" and not reading.roles:
                own = [n for n in reading.names if n.kind == "partnership" and n.rule == "label"]
                if own:
                    self.focus.current = own[0].entity
            if not reading.part.tokens:
                continue
            found = happenings(self.page, reading)
            if block.kind == "heading" and block.zone != "navigation":
                refers = any(h.tag[:2] == ("head", "partnership") for h in reading.part.hits)
                self.focus.heading([n.entity for n in reading.names if n.kind == "partnership"], refers)
            if block.kind == "row":
                self.tables.row(reading)
                continue
            if block.kind == "label":
                self._label(reading)
            elif leadin(self.readings, reading.part.index) is not None:
                self._item(reading)
            self.agenda.item(reading)
            held = self._topic(reading)
            if block.entry:
                self._entry(reading)
            for a, b in reading.part.sentences:
                self._sentence(reading, a, b, found)
            if held is not None:
                self.focus.current, self.focus.title = held
            self._leadin(reading)
            self.agenda.opening(reading, self.focus)

    def _topic(self, reading: Reading) -> tuple[int | None, int | None] | None:
        """An item that opens with a name and a full stop speaks of that thing alone; returns the focus to go back to."""
        part = reading.part
        held = self.focus.current, self.focus.title
        if part.block.kind == "item" or part.block.entry:
            first = next((n for n in reading.names if n.kind), None)
            opens = (
                first is not None
                and first.kind == "partnership"
                and first.first <= 2
                and self.cast.subkind(first.entity) != PLATFORM
            )
            if first is not None and opens and _opens(part, first):
                self.focus.current = self.focus.title = first.entity
                return held
        if part.block.kind != "item" or len(part.sentences) < 2:
            return None
        a, b = part.sentences[0]
        inside = {i for n in reading.names for i in range(n.first, n.last + 1)}
        if (
            any(part.tokens[i].word and i not in inside and not part.is_word(i, "articles") for i in range(a, b))
            or not inside
        ):
            return None
        own = next((n.entity for n in reading.names if n.first < b and n.kind == "partnership"), None)
        self.focus.current = self.focus.title = own
        return held

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
                here.targets.append(
                    Target("event", happening.first, happening.last, -1, happening.kind, reference=True)
                )
        self._resolve(here)
        if not quiet:
            self._brackets(reading, here)
            self._bonds(reading, here)
            self._links(reading, here)
            self._dates(reading, here)
            self._spans_of_years(reading, here)
            self._figures(reading, here)
        named = [t.entity for t in here.targets if t.kind == "partnership"]
        self.focus.sentence([t.entity for t in here.targets if t.kind == "partnership" and t.dual is None], named)

    def _resolve(self, here: Scene) -> None:
        for target in here.targets:
            if target.reference and target.kind == "partnership":
                entity = None
                if target.subkind is None and target.first - here.a <= 1:
                    entity = self._antecedent(here, None)
                if entity is None:
                    entity = self.focus.refer(target.subkind) if target.subkind else self.focus.fallback()
                if entity is None and target.subkind:
                    entity = self._antecedent(here, target.subkind)
                target.entity = -1 if entity is None else entity
            elif target.reference and target.kind == "event" and self.focus.event is not None:
                if self.cast.subkind(self.focus.event) == target.subkind:
                    target.entity = self.focus.event
        here.targets = [t for t in here.targets if t.entity != -1]

    def _antecedent(self, here: Scene, subkind: str | None) -> int | None:
        """An unknown name at the head of the sentence before, which the head noun (the partnership) now takes up."""
        part = here.part
        reading = self.readings[part.index]
        earlier = [n for n in reading.names if n.last < here.a]
        if not earlier and part.index:
            reading = self.readings[part.index - 1]
            earlier = list(reading.names)
        if not earlier:
            return None
        start = reading.part.sentences[reading.part.sentence_of(earlier[-1].first)][0]
        first = next((n for n in earlier if n.first >= start), None)
        if first is None or first.kind or first.first - start > 2 or not (first.strong or self._recurs(reading, first)):
            return None
        words = [t for t in reading.part.tokens if t.word]
        if reading.part.block.zone in QUIET or (
            reading.part.block.kind == "heading" and (not first.strong or all(t.text.isupper() for t in words))
        ):
            return None
        first.kind, first.subkind, first.rule, first.confidence = "partnership", subkind, "reference", 0.6
        self.focus.current = self.cast.name(reading.part, first)
        return self.focus.current

    def _recurs(self, reading: Reading, name: Name) -> bool:
        """Whether a word that opens a sentence also stands with its capital inside one: then the capital is its own."""
        fold = reading.part.tokens[name.first].fold
        return any(
            t.fold == fold and t.text[0].isupper() and not other.part.starts_sentence(i)
            for other in self.readings
            for i, t in enumerate(other.part.tokens)
        )

    def _target(self, target: Target | None, kind: str) -> int:
        """The entity of a bond's object; a network that is also a body becomes a partnership when it has members."""
        if target is None:
            found = self.focus.fallback() if kind == "partnership" else self.focus.event
            if found is None and kind == "partnership":
                found = self.common
            return -1 if found is None else found
        return target.entity

    def _bonds(self, reading: Reading, here: Scene) -> None:
        chosen = bonds(here)
        attended = bonds(here, EVENT_RELATIONS, "event")
        for bond in attended:
            twin = next(
                (
                    c
                    for c in chosen
                    if c.cue.first <= bond.cue.last and bond.cue.first <= c.cue.last and c.group is bond.group
                ),
                None,
            )
            if twin is not None:
                if self._meets(bond, twin, here):
                    chosen.remove(twin)
                else:
                    continue
            self._attend(reading, here, bond)
        self._together(here, chosen)
        for bond in chosen:
            self._member(reading, here, bond)
        self._near(reading, here, [b.group for b in chosen + attended])

    def _together(self, here: Scene, chosen: list[Bond]) -> None:
        """X leads, together with Y: a group that a joint ties to the statement before shares its role."""
        for group in here.actors():
            before = group.first - 1
            while before >= here.a and here.part.is_word(before, "articles") and not here.part.is_word(before, "and"):
                before -= 1
            if before < here.a or not here.part.is_word(before, "and") or any(b.group is group for b in chosen):
                continue
            left = [
                b
                for b in chosen
                if b.cue.last < before
                and b.group.first < before
                and not here.between(here.breaks + here.relatives, b.cue.last, before)
            ]
            if left and before - left[-1].cue.last <= 4:
                bond = left[-1]
                chosen.append(Bond(bond.cue, group, bond.target, bond.score - 0.2, bond.status))

    def _near(self, reading: Reading, here: Scene, used: list[Group]) -> None:
        """Actors beside a partnership with no word between them that says how: perhaps members."""
        if here.question or any(
            kind in ("negated", "former", "planned", "invited", "absent") for _, _, kind in here.status
        ):
            return
        named = [t for t in here.targets if t.kind == "partnership" and t.dual is None and t.subkind != PLATFORM]
        explicit = [t for t in named if not t.reference]
        for group in here.actors():
            if any(group is g for g in used):
                continue
            if explicit:
                entity, rule = min(explicit, key=lambda t: abs(t.first - group.first)).entity, "near"
            elif named:
                entity, rule = named[0].entity, "near reference"
            elif self.focus.fallback() is not None:
                entity, rule = self.focus.fallback(), "near focus"
            else:
                continue
            if self.cast.subkind(entity) == PLATFORM:
                continue
            many = len(group.names) > 1
            regions = all(n.kind == "region" for n in group.names)
            # Two regions and more beside a partnership are mostly in it; a single name or bodies seldom.
            likely = many and (
                regions or rule == "near reference" or (rule == "near" and reading.part.block.kind == "item")
            )
            likely = likely and reading.part.block.kind in ("paragraph", "item")
            first, last = group.first, group.last
            if explicit:
                target = min(explicit, key=lambda t: abs(t.first - group.first))
                first, last = min(first, target.first), max(last, target.last)
            for name in group.names:
                self.writer.member(
                    reading.part,
                    name,
                    entity,
                    name.notes.get("role", "member"),
                    here.span(first, min(last, here.b - 1)),
                    rule,
                    0.6 if likely else 0.3,
                    inferred=True,
                )

    def _meets(self, event: Bond, partnership: Bond, here: Scene) -> bool:
        """Whether "take part" speaks of an event rather than of a partnership: the nearer named object decides."""
        if event.target is not None and partnership.target is not None:
            return self._gap(event) <= self._gap(partnership)
        if event.target is not None:
            return True
        if partnership.target is not None:
            return False
        tokens = here.part.tokens
        after = partnership.cue.last + 1
        if after < here.b and here.part.is_word(after, "pronouns") and tokens[after].word:
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
        if role == "lead" and self.cast.subkind(entity) == PLATFORM:
            return
        listed = [n for n in bond.group.names if n.notes.get("role") == "lead"]
        if role == "lead" and listed and len(bond.group.names) > len(listed):
            # Where one of many is marked as lead, the others are members.
            role = "member"
        if role == "contributor" and bond.target is None:
            return
        if (
            bond.target is not None
            and bond.target.subkind == PLATFORM
            and role == "member"
            and "label" in bond.cue.voices
        ):
            return
        if role == "member" and self.cast.subkind(entity) == PLATFORM and bond.target is None:
            return
        text = self._text(here, bond.cue.first, bond.cue.last)
        span = self._span(here, bond)
        for name, entity in [(n, e) for n in bond.group.names for e in self._siblings(here, bond.target, entity)]:
            self.writer.member(
                reading.part,
                name,
                entity,
                name.notes.get("role", role),
                span,
                f"{bond.cue.relation} frame",
                self._confidence(bond),
                self._status(bond),
                text,
                features=self._features(bond, here, name),
            )

    def _siblings(self, here: Scene, target: Target | None, entity: int) -> list[int]:
        """The object and what is enumerated with it: takes part in X and Y."""
        if target is None or target.reference:
            return [entity]
        for group in here.groups:
            if group.kind == PARTNERSHIP and any(n.first == target.first for n in group.names):
                return list(dict.fromkeys(n.entity for n in group.names))
        return [entity]

    def _status(self, bond: Bond) -> str | None:
        return bond.status if bond.status in ("former", "planned", "invited") else None

    def _attend(self, reading: Reading, here: Scene, bond: Bond) -> None:
        if bond.status in ("negated", "absent", "former"):
            return
        entity = self._target(bond.target, "event")
        if entity < 0:
            return
        if bond.cue.relation == "speak" and bond.target is None and not self.diary.lately(entity, here.part.index):
            return
        text = self._text(here, bond.cue.first, bond.cue.last)
        span = self._span(here, bond)
        self._represented(reading, here, bond, entity, span)
        for name in bond.group.names:
            self.writer.attend(
                reading.part,
                name.entity,
                entity,
                ROLE[bond.cue.relation],
                span,
                f"{bond.cue.relation} frame",
                self._confidence(bond),
                self._status(bond),
                text,
            )

    def _represented(self, reading: Reading, here: Scene, bond: Bond, event: int, span: tuple[int, int]) -> None:
        """A region that takes part through bodies: they are there too, on its behalf."""
        if bond.cue.relation != "attend" or len(bond.group.names) != 1:
            return
        for group in here.actors():
            gap = range(bond.group.last + 1, group.first)
            if not 0 < len(gap) <= 12 or here.between([g.first for g in here.actors()], bond.group.last, group.first):
                continue
            if any(reading.part.is_word(i, "on_behalf") for i in gap):
                whole = (
                    min(span[0], here.span(group.first, group.first)[0]),
                    max(span[1], here.span(group.last, group.last)[1]),
                )
                for name in group.names:
                    self.writer.attend(
                        reading.part,
                        name.entity,
                        event,
                        "participant",
                        whole,
                        "represented",
                        0.7,
                        self._status(bond),
                        behalf=bond.group.names[0].entity,
                    )

    def _confidence(self, bond: Bond) -> float:
        return max(0.3, min(0.95, 0.35 + 0.35 * bond.score))

    def _features(self, bond: Bond, here: Scene, name: Name) -> dict[str, float]:
        return {
            "score": round(bond.score, 3),
            "explicit": float(bond.target is not None and not bond.target.reference),
            "reference": float(bond.target is not None and bond.target.reference),
            "group": float(len(bond.group.names)),
            "name": name.confidence,
        }

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
            cues = [
                h
                for h in part.hits
                if h.tag[0] == "cue" and h.tag[1] in RELATIONS and bracket.first < h.first and h.last < bracket.last
            ]
            negated = any(h.tag == ("status", "negated") and bracket.first < h.first < bracket.last for h in part.hits)
            groups = [g for g in here.actors() if bracket.first < g.first and g.last < bracket.last]
            if cues and groups and not negated and bracket.after.kind == "partnership":
                for group in groups:
                    ahead = [h for h in cues if h.last < group.first]
                    relation = (max(ahead, key=lambda h: h.first) if ahead else cues[0]).tag[1]
                    for name in group.names:
                        self.writer.member(
                            part,
                            name,
                            bracket.after.entity,
                            name.notes.get("role", ROLE[relation]),
                            here.span(bracket.after.first, bracket.last),
                            "bracket list",
                            0.8,
                        )
                continue
            if (
                bracket.after.kind == "partnership"
                and len([n for g in groups for n in g.names]) > 1
                and not negated
                and not cues
            ):
                for name in [n for g in groups for n in g.names]:
                    span = here.span(bracket.after.first, bracket.last)
                    self.writer.member(
                        part, name, bracket.after.entity, name.notes.get("role", "member"), span, "bracket list", 0.65
                    )
                continue
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
                    explicit = [
                        t.entity
                        for t in here.targets
                        if t.kind == "partnership" and t.subkind != PLATFORM and t.entity >= 0
                    ]
                    entity = explicit[0] if explicit else entity
                    if entity is not None:
                        name.notes["role_used"] = "yes"
                        self.writer.member(
                            part,
                            name,
                            entity,
                            name.notes["role"],
                            here.span(name.first, min(group.last, here.b - 1)),
                            "bracket role",
                            0.8,
                            role_text=name.notes["role_text"],
                        )

    def _spans_of_years(self, reading: Reading, here: Scene) -> None:
        """Name (2021–2024): the years in which a project ran."""
        for bracket in reading.brackets:
            if not here.a <= bracket.first < here.b or bracket.after is None or bracket.after.kind != "partnership":
                continue
            start, end = reading.part.tokens[bracket.first].start, reading.part.tokens[bracket.last].end
            inner = [d for d in reading.dates if start <= d.start and d.end <= end]
            if len(inner) == 1 and inner[0].ends and inner[0].end - inner[0].start >= end - start - 4:
                span = reading.part.tokens[bracket.after.first].start, end
                for column, value in (("launched", inner[0].starts), ("ended", inner[0].ends)):
                    self.writer.attribute(
                        bracket.after.entity, column, value, span, reading.part.block.zone, "years in brackets", 0.75
                    )

    # Links between partnerships, programmes and events

    def _links(self, reading: Reading, here: Scene) -> None:
        if here.question:
            return
        self._beside(reading, here)
        for cue in here.cues:
            if cue.relation in ("part_of", "fund", "succeed"):
                self._link(reading, here, cue)
            elif (
                cue.relation == "member"
                and "active" in cue.voices
                and any(0 < t.first - cue.last <= 4 and t.subkind == PLATFORM and not t.reference for t in here.targets)
            ):
                self._link(reading, here, Cue(cue.first, cue.last, "part_of", cue.voices))

    def _beside(self, reading: Reading, here: Scene) -> None:
        """A project beside the one fund, a partnership beside the one platform of its sentence: they mostly belong together."""
        if any(kind in ("negated", "former", "planned") for _, _, kind in here.status):
            return
        own = [
            t
            for t in here.targets
            if t.kind == "partnership" and t.dual is None and t.subkind not in (PLATFORM, "pact")
        ]
        named = [t for t in own if not t.reference] or own
        funds = [t for t in here.targets if t.kind == "programme" and t.subkind == "funding"]
        platforms = [t for t in here.targets if t.subkind == PLATFORM and not t.reference]
        for relation, objects, kinds in (
            ("funded_by", funds, {"project", "consortium", None}),
            ("part_of", platforms, {"thematic_partnership"}),
        ):
            subjects = [t for t in named if self.cast.subkind(t.entity) in kinds]
            if len({t.entity for t in objects}) == 1 and len({t.entity for t in subjects}) == 1:
                one, other = subjects[0], objects[0]
                span = here.span(min(one.first, other.first), max(one.last, other.last))
                self.writer.link(reading.part, one.entity, relation, other.entity, span, "beside", 0.6)

    def _link(self, reading: Reading, here: Scene, cue: Cue) -> None:
        relation = {"part_of": "part_of", "fund": "funded_by", "succeed": "succeeds"}[cue.relation]
        wants = {
            "part_of": {"partnership", "programme"},
            "funded_by": {"programme"},
            "succeeds": {"partnership", "programme"},
        }[relation]
        objects = [
            t for t in here.targets if t.kind in wants and not t.reference and not cue.first <= t.first <= cue.last
        ]
        if relation == "part_of":
            objects = [
                t
                for t in objects
                if t.subkind
                in (PLATFORM, "network", "community", "policy", "funding", "pilot", "thematic_partnership", "pact")
            ]
        forward = relation == "funded_by" and cue.voices <= {"active"}
        side = (lambda t: t.last < cue.first) if forward else (lambda t: t.first > cue.last)
        near = sorted((t for t in objects if side(t)), key=lambda t: abs(t.first - cue.last))
        if not near and relation == "funded_by":
            near = sorted(objects, key=lambda t: abs(t.first - cue.last))
        if not near:
            return
        target = near[0]
        if abs(target.first - cue.last) > (14 if relation == "funded_by" else 5) or here.between(
            here.breaks, target.first, cue.first
        ):
            return
        subject = self._subject(here, cue, target)
        if subject is None or status_of(here, cue, Group("", cue.first, cue.last)) in ("negated", "former"):
            return
        entity = self._target(target, "partnership")
        if self.cast.subkind(subject) == PLATFORM and relation == "part_of":
            return
        if (
            target.kind == "programme"
            and relation == "part_of"
            and self.cast.subkind(entity) == "funding"
            and self.cast.kind(subject) == "partnership"
        ):
            relation = "funded_by"
        low, high = min(cue.first, target.first), max(cue.last, target.last)
        self.writer.link(reading.part, subject, relation, entity, here.span(low, high), f"{cue.relation} frame", 0.7)

    def _subject(self, here: Scene, cue: Cue, target: Target) -> int | None:
        options = [
            t
            for t in here.targets
            if t is not target
            and t.kind in ("partnership", "programme")
            and t.entity != target.entity
            and t.dual is None
            and t.subkind != PLATFORM
        ]
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
            near = sorted(
                atoms, key=lambda d: abs(reading.token_at(d.start) - cue.first) + (4 if d.relation == "until" else 0)
            )
            date = near[0]
            at = reading.token_at(date.start)
            if (
                abs(at - cue.first) > 14
                or here.between(here.breaks, at, cue.first)
                or (cue.relation == "found" and "label" in cue.voices)
            ):
                continue
            if status_of(here, cue, Group("", cue.first, cue.last)) in ("negated", "planned"):
                continue
            if date.relation == "since" and self._since(reading, here, date.starts, at, cue):
                continue
            options = [t for t in here.targets if t.kind in ("partnership", "programme") and (t.dual is None)]
            options.sort(
                key=lambda t: (
                    abs((t.first + t.last) / 2 - cue.first)
                    + (0 if t.last < cue.first else 1)
                    + (6 if t.subkind == PLATFORM and len(options) > 1 else 0)
                )
            )
            entity = options[0].entity if options else self._recent()
            if entity is None or entity < 0:
                continue
            column = "ended" if cue.relation == "end" else "launched"
            value = date.ends if cue.relation == "end" and date.ends else date.starts
            low, high = min(cue.first, at), max(cue.last, reading.token_at(date.end - 1))
            span = here.span(low, min(high, here.b - 1))
            span = (min(span[0], date.start), max(span[1], date.end))
            self.writer.attribute(
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
        return False

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
            collective = None
            if figure.measure in COLLECTIVES and not any(
                t.kind == "partnership" and not t.reference and t.last < at for t in here.targets
            ):
                collective = " ".join(self.page.text[figure.start : figure.end].split())
            options = [t for t in here.targets if t.kind in kinds]
            options.sort(key=lambda t: abs(t.first - at) + (0 if t.last < at else 3))
            entity = (
                options[0].entity
                if options
                else (self.focus.event if figure.measure == "participants" else self.focus.fallback())
            )
            if options and options[0].dual is not None:
                entity = self._target(options[0], "partnership")
            values = {
                "subject_id": entity,
                "measure": figure.measure,
                "value": figure.value,
                "unit": figure.unit,
                "qualifier": figure.qualifier,
                "subject_text": collective,
            }
            if collective is not None:
                values["subject_id"] = None
            elif entity is None or entity < 0:
                continue
            self.writer.add(
                "figures",
                values,
                [Quote(figure.start, figure.end, reading.part.block.zone)],
                "figure",
                0.7 if options else 0.55,
            )

    # Labels, items, rows

    def _label(self, reading: Reading) -> None:
        part = reading.part
        roles = reading.roles
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
                    self.writer.link(
                        part, entity, "funded_by", name.entity, (a, part.tokens[name.last].end), "label", 0.85
                    )

    def _assign(self, reading: Reading, groups: list[Group], roles: list[str]) -> None:
        part = reading.part
        meets = [r for r in roles if r in EVENT_RELATIONS]
        joins = [r for r in roles if r in RELATIONS]
        if "absent" in roles:
            return
        event = self.focus.event if self.focus.event is not None else self.focus.title_event
        if (
            self.focus.title_event is not None
            and part.block.kind == "label"
            and not meets
            and set(roles) & {"lead", "invited"}
        ):
            # In minutes, who is in the chair and who is a guest is there.
            meets = ["attend"]
        a = part.block.label[0] if part.block.label else part.block.start
        use_event = bool(meets) and (not joins or (self.focus.title_event is not None))
        for group in groups[:1] if len(groups) > 1 and part.block.kind == "item" else groups:
            for name in group.names:
                span = a, part.tokens[name.last].end
                if use_event and event is not None:
                    self.writer.attend(part, name.entity, event, ROLE[meets[0]], span, "label", 0.8)
                    if "role" in name.notes and self.focus.fallback() is not None:
                        self.writer.member(
                            part,
                            name,
                            self.focus.fallback() or 0,
                            name.notes["role"],
                            span,
                            "bracket role",
                            0.8,
                            role_text=name.notes.get("role_text"),
                        )
                elif joins:
                    entity = self.focus.fallback() if self.focus.fallback() is not None else self.common
                    if entity is not None:
                        self.writer.member(
                            part, name, entity, name.notes.get("role", ROLE[joins[0]]), span, "label", 0.85
                        )

    def _item(self, reading: Reading) -> None:
        above = self.leadins.get(leadin(self.readings, reading.part.index) or 0)
        if not above or not above[0]:
            return
        roles, partnership, event, _ = above
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

    def _entry(self, reading: Reading) -> None:
        """A name, a colon, names: a partnership with who is in it, or an actor with the partnerships that it is in."""
        part = reading.part
        colon = next((i for i, t in enumerate(part.tokens) if t.fold in {":", "–", "-"}), None)
        if colon is None or part.block.zone in QUIET:
            return
        left = [g for g in reading.groups if g.last < colon]
        right = [g for g in reading.groups if g.first > colon]
        if not left or not right:
            return
        above = self.leadins.get(part.block.leadin if part.block.leadin >= 0 else part.block.heading)
        role = next((ROLE[r] for r in (above[0] if above else []) if r in RELATIONS), "member")
        span = part.tokens[0].start, part.tokens[right[-1].last].end
        inside = {i for br in reading.brackets for i in range(br.first, br.last + 1)}
        near = [
            h
            for h in part.hits
            if h.first > colon
            and h.first not in inside
            and h.tag[0] == "cue"
            and h.tag[1] in RELATIONS
            and h.tag[2] != "label"
        ]
        if near:
            return
        for one in left[:1]:
            for other in right:
                actors, objects = (one, other) if one.kind == ACTOR else (other, one)
                if actors.kind == ACTOR and objects.kind == PARTNERSHIP:
                    for name in actors.names:
                        for target in objects.names:
                            if self.cast.subkind(target.entity) != PLATFORM:
                                self.writer.member(
                                    part, name, target.entity, name.notes.get("role", role), span, "entry", 0.75
                                )

    def _leadin(self, reading: Reading) -> None:
        """What the items below this part will be: the roles of its last sentence, its partnership and event."""
        part = reading.part
        if part.block.kind == "label" and part.index in self.leadins:
            return
        opens = (
            self.page.text[part.block.start : part.block.end].rstrip()[-1:] in (":", "?")
            or part.block.kind == "heading"
        )
        if not opens or not part.sentences:
            return
        self.leadins[part.index] = (reading.roles, self.focus.fallback(), self.focus.event, None)


def _opens(part: Part, name: Name) -> bool:
    """A line whose first name is followed by a colon, bracket, dash or comma is about that name."""
    after = name.last + 1
    return (
        after >= len(part.tokens)
        or part.tokens[after].fold in {":", "(", "–", ",", "-"}
        or part.tokens[after].fold in QUOTES
    )
