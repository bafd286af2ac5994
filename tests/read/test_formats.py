"""Every format gives the text of the plain one. LibreOffice, Chromium, python-docx and fpdf2 made the files."""

from __future__ import annotations

import hashlib
import importlib.util
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as arrow
import pytest
from pyarrow import parquet

from pipeline.model import Document, Quote
from pipeline.read import read_folder
from pipeline.read.store import Store
from pipeline.resolve.evidence import Ledger
from pipeline.settings import Settings
from pipeline.staging import load_documents, save_documents

FILES = Path(__file__).with_name("files")
TEXT = (FILES / "partnership.txt").read_text("utf-8")
Read = Callable[[dict[str, bytes]], dict[str, Document]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def go(files: dict[str, bytes], **settings: Any) -> dict[str, Document]:
        folder = tmp_path / "seeds"
        for name, raw in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(raw)
        found = read_folder(folder, Settings(seeds=folder, work=tmp_path / "work", **settings))
        return {d.document_id: d for d in found}

    return go


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Document]:
    found = read_folder(FILES, Settings(seeds=FILES, work=tmp_path_factory.mktemp("work")))
    return {d.document_id: d for d in found}


@pytest.mark.parametrize("name", sorted(f.name for f in FILES.glob("partnership*.*")))
def test_every_format_gives_the_same_lines(documents: dict[str, Document], name: str) -> None:
    document = documents[name.removesuffix(".txt")]
    assert document.problem is None
    # This exporter writes a page's running head as the page's first paragraph.
    assert document.text.removeprefix("Tidewater News – internal\n\n") == TEXT
    assert document.text_sha256 == hashlib.sha256(document.text.encode()).hexdigest()


def test_a_page_says_what_it_is(documents: dict[str, Document], read: Read) -> None:
    page = documents["partnership.html"]
    assert (page.title, page.language) == ("Kestria and Valdoria join the Tidewater Partnership", "en")
    assert (page.published, page.url) == ("2024-03-14", "https://news.tidewater.example/2024/kestria-valdoria")
    assert page.media_type == "text/html"
    sources = b"path,url,publisher,published,licence\na.html,https://other.example,T,,\n"
    known = read({"a.html": (FILES / "partnership.html").read_bytes(), "sources.csv": sources})["a.html"]
    assert (known.url, known.publisher, known.published) == ("https://other.example", "T", "2024-03-14")


def test_pages_are_known_and_hyphens_undone(documents: dict[str, Document]) -> None:
    report = documents["report_fpdf.pdf"]
    assert len(report.pages) == 6 and report.pages[0] == 0
    assert "annual report" not in report.text and "\n6\n" not in report.text
    for words in ("tidal turbines that is co-ordinated by", "the cross-border working", "was interregional from"):
        assert report.text.count(words) == 8
    assert report.page(report.text.index("Meetings and members")) == 1
    assert report.page(report.text.index("Annex two")) == 5
    assert [report.page(start) for start in report.pages] == [1, 2, 3, 4, 5, 6]
    assert documents["partnership"].page(0) is None


def test_evidence_gives_the_page(documents: dict[str, Document]) -> None:
    ledger = Ledger(documents)
    for name in ("report_fpdf.pdf", "partnership"):
        start = documents[name].text.index("Partnership")
        ledger.add("links", "link:1", name, Quote(start, start + 11, "body"), "rule", 1.0)
    assert sorted((row["document_id"], row["page"]) for row in ledger.rows.values()) == [
        ("partnership", None),
        ("report_fpdf.pdf", 1),
    ]


def test_documents_survive_the_work_folder(documents: dict[str, Document], tmp_path: Path) -> None:
    save_documents(list(documents.values()), tmp_path)
    assert list(load_documents(tmp_path)) == list(documents.values())


