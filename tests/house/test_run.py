"""The command as a person meets it; one run through Dagster for each outcome."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.__main__ import main
from pipeline.assets.documents import folder_fingerprint
from pipeline.checks import CHECKS
from pipeline.release import swap
from pipeline.release.metadata import DESCRIPTIONS
from pipeline.settings import PROJECT, Settings
from schemas import TABLES
from tests.house import fake


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Arguments of a run over a fresh copy of the corpus, with a history of its own."""
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path / "history"))
    monkeypatch.setenv("S3_PIPELINE_EXTRACTOR", "tests.house.fake:extract")
    monkeypatch.setenv("S3_PIPELINE_RESOLVER", "tests.house.fake:resolve")
    seeds = fake.write(tmp_path / "seeds")
    return ["--seeds", str(seeds), "--data", str(tmp_path / "data"), "--work", str(tmp_path / "work")]


def test_from_folder_to_release_and_what_stops_it(
    command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "seeds" / "empty.txt").touch()
    (tmp_path / "seeds" / "bad.txt").write_text("BOOM")
    assert main(command) == 0
    said = capsys.readouterr().out
    assert "Documents: 5, 1 set aside; 3 newly extracted, 0 from the cache, 1 failed: bad" in said
    assert "warning: documents.no_document_set_aside: 2 problem(s)" in said
    assert f"{len(TABLES) + len(CHECKS) + len(DESCRIPTIONS) - 1} passed, 1 did not" in said
    assert "memberships            3" in said and "Release" in said
    assert swap.verify(tmp_path / "data") == []

    assert main(command) == 0 and "nothing to do" in capsys.readouterr().out
    before = (tmp_path / "data" / "manifest.json").read_bytes()
    for resolver, check in (("resolve_badly", "quotes_stand"), ("resolve_against_schema", "memberships.schema")):
        monkeypatch.setenv("S3_PIPELINE_RESOLVER", f"tests.house.fake:{resolver}")
        assert main(command) == 1
        out, err = capsys.readouterr()
        assert check in out and "error: " in out and "3 from the cache" in out
        assert len(err.strip().splitlines()) == 1 and "is as it was" in err
        assert (tmp_path / "data" / "manifest.json").read_bytes() == before
        assert swap.verify(tmp_path / "data") == []

    assert main(["explain", "partnership:velmora", *command]) == 0
    said = capsys.readouterr().out
    assert "“Velmora was launched in 2016.”" in said and "velmora.txt [104:133]" in said
    assert main(["explain", "partnership:none", *command]) == 2
    assert "no row" in capsys.readouterr().err


def test_what_cannot_be_used_is_refused_in_one_line(
    command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "nothing").mkdir()
    (tmp_path / "file").touch()
    cases = {
        "--seeds": [(tmp_path / "missing", "no such input folder"), (tmp_path / "nothing", "no document")],
        "--data": [
            (tmp_path / "file" / "data", "cannot write"),
            (tmp_path / "seeds" / "data", "within each other"),
            (tmp_path, "within each other"),
        ],
    }
    for option, folders in cases.items():
        for folder, says in folders:
            assert main([*command, option, str(folder)]) == 2
            err = capsys.readouterr().err
            assert says in err and str(folder) in err and len(err.strip().splitlines()) == 1
    monkeypatch.setenv("S3_PIPELINE_VALIDATORS", "alway")
    assert main(command) == 2 and "'alway': choose one of auto, always, never" in capsys.readouterr().err
    assert main(["explain", "x", *command]) == 2
    assert "no release" in capsys.readouterr().err


def test_the_module_answers_for_itself() -> None:
    shown = subprocess.run(
        [sys.executable, "-m", "pipeline", "--help"], cwd=PROJECT, capture_output=True, text=True, check=True
    ).stdout
    assert all(word in shown for word in ("--seeds", "--data", "--workers", "--work", "ui", "explain", "exit status"))


def test_the_folder_s_fingerprint_follows_its_files(settings: Settings, tmp_path: Path) -> None:
    own = Settings(seeds=fake.write(tmp_path / "seeds"))
    first = folder_fingerprint(own)
    assert folder_fingerprint(own) == first
    (own.seeds / "new.txt").write_text("new")
    second = folder_fingerprint(own)
    os.utime(own.seeds / "new.txt", (1, 1))
    assert len({first, second, folder_fingerprint(own)}) == 3
