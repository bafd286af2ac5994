"""What a person overrules: rows of `corrections.csv`, applied anew at every build and shown in evidence.

`reject` takes away a fact, `merge` makes one identifier another's, `part` gives what one document names an identifier
of its own, `set` gives a column a value. A correction that fits nothing is reported in one line and left out.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import pandera.errors
import pandera.pandas as pa

from pipeline.gazetteer import load
from pipeline.model import Document, Quote
from pipeline.release.version import version
from pipeline.resolve.evidence import Ledger
from pipeline.resolve.facts import PREFIX
from pipeline.resolve.identity import digest
from pipeline.text.cells import Row, read_cells
from schemas import ENTITY_TABLES, TABLES, edtf

log = logging.getLogger(__name__)
PATH = "corrections.csv"
COLUMNS = ("action", "table", "row_id", "column", "value", "reason", "date", "source")
RULE = "correction"
_ACTIONS = ("reject", "merge", "part", "set")
# Tables that follow from others: they are corrected where they come from.
_DERIVED = {"entities", "names", "redirects", "region_codes", "mentions", "evidence", "documents"}
Identities = dict[tuple[str, int], str]
Rows = dict[str, list[dict[str, Any]]]
Shown = dict[tuple[str, str, str], Any]


class Unfit(ValueError):
    """A correction that cannot be applied; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Correction:
    """One row of the file."""

    action: str
    table: str
    row_id: str
    column: str
    value: str
    source: str | None
    row: Row


