"""What the pipeline publishes of a folder of documents, arranged by document."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from pipeline.assets.tables import validate
from pipeline.engine import extract_all, quarantine
from pipeline.model import Document
from pipeline.read import read_folder
from pipeline.resolve import resolve
from pipeline.settings import PROJECT, Settings
from schemas import ENTITY_TABLES, TABLES
from schemas.derive import to_arrow
from tests.accuracy.match import norm

CORPUS = PROJECT / "tests" / "corpus"
Row = dict[str, Any]
_FACTS = ("events", "memberships", "attendances", "links", "figures", "partnerships", "programmes")


def publish(documents: list[Document], settings: Settings) -> Published:
    """Extract, resolve and validate; extractions are cached in `settings.work`."""
    extractions = extract_all(documents, settings)
    known = quarantine(documents, extractions.failed)
    tables, broken = validate(resolve(known, extractions, settings))
    if broken:
        raise ValueError(f"tables that are not valid: {broken}")
    return Published({name: to_arrow(model, tables[name]).to_pylist() for name, model in TABLES.items()}, known)


def run_corpus(name: str) -> Published:
    """The documents of one corpus; its extractions are cached by content as those of any run are."""
    work = PROJECT / ".work" / "accuracy" / name
    settings = Settings(seeds=CORPUS / name / "docs", work=work, in_process_below=60)
    return publish(read_folder(settings.seeds, settings), settings)


@dataclass
class Published:
    """The tables as rows, and what they say of each document."""

    tables: dict[str, list[Row]]
    documents: list[Document]
    kinds: dict[str, str] = field(default_factory=dict)
    """Entity -> its kind."""
    regions: dict[str, Row] = field(default_factory=dict)
    rows: dict[str, dict[str, Row]] = field(default_factory=dict)
    """Table -> key -> row."""
    mentioned: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Document -> entities that it names."""
    facts: dict[str, set[tuple[str, str]]] = field(default_factory=lambda: defaultdict(set))
    """Document -> (table, key) of rows that rest on it."""

    def __post_init__(self) -> None:
        self._names: dict[str, set[str]] = defaultdict(set)
        self._local: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._values: dict[tuple[str, str, str], set[str]] = defaultdict(set)
        self._valued: set[tuple[str, str]] = set()
        self._confidence: dict[tuple[str, str], float] = {}
        for kind, table in ENTITY_TABLES.items():
            for row in self.tables[table]:
                entity = row[f"{kind}_id"]
                self.kinds[entity] = kind
                self._names[entity] |= {norm(n) for n in (row["name"], row.get("acronym")) if n}
        for row in self.tables["names"]:
            self._names[row["entity_id"]].add(norm(row["name"]))
        for row in self.tables["mentions"]:
            self.mentioned[row["document_id"]].add(row["entity_id"])
            self._local[row["document_id"], row["entity_id"]].add(norm(row["text"]))
        self.rows = {name: {r[f"{name[:-1]}_id"]: r for r in self.tables[name]} for name in _FACTS}
        self.regions = {r["region_id"]: r for r in self.tables["regions"]}
        for row in self.tables["evidence"]:
            self._read(row)

    def _read(self, row: Row) -> None:
        document, key = row["document_id"], row["row_id"]
        self.facts[document].add((row["table_name"], key))
        if row["value"] is not None:
            self._values[document, key, row["column_name"]].add(row["value"])
            self._valued.add((key, row["column_name"]))
        if row["column_name"] is None:
            self._confidence[document, key] = max(row["confidence"], self._confidence.get((document, key), 0.0))

    def label(self, document: str, entity: str) -> set[str]:
        """All names of an entity, normalised: published ones, and as the document writes it."""
        return self._names.get(entity, set()) | self._local.get((document, entity), set())

    def said(self, document: str, table: str, key: str, column: str) -> Any:
        """What this document says of a column (the most exact); the row's own where no document says anything."""
        if here := self._values.get((document, key, column)):
            return sorted(sorted(here), key=len)[-1]
        return None if (key, column) in self._valued else self.rows[table][key].get(column)

    def confidence(self, document: str, key: str) -> float | None:
        """How sure the dataset is of a row, going by this document."""
        return self._confidence.get((document, key))

    def of(self, document: str, table: str) -> list[Row]:
        """Rows of a fact table that rest on a document, by key."""
        return [self.rows[table][key] for name, key in sorted(self.facts[document]) if name == table]

    def entities(self, document: str, kind: str) -> list[str]:
        """Entities of a kind that a document names."""
        return sorted(e for e in self.mentioned[document] if self.kinds.get(e) == kind)

    def grounded(self) -> tuple[int, int]:
        """Evidence rows whose quote stands at its offsets, and all evidence rows."""
        texts = {d.document_id: d.text for d in self.documents}
        rows = self.tables["evidence"]
        good = sum(texts[r["document_id"]][r["start_offset"] : r["end_offset"]] == r["quote"] for r in rows)
        return good, len(rows)
