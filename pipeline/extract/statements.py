"""Statements of a document, part by part: sentences through frames, lists and labels through their lead-ins."""

from __future__ import annotations

from pipeline.extract.cast import Cast
from pipeline.extract.events.calendar import calendar_entry, dated_row, lists_events, said
from pipeline.extract.events.happenings import Happening, happenings
from pipeline.extract.events.sessions import Sessions
from pipeline.extract.names.part import Name
from pipeline.extract.page import Page, Part
from pipeline.extract.reading import Reading
from pipeline.extract.relations.agenda import Agenda
from pipeline.extract.relations.announced import leadin
from pipeline.extract.relations.bracketed import Bracketed
from pipeline.extract.relations.chronicle import Chronicle
from pipeline.extract.relations.counts import Counts
from pipeline.extract.relations.discourse import ANY, PLATFORM
from pipeline.extract.relations.frames import ROLE
from pipeline.extract.relations.links import Links
from pipeline.extract.relations.lists import Lists
from pipeline.extract.relations.members import Participation
from pipeline.extract.relations.rows import Rows
from pipeline.extract.relations.scene import EVENT_RELATIONS, UNLIKE, Scene, Target, scene
from pipeline.extract.relations.story import QUIET, Story
from pipeline.model import Claim
from pipeline.text.tokens import QUOTES


