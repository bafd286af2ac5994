"""Why a published row exists: its values, and every quote it rests on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow.compute as compute
import pyarrow.parquet as parquet

from pipeline.preflight import Unusable
from pipeline.release.files import parquet_of
from schemas import TABLES


def explain(row: str, data: Path) -> str:
    """A text for people about the row with this key in the release in `data`.

    Raises Unusable where there is no release or no such row.
    """
    if not parquet_of(data, "evidence").exists():
        raise Unusable(f"no release in {data}: run `python -m pipeline` first")
    found = [(name, values) for name in TABLES for values in _rows(data, name, TABLES[name].key()[0], row)]
    own = [(name, values) for name, values in found if len(TABLES[name].key()) == 1 and name != "entities"]
    if not own:
        raise Unusable(f"no row {row!r} in {data}: keys stand in the first column of each table")
    lines = []
    for name, values in own:
        lines += [f"{row} in {name}"]
        lines += [f"  {column:<20} {value}" for column, value in values.items() if value is not None and value != row]
    documents = {d["document_id"]: d for d in parquet.read_table(parquet_of(data, "documents")).to_pylist()}
    quotes = sorted(_rows(data, "evidence", "row_id", row), key=lambda e: (e["column_name"] or "", not e["preferred"]))
    lines += ["", f"{len(quotes)} quote(s)"]
    for quote in quotes:
        lines += _quote(quote, documents[quote["document_id"]])
    return "\n".join(lines)


def _quote(evidence: dict[str, Any], document: dict[str, Any]) -> list[str]:
    what = evidence["column_name"] or "the row"
    value = f" = {evidence['value']}" if evidence["value"] is not None else ""
    marks = [mark for mark in ("preferred", "inferred") if evidence[mark]]
    place = f"{document['path']} [{evidence['start_offset']}:{evidence['end_offset']}] ({evidence['zone']})"
    address = evidence["source_url"] or document["url"]
    return [
        "",
        f"  {what}{value}" + (f" ({', '.join(marks)})" if marks else ""),
        f"    “{evidence['quote']}”",
        f"    {place}; rule {evidence['rule']}, confidence {evidence['confidence']:.2f}",
        *([f"    {address}"] if address else []),
    ]


def _rows(data: Path, table: str, column: str, value: str) -> list[dict[str, Any]]:
    return list(parquet.read_table(parquet_of(data, table), filters=compute.field(column) == value).to_pylist())
