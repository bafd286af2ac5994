"""From a name in a table to the key of the thing it names, and from a NUTS code of any edition to its region."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from pipeline.gazetteer import Name, load, region_codes, tables
from pipeline.gazetteer.tables import DATA, fold
from pipeline.text.compiled import compiled

_LOOSE = {"inflected"}
_FORMS = {"inflected", "variant"}


def find_key(kind: str, name: str, country: str | None = None) -> str | None:
    """The key of the one thing of this kind that `name` names; a key names itself.

    A main name beats an alias, a lower rank a higher one; `country` (ISO 3166-1) must agree where the thing has one.
    None where nothing or several things are left.
    """
    entities = load().entities
    if (kind, name) in entities:
        return name
    found = {
        key: rank
        for key, rank in _names().get((kind, fold(name)), {}).items()
        if not country or entities[kind, key].country_code in (None, country)
    }
    best = [key for key, rank in found.items() if rank == min(found.values())]
    return best[0] if len(best) == 1 else None


def called(kind: str, key: str) -> tuple[Name, ...]:
    """What people call a thing, in all languages; without inflected forms and other spellings."""
    return _called().get((kind, key), ())


@lru_cache(maxsize=1)
def _called() -> dict[tuple[str, str], tuple[Name, ...]]:
    found: dict[tuple[str, str], list[Name]] = {}
    for name in load().names:
        if name.name_kind not in _FORMS:
            found.setdefault((name.kind, name.key), []).append(name)
    return {of: tuple(names) for of, names in found.items()}


def region_of(code: str) -> str | None:
    """The key of the region that has this NUTS code in any edition; None for an unknown code."""
    return _codes().get(code)


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    return {row["nuts_code"]: row["key"] for row in region_codes()}


@lru_cache(maxsize=1)
def _names() -> dict[tuple[str, str], dict[str, int]]:
    """(kind, folded name) -> key -> order of preference; the main name is -1."""
    sources = (DATA / "names.csv.gz", DATA / "entities.csv.gz", Path(__file__), Path(tables.__file__))
    return compiled("keys", sources, _by_name)


def _by_name() -> dict[tuple[str, str], dict[str, int]]:
    gazetteer = load()
    found: dict[tuple[str, str], dict[str, int]] = {}
    for name in gazetteer.names:
        if name.name_kind not in _LOOSE:
            known = found.setdefault((name.kind, fold(name.name)), {})
            known[name.key] = min(name.rank, known.get(name.key, name.rank))
    for (kind, key), entry in gazetteer.entities.items():
        for main in {entry.name, entry.name_en or entry.name}:
            if kind not in ("region", "town"):
                found.setdefault((kind, fold(main)), {})[key] = -1
    return found


def is_name_of(kind: str, key: str, name: str) -> bool:
    """Whether `name` is a name of this very thing, even if it names others too."""
    return key in _names().get((kind, fold(name)), {})
