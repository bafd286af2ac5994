"""Every reference has its target, of the kind it says."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks.base import Problem, Staged, key
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
            lost = staged.rows(
                f'SELECT row_id, target FROM (SELECT {key(table)} AS row_id, "{column}" AS target FROM {table} '
                f'WHERE "{column}" IS NOT NULL) ANTI JOIN (SELECT {key(target)} AS target FROM {target}) '
                "USING (target) ORDER BY ALL"
            )
            yield from (Problem(table, row, f"{column} {value} is not in {target}") for row, value in lost)


def _entities(staged: Staged) -> Iterator[Problem]:
    for kind, table in ENTITY_TABLES.items():
        listed, own = (
            f"SELECT entity_id FROM entities WHERE entity_kind = '{kind}'",
            f"SELECT {key(table)} FROM {table}",
        )
        for (row,) in staged.rows(f"{listed} EXCEPT {own} ORDER BY 1"):
            yield Problem("entities", row, f"is not in {table}")
        for (row,) in staged.rows(f"{own} EXCEPT {listed} ORDER BY 1"):
            yield Problem(table, row, f"is not in entities as {kind}")


def _kinds(staged: Staged) -> Iterator[Problem]:
    """`participant_kind` and `entity_kind` are the kind that the identifier says."""
    for table, model in TABLES.items():
        for column in ("participant", "entity"):
            if f"{column}_kind" in model.to_schema().columns:
                for (row,) in staged.rows(
                    f"SELECT {key(table)} FROM {table} "
                    f"WHERE split_part({column}_id, ':', 1) IS DISTINCT FROM {column}_kind ORDER BY 1"
                ):
                    yield Problem(table, row, f"{column}_kind is another")


def _evidence(staged: Staged) -> Iterator[Problem]:
    for table, column in staged.rows("SELECT DISTINCT table_name, column_name FROM evidence ORDER BY ALL"):
        of = f"table_name = '{table}' AND column_name IS NOT DISTINCT FROM "
        of = (
            f"{of} {'NULL' if column is None else _literal(column)}"
            if table in TABLES
            else f"table_name = {_literal(table)}"
        )
        if table not in TABLES or (column is not None and column not in TABLES[table].to_schema().columns):
            what = f"there is no table {table}" if table not in TABLES else f"{table} has no column {column}"
            for (row,) in staged.rows(f"SELECT evidence_id FROM evidence WHERE {of} ORDER BY 1"):
                yield Problem("evidence", row, what)
    for table in TABLES:
        lost = staged.rows(
            f"SELECT evidence_id, row_id FROM (FROM evidence WHERE table_name = '{table}') "
            f"ANTI JOIN (SELECT {key(table)} AS row_id FROM {table}) USING (row_id) ORDER BY 1"
        )
        yield from (Problem("evidence", row, f"row {target} is not in {table}") for row, target in lost)


def _unique(staged: Staged) -> Iterator[Problem]:
    owned = [name for name, model in TABLES.items() if len(model.key()) == 1 and name not in ("entities", "redirects")]
    every = " UNION ALL ".join(f"SELECT {key(name)} AS row_id, '{name}' AS table_name FROM {name}" for name in owned)
    for row, table in staged.rows(
        f"SELECT row_id, max(table_name) FROM ({every}) GROUP BY row_id HAVING count(*) > 1 ORDER BY 1"
    ):
        yield Problem(table, row, "identifier is used twice")


def _cycles(staged: Staged) -> Iterator[Problem]:
    parent = dict(staged.rows("SELECT region_id, parent_id FROM regions WHERE parent_id IS NOT NULL"))
    for region in parent:
        above, steps = parent.get(region), 0
        while above is not None and above != region and steps <= len(parent):
            above, steps = parent.get(above), steps + 1
        if above == region:
            yield Problem("regions", region, "lies within itself")


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
