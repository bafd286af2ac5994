"""Names whose end their spelling does not tell: Tide lights, once in quotes or behind its head noun in a heading, is
one name wherever the text has it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from pipeline.extract.names.apposed import type_by_apposition
from pipeline.extract.names.heads import type_by_head
from pipeline.extract.names.marked import type_by_naming
from pipeline.extract.names.name import Name
from pipeline.extract.page import Page, Part
from pipeline.extract.reading import Reading
from pipeline.text.tokens import QUOTES

_LEAST, _MOST = 2, 6
_RUNNING = {"paragraph", "item"}
# Marks between the steps of a way through a site look like quotes.
_QUIET = {"navigation", "contact"}
# What says something of a name is not in it.
_TELLING = ("cue", "status", "date", "number")

Words = tuple[str, ...]


def whole_names(page: Page, out: list[Reading]) -> None:
    """Give names the extent that quotes, a heading or every one of their uses shows, where the words recur in a
    sentence."""
    if page.dense:
        return
    wholes: dict[str, set[Words]] = defaultdict(set)
    for words in {w for r in out for w in _shown(r)} | set(_recurring(out)):
        wholes[words[0]].add(words)
    found: dict[Words, list[tuple[Reading, int]]] = defaultdict(list)
    for reading in out:
        tokens = reading.part.tokens
        for i, token in enumerate(tokens):
            for words in wholes.get(token.fold, ()) if token.text[0].isupper() else ():
                if tuple(t.fold for t in tokens[i : i + len(words)]) == words:
                    found[words].append((reading, i))
    changed: dict[int, Reading] = {}
    for words, uses in found.items():
        if any(_inside(reading.part, i) for reading, i in uses):
            for reading, i in uses:
                if _extend(reading, i, i + len(words) - 1):
                    changed[reading.part.index] = reading
    for reading in changed.values():
        type_by_head(page, reading.part, reading.names)
        type_by_naming(reading.part, reading.names)
        type_by_apposition(reading.part, reading.names)


def _shown(reading: Reading) -> Iterator[Words]:
    """What stands in quotes with a small word in it, and what a heading says behind a head noun."""
    part = reading.part
    tokens = part.tokens
    if part.block.zone in _QUIET:
        return
    for name in reading.names:
        if name.rule == "quoted" or (name.first and tokens[name.first - 1].fold in QUOTES):
            yield from _words(part, name.first, name.last + 1)
    if part.block.kind == "heading":
        first = 0
        while first < len(tokens) and (not tokens[first].word or tokens[first].text.isdigit()):
            first += 1
        head = next((h.last for h in part.hits if h.first == first and h.tag[:2] == ("head", "partnership")), None)
        if head is not None:
            yield from _words(part, head + 1, len(tokens))


def _words(part: Part, a: int, b: int) -> Iterator[Words]:
    """The words of tokens `[a, b)` if they may be a name that a run of capitals does not hold."""
    tokens = part.tokens[a:b]
    plain = all(t.word and not part.is_of(a + k, *_TELLING) for k, t in enumerate(tokens))
    if not (_LEAST <= len(tokens) <= _MOST and plain and tokens[0].text[0].isupper()):
        return
    if any(t.text.islower() for t in tokens) and not part.is_of(b - 1, "word"):
        yield tuple(t.fold for t in tokens)


def _recurring(out: list[Reading]) -> Iterator[Words]:
    """The one word of a partnership's name with the word that follows wherever it stands, twice at least."""
    uses: dict[str, list[Words]] = defaultdict(list)
    for reading in out:
        part = reading.part
        for name in reading.names:
            if name.kind == "partnership" and name.size == 1 and not name.key and not name.strong:
                i = name.last + 1
                after = part.tokens[i] if i < len(part.tokens) and not part.is_of(i, *_TELLING, "word") else None
                word = part.tokens[name.first].fold
                uses[word].append((word, after.fold) if after is not None and after.word else (word,))
    for found in uses.values():
        if len(found) > 1 and len(set(found)) == 1 and len(found[0]) > 1:
            yield found[0]


def _inside(part: Part, i: int) -> bool:
    """A capital inside a sentence that quotes do not explain."""
    quoted = i > 0 and part.tokens[i - 1].fold in QUOTES
    return part.block.kind in _RUNNING and not part.starts_sentence(i) and not quoted


def _extend(reading: Reading, first: int, last: int) -> bool:
    """Make tokens `[first, last]` one name, of the kind that its beginning had; tells whether that is new."""
    over = [n for n in reading.names if n.first <= last and first <= n.last]
    if any(n.first < first or n.last > last or (n.first, n.last) == (first, last) for n in over):
        return False
    if any(n.kind and n.first > first and n.kind not in ("region", "town") for n in over) or any(
        n.key for n in over[:1]
    ):
        return False
    begun = next((n for n in over if n.first == first), None)
    kind, subkind = (begun.kind, begun.subkind) if begun is not None else ("", None)
    rule, confidence = (begun.rule, begun.confidence) if begun is not None else ("capitals", 0.4)
    whole = Name(first, last, kind, rule, confidence, subkind=subkind, strong=bool(kind))
    whole.initial = reading.part.starts_sentence(first)
    reading.names = sorted([n for n in reading.names if n not in over] + [whole], key=lambda n: (n.first, -n.last))
    return True
