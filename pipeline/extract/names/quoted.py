"""Titles in quotes beside a head noun are one name, whatever places stand in them: tinklas „Šiaurės kooperatyvai“."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.extract.names.name import Name
from pipeline.extract.page import Part
from pipeline.text.tokens import QUOTES

_LONGEST = 9
_PARTS = ("region", "town", "partnership")


def without_places(part: Part, known: list[Name]) -> list[Name]:
    """The listed names but for places and themes that are only a part of such a title."""
    titles = list(_titles(part))
    return [n for n in known if n.kind not in _PARTS or not any(_within(n, *title) for title in titles)]


def _within(name: Name, first: int, last: int) -> bool:
    return first <= name.first and name.last <= last and name.size < last - first + 1


def _titles(part: Part) -> Iterator[tuple[int, int]]:
    """First and last token of what stands in quotes right behind or before the head noun of a partnership."""
    tokens = part.tokens
    i = 0
    while i < len(tokens):
        if tokens[i].fold in QUOTES:
            close = next(
                (j for j in range(i + 1, min(i + 2 + _LONGEST, len(tokens))) if tokens[j].fold in QUOTES), None
            )
            if close is not None and close > i + 2 and tokens[i + 1].text[0].isupper() and _headed(part, i, close):
                if not any(tokens[k].fold in ".?!;" for k in range(i, close)):
                    yield i + 1, close - 1
                i = close
        i += 1


def _headed(part: Part, opening: int, closing: int) -> bool:
    heads = (opening - 1, closing + 1)
    return any(0 <= i < len(part.tokens) and any(t[:2] == ("head", "partnership") for t in part.tags(i)) for i in heads)
