"""All claims of all documents, resolved into the published tables.

What a document tells is made into rows on its own (`told`); here they are joined: rows of one entity or fact, which
come together by sorting, become one row. Only what identifies things is known of all documents at once.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pandas as pd

from pipeline.documents import lookup
from pipeline.engine import Extractions
from pipeline.model import Document, Extraction, Name
from pipeline.personal.leave_out import suppressed_names
from pipeline.personal.suppressed import NAME, read_suppressed
from pipeline.resolve.corrections import PATH, Corrections
from pipeline.resolve.identity import Identity, aliases
from pipeline.resolve.store import Store
from pipeline.resolve.tables import Resolved
from pipeline.resolve.told import told_files, write
from pipeline.settings import Settings

_MEMORY = 500_000_000


@contextmanager
def resolved(
    documents: Collection[Document], extractions: Mapping[str, Extraction], settings: Any = None
) -> Iterator[Resolved]:
    """Every table of the contract in the shape of its schema, some thousand rows at a time in order of key; the same
    whatever order documents come in.

    `settings.threshold` is the confidence below which a claim makes no row.
    """
    work = getattr(settings, "work", None)
    if work:
        work.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="resolving-", dir=work))
    try:
        corrections = Corrections(lookup(documents).get(PATH))
        if isinstance(extractions, Extractions):
            files = _kept(documents, extractions, corrections, settings)
        else:
            files = [_written(documents, extractions, corrections, settings, folder)]
        store = Store(folder / "store", files, getattr(settings, "memory", _MEMORY))
        try:
            yield Resolved(store, documents, corrections)
        finally:
            store.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def resolve(
    documents: Sequence[Document], extractions: Mapping[str, Extraction], settings: Any = None
) -> dict[str, pd.DataFrame]:
    """The same as whole frames, for documents that fit into memory."""
    with resolved(documents, extractions, settings) as found:
        return {name: pd.concat(list(frames), ignore_index=True) for name, frames in found.items()}


def _kept(
    documents: Collection[Document], extractions: Extractions, corrections: Corrections, settings: Settings
) -> list[Path]:
    """Files of what each document tells, from the cache where they are there."""
    suppressed = read_suppressed(settings.seeds / NAME)

    def names() -> Iterator[tuple[str, Sequence[Name]]]:
        for summary in extractions.summaries():
            yield summary.document_id, suppressed_names(summary.names, suppressed)

    identity = corrections.identities(aliases(n for _, n in names()), names)
    return told_files(documents, extractions, identity, suppressed, settings)


def _written(
    documents: Collection[Document],
    extractions: Mapping[str, Extraction],
    corrections: Corrections,
    settings: Any,
    folder: Path,
) -> Path:
    """One file of what all documents tell."""
    at = lookup(documents)
    threshold = float(getattr(settings, "threshold", 0.0) or 0.0)

    def names() -> Iterator[tuple[str, Sequence[Name]]]:
        return ((document_id, extraction.names()) for document_id, extraction in extractions.items())

    identity: Identity = corrections.identities(aliases(n for _, n in names()), names)
    said = ((d, extractions[i]) for i in sorted(extractions) if (d := at.get(i)) is not None)
    return write(folder, "told", said, identity, threshold)


__all__ = ["Resolved", "resolve", "resolved"]
