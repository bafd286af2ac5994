"""Further spellings of names, made by rule."""

from __future__ import annotations

from pipeline.gazetteer.namelist import NameList


def add_variants(names: NameList) -> None:
    """Add further spellings of the names so far."""
