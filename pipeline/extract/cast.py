"""The cast of a document: every name it uses, brought together as entities."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from pipeline.extract.names.part import Name
from pipeline.extract.page import Page, Part
from pipeline.extract.words.known import collectives
from pipeline.gazetteer import load
from pipeline.model import Claim, Entity, Mention
from pipeline.text.tokens import fold, tokenise

ACTORS = {"region", "organisation"}
REFERENCES = {"entity", "partnership_id", "participant_id", "event_id", "subject_id", "object_id", "on_behalf_of_id"}


@lru_cache(maxsize=50_000)
def folded(name: str) -> str:
    """The key under which a name is compared: folded words, marks left out."""
    return " ".join(t.fold for t in tokenise(name) if t.word or t.fold in "+&")


class Cast:
    """Entities of one document with their mentions. Indexes are stable; the same name gets the same entity."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.entities: list[Entity] = []
        self.mentions: list[Mention] = []
        self._by_key: dict[tuple[str, str], int] = {}
        self._by_name: dict[tuple[str, str], int] = {}
        self.aliases: dict[str, int] = {}
        self._duals: dict[int, dict[int, Mention]] = {}

    def add(self, kind: str, key: str | None, name: str, subkind: str | None = None) -> int:
        """The entity of this kind and key, or of this kind and name where there is no key; made if new."""
        index = self._by_key.get((kind, key)) if key else self._by_name.get((kind, folded(name)))
        if index is None and not key:
            alias = self.aliases.get(folded(name))
            if alias is not None and self.entities[alias].kind == kind:
                index = alias
        if index is None:
            entity = _known(kind, key, name) if key else Entity(kind, name, language=self.page.language)
            if subkind and not entity.attributes.get("kind"):
                entity.attributes["kind"] = subkind
            index = len(self.entities)
            self.entities.append(entity)
            if key:
                self._by_key[kind, key] = index
            else:
                self._by_name[kind, folded(name)] = index
        return index

    def name(self, part: Part, name: Name) -> int:
        """Register a name as a mention and return its entity."""
        if name.kind == "organisation" and name.key in collectives() and name.rule != "self":
            self.dual(part, name)
        text = self.page.text[part.tokens[name.first].start : part.tokens[name.last].end]
        name.entity = self.add(name.kind, name.key, name.base or text, name.subkind)
        zone = part.block.zone
        if name.rule == "self":
            return name.entity
        self.mentions.append(
            Mention(
                name.entity, part.tokens[name.first].start, part.tokens[name.last].end, zone, name.rule, name.confidence
            )
        )
        return name.entity

    def dual(self, part: Part, name: Name) -> int:
        """The partnership that a body also is. It counts as mentioned only once a claim speaks of it (see `finish`)."""
        reading = next((r for r in name.readings if r.kind == "partnership"), None)
        index = self.add(
            "partnership", reading.key if reading else name.key, reading.name if reading else name.key or ""
        )
        self._duals.setdefault(index, {})[part.tokens[name.first].start] = Mention(
            index,
            part.tokens[name.first].start,
            part.tokens[name.last].end,
            part.block.zone,
            name.rule,
            name.confidence,
        )
        return index

    def finish(self, claims: list[Claim]) -> tuple[list[Entity], list[Mention], list[Claim]]:
        """Entities that are mentioned or spoken of, with mentions and claims renumbered to match."""
        spoken = {v for c in claims for k in c.values.keys() & REFERENCES if isinstance(v := c.values[k], int)}
        mentions = list(self.mentions)
        for index in sorted(set(self._duals)):
            if index not in spoken and self.entities[index].key not in collectives():
                continue
            mentions += [m for _, m in sorted(self._duals[index].items())]
        kept = sorted(spoken | {m.entity for m in mentions})
        number = {old: new for new, old in enumerate(kept)}
        return (
            [self.entities[i] for i in kept],
            [Mention(number[m.entity], m.start, m.end, m.zone, m.rule, m.confidence) for m in mentions],
            [Claim(c.table, _renumbered(c, number), c.quotes, c.rule, c.confidence, c.features) for c in claims],
        )

    def kind(self, index: int) -> str:
        return self.entities[index].kind

    def subkind(self, index: int) -> str | None:
        value = self.entities[index].attributes.get("kind") if index >= 0 else None
        return value if isinstance(value, str) else None


def _renumbered(claim: Claim, number: dict[int, int]) -> dict[str, Any]:
    return {k: number[v] if k in REFERENCES and isinstance(v, int) else v for k, v in claim.values.items()}


def _known(kind: str, key: str | None, name: str) -> Entity:
    entry = load().entities.get((kind, key or ""))
    if entry is None:
        return Entity(kind, name, key)
    attributes = {"kind": entry.subkind, "country": entry.country_code}
    return Entity(kind, entry.name, key, entry.acronym, None, {k: v for k, v in attributes.items() if v})


def initials(name: str) -> str:
    """First letters of a name's words, upper case: what an acronym is mostly made of."""
    return "".join(t.text[0].upper() for t in tokenise(name) if t.word)


def is_acronym(text: str) -> bool:
    """Capitals (digits and small letters between allowed) short enough to be an acronym: ECRN, S3 CoP, GTK,
    3DP, EU4X."""
    letters = [c for c in text if c.isalpha()]
    return (
        bool(letters)
        and len(text) <= 14
        and sum(c.isupper() for c in letters) >= max(2, (len(letters) + 1) // 2)
        and len(text.split()) <= 3
    )


__all__ = ["ACTORS", "Cast", "fold", "folded", "initials", "is_acronym"]
