"""Regions that sentences of every language name, inflected, enumerated and inside the names of their authorities."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from pipeline.extract import extract
from pipeline.languages import load_packs
from pipeline.model import Document

SENTENCES = tomllib.loads(Path(__file__).with_name("territories.toml").read_text("utf-8"))


@pytest.mark.parametrize("line", [line for lines in SENTENCES.values() for line in lines])
def test_regions_are_found(line: str) -> None:
    text, _, said = line.partition(" => ")
    entities = extract(Document("d", "d.txt", "0" * 64, "text/plain", text)).entities
    assert sorted({e.key for e in entities if e.kind == "region" and e.key}) == said.split()


def test_every_language_has_sentences() -> None:
    assert set(SENTENCES) == set(load_packs())


def regions(text: str) -> set[str]:
    entities = extract(Document("d", "d.txt", "0" * 64, "text/plain", text)).entities
    return {e.key for e in entities if e.kind == "region" and e.key}


@pytest.mark.parametrize(
    "text",
    [
        "The Municipality of Chania lends two roofs to the Velmora project.",
        "Община Варна ще ползва данните на проекта Велмора.",
        "The Velmora project is advised by the Port of La Spezia.",
        "Le centre de recherche Velmora travaille avec l'Agence estonienne pour l'innovation.",
        "Réunion de coordination du projet Velmora, mardi 14 mai 2024",
        "Rencontre à Épinal, Centre des congrès",
    ],
)
def test_no_region_inside_a_town_s_body_or_an_ordinary_word(text: str) -> None:
    assert not {key for key in regions(text) if len(key) > 2}


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Aanwezig zijn ook de regio Murcia en de provincie Trento.", "ES62"),
        ("Das Treffen fand auf Einladung der Provinz Trient statt.", "ITH2"),
        ("La Réunion, Guadeloupe et Mayotte participent au projet.", "FRY4"),
        ("The members of the network are Lapland, Nordland and Norrbotten.", "NO071"),
        ("La Grèce centrale et l'Algarve ont testé les tours.", "EL64"),
    ],
)
def test_which_region_a_name_means(text: str, key: str) -> None:
    assert key in regions(text)
