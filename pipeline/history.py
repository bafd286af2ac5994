"""Dagster's history of runs, kept in the project so that nobody exports a variable."""

from __future__ import annotations

import os
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import dagster as dg
from sqlalchemy import event
from sqlalchemy.engine import Engine

from pipeline.settings import PROJECT, Settings

KEPT_RUNS = 50
_WORK = "s3_partnerships/work"
_UNDER_WAY = [dg.DagsterRunStatus.NOT_STARTED, dg.DagsterRunStatus.STARTING, dg.DagsterRunStatus.STARTED]


def prepare() -> Path:
    """Make the history folder (`.dagster`, or what DAGSTER_HOME says) with its settings, and name it to Dagster.

    Raises OSError where it cannot be written.
    """
    home = Path(os.environ.setdefault("DAGSTER_HOME", str(PROJECT / ".dagster"))).absolute()
    home.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(Path(__file__).with_name("dagster.yaml"), home / "dagster.yaml")
    os.environ["DAGSTER_HOME"] = str(home)
    # The Python process asks a vendor otherwise, whatever dagster.yaml says.
    os.environ["DAGSTER_DISABLE_TELEMETRY"] = "1"
    return home


def prune(instance: dg.DagsterInstance) -> None:
    """Forget all but the last runs: each keeps a file of its own."""
    for record in instance.get_run_records(limit=KEPT_RUNS * 2)[KEPT_RUNS:]:
        instance.delete_run(record.dagster_run.run_id)


def tags(settings: Settings) -> dict[str, str]:
    """What marks a run in the history from when it holds the work folder."""
    return {_WORK: str(settings.work)}


def fail_leftovers(instance: dg.DagsterInstance, settings: Settings) -> None:
    """Show as failed each run that was killed while it held the work folder; whoever calls this holds it now."""
    for record in instance.get_run_records(dg.RunsFilter(statuses=_UNDER_WAY, tags=tags(settings))):
        instance.report_run_failed(record.dagster_run, "its process ended before it did")


@event.listens_for(Engine, "connect")
def _do_not_wait_for_the_disk(connection: Any, _record: Any) -> None:
    """Most of a small run is SQLite syncing; a power cut may lose history of runs, never data."""
    if isinstance(connection, sqlite3.Connection):
        connection.execute("PRAGMA synchronous=OFF")
