"""The standards' own validators, offline: they pass on the release and fail on a broken copy, and block a release."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import dagster as dg
import pytest

from pipeline.assets.release import DESCRIBED, descriptions
from pipeline.checks import Staged
from pipeline.release import draft as make_draft
from pipeline.release.metadata import validators
from pipeline.release.metadata.draft import Draft
from pipeline.release.metadata.validators import VALIDATORS, validate
from pipeline.settings import PROJECT, Settings
from schemas import TABLES
from schemas.facts import enumerations, tables

REAL = PROJECT / "data"


@pytest.fixture(scope="session")
def folder(published: Path) -> Path:
    """The release in `data/`; where there is none yet, that of the fictional corpus."""
    return REAL if (REAL / "dcat.jsonld").is_file() else published


def replaced(right: str, wrong: str) -> Callable[[Path], None]:
    """An edit of a file that puts one text for another, wherever it stands."""

    def edit(path: Path) -> None:
        text = path.read_text(encoding="utf-8")
        assert right in text
        path.write_text(text.replace(right, wrong), encoding="utf-8")

    return edit


def edited(change: Callable[[Any], Any]) -> Callable[[Path], None]:
    """An edit of a JSON file."""

    def edit(path: Path) -> None:
        found = json.loads(path.read_text(encoding="utf-8"))
        change(found)
        path.write_text(json.dumps(found), encoding="utf-8")

    return edit


def first(kind: str) -> Callable[[Any], Any]:
    """The first node of a class in a graph."""
    return lambda found: next(node for node in found["@graph"] if node["@type"] == kind)


# CSVW's validator takes its time for thousands of rows; Croissant's records are loaded below.
@pytest.mark.parametrize(
    "path", [path for path in VALIDATORS if path not in ("csv/csv-metadata.json", "croissant.json")]
)
def test_the_release_passes(folder: Path, path: str) -> None:
    assert VALIDATORS[path].problems(folder) == []


@pytest.mark.parametrize("path", ["csv/csv-metadata.json", "croissant.json"])
def test_the_fictional_release_passes(published: Path, path: str) -> None:
    assert VALIDATORS[path].problems(published) == []


Broken = tuple[str, str, Callable[[Path], None], str]
BROKEN: list[Broken] = [
    ("datapackage.json", "csv/memberships.csv", replaced('"lead"', '"boss"'), "constraint-error|hash-count"),
    ("datapackage.json", "csv/memberships.csv", replaced("partnership:velmora", "partnership:none"), "foreign-key"),
    ("datapackage.json", "parquet/links.parquet", lambda path: _longer(path), "byte-count"),
    ("datapackage.json", "datapackage.json", edited(lambda found: found["resources"][0].pop("path")), "path"),
    ("croissant.json", "croissant.json", replaced('"column": "role_text"', '"column": "role_words"'), "memberships"),
    ("croissant.json", "croissant.json", replaced("sc:Dataset", "sc:Thing"), "ValidationError"),
    ("dcat.jsonld", "dcat.jsonld", edited(lambda f: first("dcat:Catalog")(f).pop("dct:publisher")), "publisher"),
    ("dcat.jsonld", "dcat.jsonld", edited(lambda f: first("dcat:Dataset")(f).pop("dct:title")), "title"),
    ("dcat.jsonld", "dcat.jsonld", edited(lambda f: first("dcat:Distribution")(f).pop("dcat:accessURL")), "accessURL"),
    ("dcat.jsonld", "dcat.jsonld", edited(lambda f: first("foaf:Agent")(f).pop("foaf:name")), "name"),
    ("dcat.jsonld", "dcat.jsonld", replaced("dct:Frequency", "dct:Location"), "accrualPeriodicity"),
    ("CITATION.cff", "CITATION.cff", replaced("authors:", "writers:"), "authors"),
    ("CITATION.cff", "CITATION.cff", replaced("CC-BY-4.0", "CC-BY"), "license"),
    ("CITATION.cff", "CITATION.cff", replaced("type: dataset", "type: table"), "table"),
    ("csv/csv-metadata.json", "csv/memberships.csv", replaced('"lead"', '"boss"'), "boss"),
    ("vocabularies.jsonld", "vocabularies.jsonld", replaced("skos:inScheme", "skos:member"), "inScheme"),
]


def _longer(path: Path) -> None:
    with path.open("ab") as stream:
        stream.write(b"more")


@pytest.mark.parametrize(("path", "file", "breaks", "says"), BROKEN)
def test_a_broken_copy_fails(copy: Draft, path: str, file: str, breaks: Callable[[Path], None], says: str) -> None:
    breaks(copy.folder / file)
    found = VALIDATORS[path].problems(copy.folder)
    assert found and any(part in " ".join(found) for part in says.split("|")), found
    assert all("\n" not in problem and len(problem) <= 300 for problem in found)


def test_croissant_loads_every_record(folder: Path) -> None:
    import mlcroissant

    dataset = mlcroissant.Dataset(jsonld=str(folder / "croissant.json"))
    assert not dataset.metadata.issues.errors and not dataset.metadata.issues.warnings
    found = {one.id: list(dataset.records(one.id)) for one in dataset.metadata.record_sets}
    files = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["files"]
    assert {name: len(found[name]) for name in TABLES} == {n: files[f"parquet/{n}.parquet"]["rows"] for n in TABLES}
    assert {name: len(found[name]) for name in enumerations()} == {n: len(codes) for n, codes in enumerations().items()}
    for name, table in tables().items():
        for row in found[name][:1]:
            assert set(row) >= {f"{name}/{column.name}" for column in table.columns}
    evidence = next(one for one in dataset.metadata.record_sets if one.id == "evidence")
    value = next(field for field in evidence.fields if field.name == "value")
    said = {one.source.extract.column: one.equivalentProperty for one in value.annotations}
    assert said["quote"] == ["prov:wasQuotedFrom"] and said["document_id"] == ["prov:hadPrimarySource"]


# The checks of the pipeline run them.


@pytest.fixture
def drafted(whole: Staged, tmp_path: Path) -> Settings:
    settings = Settings(data=tmp_path / "data", work=tmp_path / "work", validators="always")
    make_draft(whole.tables, settings.data, settings.work)
    return settings


def made(settings: Settings) -> dict[str, dg.AssetCheckEvaluation]:
    """Evaluations of the checks of all descriptions, by path."""
    result = dg.materialize([descriptions], resources={"settings": settings}, raise_on_error=False)
    found = {one.asset_key: one for one in result.get_asset_check_evaluations()}
    return {path: found[key] for path, key in DESCRIBED.items() if key in found}


def test_the_checks_run_the_validators_and_say_so(drafted: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    found = made(drafted)
    assert all(one.passed and one.blocking for one in found.values()) and found.keys() == DESCRIBED.keys()
    for path, validator in VALIDATORS.items():
        said = found[path].metadata["validator"].value
        assert validator.named() in str(said) and "rows read" in str(said), said
    monkeypatch.setattr(validators.Validator, "problems", lambda *_: ["would be read again"])
    again = made(drafted)
    assert all(one.passed for one in again.values()), "what passed is not read again"
    assert "when last this was made" in str(again["dcat.jsonld"].metadata["validator"].value)


def test_what_a_validator_finds_blocks_the_release(drafted: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = replace(VALIDATORS["dcat.jsonld"], read=lambda folder, rows: iter(["no\ntitle"]))
    monkeypatch.setitem(VALIDATORS, "dcat.jsonld", broken)
    result = made(drafted)["dcat.jsonld"]
    assert not result.passed and result.blocking
    assert result.metadata["first"].value == "release dcat.jsonld: no title"


def test_without_the_validators_the_checks_say_so(copy: Draft, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    found, said = validate("croissant.json", copy, tmp_path, "auto")
    assert found == [] and "mlcroissant not installed" in said and "s3-partnerships[validate]" in said
    assert validate("croissant.json", copy, tmp_path, "always")[0] == [said], "a release is not made without them"
    assert validate("NOTICE.md", copy, tmp_path, "always")[0] == []
    assert "not run" in validate("croissant.json", copy, tmp_path, "never")[1]


def test_many_rows_are_not_read_nor_any_in_a_plain_build(
    copy: Draft, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = copy.folder / "csv" / "memberships.csv"
    rows.write_text(rows.read_text(encoding="utf-8").replace('"lead"', '"boss"'), encoding="utf-8")
    assert validate("datapackage.json", copy, tmp_path, "always")[0]
    found, said = validate("datapackage.json", copy, tmp_path, "auto")
    assert found == [] and "none of" in said
    monkeypatch.setattr(validators, "MOST_ROWS", 5)
    found, said = validate("datapackage.json", copy, tmp_path, "always")
    assert found == [] and "none of" in said
