"""What is known before any document is read: regions, towns, organisations, partnerships, programmes, and their names.

    >>> gazetteer = load()
    >>> gazetteer.entities["region", "SE311"].name
    'Värmlands län'
"""

from __future__ import annotations

import gc
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pipeline.gazetteer.entry import Entry, Name
from pipeline.gazetteer.tables import DATA, read_table

__all__ = ["Entry", "Gazetteer", "Name", "load", "region_codes"]


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Known things by (kind, key), their names, and for inflected words (casefolded) the words of names they stand for."""

    entities: dict[tuple[str, str], Entry]
    names: list[Name]
    forms: dict[str, tuple[str, ...]]


@lru_cache(maxsize=1)
def load(folder: Path = DATA) -> Gazetteer:
    """The compiled gazetteer. Raises FileNotFoundError where `data/` was not built."""
    collecting = gc.isenabled()
    gc.disable()  # a hundred thousand small objects come to stay: looking for garbage doubles the time
    try:
        return Gazetteer(_entities(folder), _names(folder), _forms(folder))
    finally:
        if collecting:
            gc.enable()


def region_codes(folder: Path = DATA) -> list[dict[str, str]]:
    """All NUTS codes of all editions: key, nuts_edition, nuts_code, name, successor_codes (separated by spaces)."""
    columns, rows = read_table(folder / "region_codes.csv.gz")
    return [dict(zip(columns, row, strict=True)) for row in rows]


def _entities(folder: Path) -> dict[tuple[str, str], Entry]:
    _, rows = read_table(folder / "entities.csv.gz")
    return {(row[0], row[1]): _entry(row) for row in rows}


def _entry(row: list[str]) -> Entry:
    cells: list[str | None] = [cell or None for cell in row]
    return Entry(
        row[0],
        row[1],
        row[2],
        *cells[3:8],
        int(row[8]) if row[8] else None,
        int(row[9]) if row[9] else None,
        cells[10],
        float(row[11]) if row[11] else None,
        float(row[12]) if row[12] else None,
        *cells[13:19],
        tuple(row[19].split()),
    )


def _names(folder: Path) -> list[Name]:
    _, rows = read_table(folder / "names.csv.gz")
    return [Name(n, kind, key, lang, nk, amb, int(rank)) for n, kind, key, lang, nk, amb, rank in rows]


def _forms(folder: Path) -> dict[str, tuple[str, ...]]:
    _, rows = read_table(folder / "forms.csv.gz")
    forms: dict[str, tuple[str, ...]] = {}
    for word, _, inflected in rows:
        single = (word,)
        for form in inflected.split():
            known = forms.setdefault(form, single)
            if word not in known:
                forms[form] = (*known, word)
    return forms
