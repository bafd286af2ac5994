"""Who "we" are: the body whose page it is, and nobody where the page does not say whose it is."""

from __future__ import annotations

import pytest

from pipeline.extract.words.lexicon import first_person
from tests.extract.test_extract import members, read


def said(text: str) -> set[tuple[str, str]]:
    return {(who, role) for who, _, role in members(read(text), 0.3)}


@pytest.mark.parametrize(
    "text",
    [
        "Norvent Cluster\n\nNews\n\nWe lead the Texalna partnership.",
        "About us\n\nThe Norvent Cluster works in the north of the country.\n\nWe lead the Texalna partnership.",
        "Clúster Norvent\n\nLideramos el partenariado Texalna.",
        "Klastr Norvent\n\nKoordinujeme partnerství Texalna.",
        "Klaster Norvent\n\nKoordynujemy partnerstwo „Texalna”.",
    ],
)
def test_a_page_speaks_for_the_body_whose_it_is(text: str) -> None:
    assert {role for _, role in said(text)} == {"lead"}
    assert all("Norvent" in who for who, _ in said(text))


def test_a_reflexive_verb_changes_with_its_pronoun() -> None:
    assert said("Clúster Norvent\n\nNos unimos al partenariado Texalna.") == {("Clúster Norvent", "member")}


def test_a_page_of_one_region_speaks_for_it() -> None:
    assert said("Regione Toscana\n\nCoordiniamo il partenariato Texalna e siamo felici di farlo.") == {
        ("Toscana", "lead")
    }


@pytest.mark.parametrize(
    "text",
    [
        "News\n\nWe lead the Texalna partnership.",
        "Tuscany and Navarra\n\nWe lead the Texalna partnership and are glad to do so.",
        "The “Halcyra” partnership\n\nTuscany\n\nWe lead the Texalna partnership and are glad to do so.",
    ],
)
def test_we_are_nobody_where_the_page_does_not_say_who(text: str) -> None:
    assert not said(text)


def test_who_is_quoted_is_not_whose_page_it_is() -> None:
    quoted = 'Norvent Cluster\n\nThe mayor added: "We lead the Texalna partnership and are glad of it."'
    assert not said(quoted)


def test_with_whom_we_found_is_a_founder_too() -> None:
    text = "Clúster Norvent\n\nCon Toscana y Navarra fundamos el partenariado Texalna."
    assert {who for who, role in said(text) if role == "initiator"} == {
        "Clúster Norvent",
        "Toscana",
        "Comunidad Foral de Navarra",
    }


@pytest.mark.parametrize(
    ("rule", "verb", "made"),
    [
        ("a>amos", "lidera", "lideramos"),
        ("j…u>n…u", "jmexxu", "nmexxu"),
        ("eaz*>ăm", "coordoneaz*", "coordonăm"),
        ("a>amos", "guía de la", "guíamos de la"),
    ],
)
def test_endings_of_the_first_person(rule: str, verb: str, made: str) -> None:
    pack = {"grammar": {"we_endings": [rule]}, "cues": {"lead": {"active": [verb]}}}
    entries = set(first_person(pack))
    assert (("cue", "lead", "active"), made) in entries
    assert (("word", "we"), made.split()[0]) in entries


def test_no_rule_eats_up_a_verb() -> None:
    pack = {"grammar": {"we_endings": ["a>amos"]}, "cues": {"lead": {"active": ["da"]}}}
    assert not set(first_person(pack))
