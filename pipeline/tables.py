"""Tables as the steps between resolving and publishing see them: whole, some rows at a time, or through SQL."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow as arrow
import pyarrow.parquet as parquet

from schemas import TABLES
from schemas.derive import DTYPES, arrow_schema, to_arrow

MEMORY = 1_000_000_000
"""Bytes that a query may take; what needs more goes to disk."""
_ROWS = 100_000
_SMALL = 20_000
"""Rows of a table that stays in memory once it was read whole."""


class Tables(Mapping[str, pd.DataFrame]):
    """The tables in a folder of Parquet files, or given as frames. `tables[name]` is a whole table."""

    def __init__(self, found: Mapping[str, pd.DataFrame] | Path) -> None:
        self._folder = found if isinstance(found, Path) else None
        self._frames: Mapping[str, pd.DataFrame] = {} if isinstance(found, Path) else found
        self._held: dict[str, pd.DataFrame] = {}
        self._turned: dict[str, arrow.Table] = {}
        self._connection: duckdb.DuckDBPyConnection | None = None

    @classmethod
    def over(cls, found: Mapping[str, pd.DataFrame]) -> Tables:
        """The same tables with all that can be asked of them."""
        return found if isinstance(found, Tables) else cls(found)

    def __getitem__(self, name: str) -> pd.DataFrame:
        if self._folder is None:
            return self._frames[name]
        if name not in TABLES:
            raise KeyError(name)
        if name in self._held:
            return self._held[name]
        frame = parquet.read_table(self._path(name)).to_pandas(types_mapper=DTYPES.get)
        if len(frame) <= _SMALL:
            self._held[name] = frame
        return frame

    def __iter__(self) -> Iterator[str]:
        return iter(TABLES if self._folder else self._frames)

    def __len__(self) -> int:
        return len(TABLES if self._folder else self._frames)

    def count(self, name: str) -> int:
        """Rows of a table."""
        return (
            len(self._frames[name]) if self._folder is None else int(parquet.read_metadata(self._path(name)).num_rows)
        )

    def pieces(self, name: str) -> Iterator[arrow.Table]:
        """A table in the types of its schema, as many rows at a time as a file's row group has; at least one piece."""
        schema = arrow_schema(TABLES[name])
        if self._folder is None:
            yield to_arrow(TABLES[name], self._frames[name])
            return
        empty = True
        with parquet.ParquetFile(self._path(name)) as file:
            for batch in file.iter_batches(_ROWS):
                empty = False
                yield arrow.Table.from_arrays(batch.columns, schema=schema)
        if empty:
            yield schema.empty_table()

    def rows(self, query: str, **given: arrow.Table) -> Iterator[tuple[Any, ...]]:
        """The rows that a query gives, few of them in memory at a time; `given` are further tables for it."""
        for batch in self.sql(query, **given).to_batches(_ROWS):
            yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)

    def frame(self, query: str, **given: arrow.Table) -> pd.DataFrame:
        """What a query gives, with the dtypes of tables."""
        return self.sql(query, **given).read_all().to_pandas(types_mapper=DTYPES.get)

    def sql(self, query: str, **given: arrow.Table) -> _Reader:
        """What a query gives, to be read piece by piece."""
        if self._connection is None:
            self._connection = _open(self._folder) if self._folder else duckdb.connect()
        cursor = self._connection.cursor()
        named = {name for name in self._frames if re.search(rf"\b{name}\b", query)}
        for name, table in {**{name: self._arrow(name) for name in named}, **given}.items():
            cursor.register(name, table)
        return _Reader(cursor, query)

    def _arrow(self, name: str) -> arrow.Table:
        """A frame as a query sees it."""
        if name not in self._turned:
            self._turned[name] = arrow.Table.from_pandas(self._frames[name], preserve_index=False)
        return self._turned[name]

    def _path(self, name: str) -> Path:
        assert self._folder
        return self._folder / f"{name}.parquet"


class _Reader:
    """A query's result."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection, query: str) -> None:
        self._cursor, self._query = cursor, query

    def to_batches(self, rows: int) -> Iterator[arrow.RecordBatch]:
        yield from self._cursor.sql(self._query).to_arrow_reader(rows)

    def read_all(self) -> arrow.Table:
        return self._cursor.sql(self._query).to_arrow_table()


def _open(folder: Path) -> duckdb.DuckDBPyConnection:
    around = folder.parent
    options = {"memory_limit": f"{MEMORY // 1_000_000}MB", "temp_directory": str(around / "spilled")}
    connection = duckdb.connect(config={**options, "autoinstall_known_extensions": "false"})
    connection.execute(f"SET allowed_directories = ['{_escaped(around)}']")
    connection.execute("SET enable_external_access = false")
    for name in TABLES:
        connection.execute(f"CREATE VIEW {name} AS FROM read_parquet('{_escaped(folder / name)}.parquet')")
    return connection


def _escaped(path: Path) -> str:
    return str(path).replace("'", "''")
