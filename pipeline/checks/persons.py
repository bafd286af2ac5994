"""No natural person in any published text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import pyarrow as arrow

from pipeline.checks.base import Problem, Staged, key
from pipeline.personal.guess import guess
from pipeline.personal.patterns import find_personal
from pipeline.personal.suppressed import find_suppressed
from schemas import TABLES
from schemas.derive import arrow_schema

# Digits in these are not telephone numbers.
_TECHNICAL = {"sha256", "text_sha256", "media_type", "document_id", "path", "url", "source_url", "rule", "measure"}
# Texts of some length, in which a person may be named.
_PROSE = {("evidence", "quote"), ("agenda", "text"), ("documents", "title")}
_SPACE = re.compile(r"\s+")


def persons(staged: Staged) -> list[Problem]:
    """No text column holds an e-mail address, a telephone number, or a name of the suppression list, and of contact
    details nothing is quoted but names of bodies and regions."""
    found: list[Problem] = []
    for table in TABLES:
        for column in _text_columns(table):
            technical = column in _TECHNICAL
            if technical and not staged.suppressed:
                continue
            lost = [v for v in _values(staged, table, column) if _holds_person(v, technical, staged.suppressed)]
            # The text itself stays out of the report, which is kept with the history of runs.
            found += [Problem(table, row, f"personal data in {column}") for row in _rows(staged, table, column, lost)]
    return found + _contact_details(staged)


def guessed_persons(staged: Staged) -> list[Problem]:
    """No quote, item or title holds what looks like the name of a person, other than the name of something known."""
    known = {_folded(name) for (name,) in staged.rows("SELECT DISTINCT name FROM names")}
    words = {word for name in known for word in name.split()}
    every = "\n".join(known)
    found = []
    for table, column in sorted(_PROSE):
        lost = [value for value in _values(staged, table, column) if _names_person(value, every, words)]
        rows = _rows(staged, table, column, lost)
        found += [Problem(table, row, f"perhaps a person's name in {column}") for row in rows]
    return found


def _values(staged: Staged, table: str, column: str) -> Iterator[str]:
    """Each value of a column once."""
    query = f'SELECT DISTINCT "{column}" FROM {table} WHERE "{column}" IS NOT NULL'
    return (str(value) for (value,) in staged.rows(query))


def _rows(staged: Staged, table: str, column: str, values: list[str]) -> list[str]:
    """The keys of the rows with one of these values."""
    if not values:
        return []
    query = f'SELECT {key(table)} FROM {table} WHERE "{column}" IN (SELECT lost FROM held) ORDER BY 1'
    return [row for (row,) in staged.rows(query, held=arrow.table({"lost": arrow.array(values, arrow.string())}))]


def _names_person(value: str, known: str, words: set[str]) -> bool:
    for start, end in guess(value):
        name = _folded(value[start:end])
        # A part of a known name ("Jožef Stefan" Institute), or one in which only known words stand.
        if not (set(name.split()) <= words and name in known):
            return True
    return False


def _contact_details(staged: Staged) -> list[Problem]:
    rows = staged.rows(
        "SELECT evidence_id FROM (FROM evidence WHERE zone = 'contact') ANTI JOIN mentions "
        "USING (document_id, start_offset, end_offset) ORDER BY 1"
    )
    return [Problem("evidence", row, "quotes contact details") for (row,) in rows]


def _folded(name: str) -> str:
    return _SPACE.sub(" ", name).strip().casefold()


@cache
def _text_columns(table: str) -> tuple[str, ...]:
    model, types = TABLES[table], arrow_schema(TABLES[table])
    # A key of one column is an identifier; the key of `names` holds the name.
    identifiers = {*model.references(), *(model.key() if len(model.key()) == 1 else ())}
    columns = [field.name for field in types if field.type == arrow.string() and field.name not in identifiers]
    return tuple(name for name in columns if not model.metadata(name)["codes"])


def _holds_person(value: str, technical: bool, suppressed: frozenset[str]) -> bool:
    return bool((not technical and find_personal(value)) or find_suppressed(value, suppressed))
