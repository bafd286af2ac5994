"""Tables as files: Parquet with the meaning of each column inside, and CSV after RFC 4180."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import TypeAlias

import pyarrow as arrow
import pyarrow.csv
import pyarrow.parquet

from pipeline.plain import spreadsheet

Pieces: TypeAlias = arrow.Table | Iterable[arrow.Table]
"""A table at once, or piece by piece: at least one piece, all of one schema."""


def parquet_of(folder: Path, name: str) -> Path:
    """The Parquet file of a table of the release in `folder`, or the folder of its parts where it is large."""
    file = folder / "parquet" / f"{name}.parquet"
    parts = folder / "parquet" / name
    return parts if parts.is_dir() and not file.is_file() else file


def first_of(folder: Path, name: str) -> Path:
    """The Parquet file of a table, or the first of its parts."""
    place = parquet_of(folder, name)
    return min(place.glob("*.parquet")) if place.is_dir() else place


def write_parquet(table: Pieces, path: Path) -> int:
    """Zstandard Parquet, a row group for each piece; the same pieces give the same bytes with one version of pyarrow.
    The number of rows."""
    first, pieces = _pieces(table)
    rows = 0
    with pyarrow.parquet.ParquetWriter(path, first.schema, compression="zstd", compression_level=9) as file:
        for piece in pieces:
            file.write_table(piece)
            rows += piece.num_rows
    return rows


def write_csv(table: Pieces, path: Path) -> int:
    """UTF-8, LF, exact values; text is quoted, so that null (nothing) and empty text (`""`) differ. The number of
    rows."""
    first, pieces = _pieces(table)
    rows = 0
    with pyarrow.csv.CSVWriter(path, first.schema) as file:
        for piece in pieces:
            file.write_table(piece)
            rows += piece.num_rows
    return rows


def write_spreadsheet(table: Pieces, path: Path) -> int:
    """CSV that is safe to open in a spreadsheet: text that would be computed there begins with an apostrophe."""
    return write_csv((_safe(piece) for piece in _pieces(table)[1]), path)


def _safe(table: arrow.Table) -> arrow.Table:
    for number, field in enumerate(table.schema):
        if field.type == arrow.string():
            texts = [None if v is None else spreadsheet(v) for v in table.column(number).to_pylist()]
            table = table.set_column(number, field, arrow.array(texts, arrow.string()))
    return table


def _pieces(table: Pieces) -> tuple[arrow.Table, Iterator[arrow.Table]]:
    """The first piece, and all of them."""
    every = iter([table] if isinstance(table, arrow.Table) else table)
    first = next(every)
    return first, chain([first], every)
