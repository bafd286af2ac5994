"""All tables in one Excel workbook: what it is, the two flat tables, then a sheet for each table."""

from __future__ import annotations

import datetime
import hashlib
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as arrow
import xlsxwriter

from pipeline.release.version import version
from schemas.facts import TableFacts, flat_tables, tables

NAME = "s3_partnerships.xlsx"
CELL = 32_767
"""Characters that Excel keeps in a cell, counted in UTF-16."""
ROWS = 50_000
"""Rows of a table that a workbook opens with; Excel's own limit is 1,048,576. Larger tables are left out whole."""

_WIDTHS = {"string": 28, "integer": 12, "number": 12, "boolean": 10, "date": 14}
_INTRODUCTION = (
    ("S3 partnerships: a dataset of smart specialisation partnerships with evidence", ""),
    ("Release", "{version} of {date}, schema {schema}"),
    ("Licence", "Data: CC BY 4.0. Quotes remain quotations of their sources. NOTICE.md has attributions."),
    ("How to cite", "CITATION.cff, beside this file"),
    ("Where to begin", "flat_memberships: who is in what, with names, codes and the quote behind each row"),
    ("Empty cells", "No source said so. A missing row is no proof that something is not the case."),
    (
        "Dates",
        "As precise as the source: 2018-03-08, 2018-01, 2015, 2023-21 (spring), XXXX-10-04 (no year), 2018? (inferred)",
    ),
    ("Exact values", "This workbook is for reading. csv/ and parquet/ have the same tables for programs."),
)


def write(path: Path, found: Mapping[str, arrow.Table]) -> None:
    """Write the workbook; the same tables give the same bytes with one version of the library. Text stays text."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        day = datetime.datetime.fromisoformat(version()["date"])
        book.set_properties({"title": _INTRODUCTION[0][0], "created": day})
        styles = {
            "head": book.add_format({"bold": True, "bg_color": "#DDE6F0"}),
            "title": book.add_format({"bold": True, "font_size": 14}),
            "date": book.add_format({"num_format": "yyyy-mm-dd"}),
        }
        facts = {name: table for name, table in (flat_tables() | tables()).items() if name in found}
        first = book.add_worksheet("readme")
        notes = {name: _sheet(book, facts[name], found[name], styles) for name in facts}
        _readme(first, facts, {name: found[name].num_rows for name in facts}, notes, styles)


def content_digest(digests: dict[str, str]) -> str:
    """SHA-256 of all that the bytes of the workbook depend on: the tables' files, their descriptions, the writer."""
    digest = hashlib.sha256(Path(__file__).read_bytes())
    digest.update(
        repr((xlsxwriter.__version__, zlib.ZLIB_RUNTIME_VERSION, version(), sorted(digests.items()))).encode()
    )
    digest.update(repr((flat_tables(), tables())).encode())
    return digest.hexdigest()


def _sheet(book: Any, facts: TableFacts, table: arrow.Table, styles: dict[str, Any]) -> str:
    """One table; what of it is not in the sheet, for the readme."""
    if table.num_rows > ROWS:
        return f"left out, {table.num_rows:,} rows are more than a workbook opens with: csv/{facts.name}.csv has them"
    sheet = book.add_worksheet(facts.name)
    sheet.freeze_panes(1, 1)
    for place, column in enumerate(facts.columns):
        sheet.set_column(place, place, _WIDTHS[column.type])
        sheet.write_string(0, place, column.name, styles["head"])
    sheet.autofilter(0, 0, max(table.num_rows, 1), len(facts.columns) - 1)
    cut, row = 0, 0
    for batch in table.to_batches(max_chunksize=10_000):
        for values in zip(*(column.to_pylist() for column in batch.columns), strict=True):
            row += 1
            for place, value in enumerate(values):
                if value is not None:
                    cut += _write(sheet, row, place, value, styles)
    return f"{cut:,} cells cut at {CELL:,} characters: csv/{facts.name}.csv has them whole" if cut else ""


def _write(sheet: Any, row: int, place: int, value: Any, styles: dict[str, Any]) -> bool:
    """Write one cell by its type; whether it had to be cut."""
    if isinstance(value, bool):
        sheet.write_boolean(row, place, value)
    elif isinstance(value, int | float):
        sheet.write_number(row, place, value)
    elif isinstance(value, datetime.date):
        # The calendar of Excel begins in 1900.
        if value.year >= 1900:
            sheet.write_datetime(row, place, value, styles["date"])
        else:
            sheet.write_string(row, place, value.isoformat())
    else:
        text = _fitting(value)
        sheet.write_string(row, place, text)
        return text is not value
    return False


def _fitting(text: str) -> str:
    """`text` itself, or what of it a cell takes, ending in an ellipsis."""
    if 2 * len(text) <= CELL or len(text.encode("utf-16-le")) // 2 <= CELL:
        return text
    return text.encode("utf-16-le")[: 2 * (CELL - 1)].decode("utf-16-le", errors="ignore") + "…"


def _readme(
    sheet: Any, facts: dict[str, TableFacts], rows: dict[str, int], notes: dict[str, str], styles: dict[str, Any]
) -> None:
    for place, width in enumerate((24, 28, 12, 12, 90)):
        sheet.set_column(place, place, width)
    lines: list[tuple[Any, ...]] = [(label, text.format(**version())) for label, text in _INTRODUCTION]
    lines += [(), ("sheet", "rows", "", "", "a row is")]
    lines += [
        (name, rows[name], "", "", f"{table.description}{f' ({notes[name]})' if notes[name] else ''}")
        for name, table in facts.items()
    ]
    lines += [(), ("sheet", "column", "type", "origin", "meaning")]
    lines += [
        (name, column.name, column.type, column.origin, column.description)
        for name, table in facts.items()
        for column in table.columns
    ]
    for row, line in enumerate(lines):
        style = styles["title"] if row == 0 else styles["head"] if line and line[0] == "sheet" else None
        for place, value in enumerate(line):
            if value != "":
                (sheet.write_number if isinstance(value, int) else sheet.write_string)(row, place, value, style)
    sheet.freeze_panes(1, 0)
