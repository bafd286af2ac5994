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

from pipeline.checks import Staged
from pipeline.lock import exclusive
from pipeline.model import Document
from pipeline.personal.suppressed import NAME as SUPPRESSED
from pipeline.personal.suppressed import read_suppressed
from pipeline.release.swap import recover, sha256
from pipeline.settings import Settings
from schemas import TABLES
from schemas.derive import to_arrow

_DOCUMENTS = "documents.parquet"
# Fields of a document that are not text.
_FIELDS = {"pages": arrow.list_(arrow.int64())}
_DTYPES = {
    arrow.string(): pd.StringDtype(na_value=float("nan")),
    arrow.int64(): pd.Int64Dtype(),
    arrow.float64(): pd.Float64Dtype(),
    arrow.bool_(): pd.BooleanDtype(),
    arrow.date32(): pd.ArrowDtype(arrow.date32()),
}


def save_documents(documents: list[Document], folder: Path) -> None:
    """Keep the documents with their texts in `folder`."""
    schema = arrow.schema([(field.name, _FIELDS.get(field.name, arrow.string())) for field in fields(Document)])
    table = arrow.Table.from_pylist([asdict(d) for d in documents], schema=schema)
    folder.mkdir(parents=True, exist_ok=True)
    temporary = folder / f".{_DOCUMENTS}"
    _write(table, temporary)
    os.replace(temporary, folder / _DOCUMENTS)
    os.replace(_mark(temporary), _mark(folder / _DOCUMENTS))


def load_documents(folder: Path) -> list[Document]:
    """The documents kept last in `folder`. Raises FileNotFoundError where none were, OSError where they are damaged."""
    rows = _read(folder / _DOCUMENTS).to_pylist()
    return [Document(**{**row, "pages": tuple(row.get("pages") or ())}) for row in rows]


def stage(tables: dict[str, pd.DataFrame], documents: list[Document], work: Path) -> None:
    """Replace what is staged: all tables, validated, and the documents they were made from."""
    work.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix="staged-", dir=work))
    save_documents(documents, fresh)
    (fresh / "tables").mkdir()
    for name, model in TABLES.items():
        _write(to_arrow(model, tables[name]), fresh / "tables" / f"{name}.parquet")
    shutil.rmtree(work / "staged", ignore_errors=True)
    os.replace(fresh, work / "staged")


def load_tables(folder: Path) -> dict[str, pd.DataFrame]:
    """All tables of a folder of Parquet files, each with the dtypes of its schema."""
    return {name: parquet.read_table(folder / f"{name}.parquet").to_pandas(types_mapper=_DTYPES.get) for name in TABLES}


def load_staged(settings: Settings) -> Staged:
    """What is staged, each table with the dtypes of its schema. Raises FileNotFoundError where nothing is."""
    folder = settings.work / "staged"
    for name in TABLES:
        _sound(folder / "tables" / f"{name}.parquet")
    return Staged(load_tables(folder / "tables"), load_documents(folder), read_suppressed(settings.seeds / SUPPRESSED))


def repair(settings: Settings) -> None:
    """Complete or remove what a killed run left; whoever calls this holds the work folder against other runs."""
    for stale in [*settings.work.glob("staged-*"), *settings.work.glob("release-*")]:
        shutil.rmtree(stale, ignore_errors=True)
    for stale in settings.work.glob("text/**/.tmp-*"):
        stale.unlink(missing_ok=True)
    data = settings.data.resolve()
    with exclusive(data):
        recover(data)


def _write(table: arrow.Table, path: Path) -> None:
    """Parquet, and beside it the digest of its bytes."""
    parquet.write_table(table, path, compression="zstd")
    _mark(path).write_text(sha256(path))


def _read(path: Path) -> arrow.Table:
    """The table in a file. Raises OSError where the file is not what was written."""
    _sound(path)
    return parquet.read_table(path)


def _sound(path: Path) -> None:
    if _mark(path).read_text() != sha256(path):
        raise OSError(f"{path} is damaged: run all steps again")


def _mark(path: Path) -> Path:
    return path.with_name(f"{path.name}.sha256")
