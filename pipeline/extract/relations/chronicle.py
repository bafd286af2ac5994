"""When partnerships began and ended."""

from __future__ import annotations

from pipeline.extract.dates.atom import DateAtom
from pipeline.extract.reading import Reading
from pipeline.extract.relations.counts import pays
from pipeline.extract.relations.discourse import PLATFORM
from pipeline.extract.relations.frames import bonds, status_of
from pipeline.extract.relations.groups import Group
from pipeline.extract.relations.scene import Cue, Scene, Target
from pipeline.extract.relations.story import Story

# Words between a date and what began or ended then, and between a body and what is said of it.
_REACH, _BESIDE = 14, 2
# A date of another clause is further by so many.
_APART = 4
# What runs for some time and then ends; a network has no term.
_RUN = (None, "project", "pilot", "consortium", "working_group")
_DASHES = {"–", "-", "—", ":"}


class Chronicle:
    """Dates that the sentences of a story state."""

    def __init__(self, story: Story) -> None:
        self.story = story

    def launches(self, reading: Reading, here: Scene) -> None:
        """What the sentence says began or ended, and when."""
        if here.question:
            return
        start, end = here.whole()
        atoms = [d for d in reading.dates if start <= d.start < end]
        entry = self._entry(reading, here, atoms)
        if not atoms and entry is None:
            return
        for cue in here.cues:
            if cue.relation not in ("launch", "end", "found") or (cue.relation == "found" and cue.voices == {"label"}):
                continue
            if status_of(here, cue, Group("", cue.first, cue.last)) in ("negated", "planned"):
                continue
            if _of_meeting(here, cue):
                continue
            date = self._nearest(reading, here, cue, atoms)
            if date is not None:
                self._begun(reading, here, cue, date)
            elif entry is not None:
                self._entered(reading, here, cue, entry)

    def _nearest(self, reading: Reading, here: Scene, cue: Cue, atoms: list[DateAtom]) -> DateAtom | None:
        """The date in the sentence that a cue is about."""
        near = sorted(atoms, key=lambda d: self._distance(reading, here, cue, d))
        if not near:
            return None
        at = reading.token_at(near[0].start)
        far = abs(at - cue.first) > _REACH or here.between(here.breaks, at, cue.first)
        since = near[0].relation == "since" and self._since(reading, here, near[0].starts, at, cue)
        return None if far or since else near[0]

    def _distance(self, reading: Reading, here: Scene, cue: Cue, date: DateAtom) -> int:
        """Words between a cue and a date; what a relative clause or the day of writing tells is further away."""
        at = reading.token_at(date.start)
        apart = here.between(here.relatives, at, cue.first)
        return abs(at - cue.first) + _APART * (apart + date.starts.endswith("?") + (date.relation == "until"))

    def _entry(self, reading: Reading, here: Scene, atoms: list[DateAtom]) -> DateAtom | None:
        """The date of an entry in a chronicle: it opens the line and a dash follows, it is the line's label, or all
        that the line or heading above holds."""
        if atoms:
            behind = reading.token_at(atoms[0].end)
            opens = reading.token_at(atoms[0].start) == here.a and len(atoms) == 1 and behind < here.b
            return atoms[0] if opens and reading.part.tokens[behind].fold in _DASHES else None
        if reading.label_dates:
            return reading.label_dates[0]
        for index in (reading.part.index - 1, reading.part.block.heading):
            above = self.story.readings[index] if index >= 0 else None
            if above is not None and len(above.dates) == 1 and _bare(above, above.dates[0]):
                return above.dates[0]
        return None

    def _entered(self, reading: Reading, here: Scene, cue: Cue, date: DateAtom) -> None:
        """March 2019 – X is launched: what the entry names began on its date."""
        spoken = [t for t in here.targets if t.kind == "partnership" and t.entity >= 0 and t.dual is None]
        named = [t for t in spoken if not t.reference and not _holds(here, t, cue)] or spoken
        ahead = [t for t in here.part.tokens[here.a : cue.first] if t.word and not date.start <= t.start < date.end]
        if cue.voices == {"label"} and len(ahead) > 1:
            return
        if len({t.entity for t in named}) == 1 and cue.relation != "end":
            first, last = min(cue.first, named[0].first), max(cue.last, named[0].last)
            zone = reading.part.block.zone
            span = here.span(first, last)
            span = (min(span[0], date.start), span[1]) if date.start >= reading.part.block.start else span
            self.story.writer.attribute(named[0].entity, "launched", date.starts, span, zone, "chronicle", 0.7)

    def _begun(self, reading: Reading, here: Scene, cue: Cue, date: DateAtom) -> None:
        options = self._options(here, cue)
        if cue.voices == {"label"} and date.relation == "since" and not _dates_it(reading, here, cue, options):
            return
        spoken = self.story.focus.fallback()
        entities = options[0].entities() if options else self.story.counted(reading, here)
        another = _of_body(here, cue, date) or any(_founds(here, t, cue) for t in here.targets)
        if not entities and not options and spoken is not None and not another:
            entities = [spoken]
        column = "ended" if cue.relation == "end" else "launched"
        value = date.ends if cue.relation == "end" and date.ends else date.starts
        at = reading.token_at(date.start)
        low, high = min(cue.first, at), max(cue.last, reading.token_at(date.end - 1))
        span = here.span(low, min(high, here.b - 1))
        span = (min(span[0], date.start), max(span[1], date.end))
        zone, sure = reading.part.block.zone, 0.75 if options else 0.6
        for entity in entities:
            self.story.writer.attribute(entity, column, value, span, zone, "launch frame", sure, value.endswith("?"))

    def _options(self, here: Scene, cue: Cue) -> list[Target]:
        """What the sentence names that may have begun, likeliest first."""
        options = [t for t in here.targets if t.kind in ("partnership", "programme") and t.dual is None]
        options = [t for t in options if not _apposed(here, t, options)]
        founders = {t.entity for t in options if _founds(here, t, cue)}
        options = [t for t in options if not pays(here, t) and not _holds(here, t, cue) and t.entity not in founders]
        others = [t for t in options if t.subkind != PLATFORM and not t.reference]
        if others:
            # On the platform has been active since May the partnership X.
            options = [t for t in options if t.subkind != PLATFORM or not _is_place(here, t)]
        groups = [t for t in options if t.subkind == "working_group" and not t.reference]
        # Within the partnership a group was formed in May: of both, the group began then.
        options = groups or options
        if self.story.focus.fallback() is not None:
            # It began in 2021 with money from X: funds run for years before the projects that texts are about.
            options = [t for t in options if t.subkind != "funding"]
        return sorted(options, key=lambda t: abs((t.first + t.last) / 2 - cue.first) + (t.last >= cue.first))

    def _since(self, reading: Reading, here: Scene, value: str, at: int, cue: Cue) -> bool:
        """A since-date nearer to a role than to a launch dates the membership."""
        for bond in bonds(here):
            near = abs(bond.cue.first - at) <= 4 or 0 < at - max(bond.group.last, bond.cue.last) <= 2
            if (
                bond.cue.relation in ("lead", "member")
                and near
                and (abs(bond.cue.first - at) < abs(cue.first - at) or cue.first <= at <= cue.last + 2)
            ):
                return True
        if any(c.relation == "fund" and 0 < at - c.last <= 2 for c in here.cues):
            return True
        # We have been a member since 2022: nobody is named, yet a membership is dated.
        return cue.voices == {"label"} and any(
            c.relation in ("lead", "member") and 0 < at - c.last <= 4 and c is not cue for c in here.cues
        )

    def spans(self, reading: Reading, here: Scene) -> None:
        """X, run by A from 2019 to 2022: when the one project of a sentence ran, if no word says what began."""
        start, end = here.whole()
        spans = [d for d in reading.dates if start <= d.start < end and d.relation is None and _long(d)]
        said = any(c.relation in ("launch", "found", "end") for c in here.cues) or any(
            t.kind == "event" for t in here.targets
        )
        spoken = {
            t.entity for t in here.targets if t.kind == "partnership" and t.dual is None and t.subkind != PLATFORM
        }
        focus = self.story.focus.fallback()
        if not spoken and focus is not None:
            spoken = {focus}
        if len(spans) != 1 or len(spoken) != 1 or said or here.question or min(spoken) < 0:
            return
        date, (entity,) = spans[0], spoken
        if self.story.cast.subkind(entity) not in _RUN or self.story.writer.begun(entity):
            return
        quote, zone = (start, end), reading.part.block.zone
        self.story.writer.attribute(entity, "launched", date.starts, quote, zone, "years said", 0.65)
        if date.ends is not None:
            self.story.writer.attribute(entity, "ended", date.ends, quote, zone, "years said", 0.65)

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
    """It was founded in 2023 and belongs to the platform, within the network: what it is in did not begin then."""
    tied = [
        c
        for c in here.cues
        if 0 < target.first - c.last <= 5 and c is not cue and not here.between(here.commas, c.last, target.first)
    ]
    within = any(c.relation == "part_of" for c in tied)
    grown = any(c.relation == "succeed" and "active" in c.voices for c in tied)
    if (
        grown
        and target.last < cue.first
        and any(here.part.is_word(i, "and") for i in range(target.last + 1, cue.first))
    ):
        return True  # X grew out of Y and has existed since 2016.
    if target.last < cue.first and cue.voices != {"label"}:
        # The platform that was opened in 2016; but X, which is part of the platform, began in 2019.
        joined = any(here.part.is_word(i, "and") for i in range(target.last + 1, cue.first))
        return within and (joined or _resumed(here, target, cue))
    return within


