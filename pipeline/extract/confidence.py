"""Confidence that means something: how often statements of this rule and strength were right on annotated text.

`confidence.csv` counts, per table, rule and band of raw score, the rows that annotators agreed with; it is written by
`python -m tests.accuracy.fit` from the corpora that rules may be written with, and checked on the one they may not.
"""

from __future__ import annotations

import csv
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from pipeline.model import Claim

BANDS = (0.6, 0.8)
# A rule seen seldom is believed as much as all rules together until it has shown itself.
PRIOR, WEIGHT = 0.6, 4.0
FILE = Path(__file__).parent / "confidence.csv"


def band(score: float) -> int:
    """Which band a raw score falls in: 0, 1 or 2."""
    return sum(score >= edge for edge in BANDS)


@lru_cache(maxsize=1)
def counts() -> dict[tuple[str, str, int], tuple[int, int]]:
    """(table, rule, band) -> rows that were right, rows in all."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return {
            (row["table"], row["rule"], int(row["band"])): (int(row["right"]), int(row["rows"]))
            for row in csv.DictReader(file)
        }


def calibrated(claim: Claim) -> Claim:
    """The claim with its raw score turned into a confidence; tables that were never measured keep the raw score."""
    known = counts()
    if not any(table == claim.table for table, _, _ in known):
        return claim
    right, rows = known.get((claim.table, claim.rule, band(claim.confidence)), (0, 0))
    value = (right + WEIGHT * PRIOR) / (rows + WEIGHT)
    return replace(claim, confidence=round(value, 3), features={**claim.features, "raw": claim.confidence})
