"""Extracted texts in the work folder: by their SHA-256, so that offsets can be verified, and by the file they are of.

A file that was read before is not parsed again: parsing is the slow part of reading.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from contextlib import suppress
from dataclasses import asdict, replace
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from pipeline.read.reading import Limits, Reading

_HERE = Path(__file__).resolve().parent
_LIBRARIES = ("pypdf", "charset-normalizer")


class Store:
    """Texts under `text/<sha256>.txt`, what was read of a file under `text/of/`."""

    def __init__(self, work: Path) -> None:
        self.folder = work / "text"

    def load(self, digest: str, suffix: str, limits: Limits) -> Reading | None:
        """What was read of a file with this digest; None where it was not, or where what is kept is damaged."""
        try:
            said, _, mark = self._of(digest, suffix, limits).read_text("utf-8").partition("\n")
            if hashlib.sha256(said.encode()).hexdigest() != mark:
                return None
            kept = json.loads(said)
            text = (self.folder / f"{kept['text']}.txt").read_bytes()
            if hashlib.sha256(text).hexdigest() != kept["text"]:
                return None
            return Reading(**{**kept, "text": text.decode(), "pages": tuple(kept["pages"])})
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def save(self, digest: str, suffix: str, limits: Limits, reading: Reading) -> None:
        """Keep the text, and beside it what the file says about itself."""
        text = reading.text.encode()
        name = hashlib.sha256(text).hexdigest()
        _write(self.folder / f"{name}.txt", text)
        kept = json.dumps(asdict(replace(reading, text=name)), ensure_ascii=False, sort_keys=True).encode()
        _write(self._of(digest, suffix, limits), kept + b"\n" + hashlib.sha256(kept).hexdigest().encode())

    def _of(self, digest: str, suffix: str, limits: Limits) -> Path:
        told = f"{_code()} {limits}".encode()
        return self.folder / "of" / f"{digest}{suffix}.{hashlib.sha256(told).hexdigest()[:12]}.json"


@cache
def _code() -> str:
    """Digest of the readers and the libraries they use."""
    digest = hashlib.sha256()
    for file in sorted(_HERE.glob("*.py")):
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    for library in _LIBRARIES:
        with suppress(PackageNotFoundError):
            digest.update(f"{library} {version(library)}".encode())
    return digest.hexdigest()


def _write(file: Path, content: bytes) -> None:
    """Write under another name first: a reader finds the whole content or none."""
    if file.is_file() and file.stat().st_size == len(content) and file.read_bytes() == content:
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(prefix=".tmp-", dir=file.parent)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
        os.replace(temporary, file)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
