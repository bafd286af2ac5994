"""Bulk text: a Parquet file of one document a row, with document_id and text, perhaps url, language and published."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from pipeline.read.html_facts import day
from pipeline.read.reading import Limits, Reading, Unreadable

_NEEDED = ("document_id", "text")
_KNOWN = ("url", "language", "published")
_ROWS = 256
_LONGEST_NAME = 1_000
_PART_OF_YEAR = re.compile(r"\d{4}-(?:2[1-4]|3[3-6]|4[01])\??")


def read_bulk(raw: bytes, limits: Limits) -> Iterator[Reading]:
    """A reading for each row; an empty text stays empty. Raises Unreadable where columns are missing or not text."""
    import pyarrow as arrow
    from pyarrow import parquet

    if raw[:4] != b"PAR1" or raw[-4:] != b"PAR1":
        raise Unreadable("no whole Parquet file: write it anew")
    file = parquet.ParquetFile(io.BytesIO(raw))
    names = file.schema_arrow.names
    if missing := [name for name in _NEEDED if name not in names]:
        raise Unreadable(f"no column {' and '.join(missing)}: it must have document_id and text")
    chosen = [*_NEEDED, *(name for name in _KNOWN if name in names)]
    # What the file says of itself saves unpacking it; what it has in truth is counted.
    groups = [file.metadata.row_group(i) for i in range(file.metadata.num_row_groups)]
    parts = (group.column(j) for group in groups for j in range(group.num_columns))
    _within(sum(part.total_uncompressed_size for part in parts if part.path_in_schema in chosen), limits)
    total = 0
    seen: set[str] = set()
    for batch in file.iter_batches(_ROWS, columns=chosen, use_threads=False):
        total += batch.nbytes
        _within(total, limits)
        for name in _NEEDED:
            kind = batch.schema.field(name).type
            if not (arrow.types.is_string(kind) or arrow.types.is_large_string(kind) or arrow.types.is_null(kind)):
                raise Unreadable(f"column {name} is {kind}: it must be text")
        for given in batch.to_pylist():
            reading = _row(given)
            if reading.document_id in seen:
                raise Unreadable(f"document_id {reading.document_id!r} stands twice: make them unique")
            seen.add(reading.document_id or "")
            yield reading


def _within(size: int, limits: Limits) -> None:
    if size > limits.unpacked:
        raise Unreadable(f"it unpacks to more than {limits.unpacked / 1e6:.0f} MB: split the file")


def _row(given: dict[str, Any]) -> Reading:
    name = (given["document_id"] or "").strip()
    if not name:
        raise Unreadable("a row has no document_id: give each row one")
    if len(name) > _LONGEST_NAME:
        raise Unreadable(f"a document_id has {len(name):,} characters: at most {_LONGEST_NAME} can be one")
    name = unicodedata.normalize("NFC", name)
    language = str(given.get("language") or "").strip().lower()
    return Reading(
        given["text"] or "",
        language=language if language.isalpha() and len(language) in (2, 3) else None,
        published=_published(given.get("published")),
        url=str(given.get("url") or "").strip() or None,
        document_id=name,
    )


def _published(value: Any) -> str | None:
    """The day of a timestamp, or a date as it stands: as precise as it is given, a season or quarter included."""
    said = str(value).strip() if value is not None else ""
    if _PART_OF_YEAR.fullmatch(said):
        return said
    found = day(said)
    return f"{found}?" if found and said.endswith("?") else found
