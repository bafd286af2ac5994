"""The tables of the register: their columns, and those that no row may leave empty."""

from __future__ import annotations

from dataclasses import dataclass

_SOURCE = ("source_url", "confidence")
CONFIDENCE = {"high": 0.95, "medium": 0.8}
"""What a row's `confidence` means as a number; rows of less are no part of the register."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Columns of one register table, in order, and those of them that every row fills."""

    columns: tuple[str, ...]
    required: tuple[str, ...]


def _shape(columns: str, required: str) -> Shape:
    return Shape((*columns.split(), *_SOURCE), (*required.split(), *_SOURCE))


SHAPES: dict[str, Shape] = {
    "partnerships": _shape("partnership acronym aliases kind platform launched ended", "partnership"),
    "organisations": _shape("organisation acronym kind country url", "organisation"),
    "memberships": _shape(
        "partnership participant participant_kind nuts_code country role role_text status since until as_of",
        "partnership participant participant_kind role",
    ),
    "links": _shape(
        "subject subject_kind relation object object_kind", "subject subject_kind relation object object_kind"
    ),
    "events": _shape("event kind edition starts ends mode place country", "event starts"),
    "attendances": _shape(
        "event starts participant participant_kind country role role_text",
        "event starts participant participant_kind role",
    ),
    "figures": _shape("subject subject_kind measure value unit qualifier as_of", "subject subject_kind measure value"),
}


def table_of(path: str) -> str | None:
    """The register table that a file holds, by its name: `memberships.csv`, `memberships-2024.csv`; else None."""
    stem = path.rsplit("/", 1)[-1].removesuffix(".csv").partition("-")[0]
    return stem if stem in SHAPES else None
