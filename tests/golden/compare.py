"""What is published of the five documents in seeds/ beside what people read in them.

`python -m tests.golden.compare` lists what is missing and what is wrong; `--write-floors` sets the floors anew.
"""

from __future__ import annotations

import math
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.read import read_folder
from pipeline.settings import PROJECT, Settings
from tests.accuracy.match import norm, same, same_date, same_event
from tests.accuracy.published import Published, Row, publish

SLACK = 0.02
GOLDEN = Path(__file__).with_name("seeds.toml")
NAMED = ("organisations", "partnerships", "programmes")
TABLES = ("regions", *NAMED, "events", "values", "memberships", "attendances", "links", "agenda", "figures")
VALUES = {
    "partnerships": ("kind", "platform", "launched", "ended"),
    "programmes": ("launched", "ended"),
    "events": (
        *("kind", "edition", "starts", "ends", "start_time", "end_time", "timezone", "mode", "place", "country_code"),
    ),
}
ENDS = {
    "memberships": ("participant_id", "role", "partnership_id"),
    "attendances": ("participant_id", "role", "event_id"),
    "links": ("subject_id", "relation", "object_id"),
}


@dataclass
class Found:
    """One table: rows demanded that are there, rows demanded that are not, rows published that are not right."""

    right: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    spare: int = 0

    @property
    def precision(self) -> float:
        good = len(self.right) + self.spare
        return good / (good + len(self.wrong)) if good + len(self.wrong) else 1.0

    @property
    def recall(self) -> float:
        return len(self.right) / (len(self.right) + len(self.missing)) if self.right or self.missing else 1.0


@cache
def seeds() -> Published:
    """The five documents alone, without register and corrections."""
    settings = Settings(work=PROJECT / ".work" / "accuracy" / "seeds")
    return publish([d for d in read_folder(settings.seeds, settings) if d.media_type == "text/plain"], settings)


@cache
def golden() -> dict[str, Any]:
    return tomllib.loads(GOLDEN.read_text(encoding="utf-8"))


