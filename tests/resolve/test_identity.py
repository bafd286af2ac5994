"""Which names are one thing: titles of events with and without a common noun beside them, whatever the order."""

from __future__ import annotations

import pytest

from pipeline.model import Name
from pipeline.resolve.identity import Identity, aliases


def event(name: str, date: str = "2031-05-04", sort: str = "conference") -> Name:
    return Name("event", None, name, None, date, sort)


def identifiers(*names: Name) -> list[str]:
    """Of names that stand each in a document of its own; the same in whatever order the documents come."""
    known = aliases([name] for name in names)
    assert known == aliases([name] for name in reversed(names))
    return [next(iter(Identity(known).of(str(i), [name]).values())) for i, name in enumerate(names)]


ONE = {
    "a noun before, in another language": [
        event("Green Kelp Days", sort="fair"),
        event("конференцията Green Kelp Days"),
    ],
    "a noun before with a capital": [event("Green Kelp Days"), event("Konferencja Green Kelp Days")],
    "a noun behind": [event("Green Kelp Days"), event("Green Kelp Days conference")],
    "in quotes": [event("Green Kelp Days"), event("Conference “Green Kelp Days”")],
    "an inflected noun": [event("Green Kelp Days"), event("konferenssissa Green Kelp Days")],
    "nouns of two languages and no bare title": [
        event("conférence Green Kelp Days"),
        event("konference Green Kelp Days"),
    ],
    "a date that is not sure": [
        event("Green Kelp Days", "2031-05-04?"),
        event("seminar Green Kelp Days", sort="workshop"),
    ],
}
TWO = {
    "another day": [event("Green Kelp Days"), event("conference Green Kelp Days", "2032-05-04")],
    "a year that nobody says": [
        event("Green Kelp Days", "XXXX-05-04"),
        event("conference Green Kelp Days", "XXXX-05-04"),
    ],
    "a part of it": [event("Green Kelp Days"), event("Green Kelp Days dinner", sort="meeting")],
    "two sittings on a day": [event("workshop Green Kelp Days", sort="workshop"), event("conference Green Kelp Days")],
    "a word that is no noun for events": [event("Green Kelp Days"), event("Northern Green Kelp Days")],
    "a title of one word": [event("Kelp"), event("conference Kelp")],
}


@pytest.mark.parametrize("why", ONE)
def test_an_event_with_and_without_a_common_noun_beside_its_title_is_one(why: str) -> None:
    assert set(identifiers(*ONE[why])) == {"event:green-kelp-days-2031-05-04"}


@pytest.mark.parametrize("why", TWO)
def test_events_of_like_names_are_two(why: str) -> None:
    assert len(set(identifiers(*TWO[why]))) == 2


def test_an_alias_says_which_identifier_it_would_have_had() -> None:
    names = [event("Green Kelp Days"), event("conference Green Kelp Days"), Name("partnership", None, "Kelp Alliance")]
    old, new = "event:conference-green-kelp-days-2031-05-04", "event:green-kelp-days-2031-05-04"
    assert list(Identity(aliases([names])).merged("a", names)) == [(old, new)]


def test_an_acronym_of_two_things_stands_for_none() -> None:
    one, two = Name("partnership", None, "Kelp Alliance", "KA"), Name("partnership", None, "Krill Action", "KA")
    short = Name("partnership", None, "KA")
    assert identifiers(one, short)[1] == "partnership:kelp-alliance"
    assert identifiers(one, two, short)[2] == "partnership:ka"
