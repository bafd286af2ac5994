"""Fact tables: claims folded into one row per fact."""

from __future__ import annotations

from typing import Any

from pipeline.model import Claim, Extraction
from pipeline.resolve.evidence import Ledger, best
from pipeline.resolve.identity import digest

PREFIX = {
    "memberships": "membership",
    "attendances": "attendance",
    "links": "link",
    "agenda": "agenda",
    "figures": "figure",
}
NATURAL = {
    "memberships": ("partnership_id", "participant_id", "role", "status"),
    "attendances": ("event_id", "participant_id", "role", "on_behalf_of_id", "status"),
    "links": ("subject_id", "relation", "object_id"),
    "agenda": ("subject_id", "kind", "text"),
    "figures": ("subject_id", "subject_text", "measure", "value", "unit", "qualifier", "as_of"),
}
REFERENCES = ("partnership_id", "participant_id", "event_id", "on_behalf_of_id", "subject_id", "object_id")
_WEAKER = {"lead": {"member", "contributor"}, "member": {"contributor"}}


def referring(document: str, claim: Claim, ids: dict[tuple[str, int], str]) -> dict[str, Any]:
    """The claim's values with identifiers in place of the document's own numbers."""
    return {
        column: ids[document, value] if column in REFERENCES and isinstance(value, int) else value
        for column, value in claim.values.items()
    }


def fact_id(document: str, claim: Claim, ids: dict[tuple[str, int], str]) -> str:
    """The key of the row that a claim about a fact supports."""
    values = referring(document, claim, ids)
    return f"{PREFIX[claim.table]}:{digest(*(values.get(c) for c in NATURAL[claim.table]))}"


class FactTables:
    """Folds claims about facts; a fact said in several documents is one row with all their quotes."""

    def __init__(self, ids: dict[tuple[str, int], str], ledger: Ledger, threshold: float) -> None:
        self._ids, self._ledger, self._threshold = ids, ledger, threshold
        self._rows: dict[str, dict[str, dict[str, Any]]] = {name: {} for name in PREFIX}
        self._said: dict[tuple[str, str, str], list[tuple[str, float, str | None, str]]] = {}
        self.shown: dict[tuple[str, str, str], Any] = {}

    def read(self, extraction: Extraction) -> None:
        """Take in the claims of one document."""
        claims = [c for c in extraction.claims if c.table in PREFIX and c.confidence >= self._threshold]
        for claim in _undoubled(claims):
            self._fold(extraction, claim)

    def _fold(self, extraction: Extraction, claim: Claim) -> None:
        document = extraction.document_id
        values = referring(document, claim, self._ids)
        # What names turn out to be one thing says nothing of it: none is a member or part of itself.
        for one, other in (("partnership_id", "participant_id"), ("subject_id", "object_id")):
            if values.get(one) and values[one] == values.get(other):
                return
        row_id = fact_id(document, claim, self._ids)
        row = self._rows[claim.table].setdefault(row_id, {f"{PREFIX[claim.table]}_id": row_id})
        for column, value in values.items():
            if column == "source_url":
                continue
            if row.get(column) is None:
                row[column] = value
        if "participant_id" in values:
            row["participant_kind"] = values["participant_id"].split(":", 1)[0]
        published = self._ledger.documents[document].published
        for quote in claim.quotes:
            if quote.column in ("since", "until", "as_of") and quote.value:
                self._said.setdefault((claim.table, row_id, quote.column), []).append(
                    (quote.value, claim.confidence, published, document)
                )
        self._ledger.claim(claim.table, row_id, document, claim)

    def rows(self) -> dict[str, list[dict[str, Any]]]:
        """Rows by table; dates that several sources give are settled by the written rule."""
        for (table, row_id, column), values in self._said.items():
            self._rows[table][row_id][column] = self.shown[table, row_id, column] = best(values)
        return {name: list(rows.values()) for name, rows in self._rows.items()}


def _undoubled(claims: list[Claim]) -> list[Claim]:
    """Leave out a weaker role where the same document gives the participant a stronger one in the same partnership.

    Rows of a register that cite different addresses count as different documents.
    """
    strong = {
        (c.values.get("source_url"), c.values["partnership_id"], c.values["participant_id"], c.values["role"])
        for c in claims
        if c.table == "memberships" and c.values.get("status") in (None, "current")
    }
    out = []
    behalf = {_presence(c) for c in claims if c.table == "attendances" and c.values.get("on_behalf_of_id") is not None}
    for claim in claims:
        if claim.table == "attendances" and claim.values.get("on_behalf_of_id") is None and _presence(claim) in behalf:
            continue
        if claim.table == "memberships":
            pair = claim.values.get("source_url"), claim.values["partnership_id"], claim.values["participant_id"]
            if any(
                (*pair, stronger) in strong for stronger, weaker in _WEAKER.items() if claim.values["role"] in weaker
            ):
                continue
        out.append(claim)
    return out


def _presence(claim: Claim) -> tuple[int, int, str]:
    """Event, participant and role of an attendance."""
    return claim.values["event_id"], claim.values["participant_id"], claim.values["role"]
