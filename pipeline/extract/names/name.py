"""A name in a part: which tokens it covers, what kind of thing it is of, and why that is believed."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.extract.words.known import Reading

SELF = "self"
"""The rule of words for "we" that stand for the body that speaks."""
WEIGHED = "weighed"
"""The rule of names that a model over what stands around them has typed."""
# Rules that take a name for a body only because of what stands around it.
BY_NEIGHBOURS = frozenset({WEIGHED, "sibling", "frame"})


@dataclass(slots=True)
class Name:
    """Tokens `[first, last]` of a part name something. `kind` is "" for a run of capitals that nothing has
    typed yet; `plain` tells that it is a word that the text also uses as a word."""

    first: int
    last: int
    kind: str
    rule: str
    confidence: float
    key: str | None = None
    subkind: str | None = None
    readings: tuple[Reading, ...] = ()
    strong: bool = False
    initial: bool = False
    plain: bool = False
    nested: bool = False
    aside: bool = False
    head: tuple[int, int] | None = None
    base: str | None = None
    entity: int = -1
    twin: int = -1
    country: str | None = None
    notes: dict[str, str] = field(default_factory=dict)

    @property
    def size(self) -> int:
        return self.last - self.first + 1
