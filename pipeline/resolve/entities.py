"""Entity tables: what is stated of each entity, chosen among its sources, beside what the gazetteer holds."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from pipeline.gazetteer import Entry, load, region_codes
from pipeline.gazetteer.lookup import called
from pipeline.resolve.evidence import best
from pipeline.resolve.facts import Shown
from pipeline.text.slug import slug
from schemas import ENTITY_TABLES, codes

_OF_EVENTS = ("starts", "ends", "start_time", "end_time", "timezone", "mode", "place", "country_code")
_CHOSEN = {"launched", "ended", "edition", *_OF_EVENTS}


@dataclass(slots=True)
class Sightings:
    """What all documents call one thing and say of it.

    `named` holds name, acronym and attributes as they occur, those of the first document first; `said` holds by column
    value, confidence, date of publication and document.
    """

    identifier: str
    named: list[tuple[str, str | None, dict[str, Any]]] = field(default_factory=list)
    said: dict[str, list[tuple[str, float, str | None, str]]] = field(default_factory=dict)


Told = tuple[str, str | None, str | None, str, str | None, float | None, str | None]
"""Entity, name, acronym, value (attributes as JSON, or what is said), column (None: it is named), confidence, date."""


def sightings(told: Iterable[Told]) -> Iterator[Sightings]:
    """The sightings of each entity, from rows that come sorted by entity."""
    for identifier, rows in groupby(told, key=lambda row: row[0]):
        seen = Sightings(identifier)
        for _, name, acronym, value, column, confidence, published in rows:
            if column is None:
                seen.named.append((name or "", acronym, json.loads(value)))
            else:
                seen.said.setdefault(column, []).append((value, confidence or 0.0, published, ""))
        yield seen


class EntityRows:
    """Makes the row of an entity; `regions` are all that are spoken of, `partnerships` those that a body shares its
    key with."""

    def __init__(self, regions: set[str], partnerships: set[str]) -> None:
        self._regions, self._partnerships = regions, partnerships
        self._places = with_parents(regions)

    def row(self, seen: Sightings) -> tuple[dict[str, Any], list[Shown]]:
        """The row, and which values it shows of those that are stated."""
        kind = seen.identifier.split(":", 1)[0]
        table = ENTITY_TABLES[kind]
        chosen = {column: best(values) for column, values in seen.said.items()}
        row = region(seen.identifier) if kind == "region" else getattr(self, f"_{kind}")(seen, chosen)
        shown = [
            # Of columns that are not chosen among sources, a source may say what is shown.
            (table, seen.identifier, column, value if column in _CHOSEN else str(row[column]))
            for column, value in chosen.items()
            if row.get(column) is not None
        ]
        return row, shown

    def _named(self, seen: Sightings) -> dict[str, Any]:
        """What a body, a partnership and a programme are called, and their address."""
        entry = entry_of(seen.identifier)
        return {
            "name": entry.name if entry else _name(seen),
            "acronym": (entry.acronym if entry else None) or min((a for _, a, _ in seen.named if a), default=None),
            "url": entry.url if entry else None,
        }

    def _organisation(self, seen: Sightings, chosen: dict[str, str]) -> dict[str, Any]:
        entry = entry_of(seen.identifier)
        kind = entry.subkind if entry else _first(seen, "kind")
        partnership = f"partnership:{seen.identifier.split(':', 1)[1]}"
        acting = (f"region:{i}" for _, _, attributes in seen.named if (i := attributes.get("acts_for")))
        return {
            "organisation_id": seen.identifier,
            **self._named(seen),
            "kind": kind if kind in codes.ORGANISATION_KIND else None,
            "country_code": entry.country_code if entry else _first(seen, "country"),
            "region_id": f"region:{entry.parent_key}"
            if entry and entry.parent_key and f"region:{entry.parent_key}" in self._places
            else None,
            "acts_for_region_id": next((r for r in acting if r in self._regions), None),
            "partnership_id": partnership if partnership in self._partnerships else None,
            "ror_id": entry.ror_id if entry else None,
            "wikidata_id": entry.wikidata_id if entry else None,
        }

    def _partnership(self, seen: Sightings, chosen: dict[str, str]) -> dict[str, Any]:
        entry = entry_of(seen.identifier)
        platform = entry.platform if entry else _first(seen, "platform")
        kind = (entry.subkind if entry else None) or _first(seen, "kind")
        return {
            "partnership_id": seen.identifier,
            **self._named(seen),
            "kind": kind,
            "platform": platform,
            "is_s3": True if platform or kind in ("thematic_platform", "thematic_partnership") else None,
            "launched": chosen.get("launched"),
            "ended": chosen.get("ended"),
        }

    def _programme(self, seen: Sightings, chosen: dict[str, str]) -> dict[str, Any]:
        entry = entry_of(seen.identifier)
        return {
            "programme_id": seen.identifier,
            **self._named(seen),
            "kind": (entry.subkind if entry else None) or _first(seen, "kind"),
            "launched": chosen.get("launched"),
            "ended": chosen.get("ended"),
        }

    def _event(self, seen: Sightings, chosen: dict[str, str]) -> dict[str, Any]:
        edition = chosen.get("edition")
        row: dict[str, Any] = {
            "event_id": seen.identifier,
            "name": _name(seen),
            "kind": _first(seen, "kind"),
            "edition": int(edition) if edition else None,
        }
        return row | {column: chosen.get(column) for column in _OF_EVENTS}


def _name(seen: Sightings) -> str:
    """The fullest of its names, one that is not in capitals nor an alias before others."""
    own = seen.identifier.split(":", 1)[1]
    return min(
        (name for name, _, _ in seen.named),
        key=lambda name: (not own.startswith(slug(name)[:60]), name.isupper(), -len(name), name),
    )


def _first(seen: Sightings, attribute: str) -> str | None:
    return min((str(a[attribute]) for _, _, a in seen.named if a.get(attribute)), default=None)


def names(row: dict[str, Any], identifier: str) -> Iterator[dict[str, Any]]:
    """What the row of an entity and the gazetteer call it."""

    def one(name: str, language: str | None, kind: str) -> dict[str, Any]:
        own = {"entity_id": identifier, "entity_kind": identifier.split(":", 1)[0]}
        return {**own, "name": name, "language": language, "kind": kind}

    yield one(row["name"], None, "preferred")
    if row.get("acronym"):
        yield one(row["acronym"], None, "acronym")
    if row.get("name_en") and row["name_en"] != row["name"]:
        yield one(row["name_en"], "en", "alias")
    entry = entry_of(identifier)
    if entry and entry.name_en and entry.name_en != row["name"]:
        yield one(entry.name_en, "en", "alias")
    for name in called(entry.kind, entry.key) if entry else ():
        for language in name.languages.split() or (None,):
            if language or name.name not in (row["name"], row.get("acronym")):
                yield one(name.name, language, "acronym" if name.name_kind == "acronym" else "alias")


def entry_of(identifier: str) -> Entry | None:
    """What the gazetteer has of an entity."""
    kind, key = identifier.split(":", 1)
    return load().entities.get((kind, _KEYS().get((kind, key), key)))


def _KEYS() -> dict[tuple[str, str], str]:
    global _keys
    if _keys is None:
        _keys = {
            (kind, key.replace(":", "-").replace(" ", "-")): key
            for kind, key in load().entities
            if ":" in key or " " in key
        }
    return _keys


_keys: dict[tuple[str, str], str] | None = None


def with_parents(regions: set[str]) -> set[str]:
    """Regions and all that they lie in."""
    out: set[str] = set()
    for identifier in regions:
        current: str | None = identifier
        while current and current not in out:
            out.add(current)
            entry = entry_of(current)
            current = f"region:{entry.parent_key}" if entry and entry.parent_key else None
    return out


def region(identifier: str) -> dict[str, Any]:
    """The row of a region."""
    entry = entry_of(identifier)
    if entry is None:
        return {"region_id": identifier, "name": identifier.split(":", 1)[1]}
    return {
        "region_id": identifier,
        "name": entry.name,
        "name_en": entry.name_en,
        "nuts_code": entry.nuts_code,
        "nuts_edition": entry.nuts_edition,
        "nuts_level": entry.nuts_level,
        "country_code": entry.country_code,
        "parent_id": f"region:{entry.parent_key}" if entry.parent_key else None,
        "latitude": entry.latitude,
        "longitude": entry.longitude,
    }


def codes_of(regions: set[str]) -> list[dict[str, Any]]:
    """The rows of `region_codes` for these regions."""
    rows = []
    for row in region_codes():
        if f"region:{row['key']}" in regions:
            rows.append(
                {
                    "region_id": f"region:{row['key']}",
                    "nuts_edition": int(row["nuts_edition"]),
                    "nuts_code": row["nuts_code"],
                    "name": row["name"],
                    "successor_ids": row["successor_codes"] or None,
                }
            )
    return rows
