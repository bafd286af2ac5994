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
