"""Comma-separated values with the place of every row and cell in the text (RFC 4180; any line end, any mark in front).

>>> table = read_cells("a,b\\n1,2\\n")
>>> [(row.line, row["b"].value, row["b"].start) for row in table.rows]
[(2, '2', 6)]
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_END = re.compile(r"\r\n|\n|\r|\Z")
_PLAIN = re.compile(r"[^,\r\n]*")
_QUOTED = re.compile(r'"([^"]*(?:""[^"]*)*)"')
_MARK = "\ufeff"


@dataclass(frozen=True, slots=True)
class Cell:
    """A value without its outer spaces, and where it stands in the text: inside the quotation marks, half-open."""

    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Row:
    """One record: its first line (from 1), its span without the line end, and its cells by column."""

    line: int
    start: int
    end: int
    cells: dict[str, Cell]

    def __getitem__(self, column: str) -> Cell:
        """The cell of a column; an empty one where the table has no such column."""
        return self.cells.get(column) or Cell("", self.start, self.start)


@dataclass(slots=True)
class Table:
    """The columns, the rows that could be read, and (line, what is wrong) for those that could not."""

    columns: tuple[str, ...] = ()
    rows: list[Row] = field(default_factory=list)
    problems: list[tuple[int, str]] = field(default_factory=list)


def read_cells(text: str) -> Table:
    """Every record of `text`. A malformed one is listed in `problems` and reading goes on with the next line."""
    table = Table()
    position, line = (1 if text.startswith(_MARK) else 0), 1
    while position < len(text):
        start = position
        cells, end = _record(text, start)
        if cells is None:
            end = _line_end(text, start)
            table.problems.append((line, 'a quotation mark is not closed or not doubled: write "" for " inside a cell'))
        elif text[start:end].strip():
            _take(table, Row(line, start, end, {}), cells)
        position = _past(text, end)
        line += len(re.findall(r"\r\n|\n|\r", text[start:position]))
    return table


def _take(table: Table, row: Row, cells: list[Cell]) -> None:
    if not table.columns:
        table.columns = tuple(cell.value for cell in cells)
    elif len(cells) != len(table.columns):
        expected, found = len(table.columns), len(cells)
        hint = "put cells that hold a comma in quotation marks" if found > expected else "add the missing commas"
        table.problems.append((row.line, f"{found} cells where the first line names {expected} columns: {hint}"))
    else:
        named = dict(zip(table.columns, cells, strict=True))
        table.rows.append(Row(row.line, row.start, row.end, named))


def _record(text: str, start: int) -> tuple[list[Cell] | None, int]:
    """The cells of the record at `start` and its end; None where its quotation marks make no sense."""
    cells: list[Cell] = []
    position = start
    while True:
        quoted = _QUOTED.match(text, position)
        if quoted:
            cells.append(_cell(text, *quoted.span(1), quoted=True))
            position = quoted.end()
        elif text.startswith('"', position):
            return None, position
        else:
            plain = _PLAIN.match(text, position)
            assert plain is not None
            cells.append(_cell(text, *plain.span()))
            position = plain.end()
        if text.startswith(",", position):
            position += 1
        elif _END.match(text, position):
            return cells, position
        else:
            return None, position


def _cell(text: str, start: int, end: int, quoted: bool = False) -> Cell:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    value = text[start:end]
    return Cell(value.replace('""', '"') if quoted else value, start, end)


def _line_end(text: str, start: int) -> int:
    found = _END.search(text, start)
    return found.start() if found else len(text)


def _past(text: str, end: int) -> int:
    """The position after the line end that stands at `end`."""
    found = _END.match(text, end)
    return found.end() if found else end
