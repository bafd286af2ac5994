"""Several clauses in one sentence: each word for a role finds its own actor, whatever stands beyond the border."""

from __future__ import annotations

import pytest

from tests.extract.test_extract import members, read
from tests.extract.test_story import begun

Roles = set[tuple[str, str]]


def roles(text: str, least: float = 0.5) -> Roles:
    return {(who, role) for who, _, role in members(read(text), least)}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "The Velmora project is led by Tuscany; Navarra joined in 2021.",
            {("Toscana", "lead"), ("Comunidad Foral de Navarra", "member")},
        ),
        (
            "Projekt Velmora koordinuje Toskánsko, Bavorsko je členem od roku 2021.",
            {("Toscana", "lead"), ("Bayern", "member")},
        ),
        (
            "El proyecto Velmora lo coordina Toscana, Baviera participa desde 2021.",
            {("Toscana", "lead"), ("Bayern", "member")},
        ),
        (
            "Il progetto Velmora è coordinato dalla Toscana; vi aderiscono la Baviera e la Bretagna.",
            {("Toscana", "lead"), ("Bayern", "member"), ("Bretagne", "member")},
        ),
    ],
)
def test_two_clauses_without_a_joint(text: str, said: Roles) -> None:
    assert roles(text) == said


def test_a_list_parted_by_semicolons_stays_one() -> None:
    assert len(roles("The members of the Velmora network are Tuscany; Bavaria.")) == 2


@pytest.mark.parametrize(
    "text",
    [
        "Tuscany, which together with Brittany leads the Velmora partnership, spoke first.",
        "Toskana, koja zajedno s Bretanjom vodi partnerstvo Velmora, govorila je prva.",
    ],
)
def test_who_leads_together_with_another(text: str) -> None:
    assert roles(text) == {("Toscana", "lead"), ("Bretagne", "lead")}


@pytest.mark.parametrize(
    "text",
    [
        "In March Tuscany took over the chair of the Velmora network from Bavaria.",
        "En marzo Toscana tomó el relevo de Baviera al frente de la red Velmora.",
        "Vodenje mreže Velmora je marca od Bavarske prevzela Toskana.",
        "Det regionala nätverket Velmora leds av Toscana efter Bayern.",
    ],
)
def test_who_held_the_chair_before_holds_it_no_more(text: str) -> None:
    assert roles(text) == {("Toscana", "lead")}


def test_who_remains_in_the_lead_is_no_mere_member() -> None:
    assert roles("The Velmora network goes on. Tuscany remains in the lead of the network.") == {("Toscana", "lead")}


@pytest.mark.parametrize(
    "text",
    [
        "Toskánsko vede projekt Velmora a pod jeho vedením pracují Bavorsko a Bretaň.",
        "Tuscany leads the Velmora project; under its lead work Bavaria and Brittany.",
    ],
)
def test_who_works_under_the_lead_of_another(text: str) -> None:
    assert roles(text) == {("Toscana", "lead"), ("Bayern", "member"), ("Bretagne", "member")}


@pytest.mark.parametrize(
    "text",
    [
        "Το δίκτυο Velmora συντονίζει η Τοσκάνη. Το Πανεπιστήμιο Πατρών διαθέτει τα δεδομένα του χωρίς να είναι "
        "εταίρος.",
        "Projektet Velmora leds av Toscana. Universitetet i Patras skjuter till medel men är inte part i projektet.",
    ],
)
def test_who_helps_without_being_in_it_contributes(text: str) -> None:
    assert [role for who, role in roles(text, 0.2) if "Pat" in who or "Πατρών" in who] == ["contributor"]


def test_who_is_merely_not_in_it_contributes_nothing() -> None:
    text = "The Velmora network is led by Tuscany. Bavaria is currently not a member."
    assert roles(text) == {("Toscana", "lead")}


def test_who_opened_a_platform_did_not_found_the_partnership_in_it() -> None:
    extraction = read(
        "Партньорството „Велмора“ е една от групите на тематичната платформа S3 за енергетика, създадена от "
        "Европейската комисия."
    )
    assert not [p for _, p, role in members(extraction) if role == "initiator" and "елмора" in p]


def test_what_holds_a_partnership_is_not_led_with_it() -> None:
    text = "La asociación Velmora, de la Plataforma S3 de Energía, que codirigen Bretaña y Baviera, crece."
    assert {p for _, p, _ in members(read(text))} == {"Velmora"}


