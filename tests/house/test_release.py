from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow as arrow
import pyarrow.parquet as parquet
import pytest

import pipeline.release as releasing
from pipeline.checks import Staged
from pipeline.explain import explain
from pipeline.release import database, release, swap
from pipeline.release.changes import compare
from pipeline.release.files import write_csv
from pipeline.tables import Tables
from schemas import TABLES


@pytest.fixture(scope="module")
def published(whole: Staged, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("published")
    release(whole.tables, folder / "data", folder / "work")
    return folder / "data"


def contents(folder: Path) -> dict[str, str]:
    files = (p for p in folder.rglob("*") if p.is_file())
    return {p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def test_the_manifest_names_every_file_and_holds(published: Path) -> None:
    manifest = json.loads((published / "manifest.json").read_text())
    assert set(manifest["files"]) | {"manifest.json"} == set(contents(published))
    assert swap.verify(published) == []
    assert manifest["files"]["parquet/memberships.parquet"]["rows"] == 3
    assert "sha256" not in manifest["files"][database.NAME]


def test_a_rebuild_gives_the_same_bytes_and_leaves_the_database(published: Path, whole: Staged, tmp_path: Path) -> None:
    before = contents(published)
    release(whole.tables, published, tmp_path)
    assert contents(published) == before
    release(whole.tables, tmp_path / "data", tmp_path)
    elsewhere = contents(tmp_path / "data")
    assert {k: v for k, v in elsewhere.items() if k != database.NAME} == {
        k: v for k, v in before.items() if k != database.NAME
    }


def test_the_database_is_written_anew_where_it_was_damaged(whole: Staged, tmp_path: Path) -> None:
    release(whole.tables, tmp_path / "data", tmp_path / "work")
    (tmp_path / "data" / database.NAME).write_bytes(b"broken")
    release(whole.tables, tmp_path / "data", tmp_path / "work")
    assert database.opens(tmp_path / "data" / database.NAME)


def test_parquet_explains_itself(published: Path) -> None:
    schema = parquet.read_schema(published / "parquet" / "memberships.parquet")
    assert b"pandas" not in schema.metadata
    assert schema.field("role").metadata[b"description"] == b"Role in the partnership"
    assert not schema.field("role").nullable and schema.field("since_earliest").type == arrow.date32()
    assert json.loads(schema.metadata[b"columns"])["role"]["origin"] == "stated"


def test_csv_and_parquet_say_the_same(published: Path) -> None:
    for name in TABLES:
        rows = parquet.read_table(published / "parquet" / f"{name}.parquet").to_pylist()
        with (published / "csv" / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
            found = list(csv.DictReader(lines))
        assert len(found) == len(rows)
        for a, b in zip(found, rows, strict=True):
            assert {k: v for k, v in a.items() if v} == {k: _text(v) for k, v in b.items() if v is not None and v != ""}


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else f"{value:g}" if isinstance(value, float) else str(value)


def test_csv_keeps_line_ends_quotes_and_nulls(tmp_path: Path) -> None:
    write_csv(arrow.table({"a": ['x"y', "cr\rlf\n", None, "", "=1+1"]}), tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_bytes() == b'"a"\n"x""y"\n"cr\rlf\n"\n\n""\n"=1+1"\n'


def test_the_database_answers(published: Path) -> None:
    with duckdb.connect(str(published / database.NAME), read_only=True) as connection:

        def ask(query: str) -> list[tuple[object, ...]]:
            return connection.execute(query).fetchall()

        assert ask("SELECT name, leads, members, first_quote IS NOT NULL FROM s3_partnerships") == [
            ("Velmora", "Northmark", 3, True)
        ]
        assert ask("SELECT count(*) FROM members") == [(3,)]
        assert ask("SELECT region, other, partnerships FROM co_membership") == [("Northmark", "Southmark", 1)]
        profile = ask("SELECT roles, partners FROM region_profile WHERE region_id = 'region:NM1'")
        assert profile == [("lead", "Kestria Institute; Southmark")]
        assert ask("SELECT DISTINCT value FROM conflicts ORDER BY 1") == [("2016",), ("2017",)]
        assert [r[0] for r in ask("SELECT what FROM timeline")] == ["launched", "joined", "starts"]
        assert ask(
            "SELECT DISTINCT value FROM sources_of('partnership:velmora') WHERE column_name = 'launched' ORDER BY 1"
        )
        assert ask("SELECT nuts_code FROM flat_memberships WHERE participant = 'Southmark'") == [("NM2",)]
        views = {name for (name,) in ask("SELECT view_name FROM duckdb_views() WHERE NOT internal AND comment IS NULL")}
        assert views == set()
        assert ask("SELECT count(*) FROM duckdb_constraints() WHERE constraint_type = 'FOREIGN KEY'")[0][0] == sum(
            len(model.references()) for model in TABLES.values()
        )
    # The header's storage number: 64 is what DuckDB 1.0 and 1.1 read.
    assert int.from_bytes((published / database.NAME).read_bytes()[12:20], "little") == 64


def test_an_authority_counts_for_its_territory(staged: Staged, tmp_path: Path) -> None:
    tables = staged.tables
    tables["organisations"].loc[0, "acts_for_region_id"] = "region:NM2"
    release(tables, tmp_path / "data", tmp_path / "work")
    with duckdb.connect(str(tmp_path / "data" / database.NAME), read_only=True) as connection:
        rows = connection.execute("SELECT through FROM region_profile WHERE region_id = 'region:NM2'").fetchall()
    assert rows == [("Kestria Institute",)]


def test_status_and_role_decide_who_is_a_member(staged: Staged, tmp_path: Path) -> None:
    for row, (column, value) in enumerate((("status", "former"), ("role", "contributor"), ("status", "planned"))):
        staged.tables["memberships"].loc[row, column] = value
    release(staged.tables, tmp_path / "data", tmp_path / "work")
    with duckdb.connect(str(tmp_path / "data" / database.NAME), read_only=True) as connection:
        assert connection.execute("SELECT count(*) FROM members").fetchall() == [(0,)]


def test_dictionary_and_quality(published: Path, whole: Staged) -> None:
    text = (published / "README.md").read_text()
    assert all(f"### {name}\n" in text for name in TABLES) and "`co_membership`" in text and "CC BY 4.0" in text
    quality = json.loads((published / "quality.json").read_text())
    assert quality["rows"]["evidence"] == len(whole.tables["evidence"])
    assert quality["share_of_rows_with_evidence"]["memberships"] == 1.0
    assert quality["documents_by_status"] == {"read": 3}


def test_regions_load_whatever_their_order(staged: Staged, tmp_path: Path) -> None:
    tables = staged.tables
    deep = pd.DataFrame([{**tables["regions"].iloc[1].to_dict(), "region_id": "region:A", "parent_id": "region:NM1"}])
    tables["regions"] = TABLES["regions"].validate(
        pd.concat([deep, tables["regions"]], ignore_index=True).astype(tables["regions"].dtypes.to_dict())
    )
    entity = {**tables["entities"].iloc[-1].to_dict(), "entity_id": "region:A"}
    tables["entities"] = TABLES["entities"].validate(
        pd.concat([tables["entities"], pd.DataFrame([entity])], ignore_index=True)
    )
    release(tables, tmp_path / "data", tmp_path / "work")
    assert database.opens(tmp_path / "data" / database.NAME)


def test_a_large_release_is_in_parts(tables: dict[str, pd.DataFrame], tmp_path: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database, "KEYED", 3)
        release(tables, tmp_path / "keyless", tmp_path / "work")
        patch.setattr(releasing, "PARTED", 3)
        patch.setattr(database, "HELD", 10)
        manifest = release(Tables(tables), tmp_path / "data", tmp_path / "work")
    data = tmp_path / "data"
    assert swap.verify(data) == [] and (data / "parquet" / "memberships.parquet").is_file()
    assert manifest["files"]["parquet/evidence/part-00000.parquet"]["rows"] == len(tables["evidence"])
    assert len(list((data / "parquet").glob("evidence/*.parquet"))) == 1
    with duckdb.connect(config={"file_search_path": str(data)}) as connection:
        for name in ("keyless", "data"):
            connection.execute(f"ATTACH '{tmp_path / name / database.NAME}' AS {name} (READ_ONLY)")
        for table in (*TABLES, "flat_memberships", "region_profile"):
            assert connection.execute(f"FROM data.{table} EXCEPT FROM keyless.{table}").fetchall() == []
        keys = "SELECT DISTINCT table_name FROM duckdb_constraints() WHERE constraint_type = 'PRIMARY KEY'"
        found = {name for (name,) in connection.execute(f"{keys} AND database_name = 'keyless'").fetchall()}
        assert "memberships" in found and not found & {"mentions", "evidence"}
    row = tables["memberships"]["membership_id"].iloc[0]
    assert explain(row, data) == explain(row, tmp_path / "keyless")
    assert all(not changes.rows.num_rows for changes in compare(tmp_path / "keyless", data).values())
