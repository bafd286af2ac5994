"""Run the definitions in this process and say in a few lines what came of it."""

from __future__ import annotations

import gc
import logging
import sys
import time
import warnings
from collections.abc import Iterator
from typing import Any

import dagster as dg

from pipeline.definitions import define
from pipeline.history import fail_leftovers, prepare, prune, tags
from pipeline.lock import exclusive
from pipeline.plain import visible
from pipeline.preflight import Unusable
from pipeline.settings import Settings
from pipeline.staging import repair

_WAIT = 600.0
_QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}


def run(settings: Settings) -> int:
    """Materialise everything; 0 where the release was published, 1 where a step or check failed.

    Waits for another run over the same folders to end. Raises Unusable where it does not in ten minutes.
    """
    started = time.perf_counter()
    # Modules, packs and gazetteer stay: to look through them for garbage so often takes a tenth of a small run.
    gc.set_threshold(50_000, 20, 20)
    logging.basicConfig(format="%(message)s", level=logging.WARNING)
    for handler in logging.getLogger().handlers:
        handler.setFormatter(_Visible())
    warnings.simplefilter("ignore")
    try:
        with exclusive(settings.work, _WAIT, _say_waiting), _instance() as instance:
            repair(settings)
            fail_leftovers(instance, settings)
            result = (
                define(settings, held=True)
                .resolve_job_def("everything")
                .execute_in_process(instance=instance, raise_on_error=False, run_config=_QUIET, tags=tags(settings))
            )
            if not instance.is_ephemeral:
                prune(instance)
    except TimeoutError as error:
        raise Unusable(str(error)) from None
    print("\n".join(map(visible, summary(result))))
    if result.success:
        print(f"Done in {time.perf_counter() - started:.1f} s.")
        return 0
    print(f"error: {visible(failure(result))}; the release in {settings.data} is as it was", file=sys.stderr)
    return 1


def summary(result: dg.ExecuteInProcessResult) -> Iterator[str]:
    """Documents, tables, checks and the release, line by line; what did not happen is left out."""
    events = [e.step_materialization_data.materialization for e in result.get_asset_materialization_events()]
    made = {m.asset_key.to_user_string(): _values(m.metadata) for m in events}
    if (read := made.get("documents")) and (said := made.get("claims")):
        aside = f", {read['set aside']} set aside" if read["set aside"] else ""
        new, cached = said["newly extracted"], said["from the cache"]
        failed = f", {said['failed']} failed: {said['failed documents']}" if said["failed"] else ""
        yield f"Documents: {read['documents']}{aside}; {new} newly extracted, {cached} from the cache{failed}"
    rows = {name.partition("/")[2]: m["dagster/row_count"] for name, m in made.items() if name.startswith("tables/")}
    if rows:
        yield f"Tables: {len(rows)}"
        yield from (f"  {name:<15}{count:>9,}" for name, count in rows.items())
    checks = result.get_asset_check_evaluations()
    if checks:
        yield f"Checks: {sum(c.passed for c in checks)} passed, {sum(not c.passed for c in checks)} did not"
        for check in checks:
            if not check.passed:
                facts = _values(check.metadata)
                mark = "warning" if check.severity == dg.AssetCheckSeverity.WARN else "error"
                name = f"{check.asset_key.path[-1]}.{check.check_name}"
                yield f"  {mark}: {name}: {facts.get('problems', '?')} problem(s); first: {facts.get('first', '?')}"
    if published := made.get("release"):
        size = f"{published['rows']:,} rows, {published['files']} files"
        yield f"Release {published['version']}: {size} in {published['folder']}"


def failure(result: dg.ExecuteInProcessResult) -> str:
    """Why the run failed, on one line."""
    for event in result.all_events:
        if event.is_step_failure:
            error = event.step_failure_data.error
            cause = error.cause if error and error.cause else error
            text = " ".join((cause.message if cause else "").split()).split(" Stack Trace")[0]
            return f"step {event.step_key} failed: {text[:300]}"
    return "the run failed"


def _instance() -> dg.DagsterInstance:
    try:
        prepare()
        return dg.DagsterInstance.get()
    except OSError:
        # A project that cannot be written still publishes elsewhere, without history.
        return dg.DagsterInstance.ephemeral()


class _Visible(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return visible(super().format(record))


def _say_waiting() -> None:
    print("another run is at work; waiting for it to end", file=sys.stderr, flush=True)


def _values(metadata: Any) -> dict[str, Any]:
    return {key: value.value for key, value in metadata.items()}
