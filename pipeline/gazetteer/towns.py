"""Towns and their names."""

from __future__ import annotations

from pipeline.gazetteer.entry import Entry
from pipeline.gazetteer.namelist import NameList
from pipeline.gazetteer.tables import Reference, iso_country
from pipeline.gazetteer.territories import Territories, latest

TOWN_RANK = 5


def town_entries(reference: Reference, places: Territories, names: NameList) -> list[Entry]:
    """One entry for each town, keyed `geonames:<id>`; adds the names of towns on the way."""
    english: dict[str, str] = {}
    for row in reference.rows("town_names.csv"):
        key = f"geonames:{row['geonames_id']}"
        names.add(row["name"], "town", key, row["language"], "town", TOWN_RANK)
        if row["language"] == "en":
            english.setdefault(key, row["name"])
    entries = []
    for row in reference.rows("towns.csv"):
        key = f"geonames:{row['geonames_id']}"
        code = row["nuts3_code"]
        names.add(row["name"], "town", key, "", "town", TOWN_RANK)
        entries.append(
            Entry(
                kind="town",
                key=key,
                name=row["name"],
                name_en=english.get(key),
                country_code=iso_country(row["country_code"]),
                nuts_code=code or None,
                nuts_edition=latest(places.rows[code]) if code else None,
                nuts_level=3 if code else None,
                parent_key=places.key[code] if code else None,
                latitude=float(row["latitude"]),
                longitude=float(row["longitude"]),
            )
        )
    return entries
