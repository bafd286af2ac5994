"""What may be wrong with each description, found by reading it back beside the drafted files."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterable

import pyarrow.parquet as parquet

from pipeline.release.files import first_of
from pipeline.release.metadata import citation, croissant, csvw, datapackage, dcat, notice, vocabularies
from pipeline.release.metadata.draft import Draft
from schemas.facts import TableFacts, enumerations, flat_tables, tables

Check = Callable[[str, Draft], Iterable[str]]


def _tables_of(read: Callable[[str], dict[str, TableFacts]], *, flat: bool, codes: bool) -> Check:
    """Tables, columns, types, meanings, keys and references are those of the files; codes those of the schemas."""

    def problems(text: str, draft: Draft) -> Iterable[str]:
        said = read(text)
        expected = tables() | (flat_tables() if flat else {})
        if said.keys() != expected.keys():
            yield f"tables differ: {', '.join(sorted(said.keys() ^ expected.keys()))}"
        for name in said.keys() & expected.keys():
            yield from _differences(name, said[name], expected[name], codes)
            with (draft.folder / "csv" / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
                header = next(csv.reader(lines))
            if header != [column.name for column in said[name].columns]:
                yield f"{name}: columns are not those of csv/{name}.csv"
            if name in tables():
                schema = parquet.read_schema(first_of(draft.folder, name))
                inside = {f.name: (f.metadata or {}).get(b"description", b"").decode() for f in schema}
                if inside != {column.name: column.description for column in said[name].columns}:
                    yield f"{name}: columns or meanings are not those of parquet/{name}.parquet"

    return problems


def _differences(name: str, said: TableFacts, expected: TableFacts, codes: bool) -> Iterable[str]:
    if said.description != expected.description:
        yield f"{name}: its meaning differs"
    if said.key != expected.key:
        yield f"{name}: key {said.key} is not {expected.key}"
    ours = {column.name: column for column in expected.columns}
    for column in said.columns:
        own = ours.get(column.name)
        if own is None:
            yield f"{name}.{column.name}: no such column"
            continue
        for fact in ("type", "description", "refers_to", *(("codes",) if codes else ())):
            if getattr(column, fact) != getattr(own, fact):
                yield f"{name}.{column.name}: {fact} is {getattr(column, fact)!r}, not {getattr(own, fact)!r}"


def of_datapackage(text: str, draft: Draft) -> Iterable[str]:
    found = json.loads(text)
    yield from _tables_of(datapackage.read, flat=True, codes=True)(text, draft)
    yield from _required(found, "$schema", "name", "title", "description", "version", "licenses", "resources")
    names = [resource["name"] for resource in found["resources"]]
    if len(set(names)) < len(names):
        yield "two resources have one name"
    for resource in found["resources"]:
        digest = resource.get("hash", "").removeprefix("sha256:")
        yield from _file(draft, resource["path"], digest, resource.get("bytes"))


def of_croissant(text: str, draft: Draft) -> Iterable[str]:
    found = json.loads(text)
    yield from _tables_of(croissant.read, flat=False, codes=True)(text, draft)
    yield from _required(
        found, "@context", "conformsTo", "name", "description", "license", "url", "creator", "datePublished"
    )
    if not 50 <= len(found["description"]) <= 5000:
        yield "dataset search wants a description of 50 to 5000 characters"
    for file in found["distribution"]:
        if file["@type"] == "cr:FileSet":
            if not any(draft.folder.glob(file["includes"])):
                yield f"{file['includes']}: no such file"
            continue
        yield from _file(draft, file["contentUrl"].removeprefix(draft.facts["address"]), file["sha256"])
    known = set(re.findall(r'"@id": "([^"]*)"', json.dumps([found["distribution"], found["recordSet"]])))
    defined = {file["@id"] for file in found["distribution"]}
    defined |= {part["@id"] for one in found["recordSet"] for part in (one, *one["field"])}
    defined |= {a["@id"] for one in found["recordSet"] for f in one["field"] for a in f.get("annotation", [])}
    yield from (f"nothing has the identifier {name}" for name in sorted(known - defined))


def of_dcat(text: str, draft: Draft) -> Iterable[str]:
    needed = {
        "dcat:Catalog": ("dct:title", "dct:description", "dct:publisher", "dcat:dataset"),
        "dcat:Dataset": ("dct:title", "dct:description", "dct:publisher", "dcat:distribution", "dcat:theme"),
        "dcat:Distribution": ("dcat:accessURL", "dcat:downloadURL", "dct:license", "dct:format"),
        "foaf:Agent": ("foaf:name",),
    }
    nodes = json.loads(text)["@graph"]
    yield from (f"no {kind}" for kind in needed if not any(node["@type"] == kind for node in nodes))
    for node in nodes:
        yield from (f"{node['@id']}: {problem}" for problem in _required(node, *needed[node["@type"]]))
    for address, digest in dcat.read(text).items():
        yield from _file(draft, address.removeprefix(draft.facts["address"]), digest or "")
    missing = {file.path for file in draft.data_files()} - {
        address.removeprefix(draft.facts["address"]) for address in dcat.read(text)
    }
    yield from (f"{path} is no distribution" for path in sorted(missing))


def of_citation(text: str, draft: Draft) -> Iterable[str]:
    found = citation.read(text)
    yield from _required(found, "cff-version", "message", "title", "authors", "type", "license")
    for key, fact in (("version", "version"), ("date-released", "date"), ("license", "licence"), ("title", "title")):
        if found.get(key) != draft.facts[fact]:
            yield f"{key} is {found.get(key)!r}, not {draft.facts[fact]!r}"


of_csvw = _tables_of(csvw.read, flat=True, codes=False)


def of_vocabularies(text: str, draft: Draft) -> Iterable[str]:
    if vocabularies.read(text) != enumerations():
        yield "codes or meanings are not those of the schemas"


def of_notice(text: str, draft: Draft) -> Iterable[str]:
    wanted = [*notice.required_lines(), draft.facts["licence_url"], "quotations", "Apache-2.0"]
    yield from (f"does not say: {line}" for line in wanted if line not in text)


def of_dictionary(text: str, draft: Draft) -> Iterable[str]:
    for table in tables().values():
        _, found, section = text.partition(f"\n### {table.name}\n")
        if not found:
            yield f"{table.name} is not described"
            continue
        section = section.partition("\n### ")[0]
        listed = re.findall(r"^\| \**(\w+)\** \| (?:varchar|bigint|double|boolean|date) \|", section, re.MULTILINE)
        if listed != [column.name for column in table.columns]:
            yield f"{table.name}: columns are not those of its schema"


def _required(found: dict[str, object], *names: str) -> Iterable[str]:
    return (f"{name} is missing" for name in names if not found.get(name))


def _file(draft: Draft, path: str, digest: str, size: int | None = None) -> Iterable[str]:
    file = draft.folder / path
    if not file.is_file():
        yield f"{path}: no such file"
        return
    if digest and digest != draft.digest(path):
        yield f"{path}: the SHA-256 is another"
    if size is not None and size != file.stat().st_size:
        yield f"{path}: the size is another"
