"""What goes wrong, as kinds of error that can be counted without looking at a document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator

from tests.accuracy.match import any_same
from tests.accuracy.published import Row
from tests.accuracy.score import EXACT, RELATIONS, Reading, Scored, names_of

ENTITIES = ("regions", "organisations", "partnerships", "programmes", "events")
OTHERS = ("countries", "event dates", "launch dates", "figures")
Error = tuple[str, str, str]
"""Kind of thing, kind of error, and what it is about (for development corpora only)."""


def count(scored: Iterable[Scored]) -> Counter[tuple[str, str]]:
    """How often each kind of error occurs."""
    return Counter((kind, error) for document in scored for kind, error, _ in errors(document))


def errors(document: Scored) -> Iterator[Error]:
    """Every error of a document."""
    reading = document.reading
    for kind in ENTITIES:
        outcome = document.outcomes[kind]
        for item in outcome.missing:
            yield kind, _why_missing(reading, kind, item), item["name"]
        for found in outcome.wrong:
            entity = found["event_id"] if kind == "events" else found
            yield kind, _why_wrong(reading, kind, entity), entity
    for table in RELATIONS:
        outcome = document.outcomes[table]
        for item in outcome.missing:
            what = " | ".join(str(item[k]) for k in (RELATIONS[table][0][0], EXACT[table], RELATIONS[table][1][0]))
            yield table, _why_unsaid(reading, table, item), what
        for row in outcome.wrong:
            what = " | ".join(str(row[k]) for k in (RELATIONS[table][0][1], EXACT[table], RELATIONS[table][1][1]))
            yield table, _why_said(reading, table, row), what
    for kind in OTHERS:
        outcome = document.outcomes[kind]
        yield from ((kind, "missing", str(item)) for item in outcome.missing)
        yield from ((kind, "wrong", str(item)) for item in outcome.wrong)


def _why_missing(reading: Reading, kind: str, item: Row) -> str:
    published = reading.published
    labels = {e: reading.label(e) for e in published.mentioned[reading.document]}
    if any(any_same(names_of(item), names) for names in labels.values()):
        return "missing: published as another kind or with another date or code"
    if any(_overlap(names_of(item), names) for names in labels.values()):
        return "missing: published with more or fewer words"
    return "missing: not found"


def _why_wrong(reading: Reading, kind: str, entity: str) -> str:
    label = reading.label(entity)
    for key in ENTITIES:
        if any(any_same(names_of(item), label) for item in reading.listed(key)):
            same = "twice, or with another date or code" if key == kind else "annotated as another kind"
            return f"wrong: {same}"
    if any(_overlap(names_of(item), label) for key in ENTITIES for item in reading.listed(key)):
        return "wrong: annotated with more or fewer words"
    return "wrong: not annotated"


def _why_unsaid(reading: Reading, table: str, item: Row) -> str:
    if any(reading.pair(table, item, row) for row in reading.published.of(reading.document, table)):
        return "missing: published with another role"
    named = reading.published.mentioned[reading.document]
    first, second = (any(reading.is_entity(item[end], e) for e in named) for end, _ in RELATIONS[table])
    if first and second:
        return "missing: both ends found, not related"
    return f"missing: {'second end' if first else 'first end' if second else 'both ends'} not found"


def _why_said(reading: Reading, table: str, row: Row) -> str:
    if any(reading.pair(table, item, row) for item in reading.listed(table)):
        return "wrong: annotated with another role, or said twice"
    listed = [item for key in ENTITIES for item in reading.listed(key)]
    ends = [any(any_same(names_of(i), reading.label(row[column])) for i in listed) for _, column in RELATIONS[table]]
    return f"wrong: {'both ends annotated, not related' if all(ends) else 'an end that is not annotated'}"


def _overlap(left: Collection[str], right: Collection[str]) -> bool:
    """Some name of the one holds all words of some name of the other, one of them of four letters or more."""
    for a in left:
        for b in right:
            short, long = sorted((set(a.split()), set(b.split())), key=len)
            if short <= long and any(len(word) >= 4 for word in short):
                return True
    return False
