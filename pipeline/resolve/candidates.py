"""Claims that were not sure enough for a row, kept for whoever improves the rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from pipeline.model import Document, Extraction
from pipeline.resolve.evidence import Ledger
from pipeline.resolve.facts import PREFIX, fact_id
from pipeline.resolve.identity import identifiers
from schemas import TABLES
from schemas.shape import shape

FILE = "candidates.parquet"


def candidates(documents: Sequence[Document], extractions: Mapping[str, Extraction], threshold: float) -> pd.DataFrame:
    """Claims about facts below `threshold`, in the shape of `evidence`.

    `row_id` is the key that the row would have; `value` says the claim in words, for the row as a whole.
    """
    ids = identifiers(extractions.values())
    ledger = Ledger({d.document_id: d for d in documents})
    for document in sorted(extractions):
        extraction = extractions[document]
        for claim in extraction.claims:
            if claim.table not in PREFIX or claim.confidence >= threshold:
                continue
            named = [
                extraction.entities[value].name if isinstance(value, int) and column.endswith("_id") else str(value)
                for column, value in claim.values.items()
                if value is not None
            ]
            for quote in claim.quotes:
                ledger.add(
                    claim.table,
                    fact_id(document, claim, ids),
                    document,
                    quote,
                    claim.rule,
                    claim.confidence,
                    value=quote.value or " | ".join(named),
                )
    rows = list(ledger.rows.values())
    return shape(TABLES["evidence"], pd.DataFrame(rows) if rows else None)
