from __future__ import annotations

import logging

import pandas as pd
import pytest

from pipeline.model import Document
from tests.register.build import HEADER, MEMBERS, document, member, tables

REGISTER = document(
    "register/memberships.csv",
    MEMBERS
    + member("Solar Energy", "Extremadura", "region,ES43,ES,lead,,,2017,,")
    + member("Blue Kelp", "Kelp Cluster", "organisation,,FI,member,,,,,")
    + member("Blue Kelps", "Kelp Cluster", "organisation,,FI,lead,,,,,"),
)
OTHER = document(
    "register/memberships-other.csv", MEMBERS + member("Blue Kelp", "Lapland", "region,FI1D7,FI,member,,,,,")
)
WHY = "seen on the page,2026-11-22,https://c.example/page"


def build(*lines: str, extra: tuple[Document, ...] = ()) -> dict[str, pd.DataFrame]:
    corrections = document("corrections.csv", HEADER + "".join(f"{line},{WHY}\n" for line in lines))
    return tables([REGISTER, OTHER, corrections, *extra])


def membership(found: dict[str, pd.DataFrame], participant: str, partnership: str | None = None) -> dict[str, object]:
    frame = found["memberships"]
    frame = frame[frame["participant_id"] == participant]
    if partnership:
        frame = frame[frame["partnership_id"] == partnership]
    (row,) = frame.to_dict("records")
    return dict(row)


def shown(found: dict[str, pd.DataFrame], table: str, row_id: str) -> dict[str, object]:
    """The one evidence row of a correction for this row, its quote the line of the file."""
    evidence = found["evidence"]
    rows = evidence[(evidence["table_name"] == table) & (evidence["row_id"] == row_id)]
    (row,) = rows[rows["rule"] == "correction"].to_dict("records")
    assert row["document_id"] == "corrections.csv" and row["zone"] == "register"
    assert str(row["quote"]).endswith(WHY) and row["source_url"] == "https://c.example/page"
    return dict(row)


LATER = (document("new.txt", "The Solar Energy partnership is led by Extremadura (ES)."),)


def test_without_corrections_the_header_changes_nothing() -> None:
    plain, header = tables([REGISTER, OTHER]), build()
    for name, frame in plain.items():
        if name != "documents":
            pd.testing.assert_frame_equal(frame, header[name])
    assert set(header["documents"]["document_id"]) - set(plain["documents"]["document_id"]) == {"corrections.csv"}


@pytest.mark.parametrize("extra", [(), LATER])
def test_reject_takes_a_fact_away(extra: tuple[Document, ...]) -> None:
    row_id = membership(build(), "region:ES43")["membership_id"]
    found = build(f"reject,memberships,{row_id},,", extra=extra)
    assert row_id not in set(found["memberships"]["membership_id"])
    assert not ((found["evidence"]["table_name"] == "memberships") & (found["evidence"]["row_id"] == row_id)).any()
    (redirect,) = found["redirects"].to_dict("records")
    assert redirect["old_id"] == row_id and pd.isna(redirect["new_id"]) and redirect["reason"] == "corrected"
    shown(found, "redirects", str(row_id))


@pytest.mark.parametrize("extra", [(), LATER])
def test_merge_makes_one_thing_of_two(extra: tuple[Document, ...]) -> None:
    found = build("merge,partnerships,partnership:blue-kelps,,partnership:blue-kelp", extra=extra)
    assert "partnership:blue-kelps" not in set(found["entities"]["entity_id"])
    assert set(found["memberships"]["partnership_id"]) == {"partnership:blue-kelp", "partnership:solar-energy"}
    (redirect,) = found["redirects"].to_dict("records")
    assert (redirect["old_id"], redirect["new_id"]) == ("partnership:blue-kelps", "partnership:blue-kelp")
    assert shown(found, "redirects", "partnership:blue-kelps")["value"] == "partnership:blue-kelp"
    assert shown(found, "partnerships", "partnership:blue-kelp")["value"] == "partnership:blue-kelps"
    assert "Blue Kelps" in set(found["names"]["name"])


def test_merges_in_a_chain_and_into_a_known_thing() -> None:
    found = build(
        "merge,partnerships,partnership:blue-kelp,,partnership:bioenergy",
        "merge,partnerships,partnership:blue-kelps,,partnership:blue-kelp",
    )
    assert set(found["memberships"]["partnership_id"]) == {"partnership:bioenergy", "partnership:solar-energy"}
    assert set(found["redirects"]["new_id"]) == {"partnership:bioenergy"}


