"""Every check is silent on good data and speaks on data broken in its way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.checks import CHECKS, Staged
from pipeline.model import Document
from pipeline.personal.patterns import find_personal
from pipeline.personal.suppressed import name_digest, read_suppressed

BY_NAME = {check.name: check for check in CHECKS}


def put(table: str, column: str, value: object, row: int = 0) -> Callable[[Staged], None]:
    def change(staged: Staged) -> None:
        frame = staged.tables[table]
        frame.loc[frame.index[row], column] = value

    return change


def drop(table: str, row: int = 0) -> Callable[[Staged], None]:
    def change(staged: Staged) -> None:
        staged.tables[table].drop(staged.tables[table].index[row], inplace=True)

    return change


def forget(table: str) -> Callable[[Staged], None]:
    """Drop all evidence of a table."""

    def change(staged: Staged) -> None:
        evidence = staged.tables["evidence"]
        evidence.drop(evidence.index[evidence["table_name"] == table], inplace=True)

    return change


def set_aside(staged: Staged) -> None:
    staged.documents[0] = replace(staged.documents[0], status="quarantined", problem="empty", text="")


def other_encoding(staged: Staged) -> None:
    staged.documents[0] = replace(staged.documents[0], encoding="cp1251")


def all_set_aside(staged: Staged) -> None:
    staged.documents[:] = [replace(d, status="quarantined", problem="empty", text="") for d in staged.documents]


def a_row_of_nothing(staged: Staged) -> None:
    staged.documents.append(Document("register/x.csv", "register/x.csv", "0" * 64, "text/csv", "a,b\n1,2\n", "0" * 64))


def in_a_circle(staged: Staged) -> None:
    regions = staged.tables["regions"]
    regions.loc[regions["region_id"] == "region:NM", "parent_id"] = "region:NM1"


def another_value(staged: Staged) -> None:
    """A preferred quote that says something else than its row."""
    evidence = staged.tables["evidence"]
    told = evidence.index[evidence["preferred"].fillna(False).astype(bool) & evidence["column_name"].notna()]
    evidence.loc[told[0], "value"] = "something else"


BROKEN: list[tuple[str, str, Callable[[Staged], None]]] = [
    ("quotes_stand_at_their_offsets", "another quote", put("evidence", "quote", "invented")),
    ("quotes_stand_at_their_offsets", "an offset too far", put("evidence", "start_offset", 1)),
    ("quotes_stand_at_their_offsets", "a negative offset", put("evidence", "end_offset", -1)),
    ("quotes_stand_at_their_offsets", "another mention", put("mentions", "text", "velmora")),
    ("quotes_stand_at_their_offsets", "a document without text", set_aside),
    ("every_row_has_evidence", "a membership without", forget("memberships")),
    ("every_row_has_evidence", "an organisation without", forget("organisations")),
    ("every_row_has_evidence", "a region without", forget("regions")),
    ("preferred_quotes_are_shown", "another name", another_value),
    ("references_have_targets", "a member nobody knows", put("memberships", "participant_id", "region:XX")),
    ("references_have_targets", "a partnership that is gone", drop("partnerships")),
    ("references_have_targets", "an entity that is gone", drop("entities")),
    ("references_have_targets", "another kind", put("memberships", "participant_kind", "partnership")),
    ("references_have_targets", "evidence of no row", put("evidence", "row_id", "membership:none")),
    ("references_have_targets", "evidence of no table", put("evidence", "table_name", "people")),
    ("references_have_targets", "evidence of no column", put("evidence", "column_name", "colour")),
    ("references_have_targets", "an identifier of two tables", put("links", "link_id", "region:NM")),
    ("references_have_targets", "a region within itself", in_a_circle),
    ("documents_are_accounted_for", "a document that is gone", drop("documents")),
    ("documents_are_accounted_for", "another status", put("documents", "status", "quarantined")),
    ("documents_are_accounted_for", "another text", put("documents", "text_sha256", "0" * 64)),
    ("a_document_was_read", "all set aside", all_set_aside),
    ("no_natural_person", "an address in a quote", put("evidence", "quote", "write to jo.doe@kestria.example")),
    ("no_natural_person", "a number in an item", put("agenda", "text", "call +358 40 123 4567")),
    ("no_natural_person", "a number in a name", put("names", "name", "Office 040-123 4567")),
    ("no_natural_person", "an address in a title", put("documents", "title", "jo@kestria.example")),
    ("no_natural_person", "hidden by a character nobody sees", put("evidence", "quote", "jo@\u200bkestria.example")),
    ("no_natural_person", "contact details", put("evidence", "zone", "contact", -1)),
    ("no_guessed_person", "a name in a quote", put("evidence", "quote", "said Kaarina Velmorainen of Kestria")),
    ("no_guessed_person", "a titled name in an item", put("agenda", "text", "invite Dr Xqvart to speak")),
    ("no_document_set_aside", "a document set aside", set_aside),
    ("every_text_is_utf8", "a guessed encoding", other_encoding),
    ("register_rows_are_understood", "a table nobody knows", a_row_of_nothing),
]


@pytest.mark.parametrize("name", BY_NAME)
def test_good_data_passes(name: str, staged: Staged) -> None:
    assert BY_NAME[name].find(staged) == []


@pytest.mark.parametrize(("name", "how", "break_it"), BROKEN, ids=[f"{n}: {h}" for n, h, _ in BROKEN])
def test_broken_data_fails(name: str, how: str, break_it: Callable[[Staged], None], staged: Staged) -> None:
    break_it(staged)
    found = BY_NAME[name].find(staged)
    assert found and all(p.table and p.problem for p in found)


def test_every_check_is_proven_to_fail() -> None:
    assert {name for name, _, _ in BROKEN} == set(BY_NAME)
    assert [c.name for c in CHECKS if not c.blocking] == [
        "no_guessed_person",
        "no_document_set_aside",
        "every_text_is_utf8",
        "register_rows_are_understood",
    ]
    assert all(c.description for c in CHECKS)


def test_a_listed_name_is_found_whatever_its_spelling(staged: Staged, tmp_path: Path) -> None:
    (tmp_path / "suppress.csv").write_text(f"digest,date\n{name_digest('Jo Doe')},\n{name_digest('Kim Roe')},\n")
    suppressed = read_suppressed(tmp_path / "suppress.csv")
    for quote in ("a talk by JO  DOE, chair", "with kim roe."):
        put("evidence", "quote", quote)(staged)
        found = BY_NAME["no_natural_person"].find(replace(staged, suppressed=suppressed))
        assert [p.problem for p in found] == ["personal data in quote"]


@pytest.mark.parametrize(
    "text",
    ["jo.doe@a.example", "jo (at) kestria.example", "+358 40 123 4567", "+32 (0)2 123 45 67", "0046 70-123 45 67",
     "040 123 4567", "02/123 45 67 89", "tel. 0901-234567"],
)  # fmt: skip
def test_personal_data_is_found(text: str) -> None:
    ((start, end),) = find_personal(f"see {text}, or not")
    assert text[-5:] in f"see {text}, or not"[start:end]


@pytest.mark.parametrize(
    "text",
    ["2014-2020", "14.11.2017", "8-9 March 2018", "01.02.2020-31.01.2023", "09:30-13:00", "09.30–16.00",
     "1 400 000 euro",
     "EUR 12,500,000", "S3 CoP", "05/09/2022", "05 06 2021", "2018 2019 2020", "NUTS 2 region SE31", "3.5 to 4.25",
     "up to 100 000 000", "@vanguard", "007 008"],
)  # fmt: skip
def test_dates_times_and_amounts_are_not_personal(text: str) -> None:
    assert find_personal(f"On {text} it was") == []
