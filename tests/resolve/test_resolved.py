"""Every cell that is resolved from what is said in `said.py`, as it stands in `resolved.txt`; --rewrite writes it anew.

After a change that is meant: python -m tests.resolve.test_resolved --rewrite, and read the difference.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from pipeline.assets.tables import validate
from pipeline.resolve import resolve
from pipeline.resolve.candidates import candidates
from pipeline.settings import Settings
from tests.resolve.said import corrected, said

FILE = Path(__file__).with_name("resolved.txt")
SETTINGS = replace(Settings(), threshold=0.4)


def told(turned: bool = False, made: Callable[[], Any] = said) -> list[str]:
    """A line for each row: its table, then each column that is not empty."""
    documents, extractions = made()
    if turned:
        documents, extractions = documents[::-1], dict(reversed(extractions.items()))
    tables = {
        **resolve(documents, extractions, SETTINGS),
        "candidates": candidates(documents, extractions, SETTINGS.threshold),
    }
    return [line for name, frame in tables.items() for line in _lines(name, frame)]


def everything() -> list[str]:
    """All rows, then those that corrections take away and those that they bring."""
    before, after = told(), told(made=corrected)
    gone, new = ([f"- {line}" for line in before if line not in after], [line for line in after if line not in before])
    return [*before, *gone, *(f"+ {line}" for line in new)]


def _lines(name: str, frame: pd.DataFrame) -> list[str]:
    rows = frame.to_dict("records")
    return [f"{name}: " + "; ".join(f"{k}={v}" for k, v in row.items() if not pd.isna(v)) for row in rows]


def test_every_cell_is_as_it_was() -> None:
    assert everything() == FILE.read_text("utf-8").splitlines()


def test_the_order_of_documents_changes_nothing() -> None:
    for made in (said, corrected):
        assert sorted(told(True, made)) == sorted(told(False, made))


def test_what_is_resolved_is_valid() -> None:
    for made in (said, corrected):
        assert validate(resolve(*made(), SETTINGS))[1] == {}


if __name__ == "__main__" and "--rewrite" in sys.argv:
    FILE.write_text("".join(f"{line}\n" for line in everything()), "utf-8")
