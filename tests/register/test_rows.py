from __future__ import annotations

import csv as standard
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.checks import Staged
from pipeline.checks.register import register
from pipeline.extract import extract
from pipeline.extract.register import register_problems
from pipeline.model import Extraction
from tests.register.build import MEMBERS, document, extract_all, member, tables

LEAD = "region,ITI1,IT,lead,,,,,2017"


@given(
    st.text(st.sampled_from('Ab,"é🙂 '), min_size=1).filter(lambda s: s.strip(' ,"')),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from(["", "\ufeff"]),
)
def test_mentions_and_quotes_stand_at_their_offsets(name: str, end: str, mark: str) -> None:
    stream = io.StringIO(newline="")
    writer = standard.writer(stream, lineterminator=end)
    writer.writerow(MEMBERS.strip().split(","))
    writer.writerow([f"X{name}", "Tuscany", *LEAD.split(","), "https://a.example/1,2", "high"])
    text = mark + stream.getvalue()
    found = extract(document("register/memberships.csv", text))
    first, second = found.mentions
    assert text[first.start : first.end].replace('""', '"') == f"X{name}".strip()
    assert text[second.start : second.end] == "Tuscany"
    (claim,) = found.claims
    quoted = {text[q.start : q.end] for q in claim.quotes}
    assert quoted == {text.removeprefix(mark).split(end, 1)[1].removesuffix(end)}
    assert claim.values["source_url"] == "https://a.example/1,2"
    assert Extraction.from_json(found.to_json()) == found


def test_a_row_gives_ids_that_documents_give() -> None:
    text = (
        "The Solar Energy partnership is led by Extremadura (ES). The Vanguard Initiative is a network of regions. "
        "Zuid-Holland is a member of the High Tech Farming partnership."
    )
    rows = (
        member("Solar Energy", "Extremadura", "region,ES43,ES,lead,,,,,")
        + member("Vanguard Initiative", "Zuid-Holland", "region,NL33,NL,member,,,,,c", "https://a.example/y").replace(
            ",c,", ",,"
        )
        + member("High Tech Farming", "Zuid-Holland", "region,NL33,NL,member,,,,,")
    )
    found = tables([document("a.txt", text), document("register/memberships.csv", MEMBERS + rows)])
    mentions = found["mentions"]
    by_document = {d: set(m["entity_id"]) for d, m in mentions.groupby("document_id")}
    wanted = {"partnership:solar-energy", "region:ES43", "region:NL36", "partnership:high-tech-farming"}
    assert wanted <= by_document["a"] & by_document["register/memberships.csv"]


def test_an_old_code_is_the_region_of_today_and_a_territory_needs_none() -> None:
    rows = member("Solar Energy", "Centro", "region,PT16,PT,member,,,,,") + member(
        "Solar Energy", "Randstad", "region,,NL,member,,,,,"
    )
    found = extract(document("register/memberships.csv", MEMBERS + rows))
    assert {e.key for e in found.entities if e.kind == "region"} == {"PT19", "group:randstad"}


