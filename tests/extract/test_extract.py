"""What extraction promises of any document, and what must not change its claims."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.extract import extract
from pipeline.model import Document, Extraction
from pipeline.settings import Settings

PUBLISHED = Settings().threshold
REGIONS = ["Tuscany", "Navarra", "Lapland", "Flanders", "Galicia"]


def read(text: str) -> Extraction:
    return extract(Document("d", "d.txt", "0" * 64, "text/plain", text))


def members(extraction: Extraction, least: float = 0.5) -> set[tuple[str, str, str]]:
    """(participant, partnership, role) of what is claimed, with at least even odds if not told otherwise."""
    name = [e.name for e in extraction.entities]
    return {
        (name[c.values["participant_id"]], name[c.values["partnership_id"]], c.values["role"])
        for c in extraction.claims
        if c.table == "memberships" and c.confidence >= least
    }


PIECES = [
    *(
        "The Velmora partnership is led by Tuscany. ",
        "\n\n",
        "\r\n",
        "• Lapland\n",
        "Lead: ",
        "Navarra (ES), ",
        "🙂 ",
        "(",
    ),
    *(
        ")",
        "„",
        "“",
        "On 8 March 2018, ",
        "Interreg Europe ",
        "a | b | c\n",
        "\ufeff",
        "e\u0301",
        "? ",
        "1. ",
        "SHOUT ",
    ),
    *("SHOUT ", "not ", "| x\n", "\x00"),
]


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=30).map("".join))
@example("Interreg Europe \x00")
@settings(max_examples=150, deadline=None)
def test_any_text_is_read_and_everything_found_lies_in_it(text: str) -> None:
    extraction = read(text)
    for mention in extraction.mentions:
        assert 0 <= mention.start < mention.end <= len(text) and text[mention.start : mention.end].strip()
    for claim in extraction.claims:
        assert claim.quotes and 0 <= claim.confidence <= 1
        assert all(0 <= q.start < q.end <= len(text) for q in claim.quotes)
        for column, value in claim.values.items():
            if column == "entity" or (column.endswith("_id") and value is not None):
                assert 0 <= value < len(extraction.entities)


@given(st.permutations(REGIONS))
@settings(max_examples=20, deadline=None)
def test_the_order_of_list_items_does_not_matter(order: list[str]) -> None:
    series = read(f"The Velmora partnership brings together {', '.join(order[:-1])} and {order[-1]}.")
    items = read("The Velmora partnership brings together:\n" + "".join(f"- {r}\n" for r in order))
    wanted = {
        n
        for n, _, _ in members(
            read(f"The Velmora partnership brings together {', '.join(REGIONS[:-1])} and {REGIONS[-1]}."), PUBLISHED
        )
    }
    assert len(wanted) == len(REGIONS)
    assert {n for n, _, _ in members(series, PUBLISHED)} == {n for n, _, _ in members(items, PUBLISHED)} == wanted


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_byte_order_mark_and_line_ends_change_offsets_only(newline: str, mark: str) -> None:
    text = "About Velmora\n\nThe Velmora partnership is led by Tuscany.\n\nPartners:\n- Navarra\n- Lapland\n"
    plain, changed = read(text), read(mark + text.replace("\n", newline))
    assert members(plain) == members(changed) != set()


def test_a_paragraph_about_something_else_changes_nothing() -> None:
    text = "The Velmora partnership is led by Tuscany. Navarra and Lapland take part in it."
    assert members(read(text)) == members(read(text + "\n\nThe canteen is closed on Fridays. Tickets cost five euros."))


def test_an_extraction_survives_the_cache() -> None:
    extraction = read("The Velmora partnership (lead: Tuscany) met in Brussels on 8 March 2018.")
    data: dict[str, Any] = extraction.to_json()
    assert Extraction.from_json(data).to_json() == data


def test_questions_and_negations_claim_nothing() -> None:
    assert not members(read("Is Tuscany a member of the Velmora partnership?"))
    assert not members(read("Tuscany is not a member of the Velmora partnership."))


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Työpaja pidettiin Lapissa ja Itävallan Tirolissa.", {"Lappi", "Österreich", "Tirol"}),
        ("Partnerstwo powstało w Niemczech i Włoszech, dołączył region z województwa śląskiego.",
         {"Deutschland", "Italia", "Śląskie"}),
        ("Szászországban, Észtországgal és Katalóniával együtt hozták létre.", {"Sachsen", "Eesti", "Cataluña"}),
        ("Partnerystė įkurta Lietuvos, Vokietijos ir Katalonijos regionuose.", {"Lietuva", "Deutschland", "Cataluña"}),
        ("Partnerības dalībnieki ir no Vācijas, Kurzemes un Igaunijas.", {"Deutschland", "Kurzeme", "Eesti"}),
        ("Η σύμπραξη περιλαμβάνει περιφέρειες της Ισπανίας και της Καταλονίας.", {"España", "Cataluña"}),
    ],
)  # fmt: skip
def test_places_are_known_in_every_case(text: str, places: set[str]) -> None:
    assert places <= {entity.name for entity in read(text).entities}
