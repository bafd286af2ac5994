"""The diary of a text: which event phrases speak of one event, when and where it is, and what is said of it."""

from __future__ import annotations

from pipeline.extract.cast import Cast
from pipeline.extract.dates.atom import DateAtom
from pipeline.extract.dates.times import TimeAtom, find_times
from pipeline.extract.events.calendar import Entry, bare, placed
from pipeline.extract.events.happenings import Happening, convened, opens
from pipeline.extract.page import Page, Part
from pipeline.extract.reading import Reading
from pipeline.extract.relations.discourse import Focus
from pipeline.extract.relations.scene import EVENT_RELATIONS
from pipeline.extract.relations.writer import Writer
from pipeline.gazetteer import load
from pipeline.languages import load_packs

_FINE = {"day", "month", "season", "quarter", "half"}
# So many parts behind its last mention an event may still be what people take part in.
_LATELY = 1


class Diary:
    """The events of a document: which phrases speak of one event, and what is said of each."""

    def __init__(self, page: Page, cast: Cast, writer: Writer, focus: Focus) -> None:
        self.page, self.cast, self.writer, self.focus = page, cast, writer, focus
        self.pack = load_packs()[page.language]
        self.events: list[Happening] = []
        self._seen: dict[int, int] = {}
        self._days: dict[int, DateAtom] = {}
        # Days with which a line opens in a sentence of their own, perhaps with a place.
        self._openings: dict[int, DateAtom] = {}
        self.pending: tuple[Happening, int] | None = None
        self.programme = False
        """Whether the text holds lines with times of day: then its title is the event's."""
        # The line that speaks of something else; a date below it is that one's.
        self._aside = -9
        self._entered = -1

    def read(self, reading: Reading, a: int, b: int, found: list[Happening], acted: bool) -> None:
        """Decide which phrases of the sentence `[a, b)` are events, and date and place them. `acted`: people
        meet there."""
        part = reading.part
        here = [h for h in found if a <= h.first < b]
        start, end = reading.within(a, b)
        # A date in what a page shows beside its text is of something else.
        aside = part.block.zone == "navigation"
        dates = [d for d in reading.dates if start <= d.start < end and d.precision in _FINE and not aside]
        if dates and not found and bare(reading, dates[0]):
            self._days[part.index] = dates[0]
        if dates and not here and not a and placed(self.page.text, reading, dates[0], b):
            self._openings[part.index] = dates[0]
        opening = self._openings.get(part.index) if a and not dates else None
        above = None if dates or a else self._above(reading)
        dated = any(start <= d.start < end for d in reading.dates)
        for happening in here:
            told = any(
                h.tag[0] == "cue"
                and h.tag[1] in EVENT_RELATIONS
                and a <= h.first < b
                and not happening.first <= h.first <= happening.last
                for h in part.hits
            )
            date = self._nearest(reading, dates, happening, here) or (
                above or opening if happening is here[0] else None
            )
            if date is None and told and not dated and len(here) == 1:
                date = self._before(reading, a)
            known = self._known(happening, date)
            if known is not None:
                happening.entity = known.entity
                if happening.ordinal and happening.ordinal.isdigit():
                    self._edition(happening)
                if date is None and known.date is None and part.block.kind == "heading":
                    self.pending = known, part.index
                if date is not None and known.date is None:
                    known.date = date
                    self._date(reading, known.entity, date, a, b)
                self.focus.event = known.entity
                self._mention(happening)
                continue
            title = part.block.zone == "title" and (
                happening.named
                or (happening.ordinal or "").isdigit()
                or (part.tokens[happening.first].text[0].isupper() and happening.last > happening.first)
            )
            if part.block.zone == "navigation" or not (
                date is not None
                or title
                or (happening.named and (acted or told))
                or (acted and (happening.ordinal or convened(part, happening)))
            ):
                if part.block.kind == "heading" and part.block.zone == "body":
                    if opens(part, happening):
                        self.pending = happening, part.index
                    else:
                        self._aside = part.index
                elif part.block.zone == "title" and not any(h.named for h in here):
                    self.pending = happening, part.index
                continue
            happening.date = date
            self._make(reading, happening, 0 if date is opening and date else a, b)
            self._openings.pop(part.index, None)
        if part.index == self._entered:
            # The day is that of the line's own event.
            return
        if not here and dates and not (found and part.index in self._openings):
            self._later(reading, dates, a, b)
        elif not here and (waiting := self._waiting(part)):
            # The place or the group stands between the event and its day.
            self.pending = waiting, part.index

    def enter(self, reading: Reading, entry: Entry) -> None:
        """Take down the event of a calendar's line; the sentences of the line speak of it."""
        from pipeline.model import Mention

        name = " ".join(self.page.text[entry.start : entry.end].split())
        event = self.cast.add("event", None, f"{name}\u0000{entry.date.starts}", entry.kind)
        self.cast.entities[event].name = name
        zone, index = reading.part.block.zone, reading.part.index
        self.cast.mentions.append(Mention(event, entry.start, entry.end, zone, "calendar", 0.7))
        self.writer.attribute(event, "name", name, (entry.start, entry.end), zone, "calendar", 0.7)
        self._date(reading, event, entry.date, 0, len(reading.part.tokens))
        self.circumstances(reading, event, 0, len(reading.part.tokens))
        self.focus.event, self._seen[event] = event, index
        self._entered = index

    def _before(self, reading: Reading, a: int) -> DateAtom | None:
        """On 9 May X signed the charter. The ceremony was hosted by Y: the day of the sentence before, where it is no
        other event's."""
        before = [d for d in reading.dates if d.start < reading.part.tokens[a].start and d.precision == "day"]
        days = [d for d in before[-1:] if not d.relation]
        held = any(e.date is not None and e.date.start == d.start for e in self.events for d in days)
        return days[0] if days and not held else None

    def _above(self, reading: Reading) -> DateAtom | None:
        """The date that stands as a label before the line, or by itself in the heading or line above it."""
        block, index = reading.part.block, reading.part.index
        if reading.label_dates:
            return reading.label_dates[0]
        if index - 1 in self._days:
            return self._days[index - 1]
        return self._days.get(block.heading) if index - block.heading <= 2 else None

    def _later(self, reading: Reading, dates: list[DateAtom], a: int, b: int) -> None:
        """A date by itself: under a title or heading that speaks of an event it is the event's."""
        index = reading.part.index
        day = next((d for d in dates if d.precision == "day" or (self.pending and self.pending[1] == index - 1)), None)
        if day is None or self._aside == index - 1:
            return
        if self.pending and self.pending[1] == index - 1 and self._held(reading, self.pending[0]):
            happening, _ = self.pending
            happening.date = day
            self.pending = None
            if happening.entity < 0:
                self._make(reading, happening, a, b)
            else:
                self._date(reading, happening.entity, day, a, b)
                self.circumstances(reading, happening.entity, a, b)
            return
        title = next((e for e in self.events if e.part.block.zone == "title"), None)
        if (
            title is not None
            and title.date is None
            and index - title.part.index <= 3
            and reading.part.block.kind in ("heading", "label")
            and day.precision == "day"
        ):
            title.date = day
            self._date(reading, title.entity, day, a, b)
            self.circumstances(reading, title.entity, a, b)

    def _waiting(self, part: Part) -> Happening | None:
        """The event that waits for its day, if a label or a line of the title stands right below it."""
        if not self.pending or self.pending[1] != part.index - 1:
            return None
        above = self.pending[0].part
        title = above.block.zone == "title" or above.index == 0
        header = title and part.block.kind == "heading" and part.index - above.index == 1
        return self.pending[0] if part.block.kind == "label" or header else None

    def _held(self, reading: Reading, happening: Happening) -> bool:
        """Below a title that names no event for sure a day is the event's beside a label, a time, a way of meeting or a
        word for minutes."""
        block = reading.part.block
        titled = happening.part.block.zone == "title"
        if titled and happening.entity < 0 and block.kind == "paragraph" and len(reading.part.sentences) > 1:
            return False
        timed = find_times(self.page.text, self.pack, block.start, block.end)
        minutes = [h for h in happening.part.hits if h.tag == ("word", "documents")]
        told = bool(timed or minutes) or any(
            h.tag[0] == "mode" or h.tag == ("word", "documents") for h in reading.part.hits
        )
        return happening.entity >= 0 or not titled or block.kind == "label" or told or self.programme

    def spoken(self, event: int, index: int) -> None:
        """A part takes the event up without its name."""
        self._seen[event] = index

    def lately(self, event: int, index: int) -> bool:
        """Whether the part, or one shortly before it, speaks of the event."""
        return index - _LATELY <= self._seen.get(event, -9) <= index

    def subject(self, event: int, part: Part) -> bool:
        """Whether the text is about the event: it is the title's, or the only one, with no heading since."""
        alone = {h.entity for h in self.events} == {event} and self.events[0].part.block.heading == part.block.heading
        return event == self.focus.title_event or alone

    def _nearest(
        self, reading: Reading, dates: list[DateAtom], happening: Happening, here: list[Happening]
    ) -> DateAtom | None:
        best, distance = None, 10**9
        for date in dates:
            at = reading.token_at(date.start)
            if (happening.first <= at <= happening.last and date.precision != "day") or (
                date.precision == "season" and not date.has_year
            ):
                continue
            if date.relation in ("since", "until") and date.precision != "day":
                continue
            rival = min(
                (abs(at - (h.first if at < h.first else h.last)) for h in here if h is not happening), default=10**9
            )
            gap = abs(at - (happening.first if at < happening.first else happening.last))
            finer = best is not None and date.precision == "day" and best.precision in ("season", "quarter", "half")
            if (gap < distance or finer) and gap <= rival:
                best, distance = date, gap
        return best

    def _known(self, happening: Happening, date: DateAtom | None) -> Happening | None:
        for other in reversed(self.events):
            if date is not None and other.date is not None:
                if date.starts == other.date.starts and (other.kind == happening.kind):
                    return other
                continue
            same_head = other.kind == happening.kind
            if happening.ordinal and other.ordinal and happening.ordinal != other.ordinal:
                continue
            if (
                same_head
                and not happening.named
                and (happening.ordinal is None or happening.ordinal == other.ordinal)
                and (date is None or (other.date is None and other.part.block.zone == "title"))
            ):
                return other
            if (
                happening.named
                and same_head
                and self._contained(happening, other)
                and (date is None or other.date is None)
            ):
                return other
            titled = other.part.block.zone == "title" and other.date is None
            if same_head and titled and happening.ordinal is not None and happening.ordinal == other.ordinal:
                return other
        return None

    def _contained(self, one: Happening, other: Happening) -> bool:
        """Whether the proper words of one phrase all stand in the other (the Grow conference, its second edition)."""
        words = [
            {t.fold for t in h.part.tokens[h.first : h.last + 1] if t.word and t.capital and t.text[0].isalpha()}
            for h in (one, other)
        ]
        short, long = sorted(words, key=len)
        return (bool(short) and short <= long) or self._phrase(one).casefold() == self._phrase(other).casefold()

    def _phrase(self, happening: Happening) -> str:
        tokens = happening.part.tokens
        first, last = happening.first, happening.last
        text = self.page.text[tokens[first].start : tokens[last].end]
        return " ".join(text.split())

    def _make(self, reading: Reading, happening: Happening, a: int, b: int) -> None:
        name = self._phrase(happening)
        scope = happening.date.starts if happening.date else ""
        happening.entity = self.cast.add("event", None, f"{name}\u0000{scope}" if scope else name, happening.kind)
        self.cast.entities[happening.entity].name = name
        self.events.append(happening)
        self.focus.event = happening.entity
        early = (
            happening.part.index <= 4
            and happening.part.block.kind in ("heading", "label")
            and happening.date is not None
            and self.focus.title_event is None
        )
        if happening.part.block.zone == "title" or early:
            self.focus.title_event = happening.entity
        self._mention(happening)
        span = happening.part.tokens[happening.first].start, happening.part.tokens[happening.last].end
        zone = happening.part.block.zone
        self.writer.attribute(happening.entity, "name", name, span, zone, "event", 0.8)
        if happening.ordinal:
            self._edition(happening)
        if happening.date is not None:
            self._date(reading, happening.entity, happening.date, a, b)
        self.circumstances(reading, happening.entity, a, b)

    def _edition(self, happening: Happening) -> None:
        if not (happening.ordinal or "").isdigit() or not int(happening.ordinal or 0):
            return
        tokens = happening.part.tokens
        span = tokens[happening.first].start, tokens[happening.last].end
        value = str(int(happening.ordinal or 0))
        self.writer.attribute(happening.entity, "edition", value, span, happening.part.block.zone, "event", 0.7)

    def _mention(self, happening: Happening) -> None:
        from pipeline.model import Mention

        tokens = happening.part.tokens
        self._seen[happening.entity] = happening.part.index
        self.cast.mentions.append(
            Mention(
                happening.entity,
                tokens[happening.first].start,
                tokens[happening.last].end,
                happening.part.block.zone,
                "event",
                0.8,
            )
        )

    def _date(self, reading: Reading, event: int, date: DateAtom, a: int, b: int) -> None:
        zone = reading.part.block.zone
        span = date.start, date.end
        inferred = date.starts.endswith("?")
        self.writer.attribute(event, "starts", date.starts, span, zone, "event date", 0.85, inferred)
        if date.ends:
            self.writer.attribute(event, "ends", date.ends, span, zone, "event date", 0.85, inferred)

    def circumstances(self, reading: Reading, event: int, a: int, b: int) -> None:
        """Time of day, place and mode that the sentence gives."""
        part, zone = reading.part, reading.part.block.zone
        start, end = reading.within(a, b)
        for time in find_times(self.page.text, self.pack, start, end)[:1]:
            self._time(event, time, zone)
        places = [n for n in reading.names if n.kind == "town" and a <= n.first < b]
        if places:
            place = places[0]
            entry = load().entities.get(("town", place.key or place.readings[0].key))
            span = part.tokens[place.first].start, part.tokens[place.last].end
            if entry is not None:
                self.writer.attribute(event, "place", entry.name_en or entry.name, span, zone, "event place", 0.8)
                if entry.country_code:
                    self.writer.attribute(event, "country_code", entry.country_code, span, zone, "event place", 0.8)
        for hit in part.hits:
            if hit.tag[0] == "mode" and a <= hit.first < b:
                span = part.tokens[hit.first].start, part.tokens[hit.last].end
                self.writer.attribute(event, "mode", hit.tag[1], span, zone, "event mode", 0.75)
                break

    def _time(self, event: int, time: TimeAtom, zone: str) -> None:
        span = time.start, time.end
        self.writer.attribute(event, "start_time", time.start_time, span, zone, "event time", 0.8)
        if time.end_time:
            self.writer.attribute(event, "end_time", time.end_time, span, zone, "event time", 0.8)
        if time.timezone:
            self.writer.attribute(event, "timezone", time.timezone, span, zone, "event time", 0.8)
