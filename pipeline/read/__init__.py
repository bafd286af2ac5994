"""Read a folder of files into documents. A file that cannot be read is quarantined and says why; the rest goes on.

A reader turns bytes into `Reading`s, or raises `Unreadable`. Further formats join `READERS` by their suffix.
"""

from __future__ import annotations

import hashlib
import importlib.util
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.model import Document
from pipeline.read.files import fetch, walk
from pipeline.read.guard import Guard
from pipeline.read.reading import Limits, Reading, Unreadable
from pipeline.read.sources import NAME as SOURCES
from pipeline.read.sources import read_sources
from pipeline.read.store import Store
from pipeline.read.tables import MEDIA_TYPE, is_table
from pipeline.read.text import NotUtf8, read_text
from pipeline.settings import Settings


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: its media type, the function that reads it, and the library that this needs, from which extra.

    A format without `target` is decoded as UTF-8. `many` holds for files of many documents.
    """

    media_type: str
    target: str | None = None
    library: str | None = None
    extra: str | None = None
    many: bool = False


_HTML = Format("text/html", "pipeline.read.html_page:read_html")
READERS: dict[str, Format] = {
    ".txt": Format("text/plain"),
    ".md": Format("text/markdown"),
    ".html": _HTML,
    ".htm": _HTML,
    ".pdf": Format("application/pdf", "pipeline.read.pdf:read_pdf", "pypdf", "pdf"),
    ".docx": Format(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "pipeline.read.docx:read_docx"
    ),
    ".parquet": Format("application/vnd.apache.parquet", "pipeline.read.bulk:read_bulk", many=True),
}
_UNKNOWN = "application/octet-stream"
_GUESSED = Format("text/plain", "pipeline.read.encodings:read_guessed")
# A file of many documents may be so many times as large as one of a single document, and take as much more memory.
_BULK = 25
_BULK_MEMORY = 6
# Files that steer the run and say nothing that is published.
ASIDE = {SOURCES, "suppress.csv"}
_CURATED = Format(MEDIA_TYPE)


class NoDocuments(ValueError):
    """The input folder is missing or holds nothing to read; the message says which."""


def read_folder(seeds: Path, settings: Settings) -> list[Document]:
    """Every document below `seeds`, in order of path. What had to be extracted is kept in the work folder.

    Raises NoDocuments where the folder is missing or holds no file.
    """
    return list(read_documents(seeds, settings))


def read_documents(seeds: Path, settings: Settings) -> Iterator[Document]:
    """The same one after the other, so that only the documents of one file are in memory at a time."""
    if not seeds.is_dir():
        raise NoDocuments(f"no such folder: {seeds}")
    taken: set[str] = set()
    with _Reader(seeds, settings) as reader:
        for file in document_files(seeds):
            for document in reader.read(file):
                yield _distinct(document, taken)
    if not taken:
        raise NoDocuments(f"no document in {seeds}: put files there that end in {', '.join(READERS)}")


def document_files(seeds: Path) -> Iterator[Path]:
    """What lies below `seeds` and is to be a document, in order of path; hidden files and those that steer are not.

    The curated tables are documents; what else lies beside them in `register/` is not. Links and special files are
    listed too: `read_folder` says of each why it is not read.
    """
    for file in sorted(walk(seeds), key=lambda f: f.relative_to(seeds).as_posix()):
        path = file.relative_to(seeds)
        if path.parts[0] not in ASIDE and (path.parts[0] != "register" or is_table(path.as_posix())):
            yield file


def document_id(path: str) -> str:
    """Path below the input folder in NFC; `.txt` is dropped, other suffixes stay."""
    return unicodedata.normalize("NFC", path.removesuffix(".txt"))


class _Reader:
    """Reads one file after another; parsers run in guarded processes, started when first needed."""

    def __init__(self, seeds: Path, settings: Settings) -> None:
        self._seeds, self._settings = seeds, settings
        self._sources = read_sources(seeds)
        self._store = Store(settings.work)
        self._guards = {
            many: Guard(settings.max_seconds, settings.max_memory * (_BULK_MEMORY if many else 1))
            for many in (False, True)
        }

    def __enter__(self) -> _Reader:
        return self

    def __exit__(self, *_: object) -> None:
        for guard in self._guards.values():
            guard.close()

    def read(self, file: Path) -> list[Document]:
        """The documents of a file, or one that says why it cannot be read."""
        path = file.relative_to(self._seeds).as_posix()
        shown = path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
        suffix = file.suffix.lower()
        form = _CURATED if is_table(path) else READERS.get(suffix, Format(_UNKNOWN))
        digest, readings, problem = "", [Reading("")], None
        try:
            if shown != path:
                raise Unreadable("its name is not UTF-8: rename the file")
            digest, raw = fetch(file, self._seeds, self._settings.max_bytes * (_BULK if form.many else 1))
            if form.media_type == _UNKNOWN:
                known = ", ".join(READERS)
                raise Unreadable(f"unknown kind of file {file.suffix or file.name!r}: convert it to one of {known}")
            readings = self._readings(raw, digest, suffix, form)
        except Unreadable as error:
            problem = str(error.args[0])
            digest = error.args[1] if len(error.args) > 1 else digest
        except OSError as error:
            problem = f"cannot be opened ({error.strerror}): check its permissions"
        return [self._document(shown, digest, form, reading, problem) for reading in readings]

    def _readings(self, raw: bytes, digest: str, suffix: str, form: Format) -> list[Reading]:
        limits = self._limits(form)
        if form.target is None:
            try:
                return [Reading(read_text(raw))]
            except NotUtf8:
                if form is _CURATED:
                    raise
                form = _GUESSED
        if form.library and importlib.util.find_spec(form.library) is None:
            raise Unreadable(f"{suffix} files need an extra: pip install 's3-partnerships[{form.extra}]'")
        if not form.many and (kept := self._store.load(digest, suffix, limits)):
            return [kept]
        assert form.target
        readings = self._guards[form.many].call(form.target, raw, limits)
        if not readings:
            raise Unreadable("no document in it: add rows or remove the file")
        if not form.many:
            self._store.save(digest, suffix, limits, readings[0])
        return readings

    def _limits(self, form: Format) -> Limits:
        settings = self._settings
        times = _BULK if form.many else 1
        return Limits(
            pages=settings.max_pages,
            unpacked=settings.max_unpacked * times,
            depth=settings.max_depth,
            characters=settings.max_bytes,
        )

    def _document(self, path: str, digest: str, form: Format, reading: Reading, problem: str | None) -> Document:
        if reading.document_id is not None and not reading.text.strip():
            problem = "its text is empty: fill it or remove the row"
        known = {name: value for name, value in self._sources.get(path, {}).items() if value}
        given = {name: value for name in ("url", "published") if (value := getattr(reading, name))}
        # What is known of a file overrules what it says itself; of a file of many, it holds where they are silent.
        known = {**known, **given} if form.many else {**given, **known}
        return Document(
            document_id=reading.document_id if reading.document_id is not None else document_id(path),
            path=path,
            sha256=digest,
            media_type=form.media_type,
            text="" if problem else reading.text,
            text_sha256=None if problem else hashlib.sha256(reading.text.encode()).hexdigest(),
            status="quarantined" if problem else "read",
            problem=problem,
            title=reading.title,
            language=reading.language,
            encoding=reading.encoding,
            pages=reading.pages,
            **known,
        )


def _distinct(document: Document, taken: set[str]) -> Document:
    """The document under an identifier of its own: of two files `a` and `a.txt` the later is named by its path."""
    name = document.document_id
    if name in taken:
        name = document.path if document.path not in taken else f"{document.path}#{name}"
    number = 2
    while name in taken:
        name, number = f"{document.path}#{number}", number + 1
    taken.add(name)
    return replace(document, document_id=name)
