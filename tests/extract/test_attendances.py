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
