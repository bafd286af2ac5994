"""The register that is shipped with the project."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.extract import extract
from pipeline.extract.register import register_problems
from pipeline.gazetteer import load
from pipeline.gazetteer.register import curate, write
from pipeline.gazetteer.register_rows import _date, _organisers, _place
from pipeline.gazetteer.register_shape import SHAPES
from pipeline.model import Document
from pipeline.read import read_folder
from pipeline.settings import PROJECT, Settings
from tests.register.build import extract_all, tables

REFERENCE = PROJECT.parent / "shared" / "reference"


@pytest.fixture(scope="module")
def documents() -> list[Document]:
    found = read_folder(PROJECT / "seeds", Settings())
    return [d for d in found if d.media_type == "text/csv"]


def test_every_row_resolves(documents: list[Document]) -> None:
    assert {d.path for d in documents} == {"corrections.csv", *(f"register/{name}.csv" for name in SHAPES)}
    assert [problem for d in documents for problem in register_problems(d)] == []
    for document in documents:
        assert document.path == "corrections.csv" or extract(document).claims


def test_the_tables_of_the_register_alone_are_valid(documents: list[Document]) -> None:
    found = tables(documents)
    assert len(found["memberships"]) > 450 and len(found["partnerships"]) > 70
    known = found["partnerships"][found["partnerships"]["platform"].notna()]
    assert len(known) >= 40
    registered = found["entities"].query("entity_kind in ('region', 'programme')")["registered"]
    assert registered.all()


def test_regions_have_the_key_of_their_code(documents: list[Document]) -> None:
    regions = {e.key for e in (e for x in extract_all(documents).values() for e in x.entities) if e.kind == "region"}
    entities = load().entities
    assert regions and all(("region", key) in entities for key in regions)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("c. 2014", "2014?"),
        ("undated, c. 2022", "2022?"),
        ("undated, later", ""),
        ("10-04 (year not stated)", "XXXX-10-04"),
        ("2018 (before Chemicals)", "2018"),
        ("2018-03", "2018-03"),
        ("2018-03-08", "2018-03-08"),
        ("", ""),
    ],
)
def test_dates_of_the_reference_in_edtf(text: str, date: str) -> None:
    assert _date(text) == date


def test_places_and_organisers_of_the_reference() -> None:
    assert _place("Brussels studio, online") == ("Brussels", "hybrid")
    assert _place("Valencia (Veles e Vents)") == ("Valencia", "onsite")
    assert _place("online") == ("", "online")
    assert _place("") == ("", "")
    assert list(_organisers("DG REGIO, DG ENER, JRC")) == ["DG REGIO", "DG ENER", "JRC"]
    assert list(_organisers("DG GROW and DG REGIO with the Generalitat Valenciana"))[:2] == ["DG GROW", "DG REGIO"]


@pytest.mark.skipif(not REFERENCE.is_dir(), reason="the reference tables are not here")
def test_the_register_is_what_the_reference_gives(tmp_path: Path) -> None:
    write(curate(REFERENCE), tmp_path)
    for name in SHAPES:
        assert (tmp_path / f"{name}.csv").read_bytes() == (PROJECT / "seeds/register" / f"{name}.csv").read_bytes()
