"""A fictional corpus and the simplest extractor and resolver that fill every table from it."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pandas as pd

from pipeline.model import Claim, Document, Entity, Extraction, Mention, Quote
from pipeline.settings import Settings

CORPUS = {
    "velmora.txt": "Velmora Partnership\r\nNorthmark leads Velmora since 2018-01.\r\n"
    "Kestria Institute is a member of Velmora.\r\nVelmora was launched in 2016.\r\nVelmora has 12 member regions.\r\n",
    "nested/days.txt": "\ufeffKestria Days 🙂\nKestria Institute spoke at Kestria Days on 2019-03-08.\n"
    "Velmora is funded by Brightfund.\nVelmora aims to share cafe\u0301s.\n",
    "other.md": "# Other view\n\nVelmora was launched in 2017.\nSouthmark is a member of Velmora.\n",
}
ENTITIES = {
    "Northmark": ("region", "region:NM1"),
    "Southmark": ("region", "region:NM2"),
    "Kestria Institute": ("organisation", "organisation:kestria-institute"),
    "Velmora": ("partnership", "partnership:velmora"),
    "Brightfund": ("programme", "programme:brightfund"),
    "Kestria Days": ("event", "event:kestria-days"),
}
RULES = {
    "memberships": r"(?P<participant_id>[\w ]+?) (?P<role>leads|is a member of) "
    r"(?P<partnership_id>\w+)(?: since (?P<since>[\d-]+))?\.",
    "partnerships": r"(?P<partnership_id>\w+) was launched in (?P<launched>\d+)\.",
    "figures": r"(?P<subject_id>\w+) has (?P<value>\d+) member regions\.",
    "attendances": r"(?P<participant_id>[\w ]+?) spoke at (?P<event_id>[\w ]+?) on (?P<starts>[\d-]+)\.",
    "links": r"(?P<subject_id>\w+) is funded by (?P<object_id>\w+)\.",
    "agenda": r"(?P<subject_id>\w+) aims to (?P<text>[^.\n]+)\.",
}
ROLES = {"leads": "lead", "is a member of": "member"}


def write(folder: Path) -> Path:
    """The corpus as files below `folder`."""
    for name, text in CORPUS.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(text.encode())
    return folder


def extract(document: Document) -> Extraction:
    """Mentions of the known names, and one claim for each sentence of the fictional grammar."""
    if "BOOM" in document.text:
        raise RuntimeError("boom\nsecond line")
    out = Extraction(document.document_id, "en", 0.99, document.text.splitlines()[0].strip("\ufeff# "))
    index = {}
    for name, (kind, identifier) in ENTITIES.items():
        for match in re.finditer(rf"\b{name}\b", document.text):
            if name not in index:
                index[name] = len(out.entities)
                out.entities.append(Entity(kind, name, identifier))
            out.mentions.append(Mention(index[name], *match.span(), "body", "fake.name", 0.9))
    for table, pattern in RULES.items():
        for match in re.finditer(pattern, document.text):
            values = {k: index.get(v, v) for k, v in match.groupdict().items() if v}
            out.claims.append(Claim(table, values, (Quote(*match.span(), "body"),), f"fake.{table}", 0.8))
    return out


def resolve(
    documents: list[Document], extractions: dict[str, Extraction], settings: Settings
) -> dict[str, pd.DataFrame]:
    """Every table of the contract; rows only where the corpus says something."""
    texts = {d.document_id: d.text for d in documents}
    rows: dict[str, list[dict[str, object]]] = {}
    facts: dict[str, dict[str, object]] = {}

    def add(table: str, **values: object) -> None:
        rows.setdefault(table, []).append(values)

    def evidence(
        table: str, row: str, document: str, quote: Quote | Mention, column: str | None, value: str | None
    ) -> None:
        mark = _hash(table, row, column, document, quote.start)
        span = {"start_offset": quote.start, "end_offset": quote.end, "quote": texts[document][quote.start : quote.end]}
        add("evidence", evidence_id=f"evidence:{mark}", table_name=table, row_id=row, column_name=column, value=value,
            preferred=True, document_id=document, **span, zone="body", rule="fake", inferred=False,
            confidence=0.8)  # fmt: skip

    seen: dict[str, str] = {}
    for document_id, extraction in extractions.items():
        identifiers = [e.key for e in extraction.entities]
        for m in extraction.mentions:
            entity = extraction.entities[m.entity]
            seen[str(entity.key)] = entity.name
            span = {"start_offset": m.start, "end_offset": m.end, "text": texts[document_id][m.start : m.end]}
            add("mentions", mention_id=f"mention:{_hash(document_id, m.start)}", document_id=document_id, **span,
                entity_id=entity.key, entity_kind=entity.kind, zone=m.zone, rule=m.rule, confidence=0.9)  # fmt: skip
            evidence(f"{entity.kind}s", str(entity.key), document_id, m, "name", entity.name)
        for c in extraction.claims:
            values = {k: identifiers[v] if isinstance(v, int) else v for k, v in c.values.items()}
            if c.table == "partnerships":
                facts.setdefault(str(values["partnership_id"]), {"launched": values["launched"]})
                evidence(
                    "partnerships",
                    str(values["partnership_id"]),
                    document_id,
                    c.quotes[0],
                    "launched",
                    str(values["launched"]),
                )
                continue
            if c.table == "attendances":
                facts[str(values["event_id"])] = {"starts": values.pop("starts")}
            kind = {"agenda": "agenda"}.get(c.table, c.table[:-1])
            row = f"{kind}:{_hash(*values.values())}"
            add(c.table, **{f"{kind}_id": row}, **_fact(c.table, values))
            evidence(c.table, row, document_id, c.quotes[0], None, None)
    for name, (kind, identifier) in ENTITIES.items():
        if identifier in seen:
            own = {"country_code": "NM", "nuts_code": identifier[-3:], "nuts_level": 1, "parent_id": "region:NM"}
            more = own if kind == "region" else {"is_s3": True} if kind == "partnership" else {}
            add(f"{kind}s", **{f"{kind}_id": identifier, "name": name}, **more, **facts.get(identifier, {}))
            add("names", entity_id=identifier, entity_kind=kind, name=name, language=None, kind="preferred")
            add(
                "entities", entity_id=identifier, entity_kind=kind, name=name, registered=False, documents=1, mentions=1
            )
    for told in rows["evidence"]:
        if told["column_name"] == "launched":
            told["preferred"] = told["value"] == str(facts[str(told["row_id"])]["launched"])
    if "region:NM1" in seen:
        add("regions", region_id="region:NM", name="Nowhere", country_code="NM", nuts_code="NM", nuts_level=0)
        add("region_codes", region_id="region:NM", nuts_edition=2024, nuts_code="NM", name="Nowhere")
        add(
            "entities",
            entity_id="region:NM",
            entity_kind="region",
            name="Nowhere",
            registered=True,
            documents=0,
            mentions=0,
        )
    for d in documents:
        found = extractions.get(d.document_id)
        add("documents", document_id=d.document_id, path=d.path, sha256=d.sha256, text_sha256=d.text_sha256,
            media_type=d.media_type, language=found and found.language, title=found and found.title,
            url=d.url, characters=len(d.text), status=d.status, problem=d.problem)  # fmt: skip
    return {name: pd.DataFrame(found).drop_duplicates() for name, found in rows.items()}


def _fact(table: str, values: dict[str, object]) -> dict[str, object]:
    participant = {"participant_kind": str(values.get("participant_id")).partition(":")[0]}
    more: dict[str, dict[str, object]] = {
        "memberships": {**participant, "role": ROLES.get(str(values.get("role")))},
        "attendances": {**participant, "role": "speaker"},
        "links": {"relation": "funded_by"},
        "agenda": {"kind": "objective", "position": 1, "language": "en"},
        "figures": {"measure": "member_regions", "qualifier": "exact"},
    }
    if table == "figures":
        values["value"] = float(str(values["value"]))
    return values | more[table]


def _hash(*parts: object) -> str:
    return hashlib.sha256("\0".join(map(str, parts)).encode()).hexdigest()[:12]


def resolve_badly(
    documents: list[Document], extractions: dict[str, Extraction], settings: Settings
) -> dict[str, pd.DataFrame]:
    """As `resolve`, but one quote is not what stands in the text."""
    tables = resolve(documents, extractions, settings)
    tables["evidence"].loc[0, "quote"] = "invented"
    return tables


def resolve_against_schema(
    documents: list[Document], extractions: dict[str, Extraction], settings: Settings
) -> dict[str, pd.DataFrame]:
    """As `resolve`, but one role is no code."""
    tables = resolve(documents, extractions, settings)
    tables["memberships"].loc[0, "role"] = "emperor"
    return tables
