"""All claims together become tables: one asset and one blocking check for each, made by a loop over the schemas."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import TypeAlias

import dagster as dg
import pandas as pd
import pandera.errors

from pipeline.assets.documents import claims, documents
from pipeline.assets.show import preview, problems
from pipeline.checks import CHECKS, Problem
from pipeline.documents import Documents, load_documents
from pipeline.engine import Extractions, extract_all, load
from pipeline.resolve import Resolved
from pipeline.resolve.candidates import FILE
from pipeline.settings import Settings
from pipeline.staging import load_staged, seal, staging
from schemas import TABLES
from schemas.derive import description, table_schema
from schemas.shape import failures, shape

KEYS = {name: dg.AssetKey(["tables", name]) for name in TABLES}
SCHEMA_CHECK = "schema"
_HOLDS: set[str] = set()
"""Seals of what this process saw to pass all blocking checks."""
Frames: TypeAlias = pd.DataFrame | Iterable[pd.DataFrame] | None
"""A table at once, or frame by frame in order of its key."""


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
    known = read.without(extractions.failed)
    counts, firsts, broken = dict[str, int](), dict[str, pd.DataFrame](), dict[str, list[Problem]]()
    with resolver(known, extractions, settings) as found, staging(known, settings.work) as made:
        for name in TABLES:
            frames = validated(name, found.get(name), broken)
            counts[name], firsts[name] = made.write(name, frames)
        if broken:
            made.drop()
        elif isinstance(found, Resolved):
            made.aside(FILE, "evidence", found.unsure())
    for name, key in KEYS.items():
        yield dg.MaterializeResult(
            asset_key=key,
            metadata={"dagster/row_count": counts[name], "preview": preview(firsts[name])},
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
    holds = True
    for check in CHECKS:
        found = check.find(staged)
        holds = holds and not (found and check.blocking)
        yield dg.AssetCheckResult(
            asset_key=KEYS["evidence"] if check.blocking else KEYS["documents"],
            check_name=check.name,
            passed=not found,
            severity=dg.AssetCheckSeverity.ERROR if check.blocking else dg.AssetCheckSeverity.WARN,
            metadata=problems(found),
        )
    if holds:
        _HOLDS.add(seal(settings))


def faults(settings: Settings) -> Iterator[str]:
    """What no release may have, a line for each check that what is staged does not pass; each runs once."""
    if seal(settings) not in _HOLDS:
        staged = load_staged(settings)
        for check in CHECKS:
            if check.blocking and (found := check.find(staged)):
                yield f"{check.name}: {len(found)} problems"


@contextmanager
def resolver(documents: Documents, extractions: Extractions, settings: Settings) -> Iterator[Mapping[str, Frames]]:
    """The tables that the resolver makes of all claims. Raises ValueError where it gives one that nobody knows."""
    made = load(settings.resolver)(documents, extractions, settings)
    with made if isinstance(made, AbstractContextManager) else nullcontext(made) as found:
        assert isinstance(found, Mapping)
        if unknown := found.keys() - TABLES.keys():
            raise ValueError(f"the resolver gave unknown tables: {', '.join(sorted(unknown))}")
        yield found


def validated(name: str, frames: Frames, broken: dict[str, list[Problem]]) -> Iterator[pd.DataFrame]:
    """The frames of a table in its shape, as far as they are valid; what is wrong goes into `broken`.

    Frames come in order of key, so that a key that stands twice is in one frame or at the ends of two.
    """
    model, last = TABLES[name], None
    for frame in [frames] if frames is None or isinstance(frames, pd.DataFrame) else frames:
        shaped = shape(model, frame)
        try:
            valid = model.validate(shaped, lazy=True)
        except pandera.errors.SchemaErrors as error:
            broken.setdefault(name, []).extend(
                Problem(name, _row(shaped, model.key(), case.index), f"{case.column}: {case.check} {case.failure_case}")
                for case in failures(error).itertuples(index=False, name="Case")
            )
            continue
        if len(valid):
            first, end = (_row(valid, model.key(), valid.index[i]) for i in (0, -1))
            if first == last:
                broken.setdefault(name, []).append(Problem(name, first, "(row): unique"))
            last = end
        yield valid


def validate(found: Mapping[str, Frames]) -> tuple[dict[str, pd.DataFrame], dict[str, list[Problem]]]:
    """The valid tables whole, and for each of the others what is wrong with it."""
    broken: dict[str, list[Problem]] = {}
    made = {name: list(validated(name, found.get(name), broken)) for name in TABLES}
    return {name: pd.concat(frames, ignore_index=True) for name, frames in made.items() if name not in broken}, broken


def _row(frame: pd.DataFrame, key: tuple[str, ...], index: object) -> str:
    columns = [name for name in key if name in frame]
    if pd.isna(index) or not columns:
        return "(all)"
    return " | ".join(str(frame.loc[index, name]) for name in columns)
