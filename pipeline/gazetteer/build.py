"""Compile the reference tables into the files of `data/`: `python -m pipeline.gazetteer.build REFERENCE_DIR`.

The result depends on the reference tables and the source tables beside this file alone: building twice gives the same
bytes.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import astuple
from pathlib import Path

from pipeline.gazetteer import bodies, forms, regions, towns, variants
from pipeline.gazetteer.entry import COLUMNS, Entry, Name
from pipeline.gazetteer.namelist import NameList, flag
from pipeline.gazetteer.tables import DATA, Reference, fold, source, write_table
from pipeline.gazetteer.territories import Territories, territories


def collect(reference: Reference, names: NameList) -> tuple[list[Entry], Territories]:
    """All entries, with their names put into `names`."""
    places = territories(reference.rows("regions.csv"))
    entries = regions.region_entries(places)
    regions.add_region_names(reference, places, names)
    entries += regions.group_entries(reference, places, names)
    entries += towns.town_entries(reference, places, names)
    organisations = bodies.organisation_entries(reference, places, names)
    networks = [row["key"] for row in source("networks.csv")]
    added = bodies.added_entries(names)
    organisations += [entry for entry in added if entry.kind == "organisation"]
    entries += organisations + bodies.twins(organisations, networks)
    entries += bodies.programme_entries(reference, names)
    entries += bodies.partnership_entries(reference, names)
    entries += [entry for entry in added if entry.kind != "organisation"]
    names.lend("organisation", "partnership", set(networks))
    variants.add_variants(names)
    return entries, places


def common_words(reference: Reference) -> set[tuple[str, str]]:
    """(kind, folded name) of names that are also ordinary words."""
    found = {(row["kind"], fold(row["name"])) for row in source("common_words.csv")}
    for row in reference.rows("ambiguous.csv"):
        if "common word" in row["reason"]:
            found |= {("region", fold(row["name"])), ("town", fold(row["name"]))}
    return found


def doubtful_acronyms(reference: Reference) -> set[tuple[str, str]]:
    """(key, acronym) that the reference lists with a body or programme, but holds back from its names."""
    listed = {
        (row["key"], row["name"])
        for table in ("body_names.csv", "programme_names.csv")
        for row in reference.rows(table)
    }
    return {
        (row["key"], row["acronym"])
        for table in ("bodies.csv", "programmes.csv")
        for row in reference.rows(table)
        if row["acronym"] and (row["key"], row["acronym"]) not in listed
    }


def prefer(names: Sequence[Name]) -> list[Name]:
    """The names with ranks as `preferred.csv` asks: where two things share a name, one is tried before the other."""
    held = {(name.key, fold(name.name)): name for name in names if name.kind == "region"}
    below: dict[tuple[str, str], int] = {}
    for row in source("preferred.csv"):
        for (key, folded), name in held.items():
            if key == row["key"] and (row["over"], folded) in held:
                below[row["over"], folded] = name.rank + 1
    return [
        name._replace(rank=max(name.rank, below.get((name.key, fold(name.name)), 0))) if name.kind == "region" else name
        for name in names
    ]


def check(entries: Sequence[Entry], names: Sequence[Name]) -> None:
    """Raise ValueError unless keys are unique, parents and members exist, names have their thing, and things a name.

    Towns may go without: there are towns of one or two letters.
    """
    known = {(entry.kind, entry.key) for entry in entries}
    if len(known) != len(entries):
        doubled = sorted({e.key for e in entries if sum(o.key == e.key and o.kind == e.kind for o in entries) > 1})
        raise ValueError(f"keys given twice: {doubled}")
    wanted = {("region", e.parent_key) for e in entries if e.parent_key}
    wanted |= {("region", member) for e in entries for member in e.members}
    wanted |= {(name.kind, name.key) for name in names}
    if wanted - known:
        raise ValueError(f"unknown keys: {sorted(wanted - known)}")
    matched = {(kind, key) for kind, key in known if kind != "town"}
    if nameless := matched - {(name.kind, name.key) for name in names}:
        raise ValueError(f"things without a name: {sorted(nameless)}")


def build(folder: Path, target: Path) -> dict[str, int]:
    """Write the files; gives the number of rows of each."""
    reference, names = Reference(folder), NameList()
    entries, places = collect(reference, names)
    flagged = flag(prefer(names.items()), common_words(reference), doubtful_acronyms(reference))
    check(entries, flagged)
    tables: dict[str, tuple[Sequence[str], list[tuple[object, ...]]]] = {
        "entities": (COLUMNS, sorted(map(_cells, entries), key=lambda cells: (str(cells[0]), str(cells[1])))),
        "names": (Name._fields, [tuple(name) for name in flagged]),
        "region_codes": (regions.CODE_COLUMNS, list(regions.region_codes(places))),
        "forms": (forms.COLUMNS, list(forms.word_forms())),
    }
    for name, (columns, rows) in tables.items():
        write_table(target / f"{name}.csv.gz", columns, rows)
    return {name: len(rows) for name, (_, rows) in tables.items()}


def _cells(entry: Entry) -> tuple[object, ...]:
    return (*astuple(entry)[:-1], " ".join(entry.members))


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line. Returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m pipeline.gazetteer.build", description=__doc__)
    parser.add_argument("reference", type=Path, help="folder of the reference tables")
    parser.add_argument("--target", type=Path, default=DATA, help="where to write (default: the committed data)")
    options = parser.parse_args(arguments)
    try:
        counts = build(options.reference, options.target)
    except FileNotFoundError as problem:
        print(problem, file=sys.stderr)
        return 2
    for name, count in counts.items():
        print(f"{name}: {count} rows")
    return 0


if __name__ == "__main__":
    sys.exit(main())
