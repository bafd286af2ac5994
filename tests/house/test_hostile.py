"""Hostile names and texts: nothing crashes, nothing is computed or obeyed where it is shown, and time stays linear."""

from __future__ import annotations

import csv
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.assets.show import preview
from pipeline.checks import Staged
from pipeline.extract import extract
from pipeline.model import Document
from pipeline.personal.leave_out import without_people
from pipeline.plain import markdown, spreadsheet, visible
from pipeline.release import database, release
from pipeline.tables import Tables
from tests.campaigns import target
from tests.campaigns.fuzz import HOSTILE, blindly

NAMES = [
    '=HYPERLINK("http://a.example","x")',
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(1)",
    "\t=1",
    "\uff1d1+1",
    "'=1",
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    "'; DROP TABLE evidence; --",
    "[x](javascript:alert(1)) ![y](http://a.example/z.png)",
    "a | b\n\n# heading",
    "../../../etc/passwd",
    "CON",
    "\u202egnirts\u202c",
    "a\u200bb",
    "a" + "\u0301" * 500,
    "\x1b[31mred\x07",
]


@pytest.fixture(params=NAMES, ids=ascii)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_a_terminal_is_shown_one_harmless_line(name: str) -> None:
    assert visible(name).isprintable() or "\u0301" in name
    assert visible("Älykäs Ελλάδα „x“ 🙂") == "Älykäs Ελλάδα „x“ 🙂"


def test_markdown_shows_text_as_it_is(name: str) -> None:
    from markdown_it import MarkdownIt

    shown = MarkdownIt("gfm-like", {"linkify": False}).render(f"| a |\n| --- |\n| {markdown(name)} |\n")
    assert not any(tag in shown for tag in ("<img", "<script", "<a ", "<h1", "<em"))
    assert shown.count("<td") == 1 and shown.count("<tr") == 2
    table = preview(pd.DataFrame({"name": [name]})).md_str
    assert len(table.splitlines()) == 3


def test_a_spreadsheet_computes_nothing(name: str, tmp_path: Path, staged: Staged) -> None:
    assert not spreadsheet(name).startswith(("=", "+", "-", "@", "\t", "\r", "\uff1d"))
    assert (spreadsheet(name)[1:] if spreadsheet(name) != name else name) == name


def test_hostile_names_come_out_as_they_went_in(staged: Staged, tmp_path: Path) -> None:
    evil = "\x1f".join(NAMES)
    for table in ("partnerships", "entities", "names"):
        frame = staged.tables[table]
        key = "entity_id" if "entity_id" in frame else "partnership_id"
        frame.loc[frame[key] == "partnership:velmora", "name"] = f"={evil}"
    release(staged.tables, tmp_path / "it's ; data", tmp_path / "work")
    with duckdb.connect(str(tmp_path / "it's ; data" / database.NAME), read_only=True) as connection:
        assert connection.execute("SELECT name FROM partnerships").fetchall() == [(f"={evil}",)]
        assert connection.execute("SELECT count(*) > 0 FROM evidence").fetchall() == [(True,)]
    rows = {}
    for file in ("flat_partnerships", "partnerships"):
        with (tmp_path / "it's ; data" / "csv" / f"{file}.csv").open(encoding="utf-8", newline="") as lines:
            rows[file] = next(csv.DictReader(lines))
    assert rows["partnerships"]["name"] == f"={evil}"
    assert f"'={evil}" in rows["flat_partnerships"].values()


def test_the_database_is_built_without_access_to_files(
    tmp_path: Path, staged: Staged, monkeypatch: pytest.MonkeyPatch
) -> None:
    views = tmp_path / "views.sql"
    views.write_text(f"CREATE VIEW v AS SELECT * FROM read_text('{__file__}');")
    monkeypatch.setattr(database, "VIEWS", views)
    (tmp_path / "draft").mkdir()
    with pytest.raises(duckdb.PermissionException, match="disabled"):
        database.build(tmp_path / "draft" / "x.duckdb", Tables(staged.tables))


PIECES = [
    *HOSTILE,
    *("The Velmora partnership", " is led by ", "Tuscany", ", ", " and ", "Navarra", ". ", "\n", "\n\n", "Members:\n"),
    *(
        "Kestria Institute",
        " joined in 2019",
        "Lead region: ",
        " | ",
        "On 8–9 March 2018 ",
        "Region Värmland",
        "S3 CoP",
    ),
    *("Партньорството ", "се ръководи от ", "Пазарджик", "Η Κρήτη ", "συμμετέχει ", "Die Partnerschaft ", "wird von "),
]
TEXT = st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=25).map("".join)


@given(TEXT)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_stands_between_words_is_read_and_quoted_where_it_is(said: str) -> None:
    document = Document("d", "d.txt", "0" * 64, "text/plain", said)
    found = without_people(document, extract(document))
    for mention in found.mentions:
        assert 0 <= mention.start < mention.end <= len(said)
    for claim in found.claims:
        assert all(0 <= q.start < q.end <= len(said) for q in claim.quotes)


def test_mutated_inputs_do_no_harm() -> None:
    """A short stretch of `python -m tests.campaigns.fuzz`."""
    assert set(target.NAMES) == set(target.TARGETS)
    blindly(150)
