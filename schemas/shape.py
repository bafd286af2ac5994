"""Bring a frame into the shape of its table before it is validated."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pandera.errors
import pyarrow as arrow

from schemas import edtf
from schemas.base import Table

_DAY = pd.ArrowDtype(arrow.date32())


def shape(model: type[Table], frame: pd.DataFrame | None) -> pd.DataFrame:
    """`frame` with missing nullable columns added, bounds of dates computed, columns in order, rows sorted by key.

    None gives an empty table. Columns that the table does not know stay, for validation to refuse.
    """
    columns = model.to_schema().columns
    out = pd.DataFrame(columns=list(columns), dtype=object) if frame is None else frame.copy()
    for name, column in columns.items():
        if name not in out and column.nullable:
            out[name] = pd.Series([None] * len(out), index=out.index, dtype=object)
    for name in set(model.dates()) & set(out.columns):
        spans = [_bounds(value) for value in out[name]]
        for side, which in enumerate(("earliest", "latest")):
            out[f"{name}_{which}"] = pd.Series([s[side] for s in spans], index=out.index, dtype=_DAY)
    known = [name for name in columns if name in out]
    out = out[known + [name for name in out.columns if name not in columns]]
    keys = [name for name in model.key() if name in out]
    return out.sort_values(keys, kind="stable", key=_sortable, ignore_index=True) if keys else out


def failures(error: pandera.errors.SchemaErrors) -> pd.DataFrame:
    """What failed, one row per column, check and row; pandera repeats a frame-wide failure for every column."""
    cases = error.failure_cases.copy()
    wide = cases["schema_context"].eq("DataFrameSchema") & cases["index"].notna()
    cases.loc[wide, "column"] = "(row)"
    cases.loc[wide, "failure_case"] = ""
    return cases.drop_duplicates(["schema_context", "column", "check", "index"], ignore_index=True)[
        ["column", "check", "failure_case", "index"]
    ]


def _bounds(value: Any) -> tuple[Any, Any]:
    try:
        return edtf.bounds(None if pd.isna(value) else str(value))
    except ValueError:
        return None, None


def _sortable(values: pd.Series) -> pd.Series:
    """Code point order, nulls first, whatever the dtype the frame came with."""
    if pd.api.types.is_numeric_dtype(values):
        return values
    return values.astype(object).where(values.notna(), "")
