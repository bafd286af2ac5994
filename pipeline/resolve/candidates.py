"""Claims that were not sure enough for a row, kept for whoever improves the rules."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import SimpleNamespace

import pandas as pd

from pipeline.model import Document, Extraction
from pipeline.resolve import resolved

FILE = "candidates.parquet"


def candidates(
    documents: Collection[Document], extractions: Mapping[str, Extraction], threshold: float
) -> pd.DataFrame:
    """Claims about facts below `threshold`, in the shape of `evidence`, for documents that fit into memory.

    `row_id` is the key that the row would have; `value` says the claim in words, for the row as a whole.
    """
    with resolved(documents, extractions, SimpleNamespace(threshold=threshold)) as found:
        return pd.concat(list(found.unsure()), ignore_index=True)
