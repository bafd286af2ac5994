"""Brackets: notes on the name before them. A country, a code, an acronym, a role, or the members of what was named."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.extract.cast import is_acronym
from pipeline.extract.names.part import Name
from pipeline.extract.page import Part
from pipeline.gazetteer import load
from pipeline.text.tokens import QUOTES, Token


@dataclass(slots=True)
class Bracket:
    """Tokens from an opening bracket to its closing one, and the name that it stands behind."""

    first: int
    last: int
    after: Name | None


def brackets(part: Part, names: list[Name]) -> list[Bracket]:
    """Bracketed stretches of a part, each with the name that stands right before it."""
    found, opened = [], -1
    for i, token in enumerate(part.tokens):
        if token.fold in "([":
            opened = i
        elif token.fold in ")]" and opened >= 0:
            before = next(
                (
                    n
                    for n in reversed(names)
                    if not n.nested
                    and n.last in (opened - 1, opened - 2)
                    and _quote_or_nothing(part, n.last + 1, opened)
                ),
                None,
            )
            if before is None:
                # The (X) partnership (…): the head noun may stand between the name and the bracket.
                before = next(
                    (
                        n
                        for n in reversed(names)
                        if n.kind == "partnership" and 0 < opened - n.last <= 3 and _heads(part, n.last + 1, opened)
                    ),
                    None,
                )
            found.append(Bracket(opened, i, before))
            opened = -1
    return found


def _heads(part: Part, a: int, b: int) -> bool:
    return all(
        part.tokens[i].fold in QUOTES or any(t[:2] == ("head", "partnership") for t in part.tags(i))
        for i in range(a, b)
    )


def _quote_or_nothing(part: Part, a: int, b: int) -> bool:
    return all(part.tokens[i].fold in QUOTES for i in range(a, b))


def read_brackets(part: Part, names: list[Name], found: list[Bracket]) -> list[Name]:
    """Note country, role and acronym of brackets on the name before; returns the names that the notes use up."""
    entities = load().entities
    used: list[Name] = []
    for bracket in found:
        inner = [n for n in names if bracket.first < n.first and n.last < bracket.last]
        words = list(part.tokens[bracket.first + 1 : bracket.last])
        name = bracket.after
        if name is None or not words:
            continue
        code = words[0].text if len(words) == 1 and len(words[0].text) == 2 and words[0].text.isupper() else None
        country = None
        if code:
            country = {"EL": "GR", "UK": "GB"}.get(code, code)
            if ("region", {"GR": "EL", "GB": "UK"}.get(country, country)) not in entities:
                country = None
        countries = [n for n in inner if n.kind == "region" and n.key and entities["region", n.key].nuts_level == 0]
        if country and len(inner) == 1 and not inner[0].kind:
            used += inner
            inner = []
        if country and not inner:
            code_name = Name(
                bracket.first + 1,
                bracket.last - 1,
                "region",
                "code",
                0.9,
                key={"GR": "EL", "GB": "UK"}.get(country, country),
                aside=True,
            )
            names.append(code_name)
        if country or (
            countries and len(inner) == len(countries) == 1 and name.kind in ("region", "organisation", "", "town")
        ):
            name.country = country or entities["region", countries[0].key or ""].country_code
            name.notes["country"] = name.country or ""
            for found_country in countries:
                found_country.aside = True
            continue
        text = "".join((" " if t.space and n else "") + t.text for n, t in enumerate(words))
        regions = [n for n in inner if n.kind == "region" and not n.aside]
        if (
            name.kind in ("organisation", "")
            and len(regions) == 1
            and not [n for n in inner if n not in regions and not n.nested]
            and name.rule != "self"
        ):
            covered = regions[0].size + sum(
                part.is_word(i, "articles", "place_prepositions") for i in range(bracket.first + 1, regions[0].first)
            )
            if covered == bracket.last - bracket.first - 1:
                regions[0].aside = True
                continue
        bodies = [n for n in inner if n.kind == "organisation" and not n.nested]
        if (
            not name.kind
            and len(bodies) == 1
            and bodies[0].first == bracket.first + 1
            and bodies[0].last == bracket.last - 1
        ):
            short = "".join(t.text for t in part.tokens[name.first : name.last + 1])
            if is_acronym(short):
                name.kind, name.subkind, name.rule, name.confidence = "organisation", bodies[0].subkind, "acronym", 0.8
                name.key, name.readings, name.notes["stands_for"] = bodies[0].key, bodies[0].readings, "yes"
                bodies[0].notes["acronym"] = short
                bodies[0].aside = True
                continue
        if _spelt_out(part, name, bracket):
            for spelt in inner:
                spelt.aside = True
            name.notes["long"] = text
            used += [n for n in inner if not n.kind or n.rule != "known"]
            continue
        if (
            (is_acronym(text) or _abbreviates(part, name, words) or _short_for(name, inner))
            and len(inner) <= 1
            and (not inner or (inner[0].first == bracket.first + 1 and inner[0].last == bracket.last - 1))
        ) and (
            not inner or not inner[0].kind or inner[0].kind == name.kind or not name.kind or _initials(part, name, text)
        ):
            name.notes["acronym"] = text
            name.notes["acronym_at"] = f"{bracket.first + 1}:{bracket.last - 1}"
            if inner and inner[0].kind and not name.kind:
                name.kind, name.key, name.subkind, name.readings = (
                    inner[0].kind,
                    inner[0].key,
                    inner[0].subkind,
                    inner[0].readings,
                )
            if inner and inner[0].key and not name.key and name.kind == inner[0].kind:
                name.key = inner[0].key
            used += inner
    return used


def _abbreviates(part: Part, name: Name, words: list[Token]) -> bool:
    """The capitals in a bracket are initials of the name before: Tallinna Tehnikaülikool (TalTech)."""
    capitals = [c for t in words for c in t.text if c.isupper()]
    initials = iter(t.text[0].upper() for t in part.tokens[name.first : name.last + 1] if t.word)
    short = len(words) <= 2 and all(t.word and t.capital for t in words)
    return name.kind == "organisation" and short and len(capitals) > 1 and all(c in initials for c in capitals)


def _initials(part: Part, name: Name, text: str) -> bool:
    """The letters of an acronym begin, in this order, the words of the body named before it, whatever else they may
    stand for: Confederação dos Agricultores de Portugal (CAP)."""
    starts = iter(t.text[0].upper() for t in part.tokens[name.first : name.last + 1] if t.word)
    letters = [c.upper() for c in text if c.isalpha()]
    return name.kind == "organisation" and name.key is None and len(letters) > 2 and all(c in starts for c in letters)


def _short_for(name: Name, inner: list[Name]) -> bool:
    """The bracket holds the short name of a listed body: Natural Resources Institute Finland (Luke)."""
    return (
        len(inner) == 1
        and inner[0].size == 1
        and inner[0].rule == "known"
        and name.key is None
        and name.kind == inner[0].kind == "organisation"
    )


def _spelt_out(part: Part, name: Name, bracket: Bracket) -> bool:
    """H2CE (Empowering H2-ready Regions in Central Europe): a bracket whose words begin with the acronym's letters."""
    short = "".join(t.text for t in part.tokens[name.first : name.last + 1])
    words = [t for t in part.tokens[bracket.first + 1 : bracket.last] if t.word]
    if (
        len(words) < 3
        or not is_acronym(short)
        or any(not t.word and t.fold not in {"&", ","} for t in part.tokens[bracket.first + 1 : bracket.last])
    ):
        return False
    letters = [c.upper() for c in short if c.isalpha()]
    starts = [t.text[0].upper() for t in words]
    return starts[0] == letters[0] and sum(c in starts for c in letters) >= 0.6 * len(letters)
