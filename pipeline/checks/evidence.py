"""Every row can be traced: quotes stand where they are said to stand, and each row has one."""

from __future__ import annotations

from pipeline.checks.base import Problem, Staged, keys
from schemas import TABLES

_QUOTING = {"evidence": "quote", "mentions": "text"}


def quotes(staged: Staged) -> list[Problem]:
    """Each quote and each mention stands in its document's text at exactly its offsets."""
    texts, found = staged.texts(), []
    for table, column in _QUOTING.items():
        frame = staged.tables[table]
        columns = [
            frame[c].tolist() for c in (TABLES[table].key()[0], "document_id", "start_offset", "end_offset", column)
        ]
        for row, document, start, end, quote in zip(*columns, strict=True):
            text = texts.get(document)
            if text is None:
                found.append(Problem(table, row, f"document {document} has no text"))
            elif text[start:end] != quote or start >= end:
                found.append(Problem(table, row, f"{document}[{start}:{end}] is not {quote!r}"))
    return found


def evidenced(staged: Staged) -> list[Problem]:
    """Each row of an entity or fact table has evidence; a region may be there as the parent of one that has."""
    evidence = staged.tables["evidence"]
    found = []
    for table, model in TABLES.items():
        if model.evidenced():
            rested = set(evidence.loc[evidence["table_name"] == table, "row_id"])
            if table == "regions":
                rested = _with_parents(staged, rested)
            found += [Problem(table, row, "no evidence") for row in keys(staged, table) if row not in rested]
    return found


def shown(staged: Staged) -> list[Problem]:
    """The value of a preferred quote is the value that its row shows."""
    evidence = staged.tables["evidence"]
    told = evidence[evidence["preferred"].fillna(False).astype(bool) & evidence["column_name"].notna()]
    found = []
    for name, group in told.groupby("table_name", sort=True):
        frame = staged.tables[name]
        own = frame[TABLES[name].key()[0]]
        cells = {c: dict(zip(own, frame[c], strict=True)) for c in set(group["column_name"]) & set(frame.columns)}
        for row, column, value in zip(group["row_id"], group["column_name"], group["value"], strict=True):
            cell = cells.get(column, {}).get(row)
            # Corrections write true and false as CSV does.
            if str(cell) not in (str(value), str(value).capitalize()):
                found.append(Problem(name, row, f"{column} is {cell!r}, its preferred quote says {value!r}"))
    return found


def _with_parents(staged: Staged, regions: set[str]) -> set[str]:
    frame = staged.tables["regions"]
    parents = frame["parent_id"].astype(object).where(frame["parent_id"].notna(), None)
    parent = dict(zip(frame["region_id"], parents, strict=True))
    # Where events and bodies are placed is looked up, so those regions rest on the row that points to them.
    pointed = {
        value
        for table, model in TABLES.items()
        for column, target in model.references().items()
        if target == "regions" and table not in ("regions", "region_codes")
        for value in staged.tables[table][column].dropna()
    }
    known: set[str] = set()
    for region in regions | pointed:
        above: str | None = region
        while above is not None and above not in known:
            known.add(above)
            above = parent.get(above)
    return known
