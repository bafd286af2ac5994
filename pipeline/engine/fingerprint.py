"""What an extraction depends on, in two digests: the extractor, and what it is given of a document."""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import sys
from functools import cache
from pathlib import Path

from pipeline.model import Document

_HERE = Path(__file__).resolve().parent.parent
# What an extraction depends on beside the document. `resolve`, `release` and `assets` come after it.
_SOURCES = ("model.py", "text", "languages", "gazetteer", "extract", "personal")
_LIBRARIES = ("py3langid",)


@cache
def fingerprint(extractor: str, sources: tuple[str, ...] = _SOURCES) -> str:
    """SHA-256 of everything that decides what an extraction says: sources, packs, gazetteer, library versions."""
    digest = hashlib.sha256(f"{extractor} {sys.version_info[:2]}".encode())
    for library in _LIBRARIES:
        digest.update(f"{library} {importlib.metadata.version(library)}".encode())
    for name in sources:
        start = _HERE / name
        for file in sorted(start.rglob("*")) if start.is_dir() else [start]:
            if file.is_file() and "__pycache__" not in file.parts and not file.name.startswith("."):
                digest.update(file.relative_to(_HERE).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def key(document: Document, code: str) -> str:
    """The key of `document` under the extractor `code`: its text and the metadata an extractor may use."""
    used = (code, document.text_sha256, document.document_id, document.media_type)
    known = (document.url, document.publisher, document.published, document.licence, document.pages)
    return hashlib.sha256(json.dumps([*used, *known]).encode()).hexdigest()
