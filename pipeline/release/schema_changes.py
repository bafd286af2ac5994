"""Which step of the schema's semantic version the differences between two releases' schemas call for."""

from __future__ import annotations

from collections.abc import Iterator

from schemas.facts import TableFacts

MAJOR, MINOR, PATCH = "major", "minor", "patch"
_STEPS = (PATCH, MINOR, MAJOR)


def differences(old: dict[str, TableFacts], new: dict[str, TableFacts]) -> list[tuple[str, str]]:
    """Each difference as the step it calls for and what it is.

    Major: what worked on the old release may not on the new. Minor: something is added. Patch: only words changed.
    """
    return sorted(set(_tables(old, new)), key=lambda found: (-_STEPS.index(found[0]), found[1]))


def enough(old: str, new: str, found: list[tuple[str, str]]) -> bool:
    """Whether the version moved far enough from `old` to `new` for what was found."""
    before, after = (tuple(map(int, version.split("."))) for version in (old, new))
    if not found:
        return after >= before
    moved = next((step for step, a, b in zip((MAJOR, MINOR, PATCH), before, after, strict=True) if a != b), None)
    return after > before and moved is not None and _STEPS.index(moved) >= max(_STEPS.index(step) for step, _ in found)


def _tables(old: dict[str, TableFacts], new: dict[str, TableFacts]) -> Iterator[tuple[str, str]]:
    yield from ((MAJOR, f"table {name} is gone") for name in old.keys() - new.keys())
    yield from ((MINOR, f"table {name} is new") for name in new.keys() - old.keys())
    for name in old.keys() & new.keys():
        before, after = old[name], new[name]
        if before.key != after.key:
            yield MAJOR, f"{name}: the key is another"
        if before.description != after.description:
            yield PATCH, f"{name}: described in other words"
        yield from _columns(before, after)


def _columns(old: TableFacts, new: TableFacts) -> Iterator[tuple[str, str]]:
    before, after = ({column.name: column for column in table.columns} for table in (old, new))
    yield from ((MAJOR, f"{old.name}.{name} is gone") for name in before.keys() - after.keys())
    yield from ((MINOR, f"{old.name}.{name} is new") for name in after.keys() - before.keys())
    for name in before.keys() & after.keys():
        a, b, label = before[name], after[name], f"{old.name}.{name}"
        if a.type != b.type:
            yield MAJOR, f"{label}: {a.type} became {b.type}"
        if b.nullable and not a.nullable:
            yield MAJOR, f"{label} may be empty now"
        if a.nullable and not b.nullable:
            yield MINOR, f"{label} is never empty now"
        if a.refers_to != b.refers_to:
            yield MAJOR, f"{label} refers to {b.refers_to or 'nothing'}, not to {a.refers_to or 'nothing'}"
        yield from ((MAJOR, f"{label}: code {code} is gone") for code in a.codes.keys() - b.codes.keys())
        yield from ((MINOR, f"{label}: code {code} is new") for code in b.codes.keys() - a.codes.keys())
        if a.description != b.description or any(a.codes[c] != b.codes[c] for c in a.codes.keys() & b.codes.keys()):
            yield PATCH, f"{label}: described in other words"