def _of_meeting(here: Scene, cue: Cue) -> bool:
    """The launch meeting is on 8 April: a word for a start is part of what a meeting is called or beside it."""
    meetings = [h for h in here.part.sentence_hits(here.a) if h.tag[:2] == ("head", "event")]
    for event in (t for t in here.targets if t.kind == "event"):
        other = any(event.first <= h.first and h.last <= event.last and h.first > cue.last for h in meetings)
        other |= any(event.first <= h.first and h.last < cue.first for h in meetings)
        if other and (cue.voices == {"label"} or event.first <= cue.first <= event.last):
            return True
    return False


def _apposed(here: Scene, target: Target, options: list[Target]) -> bool:
    """X, our first project, began in 2015: between commas stands what X is, and nothing else that may have begun."""
    before = any(t.last + 1 == c for t in options if t is not target for c in here.commas if 0 < target.first - c <= 4)
    return target.reference and before and target.last + 1 in here.commas


def _is_place(here: Scene, target: Target) -> bool:
    """On the platform, within the platform: where it is said to be."""
    near = range(max(here.a, target.first - 3), target.first)
    said = any(c.relation in ("part_of", "host") and c.last in near for c in here.cues)
    return said or any(here.part.is_word(i, "place_prepositions") for i in near)


def _resumed(here: Scene, target: Target, cue: Cue) -> bool:
    """A relative clause that holds the target is closed by a comma before the cue."""
    closing = next((c for c in here.commas if target.last < c < cue.first), None)
    opened = [r for r in here.relatives if r < target.first]
    return closing is not None and bool(opened) and not any(closing < r <= closing + 2 for r in here.relatives)


