"""Every reference has its target, of the kind it says."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from pipeline.checks.base import Problem, Staged, keys
from schemas import ENTITY_TABLES, TABLES


def references(staged: Staged) -> list[Problem]:
    """Every reference has its target, entities and their tables agree, identifiers are unique over all tables."""
    return [
        *_foreign(staged),
        *_entities(staged),
        *_kinds(staged),
        *_evidence(staged),
        *_unique(staged),
        *_cycles(staged),
    ]


def _foreign(staged: Staged) -> Iterator[Problem]:
    for table, model in TABLES.items():
        for column, target in model.references().items():
            values = staged.tables[table][column]
            lost = values.notna() & ~values.isin(set(staged.tables[target][TABLES[target].key()[0]]))
            if not lost.any():
                continue
            for row, value in zip(keys(staged, table)[lost], values[lost], strict=True):
                yield Problem(table, row, f"{column} {value} is not in {target}")


def _entities(staged: Staged) -> Iterator[Problem]:
    entities = staged.tables["entities"]
    for kind, table in ENTITY_TABLES.items():
        listed = set(entities.loc[entities["entity_kind"] == kind, "entity_id"])
        own = set(keys(staged, table))
        yield from (Problem("entities", row, f"is not in {table}") for row in sorted(listed - own))
        yield from (Problem(table, row, f"is not in entities as {kind}") for row in sorted(own - listed))


def _kinds(staged: Staged) -> Iterator[Problem]:
    """`participant_kind` and `entity_kind` are the kind that the identifier says."""
    for table, model in TABLES.items():
        for column in ("participant", "entity"):
            if f"{column}_kind" in model.to_schema().columns:
                frame = staged.tables[table]
                wrong = frame[f"{column}_id"].str.split(":", n=1).str[0] != frame[f"{column}_kind"]
                yield from (Problem(table, row, f"{column}_kind is another") for row in keys(staged, table)[wrong])


def _evidence(staged: Staged) -> Iterator[Problem]:
    evidence = staged.tables["evidence"]
    for table, rows in evidence.groupby("table_name", sort=True):
        if table not in TABLES:
            yield from (Problem("evidence", row, f"there is no table {table}") for row in rows["evidence_id"])
            continue
        lost = rows[~rows["row_id"].isin(keys(staged, str(table)))]
        for row, target in zip(lost["evidence_id"], lost["row_id"], strict=True):
            yield Problem("evidence", row, f"row {target} is not in {table}")
        columns = set(TABLES[str(table)].to_schema().columns)
        unknown = rows[rows["column_name"].notna() & ~rows["column_name"].isin(columns)]
        for row, column in zip(unknown["evidence_id"], unknown["column_name"], strict=True):
            yield Problem("evidence", row, f"{table} has no column {column}")


def _unique(staged: Staged) -> Iterator[Problem]:
    owned = [name for name, model in TABLES.items() if len(model.key()) == 1 and name not in ("entities", "redirects")]
    every = pd.concat([keys(staged, name).to_frame("row").assign(table=name) for name in owned], ignore_index=True)
    twice = every[every["row"].duplicated()]
    yield from (
        Problem(table, row, "identifier is used twice") for row, table in zip(twice["row"], twice["table"], strict=True)
    )


def _cycles(staged: Staged) -> Iterator[Problem]:
    frame = staged.tables["regions"]
    parent = {r: p for r, p in zip(frame["region_id"], frame["parent_id"], strict=True) if isinstance(p, str)}
    for region in parent:
        above, steps = parent.get(region), 0
        while above is not None and above != region and steps <= len(parent):
            above, steps = parent.get(above), steps + 1
        if above == region:
            yield Problem("regions", region, "lies within itself")
