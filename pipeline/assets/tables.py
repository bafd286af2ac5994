"""All claims together become tables: one asset and one blocking check for each, made by a loop over the schemas."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import dagster as dg
import pandas as pd
import pandera.errors

from pipeline.assets.documents import claims, documents
from pipeline.assets.show import preview, problems
from pipeline.checks import CHECKS, Problem
from pipeline.engine import extract_all, load, quarantine
from pipeline.model import Document, Extraction
from pipeline.personal.leave_out import without_suppressed
from pipeline.personal.suppressed import NAME as SUPPRESSED
from pipeline.personal.suppressed import read_suppressed
from pipeline.release.files import write_parquet
from pipeline.resolve.candidates import FILE, candidates
from pipeline.settings import Settings
from pipeline.staging import load_documents, load_staged, stage
from schemas import TABLES
from schemas.derive import description, table_schema, to_arrow
from schemas.shape import failures, shape

KEYS = {name: dg.AssetKey(["tables", name]) for name in TABLES}
SCHEMA_CHECK = "schema"


@dg.multi_asset(
    specs=[
        dg.AssetSpec(
            KEYS[name],
            deps=[documents, claims],
            group_name="tables",
            kinds={"pandas", "parquet"},
            description=description(model),
            metadata={"dagster/column_schema": table_schema(model)},
        )
        for name, model in TABLES.items()
    ],
    check_specs=[
        dg.AssetCheckSpec(
            SCHEMA_CHECK,
            asset=KEYS[name],
            blocking=True,
            description=f"Columns, types, keys, codes and dates of {name} are those of its schema.",
        )
        for name in TABLES
    ],
)
def tables(settings: dg.ResourceParam[Settings]) -> Iterator[dg.MaterializeResult[None]]:
    """Resolve the claims, give each table its shape, validate it; stage all tables only if all are valid."""
    read = load_documents(settings.work)
    extractions = extract_all(read, settings)
    known = quarantine(read, extractions.failed)
    suppressed = read_suppressed(settings.seeds / SUPPRESSED)
    said = {d.document_id: d for d in known if d.document_id in extractions}
    # Without a list they stay packed.
    shown = {i: without_suppressed(d, extractions[i], suppressed) for i, d in said.items()} if suppressed else None
    found = resolve(known, extractions if shown is None else shown, settings)
    valid, broken = validate(found)
    if not broken:
        stage(valid, known, settings.work)
        unsure = candidates(known, extractions if shown is None else shown, settings.threshold)
        write_parquet(to_arrow(TABLES["evidence"], unsure), settings.work / FILE)
    for name, key in KEYS.items():
        frame = valid.get(name, found.get(name, pd.DataFrame()))
        yield dg.MaterializeResult(
            asset_key=key,
            metadata={"dagster/row_count": len(frame), "preview": preview(frame)},
            check_results=[
                dg.AssetCheckResult(
                    asset_key=key,
                    check_name=SCHEMA_CHECK,
                    passed=name not in broken,
                    metadata=problems(broken.get(name, [])),
                )
            ],
        )


@dg.multi_asset_check(
    specs=[
        dg.AssetCheckSpec(
            check.name,
            # A check over all tables hangs on the one that all of them lead to.
            asset=KEYS["evidence"] if check.blocking else KEYS["documents"],
            additional_deps=[
                key for name, key in KEYS.items() if name != ("evidence" if check.blocking else "documents")
            ],
            blocking=check.blocking,
            description=check.description,
        )
        for check in CHECKS
    ]
)
def over_all_tables(settings: dg.ResourceParam[Settings]) -> Iterator[dg.AssetCheckResult]:
    """The checks that need more than one table."""
    staged = load_staged(settings)
    for check in CHECKS:
        found = check.find(staged)
        yield dg.AssetCheckResult(
            asset_key=KEYS["evidence"] if check.blocking else KEYS["documents"],
            check_name=check.name,
            passed=not found,
            severity=dg.AssetCheckSeverity.ERROR if check.blocking else dg.AssetCheckSeverity.WARN,
            metadata=problems(found),
        )


def resolve(
    documents: list[Document], extractions: Mapping[str, Extraction], settings: Settings
) -> dict[str, pd.DataFrame]:
    """The tables that the resolver makes of all claims. Raises ValueError where it gives one that nobody knows."""
    found = load(settings.resolver)(documents, extractions, settings)
    assert isinstance(found, dict)
    if unknown := found.keys() - TABLES.keys():
        raise ValueError(f"the resolver gave unknown tables: {', '.join(sorted(unknown))}")
    return found


def validate(found: dict[str, pd.DataFrame]) -> tuple[dict[str, pd.DataFrame], dict[str, list[Problem]]]:
    """The valid tables, and for each of the others what is wrong with it."""
    valid: dict[str, pd.DataFrame] = {}
    broken: dict[str, list[Problem]] = {}
    for name, model in TABLES.items():
        shaped = shape(model, found.get(name))
        try:
            valid[name] = model.validate(shaped, lazy=True)
        except pandera.errors.SchemaErrors as error:
            broken[name] = [
                Problem(name, _row(shaped, model.key(), case.index), f"{case.column}: {case.check} {case.failure_case}")
                for case in failures(error).itertuples(index=False, name="Case")
            ]
    return valid, broken


def _row(frame: pd.DataFrame, key: tuple[str, ...], index: object) -> str:
    columns = [name for name in key if name in frame]
    if pd.isna(index) or not columns:
        return "(all)"
    return " | ".join(str(frame.loc[index, name]) for name in columns)
