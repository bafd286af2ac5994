"""What cannot be read is set aside with one line that says what is wrong and what to do; the rest is read."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pyarrow as arrow
import pypdf
import pytest
from pyarrow import parquet

from pipeline.model import Document
from pipeline.read import read_folder
from pipeline.settings import Settings

FILES = Path(__file__).with_name("files")
PDF = (FILES / "report_fpdf.pdf").read_bytes()
DOCX = (FILES / "partnership.docx").read_bytes()
W = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


def docx(body: str | bytes, kind: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", kind) as archive:
        archive.writestr("word/document.xml", body)
    return out.getvalue()


def encrypted() -> bytes:
    writer, out = pypdf.PdfWriter(io.BytesIO(PDF)), io.BytesIO()
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(out)
    return out.getvalue()


def blank(pages: int) -> bytes:
    writer, out = pypdf.PdfWriter(), io.BytesIO()
    for _ in range(pages):
        writer.add_blank_page(100, 100)
    writer.write(out)
    return out.getvalue()


def flat_bomb() -> bytes:
    """A page whose content unpacks to far more than the file has."""
    writer, out = pypdf.PdfWriter(), io.BytesIO()
    page = writer.add_blank_page(100, 100)
    stream = pypdf.generic.DecodedStreamObject()
    stream.set_data(b"BT (x) Tj ET\n" * 16_000_000)
    page[pypdf.generic.NameObject("/Contents")] = writer._add_object(stream.flate_encode())
    writer.write(out)
    return out.getvalue()


def table(**columns: list[object]) -> bytes:
    out = io.BytesIO()
    parquet.write_table(arrow.table(columns), out)
    return out.getvalue()


def flip(raw: bytes) -> bytes:
    return raw[: len(raw) // 2] + bytes([raw[len(raw) // 2] ^ 0xFF]) + raw[len(raw) // 2 + 1 :]


BAD: dict[str, tuple[bytes | Callable[[], bytes], str]] = {
    "empty.pdf": (b"", "no PDF"),
    "empty.docx": (b"", "no whole .docx"),
    "empty.html": (b"", "no text"),
    "empty.parquet": (b"", "no whole Parquet"),
    "page.pdf": (b"<html><p>a page", "no PDF by its first bytes"),
    "truncated.pdf": (PDF[: len(PDF) // 3], "damaged|cannot be read|no text"),
    "locked.pdf": (encrypted, "password"),
    "scan.pdf": (lambda: blank(1), "scan"),
    "long.pdf": (lambda: blank(31), "31 pages are over the limit of 30"),
    "bomb.pdf": (flat_bomb, "memory|cannot be read|damaged|takes more than|no text in it"),
    "loop.pdf": (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[2 0 R]/Count 9>>endobj"
        b" trailer<</Root 1 0 R>>",
        "cannot be read|damaged|nested|no text",
    ),
    "old.docx": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old .doc"),
    "truncated.docx": (DOCX[: len(DOCX) // 2], "no whole .docx"),
    "other.docx": (lambda: docx("x").replace(b"document.xml", b"somewhat.xml"), "no Word document"),
    "flipped.docx": (
        lambda: docx(W + "<w:p/>" * 50, zipfile.ZIP_STORED).replace(b"<w:p/><w:p/>", b"<w:p/><w:q/>"),
        "no whole .docx",
    ),
    "bomb.docx": (lambda: docx(W + " " * 30_000_000), "unpacks to more than 200 times"),
    "large.docx": (lambda: docx(W + " " * 5_000_000), "unpacks to more than 4 MB"),
    "laughs.docx": (lambda: docx(f"<!DOCTYPE x [<!ENTITY l0 'ha'>{LAUGHS}]>{W}&l9;"), "document type"),
    "fetch.docx": (
        lambda: docx(f'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>{W}<w:p>&e;</w:p>'),
        "document type",
    ),
    "deep.docx": (lambda: docx(W + "<w:p>" * 5_000), "nested more than"),
    "unclosed.docx": (lambda: docx(W + "<w:p>"), "is damaged"),
    "wordless.docx": (lambda: docx(W + "</w:body></w:document>"), "no text"),
    "script.html": (b"<script>document.write('text')</script>", "no text"),
    "nul.html": (b"<p>a\0b", "NUL"),
    "deep.html": (b"<div>" * 100_000 + b"x", "nested more than"),
    "slow.html": (b"<!" * 2_000_000, "takes more than|no text"),
    "columns.parquet": (lambda: table(text=["a"]), "no column document_id"),
    "numbers.parquet": (lambda: table(document_id=["a"], text=[1]), "must be text"),
    "twice.parquet": (lambda: table(document_id=["a", "a"], text=["a", "b"]), "stands twice"),
    "nameless.parquet": (lambda: table(document_id=[None], text=["a"]), "no document_id"),
    "rowless.parquet": (lambda: table(document_id=[], text=[]), "no document in it"),
    "flipped.parquet": (
        lambda: flip(table(document_id=list("abcdefghi"), text=["b" * 99] * 9)),
        "damaged|cannot be read",
    ),
    "unpacked.parquet": (
        lambda: table(document_id=list("abc"), text=[n * 60_000_000 for n in "xyz"]),
        "unpacks to more",
    ),
    "noise.txt": (bytes(range(1, 256)) * 40, "not UTF-8"),
    "short.txt": (b"\xe5\xe4\xf6", "too short"),
    "half.txt": (b"\xff\xfea", "utf-16"),
    "table.xlsx": (b"PK\x03\x04", "unknown kind"),
    "big.txt": (b"x" * 20_000_001, "over the limit of 20 MB"),
}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Document]:
    """All of them in one folder, so that each stands between others."""
    folder = tmp_path_factory.mktemp("seeds")
    outside = tmp_path_factory.mktemp("outside")
    (outside / "secret.txt").write_text("secret")
    for name, (raw, _) in BAD.items():
        (folder / name).write_bytes(raw() if callable(raw) else raw)
    (folder / "good.txt").write_text("good")
    (folder / "long.html").write_bytes(b"<p>" + b"word " * 2_000_000)
    (folder / "plain").mkdir()
    (folder / "plain" / "inside.txt").write_text("inside")
    (folder / "folder.pdf").mkdir()
    (folder / "dangling.txt").symlink_to(folder / "nothing.txt")
    (folder / "circle.txt").symlink_to(folder / "circle.txt")
    (folder / "leads_out.txt").symlink_to(outside / "secret.txt")
    (folder / "linked_folder").symlink_to(outside)
    (folder / "linked_inside.txt").symlink_to(folder / "good.txt")
    os.mkfifo(folder / "pipe.pdf")
    (folder / "device.txt").symlink_to("/dev/zero")
    # No rights are asked of a user who has all of them.
    (folder / os.fsdecode(b"n\xe5me.txt")).write_text("a name in Latin-1")
    settings = Settings(
        seeds=folder,
        work=tmp_path_factory.mktemp("work"),
        max_pages=30,
        max_unpacked=4_000_000,
        max_seconds=2,
        max_memory=700_000_000,
    )
    # The bomb is to be caught by its ratio, not by its size.
    large = {d.path: d for d in read_folder(folder, settings)}
    (folder / "large.docx").unlink()
    ratio = {
        d.path: d
        for d in _only(folder, "bomb.docx", Settings(seeds=folder, work=settings.work), tmp_path_factory.mktemp("one"))
    }
    return large | ratio


def _only(folder: Path, name: str, settings: Settings, into: Path) -> list[Document]:
    (into / name).write_bytes((folder / name).read_bytes())
    return read_folder(into, settings)


@pytest.mark.parametrize("name", BAD)
def test_bad_content_is_set_aside_and_says_why(found: dict[str, Document], name: str) -> None:
    check(found[name], BAD[name][1])


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("folder.pdf", "a folder with the name of a file"),
        ("dangling.txt", "a link to nothing"),
        ("circle.txt", "a link to nothing"),
        ("leads_out.txt", "leads out of the input folder"),
        ("linked_folder", "leads out of the input folder"),
        ("pipe.pdf", "a named pipe"),
        ("device.txt", "leads out of the input folder"),
        ("n\ufffdme.txt", "its name is not UTF-8"),
    ],
)
def test_what_is_no_file_of_the_folder_is_set_aside(found: dict[str, Document], name: str, says: str) -> None:
    check(found[name], says)
    assert found[name].text == ""


def test_the_rest_is_read(found: dict[str, Document]) -> None:
    read = {name: d.text for name, d in found.items() if d.status == "read"}
    assert read.keys() == {"good.txt", "linked_inside.txt", "plain/inside.txt", "long.html"}
    assert len(read["long.html"]) == 10_000_000
    assert len(BAD) + 8 >= 40


def check(document: Document, says: str) -> None:
    problem = document.problem
    assert document.status == "quarantined" and document.text_sha256 is None
    assert problem and any(part in problem for part in says.split("|")), problem
    assert "\n" not in problem and ":" in problem and len(problem) < 300
