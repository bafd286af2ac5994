"""What is installed is pinned and free to use; what listens, listens on this machine only."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Any

import pytest

from pipeline import ui
from pipeline.settings import PROJECT, Settings
from tests.supply.licences import FILE, runtime

LOCK = (PROJECT / "requirements.lock").read_text("utf-8")
_COPYLEFT = re.compile(
    r"GPL|GNU|EUPL|CDDL|CECILL|SSPL|BUSL|OSL|CC-BY-(?:SA|NC)|Sleepycat|non-?commercial", re.IGNORECASE
)
# Copyleft of single files, which these are not part of; used unchanged, as dependencies of dagster.
WEAK = {"certifi", "tqdm"}


def test_every_package_is_pinned_with_hashes() -> None:
    packages = re.split(r"\n(?=\S)", LOCK.strip())
    for package in packages:
        assert re.match(r"[\w.-]+==[\w.!+-]+( ;.*)? \\\n +--hash=sha256:[0-9a-f]{64}", package), package[:80]
    assert "://" not in LOCK and "@" not in LOCK
    assert "--require-hashes" in (PROJECT / "Makefile").read_text()


def test_nothing_that_runs_is_copyleft_and_the_list_is_whole() -> None:
    with FILE.open(encoding="utf-8", newline="") as lines:
        listed = {row["package"]: row["licence"] for row in csv.DictReader(lines)}
    found = runtime()
    assert found.keys() <= listed.keys(), "write it anew: python -m tests.supply.licences"
    assert {name for name, licence in listed.items() if not licence or _COPYLEFT.search(licence)} == set()
    assert {name for name, licence in listed.items() if "MPL" in licence} == WEAK
    locked = {line.split("==")[0].lower() for line in LOCK.splitlines() if "==" in line and not line.startswith(" ")}
    assert listed.keys() <= locked


def test_the_page_listens_on_this_machine_only(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, settings_of: Settings
) -> None:
    commands: list[list[str]] = []
    environments: list[dict[str, Any]] = []

    def note(_: str, command: list[str], environment: dict[str, Any]) -> None:
        commands.append(command)
        environments.append(environment)
        raise SystemExit

    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path))
    monkeypatch.setattr(ui.os, "execve", note)
    monkeypatch.setattr(ui.os, "chdir", lambda _: None)
    monkeypatch.setattr(ui.importlib.util, "find_spec", lambda _: True)
    with pytest.raises(SystemExit):
        ui.serve(settings_of, 3999)
    (command,) = commands
    assert command[command.index("-h") + 1] == "127.0.0.1"
    assert "0.0.0.0" not in " ".join(command)
    readme = (PROJECT / "README.md").read_text("utf-8")
    assert "It listens on this machine only: the page has no login" in readme


@pytest.fixture
def settings_of(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path / "data", work=tmp_path / "work")
