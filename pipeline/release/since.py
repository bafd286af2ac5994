"""`CHANGES.md` and `changes/`: how a release differs from the one before it; earlier releases come from git."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import tarfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as parquet

from pipeline.release.changes import KINDS, Changes, apply, compare
from pipeline.release.files import parquet_of, write_parquet
from pipeline.release.metadata import datapackage
from pipeline.release.schema_changes import differences, enough
from pipeline.release.swap import read_manifest, sha256

_HEAD = """# Changes

What each release changed, newest first. `changes/<table>.parquet` has the last step whole: a row for every row that was
added, removed or changed, with the cells before (`old`) and after (`new`); `changes/index.json` names the files. The
old tables and the changes give the new ones:

```sql
SELECT o.* FROM 'old/parquet/memberships.parquet' o
WHERE membership_id NOT IN (SELECT old.membership_id FROM 'changes/memberships.parquet' WHERE old IS NOT NULL)
UNION ALL SELECT unnest(new) FROM 'changes/memberships.parquet' WHERE new IS NOT NULL
ORDER BY membership_id;
```
"""
_FIRST = "First release."


class NotReleasable(Exception):
    """The versions do not fit what changed; the message says what to do."""


@dataclass(frozen=True)
class Step:
    """From one release to the next: manifests, changes by table, differences of the schema (None: not known)."""

    old: dict[str, Any]
    new: dict[str, Any]
    changes: dict[str, Changes]
    schema: list[tuple[str, str]] | None

    def text(self, limit: int) -> str:
        """The step as Markdown, at most `limit` rows of each table."""
        total = {kind: sum(one.count(kind) for one in self.changes.values()) for kind in KINDS}
        counted = ", ".join(f"{total[kind]:,} {kind}" for kind in KINDS)
        lines = [f"Rows since {self.old['version']}: {counted}."]
        if self.schema is None:
            lines += ["", "The release before does not say its schema; schemas were not compared."]
        elif self.schema:
            lines += ["", f"Schema {self.old['schema']} became {self.new['schema']}:", ""]
            lines += [f"* {step}: {said}" for step, said in self.schema]
        changed = {name: one for name, one in self.changes.items() if one.rows.num_rows}
        if changed:
            lines += ["", "| table | added | removed | changed |", "| --- | --- | --- | --- |"]
            lines += [f"| {n} | {' | '.join(f'{one.count(k):,}' for k in KINDS)} |" for n, one in changed.items()]
        for name, one in changed.items():
            lines += ["", f"### {name}", ""]
            lines += [f"* {kind} {_span(key)}: {_span(said)}" for kind, key, said in one.lines(limit)]
            if one.rows.num_rows > limit:
                lines.append(f"* and {one.rows.num_rows - limit:,} more")
        return "\n".join(lines) + "\n"


def step(old: Path, new: Path) -> Step:
    """What differs between the releases in two folders. Raises FileNotFoundError where one holds none."""
    manifests = []
    for folder in (old, new):
        if not (manifest := read_manifest(folder)):
            raise FileNotFoundError(f"{folder} holds no release")
        manifests.append(manifest)
    described = [folder / "datapackage.json" for folder in (old, new)]
    schema = None
    if all(path.is_file() for path in described):
        schema = differences(*(datapackage.read(path.read_text(encoding="utf-8")) for path in described))
    return Step(manifests[0], manifests[1], compare(old, new), schema)


def record(data: Path, old: Path | None) -> str:
    """Write `CHANGES.md` and `changes/` of the release in `data` since that in `old` (None: it is the first).

    Returns the new section. Raises NotReleasable where a version does not fit the changes, and AssertionError where
    the changes do not lead from the old tables to the new ones.
    """
    manifest = read_manifest(data)
    if old is None:
        section = f"{_FIRST}\n"
        shutil.rmtree(data / "changes", ignore_errors=True)
    else:
        found = step(old, data)
        _hold_versions(found)
        _write_changes(data, old, found)
        section = found.text(20)
    path = data / "CHANGES.md"
    before = path.read_text(encoding="utf-8") if path.is_file() else ""
    title = f"## {manifest['version']}"
    earlier = [part for part in re.split(r"(?m)^(?=## )", before)[1:] if part.split(" of ")[0] != title]
    text = "\n".join([_HEAD, f"{title} of {manifest['date']}\n", section, *(part.rstrip() + "\n" for part in earlier)])
    path.write_text(text, encoding="utf-8", newline="\n")
    return section


def last_release(project: Path, version: str) -> str | None:
    """The newest commit whose `data/` has a release of another version than `version`, or None."""
    for commit in _git(project, "log", "--format=%H", "--", "data/manifest.json").decode().split():
        found = json.loads(_git(project, "show", f"{commit}:data/manifest.json"))
        if found["version"] != version:
            return commit
    return None


def from_git(project: Path, revision: str, into: Path) -> Path:
    """The release that `revision` has in `data/`, put below `into`. Raises FileNotFoundError where it has none."""
    paths = ("manifest.json", "datapackage.json", "parquet")
    held = _git(project, "ls-tree", "--name-only", revision, *(f"data/{p}" for p in paths)).decode().split()
    if "data/manifest.json" not in held:
        raise FileNotFoundError(f"{revision} has no release in data/")
    with tarfile.open(fileobj=io.BytesIO(_git(project, "archive", revision, *held))) as archive:
        archive.extractall(into, filter="data")
    return into / "data"


def _hold_versions(found: Step) -> None:
    old, new = found.old, found.new
    before, after = ([int(part) for part in manifest["version"].split(".")] for manifest in (old, new))
    if after <= before:
        raise NotReleasable(
            f"release {new['version']} is not newer than {old['version']}: set `version` and `date` in "
            "pipeline/release/version.toml and run `make data`"
        )
    if found.schema is not None and not enough(old["schema"], new["schema"], found.schema):
        kind, said = found.schema[0] if found.schema else ("no", "it went back")
        raise NotReleasable(
            f"schema {old['schema']} to {new['schema']} is too small a step: {kind} change, {said}; set `schema` in "
            "pipeline/release/version.toml and run `make data`"
        )


def _write_changes(data: Path, old: Path, found: Step) -> None:
    folder = data / "changes"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    index = []
    for name, one in found.changes.items():
        before, after = (parquet_of(place, name) for place in (old, data))
        if before.exists() and after.exists():
            _hold_law(before, after, one)
        if not one.rows.num_rows:
            continue
        path = folder / f"{name}.parquet"
        write_parquet(one.rows, path)
        index.append(
            {
                "table": name,
                "file": f"changes/{path.name}",
                "from": found.old["version"],
                "to": found.new["version"],
                **{kind: one.count(kind) for kind in KINDS},
                "bytes": path.stat().st_size,
                "sha256": sha256(path),
                "old_table_sha256": sha256(before) if before.is_file() else None,
                "new_table_sha256": sha256(after) if after.is_file() else None,
            }
        )
    (folder / "index.json").write_text(json.dumps(index, indent=1) + "\n", encoding="utf-8", newline="\n")


def _hold_law(before: Path, after: Path, found: Changes) -> None:
    old, new = parquet.read_table(before), parquet.read_table(after)
    if old.schema.metadata[b"key"] == new.schema.metadata[b"key"]:
        made = apply(old, found.rows).cast(new.schema)
        assert made.equals(new), f"{found.table}: old rows and changes do not give the new rows"


def _git(project: Path, *arguments: str) -> bytes:
    done = subprocess.run(["git", *arguments], cwd=project, capture_output=True, check=False)
    if done.returncode:
        raise FileNotFoundError(f"git {arguments[0]}: {done.stderr.decode(errors='replace').strip()}")
    return done.stdout


def _span(text: str) -> str:
    # Nothing in a code span is acted on; only its own mark would end it.
    return f"`{text.replace('`', chr(39))}`"
