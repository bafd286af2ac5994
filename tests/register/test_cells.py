from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.cells import read_cells

_CELL = st.text(st.sampled_from('ab,;"\n\r é🙂\ufeff\t'), max_size=8)


@given(
    st.lists(st.lists(_CELL, min_size=3, max_size=3), max_size=6),
    # Left to itself, the writer quotes a lone carriage return only where lines end in one.
    st.sampled_from(
        [("\n", csv.QUOTE_ALL), ("\r", csv.QUOTE_ALL), ("\r\n", csv.QUOTE_ALL), ("\r\n", csv.QUOTE_MINIMAL)]
    ),
    st.sampled_from(["", "\ufeff"]),
    st.booleans(),
)
def test_every_cell_stands_at_its_offsets(rows: list[list[str]], style: tuple[str, int], mark: str, last: bool) -> None:
    (end, quoting), stream = style, io.StringIO(newline="")
    csv.writer(stream, lineterminator=end, quoting=quoting).writerows([["x", "y", "z"], *rows])  # type: ignore[arg-type]
    text = mark + (stream.getvalue() if last else stream.getvalue().removesuffix(end))
    table = read_cells(text)
    assert table.columns == ("x", "y", "z") and not table.problems
    assert [[row[c].value for c in "xyz"] for row in table.rows] == [[c.strip() for c in row] for row in rows]
    for row in table.rows:
        quote = text[row.start : row.end]
        assert [c.strip() for c in next(csv.reader(io.StringIO(quote, newline="")))] == [row[c].value for c in "xyz"]
        for cell in row.cells.values():
            assert row.start <= cell.start <= cell.end <= row.end
            assert text[cell.start : cell.end] in (cell.value, cell.value.replace('"', '""'))


@given(st.text(st.sampled_from('ab,"\r\n'), max_size=40))
def test_whatever_the_text_reading_ends_and_rows_stand_in_order(text: str) -> None:
    table = read_cells(text)
    spans = [(row.start, row.end) for row in table.rows]
    assert spans == sorted(spans) and all(a < b for a, b in spans)
    assert all(1 <= line <= len(text.splitlines()) for line, _ in table.problems)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_malformed_row_is_named_by_line_and_the_others_go_on(end: str) -> None:
    lines = ["a,b", "1,2", '"open,2', "1", "1,2,3", '"x"y,2', "", "3,4", ""]
    table = read_cells(end.join(lines))
    assert [(row.line, row["a"].value) for row in table.rows] == [(2, "1"), (8, "3")]
    assert [line for line, _ in table.problems] == [3, 4, 5, 6]
    assert all("\n" not in problem and ":" in problem for _, problem in table.problems)
