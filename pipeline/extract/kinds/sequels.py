"""Projects told by the name of another: X 2, X Plus and X II go on where X left off."""

from __future__ import annotations

import re
from collections import defaultdict

from pipeline.extract.names.name import BY_NEIGHBOURS, Name
from pipeline.extract.page import Part
from pipeline.extract.reading import Reading

# What names of successors add in every language.
_MARK = re.compile(r"[2-9]|[2-9]0|20\d\d|ii|iii|iv|plus|\+")
_LETTERS = 4
# What has a name of its own and numbers, but no successors: a programme, a region, an event.
_OTHERS = {"programme", "region", "town", "event"}


def type_by_sequel(out: list[Reading]) -> None:
    """Type unknown names that are the name of a partnership of the document and a mark more, or less."""
    families: dict[tuple[str, ...], list[tuple[str, Name]]] = defaultdict(list)
    for reading in out:
        for name in reading.names:
            stem, mark = _stem(reading.part, name)
            if len("".join(stem)) >= _LETTERS and not (name.rule == "weak" and not mark):
                families[stem].append((mark, name))
    for family in families.values():
        names = [name for _, name in family]
        known = next((n for n in names if n.kind == "partnership"), None)
        if known is None or len({mark for mark, _ in family}) < 2 or any(n.key or n.kind in _OTHERS for n in names):
            continue
        for name in names:
            if not name.kind or (name.kind == "organisation" and name.rule in BY_NEIGHBOURS):
                name.kind, name.rule, name.confidence = "partnership", "sequel", 0.7
                name.subkind = known.subkind


def _stem(part: Part, name: Name) -> tuple[tuple[str, ...], str]:
    """The words of a name without the mark of a successor, and that mark: AgroTide Plus, AgroTide+."""
    tokens = [t.fold for t in part.tokens[name.first : name.last + 1] if t.word or t.fold == "+"]
    after = part.tokens[name.last + 1 : name.last + 2]
    if after and after[0].fold == "+" and not after[0].space:
        tokens.append("+")
    if len(tokens) > 1 and _MARK.fullmatch(tokens[-1]):
        return tuple(tokens[:-1]), tokens[-1]
    return tuple(tokens), ""
