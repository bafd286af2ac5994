"""What a check sees and what it says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from pipeline.model import Document
from schemas import TABLES, Table


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


def keyed(table: str) -> type[Table]:
    """The model of `table`, whose key is one column."""
    return TABLES[table]


def keys(staged: Staged, table: str) -> pd.Series:
    """The key of each row as one text; the parts of a longer key are joined by ` | `."""
    frame, key = staged.tables[table], list(TABLES[table].key())
    parts = frame[key].astype(object).where(frame[key].notna(), "")
    return parts.agg(lambda row: " | ".join(map(str, row)), axis=1) if len(key) > 1 else parts[key[0]]
