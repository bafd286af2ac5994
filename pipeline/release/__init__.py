"""Make a release: all tables in every format, what is known of their quality, what describes them; all or nothing.

`draft` writes the data files, `describe` what is written about them, `explore` the page that shows them; `publish`
swaps the whole into place.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as arrow

from pipeline.explorer import page, picture
from pipeline.release import database, metadata, questions, spreadsheet
from pipeline.release.files import write_csv, write_parquet, write_spreadsheet
from pipeline.release.metadata.draft import Draft
from pipeline.release.quality import quality
from pipeline.release.swap import publish as swap_in
from pipeline.release.swap import read_manifest, sha256
from pipeline.release.version import version
from pipeline.tables import Tables
from schemas import TABLES

PRIVACY = Path(__file__).with_name("PRIVACY.md")
_FILES = "files.json"
PARTED = 2_000_000
"""Rows of a table that one Parquet file holds; a larger one is several files."""
FLAT = ("flat_memberships", "flat_partnerships")


def release(
    tables: Mapping[str, pd.DataFrame],
    data: Path,
    work: Path,
    texts: Mapping[str, str] | None = None,
    suppressed: frozenset[str] = frozenset(),
) -> dict[str, Any]:
    """Publish validated `tables` in the folder `data` and return the manifest; `work` holds what is being made.

    `texts` and `suppressed` are those of `explore`. Raises OSError where a folder cannot be written, ValueError where a
    description is wrong; the last release then stands untouched.
    """
    drafted = draft(tables, data, work)
    for path, problems in describe(drafted).items():
        if problems:
            raise ValueError(f"{path}: {problems[0]}")
    explore(drafted, tables, texts or {}, suppressed)
    return publish(data, work)


def draft(tables: Mapping[str, pd.DataFrame], data: Path, work: Path) -> Draft:
    """Write the data files of a release below `work`, in place of an earlier draft.

    The workbook of the release in `data` is taken over where it has the same tables: it takes longest to write.
    """
    folder = work / "draft"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    tables = Tables.over(tables)
    files = _write(folder, tables, data)
    _write_text(folder / "quality.json", json.dumps(quality(tables), indent=1, ensure_ascii=False) + "\n")
    _write_text(folder / PRIVACY.name, PRIVACY.read_text(encoding="utf-8"))
    _write_text(folder / picture.NAME, picture.picture(tables))
    questions.write(folder / "queries", folder / database.NAME, version()["version"])
    files |= _entries(folder, known=files)
    (work / _FILES).write_text(json.dumps(files), encoding="utf-8")
    return Draft(folder, files)


def describe(draft: Draft) -> dict[str, list[str]]:
    """Write what describes the draft, for people and machines; what is wrong with each file, by path."""
    return metadata.describe(draft)


def explore(
    draft: Draft, tables: Mapping[str, pd.DataFrame], texts: Mapping[str, str], suppressed: frozenset[str] = frozenset()
) -> None:
    """Write the page over the described draft: it lists all other files, so it comes last but for the manifest.

    `texts` are the documents' texts by id: quotes are shown with a little of them around, without what is `suppressed`.
    """
    others = _entries(draft.folder, known={**draft.files, page.NAME: {}})
    page.write(draft.folder, tables, {**version(), "files": draft.files | others}, texts, suppressed)


def load_draft(work: Path) -> Draft:
    """The draft below `work`. Raises FileNotFoundError where there is none."""
    return Draft(work / "draft", json.loads((work / _FILES).read_text(encoding="utf-8")))


def publish(data: Path, work: Path) -> dict[str, Any]:
    """Make the described draft below `work` the release in `data`; its manifest. The draft is gone then."""
    drafted = load_draft(work)
    described = _entries(drafted.folder, known=drafted.files)
    manifest = {"name": drafted.facts["name"], **version(), "files": drafted.files | described}
    swap_in(drafted.folder, data, manifest, keep=_unchanged)
    shutil.rmtree(drafted.folder)
    (work / _FILES).unlink()
    return manifest


def _write(folder: Path, tables: Tables, data: Path) -> dict[str, dict[str, Any]]:
    """Parquet, CSV, DuckDB and the workbook below `folder`; what the manifest says of each."""
    for kind in ("parquet", "csv"):
        (folder / kind).mkdir()
    rows: dict[str, int] = {}
    digests = {}
    for name in TABLES:
        parts = _parquet(folder / "parquet", name, tables)
        rows |= {path.relative_to(folder).as_posix(): count for path, count in parts.items()}
        rows[f"csv/{name}.csv"] = write_csv(tables.pieces(name), folder / "csv" / f"{name}.csv")
        digests[name] = " ".join(sha256(path) for path in parts)
    database.build(folder / database.NAME, tables)
    for name in FLAT:
        rows[f"csv/{name}.csv"] = write_spreadsheet(
            database.flat(folder / database.NAME, name), folder / "csv" / f"{name}.csv"
        )
    files = {name: _entry(folder / name, count) for name, count in rows.items()}
    whole = {"rows": sum(tables.count(name) for name in TABLES)}
    files[database.NAME] = {**whole, "tables_sha256": database.content_digest(digests, tables)}
    content = spreadsheet.content_digest({path: entry["sha256"] for path, entry in files.items() if path in rows})
    sheets = {
        name: _Sheet(rows[f"csv/{name}.csv"], partial(database.flat, folder / database.NAME, name)) for name in FLAT
    }
    sheets |= {name: _Sheet(tables.count(name), partial(tables.pieces, name)) for name in TABLES}
    _workbook(folder / spreadsheet.NAME, sheets, data, content)
    files[spreadsheet.NAME] = {**_entry(folder / spreadsheet.NAME), **whole, "tables_sha256": content}
    return files


def _parquet(folder: Path, name: str, tables: Tables) -> dict[Path, int]:
    """The Parquet file of a table, or several in a folder of its name where it is large; rows by file."""
    if tables.count(name) <= PARTED:
        return {folder / f"{name}.parquet": write_parquet(tables.pieces(name), folder / f"{name}.parquet")}
    (folder / name).mkdir()
    found: dict[Path, int] = {}
    waiting: list[arrow.Table] = []
    pieces = tables.pieces(name)
    while (piece := next(pieces, None)) is not None or waiting:
        waiting += [piece] if piece is not None else []
        if piece is None or sum(p.num_rows for p in waiting) >= PARTED:
            path = folder / name / f"part-{len(found):05}.parquet"
            found[path] = write_parquet(waiting, path)
            waiting = []
    return found


@dataclass(frozen=True)
class _Sheet:
    """A table of the workbook, read when it is written: what a workbook leaves out is not read."""

    num_rows: int
    pieces: Callable[[], Iterator[arrow.Table]]

    def to_batches(self, max_chunksize: int) -> Iterator[arrow.RecordBatch]:
        """The rows."""
        for piece in self.pieces():
            yield from piece.to_batches(max_chunksize=max_chunksize)


def _workbook(path: Path, tables: Mapping[str, Any], data: Path, content: str) -> None:
    last, entry = data / path.name, read_manifest(data).get("files", {}).get(path.name, {})
    if entry.get("tables_sha256") == content and last.is_file() and sha256(last) == entry["sha256"]:
        shutil.copyfile(last, path)
    else:
        spreadsheet.write(path, tables)


def _entries(folder: Path, known: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """What the manifest says of each file below `folder` that is not `known`."""
    files = sorted(p for p in folder.rglob("*") if p.is_file())
    names = {p.relative_to(folder).as_posix(): p for p in files}
    return {name: _entry(path) for name, path in names.items() if name not in known}


def _entry(path: Path, rows: int | None = None) -> dict[str, Any]:
    return {"rows": rows, "bytes": path.stat().st_size, "sha256": sha256(path)}


def _unchanged(data: Path, manifest: dict[str, Any]) -> frozenset[str]:
    """The database keeps its file while its content is the same: its bytes differ from build to build."""
    name = database.NAME
    same = read_manifest(data).get("files", {}).get(name) == manifest["files"][name]
    return frozenset({name}) if same and database.opens(data / name) else frozenset()


def _write_text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
