"""Claims as they are made: one per statement, with all the quotes that support it."""

from __future__ import annotations

from typing import Any

from pipeline.extract.cast import Cast
from pipeline.extract.names.part import Name
from pipeline.extract.page import Part
from pipeline.model import Claim, Quote

Span = tuple[int, int]
# A guess neither adds its quotes to a statement nor keeps them when one is found.
_WEAK = 0.5


class Writer:
    """Collects claims of one document; the same statement made twice gets the higher confidence and both quotes."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.setting: dict[str, float] = {}
        """What the sentence at hand is like, noted on every claim that it makes; see `confidence`."""
        self._claims: dict[tuple[Any, ...], Claim] = {}
        self._roles: dict[tuple[int, int], set[str]] = {}

    def claims(self) -> list[Claim]:
        """All statements; who came is not said to be invited as well, and nothing begins twice."""
        came = {_presence(c) for c in self._claims.values() if c.table == "attendances" and not c.values["status"]}
        begun: dict[int, Claim] = {}
        for claim in filter(_begins, self._claims.values()):
            known = begun.setdefault(claim.values["entity"], claim)
            if (-claim.confidence, claim.values["value"]) < (-known.confidence, known.values["value"]):
                begun[claim.values["entity"]] = claim
        return [
            c
            for c in self._claims.values()
            if (c.values.get("status") != "invited" or _presence(c) not in came)
            and (not _begins(c) or c.values["value"].startswith(begun[c.values["entity"]].values["value"]))
        ]

    def add(
        self,
        table: str,
        values: dict[str, Any],
        quotes: list[Quote],
        rule: str,
        confidence: float,
        features: dict[str, float] | None = None,
    ) -> None:
        """Record a claim; `values` identify it together with the table."""
        key = (table, *sorted((k, str(v)) for k, v in values.items() if k != "role_text"))
        features = {**self.setting, **(features or {}), "said": 1.0}
        known = self._claims.get(key)
        if known:
            features["said"] += known.features["said"]
        if known and (confidence < _WEAK <= known.confidence):
            return
        if known and not (known.confidence < _WEAK <= confidence):
            quotes = list(known.quotes) + [q for q in quotes if q not in known.quotes]
            if known.confidence >= confidence:
                rule, confidence, values, features = known.rule, known.confidence, known.values, known.features
        self._claims[key] = Claim(table, values, tuple(quotes), rule, round(confidence, 3), features)

    def attribute(
        self,
        entity: int,
        column: str,
        value: str,
        span: Span,
        zone: str,
        rule: str,
        confidence: float,
        inferred: bool = False,
    ) -> None:
        """Say that an entity's column has a value here; of a thing without a name nothing is said."""
        if entity < 0:
            return
        kind = self.cast.kind(entity)
        quote = Quote(*span, zone, column, value, inferred)
        self.add(
            "attributes", {"entity": entity, "kind": kind, "column": column, "value": value}, [quote], rule, confidence
        )

    def begun(self, entity: int) -> bool:
        """Whether it was said when something began."""
        return any(_begins(c) and c.values["entity"] == entity for c in self._claims.values())

    def member(
        self,
        part: Part,
        name: Name,
        partnership: int,
        role: str,
        span: Span,
        rule: str,
        confidence: float,
        status: str | None = None,
        role_text: str | None = None,
        since: str | None = None,
        inferred: bool = False,
        features: dict[str, float] | None = None,
    ) -> None:
        """A participant in a partnership."""
        if name.entity < 0 or partnership < 0 or self._same(name.entity, partnership):
            return
        values = {
            "partnership_id": partnership,
            "participant_id": name.entity,
            "role": role,
            "status": status,
            "role_text": role_text,
            "since": since,
        }
        quotes = [Quote(*span, part.block.zone, inferred=inferred)]
        if since:
            quotes.append(Quote(*span, part.block.zone, "since", since))
        self.add("memberships", values, quotes, rule, confidence, features)
        if confidence >= _WEAK and not status and not inferred:
            self._roles.setdefault((name.entity, partnership), set()).add(role)

    def roles(self, participant: int, partnership: int) -> set[str]:
        """The roles that a participant was said to have in a partnership so far, guesses apart."""
        return self._roles.get((participant, partnership), set())

    def members_of(self, partnership: int) -> list[int]:
        """Entities said to be members of a partnership so far, in the order of the claims."""
        found = [
            c.values["participant_id"]
            for c in self._claims.values()
            if c.table == "memberships"
            and c.values["partnership_id"] == partnership
            and c.values["role"] == "member"
            and not c.values["status"]
            and c.confidence >= 0.5
        ]
        return list(dict.fromkeys(found))

    def linked(self, relation: str) -> set[int]:
        """What is said to be linked so to anything."""
        links = (c.values for c in self._claims.values() if c.table == "links")
        return {v["subject_id"] for v in links if v["relation"] == relation}

    def _same(self, one: int, other: int) -> bool:
        """A network that is also a body is not in itself."""
        a, b = self.cast.entities[one], self.cast.entities[other]
        return one == other or (a.key is not None and a.key == b.key)

    def attend(
        self,
        part: Part,
        participant: int,
        event: int,
        role: str,
        span: Span,
        rule: str,
        confidence: float,
        status: str | None = None,
        role_text: str | None = None,
        behalf: int | None = None,
        features: dict[str, float] | None = None,
    ) -> None:
        """A participant at an event, perhaps on behalf of a region or body."""
        if participant < 0 or event < 0:
            return
        values = {
            "event_id": event,
            "participant_id": participant,
            "role": role,
            "status": status,
            "role_text": role_text,
            "on_behalf_of_id": behalf,
        }
        self.add("attendances", values, [Quote(*span, part.block.zone)], rule, confidence, features)

    def link(
        self,
        part: Part,
        subject: int,
        relation: str,
        target: int,
        span: Span,
        rule: str,
        confidence: float,
        inferred: bool = False,
        features: dict[str, float] | None = None,
    ) -> None:
        """A partnership, programme or event that belongs to, is paid by, or follows another."""
        if subject == target or subject < 0 or target < 0:
            return
        values = {"subject_id": subject, "relation": relation, "object_id": target}
        self.add("links", values, [Quote(*span, part.block.zone, inferred=inferred)], rule, confidence, features)


def _presence(claim: Claim) -> tuple[object, ...]:
    return claim.table, claim.values.get("participant_id"), claim.values.get("event_id"), claim.values.get("role")


def _begins(claim: Claim) -> bool:
    return claim.table == "attributes" and claim.values["column"] == "launched"
