"""What Dagster runs: seeds, documents, claims, tables, files, page, release."""

from __future__ import annotations

import dagster as dg

import pipeline.history  # noqa: F401  every process of the web page needs its quick SQLite
from pipeline.assets.documents import claims, documents, folder_fingerprint, seeds
from pipeline.assets.release import descriptions, explorer, files, release
from pipeline.assets.tables import over_all_tables, tables
from pipeline.settings import Settings

everything = dg.define_asset_job(
    "everything", selection=dg.AssetSelection.all(), description="From the input folder to the release."
)


@dg.sensor(job=everything, minimum_interval_seconds=15, default_status=dg.DefaultSensorStatus.RUNNING)
def seeds_changed(
    context: dg.SensorEvaluationContext, settings: dg.ResourceParam[Settings]
) -> dg.SensorResult | dg.SkipReason:
    """Runs everything when a file of the input folder is added, removed or edited."""
    now = folder_fingerprint(settings)
    if context.cursor == now:
        return dg.SkipReason("the input folder has not changed")
    return dg.SensorResult(run_requests=[dg.RunRequest(run_key=now)], cursor=now)


def define(settings: Settings) -> dg.Definitions:
    """The definitions for one set of folders."""
    return dg.Definitions(
        assets=[seeds, documents, claims, tables, files, descriptions, explorer, release],
        asset_checks=[over_all_tables],
        jobs=[everything],
        sensors=[seeds_changed],
        resources={"settings": settings},
        executor=dg.in_process_executor,
    )


defs = define(Settings.from_environment())
