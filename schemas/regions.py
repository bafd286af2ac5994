"""The table regions."""

from __future__ import annotations

from schemas.base import REFERENCE, Integer, Number, Table, Text, column, identifier


class Regions(Table, key=("region_id",), references={"region_id": "entities", "parent_id": "regions"}, evidenced=True):
    """Territories: countries (level 0), NUTS regions, and territories without a code (null code and level)."""

    region_id: Text = identifier("region", "Identifier of the region")
    name: Text = column("Official name", REFERENCE)
    name_en: Text = column("English name", REFERENCE, nullable=True)
    nuts_code: Text = column("NUTS code", REFERENCE, pattern=r"^[A-Z]{2}[A-Z0-9]{0,3}$", nullable=True)
    nuts_edition: Integer = column("Latest NUTS edition in which the code stands", REFERENCE, ge=1990, nullable=True)
    nuts_level: Integer = column("NUTS level, 0 = country", REFERENCE, ge=0, le=3, nullable=True)
    country_code: Text = column("Country (ISO 3166-1 alpha-2)", REFERENCE, pattern=r"^[A-Z]{2}$", nullable=True)
    parent_id: Text = identifier("region", "Region it lies in", REFERENCE, nullable=True)
    latitude: Number = column("Latitude of a point in it, degrees north", REFERENCE, ge=-90, le=90, nullable=True)
    longitude: Number = column("Longitude of a point in it, degrees east", REFERENCE, ge=-180, le=180, nullable=True)
