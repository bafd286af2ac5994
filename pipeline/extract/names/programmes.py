"""Programmes of a family named by the countries they join: Interreg Italija–Hrvatska, Interreg VI-A Greece-Bulgaria."""

from __future__ import annotations

import csv
from functools import lru_cache

from pipeline.extract.names.name import Name
from pipeline.extract.page import Part
from pipeline.extract.words.known import FOLDER
from pipeline.extract.words.spelling import is_strong
from pipeline.gazetteer import load
from pipeline.text.tokens import Token, tokenise

LONGEST = 8


def family_names(part: Part, known: list[Name]) -> list[Name]:
    """The known names; those of families grow over the countries and words that tell which member is meant."""
    held = {n.first: n for n in known}
    for name in [n for n in known if n.kind == "programme" and n.key in families()]:
        last, countries = _reach(part, name.last, held)
        if last == name.last:
            continue
        key = _members().get((name.key or "", frozenset(countries))) if len(countries) > 1 else None
        inside = [n for n in known if name.last < n.first <= last]
        while name.first < name.last and part.tokens[name.first].text.islower():
            name.first += 1  # programu Interreg Rakousko–Česko: the noun in small letters is not in the name.
        name.last, name.key, name.rule, name.confidence = last, key, "known" if key else "family", 0.85
        name.readings = tuple(r for r in name.readings if key is not None and r.key == key)
        for other in inside:
            known.remove(other)
    return known


def _reach(part: Part, last: int, held: dict[int, Name]) -> tuple[int, list[str]]:
    """The last token of what belongs to the name behind its family's word, and the countries in it."""
    tokens, countries = part.tokens, []
    i = last + 1
    while i < min(last + 1 + LONGEST, len(tokens)):
        token = tokens[i]
        inner = held.get(i)
        if inner is not None and inner.kind in ("region", "town"):
            if inner.key and len(inner.key) == 2:
                countries.append(inner.key)
            last = inner.last
        elif (_code(token) and (inner is None or inner.size == 1)) or (
            last == i - 1 and inner is None and _plain(part, i)
        ):
            last = i
        elif not (token.fold == "–" and last == i - 1 and _goes_on(tokens, i + 1)):
            break
        i = max(i, last) + 1
    return _topic(part, last), countries


def _topic(part: Part, last: int) -> int:
    """A name that ends in the noun for a programme: Interreg Läänemere piirkonna programm."""
    tokens = part.tokens
    for i in range(last + 1, min(last + 6, len(tokens))):
        small = not tokens[i].capital and not tokens[i].glue and not part.is_word(i, "territories")
        if any(t[:2] == ("head", "programme") for t in part.tags(i)):
            return i if i > last + 1 else last
        if not tokens[i].word or small:
            break
    return last


def _code(token: Token) -> bool:
    return token.word and token.text.isupper() and token.text.isalpha()


def _plain(part: Part, i: int) -> bool:
    """A word with a capital that no list of the pack holds: Interreg Itämeri, Interreg Italia-Malta."""
    token = part.tokens[i]
    return token.word and token.capital and token.text.isalpha() and not is_strong(token) and not part.tags(i)


def _goes_on(tokens: list[Token], i: int) -> bool:
    return i < len(tokens) and tokens[i].word and tokens[i].capital and tokens[i].text.isalpha()


@lru_cache(maxsize=1)
def families() -> frozenset[str]:
    """Keys of programmes that are families of others."""
    with (FOLDER / "families.csv").open(encoding="utf-8", newline="") as file:
        return frozenset(row["key"] for row in csv.DictReader(file))


@lru_cache(maxsize=1)
def _members() -> dict[tuple[str, frozenset[str]], str]:
    """(family, the two or more countries that a member's names say) -> the one member of which that holds."""
    countries = {n.name: n.key for n in load().names if n.kind == "region" and len(n.key) == 2}
    found: dict[tuple[str, frozenset[str]], set[str]] = {}
    for name in load().names:
        family = name.key.partition("-")[0]
        if name.kind != "programme" or family not in families() or name.key == family:
            continue
        words = [t.text for t in tokenise(name.name) if t.word]
        said = frozenset(countries[w] for w in words if w in countries)
        if len(said) > 1:
            found.setdefault((family, said), set()).add(name.key)
    return {said: keys.pop() for said, keys in found.items() if len(keys) == 1}
