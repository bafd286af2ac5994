"""One model, many outputs: Arrow schema, DuckDB tables, Dagster columns."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import dagster as dg
import pandas as pd
import pyarrow as arrow

from schemas.base import Table

_ARROW = {
    "str": arrow.string(),
    "string": arrow.string(),
    "int64": arrow.int64(),
    "float64": arrow.float64(),
    "boolean": arrow.bool_(),
}
DTYPES = {
    arrow.string(): pd.StringDtype(na_value=float("nan")),
    arrow.int64(): pd.Int64Dtype(),
    arrow.float64(): pd.Float64Dtype(),
    arrow.bool_(): pd.BooleanDtype(),
    arrow.date32(): pd.ArrowDtype(arrow.date32()),
}
"""Arrow type -> the dtype that frames of tables have for it."""
_DUCKDB = {"string": "VARCHAR", "int64": "BIGINT", "double": "DOUBLE", "bool": "BOOLEAN", "date32[day]": "DATE"}
_COMPARE = {"greater_than_or_equal_to": ("min_value", ">="), "less_than_or_equal_to": ("max_value", "<=")}


def description(model: type[Table]) -> str:
    """What one row of the table is."""
    return " ".join((model.__doc__ or "").split())


@cache
def arrow_schema(model: type[Table]) -> arrow.Schema:
    """Arrow types, nullability, and as metadata what each column means and where it comes from."""
    fields = []
    for name, column in model.to_schema().columns.items():
        metadata = {"description": column.description or "", "origin": model.metadata(name)["origin"]}
        fields.append(arrow.field(name, _arrow_type(column.dtype), nullable=column.nullable, metadata=metadata))
    # Readers that cannot see field metadata (DuckDB) find the same as one JSON value.
    columns = {f.name: {k.decode(): v.decode() for k, v in f.metadata.items()} for f in fields}
    return arrow.schema(
        fields,
        metadata={
            "title": model.table(),
            "description": description(model),
            "key": json.dumps(model.key()),
            "columns": json.dumps(columns, ensure_ascii=False),
        },
    )


def to_arrow(model: type[Table], frame: pd.DataFrame) -> arrow.Table:
    """A validated frame as an Arrow table without pandas' own metadata, which would carry its version."""
    schema = arrow_schema(model)
    table = arrow.Table.from_pandas(frame, schema=schema, preserve_index=False)
    return table.replace_schema_metadata(schema.metadata)


def ddl(model: type[Table], keyed: bool = True) -> list[str]:
    """DuckDB statements that create the table with keys and references (where it is `keyed`), checks and comments."""
    name, types = model.table(), arrow_schema(model)
    columns = model.to_schema().columns
    lines = []
    for column_name, column in columns.items():
        line = f"{_quoted(column_name)} {_DUCKDB[str(types.field(column_name).type)]}"
        line += "" if column.nullable else " NOT NULL"
        lines.append(line + "".join(f" CHECK ({sql})" for c in column.checks if (sql := _check_sql(column_name, c))))
    # A key with a nullable column (a name without a language) cannot be a primary key in SQL.
    key = "UNIQUE" if any(columns[c].nullable for c in model.key()) else "PRIMARY KEY"
    if keyed:
        lines.append(f"{key} ({', '.join(map(_quoted, model.key()))})")
    for column_name, parent in model.references().items() if keyed else ():
        target = _quoted(_single_key(parent))
        lines.append(f"FOREIGN KEY ({_quoted(column_name)}) REFERENCES {_quoted(parent)} ({target})")
    body = ",\n  ".join(lines)
    return [f"CREATE TABLE {_quoted(name)} (\n  {body}\n)", *comments(model)]


def comments(model: type[Table], kind: str = "TABLE") -> list[str]:
    """DuckDB statements that say what a table, or a view of its columns, holds."""
    name, columns = model.table(), model.to_schema().columns
    return [
        f"COMMENT ON {kind} {_quoted(name)} IS {_literal(description(model))}",
        *(f"COMMENT ON COLUMN {_quoted(name)}.{_quoted(n)} IS {_literal(c.description)}" for n, c in columns.items()),
    ]


def table_schema(model: type[Table]) -> dg.TableSchema:
    """The columns as Dagster's page shows them."""
    types = arrow_schema(model)
    columns = []
    for name, column in model.to_schema().columns.items():
        facts = [f"origin: {model.metadata(name)['origin']}"]
        facts += ["key"] if name in model.key() else []
        facts += [f"refers to {model.references()[name]}"] if name in model.references() else []
        columns.append(
            dg.TableColumn(
                name,
                type=str(types.field(name).type),
                description=column.description,
                constraints=dg.TableColumnConstraints(
                    nullable=column.nullable,
                    unique=model.key() == (name,),
                    other=facts + [_pretty(check) for check in column.checks],
                ),
            )
        )
    return dg.TableSchema(columns=columns)


def _arrow_type(dtype: Any) -> arrow.DataType:
    native = getattr(dtype, "type", dtype)
    if isinstance(native, pd.ArrowDtype):
        return native.pyarrow_dtype
    return arrow.string() if native is str else _ARROW[str(native).lower()]


def _single_key(table: str) -> str:
    from schemas import TABLES

    (key,) = TABLES[table].key()
    return key


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _literal(value: Any) -> str:
    return str(value) if isinstance(value, int | float) else "'" + str(value).replace("'", "''") + "'"


def _check_sql(column: str, check: Any) -> str | None:
    """The check in SQL, None where only pandera can judge."""
    facts, name = check.statistics or {}, _quoted(column)
    if check.name in _COMPARE:
        key, operator = _COMPARE[check.name]
        return f"{name} {operator} {_literal(facts[key])}"
    if check.name == "isin":
        return f"{name} IN ({', '.join(map(_literal, facts['allowed_values']))})"
    if check.name == "str_matches":
        return f"regexp_matches({name}, {_literal(_pattern(facts))})"
    return None


def _pretty(check: Any) -> str:
    facts = check.statistics or {}
    if check.name in _COMPARE:
        key, operator = _COMPARE[check.name]
        return f"{operator} {facts[key]}"
    if check.name == "isin":
        return "one of " + ", ".join(map(str, facts["allowed_values"]))
    return f"matches {_pattern(facts)}" if check.name == "str_matches" else str(check.name)


def _pattern(facts: dict[str, Any]) -> str:
    pattern = facts["pattern"]
    return str(getattr(pattern, "pattern", pattern))
