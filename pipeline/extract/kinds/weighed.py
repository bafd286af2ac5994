"""What an unknown name is, weighed from every place of the document where it stands.

A logistic model over the signs of `signs`, the same for all languages, tells bodies and partnerships from all else.
`weighed.csv` holds the weights; `python -m tests.accuracy.fit` fits them on annotated documents. No rule's opinion is
among the signs: rules were written with most of those documents, and are too right there.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from functools import lru_cache
from math import exp
from pathlib import Path

from pipeline.extract.cast import folded
from pipeline.extract.kinds.signs import signs
from pipeline.extract.names.name import WEIGHED, Name
from pipeline.extract.page import Page
from pipeline.extract.reading import Reading

FILE = Path(__file__).parent / "weighed.csv"
CONSTANT, PLACES = "constant", "places"
KINDS, NEITHER = ("organisation", "partnership"), "neither"
# A name is taken for what it is more likely to be than all else together.
_LEAST = 0.5
# Plain words in capitals may be a person whom no list knows: people act as bodies do.
_LEAST_PLAIN = 0.75
# More places tell no more.
_ENOUGH = 4


@lru_cache(maxsize=1)
def weights() -> dict[str, dict[str, float]]:
    """Kind -> sign -> weight; what is not in it weighs nothing."""
    out: dict[str, dict[str, float]] = defaultdict(dict)
    with FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            out[row["kind"]][row["sign"]] = float(row["weight"])
    return dict(out)


def unknown(page: Page, out: list[Reading]) -> dict[str, tuple[list[Name], dict[str, float]]]:
    """Each name of the document that nothing has typed, folded: all its places, and what they show together."""
    found: dict[str, tuple[list[Name], dict[str, float]]] = {}
    for reading in out:
        for name in reading.names:
            if name.kind or name.nested:
                continue
            tokens = reading.part.tokens
            places, seen = found.setdefault(
                folded(page.text[tokens[name.first].start : tokens[name.last].end]), ([], {})
            )
            places.append(name)
            below = out[reading.part.index + 1].part if reading.part.index + 1 < len(out) else None
            seen.update(dict.fromkeys(signs(page, reading.part, reading.names, name, below), 1.0))
    for places, seen in found.values():
        seen[PLACES] = float(min(len(places), _ENOUGH))
    return found


def type_by_weight(page: Page, out: list[Reading]) -> None:
    """Type the unknown names that are more likely a body, or a partnership, than anything else."""
    for places, seen in unknown(page, out).values():
        likely, kind = max((chance, kind) for kind, chance in chances(seen).items() if kind != NEITHER)
        plain = kind == "organisation" and not any(n.strong for n in places)
        if likely < (_LEAST_PLAIN if plain else _LEAST):
            continue
        for name in places:
            name.kind, name.rule, name.confidence = kind, WEIGHED, round(likely, 2)
            name.subkind = "project" if kind == "partnership" else None


def chances(seen: dict[str, float]) -> dict[str, float]:
    """How likely a name with these signs is of each kind, or neither."""
    odds = {
        kind: exp(model[CONSTANT] + sum(model.get(sign, 0.0) * value for sign, value in seen.items()))
        for kind, model in weights().items()
    }
    return {kind: value / sum(odds.values()) for kind, value in odds.items()}
