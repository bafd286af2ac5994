"""The workbook opens, has every row, and holds nothing that a spreadsheet would run."""

from __future__ import annotations

import datetime
import hashlib
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import openpyxl
import pyarrow as arrow
import pyarrow.parquet as parquet
import pytest

from pipeline.release import release, spreadsheet
from schemas import TABLES
from schemas.derive import arrow_schema
from schemas.facts import flat_tables, tables

# Of LibreOffice some machines have the writer only.
CALC = shutil.which("soffice") and Path("/usr/lib/libreoffice/program/libsclo.so").is_file()
HOSTILE = [
    "=1+1",
    "+358 40 123",
    "-2",
    "@SUM(A1)",
    "\t=1",
    "http://x.example/",
    "2018-03-08",
    "TRUE",
    "1e5",
    "{=1}",
    "_x0041_",
    "a\x01b\r\nc",
]


def agenda(texts: list[str]) -> arrow.Table:
    schema = arrow_schema(TABLES["agenda"])
    rows = [
        {"agenda_id": f"agenda:{i}", "subject_id": "event:x", "kind": "objective", "position": i + 1, "text": text}
        for i, text in enumerate(texts)
    ]
    return arrow.Table.from_pylist(rows, schema=schema)


def test_sheets_rows_filters_and_frozen_headers(published: Path) -> None:
    book = openpyxl.load_workbook(published / spreadsheet.NAME)
    assert book.sheetnames == ["readme", *flat_tables(), *tables()]
    for name, table in (tables() | flat_tables()).items():
        sheet = book[name]
        assert [cell.value for cell in sheet[1]] == [column.name for column in table.columns]
        assert sheet.freeze_panes == "B2" and sheet.auto_filter.ref.startswith("A1:")
    for name in tables():
        rows = parquet.read_table(published / "parquet" / f"{name}.parquet").to_pylist()
        found = [[cell.value for cell in row] for row in book[name].iter_rows(min_row=2)]
        found = [row for row in found if any(value is not None for value in row)]
        assert [[_plain(value) for value in row] for row in found] == [
            [_plain(v) for v in row.values()] for row in rows
        ]


def _plain(value: object) -> object:
    """A value as a workbook gives it back: no midnight on a date, no line end but LF, nothing for empty text."""
    if isinstance(value, datetime.datetime):
        return value.date()
    return re.sub(r"_x000D_\n|\r\n?", "\n", value) or None if isinstance(value, str) else value


def test_the_readme_sheet_explains_every_sheet_and_column(published: Path) -> None:
    sheet = openpyxl.load_workbook(published / spreadsheet.NAME)["readme"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    said = {(row[0], row[1]) for row in rows}
    assert all((name, column.name) in said for name, t in (tables() | flat_tables()).items() for column in t.columns)
    assert any("CC BY 4.0" in str(row[1]) for row in rows)


def test_no_cell_is_a_formula_or_a_link(tmp_path: Path) -> None:
    path = tmp_path / "hostile.xlsx"
    spreadsheet.write(path, {"agenda": agenda(HOSTILE)})
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist() if name.endswith((".xml", ".rels"))}
    for name, text in parts.items():
        if name.startswith("xl/worksheets/"):
            assert "<f>" not in text and "<f " not in text and "<hyperlink" not in text, name
    assert not any("TargetMode" in text for text in parts.values()), "nothing outside is referred to"
    cells = openpyxl.load_workbook(path)["agenda"]["E"][1:]
    assert [cell.data_type for cell in cells] == ["s"] * len(HOSTILE)
    assert [cell.value.replace("_x005F_", "_").replace("_x0001_", "\x01") for cell in cells][:10] == HOSTILE[:10]


def test_long_cells_are_cut_and_large_tables_left_out_and_both_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "long.xlsx"
    spreadsheet.write(path, {"agenda": agenda(["x" * 40_000, "🙂" * 20_000, "y" * spreadsheet.CELL])})
    book = openpyxl.load_workbook(path)
    texts = [cell.value for cell in book["agenda"]["E"][1:]]
    assert [len(text.encode("utf-16-le")) // 2 <= spreadsheet.CELL for text in texts] == [True] * 3
    assert texts[0].endswith("…") and texts[1].endswith("🙂…") and texts[2] == "y" * spreadsheet.CELL
    assert "2 cells cut" in _note(book)
    monkeypatch.setattr(spreadsheet, "ROWS", 2)
    spreadsheet.write(path, {"agenda": agenda(["a", "b", "c"])})
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["readme"] and "left out, 3 rows" in _note(book) and "csv/agenda.csv" in _note(book)


def _note(book: openpyxl.Workbook) -> str:
    return next(str(row[4].value) for row in book["readme"].iter_rows() if row[0].value == "agenda")


def test_days_before_1900_stay_text(tmp_path: Path) -> None:
    schema = arrow_schema(TABLES["programmes"])
    row = {
        "programme_id": "programme:x",
        "name": "X",
        "launched": "1899",
        "launched_earliest": datetime.date(1899, 1, 1),
    }
    spreadsheet.write(tmp_path / "old.xlsx", {"programmes": arrow.Table.from_pylist([row], schema=schema)})
    values = [cell.value for cell in openpyxl.load_workbook(tmp_path / "old.xlsx")["programmes"][2]]
    assert "1899-01-01" in values


def test_the_same_tables_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        spreadsheet.write(tmp_path / name, {"agenda": agenda(HOSTILE)})
    digests = {hashlib.sha256((tmp_path / name).read_bytes()).hexdigest() for name in ("a", "b")}
    assert len(digests) == 1


def test_a_workbook_of_the_same_tables_is_taken_over_and_a_damaged_one_is_not(
    whole: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tables_of = whole.tables  # type: ignore[attr-defined]
    release(tables_of, tmp_path / "data", tmp_path / "work")
    before = (tmp_path / "data" / spreadsheet.NAME).read_bytes()
    written = []
    monkeypatch.setattr(spreadsheet, "write", lambda path, found: written.append(path) or path.write_bytes(before))
    release(tables_of, tmp_path / "data", tmp_path / "work")
    assert not written
    (tmp_path / "data" / spreadsheet.NAME).write_bytes(b"broken")
    release(tables_of, tmp_path / "data", tmp_path / "work")
    assert written and (tmp_path / "data" / spreadsheet.NAME).read_bytes() == before


@pytest.mark.skipif(not CALC, reason="LibreOffice Calc is not here")
def test_libreoffice_opens_it(published: Path, tmp_path: Path) -> None:
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,2",
    ]
    subprocess.run(
        [*command, "--outdir", str(tmp_path), str(published / spreadsheet.NAME)], check=True, capture_output=True
    )
    (made,) = tmp_path.glob("*.csv")
    assert "Velmora" in made.read_text(encoding="utf-8") and "Northmark" in made.read_text(encoding="utf-8")
