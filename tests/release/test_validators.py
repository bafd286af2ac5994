"""The standards' own validators, offline: they pass on the release and fail on a broken copy."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from pipeline.release.metadata.draft import Draft
from pipeline.settings import PROJECT
from schemas import TABLES
from schemas.facts import enumerations, tables

HERE = Path(__file__).parent
REAL = PROJECT / "data"


@pytest.fixture(scope="session")
def folder(published: Path) -> Path:
    """The release in `data/`; where there is none yet, that of the fictional corpus."""
    return REAL if (REAL / "dcat.jsonld").is_file() else published


def edit(path: Path, change: Any) -> Path:
    found = json.loads(path.read_text(encoding="utf-8"))
    change(found)
    path.write_text(json.dumps(found), encoding="utf-8")
    return path


# Data Package 2.0: the profile for the descriptor, frictionless for rows, keys, references, bytes and hashes.


def profile_errors(path: Path) -> list[str]:
    import dplib

    # The profile as the standard's own package ships it; that package's look-up of it would go to the network.
    profile = Path(dplib.__file__).parent / "profiles" / "2.0" / "datapackage.json"
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    assert descriptor["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    schema = json.loads(profile.read_text(encoding="utf-8"))
    checker = jsonschema.validators.validator_for(schema)(schema)
    return [error.message for error in checker.iter_errors(descriptor)]


def frictionless_errors(path: Path) -> set[str]:
    import frictionless

    report = frictionless.validate(str(path))
    return {error.type for error in report.errors} | {error.type for task in report.tasks for error in task.errors}


def test_data_package(folder: Path) -> None:
    assert profile_errors(folder / "datapackage.json") == []
    assert frictionless_errors(folder / "datapackage.json") == set()


def test_data_package_broken(copy: Draft) -> None:
    path = copy.folder / "datapackage.json"
    rows = copy.folder / "csv" / "memberships.csv"
    text = rows.read_text(encoding="utf-8")
    rows.write_text(
        text.replace('"lead"', '"boss"').replace("partnership:velmora", "partnership:none"), encoding="utf-8"
    )
    with (copy.folder / "parquet" / "links.parquet").open("ab") as stream:
        stream.write(b"more")
    assert {"constraint-error", "foreign-key", "hash-count", "byte-count"} <= frictionless_errors(path)
    edit(path, lambda found: found["resources"][0].pop("path"))
    assert profile_errors(path)


# Croissant 1.1: the description loads without an issue, and so does every record of every table.


def records(path: Path) -> dict[str, list[dict[str, Any]]]:
    import mlcroissant

    dataset = mlcroissant.Dataset(jsonld=str(path))
    issues = dataset.metadata.issues
    assert not issues.errors and not issues.warnings, issues.report()
    return {one.id: list(dataset.records(one.id)) for one in dataset.metadata.record_sets}


def test_croissant(folder: Path) -> None:
    found = records(folder / "croissant.json")
    files = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["files"]
    assert {name: len(found[name]) for name in TABLES} == {n: files[f"parquet/{n}.parquet"]["rows"] for n in TABLES}
    assert {name: len(found[name]) for name in enumerations()} == {n: len(codes) for n, codes in enumerations().items()}
    for name, table in tables().items():
        for row in found[name][:1]:
            assert set(row) >= {f"{name}/{column.name}" for column in table.columns}


def test_croissant_says_where_a_value_comes_from(published: Path) -> None:
    import mlcroissant

    dataset = mlcroissant.Dataset(jsonld=str(published / "croissant.json"))
    evidence = next(one for one in dataset.metadata.record_sets if one.id == "evidence")
    value = next(field for field in evidence.fields if field.name == "value")
    said = {one.source.extract.column: one.equivalentProperty for one in value.annotations}
    assert said["quote"] == ["prov:wasQuotedFrom"] and said["document_id"] == ["prov:hadPrimarySource"]


def test_croissant_broken(copy: Draft) -> None:
    import mlcroissant

    path = copy.folder / "croissant.json"
    right = path.read_text(encoding="utf-8")
    path.write_text(right.replace('"column": "role_text"', '"column": "role_words"'), encoding="utf-8")
    with pytest.raises(Exception, match="memberships"):
        records(path)
    path.write_text(right.replace('"conformsTo"', '"conforms"').replace("sc:Dataset", "sc:Thing"), encoding="utf-8")
    with pytest.raises(mlcroissant.ValidationError):
        records(path)


# DCAT-AP 3.0.1: the profile's SHACL shapes.


def shacl_report(path: Path) -> tuple[bool, str]:
    import pyshacl
    import rdflib

    data = rdflib.Graph().parse(path, format="json-ld", publicID="https://example.org/release/dcat.jsonld")
    shapes = rdflib.Graph().parse(HERE / "dcat-ap-3.0.1.ttl")
    conforms, _, text = pyshacl.validate(data, shacl_graph=shapes, inference="none")
    return bool(conforms), str(text)


def test_dcat(folder: Path) -> None:
    conforms, text = shacl_report(folder / "dcat.jsonld")
    assert conforms, text


@pytest.mark.parametrize(
    ("kind", "term"),
    [
        ("dcat:Catalog", "dct:publisher"),
        ("dcat:Dataset", "dct:title"),
        ("dcat:Distribution", "dcat:accessURL"),
        ("foaf:Agent", "foaf:name"),
    ],
)
def test_dcat_broken(copy: Draft, kind: str, term: str) -> None:
    path = copy.folder / "dcat.jsonld"
    edit(path, lambda found: next(node for node in found["@graph"] if node["@type"] == kind).pop(term))
    conforms, text = shacl_report(path)
    assert not conforms and "minCount" in text


def test_dcat_of_the_wrong_class(copy: Draft) -> None:
    path = copy.folder / "dcat.jsonld"
    path.write_text(path.read_text(encoding="utf-8").replace("dct:Frequency", "dct:Location"), encoding="utf-8")
    assert "dct:accrualPeriodicity" in shacl_report(path)[1]


# Citation File Format 1.2.0: its JSON Schema.


def cff_errors(path: Path) -> list[str]:
    schema = json.loads((HERE / "cff-1.2.0.schema.json").read_text(encoding="utf-8"))
    found = yaml.safe_load(path.read_text(encoding="utf-8"))
    checker = jsonschema.Draft7Validator(schema, format_checker=jsonschema.FormatChecker())
    return [error.message for error in checker.iter_errors(found)]


def test_citation(folder: Path) -> None:
    assert cff_errors(folder / "CITATION.cff") == []


@pytest.mark.parametrize(
    ("right", "wrong"), [("authors:", "writers:"), ("CC-BY-4.0", "CC-BY"), ("type: dataset", "type: table")]
)
def test_citation_broken(copy: Draft, right: str, wrong: str) -> None:
    path = copy.folder / "CITATION.cff"
    path.write_text(path.read_text(encoding="utf-8").replace(right, wrong), encoding="utf-8")
    assert cff_errors(path)


# CSV on the Web.


def csvw_warnings(path: Path) -> list[str]:
    from csvw import CSVW

    try:
        # Not strict: a reference may be empty.
        found = CSVW(str(path), validate=True, strict=False)
        return [] if found.is_valid else [str(warning.message) for warning in found.warnings]
    except ValueError as error:
        return [str(error)]


def test_csvw(published: Path) -> None:
    # The fictional release: the validator takes its time for thousands of rows.
    assert csvw_warnings(published / "csv" / "csv-metadata.json") == []


def test_csvw_broken(copy: Draft) -> None:
    rows = copy.folder / "csv" / "memberships.csv"
    rows.write_text(rows.read_text(encoding="utf-8").replace('"lead"', '"boss"'), encoding="utf-8")
    assert csvw_warnings(copy.folder / "csv" / "csv-metadata.json")


# SKOS, and all JSON-LD as RDF.


def test_vocabularies_are_skos(folder: Path) -> None:
    import rdflib
    from rdflib import RDF, SKOS

    found = rdflib.Graph().parse(folder / "vocabularies.jsonld", format="json-ld", publicID="https://example.org/v")
    concepts = set(found.subjects(RDF.type, SKOS.Concept))
    assert len(concepts) == sum(map(len, enumerations().values()))
    for concept in concepts:
        assert (
            len(list(found.objects(concept, SKOS.inScheme))) == len(list(found.objects(concept, SKOS.prefLabel))) == 1
        )
