"""The checked tables become files, the files are described, the whole becomes the release."""

from __future__ import annotations

from collections.abc import Iterator

import dagster as dg

from pipeline.assets.pictures import accuracy_numbers, pictures
from pipeline.assets.show import problems
from pipeline.assets.tables import KEYS, faults
from pipeline.checks import Problem
from pipeline.explorer import page
from pipeline.release import describe, draft, explore, load_draft, publish
from pipeline.release.metadata import DESCRIPTIONS, check
from pipeline.release.metadata.draft import Draft
from pipeline.release.metadata.validators import validate
from pipeline.settings import Settings
from pipeline.staging import load_staged
from pipeline.tables import Tables

DESCRIBED = {
    d.path: dg.AssetKey(["descriptions", d.path.rpartition("/")[2].replace(".", "_").replace("-", "_")])
    for d in DESCRIPTIONS
}
HOLDS = "holds"


@dg.asset(deps=list(KEYS.values()), group_name="release", kinds={"parquet", "csv", "duckdb", "excel"})
def files(settings: dg.ResourceParam[Settings]) -> dg.MaterializeResult[None]:
    """All tables as Parquet, CSV, DuckDB and a workbook, with quality figures and answers; not yet published."""
    staged = load_staged(settings)
    # Someone may start this step alone: what is staged must hold here too.
    for fault in faults(settings):
        raise dg.Failure(f"{fault}; the last release stays")
    drafted = draft(staged.tables, settings.data, settings.work)
    tables = Tables.over(staged.tables)
    rows = {name: tables.count(name) for name in tables}
    return dg.MaterializeResult(
        metadata={
            "files": len(drafted.files),
            "rows": sum(rows.values()),
            "rows by table": rows,
        }
    )


@dg.multi_asset(
    specs=[
        dg.AssetSpec(DESCRIBED[d.path], deps=[files], group_name="release", description=f"`{d.path}`: {d.standard}")
        for d in DESCRIPTIONS
    ],
    check_specs=[
        dg.AssetCheckSpec(
            HOLDS,
            asset=DESCRIBED[d.path],
            blocking=True,
            description=f"`{d.path}`, read back as {d.standard}, says of the files what they are, and passes the "
            "standard's own validator where the extra `validate` is installed.",
        )
        for d in DESCRIPTIONS
    ],
)
def descriptions(settings: dg.ResourceParam[Settings]) -> Iterator[dg.MaterializeResult[None]]:
    """What catalogues, tools and people are told of the release, each in its standard."""
    drafted = _drafted(settings)
    # They take longer than all else of a small build, so what the project does not publish goes without.
    foreign = settings.validators == "auto" and settings.data != Settings().data
    when = "never" if foreign else settings.validators
    for path, differing in describe(drafted).items():
        invalid, validator = validate(path, drafted, settings.work, when)
        found = [*differing, *invalid]
        yield dg.MaterializeResult(
            asset_key=DESCRIBED[path],
            metadata={"bytes": (drafted.folder / path).stat().st_size},
            check_results=[
                dg.AssetCheckResult(
                    asset_key=DESCRIBED[path],
                    check_name=HOLDS,
                    passed=not found,
                    metadata={
                        **problems([Problem("release", path, problem) for problem in found]),
                        "validator": validator,
                    },
                )
            ],
        )


@dg.asset(deps=list(DESCRIBED.values()), group_name="release", kinds={"html", "javascript"})
def explorer(settings: dg.ResourceParam[Settings]) -> dg.MaterializeResult[None]:
    """The page `index.html`: tables, map, network and the quotes behind every fact, in one file without network."""
    drafted, staged = _drafted(settings), load_staged(settings)
    explore(drafted, staged.tables, staged.texts(), staged.suppressed)
    return dg.MaterializeResult(
        metadata={"bytes": (drafted.folder / page.NAME).stat().st_size, **pictures(staged.tables)}
    )


@dg.asset(deps=[explorer], group_name="release", kinds={"file"})
def release(settings: dg.ResourceParam[Settings]) -> dg.MaterializeResult[None]:
    """The drafted and described files swapped into the release folder, the manifest last; all or nothing."""
    drafted = _drafted(settings)
    for description in DESCRIPTIONS:
        if found := check(description, drafted):
            raise dg.Failure(f"{description.path}: {found[0]}; the last release stays")
    manifest = publish(settings.data, settings.work)
    return dg.MaterializeResult(
        metadata={
            "version": manifest["version"],
            "folder": str(settings.data),
            "files": len(manifest["files"]),
            "rows": manifest["files"]["s3_partnerships.duckdb"]["rows"],
            **accuracy_numbers(settings.data),
        }
    )


def _drafted(settings: Settings) -> Draft:
    try:
        return load_draft(settings.work)
    except FileNotFoundError:
        raise dg.Failure("nothing is drafted; run `files`, `descriptions` and `explorer` first") from None
