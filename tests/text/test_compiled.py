"""Compiled forms of packs and gazetteer: used while their sources stay, made anew when one changes."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.extract.dates.words import DateWords
from pipeline.extract.numbers.words import NumberWords
from pipeline.extract.words.lexicon import Lexicon
from pipeline.languages import load_packs
from pipeline.settings import PROJECT, Settings
from pipeline.text import compiled as module
from pipeline.text.compiled import compiled, keep_in
from pipeline.text.tokens import tokenise


@pytest.fixture
def source(tmp_path: Path) -> Iterator[Path]:
    before = list(module._kept_in)
    file = tmp_path / "words.toml"
    file.write_text("one")
    keep_in(tmp_path / "kept")
    yield file
    module._kept_in[:] = before


def make_once(source: Path) -> dict[str, str]:
    return compiled("words", [source], lambda: {"text": source.read_text()})


def fail() -> None:
    raise AssertionError("made anew")


def test_what_is_kept_is_not_made_again(source: Path) -> None:
    first = make_once(source)
    assert compiled("words", [source], fail) == first == {"text": "one"}


def test_a_changed_source_counts(source: Path) -> None:
    make_once(source)
    source.write_text("two")
    assert make_once(source) == {"text": "two"}


@pytest.mark.parametrize("keep", [0, 10, 32, 40])
def test_a_damaged_file_counts_as_none(source: Path, keep: int) -> None:
    make_once(source)
    file = source.parent / "kept" / "words.pickle"
    file.write_bytes(file.read_bytes()[:keep])
    assert make_once(source) == {"text": "one"}
    assert compiled("words", [source], fail) == {"text": "one"}


def test_a_folder_that_cannot_be_written_is_no_fault(source: Path) -> None:
    keep_in(source)
    assert make_once(source) == {"text": "one"}


def test_nothing_is_written_without_a_folder(source: Path) -> None:
    module._kept_in.clear()
    make_once(source)
    assert not (source.parent / "kept").exists()


def test_the_words_of_a_language_do_the_same_when_kept(source: Path) -> None:
    pack = load_packs()["fi"]
    text = tokenise("Lapin liitto johtaa Velmora-kumppanuutta, jonka jäsenenä toimii kaksikymmentäkolme aluetta.")
    made, again = Lexicon(pack.data), pickle.loads(pickle.dumps(Lexicon(pack.data)))
    assert again.hits(text) == made.hits(text) != []
    numbers = pickle.loads(pickle.dumps(NumberWords(load_packs()["de"])))
    dates = pickle.loads(pickle.dumps(DateWords(pack)))
    assert numbers.may_begin("dreiundzwanzig") and not numbers.may_begin("Haus") and dates.may_begin("tammikuuta")


def test_one_folder_for_all_runs_of_a_checkout_that_can_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Settings(work=tmp_path / "work")
    assert other.compiled == Settings().compiled == PROJECT / ".work" / "compiled"
    monkeypatch.setattr("pipeline.settings.os.access", lambda *_: False)
    assert other.compiled == tmp_path / "work" / "compiled"
