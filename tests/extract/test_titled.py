"""Names of collaborations that begin or end with their own head noun, and bodies called after a town; all names are
made up."""

from __future__ import annotations

import pytest

from pipeline.extract import extract
from tests.benchmarks.texts import document


def names(text: str, kind: str = "partnership") -> set[str]:
    return {e.name for e in extract(document("x", text)).entities if e.kind == kind}


TITLED = [
    ("Aragón se unió a la Red de Talleres del Norte, que Asturias fundó en 2019.", "Red de Talleres del Norte"),
    ("Il Patto per la lana alpina è nato nel 2018. Lo coordina il Trentino.", "Patto per la lana alpina"),
    (
        "La Bretagne a rejoint le Réseau européen des phares habités, que dirige la Galice.",
        "Réseau européen des phares",
    ),
    (
        "Zadarska županija 2021. potpisala je Platformu za solane u mirovini, koju vodi Istra.",
        "Platforma za solane u mirovini",
    ),
    (
        "Meid asutasid Värmland ja Lõuna-Savo. Läänemere Puiduvõrgustik ühendab kümmet piirkonda.",
        "Läänemere Puiduvõrgustik",
    ),
    ("Hanke sai alkunsa Tuohiverkostossa, jonka Lapin liitto perusti vuonna 2017.", "Tuohiverkosto"),
    (
        "De gemeenten sloten een convenant: het Loopakkoord. Later kwam het Wandelpact Drie Dijken.",
        "Wandelpact Drie Dijken",
    ),
    (
        "Wir gehören seit 2019 dem Grazer Pakt für Fassbinder an, den die Steiermark führt.",
        "Grazer Pakt für Fassbinder",
    ),
    (
        "They intend to join the Quiet Harbours Skills Pact Ireland, launched in 2020.",
        "Quiet Harbours Skills Pact Ireland",
    ),
    ("The region joined the working group Human–Salt Interfaces, led by Flanders.", "Human–Salt Interfaces"),
    ("Naziv: Hodanje u magli\nVrsta: projekt\nKoordinator: Grad Zagreb\nPartneri: Lombardija", "Hodanje u magli"),
    ("Intro text.\n\nSILENT WELLS PILOT\nType: pilot\nCoordinator: Crete\nPartners: Algarve", "SILENT WELLS PILOT"),
]
NOT_TITLED = [
    "The Alliance restores wild forests, as Flanders said.",
    "Partnerskapet i centrum\n\nVi samlades i Skåne.",
    "Flanders takes part in the Working Groups on the RIS3.",
    "In brief\nPeriod: 2023–2026\nLead partner: Friesland\nPartners: Wales, Brittany",
    "Partners: Drenthe\nBudget: 3 120 000 EUR (LIFE 60 %)\nCoordinator: Wales",
]


@pytest.mark.parametrize(("text", "name"), TITLED)
def test_a_head_noun_with_a_capital_is_part_of_the_name(text: str, name: str) -> None:
    assert any(found.startswith(name) for found in names(text)), names(text)


@pytest.mark.parametrize("text", NOT_TITLED)
def test_what_only_speaks_of_a_collaboration_names_none(text: str) -> None:
    assert not names(text)


def test_words_in_small_letters_between_town_and_head_are_in_the_name_of_a_body() -> None:
    assert "Kiruna tekniska universitet" in names("Partner är Kiruna tekniska universitet.", "organisation")


def test_a_group_of_a_network_bears_its_topic() -> None:
    text = "Il gruppo di lavoro NEREUS sulle lagune salate è presieduto dalle Azzorre."
    assert "lagune salate" in names(text)


def test_the_verb_that_begins_a_sentence_is_not_in_the_name() -> None:
    text = "2023. Kutsub VelTark, kohal on Norte. VelTark on projekt, mida juhib Tartu Ülikool."
    assert names(text) == {"VelTark"}


def test_a_heading_that_a_sentence_repeats_is_a_name_if_the_text_below_speaks_of_it() -> None:
    text = (
        "Läget i regionen\n\nVi var med i Stilla hamnar i Bottenviken redan 2020.\n\nStilla hamnar i Bottenviken\n\n"
        "Nätverket fick sin stadga 2019, då Gotland och Skåne gick samman."
    )
    assert "Stilla hamnar i Bottenviken" in names(text)


def test_a_person_whose_surname_is_a_town_is_no_body() -> None:
    text = "Hálózatunkat a DigiVelmora képviselte, munkatársuk, Sárvár Lilla mutatta be a mintaprojektet is."
    assert not any("Lilla" in name for name in names(text, "organisation"))


def test_a_name_that_opens_a_line_ends_where_a_sentence_says_something_of_it() -> None:
    text = "OUR PROJECTS\n\nSALTGEN is new. Its partners: Wales, Brittany.\n\nDRYWELL is old. Lead partner: Navarra."
    assert not any(" is " in name for name in names(text))
