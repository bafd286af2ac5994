"""The unit of work: a shard of documents becomes one Parquet part of extractions, once.

A part is named by the keys of its documents and lies in a folder named by the extractor's fingerprint: what exists is
not made again, on whatever machine, and an interrupted run goes on where it was. Parts may be thrown away at any time.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import threading
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Set
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as arrow
import pyarrow.fs
import pyarrow.parquet as parquet

from pipeline.engine.apart import Apart, extract_one
from pipeline.model import Document, Extraction, Name
from pipeline.text.compiled import keep_in

log = logging.getLogger(__name__)
SCHEMA = arrow.schema(
    [
        ("key", arrow.string()),
        ("extraction", arrow.large_string()),
        ("problem", arrow.string()),
        ("summary", arrow.large_string()),
        ("sha256", arrow.string()),
    ]
)


@dataclass(frozen=True, slots=True)
class Row:
    """What a part holds of one document: its extraction as JSON, or the problem with it.

    `summary` is what is asked of all documents at once, so that the rest need not be unpacked: JSON of `Summary`.
    """

    key: str
    extraction: str | None
    problem: str | None
    summary: str | None = None

    @classmethod
    def of(cls, key: str, extraction: Extraction | None, problem: str | None) -> Row:
        if extraction is None:
            return cls(key, None, problem)
        tables = Counter(claim.table for claim in extraction.claims)
        summary = Summary(extraction.document_id, extraction.names(), len(extraction.mentions), dict(tables))
        whole, short = (json.dumps(x, ensure_ascii=False) for x in (extraction.to_json(), summary))
        return cls(key, whole, problem, short)

    @property
    def sha256(self) -> str:
        """Digest of the row: a bit that flips anywhere in the file must not change a result."""
        said = "\0".join(map(str, (self.key, self.extraction, self.problem, self.summary)))
        return hashlib.sha256(said.encode()).hexdigest()


class Summary(NamedTuple):
    """Of one extraction: the document, what decides identity of each entity, mentions, claims by table."""

    document_id: str
    names: list[Name]
    mentions: int
    claims: dict[str, int]

    @classmethod
    def from_json(cls, text: str) -> Summary:
        document_id, names, mentions, claims = json.loads(text)
        return cls(document_id, [Name(*name) for name in names], mentions, claims)


@dataclass(frozen=True)
class Parts:
    """The parts of one extractor below `address`, a folder or any address that pyarrow.fs knows."""

    address: str
    code: str

    @cached_property
    def _where(self) -> tuple[Any, str]:
        if "://" in self.address:
            system, path = pyarrow.fs.FileSystem.from_uri(self.address)
            return system, path
        return pyarrow.fs.LocalFileSystem(), os.path.abspath(self.address)

    @property
    def folder(self) -> str:
        """Where the parts of this extractor lie on their file system."""
        return f"{self._where[1]}/{self.code[:16]}"

    def path(self, name: str) -> str:
        """Path of the part with this name."""
        return f"{self.folder}/{name}.parquet"

    def marker(self, name: str) -> str:
        """Path of the mark that a part is being made, or was when its process died."""
        return f"{self.folder}/{name}.begun"

    def names(self) -> list[str]:
        """Names of all parts."""
        return [Path(f.path).stem for f in self._files() if f.path.endswith(".parquet")]

    def exists(self, path: str) -> bool:
        """Whether there is a file at `path`."""
        return bool(self._where[0].get_file_info(path).type == pyarrow.fs.FileType.File)

    def touch(self, path: str) -> None:
        """Leave an empty file at `path`."""
        self._where[0].create_dir(self.folder, recursive=True)
        self._where[0].open_output_stream(path).close()

    def remove(self, path: str) -> None:
        """Remove the file at `path` if it is there."""
        if self.exists(path):
            self._where[0].delete_file(path)

    def write(self, name: str, rows: Iterable[Row]) -> None:
        """Write a part whole or not at all; the same rows give the same bytes."""
        told = ((r.key, r.extraction, r.problem, r.summary, r.sha256) for r in rows)
        columns = list(zip(*told, strict=True)) or [()] * len(SCHEMA)
        table = arrow.table([arrow.array(c, f.type) for c, f in zip(columns, SCHEMA, strict=True)], schema=SCHEMA)
        system, _ = self._where
        system.create_dir(self.folder, recursive=True)
        temporary = f"{self.folder}/.{name}-{os.getpid()}-{threading.get_ident()}"
        parquet.write_table(table, temporary, filesystem=system, compression="zstd", write_page_checksum=True)
        system.move(temporary, self.path(name))

    def read(self, name: str) -> list[Row]:
        """The rows of a part; none where it is damaged, which then is gone and will be made anew."""
        try:
            table = parquet.read_table(self.path(name), filesystem=self._where[0], page_checksum_verification=True)
            rows = [Row(*values[:-1]) for values in zip(*(table[n].to_pylist() for n in SCHEMA.names), strict=True)]
            if [row.sha256 for row in rows] == table["sha256"].to_pylist():
                return rows
        except Exception as error:  # whatever a library makes of a broken file
            log.debug("%s: %s", self.path(name), error)
        if self.exists(self.path(name)):
            log.warning("the part %s of the cache is damaged and is made anew", self.path(name))
            self.remove(self.path(name))
        return []

    def summaries(self, name: str, keys: Collection[str]) -> Iterator[Summary]:
        """The summaries of the rows of a part that have these keys."""
        columns = ["key", "summary"]
        table = parquet.read_table(
            self.path(name), columns=columns, filesystem=self._where[0], page_checksum_verification=True
        )
        for key, summary in zip(*(table[c].to_pylist() for c in columns), strict=True):
            if key in keys and summary is not None:
                yield Summary.from_json(summary)

    def find(self, keys: Set[str]) -> Iterator[tuple[str, list[Row], int]]:
        """By part: its name, its rows with these keys (each once over all parts), and how many rows it has."""
        taken: set[str] = set()
        for name in sorted(self.names()):
            rows = self.read(name)
            live = [row for row in rows if row.key in keys and row.key not in taken]
            taken.update(row.key for row in live)
            yield name, live, len(rows)

    def join(self, names: Collection[str], keys: Collection[str]) -> str:
        """Make one part of several, with the rows of these keys alone; its name."""
        rows = {row.key: row for name in names for row in self.read(name) if row.key in keys}
        joined = name_of(rows)
        self.write(joined, rows.values())
        for name in names:
            if name != joined:
                self.remove(self.path(name))
        return joined

    def sweep(self) -> None:
        """Remove parts of other extractors and what killed runs left half written."""
        system, root = self._where
        for found in system.get_file_info(pyarrow.fs.FileSelector(root, allow_not_found=True)):
            if found.type == pyarrow.fs.FileType.Directory and found.path != self.folder:
                system.delete_dir(found.path)
        for found in self._files():
            if found.base_name.startswith("."):
                system.delete_file(found.path)

    def _files(self) -> list[Any]:
        selector = pyarrow.fs.FileSelector(self.folder, allow_not_found=True)
        return list(self._where[0].get_file_info(selector))


@dataclass(frozen=True, slots=True)
class Shard:
    """Documents to extract, with their keys, and where the part goes. `expendable` says that its process may die.

    `compiled` is the folder of what the extractor compiles once; a machine that does not have it makes it.
    """

    documents: tuple[Document, ...]
    keys: tuple[str, ...]
    parts: Parts
    extractor: str
    seconds: int
    compiled: Path
    expendable: bool = True

    @property
    def name(self) -> str:
        """Name of its part."""
        return name_of(self.keys)


def name_of(keys: Iterable[str]) -> str:
    """The name of a part that holds the documents with these keys."""
    return hashlib.sha256("\n".join(keys).encode()).hexdigest()[:24]


def extract_shard(shard: Shard) -> str:
    """Make the shard's part if there is none, and return its name.

    Where an earlier attempt died over it, each document is extracted in a child process.
    """
    parts, name = shard.parts, shard.name
    if parts.exists(parts.path(name)):
        return name
    mark = parts.marker(name)
    # Only the main thread can be interrupted.
    careful = parts.exists(mark) or threading.current_thread() is not threading.main_thread()
    parts.touch(mark)
    keep_in(shard.compiled)
    try:
        parts.write(name, _rows(shard, careful))
    finally:
        # A process that dies leaves the mark.
        parts.remove(mark)
    return name


def _rows(shard: Shard, careful: bool) -> Iterator[Row]:
    with ExitStack() as stack:
        apart = stack.enter_context(Apart(shard.extractor, shard.seconds, shard.compiled)) if careful else None
        for document, key in zip(shard.documents, shard.keys, strict=True):
            if apart:
                extraction, problem = apart.extract(document)
            else:
                extraction, problem = extract_one(document, shard.extractor, shard.seconds, shard.expendable)
            yield Row.of(key, extraction, problem)
