"""Partnerships enumerated behind one head noun: the projects X, Y and Z; three networks: X, Y and Z."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.names.name import Name
from pipeline.extract.page import Part
from pipeline.text.tokens import QUOTES

# Between the head noun that is counted and the colon stand so many words at most.
_COLON = 8
# Longer series are no enumeration of one head noun.
_MOST = 9


def type_by_series(part: Part, found: list[Name]) -> None:
    """What a comma or joint ties to a name behind a head noun in the plural, or what stands behind the colon in the
    number that the head noun was counted with, is of that head noun's kind."""
    _behind_head(part, found)
    _behind_colon(part, found)


def _behind_head(part: Part, found: list[Name]) -> None:
    for name in found:
        if name.kind != "partnership" or name.rule not in ("head", "topic") or not _head_before(part, name):
            continue
        series = _series(part, found, name)
        if len(series) > 1 and all(_open(n) for n in series[1:]) and _ends_series(part, series):
            for other in series[1:]:
                _type(other, name.subkind)


def _behind_colon(part: Part, found: list[Name]) -> None:
    for i, token in enumerate(part.tokens):
        if token.fold not in (":", "–") or i + 1 >= len(part.tokens):
            continue
        a, _ = part.sentences[part.sentence_of(i)]
        heads = [h for h in part.hits if h.tag[:2] == ("head", "partnership") and max(a, i - _COLON) <= h.first < i]
        first = next((n for n in found if i < n.first <= i + 3 and not n.nested), None)
        if not heads or first is None or any(heads[0].first <= n.last and n.first < i for n in found if n.kind):
            continue
        series = _series(part, found, first)
        if _count(part, heads[0].first) == len(series) and all(_open(n) or n.kind == "partnership" for n in series):
            for name in series:
                if not name.kind:
                    _type(name, heads[0].tag[2])


def _head_before(part: Part, name: Name) -> bool:
    """Whether the head noun of a name stands before it."""
    at = name.first - 1
    while at >= 0 and part.tokens[at].fold in QUOTES:
        at -= 1
    return at >= 0 and any(h.tag[:2] == ("head", "partnership") and h.last == at for h in part.hits)


def _series(part: Part, found: list[Name], first: Name) -> list[Name]:
    """A name and those that commas and joints alone tie to it, one after the other."""
    out = [first]
    for name in sorted((n for n in found if not n.nested), key=lambda n: n.first):
        if name.first <= out[-1].last:
            continue
        gap = [i for i in range(out[-1].last + 1, name.first) if part.tokens[i].fold not in QUOTES]
        tied = all(part.tokens[i].fold == "," or part.is_word(i, "and", "articles") for i in gap)
        if not gap or not tied or len(out) >= _MOST:
            break
        out.append(name)
    return out


def _ends_series(part: Part, series: Sequence[Name]) -> bool:
    """Whether a joint stands before the last name, and no clause begins there: A and B; A, B and C."""
    gap = range(series[-2].last + 1, series[-1].first)
    begins = any(h.tag[0] == "cue" and h.tag[2] == "active" and h.first == series[-1].last + 1 for h in part.hits)
    comma = len(series) == 2 and any(part.tokens[i].fold == "," for i in gap)
    return any(part.is_word(i, "and") for i in gap) and not comma and not begins


def _count(part: Part, head: int) -> int | None:
    """The number right before a head noun, or before the adjective in front of it."""
    for i in range(head - 1, max(-1, head - 4), -1):
        hit = next((h for h in part.hits if h.tag == ("number",) and h.first == i == h.last), None)
        if hit is not None and hit.value is not None:
            return int(float(hit.value))
        if part.tokens[i].text.isdigit():
            return int(part.tokens[i].text)
        if not part.tokens[i].word:
            return None
    return None


def _open(name: Name) -> bool:
    """Whether a name of no known kind may be one of the series."""
    return not name.kind and not name.key


def _type(name: Name, subkind: str | None) -> None:
    name.kind, name.subkind, name.rule, name.confidence = "partnership", subkind, "series", 0.65
