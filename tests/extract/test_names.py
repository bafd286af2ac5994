"""Partnerships that no register knows: what tells that a name is one."""

from __future__ import annotations

import pytest

from pipeline.extract import extract
from pipeline.model import Document


def partnerships(text: str) -> set[str]:
    found = extract(Document("d", "d.txt", "0" * 64, "text/plain", text))
    return {e.name for e in found.entities if e.kind == "partnership"}


def memberships(text: str) -> set[str]:
    found = extract(Document("d", "d.txt", "0" * 64, "text/plain", text))
    name = [e.name for e in found.entities]
    return {
        f"{c.values['role']}: {name[c.values['participant_id']]} > {name[c.values['partnership_id']]}"
        for c in found.claims
        if c.table == "memberships" and c.confidence > 0.4
    }


TAKEN_UP = [
    (
        "The region has been in the Vanguard Initiative since 2015. It has many plans.\n\n"
        "Quarry Lights started in May and reopens old mines as data centres. It runs until 2027.\n"
        "The project is coordinated by the University of Torvik; Navarra is a partner.",
        "Quarry Lights",
    ),
    (
        "Il prossimo passo è la crescita. In ottobre è nata «Terra Salata». Per due anni si proveranno serre. "
        "Il progetto è coordinato dall'Università di Calvera e coinvolge la Puglia.",
        "Terra Salata",
    ),
    (
        "Der nächste Schritt ist MoorHolz. Zwei Jahre lang werden Dämmplatten geprüft. "
        "Das Projekt wird von der Hochschule Talheim koordiniert, Kärnten ist Partner.",
        "MoorHolz",
    ),
]


@pytest.mark.parametrize(("text", "name"), TAKEN_UP)
def test_a_head_noun_takes_up_an_unknown_name(text: str, name: str) -> None:
    assert name in partnerships(text)
    assert any(m.startswith("lead: ") and m.endswith(f"> {name}") for m in memberships(text))


@pytest.mark.parametrize(
    "text",
    [
        "TexBond organised the visit together with Navarra. The project is led by Tuscany.",
        "The firms Alvena, Korund and TexBond. The projects are led by Tuscany.",
        "NEWS. The project is led by Tuscany.",
    ],
)
def test_a_head_noun_does_not_take_up_who_acts(text: str) -> None:
    assert partnerships(text) <= {"Velmora", "Velmora partnership"}


ENTRIES = [
    (
        "I progetti del semestre\n"
        "Pane Vivo – capofila Università di Calvera; con Comune di Orsina, Linfa srl; fondi LIFE.\n"
        "Muri Lievi (chiuso nel 2023) – capofila Regione Puglia; con Linfa srl.\n",
        {"Pane Vivo", "Muri Lievi"},
    ),
    (
        "Futó projektek\n"
        "KORUNDA. Fakockából épülő irodaházakat vizsgál. Vezető: Calverai Egyetem. Partnerek: Burgenland, Vinum Kft.\n"
        "PALASZŐLŐ. Drónokkal méri a vízigényt. Vezető: Orsinai Egyetem. Partnerek: Burgenland, Vinum Kft.\n",
        {"KORUNDA", "PALASZŐLŐ"},
    ),
    (
        "Where we take part:\n"
        "- White Coast: tourism network, founded in 2016. It is led by Navarra, and Puglia takes part.\n"
        "- Stone Path+: slate for roofs. The lead is the University of Torvik.\n",
        {"White Coast", "Stone Path+"},
    ),
]


@pytest.mark.parametrize(("text", "names"), ENTRIES)
def test_lines_that_open_alike_open_with_names(text: str, names: set[str]) -> None:
    assert names <= partnerships(text)


def test_a_rubric_before_another_partnership_is_no_name() -> None:
    text = (
        "In the partnerships:\n"
        "- Sea Economy. The Velmora network is led by Navarra.\n"
        "- Fashion Trade. The Orvina network is led by Puglia.\n"
    )
    assert not partnerships(text) & {"Sea Economy", "Fashion Trade"}


SERIES = [
    (
        "Tuscany takes part in the pilots for wood fibre, marine energy and nanoproducts.",
        "wood fibre|marine energy|nanoproducts",
    ),
    ("Die Lombardei wirkt in den Gruppen für Textilien, für Steine und für Salz mit.", "Textilien|Steine|Salz"),
    (
        "La Galice participe aux groupes de travail sur l'eau de mer, sur les algues et sur le sel.",
        "eau de mer|algues|sel",
    ),
    ("Małopolska uczestniczy w zespołach ds. drewna, ds. wody i ds. soli.", "drewna|wody|soli"),
    ("Unutar nje rade skupine o navodnjavanju, o zaštiti tla te o snimkama.", "navodnjavanju|zaštiti tla|snimkama"),
    ("Region Skåne deltar i arbetsgrupperna för trä, sten och vatten.", "trä|sten|vatten"),
    ("Η Κρήτη συμμετέχει στις ομάδες εργασίας για το ξύλο, για το νερό και για το αλάτι.", "ξύλο|νερό|αλάτι"),
    ("Групата „Умни пристанища“ се води от Лигурия.", "Умни пристанища"),
]


