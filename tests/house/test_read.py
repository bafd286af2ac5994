from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.read import NoDocuments, read_folder
from pipeline.read.text import Unreadable, read_text
from pipeline.settings import Settings, default_work

SETTINGS = Settings()


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1).filter(str.strip))
def test_text_is_the_bytes_decoded_and_nothing_else(text: str) -> None:
    if text.strip("\ufeff\t\n\r "):
        assert read_text(text.encode()) == text


def test_marks_line_ends_and_accents_stay(tmp_path: Path) -> None:
    text = "\ufeffcafe\u0301\r\n🙂\rx\n"
    (tmp_path / "a.txt").write_bytes(text.encode())
    (document,) = read_folder(tmp_path, SETTINGS)
    assert (document.text, document.document_id, document.status) == (text, "a", "read")


@pytest.mark.parametrize(
    ("name", "raw", "says"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b"\xef\xbb\xbf \r\n", "empty"),
        ("latin.txt", "åäö".encode("latin-1"), "UTF-8"),
        ("nul.txt", b"a\0b", "NUL"),
        ("utf16.txt", "text".encode("utf-16-le"), "NUL"),
        ("big.txt", b"x" * 2_000_001, "limit"),
        ("sheet.xlsx", b"PK", "unknown kind"),
        ("noending", b"text", "unknown kind"),
    ],
)
def test_what_cannot_be_read_is_set_aside_and_says_why(tmp_path: Path, name: str, raw: bytes, says: str) -> None:
    (tmp_path / name).write_bytes(raw)
    (tmp_path / "good.txt").write_bytes(b"good")
    found = {d.path: d for d in read_folder(tmp_path, replace(SETTINGS, max_bytes=2_000_000))}
    assert found["good.txt"].status == "read"
    bad = found[name]
    assert (bad.status, bad.text, bad.text_sha256) == ("quarantined", "", None)
    assert bad.problem and says in bad.problem and "\n" not in bad.problem and ":" in bad.problem


def test_steering_and_hidden_files_are_no_documents(tmp_path: Path) -> None:
    for name in (
        ".hidden.txt",
        "sources.csv",
        "suppress.csv",
        ".git/x.txt",
        "b/c.md",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("path,url\n")
    assert [d.document_id for d in read_folder(tmp_path, SETTINGS)] == ["b/c.md"]


def test_curated_tables_are_documents_and_other_csv_files_are_not_understood(tmp_path: Path) -> None:
    for name in ("corrections.csv", "register/links.csv", "other.csv"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"\xef\xbb\xbfa,b\r\n")
    found = {d.document_id: d for d in read_folder(tmp_path, SETTINGS)}
    assert found["other.csv"].status == "quarantined"
    for name in ("corrections.csv", "register/links.csv"):
        assert (found[name].media_type, found[name].text) == ("text/csv", "\ufeffa,b\r\n")


def test_what_is_known_from_outside_is_merged_in(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("a")
    (tmp_path / "sources.csv").write_text("path,url,publisher,published,licence\na.txt,https://a.example,A,2018-03,\n")
    (document,) = read_folder(tmp_path, SETTINGS)
    assert (document.url, document.publisher) == ("https://a.example", "A")
    assert (document.published, document.licence) == ("2018-03", None)


def test_two_files_never_share_an_identifier(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("a")
    (tmp_path / "a.txt").write_text("a")
    assert sorted(d.document_id for d in read_folder(tmp_path, SETTINGS)) == ["a", "a.txt"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "a.txt").write_text("a")
    assert [(d.document_id, d.status) for d in read_folder(tmp_path, SETTINGS)] == [
        ("a", "read"),
        ("pipe", "quarantined"),
    ]


def test_an_empty_or_missing_folder_is_refused(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "missing"):
        with pytest.raises(NoDocuments):
            read_folder(folder, SETTINGS)


def test_settings_survive_the_environment(settings: Settings) -> None:
    assert Settings.from_environment(settings.environment()) == settings


def test_each_release_folder_has_its_own_work_folder(tmp_path: Path) -> None:
    assert default_work(SETTINGS.data) == SETTINGS.work
    assert default_work(tmp_path / "a") != default_work(tmp_path / "b")


def test_a_broken_reader_is_no_reason_to_stop() -> None:
    with pytest.raises(Unreadable, match="byte 1"):
        read_text(b"a\xff")
