"""The table mentions."""

from __future__ import annotations

from schemas import codes
from schemas.base import DERIVED, STATED, Integer, Number, Table, Text, column, identifier
from schemas.entities import ANY


class Mentions(Table, key=("mention_id",), references={"document_id": "documents", "entity_id": "entities"}):
    """Every place where a document names an entity."""

    mention_id: Text = identifier("mention", "Identifier of the place")
    document_id: Text = column("The document", STATED)
    entity_id: Text = identifier(ANY, "The entity named")
    entity_kind: Text = column("Its kind", DERIVED, codes=codes.ENTITY_KIND)
    start_offset: Integer = column("Where the name begins, in Unicode code points", STATED, ge=0)
    end_offset: Integer = column("Where the name ends, not included", STATED, ge=1)
    text: Text = column("The name, verbatim", STATED)
    zone: Text = column("Part of the document", DERIVED, codes=codes.ZONE)
    rule: Text = column("Rule that found it", DERIVED)
    confidence: Number = column("Confidence, 0 to 1", DERIVED, ge=0, le=1)
