"""Evidence rows: what every published row and value rests on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from pipeline.model import Claim, Document, Mention, Quote
from pipeline.resolve.identity import digest


@dataclass(slots=True)
class Ledger:
    """Collects evidence; the same span for the same row and column is kept once, at its highest confidence."""

    documents: dict[str, Document]
    rows: dict[str, dict[str, Any]] = field(default_factory=dict)

    def add(
        self,
        table: str,
        row_id: str,
        document_id: str,
        quote: Quote,
        rule: str,
        confidence: float,
        *,
        column: str | None = None,
        value: str | None = None,
        source_url: str | None = None,
    ) -> None:
        """Record that a quote supports a row, or a value of one of its columns."""
        column = column if column is not None else quote.column
        value = value if value is not None else quote.value
        identifier = f"evidence:{digest(table, row_id, column, value, document_id, quote.start, quote.end)}"
        known = self.rows.get(identifier)
        if known and known["confidence"] >= confidence:
            return
        document = self.documents[document_id]
        self.rows[identifier] = {
            "evidence_id": identifier,
            "table_name": table,
            "row_id": row_id,
            "column_name": column,
            "value": value,
            "preferred": column is None,
            "document_id": document_id,
            "start_offset": quote.start,
            "end_offset": quote.end,
            "quote": document.text[quote.start : quote.end],
            "zone": quote.zone,
            "rule": rule,
            "inferred": quote.inferred,
            "confidence": round(confidence, 2),
            "source_url": source_url,
            "page": document.page(quote.start),
        }

    def claim(self, table: str, row_id: str, document_id: str, claim: Claim) -> None:
        """Record all quotes of a claim."""
        for quote in claim.quotes:
            self.add(
                table,
                row_id,
                document_id,
                quote,
                claim.rule,
                claim.confidence,
                source_url=claim.values.get("source_url"),
            )

    def mention(
        self, table: str, row_id: str, document_id: str, mention: Mention, source_url: str | None = None
    ) -> None:
        """Record that a mention supports an entity's row."""
        self.add(
            table,
            row_id,
            document_id,
            Quote(mention.start, mention.end, mention.zone),
            mention.rule,
            mention.confidence,
            source_url=source_url,
        )

    def settle(self, shown: dict[tuple[str, str, str], Any]) -> None:
        """Mark preferred values: `shown` is (table, row, column) -> the value that the row shows."""
        for row in self.rows.values():
            if row["column_name"] is not None:
                wanted = shown.get((row["table_name"], row["row_id"], row["column_name"]))
                row["preferred"] = wanted is not None and str(wanted) == str(row["value"])


def best(values: Iterable[tuple[str, float, str | None, str]]) -> str:
    """The value to show among (value, confidence, published, document): most exact, surest, latest, then smallest.

    Exactness of a date is its length without the mark of inference; other values are equally exact.
    """

    def order(item: tuple[str, float, str | None, str]) -> tuple[bool, int, float, str, str]:
        value, confidence, published, _ = item
        date = value[:4].isdigit() or value.startswith("XXXX")
        return (not value.endswith("?"), len(value) if date else 0, confidence, published or "", value)

    return max(values, key=order)[0]
