"""Enumerations: names joined by commas and joints are one group, brackets after an item are notes on it."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field

from pipeline.extract.names.brackets import Bracket
from pipeline.extract.names.part import Name
from pipeline.extract.page import Part
from pipeline.extract.relations.seats import origins, owners, seats, without_seats
from pipeline.gazetteer import load
from pipeline.text.tokens import QUOTES

ACTOR, PARTNERSHIP, PROGRAMME = "actor", "partnership", "programme"
# Organiser A, host B: words for these roles part an enumeration.
_APART = ("organise", "host", "speak")
# A word gives a name its role so many words ahead of it at most.
_BESIDE = 3
# Words for these relations make a statement of the names beside them.
_SAID = ("lead", "found", "member", "contribute", *_APART, "attend")
_CLASS = {"region": ACTOR, "organisation": ACTOR, "partnership": PARTNERSHIP, "programme": PROGRAMME}


@dataclass(slots=True)
class Group:
    """Names of one class in one enumeration, from token `first` to `last` of the part (brackets included)."""

    kind: str
    first: int
    last: int
    names: list[Name] = field(default_factory=list)


def chains(part: Part, names: list[Name], found: list[Bracket], a: int, b: int) -> list[Group]:
    """Groups among the names of tokens `[a, b)`; untyped runs take the kind of their siblings."""
    if not names:
        return []
    inside = {i: br for br in found for i in range(br.first, br.last + 1)}
    owners(part, [n for n in names if a <= n.first < b and not n.nested])
    items = [n for n in names if a <= n.first < b and not n.nested and not n.aside and n.first not in inside]
    items = [n for n in items if n.kind or not _of_event(part, n)]
    groups = _chain(part, items, found, names)
    for bracket in found:
        if a <= bracket.first < b:
            inner = [
                n for n in names if bracket.first < n.first and n.last < bracket.last and not n.nested and not n.aside
            ]
            if (
                bracket.after is None
                or bracket.after.kind != "region"
                or not inner
                or inner[0].kind not in ("region", "organisation")
            ):
                groups += _chain(part, inner, [], names)
    return without_seats(part, sorted(groups, key=lambda g: g.first))


def _of_event(part: Part, name: Name) -> bool:
    """Right behind the head noun of an event stands that event's name: the Congress Orvina."""
    return name.first > 0 and any(t[:2] == ("head", "event") for t in part.tags(name.first - 1))


def _runs(part: Part, items: list[Name], found: list[Bracket]) -> list[list[Name]]:
    runs: list[list[Name]] = []
    for name in items:
        if runs and _joined(part, runs[-1][-1], name, found):
            runs[-1].append(name)
        else:
            runs.append([name])
    return [piece for run in runs for piece in _clauses(part, run, found)]


def _clauses(part: Part, run: list[Name], found: list[Bracket]) -> list[list[Name]]:
    """In running text a semicolon parts clauses, if the names are joined by commas or words too; so does a comma with a
    joint before what begins a statement of its own."""
    marks = [{part.tokens[i].fold for i in range(a.last + 1, b.first)} for a, b in itertools.pairwise(run)]
    begun = next((n for n in range(1, len(run)) if _begins(part, run, n, marks)), None)
    if begun is not None:
        return [run[:begun], *_clauses(part, run[begun:], found)]
    if len(run) == 2 and _two_clauses(part, run[0], run[1], found):
        return [run[:1], run[1:]]
    if part.block.kind != "paragraph" or not any(";" in m for m in marks) or all(";" in m for m in marks):
        return [run]
    out = [[run[0]]]
    for name, mark in zip(run[1:], marks, strict=True):
        if ";" in mark:
            out.append([name])
        else:
            out[-1].append(name)
    return out


def _two_clauses(part: Part, left: Name, right: Name, found: list[Bracket]) -> bool:
    """It is led by A; B joined it. Koordiniert wird es von A, B ist Mitglied: no joint between two names, a word for a
    role before them and more of a clause behind them."""
    ahead = part.tokens[: left.first]
    gap = range(_end(left, found) + 1, right.first)
    if any(part.is_word(i, "and") or part.tokens[i].fold in "&+/·•" for i in gap):
        return False
    start = next((i for i in reversed(range(len(ahead))) if ahead[i].fold in ".;:?!"), -1)
    said = any(h.tag[0] == "cue" and h.tag[1] in _SAID and start < h.first < left.first for h in part.hits)
    after = _end(right, found) + 1
    goes_on = after < len(part.tokens) and bool(part.tokens[after].word)
    return said and goes_on and not part.is_word(after, "and", "with", "jointly", "whence", "place_prepositions")


def _begins(part: Part, run: list[Name], n: int, marks: list[set[str]]) -> bool:
    """Organised by A, and B hosts: a comma and a joint where no comma parts the names before, and behind the name at
    once what it does."""
    left, right = run[n - 1], run[n]
    joints = [h for h in part.hits if h.tag == ("word", "and") and left.last < h.first and h.last < right.first]
    if not joints or any(h.first < h.last for h in joints):
        return False
    if "," not in marks[n - 1] or any("," in m for m in marks[: n - 1]):
        return False
    return any(h.tag[0] == "cue" and h.tag[2] == "active" and h.first == right.last + 1 for h in part.hits)


