"""Every row can be traced: quotes stand where they are said to stand, and each row has one."""

from __future__ import annotations

import pyarrow as arrow

from pipeline.checks.base import Problem, Staged, key
from schemas import TABLES

_QUOTING = {"evidence": "quote", "mentions": "text"}


def quotes(staged: Staged) -> list[Problem]:
    """Each quote and each mention stands in its document's text at exactly its offsets."""
    found: list[Problem] = []
    names: list[str] = []
    for documents in staged.batches():
        texts = {d.document_id: d.text for d in documents if d.status == "read"}
        names += texts
        held = arrow.table({"document_id": arrow.array(list(texts), arrow.string())})
        for table, column in _QUOTING.items():
            for row, document, start, end, quote in staged.rows(
                f'SELECT {key(table)}, document_id, start_offset, end_offset, "{column}" FROM {table} '
                "SEMI JOIN held USING (document_id)",
                held=held,
            ):
                if texts[document][start:end] != quote or start >= end:
                    found.append(Problem(table, row, f"{document}[{start}:{end}] is not {quote!r}"))
    held = arrow.table({"document_id": arrow.array(names, arrow.string())})
    for table in _QUOTING:
        for row, document in staged.rows(
            f"SELECT {key(table)}, document_id FROM {table} ANTI JOIN held USING (document_id)", held=held
        ):
            found.append(Problem(table, row, f"document {document} has no text"))
    return sorted(found, key=lambda problem: (problem.table, problem.row))


def evidenced(staged: Staged) -> list[Problem]:
    """Each row of an entity or fact table has evidence; a region may be there as the parent of one that has."""
    found = []
    for table, model in TABLES.items():
        if model.evidenced():
            lacking = [
                row
                for (row,) in staged.rows(
                    f"SELECT row_id FROM (SELECT {key(table)} AS row_id FROM {table}) ANTI JOIN "
                    f"(FROM evidence WHERE table_name = '{table}') USING (row_id) ORDER BY row_id"
                )
            ]
            if table == "regions" and lacking:
                known = _with_parents(staged)
                lacking = [row for row in lacking if row not in known]
            found += [Problem(table, row, "no evidence") for row in lacking]
    return found


def shown(staged: Staged) -> list[Problem]:
    """The value of a preferred quote is the value that its row shows."""
    told = "preferred AND column_name IS NOT NULL"
    found = []
    for name, column in staged.rows(f"SELECT DISTINCT table_name, column_name FROM evidence WHERE {told} ORDER BY ALL"):
        there = name in TABLES and column in TABLES[name].to_schema().columns
        cell = f't."{column}"' if there else "NULL"
        join = f'LEFT JOIN "{name}" t ON t."{TABLES[name].key()[0]}" = e.row_id' if there else ""
        for row, value, shown in staged.rows(
            f'SELECT e.row_id, e."value", {cell} FROM (FROM evidence WHERE {told} AND table_name = '
            f"{_literal(name)} AND column_name = {_literal(column)}) e {join} ORDER BY e.evidence_id"
        ):
            # Corrections write true and false as CSV does.
            if str(shown) not in (str(value), str(value).capitalize()):
                found.append(Problem(name, row, f"{column} is {shown!r}, its preferred quote says {value!r}"))
    return found


def _with_parents(staged: Staged) -> set[str]:
    """Regions with evidence, those that other rows point to, and all that these lie in."""
    parent = dict(staged.rows("SELECT region_id, parent_id FROM regions"))
    regions = {row for (row,) in staged.rows("SELECT DISTINCT row_id FROM evidence WHERE table_name = 'regions'")}
    # Where events and bodies are placed is looked up, so those regions rest on the row that points to them.
    for table, model in TABLES.items():
        for column, target in model.references().items():
            if target == "regions" and table not in ("regions", "region_codes"):
                regions |= {row for (row,) in staged.rows(f'SELECT DISTINCT "{column}" FROM {table}') if row}
    known: set[str] = set()
    for region in regions:
        above: str | None = region
        while above is not None and above not in known:
            known.add(above)
            above = parent.get(above)
    return known


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
