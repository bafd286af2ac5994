"""Which NUTS codes mean one and the same territory, and the code that stands for all of them."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field

from pipeline.gazetteer.tables import Row, fold

EDITIONS = (2016, 2021, 2024)


@dataclass(slots=True)
class Territories:
    """Codes joined into classes; `key` gives the code that names the class of a code."""

    rows: dict[str, Row]
    key: dict[str, str] = field(default_factory=dict)
    leaves: dict[str, frozenset[str]] = field(default_factory=dict)

    def by_members(self, codes: list[str]) -> str | None:
        """The key of the region that consists of exactly these regions, if there is one."""
        wanted = frozenset[str]().union(*(self.leaves[self.key[code]] for code in codes))
        found = [key for key, leaves in self.leaves.items() if leaves == wanted]
        return found[0] if found else None

    def parent(self, key: str) -> str:
        """The key of the next larger territory, empty for a country."""
        code = self.rows[key]["parent_code"]
        while code and self.key[code] == key:
            code = self.rows[code]["parent_code"]
        return self.key[code] if code else ""

    def level(self, key: str) -> int:
        """The NUTS level of a key, 0 (country) to 3."""
        return int(self.rows[key]["level"])


def editions(row: Row) -> tuple[int, ...]:
    """The editions in which the code of a regions.csv row stands; not established counts as standing."""
    return tuple(e for e in EDITIONS if row[f"valid_{e}"] != "false")


def latest(row: Row) -> int:
    """The latest edition in which the code stands."""
    return editions(row)[-1]


def territories(rows: list[Row]) -> Territories:
    """Join codes of one territory, first within each edition, then old codes with the code that took them over."""
    result = Territories({row["nuts_code"]: row for row in rows})
    leader = {code: code for code in result.rows}
    for edition in EDITIONS:
        for codes in _same_leaves(result.rows, edition):
            _join(leader, codes)
    for code, row in result.rows.items():
        successor = _same_name_successor(result.rows, code)
        if successor and latest(row) != EDITIONS[-1]:
            _join(leader, [code, successor])
    classes: dict[str, list[str]] = defaultdict(list)
    for code in result.rows:
        classes[_find(leader, code)].append(code)
    for codes in classes.values():
        chosen = _representative(result.rows, codes)
        result.key.update(dict.fromkeys(codes, chosen))
    _fill_leaves(result)
    return result


def _smallest(rows: dict[str, Row], edition: int) -> dict[str, set[str]]:
    """For every code of an edition the smallest codes in it, itself where nothing is smaller.

    Goes by the parents that are given: UKN10 lies in UKN0, though its code does not say so.
    """
    standing = {code for code, row in rows.items() if edition in editions(row)}
    larger = {rows[code]["parent_code"] for code in standing}
    inside: dict[str, set[str]] = defaultdict(set)
    for leaf in standing - larger:
        code = leaf
        while code:
            inside[code].add(leaf)
            code = rows[code]["parent_code"]
    return inside


def _same_leaves(rows: dict[str, Row], edition: int) -> list[list[str]]:
    """Groups of codes that hold the same smallest codes in one edition."""
    groups: dict[frozenset[str], list[str]] = defaultdict(list)
    for code, leaves in _smallest(rows, edition).items():
        groups[frozenset(leaves)].append(code)
    return [codes for codes in groups.values() if len(codes) > 1]


def _same_name_successor(rows: dict[str, Row], code: str) -> str | None:
    """The code of the same level and name among those that took over the territory, directly or in turn."""
    seen: set[str] = set()
    todo = rows[code]["successor_codes"].split()
    while todo:
        successor = todo.pop(0)
        if successor in seen or successor not in rows:
            continue
        seen.add(successor)
        row = rows[successor]
        if row["level"] == rows[code]["level"] and _bare(row["name"]) == _bare(rows[code]["name"]):
            return successor
        todo += row["successor_codes"].split()
    return None


def _bare(name: str) -> str:
    return fold(re.sub(r"\s*\(.*?\)", "", name))


def _find(leader: dict[str, str], code: str) -> str:
    while leader[code] != code:
        code = leader[code]
    return code


def _join(leader: dict[str, str], codes: list[str]) -> None:
    first = _find(leader, codes[0])
    for code in codes[1:]:
        leader[_find(leader, code)] = first


def _representative(rows: dict[str, Row], codes: list[str]) -> str:
    """Of the codes in the latest edition, that of the largest unit."""
    newest = max(latest(rows[code]) for code in codes)
    return min((c for c in codes if latest(rows[c]) == newest), key=lambda c: (len(c), c))


def _fill_leaves(result: Territories) -> None:
    """Note for every key the smallest codes of its own latest edition."""
    inside = {edition: _smallest(result.rows, edition) for edition in EDITIONS}
    for key in sorted(set(result.key.values())):
        result.leaves[key] = frozenset(inside[latest(result.rows[key])][key])