class Corrections:
    """The corrections among the documents. `identities` comes before the tables are made, `apply` after."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self.document = next((d for d in documents if d.path == PATH and d.status == "read"), None)
        self._all = list(self._read()) if self.document else []
        self._moved: dict[str, tuple[str, Correction]] = {}
        self._parted: dict[str, Correction] = {}

    def identities(self, ids: Identities) -> Identities:
        """The identifiers after `part` and then `merge`."""
        ids = dict(ids)
        for correction in self._of("part"):
            self._try(correction, self._part, ids)
        for correction in self._of("merge"):
            self._try(correction, self._merge, ids)
        return {place: self._final(identifier) for place, identifier in ids.items()}

    def apply(self, rows: Rows, ledger: Ledger, shown: Shown) -> None:
        """Change `rows`, the evidence and what is shown by `reject` and `set`; write `redirects`."""
        self._redirects: dict[str, dict[str, Any]] = {}
        for old, (_, correction) in sorted(self._moved.items()):
            new = self._final(old)
            self._redirect(old, new, correction, ledger)
            self._evidence(ledger, correction, ENTITY_TABLES[new.split(":", 1)[0]], new, old)
        for new, correction in sorted(self._parted.items()):
            self._evidence(ledger, correction, correction.table, self._final(new), correction.value)
        for correction in self._of("reject"):
            self._try(correction, self._reject, rows, ledger)
        for correction in self._of("set"):
            self._try(correction, self._set, rows, ledger, shown)
        rows["redirects"] = list(self._redirects.values())

    def _of(self, action: str) -> Iterator[Correction]:
        return (correction for correction in self._all if correction.action == action)

    def _read(self) -> Iterator[Correction]:
        assert self.document is not None
        table = read_cells(self.document.text)
        for line, problem in table.problems:
            _warn(line, problem)
        if missing := [c for c in COLUMNS if c not in table.columns]:
            _warn(1, f"no column {', '.join(missing)}: the first line must be {','.join(COLUMNS)}")
            return
        for row in table.rows:
            try:
                yield _correction(row)
            except Unfit as error:
                _warn(row.line, str(error))

    def _try(self, correction: Correction, action: Any, *arguments: Any) -> None:
        try:
            action(correction, *arguments)
        except Unfit as error:
            _warn(correction.row.line, str(error))

    def _part(self, correction: Correction, ids: Identities) -> None:
        places = [p for p, identifier in ids.items() if p[0] == correction.value and identifier == correction.row_id]
        if not places:
            raise Unfit(f"document {correction.value!r} names no {correction.row_id}: correct value or row_id")
        new = f"{correction.row_id}-{digest(correction.value)[:8]}"
        ids.update(dict.fromkeys(places, new))
        self._parted[new] = correction

    def _merge(self, correction: Correction, ids: Identities) -> None:
        old, new = correction.row_id, correction.value
        known = set(ids.values())
        if old not in known:
            raise Unfit(f"there is no {old}: correct row_id or remove the line")
        if old.split(":", 1)[0] != new.split(":", 1)[0]:
            raise Unfit(f"{old} and {new} are of two kinds: only things of one kind can be merged")
        if new not in known and tuple(new.split(":", 1)) not in load().entities:
            raise Unfit(f"there is no {new} to merge into: correct value or remove the line")
        if old in self._moved or self._final(new) == old:
            raise Unfit(f"{old} is merged twice or into itself: keep one line")
        self._moved[old] = new, correction

    def _final(self, identifier: str) -> str:
        while identifier in self._moved:
            identifier = self._moved[identifier][0]
        return identifier

    def _reject(self, correction: Correction, rows: Rows, ledger: Ledger) -> None:
        table, row_id = correction.table, correction.row_id
        if table not in PREFIX:
            raise Unfit(f"{table} holds no facts: reject rows of {', '.join(PREFIX)}; merge or part things")
        key = TABLES[table].key()[0]
        kept = [row for row in rows[table] if row[key] != row_id]
        if len(kept) == len(rows[table]):
            raise Unfit(f"{table} has no row {row_id}: correct row_id or remove the line")
        rows[table] = kept
        for evidence_id in [k for k, r in ledger.rows.items() if (r["table_name"], r["row_id"]) == (table, row_id)]:
            del ledger.rows[evidence_id]
        self._redirect(row_id, None, correction, ledger)

    def _set(self, correction: Correction, rows: Rows, ledger: Ledger, shown: Shown) -> None:
        table, row_id, column = correction.table, correction.row_id, correction.column
        row = next((r for r in rows.get(table, ()) if r.get(TABLES[table].key()[0]) == row_id), None)
        if row is None:
            raise Unfit(f"{table} has no row {row_id}: correct row_id or remove the line")
        value = _value(correction, {r["entity_id"] for r in rows["entities"]})
        row[column] = value
        if column == "participant_id":
            row["participant_kind"] = str(value).split(":", 1)[0]
        if column == "name":
            _rename(rows, row_id, str(value))
        shown[table, row_id, column] = correction.value or None
        self._evidence(ledger, correction, table, row_id, correction.value or None, column)

    def _redirect(self, old: str, new: str | None, correction: Correction, ledger: Ledger) -> None:
        release = version()["version"]
        self._redirects[old] = {"old_id": old, "new_id": new, "reason": "corrected", "release": release}
        self._evidence(ledger, correction, "redirects", old, new)

    def _evidence(
        self,
        ledger: Ledger,
        correction: Correction,
        table: str,
        row_id: str,
        value: str | None,
        column: str | None = None,
    ) -> None:
        assert self.document is not None
        quote = Quote(correction.row.start, correction.row.end, "register", column, value)
        ledger.add(table, row_id, self.document.document_id, quote, RULE, 1.0, source_url=correction.source)


def _correction(row: Row) -> Correction:
    """A row of the file, its cells checked for what needs no tables."""
    cells = {column: row[column].value for column in COLUMNS}
    for column in ("action", "table", "row_id", "reason", "date"):
        if not cells[column]:
            raise Unfit(f"{column} is empty: fill it")
    if cells["action"] not in _ACTIONS:
        raise Unfit(f"action {cells['action']!r} is not one of {', '.join(_ACTIONS)}")
    if cells["table"] not in TABLES or cells["table"] in _DERIVED:
        raise Unfit(f"table {cells['table']!r} cannot be corrected: name the table of the fact or of the thing")
    if cells["action"] in ("merge", "part") and cells["table"] != ENTITY_TABLES.get(cells["row_id"].split(":", 1)[0]):
        raise Unfit(f"{cells['row_id']} is not in {cells['table']}: correct one of the two")
    if cells["action"] in ("merge", "part") and not cells["value"]:
        raise Unfit("value is empty: name the identifier to merge into, or the document to part")
    try:
        edtf.bounds(cells["date"])
    except ValueError:
        raise Unfit(f"date {cells['date']!r} is no date: write it like 2026-11-22") from None
    source = cells["source"] if cells["source"].startswith(("http://", "https://")) else None
    return Correction(cells["action"], cells["table"], cells["row_id"], cells["column"], cells["value"], source, row)


def _value(correction: Correction, entities: set[str]) -> Any:
    """The value to set, in the type of its column. Raises Unfit where the schema does not allow it."""
    model, name, text = TABLES[correction.table], correction.column, correction.value
    column = model.to_schema().columns.get(name)
    bounds = tuple(f"{date}_{which}" for date in model.dates() for which in ("earliest", "latest"))
    if column is None or name in (*model.key(), *bounds, "participant_kind"):
        raise Unfit(f"{correction.table} has no column {name!r} that can be set: correct the cell")
    if not text:
        if not column.nullable:
            raise Unfit(f"{name} cannot be empty: give a value")
        return None
    if name in model.references() and text not in entities:
        raise Unfit(f"there is no {text}: correct value")
    try:
        value = _typed(text, str(column.dtype))
        pa.DataFrameSchema({name: column}, coerce=True).validate(pd.DataFrame({name: [value]}))
        if name in model.dates():
            edtf.bounds(text)
    except (ValueError, pandera.errors.SchemaError, pandera.errors.SchemaErrors):
        raise Unfit(f"{name} cannot be {text!r}: see the data dictionary for what it may be") from None
    return value


def _typed(text: str, dtype: str) -> Any:
    if dtype == "boolean":
        return {"true": True, "false": False}[text.lower()] if text.lower() in ("true", "false") else text
    return int(text) if dtype == "Int64" else float(text) if dtype == "Float64" else text


def _rename(rows: Rows, entity_id: str, name: str) -> None:
    """Carry a name that was set to the tables that repeat it."""
    for row in rows["entities"]:
        if row["entity_id"] == entity_id:
            row["name"] = name
    preferred: Iterable[dict[str, Any]] = (r for r in rows["names"] if r["entity_id"] == entity_id)
    for row in preferred:
        if row["kind"] == "preferred":
            row["name"] = name


def _warn(line: int, problem: str) -> None:
    log.warning("%s, line %d: %s", PATH, line, problem)
