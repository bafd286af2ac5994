"""The fictional corpus, extracted, resolved and validated once."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from pipeline.assets.tables import validate
from pipeline.checks import Staged
from pipeline.engine import extract_all
from pipeline.read import read_folder
from pipeline.settings import Settings
from tests.house import fake


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fake.write(tmp_path_factory.mktemp("corpus"))


@pytest.fixture
def settings(corpus: Path, tmp_path: Path) -> Settings:
    return Settings(
        seeds=corpus,
        data=tmp_path / "data",
        work=tmp_path / "work",
        extractor="tests.house.fake:extract",
        resolver="tests.house.fake:resolve",
    )


@pytest.fixture(scope="session")
def whole(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Staged:
    settings = Settings(seeds=corpus, work=tmp_path_factory.mktemp("work"), extractor="tests.house.fake:extract")
    documents = read_folder(corpus, settings)
    valid, broken = validate(fake.resolve(documents, extract_all(documents, settings), settings))
    assert not broken
    return Staged(valid, documents)


@pytest.fixture
def staged(whole: Staged) -> Staged:
    """A copy that a test may break."""
    return Staged({name: frame.copy() for name, frame in whole.tables.items()}, list(whole.documents))


@pytest.fixture
def tables(staged: Staged) -> dict[str, pd.DataFrame]:
    return staged.tables
