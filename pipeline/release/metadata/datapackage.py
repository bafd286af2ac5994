"""`datapackage.json`: Data Package 2.0; the CSV tables with types, keys, codes and references, and the other files."""

from __future__ import annotations

import json
from typing import Any

from pipeline.release.metadata.draft import Draft, File, as_json
from schemas.facts import ColumnFacts, TableFacts, flat_tables, tables

PROFILE = "https://datapackage.org/profiles/2.0"
# Said, for readers would guess it from the first rows.
_DIALECT = {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "lineTerminator": "\n", "header": True}


def write(draft: Draft) -> str:
    """The descriptor as JSON text."""
    facts = draft.facts
    described = {f"csv/{name}.csv": table for name, table in (tables() | flat_tables()).items()}
    return as_json(
        {
            "$schema": f"{PROFILE}/datapackage.json",
            "name": facts["name"],
            "title": facts["title"],
            "description": facts["description"],
            **({"homepage": facts["address"]} if facts["address"] else {}),
            "version": facts["version"],
            "keywords": facts["keywords"],
            "licenses": [{"name": facts["licence"], "title": facts["licence_title"], "path": facts["licence_url"]}],
            "contributors": [{"title": facts["creator"], "roles": ["creator", "publisher"]}],
            "sources": draft.sources,
            "resources": [_resource(file, described.get(file.path)) for file in draft.data_files()],
        }
    )


def read(text: str) -> dict[str, TableFacts]:
    """The tables as the descriptor tells them, for comparison; patterns, bounds and origins are not among it."""
    found = {}
    for resource in json.loads(text)["resources"]:
        if "schema" not in resource:
            continue
        schema = resource["schema"]
        targets = {
            k["fields"][0]: k["reference"].get("resource") or resource["name"] for k in schema.get("foreignKeys", [])
        }
        columns = tuple(
            ColumnFacts(
                f["name"],
                f["type"],
                f["description"],
                "",
                not f.get("constraints", {}).get("required", False),
                {c["value"]: c["label"] for c in f.get("categories", [])},
                refers_to=targets.get(f["name"]),
            )
            for f in schema["fields"]
        )
        key = schema.get("primaryKey") or schema["uniqueKeys"][0]
        found[resource["name"]] = TableFacts(resource["name"], resource["description"], tuple(key), columns)
    return found


def _resource(file: File, table: TableFacts | None) -> dict[str, Any]:
    name = file.table if table else file.path.replace("/", "-").lower()
    out: dict[str, Any] = {"name": name, "path": file.path, "mediatype": file.media_type}
    if file.sha256:
        out |= {"bytes": file.bytes, "hash": f"sha256:{file.sha256}"}
    if table is None:
        # By the formats `parquet` and `xlsx` frictionless would guess tables; as files it holds them to bytes and hash.
        return {**out, "format": f"{file.path.rpartition('.')[2]}-file", "title": f"{file.table} as {file.title}"}
    out |= {"type": "table", "format": "csv", "encoding": "utf-8", "dialect": _DIALECT}
    out["description"] = table.description
    return {**out, "schema": _schema(table)}


def _schema(table: TableFacts) -> dict[str, Any]:
    key = {"uniqueKeys": [list(table.key)]} if table.key_is_nullable else {"primaryKey": list(table.key)}
    references = [
        {
            "fields": [column.name],
            "reference": {
                "resource": "" if column.refers_to == table.name else column.refers_to,
                "fields": list(tables()[column.refers_to].key),
            },
        }
        for column in table.columns
        if column.refers_to
    ]
    return {
        "fields": [_field(column) for column in table.columns],
        "missingValues": [""],
        **key,
        **({"foreignKeys": references} if references else {}),
    }


def _field(column: ColumnFacts) -> dict[str, Any]:
    limits = {"pattern": column.pattern, "minimum": column.minimum, "maximum": column.maximum}
    constraints: dict[str, Any] = {} if column.nullable else {"required": True}
    constraints |= {name: limit for name, limit in limits.items() if limit is not None}
    if column.codes:
        constraints["enum"] = list(column.codes)
    out: dict[str, Any] = {"name": column.name, "type": column.type, "description": column.description}
    if column.codes:
        out["categories"] = [{"value": code, "label": meaning} for code, meaning in column.codes.items()]
    return {**out, "origin": column.origin, **({"constraints": constraints} if constraints else {})}
