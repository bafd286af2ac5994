"""Which mentions in which documents are one thing, and the identifier it gets.

A thing of the gazetteer is its key; any other is its kind and normalised name, or the acronym that exactly one such
name goes by. Nothing is linked by likeness, so the result does not depend on the order of documents.
"""

from __future__ import annotations

import csv
import hashlib
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from operator import itemgetter
from pathlib import Path

from pipeline.model import Entity, Extraction
from pipeline.text.tokens import fold, tokenise


@lru_cache(maxsize=1)
def _latin() -> dict[str, str]:
    """How letters outside ASCII that no accent explains are written in identifiers (latin.csv)."""
    with (Path(__file__).parent / "latin.csv").open(encoding="utf-8", newline="") as file:
        return {row["letter"]: row["latin"] for row in csv.DictReader(file)}


def slug(name: str) -> str:
    """ASCII letters, digits and hyphens: what a name looks like in an identifier."""
    words = []
    for token in tokenise(name):
        if token.word or token.fold in "+&":
            latin = _latin()
            text = token.fold.replace("+", "plus").replace("&", "and")
            text = "".join(latin.get(c, c) for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
            words.append("".join(c for c in text if c.isascii() and c.isalnum()))
    return "-".join(w for w in words if w) or digest(name)


def digest(*parts: object) -> str:
    """Sixteen hexadecimal digits that stand for these values, the same on every machine."""
    return hashlib.sha256("\x1f".join("" if p is None else str(p) for p in parts).encode()).hexdigest()[:16]


def identifiers(extractions: Iterable[Extraction]) -> dict[tuple[str, int], str]:
    """(document, index of entity) -> identifier, the same for one thing wherever it is named."""
    # Mentions and claims of all documents at once would be most of the memory that a large corpus takes.
    read = sorted(((e.document_id, e.entities, _event_dates(e)) for e in extractions), key=itemgetter(0))
    named: dict[tuple[str, str], set[str]] = defaultdict(set)
    for _, entities, _ in read:
        for entity in entities:
            if not entity.key and entity.kind != "event" and entity.acronym:
                named[entity.kind, entity.acronym].add(_name_key(entity))
    out: dict[tuple[str, int], str] = {}
    for document, entities, dates in read:
        for index, entity in enumerate(entities):
            out[document, index] = _identifier(document, index, entity, named, dates)
    return out


def _identifier(
    document: str, index: int, entity: Entity, named: dict[tuple[str, str], set[str]], dates: dict[int, str]
) -> str:
    if entity.key:
        return f"{entity.kind}:{entity.key.replace(':', '-').replace(' ', '-')}"
    if entity.kind == "event":
        date = dates.get(index, "")
        if date and not date.startswith("XXXX"):
            return f"event:{slug(entity.name)[:80]}-{date.rstrip('?')}"
        if sum(t.capital for t in tokenise(entity.name) if t.word) >= 2 and not date:
            return f"event:{slug(entity.name)[:80]}"
        return f"event:{slug(entity.name)[:60]}-{digest(document, date)[:8]}"
    stands_for = named.get((entity.kind, entity.name), set())
    name = next(iter(stands_for)) if len(stands_for) == 1 else _name_key(entity)
    return f"{entity.kind}:{name}"


def _name_key(entity: Entity) -> str:
    return slug(entity.name)[:100]


def _event_dates(extraction: Extraction) -> dict[int, str]:
    dates: dict[int, str] = {}
    for claim in extraction.claims:
        if claim.table == "attributes" and claim.values["column"] == "starts":
            dates.setdefault(claim.values["entity"], str(claim.values["value"]))
    return dates


__all__ = ["digest", "fold", "identifiers", "slug"]
