"""The five documents in seeds/, table by table, against what people read in them."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pandas as pd
import pyarrow.parquet as parquet
import pytest

from pipeline.release import release
from pipeline.settings import PROJECT
from schemas import TABLES as MODELS
from schemas.shape import shape
from tests.golden.compare import TABLES, Comparison, golden, report, seeds


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    found = Comparison(seeds(), golden())
    assert len(found.documents) == 5
    return found


@pytest.mark.parametrize("table", TABLES)
def test_precision_and_recall_keep_their_floors(table: str, comparison: Comparison) -> None:
    found, floor = comparison.table(table), golden()["floors"][table]
    misses = "\n".join([*(f"missing  {x}" for x in found.missing), *(f"wrong    {x}" for x in found.wrong)])
    print(f"{table}: precision {found.precision:.2f}, recall {found.recall:.2f}\n{misses}")
    assert found.precision >= floor["precision"] and found.recall >= floor["recall"], misses


def test_misreadings_do_not_multiply(comparison: Comparison) -> None:
    rows = list(comparison.never())
    assert len(rows) <= golden()["floors"]["never"], "\n".join(rows)


def test_the_report_names_every_table(comparison: Comparison) -> None:
    lines = list(report(comparison))
    assert all(any(line.startswith(table) for line in lines) for table in TABLES)


def test_golden_rows_refer_to_golden_things() -> None:
    gold = golden()
    things = {k for table in ("organisations", "partnerships", "programmes", "events") for k in gold[table]}
    things |= set(gold["regions"]["required"]) | set(gold["regions"]["optional"])
    rows = [row for part in ("facts", "never") for t, rows in gold[part].items() if t != "names" for row in rows]
    for row in rows:
        for end in ("who", "of", "for"):
            named = row.get(end, [])
            assert set(named if isinstance(named, list) else [named]) <= things, row


def test_no_person_of_the_seeds_is_published(tmp_path: Path, comparison: Comparison) -> None:
    found = comparison.published.tables
    release(
        {n: shape(m, pd.DataFrame(found[n]) if found[n] else None) for n, m in MODELS.items()},
        tmp_path / "data",
        tmp_path,
        {d.document_id: d.text for d in comparison.published.documents},
    )
    texts = "\n".join(d.text for d in comparison.published.documents)
    people = [word for person in golden()["persons"] for word in (person, person.split()[-1])]
    assert all(person in texts for person in people)
    for folder in (tmp_path / "data", PROJECT / "data"):
        if (folder / "manifest.json").is_file():
            content = published_text(folder)
            assert [person for person in people if fold(person) in content] == []


def published_text(folder: Path) -> str:
    """Everything that a release holds, as one folded text; the database has the same tables as the Parquet files."""
    parts = []
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        parts.append(path.read_bytes().decode("utf-8", "ignore"))
        if path.suffix == ".parquet":
            columns = parquet.read_table(path).to_pydict().values()
            parts += [str(value) for column in columns for value in column if isinstance(value, str)]
    return fold("\n".join(parts))


def fold(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()
