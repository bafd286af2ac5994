"""The tables while they are made: a DuckDB file that sorts and joins within a bound of memory, the rest on disk."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow as arrow

from pipeline.resolve.told import SCHEMA
from schemas import TABLES
from schemas.derive import DTYPES, arrow_schema
from schemas.shape import shape

Row = dict[str, Any]
_ROWS = 20_000
"""Rows that are in memory as Python objects at a time."""


def _text(*names: str) -> arrow.Schema:
    return arrow.schema([(name, arrow.string()) for name in names])


_SCHEMAS = {name: arrow_schema(model).remove_metadata() for name, model in TABLES.items()} | {
    # Beside the published tables: which values rows show, rows that were rejected, entities before they are counted,
    # what rows and gazetteer call them, documents before their texts are asked.
    "shown": _text("table_name", "row_id", "column_name", "value"),
    "rejected": _text("table_name", "row_id"),
    "known": _text("entity_id", "entity_kind", "name").append(arrow.field("registered", arrow.bool_())),
    "called": arrow_schema(TABLES["names"]).remove_metadata(),
    "read": arrow_schema(TABLES["documents"]).remove_metadata().append(arrow.field("title_in_text", arrow.string())),
}


class Store:
    """Tables below `folder`, all empty at first, and `told`: what is in `files`, which lie in one folder."""

    def __init__(self, folder: Path, files: Sequence[Path], memory: int) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        options: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": f"{memory // 1_000_000}MB",
            "temp_directory": str(folder / "spilled"),
            "preserve_insertion_order": "false",
            "autoinstall_known_extensions": "false",
        }
        self.connection = duckdb.connect(str(folder / "tables.duckdb"), config=options)
        # Nothing that a text says can make it read or write another file, nor load an extension.
        readable = sorted({str(folder), *(str(file.parent) for file in files)})
        self.connection.execute(f"SET allowed_directories = [{', '.join(map(_literal, readable))}]")
        self.connection.execute("SET enable_external_access = false")
        for name, schema in _SCHEMAS.items():
            self._create(name, schema)
        if files:
            names = ", ".join(_literal(str(file)) for file in files)
            self.connection.execute(f"CREATE VIEW told AS FROM read_parquet([{names}])")
        else:
            self._create("told", SCHEMA)

    def close(self) -> None:
        """Let go of the file."""
        self.connection.close()

    def fill(self, rows: Iterable[tuple[str, Row]]) -> None:
        """Add rows, each with the name of its table; a column that the table does not have is an error."""
        waiting: dict[str, list[Row]] = defaultdict(list)
        for table, row in rows:
            waiting[table].append(row)
            if len(waiting[table]) == _ROWS:
                self._insert(table, waiting.pop(table))
        for table, some in waiting.items():
            self._insert(table, some)

    def put(self, table: str, rows: Iterable[Row]) -> None:
        """Add rows to one table."""
        self.fill((table, row) for row in rows)

    def rows(self, query: str) -> Iterator[tuple[Any, ...]]:
        """The rows of a query, few of them in memory at a time."""
        # A cursor of its own: the connection is used for other things meanwhile.
        for batch in self.connection.cursor().sql(query).to_arrow_reader(_ROWS):
            yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)

    def has(self, table: str, key: str) -> bool:
        """Whether there is a row with this key."""
        column = TABLES[table].key()[0]
        return bool(self.connection.execute(f'SELECT 1 FROM "{table}" WHERE "{column}" = ?', [key]).fetchall())

    def remove(self, table: str, key: str) -> bool:
        """Take a row and its evidence away; whether it was there."""
        if not self.has(table, key):
            return False
        self.connection.execute(f'DELETE FROM "{table}" WHERE "{TABLES[table].key()[0]}" = ?', [key])
        self.connection.execute("INSERT INTO rejected VALUES (?, ?)", [table, key])
        return True

    def set(self, table: str, key: str, cells: Mapping[str, Any]) -> None:
        """Give some columns of a row other values."""
        assign = ", ".join(f'"{column}" = ?' for column in cells)
        where = f'"{TABLES[table].key()[0]}" = ?'
        self.connection.execute(f'UPDATE "{table}" SET {assign} WHERE {where}', [*cells.values(), key])

    def rename(self, entity: str, name: str) -> None:
        """Carry a name that was set to the tables that repeat it."""
        self.connection.execute("UPDATE entities SET name = ? WHERE entity_id = ?", [name, entity])
        self.connection.execute("UPDATE names SET name = ? WHERE entity_id = ? AND kind = 'preferred'", [name, entity])

    def show(self, table: str, key: str, column: str, value: str | None) -> None:
        """Say which value a row shows; None: no source's."""
        where = "table_name = ? AND row_id = ? AND column_name = ?"
        self.connection.execute(f"DELETE FROM shown WHERE {where}", [table, key, column])
        if value is not None:
            self.connection.execute("INSERT INTO shown VALUES (?, ?, ?, ?)", [table, key, column, value])

    def frames(self, table: str, query: str) -> Iterator[pd.DataFrame]:
        """What a query gives, in the shape of a table, by and by in order of its key; at least one frame."""
        model = TABLES[table]
        columns = model.to_schema().columns
        # Code point order, nulls first, as in every published table.
        order = ", ".join(f"coalesce(\"{k}\", '')" if columns[k].nullable else f'"{k}"' for k in model.key())
        reader = self.connection.cursor().sql(f"{query} ORDER BY {order}").to_arrow_reader(_ROWS)
        empty = True
        for batch in reader:
            if batch.num_rows:
                empty = False
                yield shape(model, arrow.Table.from_batches([batch]).to_pandas(types_mapper=DTYPES.get))
        if empty:
            yield shape(model, None)

    def _create(self, table: str, schema: arrow.Schema) -> None:
        self.connection.register("incoming", schema.empty_table())
        self.connection.execute(f'CREATE TABLE "{table}" AS FROM incoming')
        self.connection.unregister("incoming")

    def _insert(self, table: str, rows: list[Row]) -> None:
        schema = _SCHEMAS[table]
        if unknown := {column for row in rows for column in row} - set(schema.names):
            raise ValueError(f"{table} has no column {', '.join(sorted(unknown))}")
        self.connection.register("incoming", arrow.Table.from_pylist(rows, schema=_nullable(schema)))
        self.connection.execute(f'INSERT INTO "{table}" FROM incoming')
        self.connection.unregister("incoming")


def _nullable(schema: arrow.Schema) -> arrow.Schema:
    """Bounds of dates come later, and what is missing is for the checks of the finished tables to say."""
    return arrow.schema([field.with_nullable(True) for field in schema])


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
