"""People stay out: quotes are cut around them, listed names are left out, names of bodies are not people."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.__main__ import main
from pipeline.model import Claim, Document, Entity, Extraction, Mention, Quote
from pipeline.personal.guess import guess
from pipeline.personal.leave_out import without_people, without_suppressed
from pipeline.personal.patterns import find_personal
from pipeline.personal.suppressed import find_suppressed, name_digest, read_suppressed
from tests.campaigns.persons import measure

TEXT = "Northmark leads Velmora, said Kaarina Mäcklin, and the Jožef Stefan Institute joins it."


def said(text: str, /, *quotes: Quote, **values: object) -> tuple[Document, Extraction]:
    """A document with three things, each mentioned where its name first stands, and a membership with these quotes."""
    names = [n for n in ("Northmark", "Velmora", "Jožef Stefan Institute") if n in text]
    entities = [Entity(k, n) for k, n in zip(("region", "partnership", "organisation"), names, strict=False)]
    mentions = [Mention(i, text.index(n), text.index(n) + len(n), "body", "name", 0.9) for i, n in enumerate(names)]
    claim = Claim("memberships", {"partnership_id": 1, "participant_id": 0, **values}, quotes, "rule", 0.9)
    return Document("d", "d.txt", "0" * 64, "text/plain", text), Extraction(
        "d", "en", 1.0, text, entities, mentions, [claim]
    )


def pieces(document: Document, extraction: Extraction) -> list[str]:
    return [document.text[q.start : q.end] for c in extraction.claims for q in c.quotes]


def test_a_quote_becomes_the_pieces_beside_a_person() -> None:
    document, extraction = said(TEXT, Quote(0, len(TEXT), "body"))
    shown = without_people(document, extraction)
    assert pieces(document, shown) == ["Northmark leads Velmora, said"]
    assert shown.title is None
    assert shown.mentions == extraction.mentions and shown.entities == extraction.entities
    third = Claim("memberships", {"partnership_id": 1, "participant_id": 2}, (Quote(0, len(TEXT), "body"),), "r", 0.9)
    both = without_people(document, replace(extraction, claims=[third]))
    assert pieces(document, both) == ["Northmark leads Velmora, said", "and the Jožef Stefan Institute joins it."]


def test_a_quote_that_says_nothing_without_a_person_takes_its_claim_with_it() -> None:
    text = "Northmark: Kaarina Mäcklin. Velmora."
    document, extraction = said(text, Quote(11, 27, "body"))
    assert without_people(document, extraction).claims == []
    document, extraction = said(text, Quote(0, 27, "body"))
    assert pieces(document, without_people(document, extraction)) == ["Northmark"]


def test_a_value_or_an_item_with_a_person_is_left_out() -> None:
    item = "invite Dr Kaarina Mäcklin"
    text = f"Northmark and Velmora {item}."
    start = text.index(item)
    document, extraction = said(text, Quote(start, start + len(item), "body"), text=item)
    assert without_people(document, extraction).claims == []
    document, extraction = said(text, Quote(0, 9, "body"), text="write to a@b.example")
    assert without_people(document, extraction).claims == []


def test_contact_details_are_not_quoted_but_names_of_bodies_are() -> None:
    document, extraction = said("Contact Northmark for Velmora", Quote(0, 29, "contact"), Quote(8, 17, "contact"))
    assert pieces(document, without_people(document, extraction)) == ["Northmark"]


def test_what_names_nobody_stays_as_it_is() -> None:
    document, extraction = said("Northmark leads Velmora.", Quote(0, 24, "body"))
    assert without_people(document, extraction) == extraction
    assert without_suppressed(document, extraction, frozenset()) is extraction


def test_a_suppressed_name_takes_its_thing_along() -> None:
    document, extraction = said(TEXT, Quote(0, 23, "body"))
    shown = without_suppressed(document, extraction, frozenset({name_digest("NORTHMARK")}))
    assert [e.name for e in shown.entities] == ["Velmora", "Jožef Stefan Institute"]
    assert [(m.entity, document.text[m.start : m.end]) for m in shown.mentions] == [
        (0, "Velmora"),
        (1, "Jožef Stefan Institute"),
    ]
    assert shown.claims == []
    other = Claim("links", {"subject_id": 1, "object_id": 2}, (Quote(10, 23, "body"),), "r", 0.9)
    shown = without_suppressed(document, replace(extraction, claims=[other]), frozenset({name_digest("Northmark")}))
    assert [c.values for c in shown.claims] == [{"subject_id": 0, "object_id": 1}]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("a talk by David Bartolini, economist", "David Bartolini"),
        ("Kontakt: Dr. Xqvart Zzyzx", "Xqvart Zzyzx"),
        ("sanoi Kaarina Mäcklinin mukaan", "Kaarina Mäcklinin"),
        ("zei Anneke van der Horst.", "Anneke van der Horst"),
        ("mondta Nagy Péter elnök", "Nagy Péter"),
        ("Jean DUPONTEL, maire", "Jean DUPONTEL"),
        ("каза Иван Петров.", "Иван Петров"),
        ("Frau Müller", "Müller"),
    ],
)
def test_people_are_guessed(text: str, name: str) -> None:
    assert [text[a:b] for a, b in guess(text)] == [name]


@pytest.mark.parametrize(
    "text",
    ["Northern Netherlands leads it", "Region Värmland", "DIREKTÖR", "we met. Anna", "MS Teams", "in June 2024", "",
     "Dr.", "Communauté française", "Peter", "S3 CoP"],
)  # fmt: skip
def test_other_words_are_no_people(text: str) -> None:
    assert guess(text) == []


def test_the_measure_of_guessing_holds() -> None:
    """As PRIVACY.md says; `python -m tests.campaigns.persons` has all figures."""
    scores = [measure(corpus, extracting=False) for corpus in ("tune", "own")]
    assert sum(s.found for s in scores) / sum(s.planted for s in scores) > 0.78
    assert sum(s.alarms for s in scores) / sum(s.words for s in scores) < 20e-4


def test_invisible_characters_hide_nothing() -> None:
    text = "mail jo\u200b.doe@kes\u00adtria.example or"
    assert [text[a:b] for a, b in find_personal(text)] == ["jo\u200b.doe@kes\u00adtria.example"]
    listed = frozenset({name_digest("Jo Doe")})
    assert find_suppressed("by J\u200bo Doe", listed) == [(3, 10)]
    assert name_digest("J\u200bo  DOE") in listed and name_digest("Jo D oe") not in listed


def test_a_name_is_added_without_being_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, says in (("Jo Doe\n", "added to"), ("jo DOE", "already in"), ("Kim Roe", "added to")):
        monkeypatch.setattr("sys.stdin", io.StringIO(name))
        assert main(["suppress", "--seeds", str(tmp_path)]) == 0
        assert says in capsys.readouterr().out
    monkeypatch.setattr("sys.stdin", io.StringIO("\n"))
    assert main(["suppress", "--seeds", str(tmp_path)]) == 2
    file = tmp_path / "suppress.csv"
    assert read_suppressed(file) == {name_digest("Jo Doe"), name_digest("Kim Roe")}
    assert "doe" not in file.read_text().casefold()


@pytest.mark.parametrize(
    ("content", "says"), [("name\nJo\n", "no column `digest`"), ("digest\nJo Doe\n", "line 2: no digest")]
)
def test_a_list_of_plain_names_is_refused(tmp_path: Path, content: str, says: str) -> None:
    (tmp_path / "suppress.csv").write_text(content)
    with pytest.raises(ValueError, match=says):
        read_suppressed(tmp_path / "suppress.csv")
