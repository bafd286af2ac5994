"""The packs as files: they load, agree on their tables, and their entries can be read."""

from __future__ import annotations

import pytest

from pipeline.languages import Pack, load_packs, normalise_entry, word_matches

PACKS = load_packs()
MODEL = max(PACKS.values(), key=lambda pack: len(pack.get("numbers") or {}))


def tables(pack: Pack) -> set[str]:
    return {f"{name}.{key}" for name, table in pack.data.items() if isinstance(table, dict) for key in table}


@pytest.mark.parametrize("code", sorted(PACKS))
def test_every_pack_has_the_tables_of_all(code: str) -> None:
    shared = set.intersection(*(tables(p) for p in PACKS.values()))
    assert {"dates.months", "numbers.words", "measures.member_regions", "grammar.and"} <= shared
    assert len(tables(PACKS[code]) & shared) == len(shared)


def test_a_pack_answers_what_it_does_not_have() -> None:
    assert MODEL.get("no", "such") is None
    assert MODEL.words("no", "such") == []
    assert MODEL.table("no") == {}
    assert MODEL.text("no", default="x") == "x"
    assert hash(MODEL) == hash(MODEL)


def test_entries_come_apart() -> None:
    assert normalise_entry("third=3").value == "3"
    assert normalise_entry("Nimmt ... Teil").parts == (("nimmt",), ("teil",))
    assert normalise_entry("co-lead of").parts == (("co", "lead", "of"),)
    assert word_matches("koordin*", "koordiniert") and not word_matches("koordin", "koordiniert")
