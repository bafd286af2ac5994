"""What lies between the steps of a run, in the work folder: documents as read, tables before they are published."""

from __future__ import annotations

import os
import shutil
import tempfile
from dataclasses import asdict, fields
from pathlib import Path

import pandas as pd
import pyarrow as arrow
import pyarrow.parquet as parquet

from pipeline.model import Document
from schemas import TABLES
from schemas.derive import to_arrow

_DTYPES = {
    arrow.string(): pd.StringDtype(na_value=float("nan")),
    arrow.int64(): pd.Int64Dtype(),
    arrow.float64(): pd.Float64Dtype(),
    arrow.bool_(): pd.BooleanDtype(),
    arrow.date32(): pd.ArrowDtype(arrow.date32()),
}


def save_documents(documents: list[Document], work: Path) -> None:
    """Keep the documents with their texts."""
    schema = arrow.schema([(field.name, arrow.string()) for field in fields(Document)])
    table = arrow.Table.from_pylist([asdict(d) for d in documents], schema=schema)
    work.mkdir(parents=True, exist_ok=True)
    temporary = work / ".documents.parquet"
    parquet.write_table(table, temporary, compression="zstd")
    os.replace(temporary, work / "documents.parquet")


def load_documents(work: Path) -> list[Document]:
    """The documents kept last. Raises FileNotFoundError where none were."""
    return [Document(**row) for row in parquet.read_table(work / "documents.parquet").to_pylist()]


def save_tables(tables: dict[str, pd.DataFrame], work: Path) -> None:
    """Replace the staged tables by these, all of them, validated."""
    work.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix="tables-", dir=work))
    for name, model in TABLES.items():
        parquet.write_table(to_arrow(model, tables[name]), fresh / f"{name}.parquet", compression="zstd")
    shutil.rmtree(work / "tables", ignore_errors=True)
    os.replace(fresh, work / "tables")


def load_tables(work: Path) -> dict[str, pd.DataFrame]:
    """The staged tables, each with the dtypes of its schema. Raises FileNotFoundError where there are none."""
    return {
        name: parquet.read_table(work / "tables" / f"{name}.parquet").to_pandas(types_mapper=_DTYPES.get)
        for name in TABLES
    }
