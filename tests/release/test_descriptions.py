"""What describes the release agrees with it, with the schemas and with each other; a wrong word is found."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import duckdb
import pyarrow.parquet as parquet
import pytest

from pipeline.release import database
from pipeline.release.metadata import DESCRIPTIONS, check, citation, croissant, csvw, datapackage, dcat, draft
from pipeline.release.metadata.dictionary import diagram
from pipeline.release.metadata.draft import Draft
from schemas import TABLES
from schemas.facts import TableFacts, flat_tables, tables

BY_PATH = {description.path: description for description in DESCRIPTIONS}


def test_every_description_holds(copy: Draft) -> None:
    assert {d.path: check(d, copy) for d in DESCRIPTIONS} == {d.path: [] for d in DESCRIPTIONS}


BROKEN = [
    ("README.md", "| role_text |", "| role_words |"),
    ("README.md", "### links\n", "### chains\n"),
    ("NOTICE.md", "GeoNames", "somebody"),
    ("CITATION.cff", "2026", "2025"),
    ("CITATION.cff", "license:", "licence:"),
    ("CITATION.cff", "cff-version: 1.2.0", "- broken: ["),
    ("datapackage.json", '"type": "integer"', '"type": "string"'),
    ("datapackage.json", "Role in the partnership", "Part in the partnership"),
    ("datapackage.json", '"resource": "partnerships"', '"resource": "events"'),
    ("datapackage.json", '"value": "lead"', '"value": "boss"'),
    ("datapackage.json", '"path": "csv/agenda.csv"', '"path": "csv/agenda.cvs"'),
    ("datapackage.json", "sha256:", "sha256:0"),
    ("croissant.json", "sc:Integer", "sc:Text"),
    ("croissant.json", '"sha256": "', '"sha256": "0'),
    ("croissant.json", '"@id": "parquet/links.parquet"\n      }', '"@id": "parquet/chains.parquet"\n      }'),
    ("croissant.json", '"license"', '"licence"'),
    ("dcat.jsonld", "dcat:downloadURL", "dcat:downloadUrl"),
    ("dcat.jsonld", "csv/links.csv", "csv/chains.csv"),
    ("dcat.jsonld", '"dcat:theme"', '"dcat:topic"'),
    ("csv/csv-metadata.json", '"base": "integer"', '"base": "string"'),
    ("csv/csv-metadata.json", '"url": "links.csv"', '"url": "chains.csv"'),
    ("vocabularies.jsonld", "leads, coordinates or chairs", "is in charge"),
]


@pytest.mark.parametrize(("path", "right", "wrong"), BROKEN)
def test_a_wrong_word_is_found(copy: Draft, path: str, right: str, wrong: str) -> None:
    file = copy.folder / path
    text = file.read_text(encoding="utf-8")
    assert right in text
    file.write_text(text.replace(right, wrong), encoding="utf-8")
    assert check(BY_PATH[path], copy)


@pytest.mark.parametrize("description", DESCRIPTIONS, ids=lambda d: d.path)
def test_an_unreadable_description_is_found(copy: Draft, description: object) -> None:
    assert isinstance(description, type(DESCRIPTIONS[0]))
    (copy.folder / description.path).write_text("[", encoding="utf-8")
    assert check(description, copy)
    (copy.folder / description.path).unlink()
    assert check(description, copy)


def test_a_column_that_only_the_file_has_is_found(copy: Draft) -> None:
    file = copy.folder / "csv" / "links.csv"
    file.write_text(file.read_text().replace("link_id", "chain_id", 1))
    assert any("links" in problem for problem in check(BY_PATH["datapackage.json"], copy))


def seen(found: dict[str, TableFacts]) -> dict[str, object]:
    return {
        name: (table.description, table.key, [(c.name, c.type, c.description, c.refers_to) for c in table.columns])
        for name, table in found.items()
    }


def test_all_agree_on_tables_columns_types_keys_and_descriptions(published: Path) -> None:
    """Schemas, Data Package, CSVW, Croissant, Parquet, DuckDB, CSV and dictionary: one description in many forms."""
    expected = seen(tables())
    readers: dict[str, Callable[[str], dict[str, TableFacts]]] = {
        "datapackage.json": datapackage.read,
        "csv/csv-metadata.json": csvw.read,
        "croissant.json": croissant.read,
    }
    for path, read in readers.items():
        said = seen(read((published / path).read_text(encoding="utf-8")))
        assert {name: said[name] for name in expected} == expected, path
        assert said.keys() - expected.keys() <= set(flat_tables()), path
    types = {"string": "string", "integer": "int64", "number": "double", "boolean": "bool", "date": "date32[day]"}
    sql = {"string": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN", "date": "DATE"}
    dictionary = (published / "README.md").read_text(encoding="utf-8")
    with duckdb.connect(str(published / database.NAME), read_only=True) as connection:
        for name, table in tables().items():
            schema = parquet.read_schema(published / "parquet" / f"{name}.parquet")
            assert schema.metadata[b"description"].decode() == table.description
            assert json.loads(schema.metadata[b"key"]) == list(table.key)
            assert [(f.name, str(f.type), f.nullable, f.metadata[b"description"].decode()) for f in schema] == [
                (c.name, types[c.type], c.nullable, c.description) for c in table.columns
            ]
            inside = "SELECT column_name, data_type, comment FROM duckdb_columns() WHERE table_name = ?"
            assert connection.execute(f"{inside} ORDER BY column_index", [name]).fetchall() == [
                (c.name, sql[c.type], c.description) for c in table.columns
            ]
            assert f"### {name}\n\n{table.description}\n" in dictionary
            assert all(f"{c.name}" in dictionary and c.description in dictionary for c in table.columns)


def test_flat_tables_are_described_as_they_are(published: Path) -> None:
    types = {"string": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN", "date": "DATE"}
    with duckdb.connect(str(published / database.NAME), read_only=True) as connection:
        for name, table in flat_tables().items():
            found = connection.execute(f"SELECT column_name, column_type FROM (DESCRIBE {name})").fetchall()
            assert found == [(c.name, types[c.type]) for c in table.columns]


def test_distributions_are_the_data_files(published: Path) -> None:
    said = dcat.read((published / "dcat.jsonld").read_text(encoding="utf-8"))
    assert all((published / path).is_file() for path in said)
    assert set(said) >= {database.NAME, "s3_partnerships.xlsx", *(f"parquet/{name}.parquet" for name in TABLES)}


@pytest.mark.parametrize("address", ["", "https://data.example.org/s3/"])
def test_addresses_are_relative_or_below_the_one_setting(
    copy: Draft, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setitem(draft.dataset(), "address", address)
    again = Draft(copy.folder, copy.files)
    assert {path: found for path, found in ((d.path, _written(d, again)) for d in DESCRIPTIONS) if found} == {}
    assert all(
        path.startswith(address) for path in dcat.read((copy.folder / "dcat.jsonld").read_text(encoding="utf-8"))
    )
    cited = citation.read((copy.folder / "CITATION.cff").read_text(encoding="utf-8"))
    assert cited.get("url", "") == address
    for description in DESCRIPTIONS:
        text = (copy.folder / description.path).read_text(encoding="utf-8").lower()
        assert "doi.org" not in text and '"doi"' not in text, "no DOI is claimed"


def _written(description: object, again: Draft) -> list[str]:
    assert isinstance(description, type(DESCRIPTIONS[0]))
    (again.folder / description.path).write_text(description.write(again), encoding="utf-8")
    return check(description, again)


def test_an_address_ends_in_a_slash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(draft.tomllib, "loads", lambda text: {"address": "https://example.org/data"})
    draft.dataset.cache_clear()
    with pytest.raises(ValueError, match="slash"):
        draft.dataset()
    draft.dataset.cache_clear()


def test_the_diagram_has_every_reference() -> None:
    drawn = diagram()
    for table in tables().values():
        assert f"    {table.name} {{" in drawn
        for column in (c for c in table.columns if c.refers_to):
            assert f"{table.name} : {column.name}\n" in drawn


def test_the_dictionary_shows_examples_that_cannot_break_it(copy: Draft) -> None:
    text = (copy.folder / "README.md").read_text(encoding="utf-8")
    assert "| Role in the partnership | `lead` |" in text or "| Role in the partnership | `member` |" in text
    for line in text.splitlines():
        if line.startswith("| ") and "| --- |" not in line and line.count(" | ") == 5:
            assert line.replace("\\|", "").count("|") == 7, line