def _chain(part: Part, items: list[Name], found: list[Bracket], everyone: list[Name]) -> list[Group]:
    groups: list[Group] = []
    for run in _runs(part, items, found):
        _adopt(run)
        seats(part, run)
        origins(part, run)
        run = [n for n in run if not n.aside]
        current: Group | None = None
        for name in run:
            kind = _CLASS.get(name.kind, "")
            if not kind:
                current = None
                continue
            end = _end(name, found)
            inner = _inside(name, found, everyone)
            if current and current.kind == kind:
                current.names += inner
                current.last = end
            else:
                current = Group(kind, name.first, end, inner)
                groups.append(current)
    return groups


def _inside(name: Name, found: list[Bracket], everyone: list[Name]) -> list[Name]:
    """The item itself; for a country with names in brackets, those: Spain (Castilla y León, Asturia)."""
    if name.kind == "region" and name.key and load().entities["region", name.key].nuts_level == 0:
        for bracket in found:
            if bracket.after is name:
                inner = [
                    n
                    for n in everyone
                    if bracket.first < n.first
                    and n.last < bracket.last
                    and not n.nested
                    and not n.aside
                    and n.kind in ("region", "organisation")
                ]
                return inner or [name]
    return [name]


def _end(name: Name, found: list[Bracket]) -> int:
    last = name.last
    for bracket in found:
        if bracket.after is name:
            last = bracket.last
    return last


def _adopt(run: list[Name]) -> None:
    """Give untyped runs the kind of their typed siblings; three typed of one kind outvote a town."""
    kinds = [n.kind for n in run if n.kind and n.kind != "town"]
    if not kinds:
        return
    actors = sum(k in ("region", "organisation") for k in kinds)
    partnerships = sum(k == "partnership" for k in kinds)
    for name in run:
        if name.kind == "" or (name.kind == "town" and name.rule == "sibling"):
            if name.plain or (name.initial and not name.strong and len(run) < 3):
                continue
            if actors > partnerships:
                if kinds.count("region") == len(kinds) > 1 and not name.strong and name.size <= 3:
                    continue  # among regions alone it may as well be one more region, which no list holds
                name.kind, name.rule, name.confidence = (
                    "organisation",
                    "sibling",
                    0.7 if name.strong or len(run) > 3 else 0.55,
                )
            elif partnerships and name.strong:
                name.kind, name.subkind, name.rule, name.confidence = "partnership", "project", "sibling", 0.6


def _opener(part: Part, name: Name) -> str | None:
    """The word right before a name, or one of a relation before its article: led by the A, by B and by C repeats it
    before each."""
    right = at = name.first - 1
    while at > 0 and part.is_word(at, "articles", "elisions") and not _agent(part, at):
        at -= 1
    return part.tokens[at if _agent(part, at) else right].fold if name.first else None


def _agent(part: Part, i: int) -> bool:
    """Whether a word of the sentence's relations ends in this one: led by."""
    return any(h.tag[0] == "cue" and part.tokens[h.last].fold == part.tokens[i].fold for h in part.hits)


def _parts(part: Part, left: Name, relation: str) -> bool:
    """The lead is A, and partners B and C: a word for another role than the one that the first name has."""
    return relation in _APART or any(
        h.tag[0] == "cue" and h.tag[1] in _SAID and h.tag[1] != relation and 0 < left.first - h.last <= _BESIDE
        for h in part.hits
    )


def _joined(part: Part, left: Name, right: Name, found: list[Bracket]) -> bool:
    start = _end(left, found) + 1
    gap = range(start, right.first)
    if len(gap) > 7:
        return False
    joint = plain = 0
    for i in gap:
        token = part.tokens[i]
        if token.fold == "·" and not token.space:
            return False  # The Greek semicolon; a dot that parts the items of a line has spaces around it.
        if token.fold in {",", ";", "/", "·", "•"} and not (token.fold == "/" and part.tokens[i].space):
            joint += 1
            if token.fold == ";":
                joint += 0
        elif token.fold in QUOTES or token.fold in {"&", "+"}:
            joint += token.fold in {"&", "+"}
        elif not token.word and not (token.fold == "." and part.is_word(i, "topics")):
            return False
        elif part.is_word(i, "and"):
            joint += 1
        elif (
            part.is_word(i, "articles", "elisions", "all")
            or (left.rule == right.rule == "topic" and part.is_word(i, "topics"))
            or (
                joint
                and token.fold == _opener(part, left)
                and (_agent(part, i) or not part.is_word(i, "place_prepositions"))
            )
        ):
            continue
        elif part.is_word(i, "relatives", "contrast", "except", "self", "former", "latter") or any(
            (t[0] == "cue" and t[1] not in ("part_of", "fund") and (t[2] != "label" or _parts(part, left, t[1])))
            or t[0] == "status"
            for t in part.tags(i)
        ):
            return False
        elif any(t[0] == "head" and t[1] in ("organisation", "partnership") for t in part.tags(i)) and joint:
            continue
        else:
            plain += 1
            if not joint or len(token.text) < 5:
                return False
    return joint > 0 and plain <= 1
