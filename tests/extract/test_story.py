"""When things began, how many they count, and what they belong to: whole texts, read from top to bottom."""

from __future__ import annotations

import pytest

from pipeline.extract import extract
from pipeline.model import Document, Extraction


def read(text: str) -> Extraction:
    return extract(Document("d", "d.txt", "0" * 64, "text/plain", text))


def figures(text: str) -> set[tuple[str, str, float, str]]:
    """(subject, measure, value, qualifier) of every figure."""
    found = read(text)
    names = [e.name for e in found.entities]
    rows = [c.values for c in found.claims if c.table == "figures"]
    return {
        ("" if r["subject_id"] is None else names[r["subject_id"]], r["measure"], r["value"], r["qualifier"])
        for r in rows
    }


def begun(text: str) -> set[tuple[str, str, str]]:
    """(name, launched or ended, date) of everything that has one."""
    found = read(text)
    rows = [c.values for c in found.claims if c.table == "attributes" and c.values["column"] in ("launched", "ended")]
    return {(found.entities[r["entity"]].name, r["column"], r["value"]) for r in rows}


def links(text: str) -> set[tuple[str, str, str]]:
    """(subject, relation, object) of every link."""
    found = read(text)
    names = [e.name for e in found.entities]
    rows = [c.values for c in found.claims if c.table == "links"]
    return {(names[r["subject_id"]], r["relation"], names[r["object_id"]]) for r in rows}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The VELMORA project has a budget of nearly 4.1 million euros.", 4_100_000.0),
        ("Le projet VELMORA dispose d'un budget de près de 4,1 millions d'euros.", 4_100_000.0),
        ("Projekt VELMORA má rozpočet téměř 4,1 milionu eur.", 4_100_000.0),
    ],
)
def test_nearly_is_about_and_millions_are_whole(text: str, value: float) -> None:
    assert ("VELMORA", "budget_eur", value, "approximate") in figures(text)


def test_two_or_three_of_something_are_those_just_named() -> None:
    said = "The Velmora partnership has existed since 2019. The two regions, Tuscany and Navarra, met in Pisa."
    assert not figures(said)
    assert {f[1:] for f in figures("The Velmora partnership brings together three regions.")} == {
        ("member_regions", 3.0, "exact")
    }


def test_a_sum_from_a_fund_is_not_the_funds() -> None:
    text = "The VELMORA project is led by Tuscany.\n\nIt received a grant of 2 million euros from Horizon Europe."
    assert {f[0] for f in figures(text)} == {"VELMORA"}


def test_money_and_months_in_the_cells_of_a_table() -> None:
    text = (
        "What we pay for\n\nThese projects were selected.\n\n"
        "Project | Lead partner | Budget (EUR) | Period\n"
        "VELMORA | Tuscany | 2 400 000 | 06/2022–11/2024\n"
        "KESTRIA | Navarra | 1 900 000 | 01/2023–12/2025\n"
    )
    assert {(s, v) for s, _, v, _ in figures(text)} == {("VELMORA", 2_400_000.0), ("KESTRIA", 1_900_000.0)}
    assert ("VELMORA", "launched", "2022-06") in begun(text) and ("KESTRIA", "ended", "2025-12") in begun(text)


def test_what_it_is_in_did_not_begin_then() -> None:
    text = "Founded in 2021 within the Kestria partnership, the VELMORA network brings together Tuscany and Navarra."
    assert {n for n, _, _ in begun(text)} == {"VELMORA"}
    text = "The VELMORA partnership, which belongs to the Kestria network, has existed since 2019."
    assert begun(text) == {("VELMORA", "launched", "2019")}


def test_a_body_that_was_founded_is_not_the_partnership() -> None:
    text = "The Velmora partnership is led by Tuscany. The Kestria Institute was founded in 1995."
    assert not begun(text)


def test_what_founds_a_group_does_not_begin_itself() -> None:
    text = "The VELMORA network is led by Tuscany.\n\nIn April 2023 the network founded a new working group."
    assert not begun(text)


@pytest.mark.parametrize(
    "text",
    [
        "March 2019\nThe VELMORA partnership is launched in Pisa.\n",
        "12 March 2019 – Launch of the VELMORA partnership.\n",
    ],
)
def test_the_date_of_an_entry_in_a_chronicle(text: str) -> None:
    assert {(n, c, d[:7]) for n, c, d in begun(text)} == {("VELMORA", "launched", "2019-03")}


def test_a_project_that_grew_out_of_a_partnership_is_part_of_it() -> None:
    text = "The VELMORA project grew out of the KESTRIA thematic partnership."
    assert links(text) == {("VELMORA", "part_of", "KESTRIA")}
    assert links("The VELMORA project grew out of the KESTRIA project.") == {("VELMORA", "succeeds", "KESTRIA")}


def test_what_a_platform_comprises_is_part_of_it() -> None:
    text = (
        "Tuscany, which leads the VELMORA partnership, recalled that the S3 Platform on Industrial Modernisation "
        "also comprises the KESTRIA partnership and the ORVAL partnership."
    )
    assert {(s, r) for s, r, _ in links(text)} == {("KESTRIA", "part_of"), ("ORVAL", "part_of")}


