"""Names that no register knows and no head noun stands by: what the text does with them tells what they are."""

from __future__ import annotations

import pytest

from tests.extract.test_names import partnerships

TOLD = [
    ("The project AgroTide ended in May. AgroTide 2 goes on with new money.", "AgroTide|AgroTide 2"),
    ("Projekt Cisza Pól dobiegł końca. Od maja działa Cisza Pól II.", "Cisza Pól|Cisza Pól II"),
    ("Le projet Marée Claire a pris fin. Depuis mai, on parle de Marée Claire Plus.", "Marée Claire|Marée Claire Plus"),
    ("The successor is called VelTide and has the same coordinator, the University of Torvik.", "VelTide"),
    ("Succesorul său, VelTide, este coordonat de Universitatea din Oradea.", "VelTide"),
]


@pytest.mark.parametrize(("text", "names"), TOLD)
def test_what_a_text_does_with_a_name_tells_that_it_is_a_project(text: str, names: str) -> None:
    assert partnerships(text) == set(names.split("|"))


@pytest.mark.parametrize(
    "text",
    [
        "Led by the University of Torvik, Navarra and AgroTide visited the fair.",
        "The strategy Vision 2030 builds on Vision 2020 and was adopted in May.",
    ],
)
def test_what_it_does_not_tell(text: str) -> None:
    assert not partnerships(text)


WHOLE = [
    (
        "« Rives claires » : dix ans de coopération\n\nÀ Brest, la Bretagne et la Galice créent Rives claires. "
        "En mai, Rives claires compte onze membres.",
        "Rives claires",
    ),
    ("4.3 Síť Kraje po sklu\n\nSíť Kraje po sklu vede Liberecký kraj, členem je Trentino.", "Kraje po sklu"),
    ("Sieti Tiché Karpát predsedá Žilinský kraj. Prešovský kraj je členom siete Tiché Karpát.", "Tiché Karpát"),
    ("Zapisnik sveta mreže AlpSteklo. Zasedanje Sveta mreže AlpSteklo vodi Bavarska.", "AlpSteklo"),
    (
        "The Northern Ports and Harbours Network has 14 members. Navarra joined in May.",
        "Northern Ports and Harbours Network",
    ),
    ("Síť Silent Harbours Network vede Univerzita Pardubice.", "Silent Harbours Network"),
    ("A Silent Harbours Network tagja Észak-Magyarország.", "Silent Harbours Network"),
    ("Glasrike Facility är ett nätverk som leds av Region Skåne.", "Glasrike Facility"),
]


@pytest.mark.parametrize(("text", "names"), WHOLE)
def test_a_name_is_taken_whole(text: str, names: str) -> None:
    assert partnerships(text) == set(names.split("|"))


def test_a_person_is_no_network() -> None:
    assert not partnerships("Anna Berg is a network manager. Sven Holm is a partnership expert.")


def test_a_heading_in_capitals_beside_a_head_noun_is_no_name() -> None:
    assert not partnerships("DI SETTE REGIONI LA RETE\n\nLa Toscana ha parlato di acqua con la Puglia a Bari.")
    assert not partnerships("LE NOSTRE ANTICHE RETI\n\nLa Toscana ha parlato di acqua con la Puglia a Bari.")
