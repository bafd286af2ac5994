"""The pass over many pages loses nothing relevant and reads nothing twice."""

from __future__ import annotations

from pathlib import Path

import pyarrow as arrow
import pyarrow.parquet as parquet
import pytest

from pipeline.__main__ import main
from pipeline.read import read_folder
from pipeline.settings import Settings
from pipeline.sift import relevant, sift
from tests.benchmarks.pages import everyday
from tests.benchmarks.texts import corpus, seeds

TEXTS = [d.text for d in (*corpus(), *seeds()) if d.media_type != "text/csv"]


def pages(file: Path, texts: list[str], size: int = 64) -> Path:
    names = [f"{file.stem}-{n}" for n in range(len(texts))]
    parquet.write_table(arrow.table({"document_id": names, "text": texts, "url": names}), file, row_group_size=size)
    return file


def test_no_annotated_document_and_no_seed_is_lost() -> None:
    kept = relevant(arrow.array(TEXTS)).to_pylist()
    assert all(kept) and len(kept) > 130
    assert all(relevant(arrow.array([t.upper() for t in TEXTS])).to_pylist())


def test_everyday_pages_of_every_language_are_left_out() -> None:
    kept = relevant(arrow.array([text for _, text in everyday(480, seed=1)])).to_pylist()
    assert sum(kept) < 0.1 * len(kept)


def test_relevant_rows_are_copied_unchanged(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "crawl"
    source.mkdir()
    noise = [text for _, text in everyday(300, seed=2)]
    pages(source / "a.parquet", [*noise, *TEXTS[:20]])
    pages(source / "b.parquet", noise)
    assert main(["sift", str(source), "--to", str(tmp_path / "seeds"), "--workers", "1"]) == 0
    assert "2 of 2 files read now" in capsys.readouterr().out
    made = {f.name: f.read_bytes() for f in (tmp_path / "seeds").iterdir()}
    found = read_folder(tmp_path / "seeds", Settings(work=tmp_path / "work"))
    assert set(TEXTS[:20]) <= {d.text for d in found} and len(found) < 80
    assert {d.url for d in found} == {d.document_id for d in found}

    assert len(made) == 2 and sum(name.startswith(".") for name in made) == 1, "none of b is relevant"
    (tmp_path / "seeds" / min(made)).unlink()
    done = list(sift([str(source)], tmp_path / "seeds", Settings(workers=1)))
    assert sorted(d.made for d in done) == [False, True]
    assert {f.name: f.read_bytes() for f in (tmp_path / "seeds").iterdir()} == made
    addressed = list(sift([source.as_uri()], tmp_path / "other", Settings(workers=2, engine="workers")))
    assert sorted((d.pages, d.kept) for d in addressed) == sorted((d.pages, d.kept) for d in done)


def test_null_texts_and_empty_files_are_no_error(tmp_path: Path) -> None:
    assert relevant(arrow.array([None, "", "Interreg"], arrow.string())).to_pylist() == [False, False, True]
    pages(tmp_path / "none.parquet", [])
    assert [d.pages for d in sift([str(tmp_path)], tmp_path / "to", Settings(workers=1))] == [0]


def test_what_cannot_be_read_is_named_on_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    parquet.write_table(arrow.table({"body": ["x"]}), tmp_path / "odd.parquet")
    (tmp_path / "broken.parquet").write_bytes(b"PAR1 no")
    for name, says in (("odd.parquet", "no column document_id and text"), ("broken.parquet", "arquet"), ("no", "no")):
        assert main(["sift", str(tmp_path / name), "--to", str(tmp_path / "to")]) == 2
        err = capsys.readouterr().err
        assert says in err and len(err.strip().splitlines()) == 1
    assert not [f for f in (tmp_path / "to").iterdir() if f.suffix == ".parquet" and f.name[0] != "."]