def test_a_region_in_a_platform_links_nothing() -> None:
    text = "The VELMORA project is led by Tuscany.\n\nNavarra works within the S3 Platform on Industrial Modernisation."
    assert not links(text)


def test_a_project_holds_no_working_group() -> None:
    text = "Iz delovne skupine za telemedicino je zrasel projekt VELMORA, ki ga vodi Toskana."
    assert not [row for row in links(text) if row[1:] == ("part_of", "VELMORA")]


@pytest.mark.parametrize(
    "text", ["Five other partners work in the VELMORA network.", "Weitere fünf Partner arbeiten im Netzwerk VELMORA."]
)
def test_the_others_are_not_all(text: str) -> None:
    assert not figures(text)
    assert figures(text.replace(" other", "").replace("Weitere fünf", "Fünf"))


def test_what_goes_on_from_another_is_what_the_text_goes_on_about() -> None:
    text = "The VELMORA network replaced the very large and very old KESTRIA network. It counts 35 members."
    assert ("VELMORA", "succeeds", "KESTRIA") in links(text)
    assert figures(text) == {("VELMORA", "members", 35.0, "exact")}


@pytest.mark.parametrize(
    ("text", "later", "earlier"),
    [
        ("The AgroTide project ran for years. Its successor, VELMORA, is led by Tuscany.", "VELMORA", "AgroTide"),
        ("Das Projekt AgroTide lief drei Jahre. Der Nachfolger heißt VELMORA.", "VELMORA", "AgroTide"),
        ("Projektet AgroTide slutter i juni. Efterfølgeren hedder VELMORA.", "VELMORA", "AgroTide"),
        ("The VELMORA project is led by Tuscany. Its predecessor, AgroTide, was a project too.", "VELMORA", "AgroTide"),
        ("The AgroTide project began in 2019. On its results builds AgroTide Plus.", "AgroTide Plus", "AgroTide"),
    ],
)
def test_a_successor_goes_on_from_what_was_spoken_of_and_a_predecessor_before(
    text: str, later: str, earlier: str
) -> None:
    assert {pair for pair in links(text) if pair[1] == "succeeds"} == {(later, "succeeds", earlier)}


@pytest.mark.parametrize(
    "text",
    [
        "VELMORA, a Horizon Europe project of 2021, met the KESTRIA project in Pisa.",
        "VELMORA, un progetto Horizon Europe della Toscana, collabora con il progetto KESTRIA.",
        "The VELMORA project is led by Tuscany. The funding is for three years and stems from Horizon Europe.",
        "Le projet VELMORA est dirigé par la Bretagne. L'argent vient d'Horizon Europe.",
    ],
)
def test_a_project_of_a_programme_is_paid_by_it(text: str) -> None:
    assert links(text) == {("VELMORA", "funded_by", "Horizon Europe")}


def test_a_thematic_partnership_of_a_list_lives_on_no_programme() -> None:
    assert not links("The High Tech Farming partnership met in Pisa. The pilot receives money from Horizon Europe.")


def test_a_group_with_a_heading_of_its_own_is_of_what_the_text_is_about() -> None:
    said = "\n\n".join(
        (
            "The Velmora network",
            "The Velmora network met in Pisa.",
            "High Tech Farming",
            "The High Tech Farming partnership is led by Tuscany.",
            "Clean Harbours working group",
            "It is led by Navarra.",
        )
    )
    found = {pair for pair in links(said) if pair[0] == "Clean Harbours"}
    assert found == {("Clean Harbours", "part_of", "Velmora network")}


def test_the_date_of_another_clause_is_not_when_it_began() -> None:
    said = "In 2019, together with the region of Navarra in Spain, Tuscany founded VELMORA, which today has 35 members."
    assert begun(f"Pisa, 9 October 2024\n\nNews of a network\n\n{said}") == {("VELMORA", "launched", "2019")}


@pytest.mark.parametrize(
    "text",
    [
        "The Velmora network met in Pisa. Within the network, Tuscany leads the KESTRIA project.",
        "Das Netzwerk Velmora tagte in Graz. Im Rahmen des Netzwerks läuft das Projekt KESTRIA.",
        "Netværket Velmora mødtes i Skagen. Inden for netværket har Skåne sat projektet KESTRIA i gang.",
    ],
)
def test_what_runs_within_the_network_is_part_of_it(text: str) -> None:
    found = {pair for pair in links(text) if pair[1] == "part_of"}
    assert {pair[0] for pair in found} == {"KESTRIA"} and all("Velmora" in pair[2] for pair in found)


def test_a_region_that_sits_in_it_since_then_did_not_begin_it() -> None:
    assert not begun("The VELMORA project is led by Tuscany, and Navarra in Spain has sat in it since 2019.")


def test_of_a_partnership_and_its_group_the_group_began() -> None:
    said = "The VELMORA project met. In May 2021 there was formed in the project the Clean Harbours working group."
    assert begun(said) == {("Clean Harbours", "launched", "2021-05")}
