"""What a partnership or event sets out to do, offers or concluded: the items under headings that say so."""

from __future__ import annotations

import itertools

from pipeline.extract.page import Page, Part
from pipeline.extract.reading import Reading
from pipeline.extract.relations.discourse import Focus
from pipeline.extract.relations.writer import Writer
from pipeline.model import Quote

KINDS = ("objective", "service", "conclusion")
_ENDS = {".", "!"}
# A list of services has so many items at least, each of so many words at most.
_MANY, _LONGEST = 3, 15
# Words between "offers" and the first thing offered: among others, may be named.
_OPENING, _REACH = {("sections", "service"), ("word", "among")}, 6
_CLAUSE = {"relatives", "negated", "contrast"}


class Agenda:
    """Writes the items of lists whose lead-in or heading announces objectives, services or conclusions."""

    def __init__(self, writer: Writer, page: Page) -> None:
        self._writer, self._page = writer, page
        self._open: dict[int, tuple[str, int]] = {}
        self._counts: dict[tuple[int, str], int] = {}

    def opening(self, reading: Reading, focus: Focus) -> None:
        """Note what a heading, label or lead-in opens, and whose it is; a sentence may carry its items itself."""
        part = reading.part
        if part.block.zone in ("navigation", "contact") or not part.tokens:
            return
        label = part.block.kind == "label"
        a, b = (0, len(part.label_tokens)) if label else part.sentences[-1]
        hits = part.label_hits if label else part.hits
        kinds = [h.tag[1] for h in hits if h.tag[0] == "sections" and h.tag[1] in KINDS and a <= h.first < b]
        if not kinds:
            return
        subject = self._subject(reading, focus, kinds[0])
        if subject is None:
            return
        opens = label or part.block.kind == "heading" or part.tokens[-1].fold == ":"
        if opens:
            self._open[part.index] = kinds[0], subject
        else:
            self._inline(part, kinds[0], subject)

    def _subject(self, reading: Reading, focus: Focus, kind: str) -> int | None:
        part = reading.part
        a, b = (0, len(part.tokens)) if part.block.kind == "label" or not part.sentences else part.sentences[-1]
        named = [n.entity for n in reading.names if n.kind == "partnership" and a <= n.first < b]
        if named:
            return named[0]
        heads = [h.tag[2] for h in part.hits if h.tag[:2] == ("head", "partnership") and a <= h.first < b]
        referred = next((e for e in map(focus.refer, heads) if e is not None), None)
        if referred is not None:
            return referred
        if kind == "conclusion" and focus.event is not None:
            return focus.event
        return focus.fallback()

    def item(self, reading: Reading) -> None:
        """An item under such an opening is a row of its own."""
        part = reading.part
        opened = self._open.get(part.block.leadin) if part.block.kind == "item" else None
        if opened is None or not any(t.word and t.text[0].islower() for t in part.tokens):
            return
        self._write(part, *opened, part.block.start, part.block.end)

    def _inline(self, part: Part, kind: str, subject: int) -> None:
        """Objectives after a colon in the sentence, as many as the number before it says."""
        a, b = part.sentences[-1]
        colon = next((i for i in range(a, b) if part.tokens[i].fold == ":"), None)
        if colon is None or colon + 3 > b:
            return
        commas = [i for i in range(colon + 1, b) if part.tokens[i].fold in {",", ";"}]
        stops = [colon, *commas, b]
        wanted = {t.text for t in part.tokens[a:colon] if t.text.isdigit()} | {
            v for h in part.hits if h.tag == ("number",) and a <= h.first < colon and (v := h.value)
        }
        if str(len(stops) - 1) not in wanted:
            return
        for left, right in itertools.pairwise(stops):
            first, last = left + 1, right - 1
            if part.is_word(first, "and") and first < last:
                first += 1
            if part.tokens[last].fold in ".;" and last > first:
                last -= 1
            self._write(part, kind, subject, part.tokens[first].start, part.tokens[last].end)

    def offers(self, reading: Reading, focus: Focus) -> None:
        """X offers A, B and C: three things and more right behind the word are services."""
        part = reading.part
        if part.block.kind != "paragraph" or part.block.zone != "body":
            return
        for a, b in part.sentences:
            hit = next((h for h in part.sentence_hits(a) if h.tag == ("sections", "service")), None)
            if hit is None or part.tokens[b - 1].fold == "?":
                continue
            begin = max([h.last for h in part.sentence_hits(a) if h.tag in _OPENING and h.first - hit.last <= _REACH])
            items = self._items(part, begin + 1, b)
            named = [n.entity for n in reading.names if n.kind == "partnership" and a <= n.first < hit.first]
            subject = named[-1] if named else focus.whole()
            if subject is not None and len(items) >= _MANY:
                for first, last in items:
                    self._write(part, "service", subject, part.tokens[first].start, part.tokens[last].end)

    def _items(self, part: Part, begin: int, end: int) -> list[tuple[int, int]]:
        """The phrases in small letters that commas and one joint part; none if one of them says more than a thing."""
        if part.tokens[end - 1].fold in _ENDS:
            end -= 1
        marks = [i for i in range(begin, end) if part.tokens[i].fold == ","]
        joint = next((i for i in range(marks[-1] + 1 if marks else end, end) if part.is_word(i, "and")), None)
        if marks and joint == marks[-1] + 1:
            marks[-1] = joint
        elif joint is not None:
            marks.append(joint)
        bounds = list(itertools.pairwise([begin - 1, *marks, end]))
        items = [(left + 1, right - 1) for left, right in bounds]
        plain = all(
            first <= last
            and last - first < _LONGEST
            and part.tokens[first].text[0].islower()
            and not any(
                t[0] in ("status", "word") and t[1] in _CLAUSE for i in range(first, last) for t in part.tags(i)
            )
            for first, last in items
        )
        return items if plain else []

    def _write(self, part: Part, kind: str, subject: int, start: int, end: int) -> None:
        while end > start and self._page.text[end - 1] in " ;,":
            end -= 1
        position = self._counts[subject, kind] = self._counts.get((subject, kind), 0) + 1
        values = {
            "subject_id": subject,
            "kind": kind,
            "position": position,
            "text": self._page.text[start:end],
            "language": self._page.language,
        }
        self._writer.add("agenda", values, [Quote(start, end, part.block.zone)], "agenda", 0.8)
