"""The table region_codes."""

from __future__ import annotations

from schemas.base import REFERENCE, Integer, Table, Text, column, identifier


class RegionCodes(Table, key=("region_id", "nuts_edition", "nuts_code"), references={"region_id": "regions"}):
    """The codes that a region had in each edition of NUTS."""

    region_id: Text = identifier("region", "The region", REFERENCE)
    nuts_edition: Integer = column("Edition of NUTS", REFERENCE, ge=1990)
    nuts_code: Text = column("Code in that edition", REFERENCE, pattern=r"^[A-Z]{2}[A-Z0-9]{0,3}$")
    name: Text = column("Name in that edition", REFERENCE, nullable=True)
    successor_ids: Text = column("Regions that followed it, separated by spaces", REFERENCE, nullable=True)
