"""X (2021–2024): years behind the name that a sentence opens with tell that it is a project."""

from __future__ import annotations

import re
from collections.abc import Container

from pipeline.extract.names.name import BY_NEIGHBOURS, Name
from pipeline.extract.page import Part
from pipeline.text.tokens import QUOTES

_YEAR = re.compile(r"(19|20)\d\d")
_BRACKET = 12
# How a body is told by the list that it stands in.
_BY_LIST = {"list", "label"}


def type_by_years(part: Part, names: list[Name], since: Container[str]) -> None:
    """X (2021–2024): an unmistakable name with which a sentence opens, and years behind it, is a project, also where
    it was taken for a body because of its neighbours. `since` are the words of the language for that."""
    starts = {a for a, _ in part.sentences}
    for name in names:
        guessed = name.kind == "organisation" and name.rule in BY_NEIGHBOURS | _BY_LIST
        if not name.strong or (name.kind and not guessed):
            continue
        first = name.first - 1 if name.first and part.tokens[name.first - 1].fold in QUOTES else name.first
        if first in starts and _years(part, name, since):
            name.kind, name.subkind, name.rule, name.confidence = "partnership", "project", "years", 0.7
            part.block.entry = part.block.entry or any(t.fold == ":" for t in part.tokens[name.last + 1 :])


def _years(part: Part, name: Name, since: Container[str] = ()) -> bool:
    """X (2021–2024), X (since March 2023), X | 2021–2024, X, 2021–2024: when it ran stands right behind it."""
    tokens, i = part.tokens, _after(part, name)
    if i + 1 >= len(tokens) or tokens[i].fold not in {"(", "|", ","}:
        return False
    end = next((k for k in range(i + 1, min(i + _BRACKET, len(tokens))) if tokens[k].fold in {")", "|"}), len(tokens))
    inside = range(i + 1, min(end, i + _BRACKET))
    years = [k for k in inside if _YEAR.fullmatch(tokens[k].text)]
    if tokens[i].fold == ",":
        return years[:1] == [i + 1] and len(years) > 1 and years[1] <= i + 3
    dated = any(t[0] == "date" for k in inside for t in part.tags(k)) and not tokens[i + 1].text.isdigit()
    begun = tokens[i + 1].fold in since or (tokens[i].fold == "(" and dated)
    return len(years) > 1 or (len(years) == 1 and begun)


def _after(part: Part, name: Name) -> int:
    """The token behind a name and its closing quotes."""
    i = name.last + 1
    while i < len(part.tokens) and part.tokens[i].fold in QUOTES:
        i += 1
    return i
