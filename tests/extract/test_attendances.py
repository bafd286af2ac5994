"""Who is said to have been where, by the layout of programmes and minutes and by sentences around an event."""

from __future__ import annotations

import pytest

from pipeline.extract import extract
from pipeline.model import Document


def attendances(text: str) -> set[tuple[str, str, str]]:
    """(participant, role, event) of what is claimed, however sure."""
    found = extract(Document("d", "d.txt", "0" * 64, "text/plain", text))
    name = [e.name for e in found.entities]
    return {
        (name[c.values["participant_id"]], c.values["role"], name[c.values["event_id"]])
        for c in found.claims
        if c.table == "attendances"
    }


TALKS = {
    ("University of Lorvane", "speaker", "Coastal Futures Seminar"),
    ("Tessmar Institute", "speaker", "Coastal Futures Seminar"),
    ("Marlow Cluster", "speaker", "Coastal Futures Seminar"),
}
HEAD = "Programme\n\nCoastal Futures Seminar\nTuesday 12 March 2024, Gdynia\n\n"


@pytest.mark.parametrize(
    "lines",
    [
        "09:00 Registration\n09:30 Ports without smoke (University of Lorvane)\n"
        "10:30 Kelp farms at sea, Tessmar Institute\n11:00 Coffee\n11:15 Closing – Marlow Cluster\n",
        "Time | Session | Speaker\n09:30 | Ports without smoke | University of Lorvane\n"
        "10:30 | Kelp farms | Tessmar Institute\n11:15 | Closing | Marlow Cluster\n",
    ],
)
def test_who_stands_behind_a_topic_in_a_programme_speaks(lines: str) -> None:
    assert attendances(HEAD + lines) == TALKS


def test_two_lines_with_a_time_are_no_programme() -> None:
    lines = "09:30 Ports without smoke (University of Lorvane)\n\nBring a coat.\n"
    assert attendances(HEAD + lines) == set()


MET = "The Baltic Ports Forum took place in Gdynia on 12 March 2024.\n\n"


def test_who_presents_something_far_from_the_only_event_of_a_text_speaks_there() -> None:
    between = "The weather was fine.\n\nLunch was served at noon.\n\n"
    sentence = "Kainuu, which leads the Velmora partnership, presented its model.\n"
    assert ("Kainuu", "speaker", "Baltic Ports Forum") in attendances(MET + between + sentence)


def test_a_verb_behind_a_comma_takes_the_actor_behind_it() -> None:
    text = (
        "Sadamate foorum toimus 12. märtsil 2024 Tartus. Sõna said Galicia ja Bremen, esindatud olid veel Navarra ja "
    )
    assert {a for a, _, _ in attendances(text + "Skåne.\n")} == {"Comunidad Foral de Navarra", "Skåne län"}


def test_being_there_after_a_meeting_is_no_membership() -> None:
    text = (
        "Die Velmora-Partnerschaft wird von Galicien geleitet.\n\nAm 12. März 2024 fand in Kiel das Ostseeforum statt. "
    )
    assert ("Sachsen", "participant", "Ostseeforum") in attendances(text + "Sachsen war dort mit einem Stand dabei.\n")


def test_a_house_for_congresses_is_no_event() -> None:
    text = "El 3 de mayo de 2023 abrió en Cádiz el Palacio de Congresos. Intervino la Universidad de Lorvane.\n"
    assert attendances(text) == set()


def test_a_day_and_a_town_in_a_sentence_of_their_own_date_the_event_behind_them() -> None:
    text = "Agenda\n\n· 19 de septiembre de 2023, Mérida. Foro Ibérico del Corcho. "
    text += "Lo organiza la Universidad de Lorvane.\n"
    assert attendances(text) == {("Universidad de Lorvane", "organiser", "Foro Ibérico del Corcho")}


def test_a_line_of_the_title_may_part_the_event_of_minutes_from_its_day() -> None:
    text = "Note of the meeting\n\nVelmora project – working group on metals\nGdynia, 25 June 2019, 10.00–12.15\n\n"
    assert {(a, b) for a, b, _ in attendances(text + "Present: Kainuu\nAbsent: Crete\n")} == {("Kainuu", "participant")}


def test_the_columns_of_a_table_of_events_say_who_did_what() -> None:
    text = "Where the Velmora network was in 2022\n\nDate | Event | Place | Host | Participants\n"
    text += "17 May 2022 | Mediterranean Forest Forum | Sassari | Sardinia | Corsica, Tessmar Institute (speaker)\n"
    text += "2 June 2022 | Coastal Fair | Coruche | CTCOR Institute | Alentejo\n"
    assert attendances(text) == {
        ("Sardegna", "host", "Mediterranean Forest Forum"),
        ("Corse", "participant", "Mediterranean Forest Forum"),
        ("Tessmar Institute", "speaker", "Mediterranean Forest Forum"),
        ("CTCOR Institute", "host", "Coastal Fair"),
        ("Alentejo", "participant", "Coastal Fair"),
    }


def test_a_name_and_the_day_behind_it_make_an_entry_under_a_heading_for_events() -> None:
    text = "Neues aus dem Netzwerk Velmora\n\nTermine\n\nInfostunde Holz, Dienstag, 7. Mai 2024, 10 Uhr, Teams. "
    assert attendances(text + "Veranstalterin ist die Hochschule Lorvan.\n") == {
        ("Hochschule Lorvan", "organiser", "Infostunde Holz")
    }


def test_a_forum_that_hosts_is_no_event() -> None:
    text = "News of the Velmora network\n\nDiary\n\n12 June 2025, Cork – Harbour Talk 2025. "
    text += "Hosted by the Velmora Shipping Forum; Lorvane University gives the keynote.\n"
    assert attendances(text) == {("Lorvane University", "speaker", "Harbour Talk 2025")}