class Comparison:
    """Golden rows against published ones, table by table."""

    def __init__(self, published: Published, gold: dict[str, Any]) -> None:
        self.published, self.gold = published, gold
        self.documents = {d.document_id[:3]: d.document_id for d in published.documents}
        self._labels: dict[str, set[str]] = {}
        for entity in published.kinds:
            self._labels[entity] = set().union(*(published.label(d, entity) for d in self.documents.values()))

    def table(self, name: str) -> Found:
        """How right one table is."""
        if name == "regions":
            return self._regions()
        if name in (*NAMED, "events"):
            return self._entities(name)
        return self._values() if name == "values" else self._agenda() if name == "agenda" else self._facts(name)

    def named(self, key: str, entity: str | None) -> bool:
        """Whether a published entity is the thing of this key, or the region of this NUTS code."""
        if entity is None:
            return False
        kind = self.published.kinds[entity]
        if kind == "region":
            return bool(self.published.regions[entity]["nuts_code"] == key)
        if kind == "event":
            return key in self.gold["events"] and self._event(self.gold["events"][key], entity)
        return any(
            norm(name) in self._labels[entity]
            for table in NAMED
            for name in self.gold[table].get(key, {"names": []})["names"]
        )

    def never(self) -> Iterator[str]:
        """Rows that must not exist and do."""
        for table, rows in self.gold["never"].items():
            if table in ENDS:
                for item in rows:
                    for row in self.published.of(self.documents[item["in"]], table):
                        if self._fits(table, item, row):
                            yield f"{table}: {self._show(table, row)}"
        for name in self.gold["never"]["names"]:
            for kind in ("organisations", "partnerships", "programmes", "events"):
                yield from (
                    f"{kind}: {r['name']}" for r in self.published.tables[kind] if norm(r["name"]) == norm(name)
                )
        for item in self.gold["never"]["values"]:
            for entity, column, value in self._published_values():
                about = "of" not in item or self.named(item["of"], entity)
                if about and column == item["column"] and item.get("value", value) == value:
                    yield f"values: {entity}.{column} = {value}"

    def zones(self) -> Iterator[str]:
        """Mentions that stand in a zone other than the one that a reader sees them in."""
        for zone, items in self.gold["zones"].items():
            for row in self.published.tables["mentions"]:
                for item in items:
                    here = row["document_id"] == self.documents[item["in"]]
                    if here and row["zone"] != zone and self.named(item["who"], row["entity_id"]):
                        yield f"{item['in']}: {row['text']} in {row['zone']}, not {zone}"

    def _regions(self) -> Found:
        found = Found()
        required, optional = (self.gold["regions"][k] for k in ("required", "optional"))
        stated = {i for facts in self.published.facts.values() for t, i in facts if t == "regions"}
        codes = {self.published.regions[r]["nuts_code"] or r for r in stated}
        found.right, found.missing = [c for c in required if c in codes], [c for c in required if c not in codes]
        found.wrong = sorted(codes - set(required) - set(optional))
        found.spare = len(codes & set(optional))
        return found

    def _entities(self, table: str) -> Found:
        kind = table[:-1]
        rows = self.published.tables[table]
        # An event with a date says better which one it is than one without.
        free = [r[f"{kind}_id"] for r in sorted(rows, key=lambda r: table == "events" and r["starts"] is None)]
        things = self.gold[table]

        def is_it(key: str, entity: str) -> bool:
            if table == "events":
                return self._event(things[key], entity)
            return any(norm(name) in self._labels[entity] for name in things[key]["names"])

        return _one_to_one(
            [(key, bool(item.get("optional")), lambda e, key=key: is_it(key, e)) for key, item in things.items()],
            free,
            str,
        )

    def _event(self, item: Row, event: str) -> bool:
        row = self.published.rows["events"][event]
        if ("events", event) not in self.published.facts[self.documents[item["in"]]]:
            return False
        if item.get("starts") and row["starts"]:
            starts = item["starts"].rstrip("?")
            return same_date(starts, row["starts"]) or starts[4:] == row["starts"].rstrip("?")[4:]
        alike = same if item.get("starts") else same_event
        return any(alike(norm(name), label) for name in item["names"] for label in self._labels[event])

    def _published_values(self) -> Iterator[tuple[str, str, Any]]:
        for table, columns in VALUES.items():
            for row in self.published.tables[table]:
                yield from ((row[f"{table[:-1]}_id"], c, row[c]) for c in columns if row[c] is not None)

    def _values(self) -> Found:
        """Values of the things that are there; things that are not count in their own table."""
        wanted = []
        for table, columns in VALUES.items():
            for key, item in self.gold[table].items():
                for column in (c for c in columns if c in item):
                    value, optional = item[column], bool(item.get("optional"))
                    if isinstance(value, dict):
                        value, optional = value["optional"], True

                    def fits(
                        found: tuple[str, str, Any], key: str = key, column: str = column, value: Any = value
                    ) -> bool:
                        return found[1] == column and found[2] in _either(value) and self.named(key, found[0])

                    wanted.append((f"{key}.{column} = {value}", optional, fits))
        return _one_to_one(wanted, list(self._published_values()), lambda f: f"{f[0]}.{f[1]} = {f[2]}")

    def _facts(self, table: str) -> Found:
        wanted = []
        for item in self.gold["facts"][table]:
            words = (item["in"], item.get("who", ""), item.get("role", item.get("measure", "")))
            label = " ".join(str(w) for w in (*words, item.get("value", ""), item.get("of", "")) if w)
            wanted.append((label, bool(item.get("optional")), lambda row, item=item: self._fits(table, item, row)))
        rows = [r for d in self.documents.values() for r in self.published.of(d, table)]
        unique = list({r[f"{table[:-1]}_id"]: r for r in rows}.values())
        return _one_to_one(wanted, unique, lambda row: self._show(table, row))

    def _fits(self, table: str, item: Row, row: Row) -> bool:
        document, key = self.documents[item["in"]], row[f"{table[:-1]}_id"]
        if (table, key) not in self.published.facts[document]:
            return False
        if table == "figures":
            equal = all(item[c] == row[c] for c in ("measure", "value", "qualifier"))
            return equal and ("of" not in item or self.named(item["of"], row["subject_id"]))
        who, role, of = (row[column] for column in ENDS[table])
        return (
            self.named(item["who"], who)
            and self.named(item["of"], of)
            and ("role" not in item or role in _either(item["role"]))
            and ("for" not in item or self.named(item["for"], row["on_behalf_of_id"]))
            and (not item.get("inferred") or self._inferred(document, key))
        )

    def _inferred(self, document: str, key: str) -> bool:
        rows = [r for r in self.published.tables["evidence"] if (r["row_id"], r["document_id"]) == (key, document)]
        return any(r["inferred"] for r in rows)

    def _agenda(self) -> Found:
        found = Found()
        rows = self.published.tables["agenda"]
        said: set[str] = set()
        for item in self.gold["facts"]["agenda"]:
            hits = [
                row["agenda_id"]
                for row in rows
                if any(self.named(key, row["subject_id"]) for key in _either(item["of"]))
                and row["kind"] in _either(item["kind"])
                and (norm(item["text"]) in norm(row["text"]) or norm(row["text"]) in norm(item["text"]))
            ]
            said.update(hits)
            if not item.get("optional"):
                label = f"{item['in']} {item['of']} {item['kind']}: {item['text']}"
                (found.right if hits else found.missing).append(label)
        found.wrong = [f"{r['subject_id']} {r['kind']}: {r['text']}" for r in rows if r["agenda_id"] not in said]
        found.spare = len(said) - len(found.right) if len(said) > len(found.right) else 0
        return found

    def _show(self, table: str, row: Row) -> str:
        if table == "figures":
            return f"{row['subject_id'] or row['subject_text']} {row['measure']} {row['value']:g} {row['qualifier']}"
        rest = f" for {row['on_behalf_of_id']}" if row.get("on_behalf_of_id") else ""
        return " ".join(str(row[c]) for c in ENDS[table]) + rest


