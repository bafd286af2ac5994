"""Curate the register from the reference tables: `python -m pipeline.gazetteer.register REFERENCE_DIR seeds/register`.

One fact a row, each with the address it was read at. Rows of low confidence, rows read in the seeds, and rows that make
no sense are left out; how many and why is printed. The result depends on the tables alone.
"""

from __future__ import annotations

import argparse
import csv
import io
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.gazetteer import register_facts, register_rows
from pipeline.gazetteer.register_shape import CONFIDENCE, SHAPES
from pipeline.gazetteer.tables import Reference, Row

SOURCES = ("partnerships", "partnership_members", "platforms", "initiatives", "organisations", "events", "figures")


@dataclass(slots=True)
class Register:
    """Rows by register table; `dropped` counts (source table, reason) of rows that made none."""

    rows: dict[str, list[Row]] = field(default_factory=lambda: {name: [] for name in SHAPES})
    dropped: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, table: str, source: Row, **values: str) -> None:
        """A row with the address and confidence of the row it comes from; the same row is kept once."""
        row = {column: values.get(column, "") for column in SHAPES[table].columns}
        row |= {"source_url": source["source_url"], "confidence": source["confidence"]}
        if unknown := values.keys() - row.keys():
            raise ValueError(f"{table} has no column {', '.join(sorted(unknown))}")
        if row not in self.rows[table]:
            self.rows[table].append(row)

    def drop(self, source: str, reason: str) -> None:
        """Count a row that makes no row of the register."""
        self.dropped[source, reason] += 1


def usable(reference: Reference, register: Register) -> dict[str, list[Row]]:
    """The rows of every source table that are sure enough and were read outside the seeds."""
    found: dict[str, list[Row]] = {}
    for name in SOURCES:
        found[name] = []
        for row in reference.rows(f"{name}.csv"):
            if row["confidence"] not in CONFIDENCE:
                register.drop(name, f"confidence {row['confidence'] or 'not given'}")
            elif row["source_url"].startswith("seed:"):
                register.drop(name, "read in the seeds, which are read themselves")
            elif not row["source_url"].startswith("http"):
                register.drop(name, "no address")
            else:
                found[name].append(row)
    return found


def curate(folder: Path) -> Register:
    """The whole register.

    Raises FileNotFoundError where there are no reference tables, ValueError for a fact that meets no row.
    """
    register = Register()
    tables = usable(Reference(folder), register)
    used = register_facts.add_facts(tables, register)
    register_rows.add_memberships(tables["partnership_members"], register)
    register_rows.add_partnerships(tables["partnerships"], tables["partnership_members"], register)
    register_rows.add_leads(tables["partnerships"], register)
    register_rows.add_organisations(tables["organisations"], register)
    register_rows.add_events(tables["events"], register)
    register_rows.add_figures(tables["figures"], register)
    for name in ("platforms", "initiatives"):
        for row in tables[name]:
            if (name, id(row)) not in used:
                register.drop(name, "no column of the dataset holds it, or another row says it")
    return register


def write(register: Register, target: Path) -> None:
    """Write one CSV file for each table, rows in order of their cells, `\\n` line ends."""
    target.mkdir(parents=True, exist_ok=True)
    for name, shape in SHAPES.items():
        text = io.StringIO(newline="")
        writer = csv.DictWriter(text, shape.columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(sorted(register.rows[name], key=lambda row: tuple(row.values())))
        (target / f"{name}.csv").write_bytes(text.getvalue().encode("utf-8"))


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line. Returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m pipeline.gazetteer.register", description=__doc__)
    parser.add_argument("reference", type=Path, help="folder of the reference tables")
    parser.add_argument("target", type=Path, help="folder of the register, as a rule seeds/register")
    options = parser.parse_args(arguments)
    try:
        register = curate(options.reference)
        write(register, options.target)
    except (OSError, ValueError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    for name, rows in register.rows.items():
        print(f"{name:<15}{len(rows):>6} rows")
    print(f"{'left out':<15}{register.dropped.total():>6} rows of the reference")
    for (source, reason), count in sorted(register.dropped.items()):
        print(f"  {count:>4}  {source}: {reason}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
