"""Facts that stand in the reference tables in words, as `register_facts.csv` reads them."""

from __future__ import annotations

from typing import Protocol

from pipeline.gazetteer.tables import Row, source


class Sink(Protocol):
    """Where rows of the register, and reasons why there is none, go."""

    rows: dict[str, list[Row]]

    def add(self, table: str, source: Row, **values: str) -> None:
        """Take in a row with the address and confidence of its source."""

    def drop(self, source: str, reason: str) -> None:
        """Count a row that is left out."""


def add_facts(tables: dict[str, list[Row]], register: Sink) -> set[tuple[str, int]]:
    """Add the facts; gives (table, identity) of the rows they were taken from.

    Raises ValueError for a fact that meets no row.
    """
    used: set[tuple[str, int]] = set()
    for fact in source("register_facts.csv"):
        wanted = pairs(fact["match"])
        hits = [row for row in tables[fact["source"]] if all(row[c] == value for c, value in wanted.items())]
        if not hits:
            raise ValueError(f"register_facts.csv: {fact['match']} meets no row of {fact['source']}.csv")
        for row in hits:
            register.add(fact["table"], row, **pairs(fact["fact"]))
            used.add((fact["source"], id(row)))
    return used


def pairs(text: str) -> dict[str, str]:
    """`column=value|column=value` as a dictionary."""
    return dict(part.split("=", 1) for part in text.split("|"))
