"""The checked tables become the release."""

from __future__ import annotations

import json

import dagster as dg
import pandas as pd

from pipeline.assets.pictures import bars, image
from pipeline.assets.tables import KEYS
from pipeline.checks import CHECKS
from pipeline.explorer.data import accuracy
from pipeline.explorer.picture import picture
from pipeline.release import release as publish
from pipeline.settings import Settings
from pipeline.staging import load_staged
from schemas import codes


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
            "map": image(picture(tables, detailed=False), "Regions by number of partnerships"),
            "quotes by language": image(bars(_languages(tables)), "Quotes by language of their document"),
            "partnerships by platform": image(bars(_platforms(tables)), "Partnerships by platform"),
            **_accuracy(settings),
        }
    )


def _languages(tables: dict[str, pd.DataFrame]) -> pd.Series:
    languages = tables["documents"].set_index("document_id")["language"].fillna("unknown")
    return tables["evidence"]["document_id"].map(languages).value_counts()


def _platforms(tables: dict[str, pd.DataFrame]) -> pd.Series:
    return tables["partnerships"]["platform"].map(codes.PLATFORM).fillna("no platform").value_counts()


def _accuracy(settings: Settings) -> dict[str, float]:
    """What was measured, as numbers that Dagster plots over the runs."""
    measured = accuracy(json.loads((settings.data / "quality.json").read_text(encoding="utf-8")))
    kinds = measured["kinds"] if measured else {}
    return {
        f"{measure} of {kind}": float(facts[measure])
        for kind, facts in kinds.items()
        if kind.startswith("all ")
        for measure in ("precision", "recall", "f1")
        if facts[measure] is not None
    }
