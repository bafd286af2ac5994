"""No natural person in any published text."""

from __future__ import annotations

import re
from functools import cache

import pyarrow as arrow

from pipeline.checks.base import Problem, Staged, keys
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
    found = []
    for table in TABLES:
        frame = staged.tables[table]
        for column in _text_columns(table):
            values = frame[column].dropna().astype(str)
            # Most values stand in many rows.
            held = {v for v in set(values) if _holds_person(v, column in _TECHNICAL, staged.suppressed)}
            lost = [i for i, value in values.items() if value in held] if held else []
            # The text itself stays out of the report, which is kept with the history of runs.
            found += [
                Problem(table, row, f"personal data in {column}") for row in (keys(staged, table)[lost] if lost else ())
            ]
    return found + _contact_details(staged)


def guessed_persons(staged: Staged) -> list[Problem]:
    """No quote, item or title holds what looks like the name of a person, other than the name of something known."""
    names = staged.tables["names"]
    known = {_folded(name) for name in names["name"].dropna()}
    words = {word for name in known for word in name.split()}
    found = []
    for table, column in sorted(_PROSE):
        values = staged.tables[table][column].dropna().astype(str)
        named = {value for value in set(values) if _names_person(value, known, words)}
        lost = [i for i, value in values.items() if value in named] if named else []
        rows = keys(staged, table)[lost] if lost else ()
        found += [Problem(table, row, f"perhaps a person's name in {column}") for row in rows]
    return found


def _names_person(value: str, known: set[str], words: set[str]) -> bool:
    for start, end in guess(value):
        name = _folded(value[start:end])
        # A part of a known name ("Jožef Stefan" Institute), or one in which only known words stand.
        if not (set(name.split()) <= words and (name in known or any(name in k for k in known))):
            return True
    return False


def _contact_details(staged: Staged) -> list[Problem]:
    evidence, mentions = staged.tables["evidence"], staged.tables["mentions"]
    place = ["document_id", "start_offset", "end_offset"]
    named = set(mentions[place].itertuples(index=False, name=None))
    shown = evidence[evidence["zone"] == "contact"]
    return [
        Problem("evidence", row, "quotes contact details")
        for row, where in zip(shown["evidence_id"], shown[place].itertuples(index=False, name=None), strict=True)
        if where not in named
    ]


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