@pytest.mark.parametrize(("text", "names"), SERIES)
def test_several_topics_behind_one_head_noun_are_several_groups(text: str, names: str) -> None:
    assert partnerships(text) == set(names.split("|"))


def test_one_group_may_have_a_topic_of_several_words() -> None:
    assert partnerships("Navarra takes part in the working group on wood and stone.") == {"wood and stone"}


def test_bare_groups_are_of_those_who_are_in_them() -> None:
    assert not partnerships("Galicia trabaja con grupos de empresas, ayuntamientos y vecinos.")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("«Pietra Lieve», coordinato dalla Puglia, è finito a marzo.", "Pietra Lieve"),
    ],
)
def test_what_a_comma_parts_from_a_name_tells_what_it_is(text: str, name: str) -> None:
    assert partnerships(text) == {name}


@pytest.mark.parametrize(
    "text",
    [
        "Kolej Horec, z projektu vystúpil v máji.",
        "De Hogeschool Gent, het project zelf en de provincie Zeeland tekenden.",
    ],
)
def test_who_only_stands_beside_a_project_is_no_project(text: str) -> None:
    assert not partnerships(text)


TITLES = [
    ("Kraj vstoupil do sítě Regiony po břidlici. Síť Regiony po břidlici vede Slezsko.", "Regiony po břidlici"),
    (
        "Le partenariat Énergies marines et ports durables est dirigé par Rennes.",
        "Énergies marines et ports durables",
    ),
    ("Partnerstvo Školjke in akvakultura vodi Galicija.", "Školjke in akvakultura"),
    ("La red Regiones por el hidrógeno verde está presidida por Navarra.", "Regiones por el hidrógeno verde"),
]


@pytest.mark.parametrize(("text", "name"), TITLES)
def test_a_title_goes_on_in_small_letters(text: str, name: str) -> None:
    assert partnerships(text) == {name}


@pytest.mark.parametrize(
    "text",
    [
        "Il progetto Lumenor per le piccole imprese è guidato dalla Toscana.",
        "Síť Lumenor zkoumá nové materiály pro regiony. Vede ji Vlámsko.",
    ],
)
def test_a_coined_name_is_at_its_end(text: str) -> None:
    assert partnerships(text) == {"Lumenor"}


PLATFORMS = [
    ("A társulás az Ipari Korszerűsítési S3 Platformon működik.", "S3 Platform on Industrial Modernisation"),
    ("S3 pramonės modernizavimo platformoje yra sudaryta teminė grupė.", "S3 Platform on Industrial Modernisation"),
    ("Velmora face parte din Platforma S3 Agroalimentară.", "S3 Platform on Agri-Food"),
    ("Is cuid d'Ardán S3 um Fhuinneamh é an tionscadal seo.", "Ardán S3 um Fhuinneamh"),
]


@pytest.mark.parametrize(("text", "name"), PLATFORMS)
def test_a_platform_is_known_by_its_theme(text: str, name: str) -> None:
    assert name in partnerships(text)


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Das Land Kärnten leitet das Netzwerk Velmora.", "lead: Land Kärnten > Velmora"),
        ("Het netwerk Velmora werd opgezet door de provincie Zeeland.", "initiator: provincie Zeeland > Velmora"),
    ],
)
def test_the_word_for_a_territory_makes_its_body(text: str, claim: str) -> None:
    assert memberships(text) == {claim}


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Il progetto Velmora è coordinato dalla società slovena HSE.", "lead: HSE > Velmora"),
        ("Le projet Velmora est coordonné par la société norvégienne Tareblad.", "lead: Tareblad > Velmora"),
        ("Проектът Velmora се координира от земеделския кооператив „Орало 5“.", "lead: Орало 5 > Velmora"),
    ],
)
def test_where_a_body_is_from_stands_between_noun_and_name(text: str, claim: str) -> None:
    assert memberships(text) == {claim}


def test_what_a_firm_does_is_no_name_of_it() -> None:
    found = extract(Document("d", "d.txt", "0" * 64, "text/plain", "La società produce Sensori per il Velmora."))
    assert not [e for e in found.entities if e.kind == "organisation"]


def test_a_group_and_its_topic_in_quotes_is_no_company() -> None:
    assert "Капково торене" in partnerships("В групата „Капково торене“ на мрежата Velmora участва Мурсия.")


@pytest.mark.parametrize(
    "text",
    [
        "Lapland takes part in the projects Velmora and Kestria.",
        "Lappland nimmt an drei Projekten teil: Velmora, Kestria und Solvena.",
        "Laponia bierze udział w trzech projektach: Velmora, Kestria i Solvena.",
        "Lappi on mukana kolmessa hankkeessa: Velmora, Kestria ja Solvena.",
    ],
)
def test_what_a_head_noun_enumerates_is_of_its_kind(text: str) -> None:
    assert {"Velmora", "Kestria"} <= partnerships(text)


@pytest.mark.parametrize(
    "text",
    ["Lapland leads the project Velmora, and Kestria joined it.", "Lapland leads three projects: Velmora and Kestria."],
)
def test_what_is_not_counted_so_is_none_of_them(text: str) -> None:
    assert "Kestria" not in partnerships(text)
