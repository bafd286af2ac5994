"""What is known before any document is read: regions, towns, organisations, partnerships, programmes, and their names.

>>> gazetteer = load()
>>> gazetteer.entities["region", "SE311"].name
'Värmlands län'
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pipeline.gazetteer.entry import Entry, Name
from pipeline.gazetteer.tables import DATA, read_table
from pipeline.text.settle import settled

__all__ = ["Entry", "Gazetteer", "Name", "load", "region_codes"]


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """What `load` gives: known things by (kind, key), their names, and word forms.

    `forms` leads from an inflected word to the words of names that it may stand for, all as `tables.fold` leaves them
    (casefolded, ’ as ', hyphens as spaces).
    """

    entities: dict[tuple[str, str], Entry]
    names: list[Name]
    forms: dict[str, tuple[str, ...]]


@lru_cache(maxsize=1)
def load(folder: Path = DATA) -> Gazetteer:
    """The compiled gazetteer. Raises FileNotFoundError where `data/` was not built."""
    with settled():
        return Gazetteer(_entities(folder), _names(folder), _forms(folder))


def region_codes(folder: Path = DATA) -> list[dict[str, str]]:
    """All NUTS codes of all editions: key, nuts_edition, nuts_code, name, successor_codes (separated by spaces)."""
    columns, rows = read_table(folder / "region_codes.csv.gz")
    return [dict(zip(columns, row, strict=True)) for row in rows]


def _entities(folder: Path) -> dict[tuple[str, str], Entry]:
    _, rows = read_table(folder / "entities.csv.gz")
    return {(row[0], row[1]): _entry(row) for row in rows}


def _entry(row: list[str]) -> Entry:
    kind, key, name, name_en, acronym, subkind, country, code, edition, level, parent, latitude, longitude = row[:13]
    url, ror_id, wikidata_id, platform, started, ended, members = row[13:]
    return Entry(
        kind,
        key,
        name,
        name_en or None,
        acronym or None,
        subkind or None,
        country or None,
        code or None,
        int(edition) if edition else None,
        int(level) if level else None,
        parent or None,
        float(latitude) if latitude else None,
        float(longitude) if longitude else None,
        url or None,
        ror_id or None,
        wikidata_id or None,
        platform or None,
        started or None,
        ended or None,
        tuple(members.split()),
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