@pytest.mark.parametrize("extra", [(), LATER])
def test_part_gives_one_documents_thing_an_identifier_of_its_own(extra: tuple[Document, ...]) -> None:
    found = build("part,partnerships,partnership:blue-kelp,,register/memberships-other.csv", extra=extra)
    new = str(membership(found, "region:FI1D7")["partnership_id"])
    assert new.startswith("partnership:blue-kelp-") and new in set(found["partnerships"]["partnership_id"])
    assert membership(found, "organisation:kelp-cluster", "partnership:blue-kelp")["role"] == "member"
    assert shown(found, "partnerships", new)["value"] == "register/memberships-other.csv"


@pytest.mark.parametrize("extra", [(), LATER])
def test_set_gives_a_column_its_value(extra: tuple[Document, ...]) -> None:
    row_id = str(membership(build(), "region:ES43")["membership_id"])
    found = build(
        f"set,memberships,{row_id},since,2018-03",
        "set,partnerships,partnership:blue-kelp,name,Blue Kelp Alliance",
        "set,partnerships,partnership:blue-kelp,is_s3,true",
        extra=extra,
    )
    row = membership(found, "region:ES43")
    assert (row["since"], str(row["since_latest"])) == ("2018-03", "2018-03-31")
    evidence = shown(found, "memberships", row_id)
    assert (evidence["column_name"], evidence["value"], evidence["preferred"]) == ("since", "2018-03", True)
    since = found["evidence"].query("row_id == @row_id and column_name == 'since'")
    assert dict(zip(since["value"], since["preferred"], strict=True)) == {"2017": False, "2018-03": True}
    partnership = found["partnerships"].set_index("partnership_id").loc["partnership:blue-kelp"]
    assert partnership["name"] == "Blue Kelp Alliance" and bool(partnership["is_s3"])
    assert found["entities"].set_index("entity_id").loc["partnership:blue-kelp", "name"] == "Blue Kelp Alliance"
    assert "Blue Kelp Alliance" in set(found["names"]["name"])


UNFIT = [
    ("reject,memberships,membership:0000,,", "has no row membership:0000"),
    ("reject,partnerships,partnership:blue-kelp,,", "holds no facts"),
    ("merge,partnerships,partnership:gone,,partnership:blue-kelp", "there is no partnership:gone"),
    ("merge,partnerships,partnership:blue-kelp,,partnership:gone", "to merge into"),
    ("merge,partnerships,partnership:blue-kelp,,region:ES43", "two kinds"),
    ("merge,partnerships,partnership:blue-kelp,,partnership:blue-kelp", "into itself"),
    ("merge,regions,partnership:blue-kelp,,partnership:blue-kelps", "is not in regions"),
    ("part,partnerships,partnership:blue-kelp,,gone.txt", "names no partnership:blue-kelp"),
    ("set,partnerships,partnership:gone,launched,2018", "has no row"),
    ("set,partnerships,partnership:blue-kelp,colour,red", "no column 'colour'"),
    ("set,partnerships,partnership:blue-kelp,launched,soon", "launched cannot be 'soon'"),
    ("set,partnerships,partnership:blue-kelp,launched,2018-02-30", "launched cannot be"),
    ("set,partnerships,partnership:blue-kelp,kind,club", "kind cannot be 'club'"),
    ("set,partnerships,partnership:blue-kelp,name,", "cannot be empty"),
    ("set,evidence,evidence:1,quote,x", "cannot be corrected"),
    ("delete,partnerships,partnership:blue-kelp,,", "action 'delete'"),
]


def test_what_fits_nothing_is_said_in_one_line_and_left_out(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        found = build(*(line for line, _ in UNFIT))
    assert all("\n" not in message for message in caplog.messages)
    for number, (_, says) in enumerate(UNFIT, 2):
        assert any(m.startswith(f"corrections.csv, line {number}: ") and says in m for m in caplog.messages), says
    for name, frame in build().items():
        if name != "documents":
            pd.testing.assert_frame_equal(frame, found[name])


def test_a_correction_needs_a_reason_and_a_date(caplog: pytest.LogCaptureFixture) -> None:
    text = HEADER + "set,partnerships,partnership:blue-kelp,launched,2018,,2026-11-22,\n"
    tables([REGISTER, OTHER, document("corrections.csv", text)])
    assert any("reason is empty" in m for m in caplog.messages)
