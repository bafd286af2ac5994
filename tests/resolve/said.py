"""What three invented documents are said to say, written by hand: no reader and no extractor takes part."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from pipeline.model import Claim, Document, Entity, Extraction, Mention, Quote
from pipeline.resolve.corrections import PATH

LONG = "Partnership of the " + "Far and Wide Known Regions of the Northern and Southern Seas " * 2 + "for All"
TEXTS = {
    "a.txt": "Velmora Partnership (VP) was launched in 2016. Lapland leads Velmora Partnership since 2018-01. Kestria "
    "Institute (KI), for Lapland, and ECRN are members. Kestria Days on 2019-03-08; the annual meeting in May. "
    "Tidewater Programme pays. Share cafés. 12 regions.",
    "b.txt": "VP was launched in 2016-05. VP was launched perhaps in 2017-01-02? LAPPI leads VP. KESTRIA INSTITUTE "
    "is a member of VP, was one until 2020. Kestria Days, the annual meeting. 12 regions. Velmora is part of Solar "
    "Energy.",
    "d.txt": "The Kelp Wave, run in the Adriatic-Ionian Region, Hasselt and Sylvania until 2021, is part of Sea "
    "Health. "
    "Kelp Wave Ltd and AER met in Kestria, Finland, at the Kelp Forum from 5 to 6 May 2020, 9:30 to 16:00 CET & later. "
    "The Tide + Sea Fund ended in 2022. The 3rd Kelp meeting.",
    "e.txt": f"The {LONG}, Sea & Shore Agency and the {LONG.lower()} met at the Winter {LONG}, then at the VP Forum. "
    "SSA was there: Sea & Shore Agency (SSA) and Society of Silent Anglers (SSA).",
    "register/c.csv": "VP,Lapland,lead,2018,https://one.example/x\nVP,Lapland,member,2019,https://two.example/y\n",
    "bad.pdf": "",
}


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


class Said:
    """An extraction in the making: names are found in the text, the first time or the `nth`."""

    def __init__(self, path: str, language: str | None, opens: str | None, /, **facts: Any) -> None:
        self.text = TEXTS[path]
        self.document = Document(path, path, _digest(path), "text/plain", self.text, _digest(self.text), **facts)
        self.made = Extraction(path, language, 0.987654, opens)

    def named(self, what: str, name: str, /, *written: str, key: str | None = None, **facts: Any) -> int:
        """An entity, mentioned as written (by default under its name), wherever that stands."""
        number = len(self.made.entities)
        acronym = facts.pop("acronym", None)
        self.made.entities.append(Entity(what, name, key, acronym, None, facts))
        for words in written or (name,):
            at = self.text.find(words)
            while at >= 0:
                self.made.mentions.append(Mention(number, at, at + len(words), "body", "by.hand", 0.876))
                at = self.text.find(words, at + 1)
        return number

    def claim(
        self, table: str, confidence: float, quotes: dict[str, tuple[str | None, str | None]], **values: Any
    ) -> None:
        """A claim; `quotes` has words of the text, and the column and value that they give."""
        made = tuple(
            Quote(
                self.text.index(words), self.text.index(words) + len(words), "body", column, value, "perhaps" in words
            )
            for words, (column, value) in quotes.items()
        )
        self.made.claims.append(Claim(table, values, made, f"{table}.by_hand", confidence))

    def attribute(self, entity: int, column: str, value: str, words: str, confidence: float = 0.8) -> None:
        """A value of an entity's own row."""
        self.claim("attributes", confidence, {words: (column, value)}, entity=entity, column=column, value=value)


