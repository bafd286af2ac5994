"""Published tables against annotations, document by document.

Definitions: regions are right by NUTS code, else by
name; organisations, partnerships and programmes by any of their names, a network also as the body that it is; events by
name or start, and not with another start; relations with both ends and the role; figures with value, qualifier, and
measure or subject; launch dates with their subject. An annotation marked optional is neither demanded nor held against
the dataset. So is a membership published as former, planned or invited.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.accuracy.match import Outcome, any_same, compare, norm, same_date, same_event
from tests.accuracy.published import Published, Row

COLLECTIVES = ("organisation", "partnership", "programme")
KINDS = (
    "document language",
    "regions",
    "countries",
    "organisations",
    "partnerships",
    "programmes",
    "collectives (untyped)",
    "events",
    "event dates",
    "memberships",
    "memberships (any role)",
    "attendances",
    "links",
    "launch dates",
    "figures",
)
SUMS = {
    "all entities": ("regions", "organisations", "partnerships", "programmes", "events"),
    "all relations": ("memberships", "attendances", "links"),
}
RELATIONS = {
    "memberships": (("participant", "participant_id"), ("partnership", "partnership_id")),
    "attendances": (("participant", "participant_id"), ("event", "event_id")),
    "links": (("subject", "subject_id"), ("object", "object_id")),
}
"""Table -> its two ends, as annotated and as published."""
EXACT = {"memberships": "role", "attendances": "role", "links": "relation"}
MEASURED = {
    "documents": {"language"},
    "regions": {"region_id", "nuts_code", "country_code"},
    "organisations": {"name", "acronym"},
    "partnerships": {"name", "acronym", "launched"},
    "programmes": {"name", "acronym", "launched"},
    "events": {"name", "starts"},
    "memberships": {"partnership_id", "participant_id", "role"},
    "attendances": {"event_id", "participant_id", "role"},
    "links": {"subject_id", "relation", "object_id"},
    "figures": {"subject_id", "measure", "value", "qualifier"},
    "entities": {"name"},
    "names": {"name"},
    "mentions": {"document_id", "start_offset", "end_offset", "text"},
    "evidence": {"value", "document_id", "start_offset", "end_offset", "quote"},
}
"""Columns that a number of the score depends on, the quotes by the check that they stand where they say."""


@dataclass
class Scored:
    """One document: its outcome by kind, and the annotations it was held against."""

    document: str
    language: str
    reading: Reading
    outcomes: dict[str, Outcome] = field(default_factory=dict)

    def counts(self, kind: str) -> tuple[int, int, int]:
        """True positives, false positives, false negatives of a kind or of a sum of kinds."""
        parts = [self.outcomes[k].counts for k in SUMS.get(kind, (kind,))]
        return sum(p[0] for p in parts), sum(p[1] for p in parts), sum(p[2] for p in parts)


def score(published: Published, gold: Path) -> list[Scored]:
    """Every annotated document of the folder `gold`."""
    golds = [json.loads(p.read_text(encoding="utf-8")) for p in sorted(gold.glob("*.json"))]
    ids = {Path(d["path"]).name: d["document_id"] for d in published.tables["documents"]}
    return [Reading(published, ids.get(g["document"], ""), g).score() for g in golds]


class Reading:
    """One document's annotations beside what is published of it."""

    def __init__(self, published: Published, document: str, gold: dict[str, Any]) -> None:
        self.published, self.document, self.gold = published, document, gold
        self._alias: dict[str, set[str]] = {}
        for key in ("regions", "organisations", "partnerships", "programmes", "events"):
            for item in gold.get(key, []):
                for name in names_of(item):
                    self._alias.setdefault(name, set()).update(names_of(item))

    def score(self) -> Scored:
        scored = Scored(self.gold["document"], self.gold["language"], self)
        for part in (self._places, self._collectives, self._events, self._relations, self._rest):
            scored.outcomes.update(part())
        return scored

    def label(self, entity: str) -> set[str]:
        return self.published.label(self.document, entity)

    def named(self, item: Row, entity: str) -> bool:
        return any_same(names_of(item), self.label(entity))

    def expand(self, name: str) -> set[str]:
        """A name in an annotation of a relation, with the other names that its entity is annotated with."""
        return self._alias.get(norm(name), set()) | {norm(name)}

    def listed(self, key: str) -> list[Row]:
        items: list[Row] = self.gold.get(key, [])
        return items

    def _places(self) -> Iterator[tuple[str, Outcome]]:
        regions = {e: self.published.regions[e] for e in self.published.entities(self.document, "region")}

        def equal(item: Row, entity: str) -> bool:
            code, codes = regions[entity]["nuts_code"], item.get("nuts") or []
            return code in codes if codes and code else self.named(item, entity)

        found = [e for e, row in regions.items() if row["nuts_level"] != 0]
        yield "regions", compare(self.listed("regions"), found, equal)
        stated = set(self.gold.get("countries", []))
        countries = {row["country_code"] for row in regions.values() if row["nuts_level"] == 0}
        both = [(c, c) for c in sorted(stated & countries)]
        yield "countries", Outcome(both, sorted(countries - stated), sorted(stated - countries))

    def _collectives(self) -> Iterator[tuple[str, Outcome]]:
        partnerships = self.listed("partnerships")
        networks = [i for i in partnerships if i.get("kind") == "network"]
        bodies = self.listed("organisations")
        twins = [i for i in bodies if any(any_same(names_of(i), names_of(p)) for p in partnerships)]

        def twin(entity: str) -> bool:
            # A network may be published as the body that it also is, and the other way round.
            return any(self.named(i, entity) for i in [*networks, *twins])

        for kind in COLLECTIVES:
            spare: Callable[[str], bool] = twin if kind != "programme" else lambda entity: False
            found = self.published.entities(self.document, kind)
            yield f"{kind}s", compare(self.listed(f"{kind}s"), found, self.named, spare=spare)
        unique: list[Row] = []
        for item in (i for kind in COLLECTIVES for i in self.listed(f"{kind}s")):
            if not any(any_same(names_of(item), names_of(u)) for u in unique):
                unique.append(item)
        found = sorted(e for kind in COLLECTIVES for e in self.published.entities(self.document, kind))
        spare = lambda entity: any(self.named(i, entity) for i in unique)  # noqa: E731
        yield "collectives (untyped)", compare(unique, found, self.named, spare=spare)

    def _events(self) -> Iterator[tuple[str, Outcome]]:
        rested = [key for table, key in sorted(self.published.facts[self.document]) if table == "events"]
        keys = rested or self.published.entities(self.document, "event")
        found = [self.published.rows["events"][k] | {"starts": self._starts(k)} for k in keys]
        by_name = lambda item, row: self._event_named(item, row) and self._event_equal(item, row)  # noqa: E731
        yield "events", compare(self.listed("events"), found, self._event_equal, first=by_name)
        dated = [g for g in self.listed("events") if g.get("start")]
        same_start = lambda item, row: same_date(item["start"], row["starts"])  # noqa: E731
        yield "event dates", compare(dated, [r for r in found if r["starts"]], same_start)

    def _starts(self, event: str) -> Any:
        return self.published.said(self.document, "events", event, "starts")

    def _event_named(self, item: Row, row: Row) -> bool:
        return any(same_event(a, b) for a in names_of(item) for b in self.label(row["event_id"]))

    def _event_equal(self, item: Row, row: Row) -> bool:
        if item.get("start") and same_date(item["start"], row["starts"]):
            return True
        return self._event_named(item, row) and not (item.get("start") and row["starts"])

    def is_entity(self, name: str, entity: str) -> bool:
        """Whether an annotated name of a relation's end is this entity."""
        if any_same(self.expand(name), self.label(entity)):
            return True
        row = self.published.rows["events"].get(entity)
        if row is None:
            return False
        item = next((e for e in self.listed("events") if norm(name) in names_of(e)), {"name": name})
        return self._event_equal(item, row | {"starts": self._starts(entity)})

    def pair(self, table: str, item: Row, row: Row) -> bool:
        """Whether both ends of a relation are those annotated, whatever the role."""
        return all(self.is_entity(item[annotated], row[column]) for annotated, column in RELATIONS[table])

    def _relations(self) -> Iterator[tuple[str, Outcome]]:
        for table in RELATIONS:
            found, exact = self.published.of(self.document, table), EXACT[table]

            def pair(item: Row, row: Row, table: str = table) -> bool:
                return self.pair(table, item, row)

            def whole(item: Row, row: Row, exact: str = exact, pair: Callable[[Row, Row], bool] = pair) -> bool:
                return bool(item[exact] == row[exact]) and pair(item, row)

            yield table, compare(self.listed(table), found, whole, spare=_aside)
            if table == "memberships":
                yield f"{table} (any role)", compare(self.listed(table), found, pair, spare=_aside)

    def _rest(self) -> Iterator[tuple[str, Outcome]]:
        def figure(item: Row, row: Row) -> bool:
            if float(item["value"]) != float(row["value"]) or item.get("qualifier", "exact") != row["qualifier"]:
                return False
            subject = self.label(row["subject_id"]) if row["subject_id"] else set()
            return item["measure"] == row["measure"] or any_same(self.expand(item.get("subject", "")), subject)

        yield "figures", compare(self.listed("figures"), self.published.of(self.document, "figures"), figure)
        dates = [d for d in self.listed("dates") if d["what"] == "launched"]
        optional = [d for d in self.listed("dates") if d.get("optional")]
        found = [
            row | {"entity": key, "launched": when}
            for table in ("partnerships", "programmes")
            for key, row in sorted(self.published.rows[table].items())
            if key in self.published.mentioned[self.document]
            and (when := self.published.said(self.document, table, key, "launched"))
            and not any(
                same_date(d["date"], when) and any_same(self.expand(d["subject"]), self.label(key)) for d in optional
            )
        ]

        def dated(item: Row, row: Row) -> bool:
            subject = self.expand(item["subject"])
            return same_date(item["date"], row["launched"]) and any_same(subject, self.label(row["entity"]))

        yield "launch dates", compare([d for d in dates if not d.get("optional")], found, dated)
        languages = {d["document_id"]: d["language"] for d in self.published.tables["documents"]}
        language, stated = languages.get(self.document), self.gold["language"]
        right = language == stated
        yield (
            "document language",
            Outcome([(stated, language)] if right else [], [] if right else [language], [] if right else [stated]),
        )


def names_of(item: Row) -> frozenset[str]:
    return frozenset(norm(n) for n in [item["name"], *item.get("aliases", [])])


def _aside(row: Row) -> bool:
    return row.get("status") in ("former", "planned", "invited")
