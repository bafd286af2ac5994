"""Tables as Dagster's page shows them."""

from __future__ import annotations

from typing import Any

import dagster as dg
import pandas as pd

from pipeline.checks import Problem
from pipeline.plain import markdown

WIDTH = 120


def preview(frame: pd.DataFrame, rows: int = 5) -> dg.MarkdownMetadataValue:
    """The first rows as a Markdown table, long cells cut."""
    if frame.empty:
        return dg.MetadataValue.md("_no rows_")
    lines = [list(map(str, frame.columns)), ["---"] * len(frame.columns)]
    lines += [[_cell(value) for value in row] for row in frame.head(rows).itertuples(index=False)]
    return dg.MetadataValue.md("\n".join(f"| {' | '.join(line)} |" for line in lines))


def problems(found: list[Problem], limit: int = 20) -> dict[str, Any]:
    """Metadata of a check: how many problems, and the first of them."""
    if not found:
        return {"problems": 0}
    sample = pd.DataFrame([(p.table, p.row, p.problem) for p in found[:limit]], columns=["table", "row", "problem"])
    return {"problems": len(found), "sample": preview(sample, limit), "first": f"{_line(found[0])}"}


def _line(problem: Problem) -> str:
    return f"{problem.table} {problem.row}: {problem.problem}"


def _cell(value: Any) -> str:
    if pd.isna(value):
        return ""
    text = " ".join(str(value).split())
    return markdown(text if len(text) <= WIDTH else text[: WIDTH - 1] + "…")
