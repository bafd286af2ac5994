"""Events by the layout of calendars, by titles without a head noun, and by a day that stands in an earlier sentence."""

from __future__ import annotations

import pytest

from pipeline.extract import extract
from pipeline.model import Document

ABOUT = (
    "The Velmora Alliance works on kelp.\n\nIt has its seat in Gdynia.\n\nIt was founded by Tuscany.\n\nIt grows.\n\n"
)


def events(text: str) -> set[tuple[str, str]]:
    """(name, first day) of the events of a text; no day where it gives none."""
    found = extract(Document("d", "d.txt", "0" * 64, "text/plain", text))
    days = {
        c.values["entity"]: c.values["value"]
        for c in found.claims
        if c.table == "attributes" and c.values["column"] == "starts"
    }
    return {(e.name, days.get(i, "")) for i, e in enumerate(found.entities) if e.kind == "event"}


LINES = {
    "7 June 2031 | Cork | Kelp and Cows": ("Kelp and Cows", "2031-06-07"),
    "2031-06-07 | Cork | Kelp and Cows | hosted by the Tessmar Institute": ("Kelp and Cows", "2031-06-07"),
    "7 June 2031 · Kelp and Cows, Cork · organised by the Tessmar Institute": ("Kelp and Cows", "2031-06-07"),
    "• Kelp and Cows | online | 7 June 2031 | organised by the Tessmar Institute": ("Kelp and Cows", "2031-06-07"),
    "– Kelp and Cows (Cork, 7 June 2031): organised by the Tessmar Institute": ("Kelp and Cows", "2031-06-07"),
    "– 7 and 8 June 2031, Cork: Kelp and Cows (organised by the Tessmar Institute)": ("Kelp and Cows", "2031-06-07"),
    "– 7 June 2031, Cork and online – “Kelp Breakfast”. Organised by the Tessmar Institute.": (
        "Kelp Breakfast",
        "2031-06-07",
    ),
}


@pytest.mark.parametrize("line", LINES)
def test_what_a_line_of_a_calendar_names_beside_a_day_is_an_event(line: str) -> None:
    assert events(f"{ABOUT}Dates\n{line}\n") == {LINES[line]}


@pytest.mark.parametrize(
    "line",
    [
        "Cork, 7 June 2031 – The Velmora Alliance has a new home in the harbour, above the quay, since yesterday.",
        "The office, Cork, 7 June 2031",
        "On 7 June 2031, Tuscany, Navarra and Lapland signed a letter in Cork.",
        "Home | News | 7 June 2031",
    ],
)
def test_a_day_in_a_report_a_letter_or_a_trail_of_links_makes_no_event(line: str) -> None:
    assert events(f"{ABOUT}{line}\n") == set()


TITLED = {
    "On 7 June 2031 Tuscany took part in Blue Kelp Day in Cork.": {("Blue Kelp Day", "2031-06-07")},
    "Dnia 7 czerwca 2031 r. Toskania gościła Kelp Cluster Days w Gdyni.": {("Kelp Cluster Days", "2031-06-07")},
    "On 7 June 2031 Tuscany wrote to the Blue Monday of Cork.": set(),
}


@pytest.mark.parametrize("sentence", TITLED)
def test_common_words_end_titles_with_capitals(sentence: str) -> None:
    assert events(sentence) == TITLED[sentence]


BEFORE = "On 7 June 2031 six regions signed the charter of the Velmora Alliance in Cork. "


@pytest.mark.parametrize(
    ("behind", "expected"),
    [
        ("The ceremony was hosted by Tuscany.", {("ceremony", "2031-06-07")}),
        ("It grows. Navarra took part in the ceremony.", {("ceremony", "2031-06-07")}),
        ("The ceremony was a success.", set()),
        ("At a workshop on 9 June 2031 Navarra gave a talk. The reception was hosted by Tuscany.", None),
    ],
)
def test_an_event_that_people_host_or_attend_is_on_the_day_said_before(
    behind: str, expected: set[tuple[str, str]] | None
) -> None:
    found = events(BEFORE + behind)
    assert found == expected if expected is not None else ("reception", "2031-06-09") not in found


@pytest.mark.parametrize(
    "sentence",
    [
        "Am 7. Juni 2031 sprach die Toskana am Nachmittag in Kiel.",
        "På eftermiddagen den 7 juni 2031 talade Toscana i Malmö.",
        "In de namiddag van 7 juni 2031 sprak Toscane in Breda.",
        "2031. június 7-én, a munkanap végén Toszkána előadást tartott Pécsett.",
    ],
)
def test_a_part_of_the_day_is_no_event(sentence: str) -> None:
    assert events(sentence) == set()
