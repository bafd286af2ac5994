"""Regions, countries and named groups of regions, with their codes of all editions."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.gazetteer.entry import Entry
from pipeline.gazetteer.namelist import NameList
from pipeline.gazetteer.tables import Reference, Row, iso_country
from pipeline.gazetteer.territories import Territories, editions, latest

NAME_KINDS = {"official": "official", "former": "former", "exonym": "exonym"}
CODE_COLUMNS = ("key", "nuts_edition", "nuts_code", "name", "successor_codes")
GROUP_RANK = 4


def region_entries(places: Territories) -> list[Entry]:
    """One entry for each territory."""
    return [_entry(places, key) for key in sorted(set(places.key.values()))]


def _entry(places: Territories, key: str) -> Entry:
    row = places.rows[key]
    level = places.level(key)
    return Entry(
        kind="region",
        key=key,
        name=row["name"],
        name_en=row["name_en"] or None,
        subkind="country" if level == 0 else "region",
        country_code=row["country_code"],
        nuts_code=key,
        nuts_edition=latest(row),
        nuts_level=level,
        parent_key=places.parent(key) or None,
        latitude=float(row["latitude"]) if row["latitude"] else None,
        longitude=float(row["longitude"]) if row["longitude"] else None,
    )


def region_codes(places: Territories) -> Iterator[tuple[str, int, str, str, str]]:
    """Every code in every edition in which it stands; successors stand beside the last of these."""
    for code, row in sorted(places.rows.items()):
        for edition in editions(row):
            successors = row["successor_codes"] if edition == latest(row) else ""
            yield places.key[code], edition, code, row["name"], successors


def add_region_names(reference: Reference, places: Territories, names: NameList) -> None:
    """The names of all codes under the key of their territory."""
    for row in reference.rows("region_names.csv"):
        key = places.key[row["nuts_code"]]
        kind = NAME_KINDS.get(row["kind"], "short")
        names.add(row["name"], "region", key, row["language"], kind, _rank(places.level(key), kind))
    for code, row in places.rows.items():
        if row["name_en"]:
            key = places.key[code]
            kind = "exonym" if row["name_en"] != row["name"] else "official"
            names.add(row["name_en"], "region", key, "en", kind, places.level(key))


def _rank(level: int, kind: str) -> int:
    return level + 10 if kind == "former" else level


def group_entries(reference: Reference, places: Territories, names: NameList) -> list[Entry]:
    """Groups of regions as regions of their own; a group that is exactly one region only lends it names."""
    entries: dict[str, Entry] = {}
    for row in reference.rows("groups.csv"):
        key = _group_key(row, places)
        former = row["kind"] == "former region"
        kind = "former" if former else "short"
        if not key.startswith("group:"):
            names.add(row["name"], "region", key, row["language"], kind, _rank(places.level(key), kind))
            continue
        entry = entries.setdefault(key, _group(row, key, places))
        if row["language"] == "en" and not entry.name_en:
            entry.name = entry.name_en = row["name"]
        names.add(row["name"], "region", key, row["language"], kind, _rank(GROUP_RANK, kind))
    return list(entries.values())


def _group_key(row: Row, places: Territories) -> str:
    codes = row["members"].split()
    if row["membership"] == "exact" and codes:
        same = places.by_members(codes)
        if same:
            return same
    return f"group:{row['group_id']}"


def _group(row: Row, key: str, places: Territories) -> Entry:
    members = tuple(dict.fromkeys(places.key[code] for code in row["members"].split()))
    countries = {member[:2] for member in members}
    country = countries.pop() if len(countries) == 1 else ""
    return Entry(
        kind="region",
        key=key,
        name=row["name"],
        subkind="group",
        country_code=iso_country(country) or None,
        parent_key=country or None,
        members=members,
    )
