"""Precision, recall and F1 with bootstrap intervals over documents; calibration of confidence."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

RESAMPLES, SEED, FEW = 1000, 20261122, 5
BINS = (0.25, 0.5, 0.6, 0.7, 0.8, 1.0)
"""Edges of the five bins of confidence; what has less than the first is not published."""
Counts = Sequence[tuple[int, int, int]]
"""True positives, false positives and false negatives of each document."""
Floats = npt.NDArray[np.float64]


def rates(counts: Floats) -> Floats:
    """Precision, recall, F1 along the last axis; nan where there is nothing to count."""
    tp, fp, fn = counts[..., 0], counts[..., 1], counts[..., 2]
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.stack([tp / (tp + fp), tp / (tp + fn), 2 * tp / (2 * tp + fp + fn)], axis=-1)


def resampled(counts: Counts, seed: int = SEED) -> Floats:
    """The rates of `RESAMPLES` draws of as many documents, with replacement. Shape (RESAMPLES, 3)."""
    weights = np.random.default_rng(seed).multinomial(len(counts), [1 / len(counts)] * len(counts), RESAMPLES)
    return rates((weights @ np.array(counts)).astype(float))


def interval(values: Floats) -> list[float] | None:
    """The middle 95 % of what was drawn; None where nothing was."""
    known = values[~np.isnan(values)]
    return [_round(v) for v in np.percentile(known, [2.5, 97.5])] if len(known) else None


def measure(counts: Counts) -> dict[str, Any]:
    """Rates with intervals, and how many things were annotated and published."""
    total = np.array(counts).sum(axis=0)
    drawn = resampled(counts)
    out: dict[str, Any] = {}
    for place, name in enumerate(("precision", "recall", "f1")):
        value = float(rates(total.astype(float))[place])
        out[name] = None if np.isnan(value) else _round(value)
        # A handful of documents drawn anew says nothing of others.
        out[f"{name}_interval"] = interval(drawn[:, place]) if len(counts) >= FEW else None
    return out | {"annotated": int(total[0] + total[2]), "published": int(total[0] + total[1])}


def gap(left: Counts, right: Counts) -> dict[str, Any]:
    """F1 of the one less F1 of the other, with interval; both are drawn independently."""
    f1 = [float(rates(np.array(c).sum(axis=0).astype(float))[2]) for c in (left, right)]
    return {
        "difference": _round(f1[0] - f1[1]),
        "interval": interval(resampled(left)[:, 2] - resampled(right, SEED + 1)[:, 2]),
    }


def calibration(rows: Sequence[tuple[float, bool]]) -> dict[str, Any]:
    """Confidence against correctness in five bins, and the expected calibration error over all `rows`."""
    bins: list[dict[str, float | None]] = []
    error = 0.0
    for low, high in pairwise(BINS):
        inside = [(c, r) for c, r in rows if low <= c < high or (high == BINS[-1] and c >= high)]
        facts: dict[str, float | None] = {"rows": 0, "mean_confidence": None, "share_right": None}
        if inside:
            said, right = (sum(x) / len(inside) for x in zip(*inside, strict=True))
            error += abs(said - right) * len(inside)
            facts = {"rows": len(inside), "mean_confidence": _round(said), "share_right": _round(right)}
        bins.append({"from": low, "to": high, **facts})
    return {"rows": len(rows), "expected_error": _round(error / len(rows)) if rows else None, "bins": bins}


def _round(value: float) -> float:
    return round(float(value), 4)
