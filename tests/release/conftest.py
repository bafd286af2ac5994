"""The release of the fictional corpus, and a copy of it that a test may break."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipeline.checks import Staged
from pipeline.release import release
from pipeline.release.metadata.draft import Draft
from pipeline.release.swap import read_manifest
from tests.house.conftest import corpus, whole  # noqa: F401  fixtures


@pytest.fixture(scope="session")
def published(whole: Staged, tmp_path_factory: pytest.TempPathFactory) -> Path:  # noqa: F811
    folder = tmp_path_factory.mktemp("published")
    release(whole.tables, folder / "data", folder / "work")
    return folder / "data"


@pytest.fixture
def copy(published: Path, tmp_path: Path) -> Draft:
    """The published files as a draft that a test may break."""
    shutil.copytree(published, tmp_path / "copy")
    return Draft(tmp_path / "copy", read_manifest(published)["files"])
