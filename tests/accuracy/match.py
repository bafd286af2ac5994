"""When a published thing is the annotated one, and which goes with which."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cache
from typing import Any

ALIKE, ALIKE_EVENT = 0.88, 0.75
_ARTICLES = re.compile(r"^(the|a|an|der|die|das|le|la|les|l|el|los|las|il|lo|gli|i|de|het|o|os|as|az|το|η|ο|τα)\s+")
_COMPASS = re.compile(
    r"\b(north|south|east|west|nord|sud|sur|est|ouest|oeste|norr|syd|ost|vast|pohjois|etela|ita|lansi|eszak|del|kelet"
    r"|nyugat)\w*"
)
_NUMBER = re.compile(r"\d+")
Item = Any
"""An annotation (dict) or something published (identifier or row)."""


@cache
def norm(text: str) -> str:
    """A name without case, accents, punctuation and leading article."""
    text = unicodedata.normalize("NFKD", text).casefold()
    text = "".join(c for c in text if not unicodedata.combining(c))
    return _ARTICLES.sub("", re.sub(r"[^\w+]+", " ", text).strip())


@cache
def same(a: str, b: str) -> bool:
    """Normalised names are equal or nearly so (an ending, a plural); numbers and compass words must agree."""
    if a == b:
        return True
    if min(len(a), len(b)) < 5 or any(p.findall(a) != p.findall(b) for p in (_NUMBER, _COMPASS)):
        return False
    return _ratio(a, b, ALIKE)


def any_same(left: Collection[str], right: Collection[str]) -> bool:
    """Some name of the one is the same as some name of the other."""
    return any(same(a, b) for a in left for b in right)


@cache
def same_event(a: str, b: str) -> bool:
    """Names of events are often the text's own phrase: one may hold all words of the other, if it has two."""
    if same(a, b) or _ratio(a, b, ALIKE_EVENT):
        return True
    short, long = sorted((set(a.split()), set(b.split())), key=len)
    return short <= long and len(short) >= 2


def same_date(gold: str, found: str | None) -> bool:
    """Equal beside marks of doubt; or the year, which the source does not give, inferred and marked."""
    found = str(found or "").split("/")[0]
    bare = found.rstrip("?~%")
    if gold == bare:
        return True
    return gold.startswith("XXXX") and found != bare and len(gold) == len(bare) and gold[4:] == bare[4:]


def _ratio(a: str, b: str, least: float) -> bool:
    matcher = SequenceMatcher(None, a, b)
    # The two quick ratios are upper bounds.
    return matcher.real_quick_ratio() >= least and matcher.quick_ratio() >= least and matcher.ratio() >= least


@dataclass(slots=True)
class Outcome:
    """One kind of thing in one document: pairs that match, what is published and wrong, what is missing."""

    right: list[tuple[Item, Item]] = field(default_factory=list)
    wrong: list[Item] = field(default_factory=list)
    missing: list[Item] = field(default_factory=list)

    @property
    def counts(self) -> tuple[int, int, int]:
        """True positives, false positives, false negatives."""
        return len(self.right), len(self.wrong), len(self.missing)


def compare(
    gold: Sequence[Item],
    found: Sequence[Item],
    equal: Callable[[Item, Item], bool],
    spare: Callable[[Item], bool] = lambda item: False,
    first: Callable[[Item, Item], bool] | None = None,
) -> Outcome:
    """Match one to one, in order. `first` is a stricter equality tried before `equal`.

    What matches an optional annotation, or is `spare`, is neither right nor wrong.
    """
    must = [g for g in gold if not g.get("optional")]
    may = [g for g in gold if g.get("optional")]
    hit = _greedy(must, found, first or equal)
    if first:
        left = [f for f in range(len(found)) if f not in hit.values()]
        sure = {left[f] for f in _greedy(may, [found[f] for f in left], first).values()}
        rest, pool = [g for g in range(len(must)) if g not in hit], [f for f in left if f not in sure]
        more = _greedy([must[g] for g in rest], [found[f] for f in pool], equal)
        hit |= {rest[g]: pool[f] for g, f in more.items()}
    free = [found[f] for f in range(len(found)) if f not in hit.values()]
    return Outcome(
        right=[(must[g], found[f]) for g, f in sorted(hit.items())],
        wrong=[f for f in free if not spare(f) and not any(equal(g, f) for g in may)],
        missing=[item for g, item in enumerate(must) if g not in hit],
    )


def _greedy(gold: Sequence[Item], found: Sequence[Item], equal: Callable[[Item, Item], bool]) -> dict[int, int]:
    free, hit = list(range(len(found))), {}
    for g, item in enumerate(gold):
        for f in free:
            if equal(item, found[f]):
                hit[g] = f
                free.remove(f)
                break
    return hit