def test_a_day_dates_an_event_better_than_its_season() -> None:
    text = "The partnership asked Navarra whether its autumn workshop (8 October 2024, Cork) could be held there."
    found = extract(Document("d", "d.txt", "0" * 64, "text/plain", text))
    starts = [c.values["value"] for c in found.claims if c.values.get("column") == "starts"]
    assert starts == ["2024-10-08"]


@pytest.mark.parametrize(
    ("text", "body"),
    [
        (
            "Am 3. Mai 2024 findet in Kiel das Ostseeforum statt. Die Hochschule Lorvan hält die Festrede.",
            "Hochschule Lorvan",
        ),
        ("Den 3. maj 2024 holdes Kystforum i Aarhus. Lorvan Universitet holder hovedtalen.", "Lorvan Universitet"),
        (
            "A Kessling Fórum 2024. május 3-án lesz Pécsett. A nyitóelőadást a Lorvani Egyetem tartja.",
            "Lorvani Egyetem",
        ),
    ],
)
def test_who_holds_a_talk_speaks(text: str, body: str) -> None:
    assert {(a, b) for a, b, _ in attendances(text + "\n")} == {(body, "speaker")}


def test_absent_behind_a_comma_is_said_of_those_behind_it() -> None:
    text = (
        "Το συνέδριο Κέσλινγκ έγινε στις 3 Μαΐου 2023 στη Λάρισα. Παρούσες η Βουλγαρία και η Κύπρος, απούσα η Ρουμανία."
    )
    assert {(a, b) for a, b, _ in attendances(text + "\n")} == {("България", "participant"), ("Κύπρος", "participant")}


def test_a_day_with_a_name_of_its_own_is_an_event() -> None:
    text = "La 12 septembrie 2024, Universitatea Lorvan organizează Ziua Turbei în Agricultură."
    assert attendances(text + "\n") == {("Universitatea Lorvan", "organiser", "Ziua Turbei în Agricultură")}


def test_a_day_and_an_unknown_town_date_the_event_behind_them() -> None:
    text = "Pārskats par tīklu 2023\n\nPasākumi\n\n– 7.–9. jūnijs, Kestrija. "
    text += "„Zaļo kalnu” gada sapulce, ko uzņēma Lorvanas universitāte.\n"
    assert attendances(text) == {("Lorvanas universitāte", "host", "„Zaļo kalnu” gada sapulce")}


def test_a_line_of_columns_with_labels_is_no_breadcrumb() -> None:
    text = "Novice mreže Velmora\n\nNapovednik\n\n"
    text += "5. 6. 2025 ob 9.30, Piran | posvet »Morje v praksi« | prireja: Univerza v Lorvanu\n"
    assert {(b, c) for _, b, c in attendances(text)} == {("organiser", "posvet »Morje v praksi«")}


def test_a_bracket_behind_a_name_says_what_it_does_at_the_event() -> None:
    text = "16 de maio de 2025 – Dia Aberto Velmora, no Instituto Lorvane (anfitrião).\n"
    assert attendances(text) == {("Instituto Lorvane", "host", "Dia Aberto Velmora")}


def test_host_of_the_meeting_is_said_of_the_subject_behind_the_comma() -> None:
    text = "Le Forum des tourbières s'est tenu le 3 mai 2024 à Brest. "
    text += "Hôte de la rencontre, l'Université de Lorvane l'avait préparée.\n"
    assert {(a, b) for a, b, _ in attendances(text)} == {("Université de Lorvane", "host")}


def test_present_members_of_the_network_are_members_who_were_there() -> None:
    text = "ΠΡΑΚΤΙΚΑ 7ης ΣΥΝΕΔΡΙΑΣΗΣ\nΔίκτυο «Κέσλινγκ»\n\nΗμερομηνία: Τρίτη 14 Μαρτίου 2023, 10:00–13:30\n"
    text += "Παρόντα μέλη του Δικτύου: Περιφέρεια Κρήτης, Μούρθια\n"
    assert {b for _, b, _ in attendances(text)} == {"participant"}
    found = extract(Document("d", "d.txt", "0" * 64, "text/plain", text))
    assert sum(c.table == "memberships" for c in found.claims) == 2


def test_a_day_below_a_title_is_no_breadcrumb_and_dates_its_event() -> None:
    text = "FORUM DER MOORREGIONEN 2025\nDonnerstag, 20. März 2025 · Kiel und online\n\n"
    text += "Das Forum wird von der Hochschule Lorvan veranstaltet.\n"
    found = extract(Document("d", "d.txt", "0" * 64, "text/plain", text))
    assert [c.values["value"] for c in found.claims if c.values.get("column") == "starts"] == ["2025-03-20"]


def test_the_month_behind_a_meeting_is_no_part_of_its_name() -> None:
    text = "Ergebnisse\n\n• 6. Sitzung der Arbeitsgruppe im November 2024, nur online.\n"
    found = extract(Document("d", "d.txt", "0" * 64, "text/plain", text))
    assert [e.name for e in found.entities if e.kind == "event"] == ["6. Sitzung der Arbeitsgruppe"]


def test_a_letter_is_written_on_the_day_among_its_first_lines() -> None:
    text = "LORVANO AGENTŪRA\n\nTaryboms\nKopija: Ministerijai\n\n2024-02-19  Nr. S-214\n\nDĖL PARTNERYSČIŲ\n\n"
    text += "Projektas baigtas 2025 m. birželio 30 d. Kovo 5 d. Birštone vyks pasitarimas.\n"
    found = extract(Document("d", "d.txt", "0" * 64, "text/plain", text))
    assert [c.values["value"] for c in found.claims if c.values.get("column") == "starts"] == ["2024-03-05?"]
