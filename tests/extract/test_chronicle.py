"""When projects began: by the years in which they ran, and by no date that is of something else."""

from __future__ import annotations

import pytest

from tests.extract.test_story import begun


@pytest.mark.parametrize(
    "text",
    [
        "The VELMORA project was led by Tuscany between 2019 and 2021.",
        "El proyecto VELMORA, dirigido por Toscana entre 2019 y 2021, ya tiene continuación.",
        "Projekt VELMORA vedlo Toskánsko v letech 2019–2021.",
        "Projektissa VELMORA oli mukana Toscana vuosina 2019–2021.",
    ],
)
def test_a_project_began_with_the_years_in_which_it_ran(text: str) -> None:
    assert {(n, c, d) for n, c, d in begun(text)} == {("VELMORA", "launched", "2019"), ("VELMORA", "ended", "2021")}


@pytest.mark.parametrize(
    "text",
    [
        "The Velmora network was led by Tuscany between 2019 and 2021.",
        "Tuscany worked in the VELMORA project and in the KESTRIA project between 2019 and 2021.",
        "Between 3 and 5 May 2021 the VELMORA project held its conference in Pisa.",
    ],
)
def test_no_project_begins_with_years_of_something_else(text: str) -> None:
    assert begun(text) == set()


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("VELMORA, our first project, had started in 2015.", "2015"),
        ("E-VELMORA, il nostro primo progetto, era partito nel 2015.", "2015"),
        ("Within the S3 Platform on Energy the VELMORA project has been running since 2016.", "2016"),
        ("Né en 2021 au sein du partenariat S3 Bioéconomie, VELMORA rassemble douze régions.", "2021"),
    ],
)
def test_what_began_is_what_the_verb_speaks_of(text: str, year: str) -> None:
    assert {(n.removeprefix("E-"), c, d) for n, c, d in begun(text)} == {("VELMORA", "launched", year)}


def test_the_day_of_a_launch_meeting_is_that_of_the_meeting() -> None:
    text = "The VELMORA project has five partners. The launch meeting of the project is on 8 April 2025 in Pisa."
    assert begun(text) == set()
