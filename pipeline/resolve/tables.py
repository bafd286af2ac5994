"""The tables of the contract out of what all documents tell: sorted, joined and folded, row by row."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

import pandas as pd

from pipeline.model import Document
from pipeline.release.version import version
from pipeline.resolve import entities
from pipeline.resolve.corrections import Corrections
from pipeline.resolve.facts import fold
from pipeline.resolve.store import Row, Store
from pipeline.text.slug import slug
from schemas import ENTITY_TABLES, TABLES

_EVIDENCE = """
    id AS evidence_id, t.table_name, t.row_id, t.column_name, t."value", {preferred} AS preferred, document_id,
    start_offset, end_offset, quote, "zone", rule, inferred, confidence, source_url, page
"""


class Resolved(Mapping[str, Iterator[pd.DataFrame]]):
    """The tables by name, each as frames in order of its key."""

    def __init__(self, store: Store, documents: Collection[Document], corrections: Corrections) -> None:
        self._store = store
        store.fill(("read", _document(document)) for document in documents)
        self._facts()
        self._entities()
        self._names()
        self._run(
            """
            INSERT INTO mentions SELECT id, document_id, row_id, split_part(row_id, ':', 1), start_offset, end_offset,
                quote, "zone", rule, confidence FROM told WHERE told = 'mention'
            """
        )
        self._documents()
        self._redirects()
        corrections.apply(store)
        self._evidence()

    def __getitem__(self, table: str) -> Iterator[pd.DataFrame]:
        if table not in TABLES:
            raise KeyError(table)
        return self._store.frames(table, f'FROM "{table}"')

    def __iter__(self) -> Iterator[str]:
        return iter(TABLES)

    def __len__(self) -> int:
        return len(TABLES)

    def unsure(self) -> Iterator[pd.DataFrame]:
        """Claims that were not sure enough for a row, in the shape of `evidence`."""
        columns = _EVIDENCE.format(preferred="t.column_name IS NULL")
        return self._store.frames("evidence", f"SELECT {columns} FROM told t WHERE told = 'candidate'")

    def _run(self, query: str) -> None:
        self._store.connection.execute(query)

    def _facts(self) -> None:
        told = self._store.rows(
            """
            SELECT t.table_name, t.row_id, t.document_id, t."value", t.confidence, r.published
            FROM told t LEFT JOIN read r ON r.document_id = t.document_id
            WHERE t.told = 'fact' ORDER BY t.table_name, t.row_id, t.document_id, t.number
            """
        )

        def rows() -> Iterator[tuple[str, Row]]:
            for table, row, shown in fold(told):
                yield table, row
                for one in shown:
                    yield "shown", dict(zip(("table_name", "row_id", "column_name", "value"), one, strict=True))

        self._store.fill(rows())

    def _entities(self) -> None:
        regions = self._ids("SELECT DISTINCT row_id FROM told WHERE told = 'entity' AND starts_with(row_id, 'region:')")
        shared = self._ids(
            """
            SELECT DISTINCT row_id FROM told WHERE told = 'entity' AND starts_with(row_id, 'partnership:')
            AND 'organisation' || row_id[12:] IN (SELECT row_id FROM told WHERE told = 'entity')
            """
        )
        told = self._store.rows(
            """
            SELECT * EXCLUDE (place) FROM (
            SELECT row_id, name, acronym, "value", NULL AS column_name, NULL AS confidence, NULL AS published,
                min(struct_pack(document_id, number)) AS place
            FROM told WHERE told = 'entity' GROUP BY ALL
            UNION ALL
            SELECT t.row_id, NULL, NULL, t."value", t.column_name, t.confidence, r.published, NULL
            FROM told t LEFT JOIN read r ON r.document_id = t.document_id WHERE t.told = 'value' GROUP BY ALL
            ) ORDER BY row_id, place
            """
        )
        make = entities.EntityRows(regions, shared)

        def rows() -> Iterator[tuple[str, Row]]:
            for seen in entities.sightings(told):
                row, shown = make.row(seen)
                yield from self._of(seen.identifier, row)
                for one in shown:
                    yield "shown", dict(zip(("table_name", "row_id", "column_name", "value"), one, strict=True))
            for above in entities.with_parents(regions) - regions:
                yield from self._of(above, entities.region(above))
            for row in entities.codes_of(entities.with_parents(regions)):
                yield "region_codes", row

        self._store.fill(rows())
        self._run(
            """
            INSERT INTO entities SELECT k.entity_id, k.entity_kind, k.name, k.registered,
                coalesce(m.documents, 0), coalesce(m.mentions, 0)
            FROM known k LEFT JOIN (
                SELECT row_id, count(DISTINCT document_id) AS documents, count(*) AS mentions
                FROM told WHERE told = 'mention' GROUP BY row_id
            ) m ON m.row_id = k.entity_id
            """
        )

    def _of(self, identifier: str, row: Row) -> Iterator[tuple[str, Row]]:
        """The row of an entity, what it is called, and its row among all entities."""
        kind = identifier.split(":", 1)[0]
        yield ENTITY_TABLES[kind], row
        own = {"entity_id": identifier, "entity_kind": kind, "name": row["name"]}
        yield "known", own | {"registered": entities.entry_of(identifier) is not None}
        for name in entities.names(row, identifier):
            yield "called", name

    def _names(self) -> None:
        self._run(
            """
            INSERT INTO names
            FROM called
            UNION SELECT row_id, split_part(row_id, ':', 1), name, "language", 'as_written'
            FROM told WHERE told = 'written'
            UNION SELECT row_id, split_part(row_id, ':', 1), acronym, NULL, 'acronym'
            FROM told WHERE told = 'entity' AND acronym <> ''
            """
        )

    def _documents(self) -> None:
        """What is known of the files, and what their texts tell."""
        columns = ", ".join(
            {
                "language": 't."language"',
                "language_confidence": "t.confidence AS language_confidence",
                # The title that the file gives itself where it stands in the text too, else what the text opens with.
                "title": "coalesce(r.title_in_text, nullif(t.name, ''), r.title) AS title",
                "publisher_id": "e.entity_id AS publisher_id",
            }.get(name, f'r."{name}"')
            for name in TABLES["documents"].to_schema().columns
        )
        self._run(
            f"""
            INSERT INTO documents BY NAME SELECT {columns} FROM read r
            LEFT JOIN (FROM told WHERE told = 'document') t ON t.document_id = r.document_id
            LEFT JOIN entities e ON e.entity_id = r.publisher_id
            """
        )

    def _redirects(self) -> None:
        """Identifiers by names that other documents show to be aliases."""
        self._store.connection.execute(
            """
            INSERT INTO redirects SELECT DISTINCT row_id, "value", 'merged', ? FROM told
            WHERE told = 'merged' AND row_id NOT IN (SELECT entity_id FROM entities)
            """,
            [version()["version"]],
        )

    def _evidence(self) -> None:
        """The evidence of all rows, with a mark where a quote's value is the one that its row shows."""
        columns = _EVIDENCE.format(preferred='t.column_name IS NULL OR s."value" IS NOT NULL')
        self._run(
            f"""
            UPDATE evidence t SET preferred = t.column_name IS NULL OR EXISTS (
                FROM shown s WHERE s.table_name = t.table_name AND s.row_id = t.row_id
                AND s.column_name = t.column_name AND s."value" = t."value"
            );
            INSERT INTO evidence SELECT {columns} FROM told t
            LEFT JOIN shown s ON s.table_name = t.table_name AND s.row_id = t.row_id
                AND s.column_name = t.column_name AND s."value" = t."value"
            WHERE told = 'evidence' AND NOT EXISTS (
                FROM rejected x WHERE x.table_name = t.table_name AND x.row_id = t.row_id
            )
            """
        )

    def _ids(self, query: str) -> set[str]:
        return {row[0] for row in self._store.rows(query)}


def _document(document: Document) -> Row:
    title = document.title or None
    return {
        "document_id": document.document_id,
        "path": document.path,
        "sha256": document.sha256,
        "text_sha256": document.text_sha256,
        "media_type": document.media_type,
        "title": title,
        "title_in_text": title if title and title in document.text else None,
        "url": document.url,
        "publisher_id": f"organisation:{slug(document.publisher)}" if document.publisher else None,
        "published": document.published,
        "licence": document.licence,
        "characters": len(document.text),
        "status": document.status,
        "problem": document.problem,
    }
