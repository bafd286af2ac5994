"""`croissant.json`: Croissant 1.1 over the Parquet files, also for dataset search (schema.org). The page embeds it."""

from __future__ import annotations

import json
from typing import Any

from pipeline.release.metadata.draft import Draft, File, as_json
from schemas.facts import ColumnFacts, TableFacts, enumerations, tables

CONFORMS_TO = "http://mlcommons.org/croissant/1.1"
_TYPES = {
    "string": "sc:Text",
    "integer": "sc:Integer",
    "number": "sc:Float",
    "boolean": "sc:Boolean",
    "date": "sc:Date",
}
# Of the standard, but for schema.org: with http the validator does not know a Dataset.
_CONTEXT = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "sc": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "dct": "http://purl.org/dc/terms/",
    "prov": "http://www.w3.org/ns/prov#",
    "annotation": "cr:annotation",
    "arrayShape": "cr:arrayShape",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "containedIn": "cr:containedIn",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "excludes": "cr:excludes",
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isArray": "cr:isArray",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
# Foreign keys are said in Dublin Core's word: at `references` mlcroissant 1.1 joins, and stops with an error.
_REFERS = "dct:references"
# What else of an evidence row says how its value came about, in terms of PROV.
_PROVENANCE = {
    "quote": "prov:wasQuotedFrom",
    "document_id": "prov:hadPrimarySource",
    "rule": "prov:wasGeneratedBy",
    "confidence": None,
}


def write(draft: Draft) -> str:
    """The description as JSON-LD text."""
    facts, quality = draft.facts, draft.quality
    # The database has no digest of its bytes, which the standard asks for.
    files = [file for file in draft.data_files() if file.sha256]
    return as_json(
        {
            "@context": _CONTEXT,
            "@type": "sc:Dataset",
            "conformsTo": CONFORMS_TO,
            "name": facts["name"],
            "alternateName": facts["title"],
            "description": facts["description"],
            "url": draft.address(),
            "version": facts["version"],
            "license": facts["licence_url"],
            "creator": {"@type": "Organization", "name": facts["creator"]},
            "publisher": {"@type": "Organization", "name": facts["creator"]},
            "datePublished": draft.today(),
            "inLanguage": sorted(quality["documents_by_language"]),
            "keywords": facts["keywords"],
            "isAccessibleForFree": True,
            "citeAs": f"{facts['creator']}: {facts['title']}, release {facts['version']}, {facts['licence']}.",
            **_coverage(quality["dates"]),
            "spatialCoverage": {"@type": "Place", "name": "Europe"},
            "prov:wasGeneratedBy": {
                "@type": "prov:Activity",
                "prov:label": "Read by rules from documents and a register; evidence has the quote of every value.",
            },
            "distribution": [*(_file(file, draft) for file in files), *map(_file_set, sorted(draft.parted()))],
            "recordSet": [
                *(_enumeration(name, codes) for name, codes in enumerations().items()),
                *(_record_set(table, table.name in draft.parted()) for table in tables().values()),
            ],
        }
    )


def read(text: str) -> dict[str, TableFacts]:
    """The tables as the description tells them, for comparison."""
    codes = {}
    found = {}
    types = {term: name for name, term in _TYPES.items()}
    sets = json.loads(text)["recordSet"]
    for record_set in sets:
        if record_set.get("dataType") == "sc:Enumeration":
            name = record_set["@id"]
            codes[name] = {row[f"{name}/code"]: row[f"{name}/meaning"] for row in record_set["data"]}
    for record_set in sets:
        if record_set["@id"] in codes:
            continue
        columns = []
        for field in record_set["field"]:
            target = field.get(_REFERS, {}).get("@id", "").partition("/")[0]
            columns.append(
                ColumnFacts(
                    field["name"],
                    types[field["dataType"]],
                    field["description"],
                    "",
                    True,
                    codes.get(target, {}),
                    refers_to=target if target and target not in codes else None,
                )
            )
        keys = record_set["key"] if isinstance(record_set["key"], list) else [record_set["key"]]
        key = tuple(k["@id"].rpartition("/")[2] for k in keys)
        found[record_set["name"]] = TableFacts(record_set["name"], record_set["description"], key, tuple(columns))
    return found


def _coverage(dates: dict[str, str | None]) -> dict[str, str]:
    first, last = dates["earliest"], dates["latest"]
    return {"temporalCoverage": f"{first}/{last}"} if first and last else {}


def _file(file: File, draft: Draft) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": file.path,
        "name": file.path,
        "description": f"{file.table} as {file.title}",
        "contentUrl": f"{draft.facts['address']}{file.path}",
        "contentSize": f"{file.bytes} B",
        "encodingFormat": "application/x-parquet" if file.path.endswith(".parquet") else file.media_type,
        "sha256": file.sha256,
    }


def _file_set(table: str) -> dict[str, Any]:
    """All Parquet files of a table that is in several."""
    return {
        "@type": "cr:FileSet",
        "@id": f"parquet/{table}",
        "name": f"parquet/{table}",
        "description": f"{table} as Apache Parquet",
        "encodingFormat": "application/x-parquet",
        "includes": f"parquet/{table}/*.parquet",
    }


def _record_set(table: TableFacts, parted: bool) -> dict[str, Any]:
    keys = [{"@id": f"{table.name}/{name}"} for name in table.key]
    return {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": table.description,
        "key": keys[0] if len(keys) == 1 else keys,
        "field": [_field(table.name, column, parted) for column in table.columns],
    }


def _field(table: str, column: ColumnFacts, parted: bool, own: str = "") -> dict[str, Any]:
    file = {"fileSet": {"@id": f"parquet/{table}"}} if parted else {"fileObject": {"@id": f"parquet/{table}.parquet"}}
    out: dict[str, Any] = {
        "@type": "cr:Field",
        "@id": own or f"{table}/{column.name}",
        "name": column.name,
        "description": column.description,
        "dataType": _TYPES[column.type],
        "source": {**file, "extract": {"column": column.name}},
    }
    if own:
        return out
    if column.refers_to:
        (key,) = tables()[column.refers_to].key
        out[_REFERS] = {"@id": f"{column.refers_to}/{key}"}
    elif column.codes:
        name = next(name for name, codes in enumerations().items() if codes == column.codes)
        out[_REFERS] = {"@id": f"{name}/code"}
    if (table, column.name) == ("evidence", "value"):
        out["annotation"] = [
            {**_field(table, c, parted, f"evidence/value/{c.name}"), **({"equivalentProperty": term} if term else {})}
            for c in tables()["evidence"].columns
            if (term := _PROVENANCE.get(c.name, "")) != ""
        ]
    return out


def _enumeration(name: str, codes: dict[str, str]) -> dict[str, Any]:
    parts = {"code": "The code", "meaning": "What it means"}
    return {
        "@type": "cr:RecordSet",
        "@id": name,
        "name": name,
        "description": f"Codes of {name}",
        "dataType": "sc:Enumeration",
        "key": {"@id": f"{name}/code"},
        "field": [
            {"@type": "cr:Field", "@id": f"{name}/{part}", "name": part, "description": said, "dataType": "sc:Text"}
            for part, said in parts.items()
        ],
        "data": [{f"{name}/code": code, f"{name}/meaning": meaning} for code, meaning in codes.items()],
    }