@pytest.mark.parametrize(
    "text",
    [
        "Sieć Velmora, założona w 2018 r. przez Toskanię, rośnie.",
        "Мрежата „Велмора“, създадена през 2018 г. от Тоскана, расте.",
    ],
)
def test_the_full_stop_of_an_abbreviation_ends_no_clause(text: str) -> None:
    assert roles(text) == {("Toscana", "initiator")}


@pytest.mark.parametrize(
    "text",
    [
        "Liderem projektu Velmora jest Toskania, a partnerami Bawaria oraz Bretania.",
        "Vodilni partner projekta Velmora je Toskana, partnerji pa Bavarska in Bretanja.",
    ],
)
def test_a_second_role_parts_the_names(text: str) -> None:
    assert roles(text) == {("Toscana", "lead"), ("Bayern", "member"), ("Bretagne", "member")}


@pytest.mark.parametrize(
    "text",
    [
        "The coordinator of the Velmora project, Tuscany, and its partners, Bavaria and Brittany, met.",
        "Le chef de file du projet Velmora, la Toscane, et ses partenaires, la Bavière et la Bretagne, se sont réunis.",
    ],
)
def test_behind_the_role_and_its_partnership_stands_who_has_it(text: str) -> None:
    assert roles(text) == {("Toscana", "lead"), ("Bayern", "member"), ("Bretagne", "member")}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Tuscany is not in the Kestria network; it does, however, take part in the Velmora project.", "member"),
        ("Navarra no figura entre las elegidas; sí participa, en cambio, en el proyecto Velmora.", "member"),
        ("Tuscany does not lead the Velmora project but is one of its members.", "member"),
    ],
)
def test_the_subject_of_what_is_denied_is_that_of_what_follows(text: str, said: str) -> None:
    found = {(partnership.split()[0], role) for _, partnership, role in members(read(text), 0.3)}
    assert found == {("Velmora", said)}


@pytest.mark.parametrize(
    "text",
    [
        "The Velmora network unites:\n– Agency Nordvik from Lapland, coordinator,\n– Cluster Brimo from Tuscany.",
        "Das Netzwerk Velmora umfasst:\n– Agentur Nordvik aus Lappland, Koordinator,\n– Cluster Brimo aus Italien.",
    ],
)
def test_an_item_says_behind_a_comma_what_its_body_does(text: str) -> None:
    roles = {(who.split()[-1], role) for who, _, role in members(read(text), 0.3)}
    assert roles == {("Nordvik", "lead"), ("Brimo", "member")}


@pytest.mark.parametrize(
    "text",
    [
        "Tuscany is one of the three lead regions of the Velmora partnership.",
        "Bavaria supports the Velmora partnership but is not one of its lead regions, which are Tuscany and Navarra.",
        "El proyecto Velmora no lo coordina Baviera, sino Toscana.",
        "A Toscana, que lidera a parceria Velmora, convidou Malta.",
        "Тоскана, която координира партньорството Velmora, покани Малта.",
        "Kopā ar Navarru partnerību „Velmora” koordinē Toskāna.",
    ],
)
def test_tuscany_leads(text: str) -> None:
    leads = {who for who, _, role in members(read(text), 0.3) if role == "lead"}
    assert "Toscana" in leads and leads <= {"Toscana", "Comunidad Foral de Navarra"}


def test_who_led_until_some_day_leads_no_more_where_another_leads() -> None:
    found = read("Hasta 2020, la red Velmora estuvo dirigida por Baviera; desde entonces la dirige Toscana.")
    claims = [c.values for c in found.claims if c.table == "memberships" and c.values["role"] == "lead"]
    assert {(found.entities[v["participant_id"]].name, v["status"]) for v in claims} == {
        ("Bayern", "former"),
        ("Toscana", None),
    }


def test_what_has_a_title_is_what_the_text_calls_the_partnership() -> None:
    text = "Timbervia: wood for bridges\n\nTuscany and Navarra lead the partnership."
    assert {partnership for _, partnership, _ in members(read(text), 0.3)} == {"Timbervia"}


def test_a_greek_question_ends_with_a_semicolon() -> None:
    assert roles("Ποιος ηγείται της σύμπραξης Velmora;\nΗ Τοσκάνη και η Ναβάρα.", 0.3) == {
        ("Toscana", "lead"),
        ("Comunidad Foral de Navarra", "lead"),
    }


def test_what_another_grew_out_of_did_not_begin_with_it() -> None:
    assert begun("The VELMORA partnership grew out of the KESTRIA pilot and has existed since 2016.") == {
        ("VELMORA", "launched", "2016")
    }