def _founds(here: Scene, target: Target, cue: Cue) -> bool:
    """In April the network founded a working group: what founds something else does not begin itself."""
    said = [c for c in here.cues if c.relation == "found" and c.first == cue.first and "passive" not in c.voices]
    if not said or target.last > cue.first:
        return False
    heads = [h for h in here.part.sentence_hits(here.a) if h.tag[:2] == ("head", "partnership")]
    behind = [h for h in heads if 0 < h.first - cue.last <= _REACH and h.first > target.last]
    apart = here.breaks + here.commas + [g.first for g in here.actors()]
    return any(not here.between(apart, cue.last, h.first) for h in behind)


def _of_body(here: Scene, cue: Cue, date: DateAtom) -> bool:
    """The institute X was founded in 1995: said of the body right before it."""
    beside = any(0 < cue.first - g.last <= _BESIDE for g in here.actors())
    return beside and cue.relation == "launch" and date.relation != "since"


def _long(date: DateAtom) -> bool:
    """Whether a date runs over months or years."""
    return date.ends is not None and date.ends[:7] != date.starts[:7]


def _bare(reading: Reading, date: DateAtom) -> bool:
    """The date is all that the line holds."""
    return not any(t.word and not date.start <= t.start < date.end for t in reading.part.tokens)


def _dates_it(reading: Reading, here: Scene, cue: Cue, options: list[Target]) -> bool:
    """A bare "since" dates what a partnership is or does, not what one of its members does in it."""
    if reading.part.block.kind == "label":
        return True
    ahead = [t for t in options if t.last < cue.first]
    acting = [g for g in here.actors() if g.first < cue.first]
    return bool(ahead) and not any(g.last < ahead[-1].first or g.first > ahead[-1].last for g in acting)
