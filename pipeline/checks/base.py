"""What a check sees and what it says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from pipeline.model import Document
from schemas import TABLES


@dataclass(frozen=True, slots=True)
class Staged:
    """Tables about to be published, the documents as read, and digests of names that may not appear."""

    tables: dict[str, pd.DataFrame]
    documents: list[Document]
    suppressed: frozenset[str] = frozenset()

    def texts(self) -> dict[str, str]:
        """Text by document id, of the documents that were read."""
        return {d.document_id: d.text for d in self.documents if d.status == "read"}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, and where."""

    table: str
    row: str
    problem: str


@dataclass(frozen=True, slots=True)
class Check:
    """A check over all tables. A blocking one stops the release, others warn."""

    name: str
    find: Callable[[Staged], list[Problem]]
    blocking: bool = True

    @property
    def description(self) -> str:
        """Its function's docstring on one line."""
        return " ".join((self.find.__doc__ or "").split())


def keys(staged: Staged, table: str) -> pd.Series:
    """The key of each row as one text; the parts of a longer key are joined by ` | `."""
    frame, key = staged.tables[table], TABLES[table].key()
    if len(key) == 1:
        return frame[key[0]]
    rows = frame[list(key)].itertuples(index=False)
    joined = [" | ".join("" if pd.isna(part) else str(part) for part in row) for row in rows]
    return pd.Series(joined, index=frame.index, dtype=object)
