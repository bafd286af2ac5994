"""The checked tables become the release."""

from __future__ import annotations

import dagster as dg

from pipeline.assets.pictures import accuracy_numbers, pictures
from pipeline.assets.tables import KEYS
from pipeline.checks import CHECKS
from pipeline.release import release as publish
from pipeline.settings import Settings
from pipeline.staging import load_staged


@dg.asset(deps=list(KEYS.values()), group_name="release", kinds={"parquet", "csv", "duckdb", "html"})
def release(settings: dg.ResourceParam[Settings]) -> dg.MaterializeResult[None]:
    """All tables as Parquet, CSV and one DuckDB file, with page, dictionary, quality and manifest; all or nothing."""
    staged = load_staged(settings)
    # Someone may start this step alone: what is staged must hold here too.
    for check in CHECKS:
        if check.blocking and (found := check.find(staged)):
            raise dg.Failure(f"{check.name}: {len(found)} problems; the last release stays")
    tables = staged.tables
    manifest = publish(tables, settings.data, settings.work, staged.texts(), staged.suppressed)
    return dg.MaterializeResult(
        metadata={
            "version": manifest["version"],
            "folder": str(settings.data),
            "files": len(manifest["files"]),
            "rows": sum(len(frame) for frame in tables.values()),
            "rows by table": {name: len(frame) for name, frame in tables.items()},
            **pictures(tables),
            **accuracy_numbers(settings.data),
        }
    )
