"""What a person overrules: rows of `corrections.csv`, applied anew at every build and shown in evidence.

`reject` takes away a fact, `merge` makes one identifier another's, `part` gives what one document names an identifier
of its own, `set` gives a column a value. A correction that fits nothing is reported in one line and left out.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import pandera.errors
import pandera.pandas as pa

from pipeline.gazetteer import load
from pipeline.model import Document, Name, Quote
from pipeline.release.version import version
from pipeline.resolve.evidence import Ledger
from pipeline.resolve.facts import PREFIX
from pipeline.resolve.identity import Aliases, Identity, digest
from pipeline.resolve.store import Store
from pipeline.text.cells import Row, read_cells
from schemas import ENTITY_TABLES, TABLES, edtf

log = logging.getLogger(__name__)
PATH = "corrections.csv"
COLUMNS = ("action", "table", "row_id", "column", "value", "reason", "date", "source")
RULE = "correction"
_ACTIONS = ("reject", "merge", "part", "set")
# Tables that follow from others: they are corrected where they come from.
_DERIVED = {"entities", "names", "redirects", "region_codes", "mentions", "evidence", "documents"}


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

    def __init__(self, document: Document | None) -> None:
        self.document = document if document and document.path == PATH and document.status == "read" else None
        self._all = list(self._read()) if self.document else []
        self._moved: dict[str, tuple[str, Correction]] = {}
        self._parted: dict[str, Correction] = {}

    def identities(self, known: Aliases, read: Callable[[], Iterator[tuple[str, Sequence[Name]]]]) -> Identity:
        """Who is who after `part` and then `merge`; `read` goes through the names of all documents."""
        parts, merges = list(self._of("part")), list(self._of("merge"))
        plain, parted = Identity(known), dict[tuple[str, str], str]()
        asked = {correction.value for correction in parts}
        named = {d: set(plain.of(d, names).values()) for d, names in read() if d in asked} if parts else {}
        for correction in parts:
            self._try(correction, self._part, named, parted)
        asked = {name for correction in merges for name in (correction.row_id, correction.value)}
        there: set[str] = set()
        for document, names in read() if merges else ():
            there.update(asked.intersection(Identity(known, parted).of(document, names).values()))
        for correction in merges:
            self._try(correction, self._merge, there)
        return Identity(known, parted, {old: self._final(old) for old in self._moved})

    def apply(self, store: Store) -> None:
        """Change rows, evidence and what is shown by `reject` and `set`; write `redirects`."""
        if self.document is None:
            return
        ledger = Ledger({self.document.document_id: self.document})
        self._redirects: dict[str, dict[str, Any]] = {}
        for old, (_, correction) in sorted(self._moved.items()):
            new = self._final(old)
            self._redirect(old, new, correction, ledger)
            self._evidence(ledger, correction, ENTITY_TABLES[new.split(":", 1)[0]], new, old)
        for new, correction in sorted(self._parted.items()):
            self._evidence(ledger, correction, correction.table, self._final(new), correction.value)
        for correction in self._of("reject"):
            self._try(correction, self._reject, store, ledger)
        for correction in self._of("set"):
            self._try(correction, self._set, store, ledger)
        store.put("redirects", self._redirects.values())
        store.put("evidence", ledger.rows.values())

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

    def _part(self, correction: Correction, named: dict[str, set[str]], parted: dict[tuple[str, str], str]) -> None:
        document, old = correction.value, correction.row_id
        if old not in named.get(document, ()) or (document, old) in parted:
            raise Unfit(f"document {document!r} names no {old}: correct value or row_id")
        new = f"{old}-{digest(document)[:8]}"
        parted[document, old] = new
        self._parted[new] = correction

    def _merge(self, correction: Correction, known: set[str]) -> None:
        old, new = correction.row_id, correction.value
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

    def _reject(self, correction: Correction, store: Store, ledger: Ledger) -> None:
        table, row_id = correction.table, correction.row_id
        if table not in PREFIX:
            raise Unfit(f"{table} holds no facts: reject rows of {', '.join(PREFIX)}; merge or part things")
        if not store.remove(table, row_id):
            raise Unfit(f"{table} has no row {row_id}: correct row_id or remove the line")
        for evidence_id in [k for k, r in ledger.rows.items() if (r["table_name"], r["row_id"]) == (table, row_id)]:
            del ledger.rows[evidence_id]
        self._redirect(row_id, None, correction, ledger)

    def _set(self, correction: Correction, store: Store, ledger: Ledger) -> None:
        table, row_id, column = correction.table, correction.row_id, correction.column
        if not store.has(table, row_id):
            raise Unfit(f"{table} has no row {row_id}: correct row_id or remove the line")
        value = _value(correction, store)
        cells = {column: value}
        if column == "participant_id":
            cells["participant_kind"] = str(value).split(":", 1)[0]
        store.set(table, row_id, cells)
        if column == "name":
            store.rename(row_id, str(value))
        store.show(table, row_id, column, correction.value or None)
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


def _value(correction: Correction, store: Store) -> Any:
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
    if name in model.references() and not store.has("entities", text):
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


def _warn(line: int, problem: str) -> None:
    log.warning("%s, line %d: %s", PATH, line, problem)
