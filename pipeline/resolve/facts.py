"""Fact tables: claims folded into one row per fact."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from pipeline.model import Claim
from pipeline.resolve.evidence import best
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
_DATED = ("since", "until", "as_of")


def referring(document: str, claim: Claim, ids: dict[tuple[str, int], str]) -> dict[str, Any]:
    """The claim's values with identifiers in place of the document's own numbers."""
    return {
        column: ids[document, value] if column in REFERENCES and isinstance(value, int) else value
        for column, value in claim.values.items()
    }


def circular(values: dict[str, Any]) -> bool:
    """Whether something is said of one thing with itself: what names turn out to be one thing says nothing of it."""
    pairs = ("partnership_id", "participant_id"), ("subject_id", "object_id")
    return any(values.get(one) and values[one] == values.get(other) for one, other in pairs)


def fact_id(document: str, claim: Claim, ids: dict[tuple[str, int], str]) -> str:
    """The key of the row that a claim about a fact supports."""
    values = referring(document, claim, ids)
    return f"{PREFIX[claim.table]}:{digest(*(values.get(c) for c in NATURAL[claim.table]))}"


def dated(claim: Claim) -> list[tuple[str, str]]:
    """The dates that a claim's quotes give, by column."""
    return [(quote.column, quote.value) for quote in claim.quotes if quote.column in _DATED and quote.value]


Told = tuple[str, str, str, str, float, str | None]
"""Table, row, document, JSON of values and dates, confidence, when the document was published."""
Shown = tuple[str, str, str, str]
"""Table, row, column, the value that the row shows."""


def fold(told: Iterable[Told]) -> Iterator[tuple[str, dict[str, Any], list[Shown]]]:
    """A row for each fact and what it shows, of claims that come sorted by table, row and document.

    A fact said in several documents is one row with all their quotes; dates that several sources give are settled by
    the written rule.
    """
    for (table, row_id), claims in groupby(told, key=lambda claim: claim[:2]):
        row: dict[str, Any] = {f"{PREFIX[table]}_id": row_id}
        said: dict[str, list[tuple[str, float, str | None, str]]] = {}
        for _, _, document, values, confidence, published in claims:
            stated, dates = json.loads(values)
            for column, value in stated.items():
                if column != "source_url" and row.get(column) is None:
                    row[column] = value
            for column, value in dates:
                said.setdefault(column, []).append((value, confidence, published, document))
        if "participant_id" in row:
            row["participant_kind"] = row["participant_id"].split(":", 1)[0]
        shown = {column: best(values) for column, values in said.items()}
        yield table, row | shown, [(table, row_id, column, value) for column, value in shown.items()]


def kept(claims: list[Claim]) -> list[Claim]:
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
