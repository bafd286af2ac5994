"""Quotes with a little of the text around them, in as few passages as hold them, and nobody's name beside them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import pandas as pd

from pipeline.documents import texts_of
from pipeline.personal.patterns import find_personal
from pipeline.personal.suppressed import find_suppressed

AROUND = 110
"""Characters of context on each side, at most."""
# So far from a quote words are looked at: a word cut in two there lies outside every context.
_REACH = AROUND + 80
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SENTENCE_END = re.compile(r"[.!?…:•]\s*$|\n\s*$|^\s*$")
_OPENING, _CLOSING = " \u00a0\t([{„“‘«‹", " \u00a0\t)]}”’»›,;.!?"
_REGISTER = "text/csv"

Span = tuple[int, int]
Window = tuple[int, str]
"""Offset of its first character in the document's text, the text."""
Contexts = dict[str, dict[Span, Window]]
"""By document, for the span of each quote, the quote with what may be shown around it."""
Passage = tuple[str, int, str]
"""Document, and a window of its text."""


def contexts(
    evidence: pd.DataFrame,
    mentions: pd.DataFrame,
    documents: pd.DataFrame,
    texts: Mapping[str, str],
    suppressed: frozenset[str],
) -> Contexts:
    """What may be shown around each quote of `evidence`.

    Context runs to the end of the line at most and stops before a word that may be someone's name: one with a capital
    that is neither published already (`evidence` and `mentions` of these documents) nor common here.
    """
    media = documents.set_index("document_id")["media_type"]
    named = _by_document(mentions["document_id"], mentions["start_offset"], mentions["end_offset"])
    quoted = _by_document(evidence["document_id"], evidence["start_offset"], evidence["end_offset"])
    found: Contexts = {}
    for document, text in texts_of(texts, quoted.keys()):
        spans: set[Span] = set(quoted[document])
        if media.get(document) == _REGISTER:
            around = {span: _line(text, *span) for span in spans}
        else:
            names = _perhaps_names(text, [*spans, *named.get(document, [])], spans)
            around = {span: _window(text, *span, names) for span in spans}
        bare = {window for window in set(around.values()) if _personal(text[slice(*window)], suppressed)}
        shown = {span: span if window in bare else window for span, window in around.items()}
        found[document] = {span: (first, text[first:last]) for span, (first, last) in shown.items()}
    return found


def passages(evidence: pd.DataFrame, around: Contexts) -> tuple[list[Passage], pd.DataFrame]:
    """The passages, and for each row of `evidence` its `passage` with `start` and `end` of the quote in it.

    The columns `start` and `end` count UTF-16 units from the beginning of the passage, as browsers do. A document
    whose text was not at hand gives its quotes without context.
    """
    quoted = _by_document(
        evidence["document_id"], evidence["start_offset"], evidence["end_offset"], evidence["quote"], evidence.index
    )
    found: list[Passage] = []
    rows: list[tuple[object, int, int, int]] = []
    for document in sorted(quoted):
        known = around.get(document, {})
        # Where the text is not at hand each quote stands alone.
        alone = [(start, quote) for start, _, quote, _ in quoted[document]]
        held = _joined([known[start, end] for start, end, *_ in quoted[document]]) if known else alone
        starts = [start for start, _ in held]
        for place, (start, end, quote, index) in enumerate(quoted[document]):
            if known:
                place = bisect_right(starts, start) - 1
            else:
                end = start + len(quote)
            first, text = held[place]
            before = _units(text[: start - first])
            rows.append((index, len(found) + place, before, before + _units(text[start - first : end - first])))
        found += [(document, start, text) for start, text in held]
    placed = pd.DataFrame(rows, columns=["index", "passage", "start", "end"]).set_index("index")
    return found, placed.reindex(evidence.index)


def _by_document(documents: pd.Series, *columns: pd.Series | pd.Index) -> dict[str, list[Any]]:
    """The rows of some columns, as tuples, by document."""
    found: dict[str, list[Any]] = defaultdict(list)
    for document, *row in zip(documents.tolist(), *(column.tolist() for column in columns), strict=True):
        found[str(document)].append(tuple(row))
    return found


def _units(text: str) -> int:
    return len(text) + sum(c > "\uffff" for c in text)


def _line(text: str, start: int, end: int) -> tuple[int, int]:
    """The row of the register around a quote."""
    stop = text.find("\n", end)
    return text.rfind("\n", 0, start) + 1, len(text) if stop < 0 else stop


def _perhaps_names(text: str, published: list[Span], quotes: set[Span]) -> list[Span]:
    """Words around `quotes` that may be a person's name: with a capital, outside what is `published`, no acronym, and
    not at the beginning of a sentence while the document writes them small elsewhere."""
    public = bytearray(len(text))
    for start, end in published:
        public[start:end] = b"\1" * (end - start)
    small = {word for word in _WORD.findall(text) if word.islower()}
    found = []
    for first, last in _merged([(max(0, a - _REACH), min(len(text), b + _REACH)) for a, b in sorted(quotes)]):
        for m in _WORD.finditer(text, first, last):
            word = m.group()
            common = word.islower() or (word.isupper() and len(word) > 1)
            opening = word.lower() in small and _SENTENCE_END.search(text[max(0, m.start() - 3) : m.start()])
            if not (common or opening or all(public[m.start() : m.end()])):
                found.append(m.span())
    return found


def _window(text: str, start: int, end: int, names: list[Span]) -> tuple[int, int]:
    first = max(0, start - AROUND, text.rfind("\n", 0, start) + 1)
    newline = text.find("\n", end)
    last = min(len(text), end + AROUND, newline if newline >= 0 else len(text))
    first = max([first, *(stop for _, stop in names if stop <= start)])
    last = min([last, *(begin for begin, _ in names if begin >= end)])
    # Whole words only, and no bracket that is opened or closed outside.
    while first < start and first > 0 and text[first - 1].isalnum() and text[first].isalnum():
        first += 1
    while last > end and last < len(text) and text[last - 1].isalnum() and text[last].isalnum():
        last -= 1
    while first < start and text[first] in _CLOSING:
        first += 1
    while last > end and text[last - 1] in _OPENING:
        last -= 1
    return first, last


def _personal(text: str, suppressed: frozenset[str]) -> bool:
    return bool(find_personal(text) or find_suppressed(text, suppressed))


def _merged(spans: list[Span]) -> list[Span]:
    """Sorted spans of which none overlaps another, over the same places as these sorted ones."""
    merged: list[Span] = []
    for start, end in spans:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _joined(windows: list[Window]) -> list[Window]:
    """Windows that overlap become one; the result is sorted and does not overlap."""
    joined: list[Window] = []
    for start, text in sorted(windows):
        first, before = joined[-1] if joined else (0, "")
        if start < first + len(before):
            joined[-1] = first, before + text[first + len(before) - start :]
        else:
            joined.append((start, text))
    return joined
