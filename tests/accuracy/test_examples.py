"""Every example sentence of every language pack."""

from __future__ import annotations

import tomllib

import pytest

from pipeline.languages import load_packs
from tests.accuracy.conformance import KNOWN, matrix, results

LANGUAGES = list(load_packs())


@pytest.fixture(scope="module")
def known() -> dict[str, list[str]]:
    """The examples that are known to fail, by language."""
    return tomllib.loads(KNOWN.read_text(encoding="utf-8"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_example_fails_that_is_not_known_to(language: str, known: dict[str, list[str]]) -> None:
    worse = [str(r) for r in results(language) if not r.passed and r.key not in known.get(language, [])]
    assert not worse, f"{len(worse)} regression(s) in {language}:\n" + "\n".join(worse)


def test_known_failures_still_fail(known: dict[str, list[str]]) -> None:
    failing = {f"{x}/{r.key}" for x in LANGUAGES for r in results(x) if not r.passed}
    stale = sorted({f"{x}/{key}" for x, keys in known.items() for key in keys} - failing)
    assert not stale, (
        f"{len(stale)} example(s) pass now or are gone: `python -m tests.accuracy.conformance --write-known` takes "
        "them off the list\n" + "\n".join(stale)
    )


def test_every_cell_has_an_example() -> None:
    cells, _ = matrix()
    empty = [(*cell, x) for cell, found in cells.items() for x in LANGUAGES if x not in found]
    assert not empty
