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
from collections.abc import Collection, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pyarrow as arrow
import pyarrow.fs
import pyarrow.parquet as parquet

from pipeline.engine.apart import Apart, extract_one
from pipeline.model import Document
from pipeline.text.compiled import keep_in

log = logging.getLogger(__name__)
SCHEMA = arrow.schema(
    [
        ("key", arrow.string()),
        ("extraction", arrow.large_string()),
        ("problem", arrow.string()),
        ("sha256", arrow.string()),
    ]
)
# Parts with fewer rows are joined to one once there are so many of them.
_SMALL, _MANY = 500, 16


@dataclass(frozen=True, slots=True)
class Row:
    """What a part holds of one document: its extraction as JSON, or the problem with it."""

    key: str
    extraction: str | None
    problem: str | None

    @property
    def sha256(self) -> str:
        """Digest of the row: a bit that flips anywhere in the file must not change a result."""
        return hashlib.sha256(f"{self.key}\0{self.extraction}\0{self.problem}".encode()).hexdigest()


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
        columns = list(zip(*((r.key, r.extraction, r.problem, r.sha256) for r in rows), strict=True)) or [()] * 4
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
            rows = [Row(*values[:3]) for values in zip(*(table[n].to_pylist() for n in SCHEMA.names), strict=True)]
            if [row.sha256 for row in rows] == table["sha256"].to_pylist():
                return rows
        except Exception as error:  # whatever a library makes of a broken file
            log.debug("%s: %s", self.path(name), error)
        if self.exists(self.path(name)):
            log.warning("the part %s of the cache is damaged and is made anew", self.path(name))
            self.remove(self.path(name))
        return []

    def load(self, keys: Collection[str], tidy: bool) -> Iterator[Row]:
        """The rows with these keys, each once. To tidy is to forget what else lies there and to join small parts."""
        wanted, small = set(keys), []
        for name in sorted(self.names()):
            rows = self.read(name)
            live = [row for row in rows if row.key in wanted]
            wanted.difference_update(row.key for row in live)
            yield from live
            if tidy and rows and not live:
                self.remove(self.path(name))
            elif tidy and rows and (len(live) < _SMALL or 2 * len(live) < len(rows)):
                small.append((name, live))
        if len(small) > _MANY:
            self._join(small)

    def sweep(self) -> None:
        """Remove parts of other extractors and what killed runs left half written."""
        system, root = self._where
        for found in system.get_file_info(pyarrow.fs.FileSelector(root, allow_not_found=True)):
            if found.type == pyarrow.fs.FileType.Directory and found.path != self.folder:
                system.delete_dir(found.path)
        for found in self._files():
            if found.base_name.startswith("."):
                system.delete_file(found.path)

    def _join(self, small: list[tuple[str, list[Row]]]) -> None:
        rows = [row for _, live in small for row in live]
        joined = name_of(row.key for row in rows)
        self.write(joined, rows)
        for name, _ in small:
            if name != joined:
                self.remove(self.path(name))

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
            said = json.dumps(extraction.to_json(), ensure_ascii=False) if extraction else None
            yield Row(key, said, problem)
