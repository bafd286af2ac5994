"""`csv/csv-metadata.json`: CSV on the Web, which tools for RDF and validators of CSV read."""

from __future__ import annotations

import json
from typing import Any

from pipeline.release.metadata.draft import Draft, as_json
from schemas.facts import ColumnFacts, TableFacts, flat_tables, tables

_TYPES = {"string": "string", "integer": "integer", "number": "double", "boolean": "boolean", "date": "date"}


def write(draft: Draft) -> str:
    """The table group as JSON text."""
    facts = draft.facts
    return as_json(
        {
            "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
            "dc:title": facts["title"],
            "dc:description": facts["description"],
            "dc:license": {"@id": facts["licence_url"]},
            "dc:creator": facts["creator"],
            "dc:modified": draft.today(),
            "schema:version": facts["version"],
            "tables": [_table(table) for table in (tables() | flat_tables()).values()],
        }
    )


def read(text: str) -> dict[str, TableFacts]:
    """The tables as the description tells them, for comparison."""
    types = {term: name for name, term in _TYPES.items()}
    found = {}
    for table in json.loads(text)["tables"]:
        name, schema = table["url"].removesuffix(".csv"), table["tableSchema"]
        targets = {
            k["columnReference"]: k["reference"]["resource"].removesuffix(".csv") for k in schema.get("foreignKeys", [])
        }
        columns = tuple(
            ColumnFacts(
                c["name"],
                types[c["datatype"]["base"]],
                c["dc:description"],
                "",
                not c["required"],
                refers_to=targets.get(c["name"]),
            )
            for c in schema["columns"]
        )
        found[name] = TableFacts(name, table["dc:description"], tuple(schema["dc:identifier"].split()), columns)
    return found


def _table(table: TableFacts) -> dict[str, Any]:
    references = [
        {
            "columnReference": column.name,
            "reference": {"resource": f"{column.refers_to}.csv", "columnReference": tables()[column.refers_to].key[0]},
        }
        for column in table.columns
        if column.refers_to
    ]
    return {
        "url": f"{table.name}.csv",
        "dc:description": table.description,
        "tableSchema": {
            "columns": [_column(column) for column in table.columns],
            # A primary key must not be null, which a key may be here; this names it all the same.
            "dc:identifier": " ".join(table.key),
            **({} if table.key_is_nullable else {"primaryKey": list(table.key)}),
            **({"foreignKeys": references} if references else {}),
        },
    }


def _column(column: ColumnFacts) -> dict[str, Any]:
    kind: dict[str, Any] = {"base": _TYPES[column.type]}
    pattern = column.pattern or (f"^({'|'.join(column.codes)})$" if column.codes else None)
    kind |= {"format": pattern} if pattern else {}
    kind |= {"minimum": column.minimum} if column.minimum is not None else {}
    kind |= {"maximum": column.maximum} if column.maximum is not None else {}
    return {
        "name": column.name,
        "titles": column.name,
        "dc:description": column.description,
        "datatype": kind,
        "required": not column.nullable,
    }
