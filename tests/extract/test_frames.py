"""Who does what in a sentence: what binds a word for a role to one actor and not to another."""

from __future__ import annotations

import pytest

from tests.extract.test_extract import members, read


@pytest.mark.parametrize(
    "text",
    [
        "Partnership: Windora\nLead region: Galicia",
        "The lead regions of the Nordela partnership:\n- Galicia\n- Saxony",
    ],
)
def test_who_leads_by_a_label_is_not_guessed_to_be_a_member(text: str) -> None:
    assert {c.values["role"] for c in read(text).claims if c.table == "memberships"} == {"lead"}


@pytest.mark.parametrize(
    "text",
    [
        "Besides the founders Tuscany and Navarra, the Velmora network now includes Brittany.",
        "Neben den Gründern Toskana und Navarra gehört dem Netzwerk Velmora auch die Bretagne an.",
        "Oprócz założycieli, Toskanii i Nawarry, do sieci Velmora należy dziś Bretania.",
    ],
)
def test_besides_the_founders(text: str) -> None:
    said = {(who, role) for who, _, role in members(read(text))}
    assert {("Toscana", "initiator"), ("Bretagne", "member")} <= said
    assert not {("Toscana", "member"), ("Bretagne", "initiator")} & said


@pytest.mark.parametrize(
    "text",
    [
        "Sieć Velmora zrzesza czternaście regionów z Toskanią i Bretanią na czele.",
        "Velmora-verkosto kokoaa neljätoista aluetta Toscanan ja Bretagnen johdolla.",
    ],
)
def test_with_a_and_b_at_the_helm(text: str) -> None:
    assert {(who, role) for who, _, role in members(read(text))} == {("Toscana", "lead"), ("Bretagne", "lead")}


def test_an_article_behind_a_preposition_opens_no_clause() -> None:
    text = "Das Projekt Velmora begann 2021. Geleitet wird es von der Toskana, Partner ist die Bretagne."
    assert ("Toscana", "Velmora", "lead") in members(read(text))


def test_denied_behind_the_object() -> None:
    assert not members(read("Brandenburg und Tirol gehören dem Netzwerk Velmora jedoch nicht an."))


def test_what_has_a_lead_in_brackets_is_a_partnership() -> None:
    text = "Uusia avauksia ovat Merilux (vetäjänä Bretagne) ja Terramix (vetäjänä Toscana)."
    assert members(read(text), 0.3) == {("Bretagne", "Merilux", "lead"), ("Toscana", "Terramix", "lead")}


def test_behind_the_comma_stand_others() -> None:
    said = members(read("Toszkána a Velmora projekt vezető partnere, Navarra és Bretagne pedig partner."))
    assert {(who, role) for who, _, role in said if who in ("Toscana", "Bretagne")} == {
        ("Toscana", "lead"),
        ("Bretagne", "member"),
    }


def test_a_reflexive_verb_is_no_legal_form() -> None:
    assert "Toscana" in {who for who, _, _ in members(read("În 2022, Toscana s-a alăturat rețelei Velmora."))}


@pytest.mark.parametrize(
    "text",
    [
        "Toskania zainicjowała sieć Velmora w 2016 r. i nadal ją koordynuje.",
        "La Toscana puso en marcha la red Velmora en 2016 y aún la coordina.",
        "Toscana startade nätverket Velmora 2016 och samordnar det fortfarande.",
    ],
)
def test_one_subject_of_two_verbs_and_a_year_without_a_preposition(text: str) -> None:
    assert members(read(text), 0.3) == {("Toscana", "Velmora", "initiator"), ("Toscana", "Velmora", "lead")}


def test_partners_ahead_of_the_verb() -> None:
    said = members(read("Zusammen mit Tirol koordiniert die Toskana das Projekt Velmora."))
    assert said == {("Tirol", "Velmora", "lead"), ("Toscana", "Velmora", "lead")}


def test_what_is_led_between_commas_is_a_partnership() -> None:
    text = "In May Carbon Bogs, led by Tuscany and Navarra, will test drones."
    assert ("Toscana", "Carbon Bogs", "lead") in members(read(text))


def test_the_whole_stands_before_its_part() -> None:
    extraction = read("A Velmora projekt, amelyet Toszkána vezet, a Kaptiva hálózat része.")
    links = [c.values for c in extraction.claims if c.table == "links" and c.values["relation"] == "part_of"]
    names = [e.name for e in extraction.entities]
    assert any("Velmora" in names[v["subject_id"]] and "Kaptiva" in names[v["object_id"]] for v in links)


def attendances(text: str) -> set[tuple[str, str]]:
    extraction = read(text)
    claims = [c.values for c in extraction.claims if c.table == "attendances" and c.confidence >= 0.3]
    return {(extraction.entities[v["participant_id"]].name, v["role"]) for v in claims}


def test_a_sentence_that_opens_with_the_role_and_ends_with_who_has_it() -> None:
    text = "Gastgeber der Velmora-Konferenz am 12. Mai 2022 in Graz war die Toskana."
    assert attendances(text) == {("Toscana", "host")}


def test_a_talk_is_held_and_no_meeting() -> None:
    text = "På konferencen Velmora den 12. maj 2022 holdt Toscana oplæg."
    assert attendances(text) == {("Toscana", "speaker")}


def test_actors_between_commas_belong_to_their_clause() -> None:
    text = (
        "Partnerskabet Velmora, som ledes af Toscana og Navarra, er en del af S3-platformen for industriel "
        "modernisering."
    )
    assert {(who, role) for who, _, role in members(read(text))} == {
        ("Toscana", "lead"),
        ("Comunidad Foral de Navarra", "lead"),
    }


def test_money_from_two_programmes() -> None:
    extraction = read("Il progetto Velmora è finanziato da Orizzonte Europa e dal Fondo europeo di sviluppo regionale.")
    paid = [c.values["object_id"] for c in extraction.claims if c.table == "links"]
    assert len({extraction.entities[i].name for i in paid}) == 2


def test_a_word_that_has_its_actor_gives_nobody_else_a_role() -> None:
    text = "The Velmora partnership, run by Tuscany and in which Corsica and Malta work, ended in 2022."
    roles = {actor: role for actor, _, role in members(read(text), least=0.0)}
    assert roles["Toscana"] == "lead" and roles["Corse"] == "member"
