"""What a check sees and what it says."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
import pyarrow as arrow

from pipeline.documents import Texts, briefly
from pipeline.model import Document
from pipeline.tables import Tables
from schemas import TABLES

_CHARACTERS = 30_000_000


@dataclass(frozen=True, slots=True)
class Staged:
    """Tables about to be published, the documents as read, and digests of names that may not appear."""

    tables: Mapping[str, pd.DataFrame]
    documents: Collection[Document]
    suppressed: frozenset[str] = frozenset()
    _asked: Tables = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_asked", Tables.over(self.tables))

    def texts(self) -> Mapping[str, str]:
        """Text by document id, of the documents that were read."""
        return Texts(self.documents)

    def batches(self) -> Iterator[list[Document]]:
        """The documents, as many at a time as are well held in memory."""
        some: list[Document] = []
        size = 0
        for document in self.documents:
            some.append(document)
            size += len(document.text)
            if size > _CHARACTERS:
                yield some
                some, size = [], 0
        if some:
            yield some

    def briefs(self) -> Iterator[Document]:
        """The documents without their texts."""
        return briefly(self.documents)

    def rows(self, query: str, **given: arrow.Table) -> Iterator[tuple[Any, ...]]:
        """The rows that an SQL query over the tables (and those `given`) gives."""
        return self._asked.rows(query, **given)


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


def key(table: str) -> str:
    """SQL for the key of a row as one text; the parts of a longer key are joined by ` | `."""
    columns = TABLES[table].key()
    if len(columns) == 1:
        return f'"{columns[0]}"'
    return " || ' | ' || ".join(f"coalesce(CAST(\"{column}\" AS VARCHAR), '')" for column in columns)
