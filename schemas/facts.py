"""What is declared of each table and column, as plain values: the one source of every description of the release."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from schemas import TABLES
from schemas.base import Table
from schemas.derive import arrow_schema, description

_FLAT = Path(__file__).with_name("flat.toml")
_TYPES = {"string": "string", "int64": "integer", "double": "number", "bool": "boolean", "date32[day]": "date"}


@dataclass(frozen=True, slots=True)
class ColumnFacts:
    """One column: `type` is string, integer, number, boolean or date; `refers_to` names a table by its single key."""

    name: str
    type: str
    description: str
    origin: str
    nullable: bool
    codes: dict[str, str] = field(default_factory=dict)
    pattern: str | None = None
    minimum: float | None = None
    maximum: float | None = None
    refers_to: str | None = None


@dataclass(frozen=True, slots=True)
class TableFacts:
    """One table; `key` names the columns that identify a row."""

    name: str
    description: str
    key: tuple[str, ...]
    columns: tuple[ColumnFacts, ...]

    @property
    def key_is_nullable(self) -> bool:
        """Whether a part of the key may be null: unique then, but no primary key."""
        return any(column.nullable for column in self.columns if column.name in self.key)


@cache
def tables() -> dict[str, TableFacts]:
    """The tables by name, each after those it refers to."""
    return {name: _table(model) for name, model in TABLES.items()}


@cache
def flat_tables() -> dict[str, TableFacts]:
    """The two tables for spreadsheets, whose columns come from several of the others (`flat.toml`)."""
    declared = tomllib.loads(_FLAT.read_text(encoding="utf-8"))
    return {
        name: TableFacts(
            name,
            facts["description"],
            tuple(facts["key"]),
            tuple(_flat_column(column, said, facts["key"]) for column, said in facts["columns"].items()),
        )
        for name, facts in declared.items()
    }


def _table(model: type[Table]) -> TableFacts:
    types = arrow_schema(model)
    columns = []
    for name, column in model.to_schema().columns.items():
        said = {check.name: check.statistics or {} for check in column.checks}
        pattern = said.get("str_matches", {}).get("pattern")
        columns.append(
            ColumnFacts(
                name,
                _TYPES[str(types.field(name).type)],
                column.description or "",
                model.metadata(name)["origin"],
                bool(column.nullable),
                model.metadata(name)["codes"],
                str(getattr(pattern, "pattern", pattern)) if pattern else None,
                said.get("greater_than_or_equal_to", {}).get("min_value"),
                said.get("less_than_or_equal_to", {}).get("max_value"),
                model.references().get(name),
            )
        )
    return TableFacts(model.table(), description(model), model.key(), tuple(columns))


def _flat_column(name: str, said: str | dict[str, Any], key: list[str]) -> ColumnFacts:
    """A column of another table under this name; what `said` gives beside `of` replaces what is declared there."""
    own = {"of": said} if isinstance(said, str) else dict(said)
    table, _, column = own.pop("of").partition(".")
    (source,) = (c for c in tables()[table].columns if c.name == column)
    # The view's joins may find nothing, and nothing holds its references.
    return replace(source, name=name, nullable=name not in key, refers_to=None, **own)


def enumerations() -> dict[str, dict[str, str]]:
    """Every closed vocabulary under the name of the columns that use it: code to meaning.

    Columns of one name with different codes are told apart by their table: `organisation_kind`.
    """
    users: dict[str, tuple[str, str, dict[str, str]]] = {}
    for table in tables().values():
        for column in (c for c in table.columns if c.codes):
            users.setdefault(f"{column.name} {list(column.codes)}", (table.name, column.name, column.codes))
    names = [column for _, column, _ in users.values()]
    found = {(f"{t}_{c}" if names.count(c) > 1 else c): codes for t, c, codes in users.values()}
    return dict(sorted(found.items()))
