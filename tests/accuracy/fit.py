"""Fit the weights of the extractor on the corpora that rules may be written with and on `unread`; write its files.

First those that tell what unknown names are (`fit_kinds`), then those of `pipeline.extract.confidence`.

A logistic model per table with a ridge penalty on standardised signs. Signs seen seldom are left out. Fitted mostly on
corpora that rules are written with it is too sure of other texts, so two numbers for all tables set it right: they are
fitted on the corpus `fresh`, which neither rules nor weights have seen.
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.extract import confidence, extract
from pipeline.extract.cast import Cast
from pipeline.model import Claim
from pipeline.read import read_folder
from pipeline.resolve import resolve
from pipeline.resolve.facts import fact_id
from pipeline.resolve.identity import identifiers
from pipeline.settings import Settings
from schemas import TABLES
from schemas.derive import to_arrow
from tests.accuracy import fit_kinds
from tests.accuracy.linear import Floats, logistic
from tests.accuracy.published import CORPUS, Published
from tests.accuracy.score import score

SELDOM = 25
FITTED, FRESH = ("tune", "own", "unread"), CORPUS / "fresh"
Example = tuple[dict[str, float], bool]


def main() -> None:
    fit_kinds.write([CORPUS / corpus for corpus in FITTED])
    examples: dict[str, list[Example]] = defaultdict(list)
    for corpus in FITTED:
        for _, table, example in judged(CORPUS / corpus):
            examples[table].append(example)
    weights = {table: fitted(examples[table]) for table in confidence.ENDS}
    shift, slope = (round(float(number), 4) for number in lowered(totals(weights)))
    with confidence.FILE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["table", "sign", "weight"])
        for table, signs in weights.items():
            writer.writerows([table, sign, f"{weight:.4f}"] for sign, weight in sorted(signs.items()))
        writer.writerows([[confidence.UNSEEN, confidence.SHIFT, shift], [confidence.UNSEEN, confidence.SLOPE, slope]])
    print("; ".join(f"{t}: {sum(good for _, good in e)} of {len(e)} right" for t, e in examples.items()))


def fitted(examples: list[Example]) -> dict[str, float]:
    """Weights of the signs on their own scale, with the constant."""
    seen = Counter(sign for signs, _ in examples for sign, value in signs.items() if value)
    names = sorted(sign for sign, n in seen.items() if n >= SELDOM)
    x = np.array([[signs.get(name, 0.0) for name in names] for signs, _ in examples])
    y = np.array([float(good) for _, good in examples])
    mean, spread = x.mean(axis=0), x.std(axis=0)
    names, x = [n for n, s in zip(names, spread, strict=True) if s > 0], x[:, spread > 0]
    mean, spread = mean[spread > 0], spread[spread > 0]
    solved = logistic((x - mean) / spread, y)
    weights = solved[1:] / spread
    found = {name: float(w) for name, w in zip(names, weights, strict=True)}
    return found | {"constant": float(solved[0] - weights @ mean)}


def totals(weights: dict[str, dict[str, float]]) -> list[tuple[float, bool]]:
    """What the signs of each claim in `fresh` add up to, and whether it is right."""
    return [(confidence.total(weights[table], signs), right) for _, table, (signs, right) in judged(FRESH)]


def lowered(found: list[tuple[float, bool]]) -> Floats:
    """Shift and slope that turn totals of weights into the chance that a claim is right."""
    return logistic(np.array([[total] for total, _ in found]), np.array([float(right) for _, right in found]), 0.0)


def judged(corpus: Path) -> list[tuple[str, str, Example]]:
    """Document, table, signs and verdict of every claim that annotators said something of; `corpus` has docs/ and
    gold/."""
    signs: dict[tuple[str, int], dict[str, float]] = {}

    def raw(claims: list[Claim], cast: Cast) -> list[Claim]:
        signs.update({(cast.page.document.document_id, i): s for i, s in enumerate(confidence.observed(claims, cast))})
        return claims

    settings = Settings(seeds=corpus / "docs", threshold=0.0)
    documents = read_folder(settings.seeds, settings)
    extractions = {d.document_id: extract(d, judge=raw) for d in documents}
    tables = resolve(documents, extractions, settings)
    published = Published({n: to_arrow(m, tables[n]).to_pylist() for n, m in TABLES.items()}, documents)
    verdicts: dict[tuple[str, str], bool] = {}
    for document in score(published, corpus / "gold"):
        for table in confidence.ENDS:
            outcome: Any = document.outcomes[table]
            rows = [*((r, True) for _, r in outcome.right), *((r, False) for r in outcome.wrong)]
            verdicts |= {(document.reading.document, r[f"{table[:-1]}_id"]): good for r, good in rows}
    ids = identifiers(extractions.values())
    found = []
    for key, extraction in extractions.items():
        for i, claim in enumerate(extraction.claims):
            verdict = verdicts.get((key, fact_id(key, claim, ids))) if claim.table in confidence.ENDS else None
            if verdict is not None:
                found.append((key, claim.table, (signs[key, i], verdict)))
    return found


if __name__ == "__main__":
    main()
