"""The table names."""

from __future__ import annotations

from schemas import codes
from schemas.base import DERIVED, STATED, Table, Text, column, identifier
from schemas.entities import ANY


class Names(Table, key=("entity_id", "name", "kind", "language"), references={"entity_id": "entities"}):
    """Every name of every entity."""

    entity_id: Text = identifier(ANY, "The entity")
    entity_kind: Text = column("Its kind", DERIVED, codes=codes.ENTITY_KIND)
    name: Text = column("The name: as a document writes it, or as the gazetteer has it in any language", STATED)
    language: Text = column("Language of the name (ISO 639-1)", DERIVED, pattern=r"^[a-z]{2,3}$", nullable=True)
    kind: Text = column("What sort of name", DERIVED, codes=codes.NAME_KIND)