def _one_to_one(wanted: list[tuple[str, bool, Any]], free: list[Any], show: Any) -> Found:
    """Each golden row takes one published row; what demands more comes first."""
    found = Found()
    for label, optional, fits in sorted(wanted, key=lambda w: w[1]):
        hit = next((f for f in free if fits(f)), None)
        if hit is not None:
            free.remove(hit)
            found.spare += optional
            if not optional:
                found.right.append(label)
        elif not optional:
            found.missing.append(label)
    found.wrong = [show(f) for f in free]
    return found


def _either(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def report(comparison: Comparison) -> Iterator[str]:
    """Precision and recall by table, and every miss."""
    for name in TABLES:
        found = comparison.table(name)
        counts = f"{len(found.right)} of {len(found.right) + len(found.missing)}, {len(found.wrong)} wrong"
        yield f"{name:14} precision {found.precision:.2f}  recall {found.recall:.2f}  ({counts})"
        yield from (f"    missing  {label}" for label in found.missing)
        yield from (f"    wrong    {label}" for label in found.wrong)
    for title, rows in (("must not exist", comparison.never()), ("zone", comparison.zones())):
        yield from (f"{title:14} {row}" for row in rows)


def write_floors(comparison: Comparison) -> None:
    """Put the floors in seeds.toml a little below what is measured now."""
    lines = ["[floors]"]
    for name in TABLES:
        found = comparison.table(name)
        precision, recall = (max(0.0, math.floor((x - SLACK) * 100) / 100) for x in (found.precision, found.recall))
        lines.append(f"{name} = {{ precision = {precision}, recall = {recall} }}")
    lines.append(f"never = {len(list(comparison.never()))}")
    text = GOLDEN.read_text(encoding="utf-8")
    before, rest = text.split("[floors]\n", 1)
    GOLDEN.write_text(before + "\n".join(lines) + "\n\n" + rest.split("\n\n", 1)[1], encoding="utf-8")


if __name__ == "__main__":
    against = Comparison(seeds(), golden())
    print("\n".join(report(against)))
    if "--write-floors" in sys.argv[1:]:
        write_floors(against)
