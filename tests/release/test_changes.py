"""Old tables and changes give the new tables; versions that do not fit what changed are refused."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import duckdb
import pyarrow as arrow
import pyarrow.parquet as parquet
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from pipeline.__main__ import main
from pipeline.release import since
from pipeline.release.changes import Changes, apply, compare, differences
from pipeline.release.schema_changes import differences as schema_differences
from pipeline.release.schema_changes import enough
from schemas.facts import tables

OLD = arrow.schema([("k", arrow.string()), ("l", arrow.string()), ("a", arrow.int64()), ("b", arrow.string())])
# A later schema: `a` became text, `b` is gone, `c` is new.
NEW = arrow.schema([("k", arrow.string()), ("l", arrow.string()), ("a", arrow.string()), ("c", arrow.float64())])
KEY = {"key": json.dumps(["k", "l"])}


def table(rows: dict[tuple[str, str | None], tuple[object, object]], schema: arrow.Schema) -> arrow.Table:
    ordered = sorted(rows.items(), key=lambda row: (row[0][0], row[0][1] is not None, row[0][1] or ""))
    made = [dict(zip(schema.names, (*key, *cells), strict=True)) for key, cells in ordered]
    return arrow.Table.from_pylist(made, schema=schema.with_metadata(KEY))


KEYS = some.tuples(some.sampled_from(["a", "b", "ä", "Z", ""]), some.sampled_from([None, "", "en"]))
ROWS = some.dictionaries(KEYS, some.tuples(some.none() | some.integers(0, 2), some.none() | some.sampled_from("xyz")))
LATER = some.dictionaries(KEYS, some.tuples(some.none() | some.sampled_from("012"), some.none() | some.floats(0, 1)))


@settings(deadline=None, max_examples=20)
@given(ROWS, ROWS)
def test_law(old: dict, new: dict) -> None:
    before, after = table(old, OLD), table(new, OLD)
    changes = differences(before, after)
    assert apply(before, changes).cast(after.schema).equals(after)
    assert changes.num_rows == sum(old.get(key) != new.get(key) for key in old.keys() | new.keys())


@settings(deadline=None, max_examples=20)
@given(ROWS, LATER)
def test_law_across_schemas(old: dict, new: dict) -> None:
    before, after = table(old, OLD), table(new, NEW)
    changes = differences(before, after)
    assert apply(before, changes).cast(after.schema).to_pylist() == after.to_pylist()


def test_a_change_names_its_cells_with_old_and_new() -> None:
    before = table({("a", "en"): (1, "x"), ("b", None): (1, "x"), ("c", None): (1, "x")}, OLD)
    after = table({("a", "en"): (1, None), ("b", None): (1, "x"), ("d", None): (2, "y")}, OLD)
    found = Changes("t", ("k", "l"), differences(before, after))
    assert list(found.lines(9)) == [
        ("changed", "a | en", "b: x → (empty)"),
        ("removed", "c | None", "a: 1; b: x"),
        ("added", "d | None", "a: 2; b: y"),
    ]
    assert [found.count(kind) for kind in ("added", "removed", "changed")] == [1, 1, 1]


def edit(folder: Path, version: str, schema: str = "1.0.0") -> Path:
    """A later release: one membership less, one changed, one event more."""
    manifest = json.loads((folder / "manifest.json").read_text())
    (folder / "manifest.json").write_text(json.dumps(manifest | {"version": version, "schema": schema}))
    for name, change in {"memberships": _memberships, "events": _events}.items():
        path = folder / "parquet" / f"{name}.parquet"
        found = parquet.read_table(path)
        parquet.write_table(arrow.Table.from_pylist(change(found.to_pylist()), schema=found.schema), path)
    return folder


def _memberships(rows: list[dict]) -> list[dict]:
    return [rows[0] | {"role": "contributor", "since": None}, *rows[2:]]


def _events(rows: list[dict]) -> list[dict]:
    return [*rows, rows[0] | {"event_id": "event:zzz", "name": "Zzz"}]


def test_record_writes_changes_and_keeps_what_was_said_before(published: Path, tmp_path: Path) -> None:
    old = shutil.copytree(published, tmp_path / "old")
    new = edit(shutil.copytree(published, tmp_path / "new"), "2031.1.0")
    (new / "CHANGES.md").write_text("# Changes\n\n## 2026.11.0 of 2026-11-22\n\nFirst release.\n")
    for _ in range(2):
        since.record(new, old)
    text = (new / "CHANGES.md").read_text()
    assert text.count("## 2031.1.0") == text.count("## 2026.11.0") == 1
    assert text.index("## 2031.1.0") < text.index("## 2026.11.0") and "First release." in text
    assert (
        "Rows since 2026.11.0: 1 added, 1 removed, 1 changed." in text and "role: " in text and "→ contributor" in text
    )
    index = json.loads((new / "changes" / "index.json").read_text())
    assert [(i["table"], i["added"], i["removed"], i["changed"]) for i in index] == [
        ("events", 1, 0, 0),
        ("memberships", 0, 1, 1),
    ]
    for name, change in compare(old, new).items():
        before = parquet.read_table(old / "parquet" / f"{name}.parquet")
        after = parquet.read_table(new / "parquet" / f"{name}.parquet")
        recorded = new / "changes" / f"{name}.parquet"
        made = apply(before, parquet.read_table(recorded) if recorded.is_file() else change.rows)
        assert made.cast(after.schema).equals(after)


def test_the_query_that_the_record_shows_gives_the_new_table(
    published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = edit(shutil.copytree(published, tmp_path / "new"), "2031.1.0")
    shutil.copytree(published, new / "old")
    since.record(new, new / "old")
    query = (new / "CHANGES.md").read_text().split("```sql\n")[1].split("```")[0]
    monkeypatch.chdir(new)
    assert duckdb.sql(query).fetchall() == duckdb.sql("FROM 'parquet/memberships.parquet'").fetchall()


def test_versions_that_do_not_fit_are_refused(published: Path, tmp_path: Path) -> None:
    old = shutil.copytree(published, tmp_path / "old")
    for version, schema, says in (("2026.11.0", "1.0.0", "not newer"), ("2026.9.9", "1.0.0", "not newer")):
        new = edit(shutil.copytree(published, tmp_path / version), version, schema)
        with pytest.raises(since.NotReleasable, match=says):
            since.record(new, old)
        assert not (new / "changes").exists() and not (new / "CHANGES.md").exists()
    new = edit(shutil.copytree(published, tmp_path / "new"), "2031.1.0", "1.0.1")
    package = new / "datapackage.json"
    package.write_text(package.read_text().replace('"name": "role_text"', '"name": "role_words"'))
    with pytest.raises(since.NotReleasable, match=r"role_text is gone"):
        since.record(new, old)


def test_steps_of_the_schema() -> None:
    old = tables()
    members = old["memberships"]
    role = next(column for column in members.columns if column.name == "role")

    def step(*columns: object) -> set[str]:
        kept = tuple(column for column in members.columns if column.name != "role")
        return {
            kind
            for kind, _ in schema_differences(old, old | {"memberships": replace(members, columns=(*kept, *columns))})
        }

    assert schema_differences(old, dict(old)) == []
    assert step() == {"major"} and step(role, replace(role, name="new")) == {"minor"}
    assert step(replace(role, type="integer")) == step(replace(role, nullable=True)) == {"major"}
    assert step(replace(role, description="Other words")) == {"patch"}
    assert step(replace(role, codes={**role.codes, "new": "a new one"})) == {"minor"}
    assert step(replace(role, codes={})) == {"major"}
    assert enough("1.0.0", "1.0.0", []) and not enough("1.0.0", "1.0.0", [("patch", "")])
    assert enough("1.2.3", "1.3.0", [("minor", ""), ("patch", "")]) and not enough("1.2.3", "1.2.4", [("minor", "")])
    assert enough("1.2.3", "2.0.0", [("major", "")]) and not enough("2.0.0", "1.9.9", [])


def test_earlier_releases_come_from_git(published: Path, tmp_path: Path) -> None:
    project = tmp_path / "project"
    shutil.copytree(published, project / "data")
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org", "-C", str(project)]
    subprocess.run([*git, "init", "-q"], check=True)
    for version in ("2026.11.0", "2031.1.0"):
        if version != "2026.11.0":
            edit(project / "data", version)
        subprocess.run([*git, "add", "-A"], check=True)
        subprocess.run([*git, "commit", "-qm", version], check=True)
    assert since.last_release(project, "2026.11.0") is not None
    commit = since.last_release(project, "2031.1.0")
    assert commit is not None
    old = since.from_git(project, commit, tmp_path / "old")
    assert json.loads((old / "manifest.json").read_text())["version"] == "2026.11.0"
    assert since.step(old, project / "data").changes["memberships"].rows.num_rows == 2
    assert since.last_release(project, "x") != commit
    with pytest.raises(FileNotFoundError):
        since.from_git(project, "nothing", tmp_path)


def test_the_command_prints_cells_and_refuses_in_one_line(
    published: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    new = edit(shutil.copytree(published, tmp_path / "new"), "2031.1.0")
    assert main(["changes", "--data", str(new), "--since", str(published)]) == 0
    assert "→ contributor" in capsys.readouterr().out
    assert main(["changes", "--data", str(published), "--since", str(published), "--record"]) == 2
    assert main(["changes", "--data", str(tmp_path), "--since", str(published)]) == 2
    assert main(["changes", "--data", str(new), "--since", "no-such-revision"]) == 2
    errors = capsys.readouterr().err.splitlines()
    assert len(errors) == 3 and all(line.startswith("error: ") for line in errors)
