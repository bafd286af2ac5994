"""People are no bodies, no partnerships and no part of an event's name."""

from __future__ import annotations

import tomllib

import pytest

from tests.campaigns.persons import PEOPLE
from tests.extract.test_frames import read

LEADIN = "The Velmora partnership is led by Tuscany.\n\n"
# Of a hundred people named in twenty-four languages the guess may miss so many.
MISSED = 1


def test_hardly_anybody_is_taken_for_something() -> None:
    taken, planted = [], 0
    for known in tomllib.loads(PEOPLE.read_text("utf-8")).values():
        for sentence in known["sentences"]:
            for person in known["people"][::3]:
                text = LEADIN + sentence.format(p=person)
                start = text.index(person)
                found = read(text)
                planted += 1
                taken += [
                    found.entities[m.entity].name
                    for m in found.mentions
                    if m.start < start + len(person) and m.end > start
                ]
    assert len(taken) * 100 <= MISSED * planted, taken


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("Eröffnet wurde das Treffen von Gerlinde Hufnagl. Das Treffen in Graz war am 4. Mai 2023.", "Treffen"),
        ("The kick-off conference with Anna Lindqvist took place in Graz on 4 May 2023.", "conference"),
    ],
)
def test_an_event_is_not_named_after_who_spoke(text: str, event: str) -> None:
    names = [e.name for e in read(text).entities if e.kind == "event"]
    assert names and all("Hufnagl" not in n and "Lindqvist" not in n for n in names)
    assert any(event in n for n in names)


def test_a_surname_alone_is_the_person_named_before() -> None:
    text = "Anna Lindqvist opened the day. Lindqvist spoke of the Velmora partnership, and McLindqvist Ltd listened."
    names = {e.name for e in read(text).entities}
    assert not any(n.endswith("Lindqvist") for n in names)


def test_a_quoted_or_unmistakable_name_is_nobody() -> None:
    text = "The project “Marina Verde” started in May 2024. It is led by Tuscany."
    assert any(e.name == "Marina Verde" and e.kind == "partnership" for e in read(text).entities)
