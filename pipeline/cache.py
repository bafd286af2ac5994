"""Extractions by content, in one SQLite file that may be thrown away at any time."""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import logging
import sqlite3
import sys
import zlib
from functools import cache
from pathlib import Path
from types import TracebackType

from pipeline.model import Document, Extraction

log = logging.getLogger(__name__)
_HERE = Path(__file__).resolve().parent
# What an extraction depends on beside the document. `resolve`, `release` and `assets` come after it.
_SOURCES = ("model.py", "text", "languages", "gazetteer", "extract", "personal")
_LIBRARIES = ("py3langid",)


@cache
def fingerprint(extractor: str) -> str:
    """SHA-256 of everything that decides what an extraction says: sources, packs, gazetteer, library versions."""
    digest = hashlib.sha256(f"{extractor} {sys.version_info[:2]}".encode())
    for library in _LIBRARIES:
        digest.update(f"{library} {importlib.metadata.version(library)}".encode())
    for name in _SOURCES:
        start = _HERE / name
        for file in sorted(start.rglob("*")) if start.is_dir() else [start]:
            if file.is_file() and "__pycache__" not in file.parts and not file.name.startswith("."):
                digest.update(file.relative_to(_HERE).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def key(document: Document, code: str) -> str:
    """The cache key of `document` under the extractor `code`: its text and the metadata an extractor may use."""
    used = (code, document.text_sha256, document.document_id, document.media_type)
    known = (document.url, document.publisher, document.published, document.licence)
    return hashlib.sha256(json.dumps([*used, *known]).encode()).hexdigest()


class Cache:
    """Extractions by key. A damaged file is discarded; a folder that cannot be written raises OSError."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._connection = self._open()
        except sqlite3.DatabaseError:
            log.warning("the cache %s is damaged and is built anew", path)
            path.unlink(missing_ok=True)
            self._connection = self._open()

    def __enter__(self) -> Cache:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # What was extracted before an interruption is kept.
        self._connection.commit()
        self._connection.close()

    def load(self, keys: set[str]) -> dict[str, Extraction]:
        """The extractions known under `keys`; an entry that cannot be read counts as unknown."""
        found = {}
        for cache_key, packed in self._connection.execute("SELECT key, extraction FROM extractions"):
            if cache_key in keys:
                try:
                    found[cache_key] = Extraction.from_json(json.loads(zlib.decompress(packed)))
                except (ValueError, KeyError, TypeError, zlib.error):
                    log.warning("an entry of the cache %s is damaged and is built anew", self.path)
        return found

    def save(self, cache_key: str, extraction: Extraction) -> None:
        """Remember one extraction."""
        packed = zlib.compress(json.dumps(extraction.to_json(), ensure_ascii=False).encode(), 1)
        self._connection.execute("INSERT OR REPLACE INTO extractions VALUES (?, ?)", (cache_key, packed))

    def keep(self, keys: set[str]) -> None:
        """Forget everything else, so that the file does not grow for ever."""
        stored = [k for (k,) in self._connection.execute("SELECT key FROM extractions") if k not in keys]
        self._connection.executemany("DELETE FROM extractions WHERE key = ?", [(k,) for k in stored])

    def _open(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, timeout=60)
        try:
            connection.execute("PRAGMA synchronous=OFF")
            connection.execute("CREATE TABLE IF NOT EXISTS extractions (key TEXT PRIMARY KEY, extraction BLOB)")
            # One of another version of the pipeline may have other columns.
            connection.execute("SELECT key, extraction FROM extractions LIMIT 0")
            if connection.execute("PRAGMA quick_check").fetchone() != ("ok",):
                raise sqlite3.DatabaseError("damaged")
        except sqlite3.DatabaseError:
            connection.close()
            raise
        return connection
