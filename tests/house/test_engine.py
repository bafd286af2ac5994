from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.engine import extract_all, load, names, quarantine
from pipeline.engine.fingerprint import fingerprint, key
from pipeline.model import Document
from pipeline.read import read_folder
from pipeline.settings import Settings


@pytest.fixture
def documents(settings: Settings) -> list[Document]:
    return read_folder(settings.seeds, settings)


def test_a_document_seen_before_comes_from_the_cache(settings: Settings, documents: list[Document]) -> None:
    first = extract_all(documents, settings)
    second = extract_all(documents, settings)
    assert first == second
    assert sorted(first.fresh) == sorted(first) and second.fresh == []
    changed = [replace(documents[0], text_sha256="0" * 64), *documents[1:]]
    assert extract_all(changed, settings).fresh == [documents[0].document_id]


def test_workers_give_the_same(settings: Settings, documents: list[Document], tmp_path: Path) -> None:
    alone = extract_all(documents, settings)
    shared = extract_all(documents, replace(settings, work=tmp_path / "other", workers=2))
    assert shared == alone and list(shared) == list(alone)


def test_a_document_that_provokes_an_error_is_set_aside(settings: Settings, documents: list[Document]) -> None:
    bad = replace(documents[0], document_id="bad", text="BOOM", text_sha256="1" * 64)
    out = extract_all([bad, *documents], settings)
    assert "bad" not in out and len(out) == len(documents)
    (aside,) = (d for d in quarantine([bad, *documents], out.failed) if d.status == "quarantined")
    assert aside.problem is not None and "boom second line" in aside.problem


def test_the_key_holds_what_an_extractor_may_use(documents: list[Document]) -> None:
    document = documents[0]
    changes = [{"text_sha256": "x"}, {"published": "2018"}, {"publisher": "P"}, {"url": "u"}, {"media_type": "m"}]
    keys = {key(replace(document, **change), "code") for change in changes} | {
        key(document, "code"),
        key(document, "x"),
    }
    assert len(keys) == len(changes) + 2


def test_the_fingerprint_is_stable_and_names_the_extractor() -> None:
    assert fingerprint("a:b") == fingerprint("a:b") != fingerprint("a:c")


def test_a_missing_function_is_named() -> None:
    with pytest.raises(ValueError, match="nowhere"):
        load("pipeline.model:nowhere")


def test_long_lists_are_cut() -> None:
    assert names(map(str, range(25)), 3) == "0, 1, 10 and 22 more"
