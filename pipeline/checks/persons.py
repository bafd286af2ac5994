"""No natural person in any published text."""

from __future__ import annotations

import pandas as pd

from pipeline.checks.base import Problem, Staged, keys
from pipeline.personal import find_personal, find_suppressed
from schemas import TABLES

# Digits in these are not telephone numbers.
_TECHNICAL = {"sha256", "text_sha256", "media_type", "document_id", "path", "url", "source_url", "rule", "measure"}


def persons(staged: Staged) -> list[Problem]:
    """No text column holds an e-mail address, a telephone number, or a name of the suppression list."""
    found = []
    for table, model in TABLES.items():
        frame = staged.tables[table]
        skip = {*model.key(), *model.references()} if table != "names" else {"entity_id"}
        for column in model.to_schema().columns:
            if column in skip or pd.api.types.is_numeric_dtype(frame[column]) or model.metadata(column)["codes"]:
                continue
            values = frame[column].dropna().astype(str)
            bad = [_holds_person(value, column in _TECHNICAL, staged.suppressed) for value in values]
            rows = keys(staged, table)[values.index][bad]
            # The text itself stays out of the report, which is kept with the history of runs.
            found += [Problem(table, row, f"personal data in {column}") for row in rows]
    return found


def _holds_person(value: str, technical: bool, suppressed: frozenset[str]) -> bool:
    return bool((not technical and find_personal(value)) or find_suppressed(value, suppressed))