def test_the_evidence_of_every_row_carries_its_address() -> None:
    texts = {
        "partnerships": "partnership,acronym,kind,platform,launched,source_url,confidence\n"
        "Blue Kelp Partnership,BKP,thematic_partnership,S3 Platform on Sustainable Blue Economy,2024?,"
        "https://a.example/kelp,medium\n",
        "organisations": "organisation,kind,country,url,source_url,confidence\n"
        "Kelp Cluster,cluster,FI,https://kelp.example,https://a.example/o,high\n",
        "events": "event,kind,edition,starts,ends,mode,place,country,source_url,confidence\n"
        "Kelp Days,conference,2,2024-05-01,2024-05-02,onsite,Turku,FI,https://a.example/e,high\n",
        "attendances": "event,starts,participant,participant_kind,role,source_url,confidence\n"
        "Kelp Days,2024-05-01,Kelp Cluster,organisation,organiser,https://a.example/t,high\n",
        "links": "subject,subject_kind,relation,object,object_kind,source_url,confidence\n"
        "Blue Kelp Partnership,partnership,funded_by,Horizon Europe,programme,https://a.example/l,high\n",
        "figures": "subject,subject_kind,measure,value,as_of,source_url,confidence\n"
        "Blue Kelp Partnership,partnership,member_regions,12,2024-05,https://a.example/f,high\n",
    }
    found = tables([document(f"register/{name}.csv", text) for name, text in texts.items()])
    evidence = found["evidence"]
    assert evidence["source_url"].notna().all() and set(evidence["rule"]) == set(evidence["zone"]) == {"register"}
    launched = evidence[evidence["column_name"] == "launched"].iloc[0]
    assert (launched["value"], launched["inferred"], launched["confidence"]) == ("2024?", True, 0.8)
    kelp = found["partnerships"].set_index("partnership_id").loc["partnership:blue-kelp-partnership"]
    assert (kelp["platform"], kelp["acronym"], kelp["kind"]) == ("blue_economy", "BKP", "thematic_partnership")
    (event,) = found["events"].to_dict("records")
    assert (event["event_id"], event["place"], event["mode"]) == ("event:kelp-days-2024-05-01", "Turku", "onsite")
    assert (event["edition"], event["ends"], event["country_code"], event["kind"]) == (
        2,
        "2024-05-02",
        "FI",
        "conference",
    )
    assert found["attendances"].iloc[0]["event_id"] == event["event_id"]
    assert set(found["links"]["relation"]) == {"part_of", "funded_by"}
    assert found["figures"].iloc[0]["value"] == 12


def test_pages_that_disagree_on_a_role_stay_side_by_side() -> None:
    rows = member("Solar Energy", "Tuscany", LEAD) + member(
        "Solar Energy", "Tuscany", "region,ITI1,IT,member,,,,,", "https://b.example"
    )
    found = tables([document("register/memberships.csv", MEMBERS + rows)])
    assert sorted(found["memberships"]["role"]) == ["lead", "member"]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("Solar Energy,Tuscany,region,ITI1,IT,boss,,,,,,https://a.example,high", "role 'boss'"),
        ("Solar Energy,Tuscany,region,XX99,IT,lead,,,,,,https://a.example,high", "nuts_code 'XX99'"),
        ("Solar Energy,Tuscany,region,ITI1,ES,lead,,,,,,https://a.example,high", "is not in ES"),
        ("Solar Energy,Nowhereland,region,,,lead,,,,,,https://a.example,high", "Nowhereland"),
        ("Solar Energy,Tuscany,region,ITI1,IT,lead,,,,,May 2017,https://a.example,high", "as_of 'May 2017'"),
        ("Solar Energy,Tuscany,region,ITI1,IT,lead,,,,,,seed:001,high", "source_url"),
        ("Solar Energy,Tuscany,region,ITI1,IT,lead,,,,,,https://a.example,low", "confidence 'low'"),
        (",Tuscany,region,ITI1,IT,lead,,,,,,https://a.example,high", "partnership is empty"),
        ("Solar Energy,Tuscany,region,ITI1,IT,lead", "6 cells"),
        ('Solar Energy,"Tuscany,region,ITI1,IT,lead,,,,,,https://a.example,high', "quotation mark"),
    ],
)
def test_a_malformed_row_says_where_and_what_and_the_others_go_on(line: str, says: str) -> None:
    good = member("Solar Energy", "Extremadura", "region,ES43,ES,lead,,,,,")
    page = document("register/memberships.csv", f"{MEMBERS}{line}\n{good}")
    (problem,) = register_problems(page)
    assert problem.startswith("register/memberships.csv, line 2: ") and says in problem and "\n" not in problem
    found = extract(page)
    assert [e.key for e in found.entities] == ["solar-energy", "ES43"]
    assert len(found.claims) == 1 and len(found.mentions) == 2
    assert [p.problem for p in register(Staged({}, [page]))] == [problem]


def test_a_file_of_another_name_or_header_says_nothing_but_why() -> None:
    for path, text, says in (
        ("register/other.csv", "a,b\n1,2\n", "name the file"),
        ("register/links.csv", "subject,object\na,b\n", "no column"),
    ):
        page = document(path, text)
        (problem,) = register_problems(page)
        assert says in problem and "line 1" in problem
        assert extract_all([page])[path].claims == []
