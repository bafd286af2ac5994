"""The five seeds as web pages, as PDF by Chromium and LibreOffice, and as Word files state what their texts state."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from pipeline.extract import extract
from pipeline.model import Document, Extraction
from pipeline.read import read_folder
from pipeline.settings import PROJECT, Settings

FILES = Path(__file__).with_name("seeds")
Fact = tuple[object, ...]
# What a format states otherwise: facts of the text that are missing, facts that are added, and why. All others agree.
DIFFERENT: dict[str, tuple[int, int, str]] = {
    "chromium/003_3b01a2567067bba3.pdf": (
        5,
        4,
        "the print holds no bullets and no space between items: where one fills its line two run together",
    ),
}


def facts(extraction: Extraction) -> set[Fact]:
    """Things by kind and name, and claims with the names of what they are about."""
    found: set[Fact] = {(e.kind, e.key or e.name) for e in extraction.entities}
    for claim in extraction.claims:
        values = []
        for column, value in sorted(claim.values.items()):
            if (
                isinstance(value, int)
                and not isinstance(value, bool)
                and (column.endswith("_id") or column == "entity")
            ):
                thing = extraction.entities[value]
                value = thing.key or thing.name
            values.append((column, " ".join(value.split()) if isinstance(value, str) else value))
        found.add((claim.table, *values))
    return found


@cache
def plain(name: str) -> set[Fact]:
    text = (PROJECT / "seeds" / f"{name}.txt").read_bytes().decode()
    return facts(extract(Document(name, f"{name}.txt", "0" * 64, "text/plain", text)))


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Document]:
    found = read_folder(FILES, Settings(seeds=FILES, work=tmp_path_factory.mktemp("work")))
    return {d.path: d for d in found}


@pytest.mark.parametrize("path", sorted(f.relative_to(FILES).as_posix() for f in FILES.rglob("*.*")))
def test_a_format_states_what_the_text_states(documents: dict[str, Document], path: str) -> None:
    document = documents[path]
    assert document.problem is None
    found, wanted = facts(extract(document)), plain(Path(path).stem)
    missing, added, _ = DIFFERENT.get(path, (0, 0, ""))
    if (missing, added) == (0, 0):
        assert found == wanted
    assert (len(wanted - found), len(found - wanted)) == (missing, added)