def test_extracted_text_is_kept_and_a_file_is_parsed_once(
    read: Read, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {"a.pdf": (FILES / "report_fpdf.pdf").read_bytes(), "b.txt": b"plain"}
    first = read(files)
    kept = tmp_path / "work" / "text"
    assert [f.name for f in kept.glob("*.txt")] == [f"{first['a.pdf'].text_sha256}.txt"]
    assert (kept / f"{first['a.pdf'].text_sha256}.txt").read_text("utf-8") == first["a.pdf"].text
    with monkeypatch.context() as patch:
        patch.setattr("pipeline.read.Guard.call", lambda *_: pytest.fail("parsed again"))
        assert read(files) == first
    (kept / f"{first['a.pdf'].text_sha256}.txt").write_text("damaged")
    assert read(files) == first
    assert Store(tmp_path).load("0" * 64, ".pdf", None) is None  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1251", "Клъстер Зелена синергия взе участие на конференцията във Валенсия с повече от 300 участника."),
        ("cp1252", "Region Värmland deltog vid den första workshopen om smart specialisering på mötet i Göteborg."),
        ("cp1250", "Województwo łódzkie przystąpiło do partnerstwa na rzecz inteligentnych specjalizacji w Łodzi."),
        ("cp1253", "Η Περιφέρεια Κεντρικής Μακεδονίας συμμετέχει στη θεματική σύμπραξη για την έξυπνη εξειδίκευση."),
        ("utf-16", "Région"),
        ("utf-32", "Région"),
    ],
)
def test_other_encodings_are_told_and_recorded(read: Read, encoding: str, text: str) -> None:
    document = read({"a.txt": text.encode(encoding)})["a"]
    assert (document.text, document.encoding, document.status) == (text, encoding, "read")
    assert read({"a.txt": text.encode()})["a"].encoding is None


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ('<meta charset="iso-8859-1"><p>Värmland'.encode("cp1252"), "Värmland\n"),
        ("<p>Värmland".encode("utf-16"), "Värmland\n"),
        (b"<p>one<p>two<br>three", "one\n\ntwo\nthree\n"),
        (b"<h1>A</h1><div>b <i>c</i>d</div><!-- no --><script>no<p>no</script>", "A\n\nb cd\n"),
        (b"<ul><li>a<ul><li>b</ul><li>c</ul>", "• a\n  • b\n• c\n"),
        (b"<nav>no<ul><li>no</ul></nav><p>yes<footer>no</footer>", "yes\n"),
        (b"<dl><dt>Lead region<dd>Kestria<dt>Members:<dd>Valdoria</dl>", "Lead region: Kestria\nMembers: Valdoria\n"),
        (b"<table><tr><td><h2>Laid out</h2><p>as a table</table>", "Laid out\n\nas a table\n"),
        (b"<table><tr><td>a<td>b|c<tr><td>d<td></table>", "a | b/c\nd |\n"),
        (b"<p>a &amp; b&nbsp;c &#8211; d", "a & b\u00a0c – d\n"),
        (b"<p>un<b>closed <i>tags <div>end", "unclosed tags\n\nend\n"),
        (b"<pre>one\n two</pre>", "one\ntwo\n"),
        (b"<p style='display:none'>no</p><p hidden>no<p>yes", "yes\n"),
        (b"<main><p>yes</main><p>no", "yes\n"),
        (b"<p>soft\xc2\xadhyphen\x01\x1b", "softhyphen\n"),
        (b"<div class=sidebar-left><p>" + b"all that there is " * 20, ("all that there is " * 20).strip() + "\n"),
    ],
)
def test_layout_of_pages(read: Read, raw: bytes, text: str) -> None:
    document = read({"a.htm": raw})["a.htm"]
    assert (document.problem, document.text) == (None, text)


@pytest.mark.parametrize(
    ("head", "published"),
    [
        ('<meta name="DC.date.issued" content="2020-02">', "2020-02"),
        ('<meta name="date" content="31/12/2020">', None),
        ('<meta name="date" content="2020-13-41">', None),
        ('<script type="application/ld+json">{"@graph":[{"datePublished":"2019-05-06T07:08"}]}</script>', "2019-05-06"),
        ('<script type="application/ld+json">{"broken</script>', None),
        ('<time itemprop="datePublished" datetime="2018-03-08">', "2018-03-08"),
    ],
)
def test_dates_of_pages(read: Read, head: str, published: str | None) -> None:
    assert read({"a.html": f"{head}<p>text".encode()})["a.html"].published == published


def test_bulk_text_is_many_documents(read: Read, tmp_path: Path) -> None:
    rows = {
        "document_id": ["x/1", "2", "3"],
        "text": ["one", "", "three\r\n"],
        "language": ["en", None, "zz-invalid"],
        "published": ["2023-21", "2018", "2018-03-08 10:00"],
        "url": ["https://a.example", None, None],
    }
    (tmp_path / "seeds").mkdir()
    parquet.write_table(arrow.table(rows), tmp_path / "seeds" / "bulk.parquet")
    found = read({"2.txt": b"another"})
    assert [(d.document_id, d.text, d.status) for d in found.values()] == [
        ("2", "another", "read"),
        ("x/1", "one", "read"),
        ("bulk.parquet", "", "quarantined"),
        ("3", "three\r\n", "read"),
    ]
    assert (found["x/1"].published, found["x/1"].url, found["x/1"].language) == ("2023-21", "https://a.example", "en")
    assert (found["3"].published, found["3"].language, found["3"].path) == ("2018-03-08", None, "bulk.parquet")


def test_a_missing_extra_is_named(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    document = read({"a.pdf": b"%PDF-1.4", "b.txt": b"b"})["a.pdf"]
    assert document.problem == ".pdf files need an extra: pip install 's3-partnerships[pdf]'"
