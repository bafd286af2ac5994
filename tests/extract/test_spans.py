"""Sentences of every language with the dates, times and figures that stand in them (spans.toml)."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from pipeline.extract.dates.find import find_dates
from pipeline.extract.dates.times import find_times
from pipeline.extract.numbers.figures import find_figures
from pipeline.extract.numbers.find import find_numbers
from pipeline.languages import load_packs

SENTENCES = tomllib.loads(Path(__file__).with_name("spans.toml").read_text("utf-8"))
CASES = [(code, kind, line) for code, kinds in SENTENCES.items() for kind, lines in kinds.items() for line in lines]


def read(line: str) -> tuple[str, list[str], list[str]]:
    """The bare text, the spans marked in it, and what each must say."""
    marked, _, said = line.rpartition(" => ")
    spans = [part.split("⟧")[0] for part in marked.split("⟦")[1:]]
    return marked.replace("⟦", "").replace("⟧", ""), spans, [s.strip() for s in said.split(";")]


def found(kind: str, code: str, text: str) -> list[tuple[int, int, str]]:
    pack = load_packs()[code]
    if kind == "dates":
        return [(a.start, a.end, a.starts + (f"/{a.ends}" if a.ends else "")) for a in find_dates(text, pack)]
    if kind == "times":
        return [
            (a.start, a.end, a.start_time + (f"-{a.end_time}" if a.end_time else "")) for a in find_times(text, pack)
        ]
    if kind == "numbers":
        return [(a.start, a.end, f"{a.value:.12g}") for a in find_numbers(text, pack)]
    return [(a.start, a.end, f"{a.value:.12g} {a.qualifier} {a.measure}") for a in find_figures(text, pack)]


def same_span(text: str, marked: str) -> bool:
    """A full stop, a small word or a preposition more or less does not matter; the figures and names of the span do."""
    return text.strip(".() ") in marked or marked.strip(".() ") in text


@pytest.mark.parametrize(("code", "kind", "line"), CASES)
def test_what_is_found_is_what_stands_there(code: str, kind: str, line: str) -> None:
    text, spans, said = read(line)
    atoms = found(kind, code, text)
    assert [a[2] for a in atoms] == said
    assert all(same_span(text[a:b], span) for (a, b, _), span in zip(atoms, spans, strict=True))


def test_every_language_has_sentences() -> None:
    assert set(SENTENCES) == set(load_packs())
