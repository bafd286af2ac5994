"""Read a folder of files into documents. A file that cannot be read is quarantined and says why; the rest goes on.

A reader turns bytes into text, or raises `Unreadable`. Further formats join `READERS` by their suffix.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from pipeline.model import Document
from pipeline.read.sources import NAME as SOURCES
from pipeline.read.sources import read_sources
from pipeline.read.tables import MEDIA_TYPE, is_table
from pipeline.read.text import Unreadable, read_text
from pipeline.settings import Settings

READERS: dict[str, tuple[str, Callable[[bytes], str]]] = {
    ".txt": ("text/plain", read_text),
    ".md": ("text/markdown", read_text),
}
# Files that steer the run and are no documents.
ASIDE = {SOURCES, "suppress.csv"}


class NoDocuments(ValueError):
    """The input folder is missing or holds nothing to read; the message says which."""


def read_folder(seeds: Path, settings: Settings) -> list[Document]:
    """Every document below `seeds`, in order of path.

    Raises NoDocuments where the folder is missing or holds no file.
    """
    if not seeds.is_dir():
        raise NoDocuments(f"no such folder: {seeds}")
    sources = read_sources(seeds)
    found = [_read(file, seeds, sources, settings) for file in document_files(seeds)]
    if not found:
        raise NoDocuments(f"no document in {seeds}: put .txt or .md files there")
    return _distinct(found)


def document_files(seeds: Path) -> Iterator[Path]:
    """The files below `seeds` that are documents, in order of path; hidden files and those that steer are not."""
    for file in sorted(seeds.rglob("*"), key=lambda f: f.relative_to(seeds).as_posix()):
        parts = file.relative_to(seeds).parts
        if file.is_file() and parts[0] not in ASIDE and not any(part.startswith(".") for part in parts):
            yield file


def document_id(path: str) -> str:
    """Path below the input folder in NFC; `.txt` is dropped, other suffixes stay."""
    return unicodedata.normalize("NFC", path.removesuffix(".txt"))


def _read(file: Path, seeds: Path, sources: dict[str, dict[str, str | None]], settings: Settings) -> Document:
    path = file.relative_to(seeds).as_posix()
    media_type, reader = _reader(path)
    digest, text, problem = "", "", None
    try:
        digest = _digest(file)
        if reader is None:
            known = ", ".join(READERS)
            raise Unreadable(f"unknown kind of file {file.suffix or file.name!r}: convert it to one of {known}")
        if (size := file.stat().st_size) > settings.max_bytes:
            limit = settings.max_bytes / 1e6
            raise Unreadable(f"{size / 1e6:.0f} MB is over the limit of {limit:.0f} MB: split the file")
        text = reader(file.read_bytes())
    except Unreadable as error:
        problem = str(error)
    except OSError as error:
        problem = f"cannot be opened ({error.strerror}): check its permissions"
    return Document(
        document_id=document_id(path),
        path=path,
        sha256=digest,
        media_type=media_type,
        text=text,
        text_sha256=None if problem else hashlib.sha256(text.encode()).hexdigest(),
        status="quarantined" if problem else "read",
        problem=problem,
        **sources.get(path, {}),
    )


def _reader(path: str) -> tuple[str, Callable[[bytes], str] | None]:
    """Media type and reader by suffix; CSV is read as the register and the corrections only."""
    if is_table(path):
        return MEDIA_TYPE, read_text
    return READERS.get(Path(path).suffix.lower(), ("application/octet-stream", None))


def _digest(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _distinct(documents: list[Document]) -> list[Document]:
    """Two files `a` and `a.txt` would share an identifier: the later keeps its whole path."""
    taken: set[str] = set()
    out = []
    for document in documents:
        name = document.document_id if document.document_id not in taken else document.path
        taken.add(name)
        out.append(replace(document, document_id=name))
    return out
