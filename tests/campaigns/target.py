"""What is fuzzed: readers, layout, privacy patterns, the register and the extractor, each chosen by the first byte."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

from pipeline.extract import extract
from pipeline.model import Document, Extraction
from pipeline.personal.guess import guess
from pipeline.personal.leave_out import without_people
from pipeline.personal.patterns import find_personal
from pipeline.read.bulk import read_bulk
from pipeline.read.docx import read_docx
from pipeline.read.encodings import read_guessed
from pipeline.read.html_page import read_html
from pipeline.read.pdf import read_pdf
from pipeline.read.reading import Limits, Reading, Unreadable
from pipeline.read.text import read_text
from pipeline.text.cells import read_cells

LIMITS = Limits(pages=20, unpacked=1_000_000, depth=100, characters=200_000)
_LONGEST = 150
PROJECT = Path(__file__).resolve().parent.parent.parent
_COLUMNS = {
    "memberships": "partnership,participant,role,status,since,until,source_url",
    "events": "event,kind,starts,ends,place,country,mode,source_url",
}


def one(data: bytes) -> None:
    """Run one input. Raises AssertionError where a result is wrong, and whatever our own code raises."""
    if data:
        TARGETS[NAMES[data[0] % len(NAMES)]](data[1:])


def _page(data: bytes) -> None:
    _own(read_html, data)


def _word(data: bytes) -> None:
    _own(read_docx, zipped(data))


def zipped(document: bytes | str) -> bytes:
    """A Word file of one part; a text is put into the body of a document."""
    if isinstance(document, str):
        space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        document = f'<w:document xmlns:w="{space}"><w:body>{document}</w:body></w:document>'.encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", document)
    return out.getvalue()


def _encoded(data: bytes) -> None:
    _own(read_guessed, data)


def _others(data: bytes) -> None:
    """Formats that a library parses may end in any exception, which the guard reports; what they give must hold."""
    for read in (read_pdf, read_bulk, read_docx):
        try:
            for reading in read(data, LIMITS):
                _holds(reading)
        except Exception:
            continue


def _text(data: bytes) -> None:
    try:
        text = read_text(data)
    except Unreadable:
        return
    kind = "text/markdown" if len(data) % 2 else "text/plain"
    _extracts(Document("d", "d.txt", "0" * 64, kind, text[:_LONGEST]))


def _register(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    table = read_cells(text)
    for row in table.rows:
        assert row.start <= row.end <= len(text)
        for cell in row.cells.values():
            raw = text[cell.start : cell.end]
            assert cell.value in (raw, raw.replace('""', '"'))
    name = list(_COLUMNS)[len(data) % len(_COLUMNS)]
    path = f"register/{name}.csv"
    _extracts(Document(path, path, "0" * 64, "text/csv", f"{_COLUMNS[name]}\n{text}"))


def _personal(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    for start, end in [*guess(text), *find_personal(text)]:
        assert 0 <= start < end <= len(text)


TARGETS: dict[str, Callable[[bytes], None]] = {
    "page": _page,
    "text": _text,
    "word": _word,
    "personal": _personal,
    "register": _register,
    "encoded": _encoded,
    "others": _others,
}
# Which of them are run: all, or those that the command chose.
NAMES = os.environ.get("S3_FUZZ_TARGETS", "").split() or list(TARGETS)


def _own(read: Callable[[bytes, Limits], object], data: bytes) -> None:
    try:
        for reading in read(data, LIMITS):  # type: ignore[attr-defined]
            _holds(reading)
    except Unreadable as error:
        assert "\n" not in str(error)


def _holds(reading: Reading) -> None:
    assert "\0" not in reading.text
    reading.text.encode()
    assert list(reading.pages) == sorted(reading.pages)


def _extracts(document: Document) -> None:
    found = without_people(document, extract(document))
    assert Extraction.from_json(found.to_json()) == found
    for mention in found.mentions:
        assert 0 <= mention.start < mention.end <= len(document.text)
        assert 0 <= mention.entity < len(found.entities)
    for claim in found.claims:
        for quote in claim.quotes:
            assert 0 <= quote.start < quote.end <= len(document.text), claim


def corpus() -> list[bytes]:
    """Inputs to begin with for the targets that are run."""
    files = PROJECT / "tests" / "read" / "files"
    texts = [f.read_bytes() for f in sorted((PROJECT / "seeds").glob("*.txt"))]
    parts = [part for text in texts for part in text.split(b"\n\n") if 40 < len(part) < 600]
    html = (files / "partnership.html").read_bytes()
    with zipfile.ZipFile(files / "partnership.docx") as archive:
        word = archive.read("word/document.xml")
    inputs = {
        "page": [html[i : i + 900] for i in range(0, len(html), 900)],
        "text": parts,
        "word": [word[:1500], word[-1500:]],
        "personal": parts,
        "register": [
            b"Velmora,Tuscany,lead,,2019,,https://a.example\n",
            b'"Vel""mora",Navarra,member,former,,2020-05,https://b\n',
        ],
        "encoded": ["Région Bretagne".encode("cp1252") * 6, "Łódź".encode("utf-16")],
        "others": [(files / "report_fpdf.pdf").read_bytes()[:2000]],
    }
    return [bytes([number]) + data for number, name in enumerate(NAMES) for data in inputs[name]]
