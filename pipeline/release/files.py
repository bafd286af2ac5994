"""Tables as files: Parquet with the meaning of each column inside, and CSV after RFC 4180."""

from __future__ import annotations

from pathlib import Path

import pyarrow as arrow
import pyarrow.csv
import pyarrow.parquet

from pipeline.plain import spreadsheet


def write_parquet(table: arrow.Table, path: Path) -> None:
    """Zstandard Parquet; the same table gives the same bytes with one version of pyarrow."""
    pyarrow.parquet.write_table(table, path, compression="zstd", compression_level=9)


def write_csv(table: arrow.Table, path: Path) -> None:
    """UTF-8, LF, exact values; text is quoted, so that null (nothing) and empty text (`""`) differ."""
    pyarrow.csv.write_csv(table, path)


def write_spreadsheet(table: arrow.Table, path: Path) -> None:
    """CSV that is safe to open in a spreadsheet: text that would be computed there begins with an apostrophe."""
    for number, field in enumerate(table.schema):
        if field.type == arrow.string():
            texts = [None if v is None else spreadsheet(v) for v in table.column(number).to_pylist()]
            table = table.set_column(number, field, arrow.array(texts, arrow.string()))
    write_csv(table, path)
