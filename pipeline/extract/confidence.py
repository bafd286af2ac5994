"""Confidence that means something: the chance that a statement is right, from signs that every language shares.

A logistic model per table over the rule, its raw score, the shape of the sentence and how the document speaks of both
ends. `confidence.csv` holds the weights; `python -m tests.accuracy.fit` fits them on annotated documents. Rules were
written with most of these, so of other texts such a model is too sure: by how much was seen on a corpus that neither
rules nor weights know, and lowers every confidence. The measuring corpus checks it.
"""

from __future__ import annotations

import csv
from bisect import bisect_left
from collections import Counter, defaultdict
from dataclasses import replace
from functools import lru_cache
from math import exp, log1p
from pathlib import Path

from pipeline.extract.cast import Cast
from pipeline.model import Claim

FILE = Path(__file__).parent / "confidence.csv"
ENDS = {
    "memberships": ("participant_id", "partnership_id"),
    "attendances": ("participant_id", "event_id"),
    "links": ("subject_id", "object_id"),
    "figures": ("subject_id", "measure"),
}
"""Tables whose confidence is fitted, with the columns that hold the two ends of a statement."""
UNSEEN, SHIFT, SLOPE = "unseen", "shift", "slope"
"""Where the file says what becomes of a total of weights on texts that nobody tuned for."""
_STEPS = (0.5, 0.6, 0.7, 0.8, 0.9)
# A model that has seen some hundred statements knows of no certainty.
_LEAST, _MOST = 0.02, 0.97
# Characters: a few sentences.
_STRETCH = 512
# Characters: a few lines; and mentions that are enough to tell by.
_LINES, _SOME = 240, 60


@lru_cache(maxsize=1)
def weights() -> dict[str, dict[str, float]]:
    """Table -> sign -> weight."""
    out: dict[str, dict[str, float]] = defaultdict(dict)
    with FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            out[row["table"]][row["sign"]] = float(row["weight"])
    return dict(out)


def calibrated(claims: list[Claim], cast: Cast) -> list[Claim]:
    """The claims with their raw scores turned into confidences; tables that were never measured keep the raw score."""
    known = weights()
    unseen = known[UNSEEN]
    out = []
    for claim, signs in zip(claims, observed(claims, cast), strict=True):
        model = known.get(claim.table)
        if model is None:
            out.append(claim)
            continue
        value = min(_MOST, max(_LEAST, 1 / (1 + exp(-unseen[SHIFT] - unseen[SLOPE] * total(model, signs)))))
        out.append(replace(claim, confidence=round(value, 3), features={**claim.features, "raw": claim.confidence}))
    return out


def total(model: dict[str, float], signs: dict[str, float]) -> float:
    """What the signs of a claim add up to: the logarithm of its odds."""
    return model["constant"] + sum(model.get(sign, 0.0) * value for sign, value in signs.items())


def observed(claims: list[Claim], cast: Cast) -> list[dict[str, float]]:
    """The signs of each claim of a document: of its sentence, of its two ends, and of its rivals."""
    roles: dict[tuple[str, object, object], dict[str, float]] = defaultdict(dict)
    near: dict[tuple[str, object, int], list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.table in ENDS:
            table, (first, second) = claim.table, _ends(claim)
            best = roles[table, first, second]
            best[_role(claim)] = max(best.get(_role(claim), 0.0), claim.confidence)
            for stretch in _stretches(claim):
                near[table, first, stretch].append(claim)
    leads: dict[object, list[Claim]] = defaultdict(list)
    for claim in sorted(claims, key=lambda c: -c.confidence):
        if claim.table == "memberships" and _role(claim) == "lead":
            leads[claim.values["partnership_id"]].append(claim)
    mentioned = Counter(m.entity for m in cast.mentions)
    titled = {m.entity for m in cast.mentions if m.zone == "title"}
    partnerships = sum(e.kind == "partnership" and i in mentioned for i, e in enumerate(cast.entities))
    beside = _Beside(cast)
    out: list[dict[str, float]] = []
    for claim in claims:
        if claim.table not in ENDS:
            out.append({})
            continue
        table, role, (first, second) = claim.table, _role(claim), _ends(claim)
        rivals = (c for stretch in _stretches(claim) for c in near[table, first, stretch])
        signs = {name: log1p(max(0.0, value)) for name, value in claim.features.items()}
        signs |= {f"rule {claim.rule}": 1.0, f"role {role}": 1.0}
        if table != "links":
            # The score of a link is its rule's, and says nothing more.
            signs |= {f"score from {step}": 1.0 for step in _STEPS if claim.confidence >= step}
            signs["score"] = claim.confidence
        signs["partnerships"] = log1p(partnerships)
        signs["inferred"] = float(claim.quotes[0].inferred)
        signs["place"] = claim.quotes[0].start / len(cast.page.text)
        signs["quotes"] = log1p(len(claim.quotes) - 1)
        signs["together"] = log1p(beside.times(first, second))
        signs["other role"] = max((c for r, c in roles[table, first, second].items() if r != role), default=0.0)
        if role == "lead":
            signs["other lead"] = max(
                (c.confidence for c in leads[second][:8] if _ends(c)[0] != first and not _overlap(c, claim)),
                default=0.0,
            )
        signs["other object"] = max(
            (c.confidence for c in rivals if _ends(c)[1] != second and _overlap(c, claim)), default=0.0
        )
        for name, index in (("actor", first), ("object", second)):
            if isinstance(index, int):
                entity = cast.entities[index]
                signs[f"{name} known"] = float(entity.key is not None)
                if entity.kind != "event":
                    # Each "the meeting" counts as a mention of an event, and says nothing of what is claimed.
                    signs[f"{name} mentions"] = log1p(mentioned[index])
                signs[f"{name} in title"] = float(index in titled)
                # What kinds do is learned from the third person: a network's own "we" is no network spoken of.
                if name == "object" or not claim.features.get("self"):
                    signs[f"{name} {entity.kind} {cast.subkind(index) or ''}".rstrip()] = 1.0
        out.append(signs)
    return out


class _Beside:
    """How often two things are mentioned near each other."""

    def __init__(self, cast: Cast) -> None:
        self._starts: dict[object, list[int]] = defaultdict(list)
        for start, entity in sorted({(m.start, m.entity) for m in cast.mentions}):
            self._starts[entity].append(start)
        self._counted: dict[tuple[object, object], int] = {}

    def times(self, one: object, other: object) -> int:
        """Mentions of `one`, of the first some dozens, with one of `other` within a few lines."""
        if (one, other) not in self._counted:
            there = self._starts.get(other, [])
            places = ((start, bisect_left(there, start - _LINES)) for start in self._starts.get(one, [])[:_SOME])
            self._counted[one, other] = sum(i < len(there) and there[i] <= start + _LINES for start, i in places)
        return self._counted[one, other]


def _role(claim: Claim) -> str:
    return str(claim.values.get("role") or claim.values.get("relation") or claim.values.get("qualifier") or "")


def _ends(claim: Claim) -> tuple[object, object]:
    first, second = ENDS[claim.table]
    return claim.values.get(first), claim.values.get(second)


def _stretches(claim: Claim) -> range:
    """The stretches of the text that the claim's first quote touches: only claims that share one can overlap."""
    quote = claim.quotes[0]
    return range(quote.start // _STRETCH, quote.end // _STRETCH + 1)


def _overlap(one: Claim, other: Claim) -> bool:
    a, b = one.quotes[0], other.quotes[0]
    return a.start < b.end and b.start < a.end
