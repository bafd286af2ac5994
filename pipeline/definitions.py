"""What Dagster runs: seeds, documents, claims, tables, files, page, release."""

from __future__ import annotations

from collections.abc import Iterator

import dagster as dg

from pipeline.assets.documents import claims, documents, folder_fingerprint, seeds
from pipeline.assets.release import descriptions, explorer, files, release
from pipeline.assets.tables import over_all_tables, tables
from pipeline.history import fail_leftovers, tags  # every process of the web page needs its quick SQLite
from pipeline.lock import exclusive
from pipeline.settings import Settings
from pipeline.staging import repair

_WAIT = 3600.0
OWNER = "team:s3-partnerships"

everything = dg.define_asset_job(
    "everything", selection=dg.AssetSelection.all(), description="From the input folder to the release."
)


@dg.sensor(job=everything, minimum_interval_seconds=15, default_status=dg.DefaultSensorStatus.RUNNING)
def seeds_changed(
    context: dg.SensorEvaluationContext, watched: dg.ResourceParam[Settings]
) -> dg.SensorResult | dg.SkipReason:
    """Runs everything when a file of the input folder is added, removed or edited."""
    now = folder_fingerprint(watched)
    if context.cursor == now:
        return dg.SkipReason("the input folder has not changed")
    return dg.SensorResult(run_requests=[dg.RunRequest(run_key=now)], cursor=now)


def define(settings: Settings, held: bool = False) -> dg.Definitions:
    """The definitions for one set of folders; `held` where the caller holds the work folder against other runs."""

    @dg.resource
    def holding(context: dg.InitResourceContext) -> Iterator[Settings]:
        """The settings, and with them the work folder for as long as a run of the web page takes."""
        with exclusive(settings.work, _WAIT):
            if context.instance and context.run_id:
                fail_leftovers(context.instance, settings)
                context.instance.add_run_tags(context.run_id, tags(settings))
            repair(settings)
            yield settings

    return dg.Definitions(
        assets=dg.map_asset_specs(
            lambda spec: spec.replace_attributes(owners=[OWNER]),
            [seeds, documents, claims, tables, files, descriptions, explorer, release],
        ),
        asset_checks=[over_all_tables],
        jobs=[everything],
        sensors=[seeds_changed],
        resources={"settings": settings if held else holding, "watched": settings},
        executor=dg.in_process_executor,
    )


defs = define(Settings.from_environment())
