"""What differs between two releases, row by row and cell by cell. The law: the old tables and the changes give the new.

A change is a row with `change` (added, removed, changed), `columns` (those of its cells that differ, separated by
spaces) and the whole row before (`old`) and after (`new`), each with the columns and types of its release.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as arrow
import pyarrow.compute as pc
import pyarrow.parquet as parquet

from pipeline.release.files import parquet_of

KINDS = ("added", "removed", "changed")


@dataclass(frozen=True)
class Changes:
    """The changes of one table; `key` names the columns that identify its rows."""

    table: str
    key: tuple[str, ...]
    rows: arrow.Table

    def count(self, kind: str) -> int:
        """Rows that were added, removed or changed."""
        return int(pc.sum(pc.equal(self.rows["change"], kind)).as_py() or 0)

    def lines(self, limit: int) -> Iterator[tuple[str, str, str]]:
        """The first changes as kind, key and what is to say: the cells before and after, or the row in short."""
        for row in self.rows.slice(0, limit).to_pylist():
            shown = row["new"] or row["old"]
            key = " | ".join(str(shown[name]) for name in self.key)
            if row["change"] == "changed":
                said = "; ".join(
                    f"{c}: {_cell(row['old'].get(c))} → {_cell(row['new'].get(c))}" for c in row["columns"].split()
                )
            else:
                said = "; ".join(f"{c}: {_cell(v)}" for c, v in shown.items() if c not in self.key and v is not None)
            yield row["change"], key, said


def compare(old: Path, new: Path) -> dict[str, Changes]:
    """The changes from the release in folder `old` to that in `new`, for each table of either, in order of name."""
    names = {path.stem for folder in (old, new) for path in (folder / "parquet").glob("*")}
    found = {}
    for name in sorted(names):
        before, after = (_read(parquet_of(folder, name)) for folder in (old, new))
        before, after = _like(before, after), _like(after, before)
        found[name] = Changes(name, _key(after), differences(before, after))
    return found


def differences(old: arrow.Table, new: arrow.Table) -> arrow.Table:
    """Rows that differ, in order of the key that the tables' metadata name.

    Of two tables whose keys differ all rows are removed and added. A column that only one table has makes a row differ
    where the new one has a value in it.
    """
    key = _key(new)
    condition = "false"
    if key == _key(old) and set(key) <= set(old.column_names):
        condition = " AND ".join(f'o."{c}" IS NOT DISTINCT FROM n."{c}"' for c in key)
    cells = {c: _differs(c, old.schema, new.schema) for c in new.column_names}
    named = ", ".join(f"CASE WHEN {differs} THEN '{c}' END" for c, differs in cells.items())
    order = ", ".join(f'coalesce(n."{c}", o."{c}")' if c in old.column_names else f'n."{c}"' for c in key)
    query = f"""
        SELECT
            CASE WHEN o.present IS NULL THEN 'added' WHEN n.present IS NULL THEN 'removed' ELSE 'changed' END AS change,
            CASE WHEN o.present AND n.present THEN concat_ws(' ', {named}) END AS columns,
            CASE WHEN o.present THEN {_struct("o", old)} END AS old,
            CASE WHEN n.present THEN {_struct("n", new)} END AS new
        FROM (SELECT *, true AS present FROM before) o
        FULL JOIN (SELECT *, true AS present FROM after) n ON {condition}
        WHERE o.present IS NULL OR n.present IS NULL OR {" OR ".join(cells.values())}
        ORDER BY {order} NULLS FIRST, change
    """
    with duckdb.connect() as connection:
        connection.register("before", old)
        connection.register("after", new)
        return connection.sql(query).to_arrow_table()


def apply(old: arrow.Table, changes: arrow.Table) -> arrow.Table:
    """`old` with the changes made: the new table, its rows in order of key."""
    key = _key(old)
    fields = changes.schema.field("new").type
    columns = [fields.field(i).name for i in range(fields.num_fields)]
    kept = ", ".join(
        f'"{c}"' if c in old.column_names else f'NULL::{_sql_type(fields.field(c).type)} AS "{c}"' for c in columns
    )
    gone = " AND ".join(f'c.old."{c}" IS NOT DISTINCT FROM o."{c}"' for c in key)
    order = ", ".join(f'"{c}" NULLS FIRST' for c in key)
    query = f"""
        SELECT {kept} FROM before o
        WHERE NOT EXISTS (SELECT 1 FROM changes c WHERE c.old IS NOT NULL AND {gone})
        UNION ALL SELECT unnest(new) FROM changes WHERE new IS NOT NULL
        ORDER BY {order}
    """
    with duckdb.connect() as connection:
        connection.register("before", old)
        connection.register("changes", changes)
        return connection.sql(query).to_arrow_table()


def _differs(column: str, old: arrow.Schema, new: arrow.Schema) -> str:
    if column not in old.names:
        return f'n."{column}" IS NOT NULL'
    if old.field(column).type == new.field(column).type:
        return f'o."{column}" IS DISTINCT FROM n."{column}"'
    return f'o."{column}"::VARCHAR IS DISTINCT FROM n."{column}"::VARCHAR'


def _struct(alias: str, table: arrow.Table) -> str:
    return "struct_pack(" + ", ".join(f'"{c}" := {alias}."{c}"' for c in table.column_names) + ")"


def _read(path: Path) -> arrow.Table | None:
    return parquet.read_table(path) if path.exists() else None


def _like(table: arrow.Table | None, other: arrow.Table | None) -> arrow.Table:
    """The table, or an empty one like the other where its release has none."""
    if table is not None:
        return table
    assert other is not None
    return other.schema.empty_table()


def _key(table: arrow.Table) -> tuple[str, ...]:
    return tuple(json.loads(table.schema.metadata[b"key"]))


def _sql_type(kind: arrow.DataType) -> str:
    found = duckdb.connect().from_arrow(arrow.table({"x": arrow.array([], kind)})).types[0]
    return str(found)


def _cell(value: Any) -> str:
    if value is None:
        return "(empty)"
    text = " ".join(str(value).split())
    return text if len(text) <= 80 else text[:79] + "…"
