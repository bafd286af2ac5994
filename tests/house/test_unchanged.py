"""A release that is made of just this and whole is not built again; whatever differs makes it be built."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.settings import Settings
from pipeline.unchanged import built, ingredients, note

Change = Callable[[Settings], object]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    made = Settings(seeds=tmp_path / "seeds", data=tmp_path / "data", work=tmp_path / "work")
    for folder in (made.seeds, made.data, made.work):
        folder.mkdir()
    (made.seeds / "one.txt").write_text("one")
    (made.data / "table.csv").write_text("1")
    (made.data / "manifest.json").write_text(json.dumps({"version": "2026.11.0", "files": {"table.csv": {}}}))
    note(made, ingredients(made))
    return made


def test_a_release_of_just_this_is_known(settings: Settings) -> None:
    assert built(settings, ingredients(settings)) == "2026.11.0"


@pytest.mark.parametrize(
    "change",
    [
        lambda s: (s.seeds / "one.txt").write_text("two"),
        lambda s: (s.seeds / "two.txt").write_text("one"),
        lambda s: (s.seeds / "one.txt").rename(s.seeds / "uno.txt"),
        lambda s: (s.seeds / "one.txt").unlink(),
        lambda s: (s.data / "table.csv").write_text("2"),
        lambda s: (s.data / "table.csv").unlink(),
        lambda s: (s.data / "manifest.json").write_text("{"),
        lambda s: (s.work / "built.json").unlink(),
        lambda s: (s.work / "built.json").write_text("[]"),
    ],
)
def test_what_differs_is_built(settings: Settings, change: Change) -> None:
    change(settings)
    assert built(settings, ingredients(settings)) is None


def test_other_settings_and_other_code_build_another_release(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert built(settings, ingredients(replace(settings, threshold=0.9))) is None
    (tmp_path / "code").mkdir()
    monkeypatch.setattr("pipeline.unchanged._CODE", (tmp_path / "code",))
    before = ingredients(settings)
    (tmp_path / "code" / "rule.py").touch()
    assert ingredients(settings) != before


def test_an_input_that_is_elsewhere_is_always_read(settings: Settings) -> None:
    away = replace(settings, seeds=Path("s3:/bucket"))
    assert ingredients(away) == "" and built(away, "") is None
