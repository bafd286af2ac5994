"""What one document tells, as rows that need no other document but for its things' identifiers.

They are made once and kept: a part of extractions becomes one Parquet file, named by all that it depends on. Joining
and sorting them is what is left to do over all documents.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as arrow
import pyarrow.parquet as parquet

from pipeline.documents import lookup
from pipeline.engine import Extractions, choose, run
from pipeline.engine.fingerprint import fingerprint
from pipeline.model import Document, Extraction
from pipeline.personal.leave_out import without_suppressed
from pipeline.resolve.evidence import Ledger
from pipeline.resolve.facts import PREFIX, REFERENCES, circular, dated, fact_id, kept, referring
from pipeline.resolve.identity import Identity, alias_of, digest
from pipeline.settings import Settings
from schemas import ENTITY_TABLES

_SOURCES = ("model.py", "resolve", "personal", "text")
_SPOKEN = {*REFERENCES, "entity"}
_TEXT = (
    "told", "id", "table_name", "row_id", "column_name", "value", "document_id", "quote", "zone", "rule",
    "source_url", "name", "acronym", "language",
)  # fmt: skip
SCHEMA = arrow.schema(
    [
        *((name, arrow.string()) for name in _TEXT),
        *((name, arrow.int64()) for name in ("start_offset", "end_offset", "page", "number")),
        ("confidence", arrow.float64()),
        ("inferred", arrow.bool_()),
    ]
)
Row = dict[str, Any]
KINDS = ("document", "entity", "merged", "written", "value", "mention", "fact", "evidence", "candidate")
"""`told`: which kind of row it is; rows of one kind lie together."""


def tell(document: Document, extraction: Extraction, identity: Identity, threshold: float) -> Iterator[Row]:
    """The rows of one document; claims below `threshold` are candidates."""
    name = document.document_id
    ids = identity.of(name, extraction.names())
    ledger, unsure = Ledger({name: document}), Ledger({name: document})
    yield {
        "told": "document",
        "document_id": name,
        "language": extraction.language,
        "confidence": round(extraction.language_confidence, 2),
        "name": extraction.title,
    }
    for index, entity in enumerate(extraction.entities):
        attributes = json.dumps(entity.attributes, ensure_ascii=False, sort_keys=True)
        own: Row = {"name": entity.name, "acronym": entity.acronym, "value": attributes}
        yield {"told": "entity", "row_id": ids[name, index], "document_id": name, "number": index, **own}
    for old, new in sorted(set(identity.merged(name, extraction.names()))):
        yield {"told": "merged", "row_id": old, "value": new}
    yield from _mentions(document, extraction, ids, ledger)
    for claim in extraction.claims:
        if claim.table == "attributes":
            row_id, column = ids[name, claim.values["entity"]], claim.values["column"]
            own = {"column_name": column, "value": str(claim.values["value"]), "confidence": claim.confidence}
            yield {"told": "value", "row_id": row_id, "document_id": name, **own}
            ledger.claim(ENTITY_TABLES[row_id.split(":", 1)[0]], row_id, name, claim)
    sure = [c for c in extraction.claims if c.table in PREFIX and c.confidence >= threshold]
    for number, claim in enumerate(kept(sure)):
        values = referring(name, claim, ids)
        if circular(values):
            continue
        row_id = fact_id(name, claim, ids)
        said = json.dumps([values, dated(claim)], ensure_ascii=False)
        own = {"value": said, "confidence": claim.confidence, "document_id": name, "number": number}
        yield {"told": "fact", "table_name": claim.table, "row_id": row_id, **own}
        ledger.claim(claim.table, row_id, name, claim)
    for claim in extraction.claims:
        if claim.table in PREFIX and claim.confidence < threshold:
            spoken = [
                extraction.entities[v].name if isinstance(v, int) and column.endswith("_id") else str(v)
                for column, v in claim.values.items()
                if v is not None
            ]
            for quote in claim.quotes:
                key, value = fact_id(name, claim, ids), quote.value or " | ".join(spoken)
                unsure.add(claim.table, key, name, quote, claim.rule, claim.confidence, value=value)
    for told, rows in (("evidence", ledger.rows), ("candidate", unsure.rows)):
        for row in rows.values():
            yield {"told": told, "id": row["evidence_id"], **row}


def _mentions(
    document: Document, extraction: Extraction, ids: dict[tuple[str, int], str], ledger: Ledger
) -> Iterator[Row]:
    name, cited = document.document_id, _cited(extraction)
    rows: dict[str, Row] = {}
    written = set()
    for mention in extraction.mentions:
        identifier = ids[name, mention.entity]
        text = document.text[mention.start : mention.end]
        key = f"mention:{digest(name, mention.start, mention.end, identifier)}"
        rows[key] = {
            "told": "mention",
            "id": key,
            "row_id": identifier,
            "document_id": name,
            "start_offset": mention.start,
            "end_offset": mention.end,
            "quote": text,
            "zone": mention.zone,
            "rule": mention.rule,
            "confidence": round(mention.confidence, 2),
        }
        written.add((identifier, " ".join(text.split())))
        address = next((url for a, b, url in cited.get(mention.entity, ()) if a <= mention.start < b), None)
        ledger.mention(ENTITY_TABLES[identifier.split(":", 1)[0]], identifier, name, mention, address)
    yield from rows.values()
    for identifier, text in sorted(written):
        yield {"told": "written", "row_id": identifier, "name": text, "language": extraction.language or None}


def _cited(extraction: Extraction) -> dict[int, list[tuple[int, int, str]]]:
    """Entity -> (start, end, address) of the register rows that speak of it."""
    out: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
    for claim in extraction.claims:
        if address := claim.values.get("source_url"):
            span = claim.quotes[0].start, claim.quotes[0].end
            for value in {v for k, v in claim.values.items() if k in _SPOKEN and isinstance(v, int)}:
                out[value].append((*span, str(address)))
    return out


@dataclass(frozen=True, slots=True)
class Group:
    """Documents and their extractions as JSON, to be told into `folder` as the file `name`."""

    documents: tuple[Document, ...]
    packed: tuple[str, ...]
    identity: Identity
    threshold: float
    suppressed: frozenset[str]
    folder: Path
    name: str


def tell_group(group: Group) -> Path:
    """Write the file of a group; its name has the digest of its bytes."""

    def extractions() -> Iterator[tuple[Document, Extraction]]:
        for document, packed in zip(group.documents, group.packed, strict=True):
            yield document, without_suppressed(document, Extraction.from_json(json.loads(packed)), group.suppressed)

    return write(group.folder, group.name, extractions(), group.identity, group.threshold)


def write(
    folder: Path, name: str, said: Iterable[tuple[Document, Extraction]], identity: Identity, threshold: float
) -> Path:
    """The rows of these documents in one file, each kind in row groups of its own."""
    kinds: dict[str, list[Row]] = {kind: [] for kind in KINDS}
    for document, extraction in said:
        for row in tell(document, extraction, identity, threshold):
            kinds[row["told"]].append(row)
    folder.mkdir(parents=True, exist_ok=True)
    temporary = folder / f".{name}"
    with parquet.ParquetWriter(temporary, SCHEMA, compression="zstd") as file:
        for kind in KINDS:
            if kinds[kind]:
                file.write_table(arrow.Table.from_pylist(kinds[kind], schema=SCHEMA))
    return temporary.rename(folder / f"{name}-{_sha256(temporary)[:16]}.parquet")


def told_files(
    documents: Collection[Document],
    extractions: Extractions,
    identity: Identity,
    suppressed: frozenset[str],
    settings: Settings,
) -> list[Path]:
    """The files of all extractions; those that are there and whole are not made again, others leave."""
    folder = settings.work / "told"
    there = {path.name.partition("-")[0]: path for path in sorted(folder.glob("[!.]*.parquet"))}
    groups, names = extractions.groups(), dict[str, tuple[str, Identity]]()
    for part, of_part in groups.items():
        names[part] = _name(part, of_part, extractions, identity, suppressed, settings)
    found = [there[n] for n, _ in names.values() if n in there and there[n].stem == f"{n}-{_sha256(there[n])[:16]}"]
    whole = {path.name.partition("-")[0] for path in found}
    todo = {part: groups[part] for part, (name, _) in names.items() if name not in whole}
    at = lookup(documents)

    def shards() -> Iterator[Group]:
        for part, of_part in todo.items():
            own = tuple(d for i in of_part if (d := at.get(i)) is not None)
            packed = tuple(extractions.packed(i) for i in of_part)
            name, known = names[part]
            yield Group(own, packed, known, settings.threshold, suppressed, folder, name)

    engine = choose(settings, sum(map(len, todo.values())))
    # Told files stay on this machine: joining them is done here.
    found += run(tell_group, shards(), "workers" if engine == "ray" else engine, settings) if todo else ()
    for path in {*folder.glob("*.parquet"), *folder.glob(".*")} - set(found):
        path.unlink()
    return sorted(found)


def _name(
    part: str,
    documents: list[str],
    extractions: Extractions,
    identity: Identity,
    suppressed: frozenset[str],
    settings: Settings,
) -> tuple[str, Identity]:
    """What a part's file is called, and as much of the identities as matters to it."""
    asked = {
        alias_of(n) for s in extractions.summaries_of(part, documents) for n in s.names if not n.key
    } & identity.aliases.keys()
    here = set(documents)
    known = Identity(
        {short: identity.aliases[short] for short in sorted(asked)},
        {place: new for place, new in identity.parted.items() if place[0] in here},
        identity.moved,
    )
    facts = (part, sorted(documents), fingerprint("told", _SOURCES), settings.threshold, sorted(suppressed))
    corrected = sorted(known.aliases.items()), sorted(known.parted.items()), sorted(known.moved.items())
    return hashlib.sha256(repr((facts, corrected)).encode()).hexdigest()[:24], known


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
