"""All claims of all documents, resolved into the published tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from pipeline.model import Document, Extraction
from pipeline.resolve.corrections import Corrections
from pipeline.resolve.entities import EntityTables
from pipeline.resolve.evidence import Ledger
from pipeline.resolve.facts import FactTables
from pipeline.resolve.identity import identifiers
from schemas import TABLES
from schemas.shape import shape


def resolve(
    documents: Sequence[Document], extractions: Mapping[str, Extraction], settings: Any = None
) -> dict[str, pd.DataFrame]:
    """Every table of the contract, as frames in the shape of their schemas; the same whatever order documents come in.

    `settings.threshold` is the confidence below which a claim makes no row.
    """
    threshold = float(getattr(settings, "threshold", 0.0) or 0.0)
    corrections = Corrections(documents)
    ids = corrections.identities(identifiers(extractions.values()))
    ledger = Ledger({d.document_id: d for d in documents})
    facts = FactTables(ids, ledger, threshold)
    entities = EntityTables(ids, ledger)
    for document_id in sorted(extractions):
        extraction = extractions[document_id]
        facts.read(extraction)
        entities.read(extraction)
    rows = facts.rows() | entities.rows(documents, facts)
    shown = entities.shown | facts.shown
    corrections.apply(rows, ledger, shown)
    ledger.settle(shown)
    rows["evidence"] = list(ledger.rows.values())
    return {name: shape(model, pd.DataFrame(rows[name]) if rows.get(name) else None) for name, model in TABLES.items()}
