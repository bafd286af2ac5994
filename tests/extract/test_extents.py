"""Where names of partnerships and bodies begin and end."""

from __future__ import annotations

import pytest

from pipeline.extract import extract
from pipeline.model import Document


def named(text: str, kind: str) -> set[str]:
    found = extract(Document("d", "d.txt", "0" * 64, "text/plain", text))
    return {entity.name for entity in found.entities if entity.kind == kind}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Tinklui „Žemaitijos sodai“ vadovauja Toskana.", "Žemaitijos sodai"),
        ("Partnerību “Clean Ports for Tuscany” vada Galisija.", "Clean Ports for Tuscany"),
        ("A Felső-ausztriai Napelem Munkacsoport tagja Navarra.", "Felső-ausztriai Napelem Munkacsoport"),
        ("Navarra leitet die Arbeitsgruppe Wasserrecht des Netzwerks Velmora.", "Arbeitsgruppe Wasserrecht"),
        ("De werkgroep Derde Adem wordt geleid door Zeeland.", "Derde Adem"),
        ("Le projet Port Zéro est coordonné par la Bretagne.", "Port Zéro"),
        ("Il progetto RE:ALGA è coordinato dalla Toscana.", "RE:ALGA"),
        ("Il progetto GEO-STEP è coordinato dalla Toscana.", "GEO-STEP"),
    ],
)
def test_a_partnership_is_called_by_its_whole_name(text: str, name: str) -> None:
    assert name in named(text, "partnership")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Velmora is run by the European Salt Marsh Centre and Tuscany.", "European Salt Marsh Centre"),
        ("Het project Velmora wordt geleid door Hogeschool De Duinen.", "Hogeschool De Duinen"),
        ("Projekt Velmora koordinuje klastr Moravské sklo.", "Moravské sklo"),
        (
            "Vadošais partneris ir Latvijas Valsts kūdras pētījumu institūts.",
            "Latvijas Valsts kūdras pētījumu institūts",
        ),
        ("Il-proġett Velmora jitmexxa mill-kumpanija Taljana Verdesal.", "Verdesal"),
        ("Velmora projekta vada “Jūras dārzs”. Partneri:\n- Visit Tuscany (IT)\n- Galisija", "Visit Tuscany"),
    ],
)
def test_a_body_is_called_by_its_whole_name(text: str, name: str) -> None:
    assert name in named(text, "organisation")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "W projekcie Velmora działają Instytut Badań Ceramiki oraz włoskie centrum badawcze Lucelab.",
            "Instytut Badań Ceramiki",
        ),
        ("De partners van het project Velmora zijn Lucelab, de gemeente Emmen en Bytora.", "Bytora"),
    ],
)
def test_a_joint_parts_two_bodies(text: str, name: str) -> None:
    assert name in named(text, "organisation")