def said() -> tuple[list[Document], dict[str, Extraction]]:
    """The documents, one of which could not be read, and what is said by each."""
    a = Said(
        "a.txt",
        "en",
        "Velmora Partnership",
        published="2019-01-01",
        publisher="Kestria Institute",
        url="https://a.example",
        licence="CC-BY-4.0",
        pages=(0, 100),
    )
    vp = a.named("partnership", "Velmora Partnership", acronym="VP", kind="network")
    lapland = a.named("region", "Lapland", key="FI1D7")
    kestria = a.named(
        "organisation", "Kestria Institute", acronym="KI", kind="university", country="FI", acts_for="FI1D7"
    )
    ecrn = a.named("organisation", "European Chemical Regions Network", "ECRN", key="ecrn")
    days = a.named("event", "Kestria Days", kind="conference")
    meeting = a.named("event", "annual meeting", kind="meeting")
    tide = a.named("programme", "Tidewater Programme", kind="funding")
    a.attribute(vp, "launched", "2016", "launched in 2016")
    a.attribute(days, "starts", "2019-03-08", "2019-03-08")
    a.attribute(days, "mode", "online", "Kestria Days on", 0.5)
    a.attribute(meeting, "starts", "XXXX-05", "in May")
    a.attribute(meeting, "edition", "2", "annual meeting")
    a.attribute(tide, "launched", "2014?", "Tidewater")
    a.claim(
        "memberships",
        0.9,
        {"Lapland leads Velmora Partnership": (None, None), "2018-01": ("since", "2018-01")},
        partnership_id=vp,
        participant_id=lapland,
        role="lead",
        role_text="leads",
        status="current",
        since="2018-01",
    )
    a.claim(
        "memberships", 0.8, {"Lapland leads": (None, None)}, partnership_id=vp, participant_id=lapland, role="member"
    )
    a.claim("memberships", 0.7, {"KI": (None, None)}, partnership_id=vp, participant_id=kestria, role="member")
    a.claim(
        "memberships", 0.6, {"are members": (None, None)}, partnership_id=vp, participant_id=kestria, role="contributor"
    )
    a.claim("memberships", 0.4, {"ECRN": (None, None)}, partnership_id=vp, participant_id=ecrn, role="member")
    a.claim("memberships", 0.39, {"ECRN are": (None, None)}, partnership_id=vp, participant_id=ecrn, role="lead")
    a.claim("memberships", 0.9, {"(VP)": (None, None)}, partnership_id=vp, participant_id=vp, role="member")
    a.claim("attendances", 0.9, {"Kestria Days": (None, None)}, event_id=days, participant_id=kestria, role="speaker")
    a.claim(
        "attendances",
        0.9,
        {"for Lapland": (None, None)},
        event_id=days,
        participant_id=kestria,
        role="speaker",
        on_behalf_of_id=lapland,
    )
    a.claim("attendances", 0.9, {"Days": (None, None)}, event_id=days, participant_id=ecrn, role="host")
    a.claim("links", 0.9, {"Programme pays": (None, None)}, subject_id=vp, relation="funded_by", object_id=tide)
    a.claim(
        "agenda", 0.9, {"Share cafés": (None, None)}, subject_id=vp, kind="objective", text="Share cafés", position=1
    )
    a.claim(
        "figures",
        0.9,
        {"12 regions": (None, None)},
        subject_id=vp,
        measure="member_regions",
        value=12.0,
        qualifier="exact",
    )

    b = Said("b.txt", "fi", None, published="2020-01-01", title="LAPPI leads VP", publisher="Nobody at All")
    other = b.named("partnership", "VP")
    lappi = b.named("region", "LAPPI", key="FI1D7")
    shouted = b.named("organisation", "KESTRIA INSTITUTE", kind="agency")
    again = b.named("event", "Kestria Days")
    unnamed = b.named("event", "annual meeting")
    solar = b.named("partnership", "Solar Energy", key="solar-energy")
    b.attribute(other, "launched", "2016-05", "launched in 2016-05", 0.5)
    b.attribute(other, "launched", "2017-01-02?", "perhaps in 2017-01-02?", 0.9)
    b.attribute(solar, "launched", "2015", "Solar")
    b.attribute(again, "starts", "2019-03-08", "Kestria Days", 0.7)
    b.claim(
        "memberships",
        0.8,
        {"LAPPI leads VP": (None, None)},
        partnership_id=other,
        participant_id=lappi,
        role="lead",
        status="current",
    )
    b.claim(
        "memberships",
        0.8,
        {"KESTRIA INSTITUTE is": (None, None)},
        partnership_id=other,
        participant_id=shouted,
        role="member",
    )
    b.claim(
        "memberships",
        0.8,
        {"until 2020": ("until", "2020")},
        partnership_id=other,
        participant_id=shouted,
        role="lead",
        status="former",
        until="2020",
    )
    b.claim(
        "attendances", 0.8, {"the annual meeting": (None, None)}, event_id=unnamed, participant_id=shouted, role="host"
    )
    b.claim(
        "figures",
        0.8,
        {"12 regions": (None, None)},
        subject_id=other,
        measure="member_regions",
        value=12.0,
        qualifier="exact",
    )
    b.claim("links", 0.8, {"part of": (None, None)}, subject_id=other, relation="part_of", object_id=solar)

    # The same words again, less sure and more: one line of evidence, as sure as the surest.
    for confidence in (0.6, 0.95, 0.7):
        b.claim(
            "memberships",
            confidence,
            {"LAPPI leads VP": (None, None)},
            partnership_id=other,
            participant_id=lappi,
            role="lead",
            status="current",
        )

    d = Said("d.txt", "en", "The Kelp Wave")
    kelp = d.named("partnership", "Kelp Wave", kind="thematic_partnership")
    sea = d.named("partnership", "Sea Health", platform="energy")
    d.named("region", "Adriatic-Ionian Region", key="group:adriatic-ionian-region")
    hasselt = d.named("region", "Hasselt", key="BE224")
    d.named("region", "Sylvania", key="SYLVANIA")
    limited = d.named("organisation", "Kelp Wave", "Kelp Wave Ltd", kind="club", acts_for="DE1")
    d.named("organisation", "AER", key="aer")
    forum = d.named("event", "Kelp Forum", kind="conference")
    fund = d.named("programme", "Tide + Sea Fund", kind="funding")
    third = d.named("event", "3rd Kelp meeting", "Kelp meeting")
    d.attribute(kelp, "ended", "2021", "until 2021")
    d.attribute(fund, "ended", "2022", "2022")
    for column, value, words in (
        ("starts", "2020-05-05", "5"),
        ("ends", "2020-05-06", "6 May 2020"),
        ("start_time", "09:30", "9:30"),
        ("end_time", "16:00", "16:00"),
        ("timezone", "CET", "CET"),
        ("place", "Kestria", "Kestria"),
        ("country_code", "FI", "Finland"),
    ):
        d.attribute(forum, column, value, words)
    d.attribute(third, "starts", "2020-05-05?", "3rd")
    d.attribute(third, "starts", "2021", "3rd Kelp")
    d.claim("links", 0.8, {"part of": (None, None)}, subject_id=kelp, relation="part_of", object_id=sea)
    d.claim("links", 0.8, {"is part of": (None, None)}, subject_id=kelp, relation="part_of", object_id=kelp)
    d.claim(
        "memberships", 0.8, {"run in": (None, None)}, partnership_id=kelp, participant_id=hasselt, role="contributor"
    )
    d.claim("memberships", 0.3, {"met": ("since", "2020")}, partnership_id=kelp, participant_id=limited, role="member")

    e = Said("e.txt", "en", LONG)
    e.named("partnership", LONG)
    e.named("organisation", "Sea & Shore Agency", acronym="SSA")
    e.named("organisation", "Society of Silent Anglers", acronym="SSA")
    e.named("organisation", "SSA")
    e.named("event", f"Winter {LONG}")
    e.named("event", "VP Forum")
    e.named("event", LONG.lower())

    c = Said("register/c.csv", None, None)
    here = c.named("partnership", "VP")
    there = c.named("region", "Lapland", key="FI1D7")
    for line, role, since in (("one", "lead", "2018"), ("two", "member", "2019")):
        words = next(row for row in c.text.splitlines() if line in row)
        c.claim(
            "memberships",
            1.0,
            {words: ("since", since)},
            partnership_id=here,
            participant_id=there,
            role=role,
            source_url=f"https://{line}.example/{'x' if line == 'one' else 'y'}",
            since=since,
        )

    bad = Document(
        "bad.pdf", "bad.pdf", "0" * 64, "application/pdf", "", status="quarantined", problem="bad.pdf: no PDF"
    )
    made = {one.document.document_id: one.made for one in (a, b, c, d, e)}
    return [a.document, b.document, c.document, d.document, e.document, bad], made


