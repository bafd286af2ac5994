"""Choose quotes around what must not be published: a quote that holds a person's name becomes the pieces beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from pipeline.model import Claim, Document, Entity, Extraction, Name, Quote
from pipeline.personal.guess import guess
from pipeline.personal.patterns import find_personal
from pipeline.personal.suppressed import find_suppressed

Span = tuple[int, int]
Find = Callable[[str], list[Span]]
# The same for a text that stands at an offset of the document.
FindAt = Callable[[str, int], list[Span]]
REFERENCES = ("partnership_id", "participant_id", "event_id", "on_behalf_of_id", "subject_id", "object_id", "entity")
_CONTACT = "contact"
_EDGE = " \t\r\n\u00a0,;:–—-("
# A piece that names none of what is spoken of must have so many words to say anything.
_FEWEST_WORDS = 4


def without_people(document: Document, extraction: Extraction) -> Extraction:
    """`extraction` without e-mail addresses, telephone numbers and contact details, its quotes cut around people.

    Who is a person is guessed; the name of something that the extraction knows is none.
    """
    known = _Spans((m.start, m.end) for m in extraction.mentions)

    def people(text: str, offset: int) -> list[Span]:
        found = [(a + offset, b + offset) for a, b in find_personal(text)]
        if document.media_type != "text/csv":
            found += [s for a, b in guess(text) if not known.meets(s := (a + offset, b + offset))]
        return sorted(found)

    return _leave_out(document, extraction, find_personal, people, contact=True)


def without_suppressed(document: Document, extraction: Extraction, suppressed: frozenset[str]) -> Extraction:
    """`extraction` without the names of the suppression list, and without whatever has such a name."""
    if not suppressed:
        return extraction

    def listed(text: str, offset: int = 0) -> list[Span]:
        return [(a + offset, b + offset) for a, b in find_suppressed(text, suppressed)]

    return _leave_out(document, extraction, listed, listed, contact=False)


def suppressed_names(names: Sequence[Name], suppressed: frozenset[str]) -> list[Name]:
    """The names of entities without those that have a name of the suppression list."""
    if not suppressed:
        return list(names)
    return [
        n
        for n in names
        if not any(find_suppressed(said, suppressed) for said in (n.name, n.acronym) if said is not None)
    ]


def _leave_out(document: Document, extraction: Extraction, never: Find, around: FindAt, contact: bool) -> Extraction:
    """No name or value in which `never` finds something, and quotes cut by what `around` finds at an offset."""
    kept = [i for i, entity in enumerate(extraction.entities) if not _named(entity, never)]
    if len(kept) < len(extraction.entities):
        extraction = _only(extraction, {old: new for new, old in enumerate(kept)})
    text = document.text
    mentions = [m for m in extraction.mentions if not never(text[m.start : m.end])]
    places: list[list[Span]] = [[] for _ in extraction.entities]
    for mention in mentions:
        places[mention.entity].append((mention.start, mention.end))
    claims = []
    for claim in extraction.claims:
        if not any(_found(v, claim, text, never, around) for v in claim.values.values()):
            own = [span for i in _references(claim) for span in places[i]]
            quotes = tuple(q for quote in claim.quotes for q in _cut(quote, text, own, around, contact))
            if quotes == claim.quotes:
                claims.append(claim)
            elif quotes:
                claims.append(replace(claim, quotes=quotes))
    title = extraction.title
    if title and around(title, max(text.find(title), 0)):
        title = None
    return replace(extraction, title=title, mentions=mentions, claims=claims)


def _found(value: Any, claim: Claim, text: str, never: Find, around: FindAt) -> bool:
    """Whether a value of a claim holds what must not be published; one that is quoted is looked at in its place."""
    if not isinstance(value, str):
        return False
    place = next((q.start for q in claim.quotes if text[q.start : q.end] == value), None)
    return bool(never(value) if place is None else around(value, place))


def _cut(quote: Quote, text: str, own: list[Span], around: FindAt, contact: bool) -> list[Quote]:
    """The quote, or the pieces of it that say something without what must not be said."""
    if contact and quote.zone == _CONTACT and (quote.start, quote.end) not in own:
        return []
    spans = around(text[quote.start : quote.end], quote.start)
    if not spans:
        return [quote]
    pieces = list(_pieces(quote, text, spans))
    speaking = [p for p in pieces if any(p[0] <= a and b <= p[1] for a, b in own)]
    if quote.value and not speaking:
        speaking = [p for p in pieces if quote.value in text[slice(*p)]]
    if not speaking:
        speaking = [p for p in pieces if len(text[slice(*p)].split()) >= _FEWEST_WORDS][:1]
    return [replace(quote, start=a, end=b) for a, b in speaking]


def _pieces(quote: Quote, text: str, spans: list[Span]) -> Iterator[Span]:
    """What stands beside the spans, without the punctuation that led over to them."""
    start = quote.start
    for a, b in [*spans, (quote.end, quote.end)]:
        end = a
        while start < end and text[start] in _EDGE:
            start += 1
        while end > start and text[end - 1] in _EDGE:
            end -= 1
        if start < end:
            yield start, end
        start = max(start, b)


def _named(entity: Entity, never: Find) -> bool:
    said = [entity.name, entity.acronym, *entity.attributes.values()]
    return any(never(value) for value in said if isinstance(value, str))


def _references(claim: Claim) -> Iterator[int]:
    return (v for k in REFERENCES if isinstance(v := claim.values.get(k), int))


def _only(extraction: Extraction, moved: dict[int, int]) -> Extraction:
    """The extraction with those entities alone that `moved` gives a new index."""

    def renumbered(values: dict[str, Any]) -> dict[str, Any]:
        return {k: moved[v] if k in REFERENCES and isinstance(v, int) else v for k, v in values.items()}

    return replace(
        extraction,
        entities=[extraction.entities[old] for old in moved],
        mentions=[replace(m, entity=moved[m.entity]) for m in extraction.mentions if m.entity in moved],
        claims=[
            replace(c, values=renumbered(c.values))
            for c in extraction.claims
            if all(i in moved for i in _references(c))
        ],
    )


class _Spans:
    """Spans that can be asked whether another meets one of them."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._covered = {i for a, b in spans for i in range(a, b)}

    def meets(self, span: Span) -> bool:
        return not self._covered.isdisjoint(range(*span))
