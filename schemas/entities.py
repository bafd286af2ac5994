"""The table entities."""

from __future__ import annotations

from schemas import codes
from schemas.base import DERIVED, STATED, Flag, Integer, Table, Text, column, identifier

ANY = "|".join(codes.ENTITY_KIND)


class Entities(Table, key=("entity_id",)):
    """One row for every entity of the five kinds, so that every reference has one target."""

    entity_id: Text = identifier(ANY, "Identifier of the entity")
    entity_kind: Text = column("Which table holds the entity", DERIVED, codes=codes.ENTITY_KIND)
    name: Text = column("Preferred name", STATED)
    registered: Flag = column("Known to the gazetteer or register; false: discovered in text", DERIVED)
    documents: Integer = column("Number of documents that name it", DERIVED, ge=0)
    mentions: Integer = column("Number of places that name it; 0: only the parent of another", DERIVED, ge=0)
