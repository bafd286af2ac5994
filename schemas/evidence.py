"""The table evidence."""

from __future__ import annotations

from schemas import codes
from schemas.base import DERIVED, REFERENCE, STATED, Flag, Integer, Number, Table, Text, column, identifier


class Evidence(Table, key=("evidence_id",), references={"document_id": "documents"}):
    """What each published row rests on. `quote` is quotation from the document and not covered by the data licence."""

    evidence_id: Text = identifier("evidence", "Identifier of the quote's use")
    table_name: Text = column("Table of the row", DERIVED)
    row_id: Text = column("Key of the row", DERIVED)
    column_name: Text = column("Column it supports, null for the row as a whole", DERIVED, nullable=True)
    value: Text = column("What this quote supports, as text", STATED, nullable=True)
    preferred: Flag = column("Whether this is the value that the row shows", DERIVED)
    document_id: Text = column("The document", STATED)
    start_offset: Integer = column("Where the quote begins, in Unicode code points", STATED, ge=0)
    end_offset: Integer = column("Where the quote ends, not included", STATED, ge=1)
    quote: Text = column("The quote, verbatim", STATED)
    zone: Text = column("Part of the document", DERIVED, codes=codes.ZONE)
    rule: Text = column("Rule that made the claim", DERIVED)
    inferred: Flag = column("Implied by the quote rather than said", DERIVED)
    confidence: Number = column("Calibrated confidence, 0 to 1", DERIVED, ge=0, le=1)
    source_url: Text = column("Address that a register row cites", REFERENCE, nullable=True)
    page: Integer = column("Page on which the quote begins, where the document has pages", DERIVED, nullable=True, ge=1)
