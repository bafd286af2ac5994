"""What the release is worth, in numbers that anyone can recompute."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd

from pipeline.release.version import version
from pipeline.settings import PROJECT
from schemas import TABLES

ACCURACY = PROJECT / "tests" / "corpus" / "accuracy.json"


def quality(tables: dict[str, pd.DataFrame]) -> dict[str, Any]:
    """Rows per table, share of rows with evidence, documents by status and language, measured accuracy if known."""
    documents, evidence = tables["documents"], tables["evidence"]
    rested = {
        name: _share(tables[name][model.key()[0]].isin(evidence.loc[evidence["table_name"] == name, "row_id"]))
        for name, model in TABLES.items()
        if model.evidenced()
    }
    return {
        "version": version()["version"],
        "date": version()["date"],
        "rows": {name: len(tables[name]) for name in TABLES},
        "share_of_rows_with_evidence": rested,
        "dates": _dates(tables),
        "documents_by_status": _counts(documents["status"]),
        "documents_by_language": _counts(documents["language"].dropna()),
        "evidence_by_zone": _counts(evidence["zone"]),
        "share_of_evidence_inferred": _share(evidence["inferred"]),
        "accuracy": json.loads(ACCURACY.read_text(encoding="utf-8")) if ACCURACY.is_file() else None,
    }


def _dates(tables: dict[str, pd.DataFrame]) -> dict[str, str | None]:
    """First and last day that anything the dataset tells of can have happened; when a source said so is not meant."""
    told = [
        (tables[name][f"{column}_earliest"].dropna(), tables[name][f"{column}_latest"].dropna())
        for name, model in TABLES.items()
        for column in model.dates()
        if column not in ("as_of", "published")
    ]
    return {
        "earliest": min((str(first.min()) for first, _ in told if len(first)), default=None),
        "latest": max((str(last.max()) for _, last in told if len(last)), default=None),
    }


def _counts(values: pd.Series) -> dict[str, int]:
    return {str(code): int(count) for code, count in sorted(values.value_counts().items())}


def _share(flags: pd.Series) -> float | None:
    return round(float(flags.astype(float).mean()), 4) if len(flags) else None
