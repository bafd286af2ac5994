"""Documents as read, in one Parquet file: gone through in order or looked up by id, few in memory at a time."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import fields, replace
from itertools import repeat
from pathlib import Path
from typing import Any

import pyarrow as arrow
import pyarrow.parquet as parquet

from pipeline.model import Document

NAME = "documents.parquet"
# Fields of a document that are not text.
_TYPES = {"pages": arrow.list_(arrow.int64())}
_SCHEMA = arrow.schema([(field.name, _TYPES.get(field.name, arrow.string())) for field in fields(Document)])
_ROWS, _CHARACTERS = 250, 4_000_000


class Documents(Collection[Document]):
    """The documents in a file, in its order; those in `failed` (document id -> reason) as set aside."""

    def __init__(self, path: Path, failed: Mapping[str, str] | None = None) -> None:
        self.path, self._failed = path, failed or {}
        self._count = parquet.read_metadata(path).num_rows
        self._groups: dict[str, int] = {}
        self._open: tuple[int, dict[str, Document]] = (-1, {})

    @property
    def untouched(self) -> bool:
        """Whether they are as the file has them: none of them is set aside but those that it sets aside."""
        return not self._failed

    def __len__(self) -> int:
        return int(self._count)

    def __iter__(self) -> Iterator[Document]:
        for batch in self.batches():
            yield from batch

    def __contains__(self, document: object) -> bool:
        return isinstance(document, Document) and self.get(document.document_id) == document

    def batches(self) -> Iterator[list[Document]]:
        """All documents, some hundred at a time."""
        with parquet.ParquetFile(self.path) as file:
            for group in range(file.num_row_groups):
                yield self._read(file, group)

    def briefly(self) -> Iterator[Document]:
        """All documents without their texts, which are most of what they take."""
        columns = [name for name in _SCHEMA.names if name != "text"]
        with parquet.ParquetFile(self.path) as file:
            for group in range(file.num_row_groups):
                yield from self._read(file, group, columns)

    def get(self, document_id: str) -> Document | None:
        """The document with this id."""
        group = self._index().get(document_id)
        if group is None:
            return None
        if self._open[0] != group:
            with parquet.ParquetFile(self.path) as file:
                self._open = group, {d.document_id: d for d in self._read(file, group)}
        return self._open[1][document_id]

    def some(self, wanted: Collection[str]) -> Iterator[Document]:
        """Those of `wanted` that there are, in the order of the file, each piece of which is read once at most."""
        groups = sorted({group for name in wanted if (group := self._index().get(name)) is not None})
        with parquet.ParquetFile(self.path) as file:
            for group in groups:
                yield from (d for d in self._read(file, group) if d.document_id in wanted)

    def without(self, failed: Mapping[str, str]) -> Documents:
        """The same with others set aside."""
        return Documents(self.path, {**self._failed, **failed})

    def _index(self) -> dict[str, int]:
        if not self._groups:
            with parquet.ParquetFile(self.path) as file:
                for group in range(file.num_row_groups):
                    names = file.read_row_group(group, columns=["document_id"])["document_id"]
                    self._groups.update(dict.fromkeys(names.to_pylist(), group))
        return self._groups

    def _read(self, file: parquet.ParquetFile, group: int, columns: list[str] | None = None) -> list[Document]:
        table = file.read_row_group(group, columns=columns)
        held = {name: table[name].to_pylist() for name in table.column_names}
        held["pages"] = [tuple(pages or ()) for pages in held["pages"]]
        values = (held.get(name) or repeat("") for name in _SCHEMA.names)
        # Column by column: all documents are gone through several times in a run.
        return quarantine(map(Document, *values), self._failed)


class Texts(Mapping[str, str]):
    """Text by document id, of the documents that were read."""

    def __init__(self, documents: Collection[Document]) -> None:
        self._documents, self._at = documents, lookup(documents)

    def __getitem__(self, document_id: str) -> str:
        found = self._at.get(document_id)
        if found is None or found.status != "read":
            raise KeyError(document_id)
        return found.text

    def __iter__(self) -> Iterator[str]:
        return (d.document_id for d in briefly(self._documents) if d.status == "read")

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def some(self, wanted: Collection[str]) -> Iterator[tuple[str, str]]:
        """Id and text of those of `wanted` that were read, in the order of the documents."""
        return ((d.document_id, d.text) for d in some(self._documents, wanted) if d.status == "read")


def texts_of(texts: Mapping[str, str], wanted: Collection[str]) -> Iterator[tuple[str, str]]:
    """Id and text of those of `wanted` that are at hand; of documents in a file each piece is read once at most."""
    return texts.some(wanted) if isinstance(texts, Texts) else ((i, texts[i]) for i in wanted if i in texts)


def some(documents: Collection[Document], wanted: Collection[str]) -> Iterator[Document]:
    """Those of `wanted` that there are, in the order of the documents; of a file each piece is read once at most."""
    if isinstance(documents, Documents):
        return documents.some(wanted)
    return (document for document in documents if document.document_id in wanted)


def briefly(documents: Collection[Document]) -> Iterator[Document]:
    """The documents; where they are in a file, without their texts."""
    return documents.briefly() if isinstance(documents, Documents) else iter(documents)


def quarantine(documents: Iterable[Document], failed: Mapping[str, str]) -> list[Document]:
    """The documents with those that could not be extracted set aside."""
    return [
        replace(d, status="quarantined", problem=failed[d.document_id], text="", text_sha256=None)
        if d.document_id in failed
        else d
        for d in documents
    ]


def lookup(documents: Collection[Document]) -> Mapping[str, Document] | Documents:
    """The documents by id (`get`), wherever they are."""
    return documents if isinstance(documents, Documents) else {d.document_id: d for d in documents}


def save_documents(documents: Iterable[Document], folder: Path) -> None:
    """Keep the documents with their texts in `folder`, and beside them the digest of the file."""
    folder.mkdir(parents=True, exist_ok=True)
    temporary = folder / f".{NAME}"
    if isinstance(documents, Documents) and documents.untouched:
        shutil.copyfile(documents.path, temporary)
    else:
        _write(temporary, documents)
    put_mark(temporary)
    os.replace(temporary, folder / NAME)
    os.replace(mark(temporary), mark(folder / NAME))


def _write(path: Path, documents: Iterable[Document]) -> None:
    with parquet.ParquetWriter(path, _SCHEMA, compression="zstd") as file:
        some: list[dict[str, Any]] = []
        size = 0
        for document in documents:
            some.append({name: getattr(document, name) for name in _SCHEMA.names})
            size += len(document.text)
            if len(some) == _ROWS or size > _CHARACTERS:
                file.write_table(arrow.Table.from_pylist(some, schema=_SCHEMA))
                some, size = [], 0
        if some:
            file.write_table(arrow.Table.from_pylist(some, schema=_SCHEMA))


def load_documents(folder: Path) -> Documents:
    """The documents kept last in `folder`. Raises FileNotFoundError where none were, OSError where they are damaged."""
    check_mark(folder / NAME)
    return Documents(folder / NAME)


def mark(path: Path) -> Path:
    """Where the digest of a file's bytes stands."""
    return path.with_name(f"{path.name}.sha256")


def put_mark(path: Path) -> None:
    """Write the digest of a file beside it."""
    mark(path).write_text(_sha256(path))


def check_mark(path: Path) -> None:
    """Raise OSError where a file is not what was written."""
    if mark(path).read_text() != _sha256(path):
        raise OSError(f"{path} is damaged: run all steps again")


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
