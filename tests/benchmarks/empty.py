"""The pipeline's assets and checks with nothing in them: what Dagster itself takes, and the start of its imports.

`python -m tests.benchmarks.empty WORK` runs them once, with the history in a Dagster home as any run has.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import dagster as dg

from pipeline import run as running
from pipeline.definitions import define
from pipeline.settings import Settings


def emptied(settings: Settings, held: bool = False) -> dg.Definitions:
    """The definitions of the pipeline, every step of which does nothing."""
    real = define(settings, held)
    return dg.Definitions(
        assets=[_asset(n, a) if isinstance(a, dg.AssetsDefinition) else a for n, a in enumerate(real.assets or ())],
        asset_checks=[_checks(n, list(c.check_specs)) for n, c in enumerate(real.asset_checks or ())],  # type: ignore[union-attr]
        jobs=list(real.jobs or ()),
        executor=dg.in_process_executor,
    )


def _asset(number: int, real: dg.AssetsDefinition) -> dg.AssetsDefinition:
    @dg.multi_asset(name=f"nothing_{number}", specs=list(real.specs), check_specs=list(real.check_specs))
    def nothing() -> Iterator[Any]:
        for spec in real.specs:
            found = [_passed(c) for c in real.check_specs if c.asset_key == spec.key]
            told = {"dagster/row_count": 0} if spec.key.path[0] == "tables" else {}
            yield dg.MaterializeResult(asset_key=spec.key, metadata=told, check_results=found)

    return nothing


def _checks(number: int, specs: list[dg.AssetCheckSpec]) -> dg.AssetChecksDefinition:
    @dg.multi_asset_check(name=f"no_check_{number}", specs=specs)
    def nothing() -> Iterator[dg.AssetCheckResult]:
        yield from map(_passed, specs)

    return nothing


def _passed(spec: dg.AssetCheckSpec) -> dg.AssetCheckResult:
    return dg.AssetCheckResult(asset_key=spec.asset_key, check_name=spec.name, passed=True)


def main() -> int:
    """Run the empty steps as the command runs the real ones."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.empty",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("work", type=Path, help="folder for what the run keeps")
    given = parser.parse_args()
    running.define = emptied
    return running.run(replace(Settings(), work=given.work))


if __name__ == "__main__":
    sys.exit(main())
