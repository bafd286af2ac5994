"""Which mentions in which documents are one thing, and the identifier it gets.

A thing of the gazetteer is its key; any other is its kind and normalised name. A name that stands for exactly one
other is that one: an acronym, and an event's title with the common noun that a sentence puts beside it (the conference
Green Days), where a document gives the bare title to an event of that kind and day. Nothing is linked by likeness, so
the result does not depend on the order of documents.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from pipeline.languages import load_packs
from pipeline.model import Extraction, Name
from pipeline.text.slug import digest, slug
from pipeline.text.tokens import fold, tokenise

Aliases = dict[tuple[str, str, str], str]
"""(kind, name, day of an event or nothing) -> the one normalised name that it stands for."""


def aliases(names: Iterable[Sequence[Name]]) -> Aliases:
    """The names that stand for one other name alone in all documents: what has to be known of all."""
    found: dict[tuple[str, str, str], str | None] = {}
    dated: set[Name] = set()
    for of_document in names:
        for name in of_document:
            if name.kind == "event":
                if _day(name) and not name.key:
                    dated.add(name)
            elif name.acronym and not name.key:
                short, full = (name.kind, name.acronym, ""), _name_key(name)
                found[short] = full if found.get(short, full) == full else None
    found.update(_titled(dated))
    return {short: full for short, full in found.items() if full is not None}


def _titled(events: Collection[Name]) -> Iterator[tuple[tuple[str, str, str], str]]:
    """Events of which the title alone, or with another common noun beside it, is an event of that day too."""
    called: dict[tuple[str, str], set[tuple[str, str | None]]] = defaultdict(set)
    for name in events:
        for title in (_name_key(name), *(slug(title) for title, _ in _titles(name.name))):
            called[_day(name), title].add((_name_key(name), name.sort))
    for name in events:
        one = {
            slug(title)
            for title, behind in _titles(name.name)
            for other, sort in called[_day(name), slug(title)]
            # The conference Green Days is what is called Green Days; the Green Days dinner may be a part of it.
            if other != _name_key(name) and (sort == name.sort or (other == slug(title) and not behind))
        }
        if len(one) == 1:
            yield alias_of(name), one.pop()


def alias_of(name: Name) -> tuple[str, str, str]:
    """The key of a name among the aliases."""
    return name.kind, name.name, _day(name) if name.kind == "event" else ""


@dataclass(frozen=True, slots=True)
class Identity:
    """Says which thing an entity is: from its own names, the `aliases` that matter, and what people corrected.

    `parted` is (document, identifier) -> identifier; `moved` is identifier -> the one it was merged into.
    """

    aliases: Aliases = field(default_factory=dict)
    parted: Mapping[tuple[str, str], str] = field(default_factory=dict)
    moved: Mapping[str, str] = field(default_factory=dict)

    def of(self, document: str, names: Sequence[Name]) -> dict[tuple[str, int], str]:
        """(document, index of entity) -> identifier, the same for one thing wherever it is named."""
        out = {}
        for index, name in enumerate(names):
            identifier = _identifier(document, name, self.aliases)
            identifier = self.parted.get((document, identifier), identifier)
            out[document, index] = self.moved.get(identifier, identifier)
        return out

    def merged(self, document: str, names: Sequence[Name]) -> Iterator[tuple[str, str]]:
        """(identifier that an entity would have by its own name, the one that it has as an alias)."""
        now = self.of(document, names)
        for index, name in enumerate(names):
            if not name.key and alias_of(name) in self.aliases:
                yield _identifier(document, name, {}), now[document, index]


def identifiers(extractions: Iterable[Extraction]) -> dict[tuple[str, int], str]:
    """(document, index of entity) -> identifier, for documents that fit into memory."""
    names = {extraction.document_id: extraction.names() for extraction in extractions}
    identity = Identity(aliases(names.values()))
    return {place: one for document in sorted(names) for place, one in identity.of(document, names[document]).items()}


def _identifier(document: str, name: Name, known: Aliases) -> str:
    if name.key:
        return f"{name.kind}:{name.key.replace(':', '-').replace(' ', '-')}"
    called = known.get(alias_of(name)) or _name_key(name)
    if name.kind == "event":
        if day := _day(name):
            return f"event:{called[:80]}-{day}"
        if sum(t.capital for t in tokenise(name.name) if t.word) >= 2 and not name.date:
            return f"event:{called[:80]}"
        return f"event:{called[:60]}-{digest(document, name.date or '')[:8]}"
    return f"{name.kind}:{called}"


def _day(name: Name) -> str:
    """When an event begins, nothing where the year is not known."""
    return "" if not name.date or name.date.startswith("XXXX") else name.date.rstrip("?")


def _titles(name: str) -> Iterator[tuple[str, bool]]:
    """The title without the common noun beside it, and whether that stands behind; a title is two words or more."""
    words = name.split()
    if len(words) > 2:
        if _common(words[0]) and not words[1].islower():
            yield " ".join(words[1:]), False
        if _common(words[-1]) and not words[0].islower():
            yield " ".join(words[:-1]), True


def _common(word: str) -> bool:
    """Whether a word is a noun for events in any language, in whatever form of it the packs have."""
    words, stems = _nouns()
    said = fold(word)
    return said in words or said.startswith(stems)


@lru_cache(maxsize=1)
def _nouns() -> tuple[frozenset[str], tuple[str, ...]]:
    entries = {
        fold(entry)
        for pack in load_packs().values()
        for of_kind in pack.table("heads", "event").values()
        for entry in of_kind
    }
    single = {entry for entry in entries if " " not in entry}
    return frozenset(e for e in single if not e.endswith("*")), tuple(sorted(e[:-1] for e in single if e.endswith("*")))


def _name_key(name: Name) -> str:
    return slug(name.name)[:100]


__all__ = ["Aliases", "Identity", "alias_of", "aliases", "digest", "identifiers", "slug"]