CORRECTIONS = """action,table,row_id,column,value,reason,date,source
reject,figures,figure:a907ab19f775176d,,,wrong,2026-11-22,https://c.example
set,partnerships,partnership:velmora-partnership,name,Velmora Alliance,renamed,2026-11-22,
set,partnerships,partnership:velmora-partnership,is_s3,TRUE,so,2026-11-22,http://c.example
set,partnerships,partnership:velmora-partnership,launched,,nobody knows,2026-11-22,ftp://c.example
set,events,event:kestria-days-2019-03-08,edition,3,third,2026-11-22,
set,memberships,membership:5d85963ba056d551,participant_id,organisation:ecrn,mixed up,2026-11-22,
set,memberships,membership:5d85963ba056d551,participant_id,organisation:nobody,mixed up,2026-11-22,
merge,organisations,organisation:kestria-institute,,organisation:velmora-institute,unknown,2026-11-22,
merge,programmes,programme:tidewater-programme,,programme:erasmus-plus,known elsewhere,2026-11-22,
part,events,event:kestria-days-2019-03-08,,b.txt,another,2026-11-22,
part,events,event:kestria-days-2019-03-08,,gone.txt,another,2026-11-22,
set,organisations,organisation:kelp-wave,is_s3,true,no such column,2026-11-22,
set,partnerships,partnership:kelp-wave,is_s3,False,so,2026-11-22,
set,partnerships,partnership:kelp-wave,is_s3,perhaps,so,2026-11-22,
set,partnerships,partnership:kelp-wave,launched_earliest,2020-01-01,follows from another,2026-11-22,
set,partnerships,partnership:kelp-wave,launched,2020-05,so,2026-11-22,
set,partnerships,partnership:kelp-wave,partnership_id,partnership:x,a key,2026-11-22,
set,attendances,attendance:53c6a7f7147795db,participant_kind,region,follows from another,2026-11-22,
merge,regions,organisation:aer,,organisation:ecrn,another table,2026-11-22,
merge,organisations,organisation:aer,,,empty,2026-11-22,
part,regions,event:kestria-days-2019-03-08,,b.txt,another table,2026-11-22,
merge,partnerships,partnership:solar-energy,,partnership:velmora-partnership,one thing,2026,
"""


def corrected() -> tuple[list[Document], dict[str, Extraction]]:
    """The same with corrections, some of which fit nothing."""
    documents, extractions = said()
    return [
        *documents,
        Document(PATH, PATH, _digest(CORRECTIONS), "text/csv", CORRECTIONS, _digest(CORRECTIONS)),
    ], extractions
