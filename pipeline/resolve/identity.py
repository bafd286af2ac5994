"""Which mentions in which documents are one thing, and the identifier it gets.

A thing of the gazetteer is its key; any other is its kind and normalised name, or the acronym that exactly one such
name goes by. Nothing is linked by likeness, so the result does not depend on the order of documents.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.model import Extraction, Name
from pipeline.text.slug import digest, slug
from pipeline.text.tokens import tokenise

Acronyms = dict[tuple[str, str], str]
"""(kind, acronym) -> the one normalised name that it stands for."""


def acronyms(names: Iterable[Sequence[Name]]) -> Acronyms:
    """The acronyms of discovered things that stand for one name alone in all documents: what has to be known of all."""
    found: dict[tuple[str, str], str | None] = {}
    for of_document in names:
        for name in of_document:
            if not name.key and name.kind != "event" and name.acronym:
                short, full = (name.kind, name.acronym), _name_key(name)
                found[short] = full if found.get(short, full) == full else None
    return {short: full for short, full in found.items() if full is not None}


@dataclass(frozen=True, slots=True)
class Identity:
    """Says which thing an entity is: from its own names, the `acronyms` that matter, and what people corrected.

    `parted` is (document, identifier) -> identifier; `moved` is identifier -> the one it was merged into.
    """

    acronyms: Acronyms = field(default_factory=dict)
    parted: Mapping[tuple[str, str], str] = field(default_factory=dict)
    moved: Mapping[str, str] = field(default_factory=dict)

    def of(self, document: str, names: Sequence[Name]) -> dict[tuple[str, int], str]:
        """(document, index of entity) -> identifier, the same for one thing wherever it is named."""
        out = {}
        for index, name in enumerate(names):
            identifier = _identifier(document, name, self.acronyms)
            identifier = self.parted.get((document, identifier), identifier)
            out[document, index] = self.moved.get(identifier, identifier)
        return out


def identifiers(extractions: Iterable[Extraction]) -> dict[tuple[str, int], str]:
    """(document, index of entity) -> identifier, for documents that fit into memory."""
    names = {extraction.document_id: extraction.names() for extraction in extractions}
    identity = Identity(acronyms(names.values()))
    return {place: one for document in sorted(names) for place, one in identity.of(document, names[document]).items()}


def _identifier(document: str, name: Name, known: Acronyms) -> str:
    if name.key:
        return f"{name.kind}:{name.key.replace(':', '-').replace(' ', '-')}"
    if name.kind == "event":
        date = name.date or ""
        if date and not date.startswith("XXXX"):
            return f"event:{slug(name.name)[:80]}-{date.rstrip('?')}"
        if sum(t.capital for t in tokenise(name.name) if t.word) >= 2 and not date:
            return f"event:{slug(name.name)[:80]}"
        return f"event:{slug(name.name)[:60]}-{digest(document, date)[:8]}"
    return f"{name.kind}:{known.get((name.kind, name.name)) or _name_key(name)}"


def _name_key(name: Name) -> str:
    return slug(name.name)[:100]


__all__ = ["Acronyms", "Identity", "acronyms", "digest", "identifiers", "slug"]
