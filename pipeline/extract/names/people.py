"""What looks like the name of a person: people stay out of what is weighed, listed or counted."""

from __future__ import annotations

from pipeline.extract.names.name import Name
from pipeline.extract.page import Page
from pipeline.extract.reading import Reading
from pipeline.extract.words.spelling import is_strong
from pipeline.personal.guess import guess

# What has so many words of the name of a thing is called after that thing: Marée Claire Plus.
_SHARED = 2


def leave_people(page: Page, out: list[Reading]) -> None:
    """Note where people are named, and take out the untyped names that share a word with one, and the single words
    that such a name has elsewhere in the document: Bartolini said. What stands in quotes or is spelt as people are
    not is no person."""
    parts: set[str] = set()
    things = [
        {t.fold for t in r.part.tokens[n.first : n.last + 1]} for r in out for n in r.names if n.kind and n.size > 1
    ]
    for reading in out:
        tokens, start = reading.part.tokens, reading.part.block.start
        held = {i for n in reading.names if n.kind or _is_thing(reading, n) for i in range(n.first, n.last + 1)}
        for a, b in guess(page.text[start : reading.part.block.end]):
            inside = [i for i, t in enumerate(tokens) if start + a <= t.start < start + b]
            words = {tokens[i].fold for i in inside}
            if not held.intersection(inside) and all(len(words & thing) < _SHARED for thing in things):
                reading.people.update(inside)
                parts |= words
        reading.names = [
            n for n in reading.names if n.kind or not reading.people.intersection(range(n.first, n.last + 1))
        ]
    for reading in out:
        folds = [t.fold for t in reading.part.tokens]
        reading.names = [n for n in reading.names if n.kind or n.strong or n.size > 1 or folds[n.first] not in parts]


def _is_thing(reading: Reading, name: Name) -> bool:
    """In quotes, or spelt as people are not; a surname that is a town too (Sárvár Lilla) makes nothing a thing."""
    tokens = reading.part.tokens
    return name.strong and (
        name.rule == "quoted" or any(is_strong(tokens[i]) for i in range(name.first, name.last + 1))
    )
