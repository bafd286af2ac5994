"""What the release is worth, in numbers that anyone can recompute."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pandas as pd

from pipeline.release.version import version
from pipeline.settings import ACCURACY
from pipeline.tables import Tables
from schemas import TABLES


def quality(tables: Mapping[str, pd.DataFrame]) -> dict[str, Any]:
    """Rows per table, share of rows with evidence, documents by status and language, measured accuracy if known."""
    every = Tables.over(tables)
    rested = {
        name: _share(
            every,
            f'SELECT count(*), count(*) FILTER ("{model.key()[0]}" IN '
            f"(SELECT row_id FROM evidence WHERE table_name = '{name}')) FROM {name}",
        )
        for name, model in TABLES.items()
        if model.evidenced()
    }
    return {
        "version": version()["version"],
        "date": version()["date"],
        "rows": {name: every.count(name) for name in TABLES},
        "share_of_rows_with_evidence": rested,
        "dates": _dates(every),
        "documents_by_status": _counts(every, "documents", "status"),
        "documents_by_language": _counts(every, "documents", "language"),
        "evidence_by_zone": _counts(every, "evidence", "zone"),
        "share_of_evidence_inferred": _share(every, "SELECT count(*), count(*) FILTER (inferred) FROM evidence"),
        "accuracy": json.loads(ACCURACY.read_text(encoding="utf-8")) if ACCURACY.is_file() else None,
    }


def _dates(tables: Tables) -> dict[str, str | None]:
    """First and last day that anything the dataset tells of can have happened; when a source said so is not meant."""
    told = [
        row
        for name, model in TABLES.items()
        for column in model.dates()
        if column not in ("as_of", "published")
        for row in tables.rows(
            f'SELECT CAST(min("{column}_earliest") AS VARCHAR), CAST(max("{column}_latest") AS VARCHAR) FROM {name}'
        )
    ]
    return {
        "earliest": min((first for first, _ in told if first), default=None),
        "latest": max((last for _, last in told if last), default=None),
    }


def _counts(tables: Tables, table: str, column: str) -> dict[str, int]:
    query = f'SELECT "{column}", count(*) FROM {table} WHERE "{column}" IS NOT NULL GROUP BY ALL ORDER BY 1'
    return {str(code): int(count) for code, count in tables.rows(query)}


def _share(tables: Tables, query: str) -> float | None:
    """The share that a query counts: all rows, then those that are meant."""
    ((every, meant),) = tables.rows(query)
    return round(meant / every, 4) if every else None
