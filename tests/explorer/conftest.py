"""The page of the project's own tables, as this code makes it, and a browser to look at it."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pandas as pd
import pytest

from pipeline.explorer.page import NAME, page
from pipeline.read import read_folder
from pipeline.release.swap import read_manifest
from pipeline.settings import PROJECT, Settings
from pipeline.staging import load_tables
from tests.explorer.browser import CHROMIUM, Browser, browser
from tests.house.conftest import corpus, staged, whole  # noqa: F401

DATA = PROJECT / "data"


@pytest.fixture(scope="session")
def tables() -> dict[str, pd.DataFrame]:
    """The tables of the committed release."""
    if not (DATA / "manifest.json").is_file():
        pytest.skip("no release in data/")
    return load_tables(DATA / "parquet")


@pytest.fixture(scope="session")
def texts() -> dict[str, str]:
    return {d.document_id: d.text for d in read_folder(PROJECT / "seeds", Settings()) if d.status == "read"}


@pytest.fixture(scope="session")
def made(tables: dict[str, pd.DataFrame], texts: dict[str, str]) -> str:
    """The page of the committed release, as this code makes it."""
    quality = json.loads((DATA / "quality.json").read_text(encoding="utf-8"))
    return page(tables, read_manifest(DATA), quality, texts)


@pytest.fixture(scope="session")
def tab() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium here")
    with browser() as opened:
        yield opened


@pytest.fixture(scope="session")
def address(made: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Where the page stands: a file, as after a double click."""
    file = tmp_path_factory.mktemp("page") / NAME
    file.write_text(made, encoding="utf-8", newline="\n")
    return file.as_uri()
