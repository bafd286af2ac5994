"""Entity tables: what is stated of each entity, chosen among its sources, beside what the gazetteer holds."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from pipeline.gazetteer import Entry, load, region_codes
from pipeline.model import Claim, Document, Entity, Extraction
from pipeline.resolve.evidence import Ledger, best
from pipeline.resolve.facts import REFERENCES, FactTables
from pipeline.resolve.identity import digest, slug
from schemas import codes

TABLE = {
    "region": "regions",
    "organisation": "organisations",
    "partnership": "partnerships",
    "programme": "programmes",
    "event": "events",
}

_SPOKEN = {*REFERENCES, "entity"}


class EntityTables:
    """Gathers entities over documents and writes their tables, names and mentions."""

    def __init__(self, ids: dict[tuple[str, int], str], ledger: Ledger) -> None:
        self._ids, self._ledger = ids, ledger
        self._entities: dict[str, list[tuple[str, Entity]]] = defaultdict(list)
        self._said: dict[tuple[str, str], list[tuple[str, float, str | None, str]]] = defaultdict(list)
        self._mentions: list[dict[str, Any]] = []
        self._written: dict[str, set[tuple[str, str]]] = defaultdict(set)
        self._read: dict[str, Extraction] = {}
        self.shown: dict[tuple[str, str, str], Any] = {}

    def read(self, extraction: Extraction) -> None:
        """Take in entities, mentions and attribute claims of one document."""
        document = self._ledger.documents[extraction.document_id]
        # What the table of documents shows, without the rest.
        self._read[document.document_id] = replace(extraction, entities=[], mentions=[], claims=[])
        for index, entity in enumerate(extraction.entities):
            self._entities[self._ids[document.document_id, index]].append((document.document_id, entity))
        cited = _cited(extraction)
        for mention in extraction.mentions:
            identifier = self._ids[document.document_id, mention.entity]
            kind = identifier.split(":", 1)[0]
            text = document.text[mention.start : mention.end]
            self._mentions.append(
                {
                    "mention_id": f"mention:{digest(document.document_id, mention.start, mention.end, identifier)}",
                    "document_id": document.document_id,
                    "entity_id": identifier,
                    "entity_kind": kind,
                    "start_offset": mention.start,
                    "end_offset": mention.end,
                    "text": text,
                    "zone": mention.zone,
                    "rule": mention.rule,
                    "confidence": round(mention.confidence, 2),
                }
            )
            self._written[identifier].add((" ".join(text.split()), extraction.language or ""))
            address = next((url for a, b, url in cited.get(mention.entity, ()) if a <= mention.start < b), None)
            self._ledger.mention(TABLE[kind], identifier, document.document_id, mention, address)
        for claim in extraction.claims:
            if claim.table == "attributes":
                self._attribute(document, claim)

    def _attribute(self, document: Document, claim: Claim) -> None:
        identifier = self._ids[document.document_id, claim.values["entity"]]
        column, value = claim.values["column"], str(claim.values["value"])
        self._said[identifier, column].append((value, claim.confidence, document.published, document.document_id))
        self._ledger.claim(TABLE[identifier.split(":", 1)[0]], identifier, document.document_id, claim)

    def rows(self, documents: Sequence[Document], facts: FactTables) -> dict[str, list[dict[str, Any]]]:
        """Rows of every entity table, of names and mentions, and of documents."""
        unique = {row["mention_id"]: row for row in self._mentions}
        mentions = list(unique.values())
        used = {row["entity_id"] for row in mentions} | set(self._entities)
        out: dict[str, list[dict[str, Any]]] = {name: [] for name in TABLE.values()}
        regions = {i for i in used if i.startswith("region:")}
        for identifier in sorted(used):
            kind = identifier.split(":", 1)[0]
            if kind != "region":
                out[TABLE[kind]].append(getattr(self, f"_{kind}")(identifier, regions))
        for code in sorted(_with_parents(regions)):
            out["regions"].append(_region(code))
        identifiers = [(f"{table[:-1]}_id", table) for table in TABLE.values()]
        self._confirm({row[key]: row for key, table in identifiers for row in out[table]})
        counts = Counter(row["entity_id"] for row in mentions)
        documents_of: dict[str, set[str]] = defaultdict(set)
        for row in mentions:
            documents_of[row["entity_id"]].add(row["document_id"])
        out["entities"] = [
            {
                "entity_id": row[key],
                "entity_kind": table[:-1],
                "name": row["name"],
                "registered": _registered(row[key]),
                "documents": len(documents_of[row[key]]),
                "mentions": counts[row[key]],
            }
            for key, table in identifiers
            for row in out[table]
        ]
        out["names"] = self._names(out)
        out["mentions"] = mentions
        out["region_codes"] = _codes({row["region_id"] for row in out["regions"]})
        out["documents"] = [_document(d, self._read.get(d.document_id)) for d in documents]
        for row in out["documents"]:
            if row["publisher_id"] and row["publisher_id"] not in {r["entity_id"] for r in out["entities"]}:
                row["publisher_id"] = None
        return out

    def _confirm(self, rows: Mapping[str, Mapping[str, Any]]) -> None:
        """Note what is shown of the columns that are not chosen among sources, where a source says the same."""
        for identifier, column in self._said:
            value = rows[identifier].get(column)
            if value is not None:
                self.shown.setdefault((TABLE[identifier.split(":", 1)[0]], identifier, column), value)

    def _stated(self, identifier: str, column: str) -> str | None:
        values = self._said.get((identifier, column))
        if not values:
            return None
        chosen = best(values)
        self.shown[TABLE[identifier.split(":", 1)[0]], identifier, column] = chosen
        return chosen

    def _common(self, identifier: str) -> tuple[Entry | None, Entity]:
        entity = min((e for _, e in self._entities[identifier]), key=lambda e: (e.name.isupper(), -len(e.name), e.name))
        return _entry(identifier), entity

    def _first(self, identifier: str, name: str) -> Any:
        values = sorted({str(e.attributes[name]) for _, e in self._entities[identifier] if e.attributes.get(name)})
        return values[0] if values else None

    def _acronym(self, identifier: str) -> str | None:
        found = sorted({e.acronym for _, e in self._entities[identifier] if e.acronym})
        return found[0] if found else None

    def _named(self, identifier: str) -> dict[str, Any]:
        """What a body, a partnership and a programme are called, and their address."""
        entry, entity = self._common(identifier)
        return {
            "name": entry.name if entry else entity.name,
            "acronym": (entry.acronym if entry else None) or self._acronym(identifier),
            "url": entry.url if entry else None,
        }

    def _organisation(self, identifier: str, regions: set[str]) -> dict[str, Any]:
        entry, _ = self._common(identifier)
        kind = entry.subkind if entry else self._first(identifier, "kind")
        key = identifier.split(":", 1)[1]
        partnership = f"partnership:{key}" if f"partnership:{key}" in self._entities else None
        acts_for = next(
            (
                i
                for _, e in self._entities[identifier]
                if (i := e.attributes.get("acts_for")) and f"region:{i}" in regions
            ),
            None,
        )
        return {
            "organisation_id": identifier,
            **self._named(identifier),
            "kind": kind if kind in codes.ORGANISATION_KIND else None,
            "country_code": entry.country_code if entry else self._first(identifier, "country"),
            "region_id": f"region:{entry.parent_key}"
            if entry and entry.parent_key and f"region:{entry.parent_key}" in _with_parents(regions)
            else None,
            "acts_for_region_id": f"region:{acts_for}" if acts_for else None,
            "partnership_id": partnership,
            "ror_id": entry.ror_id if entry else None,
            "wikidata_id": entry.wikidata_id if entry else None,
        }

    def _partnership(self, identifier: str, regions: set[str]) -> dict[str, Any]:
        entry, _ = self._common(identifier)
        platform = entry.platform if entry else self._first(identifier, "platform")
        kind = (entry.subkind if entry else None) or self._first(identifier, "kind")
        return {
            "partnership_id": identifier,
            **self._named(identifier),
            "kind": kind,
            "platform": platform,
            "is_s3": True if platform or kind in ("thematic_platform", "thematic_partnership") else None,
            "launched": self._stated(identifier, "launched"),
            "ended": self._stated(identifier, "ended"),
        }

    def _programme(self, identifier: str, regions: set[str]) -> dict[str, Any]:
        entry, _ = self._common(identifier)
        return {
            "programme_id": identifier,
            **self._named(identifier),
            "kind": (entry.subkind if entry else None) or self._first(identifier, "kind"),
            "launched": self._stated(identifier, "launched"),
            "ended": self._stated(identifier, "ended"),
        }

    def _event(self, identifier: str, regions: set[str]) -> dict[str, Any]:
        _, entity = self._common(identifier)
        edition = self._stated(identifier, "edition")
        row = {
            "event_id": identifier,
            "name": entity.name,
            "kind": self._first(identifier, "kind"),
            "edition": int(edition) if edition else None,
        }
        for column in ("starts", "ends", "start_time", "end_time", "timezone", "mode", "place", "country_code"):
            row[column] = self._stated(identifier, column)
        return row

    def _names(self, out: dict[str, list[dict[str, Any]]]) -> list[dict[str, Any]]:
        rows: dict[tuple[str, str, str, str], dict[str, Any]] = {}

        def add(identifier: str, name: str, language: str | None, kind: str) -> None:
            key = identifier, name, language or "", kind
            rows.setdefault(
                key,
                {
                    "entity_id": identifier,
                    "entity_kind": identifier.split(":", 1)[0],
                    "name": name,
                    "language": language or None,
                    "kind": kind,
                },
            )

        for table in TABLE.values():
            for row in out[table]:
                identifier = row[f"{table[:-1]}_id"]
                add(identifier, row["name"], None, "preferred")
                if row.get("acronym"):
                    add(identifier, row["acronym"], None, "acronym")
                if row.get("name_en") and row["name_en"] != row["name"]:
                    add(identifier, row["name_en"], "en", "alias")
                entry = _entry(identifier)
                if entry and entry.name_en and entry.name_en != row["name"]:
                    add(identifier, entry.name_en, "en", "alias")
        for identifier, written in self._written.items():
            for name, language in written:
                add(identifier, name, language, "as_written")
        for identifier, said in self._entities.items():
            for _, entity in said:
                if entity.acronym:
                    add(identifier, entity.acronym, None, "acronym")
        return list(rows.values())


def _cited(extraction: Extraction) -> dict[int, list[tuple[int, int, str]]]:
    """Entity -> (start, end, address) of the register rows that speak of it."""
    out: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
    for claim in extraction.claims:
        if address := claim.values.get("source_url"):
            span = claim.quotes[0].start, claim.quotes[0].end
            for value in {v for k, v in claim.values.items() if k in _SPOKEN and isinstance(v, int)}:
                out[value].append((*span, str(address)))
    return out


def _entry(identifier: str) -> Entry | None:
    kind, key = identifier.split(":", 1)
    return load().entities.get((kind, _KEYS().get((kind, key), key)))


def _KEYS() -> dict[tuple[str, str], str]:
    global _keys
    if _keys is None:
        _keys = {
            (kind, key.replace(":", "-").replace(" ", "-")): key
            for kind, key in load().entities
            if ":" in key or " " in key
        }
    return _keys


_keys: dict[tuple[str, str], str] | None = None


def _registered(identifier: str) -> bool:
    return _entry(identifier) is not None


def _with_parents(regions: set[str]) -> set[str]:
    out: set[str] = set()
    for identifier in regions:
        current: str | None = identifier
        while current and current not in out:
            out.add(current)
            entry = _entry(current)
            current = f"region:{entry.parent_key}" if entry and entry.parent_key else None
    return out


def _region(identifier: str) -> dict[str, Any]:
    entry = _entry(identifier)
    if entry is None:
        return {"region_id": identifier, "name": identifier.split(":", 1)[1]}
    return {
        "region_id": identifier,
        "name": entry.name,
        "name_en": entry.name_en,
        "nuts_code": entry.nuts_code,
        "nuts_edition": entry.nuts_edition,
        "nuts_level": entry.nuts_level,
        "country_code": entry.country_code,
        "parent_id": f"region:{entry.parent_key}" if entry.parent_key else None,
        "latitude": entry.latitude,
        "longitude": entry.longitude,
    }


def _codes(regions: set[str]) -> list[dict[str, Any]]:
    rows = []
    for row in region_codes():
        if f"region:{row['key']}" in regions:
            rows.append(
                {
                    "region_id": f"region:{row['key']}",
                    "nuts_edition": int(row["nuts_edition"]),
                    "nuts_code": row["nuts_code"],
                    "name": row["name"],
                    "successor_ids": row["successor_codes"] or None,
                }
            )
    return rows


def _document(document: Document, extraction: Extraction | None) -> dict[str, Any]:
    return {
        "document_id": document.document_id,
        "path": document.path,
        "sha256": document.sha256,
        "text_sha256": document.text_sha256,
        "media_type": document.media_type,
        "language": extraction.language if extraction else None,
        "language_confidence": round(extraction.language_confidence, 2) if extraction else None,
        "title": _title(document, extraction),
        "url": document.url,
        "publisher_id": f"organisation:{slug(document.publisher)}" if document.publisher else None,
        "published": document.published,
        "licence": document.licence,
        "characters": len(document.text),
        "status": document.status,
        "problem": document.problem,
    }


def _title(document: Document, extraction: Extraction | None) -> str | None:
    """The title that the file gives itself where it stands in the text too, else the one that the text opens with."""
    if document.title and document.title in document.text:
        return document.title
    return (extraction.title if extraction else None) or document.title
