"""What the gazetteer knows of one thing, and of one name of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

KINDS = ("region", "town", "organisation", "partnership", "programme")

COLUMNS = (
    "kind",
    "key",
    "name",
    "name_en",
    "acronym",
    "subkind",
    "country_code",
    "nuts_code",
    "nuts_edition",
    "nuts_level",
    "parent_key",
    "latitude",
    "longitude",
    "url",
    "ror_id",
    "wikidata_id",
    "platform",
    "started",
    "ended",
    "members",
)


@dataclass(slots=True)
class Entry:
    """One known thing; `(kind, key)` is its identity. What is not known is None.

    `parent_key` is always the key of a region: the containing region, or the seat of an organisation. `latitude` and
    `longitude` are WGS84 degrees of a representative point. `started` and `ended` are EDTF (`2016`, `2016?` where the
    year is inferred). `members` holds region keys and is filled for groups of regions only.
    """

    kind: str
    key: str
    name: str
    name_en: str | None = None
    acronym: str | None = None
    subkind: str | None = None
    country_code: str | None = None
    nuts_code: str | None = None
    nuts_edition: int | None = None
    nuts_level: int | None = None
    parent_key: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    url: str | None = None
    ror_id: str | None = None
    wikidata_id: str | None = None
    platform: str | None = None
    started: str | None = None
    ended: str | None = None
    members: tuple[str, ...] = ()


class Name(NamedTuple):
    """A name of one thing.

    `languages` are ISO 639-1 codes separated by spaces, empty for a name used in every language. `ambiguous` is empty,
    `common` (also an ordinary word), `several` (things of one kind share it) or `town` (a region and a town share it).
    `rank` is the order in which things that share a name are to be tried: 0 first; equal ranks have no default.
    """

    name: str
    kind: str
    key: str
    languages: str
    name_kind: str
    ambiguous: str
    rank: int
