"""Write a release: all tables in every format, what is known of their quality, and a manifest; all or nothing."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as arrow

from pipeline.release import database
from pipeline.release.files import write_csv, write_parquet, write_spreadsheet
from pipeline.release.quality import quality
from pipeline.release.readme import readme
from pipeline.release.swap import publish, read_manifest, sha256
from pipeline.release.version import version
from schemas import TABLES
from schemas.derive import to_arrow

PRIVACY = Path(__file__).with_name("PRIVACY.md")


def release(tables: dict[str, pd.DataFrame], data: Path, work: Path) -> dict[str, Any]:
    """Publish validated `tables` in the folder `data` and return the manifest; `work` holds what is being made.

    Raises OSError where a folder cannot be written; the last release then stands untouched.
    """
    work.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="release-", dir=work) as folder:
        staged = Path(folder)
        rows = _write(staged, {name: to_arrow(model, tables[name]) for name, model in TABLES.items()})
        _write_text(staged / "quality.json", json.dumps(quality(tables), indent=1, ensure_ascii=False) + "\n")
        _write_text(staged / "README.md", readme())
        _write_text(staged / PRIVACY.name, PRIVACY.read_text(encoding="utf-8"))
        manifest = _manifest(staged, rows)
        publish(staged, data, manifest, keep=_unchanged)
    return manifest


def _write(staged: Path, tables: dict[str, arrow.Table]) -> dict[str, int]:
    """Parquet, CSV and DuckDB below `staged`; rows by file name."""
    for folder in ("parquet", "csv"):
        (staged / folder).mkdir()
    flat = database.build(staged / database.NAME, tables)
    rows = {database.NAME: sum(table.num_rows for table in tables.values())}
    for name, table in tables.items():
        write_parquet(table, staged / "parquet" / f"{name}.parquet")
        rows[f"parquet/{name}.parquet"] = table.num_rows
    for name, table in (tables | flat).items():
        write = write_spreadsheet if name in flat else write_csv
        write(table, staged / "csv" / f"{name}.csv")
        rows[f"csv/{name}.csv"] = table.num_rows
    return rows


def _manifest(staged: Path, rows: dict[str, int]) -> dict[str, Any]:
    files: dict[str, dict[str, Any]] = {}
    for path in sorted(p for p in staged.rglob("*") if p.is_file()):
        name = path.relative_to(staged).as_posix()
        if name != database.NAME:
            files[name] = {"rows": rows.get(name), "bytes": path.stat().st_size, "sha256": sha256(path)}
    digests = {name: files[f"parquet/{name}.parquet"]["sha256"] for name in TABLES}
    files[database.NAME] = {"rows": rows[database.NAME], "tables_sha256": database.content_digest(digests)}
    return {"name": "s3-partnerships", **version(), "files": files}


def _unchanged(data: Path, manifest: dict[str, Any]) -> frozenset[str]:
    """The database keeps its file while its content is the same: its bytes differ from build to build."""
    name = database.NAME
    same = read_manifest(data).get("files", {}).get(name) == manifest["files"][name]
    return frozenset({name}) if same and database.opens(data / name) else frozenset()


def _write_text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
