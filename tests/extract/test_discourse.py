"""Which partnership a sentence speaks of: head nouns without a name, pronouns, and sentences that name none."""

from __future__ import annotations

import pytest

from pipeline.settings import Settings
from tests.extract.test_extract import members, read

CASES = {
    "a head noun of another kind than all that was spoken of takes up none of it": (
        "Tuscany is a partner in the Velmora project. Work began in May. Costs are shared by all. Nobody complained. "
        "The network was founded by Lapland.",
        {("Toscana", "Velmora project", "member")},
    ),
    "nor do the sentences that go on about it": (
        "Tuscany is a partner in the Velmora project. Work began in May. Costs are shared by all. Nobody complained. "
        "The network was founded by Lapland. It is led by Galicia. Flanders and Limburg (NL) are members.",
        {("Toscana", "Velmora project", "member")},
    ),
    "where the verb is left out the second time, each partnership has the actor beside it": (
        "Tuscany coordinates the Velmora project, Navarra the Orvane network and Lapland the Kestria pilot.",
        {
            ("Toscana", "Velmora project", "lead"),
            ("Comunidad Foral de Navarra", "Orvane network", "lead"),
            ("Lappi", "Kestria pilot", "lead"),
        },
    ),
    "an initiative is what the text has called so": (
        "The Velmora Initiative has eight pilots. The Orvane project is led by Navarra. Lapland chairs the initiative.",
        {
            ("Comunidad Foral de Navarra", "Orvane", "lead"),
            ("Lappi", "Velmora Initiative", "lead"),
        },
    ),
    "a project is what the text calls so, whatever a list knows it as": (
        "The project Mining Industry is led by Lapland. The Velmora network has another purpose. "
        "Galicia joined the project in 2021.",
        {("Lappi", "Mining Industry", "lead"), ("Galicia", "Mining Industry", "member")},
    ),
    "a head noun takes up the thing of its kind in its own sentence, far ahead of it": (
        "Navarra leads the Orvane partnership. New proposals build on the Velmora partnership, and although the first "
        "ones were late and rather few in number, Lapland and Galicia are members of the partnership.",
        {
            ("Comunidad Foral de Navarra", "Orvane partnership", "lead"),
            ("Lappi", "Velmora partnership", "member"),
            ("Galicia", "Velmora partnership", "member"),
        },
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_the_partnership_that_is_meant(case: str) -> None:
    text, expected = CASES[case]
    assert members(read(f"News of the month\n\n{text}"), Settings().threshold) == expected


def test_signs_of_an_object_that_the_text_before_supplies() -> None:
    text = "Navarra leads the Orvane project. Work began in May, as “Kestra Vold” told. Lapland and Galicia are in it."
    extraction = read(f"News of the month\n\n{text}")
    found = [c for c in extraction.claims if c.table == "memberships" and c.quotes[0].start > 90]
    assert {c.features["since"] for c in found} == {0.5}
    assert {c.features["strange names"] for c in found} == {1.0}


BORDERS = {
    "what is named only further below is not yet spoken of": (
        "News from the ports\n\nTuscany took over the presidency in May. Navarra is a member.\n\n"
        "Lapland chairs the working group on cold ironing.\n",
        {("Lappi", "cold ironing", "lead")},
    ),
    "a numbered question above its answer is a heading: the title's thing comes back": (
        "The Velmora project is looking for partners\n\n1. What is Velmora?\n\n"
        "A project on wood. It differs from the Orvane network, which Lapland leads.\n\n"
        "2. Who coordinates?\n\nThe coordinator is Tuscany.\n",
        {("Lappi", "Orvane network", "lead"), ("Toscana", "Velmora", "lead")},
    ),
    "a heading that is nothing but the name of a body that is a network is about the network": (
        "Cooperation abroad\n\nVelmora network\n\nThe Velmora network was founded by Lapland.\n\n"
        "ERRIN\n\nTuscany and Navarra have been members since 2015.\n",
        {
            ("Lappi", "Velmora network", "initiator"),
            ("Toscana", "European Regions Research and Innovation Network", "member"),
            ("Comunidad Foral de Navarra", "European Regions Research and Innovation Network", "member"),
        },
    ),
}


@pytest.mark.parametrize("case", BORDERS)
def test_where_sections_begin(case: str) -> None:
    text, expected = BORDERS[case]
    assert members(read(text), Settings().threshold) == expected


TAKEN_UP = {
    "not so a group of something else": (
        "The Velmora network has a working group on water quality. A group of visitors came to see the network. "
        "Lapland is a member of the network.",
        {("Lappi", "Velmora", "member")},
    ),
    "what a platform holds is not the platform": (
        "The Orvane partnership has eight members. Within the S3 Platform on Energy, this partnership is coordinated "
        "by Lapland.",
        {("Lappi", "Orvane", "lead")},
    ),
    "a demonstrative before a head noun is no pronoun of its own": (
        "Sieć Orvane powstała w 2015 r. Projekt Velmora koordynuje Nawarra. Galicja należy do tej sieci od 2016 r.",
        {("Comunidad Foral de Navarra", "Projekt Velmora", "lead"), ("Galicia", "Orvane", "member")},
    ),
}


@pytest.mark.parametrize("case", TAKEN_UP)
def test_what_a_noun_takes_up(case: str) -> None:
    text, expected = TAKEN_UP[case]
    heading = "Aktualności" if "Sieć" in text else "News of the month"
    assert members(read(f"{heading}\n\n{text}"), Settings().threshold) == expected


GROUPS = [
    (
        "Nyt fra havnene\n\nNetværket Velmora ledes af Navarra. Det har en arbejdsgruppe om rent vand. Netværket "
        "Velmora betaler for alt. Halland har formandskabet for gruppen.",
        {("Hallands län", "rent vand", "lead")},
    ),
    (
        "Новини\n\nМрежата Velmora се ръководи от Навара. Тя има работна група „Чиста вода“. Мрежата Velmora плаща "
        "всичко. Тоскана оглавява групата.",
        {("Toscana", "Чиста вода", "lead")},
    ),
    (
        "Uutisia\n\nVelmora-verkostoa johtaa Navarra. Sillä on työryhmä ”Puhdas vesi”. Velmora-verkosto maksaa kaiken. "
        "Ryhmää johtaa Toscana.",
        {("Toscana", "Puhdas vesi", "lead")},
    ),
]


@pytest.mark.parametrize(("text", "expected"), GROUPS)
def test_the_bare_noun_takes_up_the_working_group(text: str, expected: set[tuple[str, str, str]]) -> None:
    assert members(read(text), Settings().threshold) == expected | {("Comunidad Foral de Navarra", "Velmora", "lead")}