class Statements:
    """Reads the parts of one document in order and collects its claims."""

    def __init__(self, page: Page, cast: Cast, readings: list[Reading]) -> None:
        self.story = Story(page, cast, readings)
        self._participation, self._links = Participation(self.story), Links(self.story)
        self._bracketed = Bracketed(self.story)
        self._chronicle, self._counts = Chronicle(self.story), Counts(self.story)
        self._lists = Lists(self.story)
        self._agenda, self._rows = Agenda(self.story.writer, page), Rows(self.story)
        self._sessions = Sessions(self.story)
        self._inner: set[str] | None = None

    def claims(self) -> list[Claim]:
        """All claims made so far."""
        return self.story.writer.claims()

    def read(self) -> None:
        for reading in self.story.readings:
            block = reading.part.block
            if block.kind == "label" and not reading.roles:
                own = [n for n in reading.names if n.kind == "partnership" and n.rule == "label"]
                if own:
                    self.story.focus.current = own[0].entity
                    self.story.listed.setdefault(own[0].entity)
            if not reading.part.tokens:
                continue
            found = happenings(self.story.page, reading)
            before = self.story.focus.event
            entry = calendar_entry(reading, self._listed(reading))
            if entry is not None and not said(reading, entry, found):
                self.story.diary.enter(reading, entry)
            if (block.kind == "heading" and block.zone != "navigation") or self._rubric(reading):
                refers = any(h.tag[:2] == ("head", "partnership") for h in reading.part.hits)
                self.story.focus.heading(self._heads(reading), refers)
            self._sessions.line(reading)
            if block.kind == "row" and not dated_row(reading):
                self._rows.row(reading)
                continue
            self._bracketed.roles(reading)
            if block.kind == "label":
                self._lists.label(reading)
            elif leadin(self.story.readings, reading.part.index) is not None and not self._sessions.holds(reading):
                self._lists.item(reading)
            self._agenda.item(reading)
            held = self._topic(reading)
            if block.entry:
                self._lists.entry(reading)
            self.story.focus.unknown = False
            for a, b in reading.part.sentences:
                self._sentence(reading, a, b, found)
            if block.kind == "row" and self.story.focus.event not in (None, before):
                self._rows.gathering(reading)
            if held is not None:
                self.story.focus.current, self.story.focus.title = held
            self._lists.opening(reading)
            self._agenda.opening(reading, self.story.focus)
            self._agenda.offers(reading, self.story.focus)
        self._links.whole()

    def _listed(self, reading: Reading) -> bool:
        """Whether a line stands under a heading for events."""
        at = reading.part.block.heading
        return 0 <= at < reading.part.index and lists_events(self.story.readings[at].part)

    def _heads(self, reading: Reading) -> list[int]:
        """The partnerships of a heading; a network that is a body too where the heading is nothing but its name."""
        part = reading.part
        own = [n.entity for n in reading.names if n.kind == "partnership"]
        dual = next((n for n in reading.names if any(r.kind == "partnership" for r in n.readings)), None)
        if own or dual is None or dual.kind != "organisation" or any(t.word for t in part.tokens[dual.last + 1 :]):
            return own
        alone = all(not t.word or t.text.isdigit() for t in part.tokens[: dual.first])
        return [self.story.cast.dual(part, dual)] if alone else own

    def _rubric(self, reading: Reading) -> bool:
        """1. Who is in it? A marked line of a few words with running text below and above is a heading."""
        readings, at, part = self.story.readings, reading.part.index, reading.part
        beside = [r.part.block.kind for r in readings[max(0, at - 1) : at + 2] if r is not reading]
        return (
            part.block.kind == "item"
            and len(part.sentences) == 1
            and (part.tokens[-1].word or part.tokens[-1].fold == "?")
            and "item" not in beside
            and beside[-1:] in (["paragraph"], ["label"])
            and at + 1 < len(readings)
        )

    def _topic(self, reading: Reading) -> tuple[int | None, int | None] | None:
        """An item that opens with a name and a full stop speaks of that thing alone; returns the focus to go
        back to."""
        part = reading.part
        held = self.story.focus.current, self.story.focus.title
        if part.block.kind == "item" or part.block.entry:
            first = next((n for n in reading.names if n.kind), None)
            opens = (
                first is not None
                and first.kind == "partnership"
                and first.first <= 2
                and self.story.cast.subkind(first.entity) != PLATFORM
            )
            if first is not None and opens and _opens(part, first):
                self.story.focus.current = self.story.focus.title = first.entity
                self.story.listed.setdefault(first.entity)
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
        self.story.focus.current = self.story.focus.title = own
        return held

    def _sentence(self, reading: Reading, a: int, b: int, found: list[Happening]) -> None:
        part = reading.part
        here = scene(part, a, b, reading.groups, reading.names, reading.brackets, self.story.cast)
        quiet = part.block.zone in QUIET
        acted = any(c.relation in EVENT_RELATIONS for c in here.cues) and bool(here.actors())
        before = self.story.focus.event
        if not here.question:
            self.story.diary.read(reading, a, b, found, acted)
        for happening in found:
            if a <= happening.first < b and happening.entity >= 0:
                here.targets.append(Target("event", happening.first, happening.last, happening.entity, happening.kind))
            elif a <= happening.first < b:
                here.targets.append(
                    Target("event", happening.first, happening.last, -1, happening.kind, reference=True)
                )
        self._resolve(here, before)
        spoken = [t.entity for t in here.targets if t.kind == "partnership"]
        unknown = all(e == UNLIKE for e in spoken) if spoken else self.story.focus.unknown
        if any(t.kind == "event" for t in here.targets):
            self.story.focus.meeting(part.index)
        self.story.writer.setting = self._setting(here)
        if not quiet:
            self._bracketed.read(reading, here)
            self._participation.read(reading, here)
            here.targets = [t for t in here.targets if t.entity != UNLIKE]
            self._links.read(reading, here)
            self._chronicle.launches(reading, here)
            self._chronicle.years(reading, here)
            self._chronicle.spans(reading, here)
            self._counts.figures(reading, here)
        elif part.block.zone == "navigation":
            self._links.beside(reading, here)
        named = [t.entity for t in here.targets if t.kind == "partnership"]
        self.story.writer.setting = {}
        objects = [t for t in here.targets if t.kind == "partnership" and t.dual is None]
        behind = self._links.behind if not quiet else set()
        explicit = [t.entity for t in objects if not t.reference and t.entity not in behind]
        self.story.focus.sentence(explicit, [t.entity for t in objects if t.reference], named)
        self.story.focus.unknown = unknown

    def _setting(self, here: Scene) -> dict[str, float]:
        """The sentence in figures that mean the same in every language."""
        objects = [t for t in here.targets if t.kind == "partnership"]
        return {
            "item": float(here.part.block.kind == "item"),
            "heading": float(here.part.block.kind == "heading"),
            "labelled": float(here.part.block.kind == "label"),
            "cues": float(len({(c.first, c.last) for c in here.cues if c.relation in ROLE})),
            "actors": float(len(here.actors())),
            "objects": float(len({t.entity for t in objects if not t.reference})),
            "references": float(sum(t.reference for t in objects)),
            "events": float(sum(t.kind == "event" for t in here.targets)),
            "breaks": float(len(here.breaks) + len(here.relatives)),
            "status": float(bool(here.status)),
            "words": float(here.b - here.a),
        }

    def _resolve(self, here: Scene, before: int | None) -> None:
        """What references take up; `before` is the event that was spoken of ahead of the sentence."""
        for target in here.targets:
            if target.kind == "partnership" and target.entity >= 0:
                self.story.focus.called.setdefault(target.entity, set()).update(_called(here, target))
        new = [t for t in here.targets if t.kind == "event" and not t.reference and t.entity == self.story.focus.event]
        for target in here.targets:
            pair = self._pair(here, target) if target.turn not in ("", "group") else None
            if target.turn == "group":
                target.entity = self._group(here, target)
            elif pair is not None:
                target.entity = pair[1] if target.turn == "latter" else pair[0]
                target.also = pair[1] if target.turn == "both" else -1
            elif target.reference and target.kind == "partnership" and target.entity == -1:
                entity = self._spoken_of(here, target)
                target.entity = -1 if entity is None else entity
            elif target.reference and target.kind == "event":
                event = before if any(t.first > target.last for t in new) else self.story.focus.event
                lately = event is not None and self.story.diary.lately(event, here.part.index)
                if event is not None and (lately or target.subkind in ("other", self.story.cast.subkind(event))):
                    target.entity = event
                    self.story.diary.spoken(event, here.part.index)
        here.targets = [t for t in here.targets if t.entity != -1]

    def _pair(self, here: Scene, target: Target) -> tuple[int, int] | None:
        """The two partnerships of which a reference takes up one or both: of its own sentence, else of those before."""
        named = [t for t in here.targets if t.kind == "partnership" and not t.reference and t.subkind != PLATFORM]
        before = list(dict.fromkeys(t.entity for t in named if t.last < target.first))
        return (before[0], before[-1]) if len(before) > 1 else self.story.focus.pair()

    def _group(self, here: Scene, target: Target) -> int:
        """The working group that the bare noun takes up: named before it in the sentence, else lately; -1 for none."""
        before = [t.entity for t in here.targets if t.subkind == "working_group" and t.last < target.first]
        before = [e for e in before if e >= 0]
        lately = self.story.focus.latest({"working_group"}, 2)
        return before[-1] if before else -1 if lately is None else lately

    def _spoken_of(self, here: Scene, target: Target) -> int | None:
        """What a pronoun or a nameless head noun takes up: what is named before it in the sentence, else earlier."""
        before = [t for t in here.targets if t.kind == "partnership" and not t.reference and t.last < target.first]
        focus = self.story.focus
        if target.subkind is None:
            if before:
                return before[0].entity
            return UNLIKE if focus.unknown else focus.fallback()
        if target.subkind != PLATFORM:
            # On the platform, this partnership: what holds a thing is not that thing.
            before = [t for t in before if t.subkind != PLATFORM]
        near = [
            t for t in before if target.first - t.last <= (4 if here.between(here.breaks, t.last, target.first) else 8)
        ]
        if near and target.subkind != PLATFORM:
            return near[-1].entity
        if here.part.is_word(target.first, "loose"):
            return before[-1].entity if before else focus.initiative()
        fitting = [t.entity for t in before if focus.fits(t.entity, target.subkind)]
        entity = fitting[-1] if fitting else focus.refer(target.subkind)
        if entity is None:
            entity = focus.stretched(target.subkind)
        return UNLIKE if entity is None and target.subkind != PLATFORM else entity


def _called(here: Scene, target: Target) -> set[str]:
    """The kinds of the head nouns in a name and right beside it."""
    hits = [h for h in here.part.sentence_hits(here.a) if target.first - 1 <= h.first and h.last <= target.last + 1]
    return {
        ANY if here.part.is_word(h.first, "loose") else h.tag[2] for h in hits if h.tag[:2] == ("head", "partnership")
    }


def _opens(part: Part, name: Name) -> bool:
    """A line whose first name is followed by a colon, bracket, dash, comma or full stop is about that name."""
    after = name.last + 1
    return (
        after >= len(part.tokens)
        or part.tokens[after].fold in {":", "(", "–", ",", "-", "."}
        or part.tokens[after].fold in QUOTES
    )
