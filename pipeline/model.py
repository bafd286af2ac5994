"""What flows through the pipeline: documents in; mentions and claims out of each; all of them into tables.

Offsets are Unicode code points into `Document.text`, half-open. Everything here is plain data and serialises to JSON,
so that an extraction can be cached by content and computed anywhere.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import asdict, dataclass, field
from typing import Any, NamedTuple


@dataclass(frozen=True, slots=True)
class Document:
    """One input as read. `text` is empty and `problem` says why where `status` is "quarantined"."""

    document_id: str
    path: str
    sha256: str
    media_type: str
    text: str
    text_sha256: str | None = None
    status: str = "read"
    problem: str | None = None
    url: str | None = None
    publisher: str | None = None
    published: str | None = None
    licence: str | None = None
    title: str | None = None
    """As the file's own metadata give it."""
    language: str | None = None
    """ISO 639 code, as the file's own metadata give it."""
    encoding: str | None = None
    """Where the text was not UTF-8 and did not say what it is: the encoding it was found to have."""
    pages: tuple[int, ...] = ()
    """Offset at which each page begins, for formats that have pages."""

    def page(self, offset: int) -> int | None:
        """Number of the page on which the character at `offset` stands; None where there are no pages."""
        return bisect_right(self.pages, offset) or None


@dataclass(slots=True)
class Entity:
    """One thing that one document speaks of. `key` is its key in the gazetteer or register, None for a
    discovered thing."""

    kind: str
    name: str
    key: str | None = None
    acronym: str | None = None
    language: str | None = None
    attributes: dict[str, Any] = field(default_factory=dict)


class Name(NamedTuple):
    """What decides which thing an entity is: its key or else its name, what that is short for, day and kind of an
    event."""

    kind: str
    key: str | None
    name: str
    acronym: str | None = None
    date: str | None = None
    sort: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where the document names an entity; `entity` is its index in `Extraction.entities`."""

    entity: int
    start: int
    end: int
    zone: str
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Quote:
    """The exact span a claim rests on, and what it supports: a column's value, or the row as a whole (column None)."""

    start: int
    end: int
    zone: str
    column: str | None = None
    value: str | None = None
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement of one document about rows of `table`.

    `values` holds the row's columns; columns in `references` hold indexes of `Extraction.entities`. A claim without a
    quote cannot be constructed.
    """

    table: str
    values: dict[str, Any]
    quotes: tuple[Quote, ...]
    rule: str
    confidence: float
    features: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.quotes:
            raise ValueError(f"a claim about {self.table} has no quote: {self.values}")


@dataclass(slots=True)
class Extraction:
    """All that one document says."""

    document_id: str
    language: str | None
    language_confidence: float
    title: str | None
    entities: list[Entity] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)

    def names(self) -> list[Name]:
        """What decides which thing each of its entities is."""
        dates: dict[int, str] = {}
        for claim in self.claims:
            if claim.table == "attributes" and claim.values["column"] == "starts":
                dates.setdefault(claim.values["entity"], str(claim.values["value"]))
        return [
            Name(
                e.kind, e.key, e.name, e.acronym, dates.get(i), e.attributes.get("kind") if e.kind == "event" else None
            )
            for i, e in enumerate(self.entities)
        ]

    def to_json(self) -> dict[str, Any]:
        """A plain dictionary; `from_json` is its inverse."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Extraction:
        return cls(
            data["document_id"],
            data["language"],
            data["language_confidence"],
            data["title"],
            [Entity(**e) for e in data["entities"]],
            [Mention(**m) for m in data["mentions"]],
            [Claim(**{**c, "quotes": tuple(Quote(**q) for q in c["quotes"])}) for c in data["claims"]],
        )
