"""How right the pipeline is: measured on each corpus, printed, and kept in `tests/corpus/accuracy.json`.

python -m tests.accuracy.report              measure, print, write accuracy.json and the table of README.md
python -m tests.accuracy.report --dry        measure and print only
python -m tests.accuracy.report --errors own list every error of a development corpus
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline.engine.fingerprint import fingerprint
from pipeline.settings import PROJECT, Settings
from schemas import TABLES
from schemas.base import STATED
from tests.accuracy import conformance, show
from tests.accuracy.errors import count, errors
from tests.accuracy.intervals import RESAMPLES, SEED, calibration, gap, measure
from tests.accuracy.published import CORPUS, Published, run_corpus
from tests.accuracy.score import KINDS, MEASURED, SUMS, Scored, score

ACCURACY = CORPUS / "accuracy.json"
README = PROJECT / "README.md"
CORPORA = {
    "tune": "rules are written with it",
    "own": "rules are written with it; written for this project",
    "fresh": "only measured; sets how sure confidence may be; no rule is written from it",
    "measure": "only measured; no rule is written from it",
}
GROUPS = {
    "Germanic": "da de en nl sv",
    "Romance": "es fr it pt ro",
    "Slavic": "bg cs hr pl sk sl",
    "Baltic": "lt lv",
    "Finnic and Hungarian": "et fi hu",
    "Greek, Irish, Maltese": "el ga mt",
}
FACTS = ("memberships", "attendances", "links", "figures")
METHOD = (
    "The pipeline is run on the documents of each corpus alone and what it publishes is matched one to one with the "
    "annotations (tests/accuracy/score.py). Precision, recall and F1 are micro-averages over all documents; intervals "
    f"are the middle 95 % of {RESAMPLES} bootstrap resamples of documents (seed {SEED}). Calibration takes every row "
    f"of {', '.join(FACTS)} that is right or wrong, with its confidence in that document, in five bins; the expected "
    "calibration error is pooled over these tables. Documents and annotations were written for this purpose and are "
    "no sample of a population of documents."
)


def measure_all() -> dict[str, Any]:
    """Everything that accuracy.json holds."""
    measured = {name: _corpus(name) for name in CORPORA}
    scored = {name: found for name, (_, found) in measured.items()}
    settings = Settings()
    return {
        "extractor": fingerprint(settings.extractor),
        "threshold": settings.threshold,
        "method": METHOD,
        "corpora": {name: _facts(name, *measured[name]) for name in CORPORA},
        "gap": {
            kind: gap(*([d.counts(kind) for d in scored[name]] for name in ("tune", "measure")))
            for kind in (*SUMS, "memberships", "regions")
        },
        "conformance": _conformance(),
        "never_measured": never_measured(),
    }


def never_measured() -> list[str]:
    """Columns that take their values from sources and on which no number of the score depends."""
    return [
        f"{name}.{column}"
        for name, model in TABLES.items()
        for column in model.to_schema().columns
        if model.metadata(column).get("origin") == STATED and column not in MEASURED.get(name, ())
    ]


def _corpus(name: str) -> tuple[Published, list[Scored]]:
    published = run_corpus(name)
    return published, score(published, CORPUS / name / "gold")


def _facts(name: str, published: Published, scored: list[Scored]) -> dict[str, Any]:
    grounded, quotes = published.grounded()
    known = {language for group in GROUPS.values() for language in group.split()}
    if strange := {d.language for d in scored} - known:
        raise ValueError(f"languages of no group: {strange}")
    frequent = sorted(count(scored).items(), key=lambda pair: (-pair[1], pair[0]))
    return {
        "use": CORPORA[name],
        "documents": len(scored),
        "languages": len({d.language for d in scored}),
        "characters": sum(len(d.text) for d in published.documents),
        "quotes": quotes,
        "quotes_at_their_offsets": grounded,
        "kinds": {kind: measure([d.counts(kind) for d in scored]) for kind in (*KINDS, *SUMS)},
        "groups": {g: _group([d for d in scored if d.language in codes.split()]) for g, codes in GROUPS.items()},
        "calibration": calibration([row for d in scored for row in _judged(published, d)]),
        "errors": [{"kind": kind, "error": error, "count": n} for (kind, error), n in frequent[:10]],
    }


def _group(scored: list[Scored]) -> dict[str, Any]:
    return {"documents": len(scored)} | {kind: measure([d.counts(kind) for d in scored]) for kind in SUMS if scored}


def _judged(published: Published, document: Scored) -> Iterator[tuple[float, bool]]:
    """Confidence and correctness of the rows that a document supports."""
    for table in FACTS:
        outcome = document.outcomes[table]
        for row, right in [*((row, True) for _, row in outcome.right), *((row, False) for row in outcome.wrong)]:
            confidence = published.confidence(document.reading.document, row[f"{table[:-1]}_id"])
            if confidence is not None:
                yield confidence, right


def _conformance() -> dict[str, Any]:
    cells, results = conformance.matrix()
    languages = sorted({r.language for r in results})
    return {
        "examples": len(results),
        "passed": sum(r.passed for r in results),
        "cells": len(cells) * len(languages),
        "cells_passed": sum(sum(cell.values()) for cell in cells.values()),
        "cells_without_example": len(cells) * len(languages) - sum(map(len, cells.values())),
    }


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.accuracy.report")
    parser.add_argument("--dry", action="store_true", help="write nothing")
    parser.add_argument("--errors", choices=("tune", "own"), help="list the errors of a corpus")
    parser.add_argument(
        "--against", nargs=2, metavar=("CORPUS", "FILE"), help="compare scores in FILE with accuracy.json"
    )
    given = parser.parse_args()
    before = json.loads(ACCURACY.read_text(encoding="utf-8")) if ACCURACY.is_file() else None
    if given.against:
        name, file = given.against
        scores = json.loads(Path(file).read_text(encoding="utf-8"))
        lines = list(show.moved(name, before["corpora"][name]["kinds"], scores)) if before else []
        print("\n".join(lines or [f"  {name}: as in accuracy.json"]))
        return
    if given.errors:
        for document in _corpus(given.errors)[1]:
            for error in errors(document):
                print(document.document, *error, sep="\t")
        return
    accuracy = measure_all()
    print("\n".join(show.report(accuracy)))
    print("\n== examples of the language packs: + passed, . failed")
    print("\n".join(conformance.matrix_lines()))
    if before:
        print("\n== against accuracy.json as it was")
        print("\n".join(show.changes(before, accuracy)))
    if not given.dry:
        ACCURACY.write_text(json.dumps(accuracy, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        if README.is_file():
            README.write_text(show.fill(README.read_text(encoding="utf-8"), accuracy), encoding="utf-8")
    grounded = all(c["quotes"] == c["quotes_at_their_offsets"] for c in accuracy["corpora"].values())
    sys.exit(0 if grounded else 1)


if __name__ == "__main__":
    main()
