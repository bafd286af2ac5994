"""No natural person in any published text."""

from __future__ import annotations

from functools import cache

import pyarrow as arrow

from pipeline.checks.base import Problem, Staged, keys
from pipeline.personal import find_personal, find_suppressed
from schemas import TABLES
from schemas.derive import arrow_schema

# Digits in these are not telephone numbers.
_TECHNICAL = {"sha256", "text_sha256", "media_type", "document_id", "path", "url", "source_url", "rule", "measure"}


def persons(staged: Staged) -> list[Problem]:
    """No text column holds an e-mail address, a telephone number, or a name of the suppression list."""
    found = []
    for table in TABLES:
        frame = staged.tables[table]
        for column in _text_columns(table):
            values = frame[column].dropna()
            lost = [i for i, v in values.items() if _holds_person(str(v), column in _TECHNICAL, staged.suppressed)]
            # The text itself stays out of the report, which is kept with the history of runs.
            found += [
                Problem(table, row, f"personal data in {column}") for row in (keys(staged, table)[lost] if lost else ())
            ]
    return found


@cache
def _text_columns(table: str) -> tuple[str, ...]:
    model, types = TABLES[table], arrow_schema(TABLES[table])
    # A key of one column is an identifier; the key of `names` holds the name.
    identifiers = {*model.references(), *(model.key() if len(model.key()) == 1 else ())}
    columns = [field.name for field in types if field.type == arrow.string() and field.name not in identifiers]
    return tuple(name for name in columns if not model.metadata(name)["codes"])


def _holds_person(value: str, technical: bool, suppressed: frozenset[str]) -> bool:
    return bool((not technical and find_personal(value)) or find_suppressed(value, suppressed))
