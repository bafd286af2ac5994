"""Fit the weights of `pipeline.extract.kinds.weighed` on annotated documents; write its file.

An example is a name that nothing typed when the model was asked, with all its places in a document; what annotators
call a body or a partnership is one, by its words in whatever ending.
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np

from pipeline.extract import extract, read
from pipeline.extract.cast import folded
from pipeline.extract.kinds import weighed
from pipeline.extract.page import Page
from pipeline.extract.reading import Reading
from pipeline.read import read_folder
from pipeline.settings import Settings
from tests.accuracy.linear import softmax

PENALTY, SELDOM = 3.0, 6
_TABLES = {"organisations": "organisation", "partnerships": "partnership"}
_OTHERS = ("regions", "programmes", "events")
# Letters at the end of a word that its case may change.
_ENDING, _STEM = 2, 3
Example = tuple[dict[str, float], str]


def write(corpora: list[Path]) -> None:
    """Fit on these corpora (each with docs/ and gold/) and write the file of weights."""
    examples = [e for corpus in corpora for e in judged(corpus)]
    seen = Counter(sign for signs, _ in examples for sign in signs)
    names = sorted(sign for sign, n in seen.items() if n >= SELDOM)
    x = np.array([[signs.get(name, 0.0) for name in names] for signs, _ in examples])
    classes = [*weighed.KINDS, weighed.NEITHER]
    y = np.array([classes.index(kind) for _, kind in examples])
    solved = softmax(x, y, len(classes), PENALTY)
    with weighed.FILE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["kind", "sign", "weight"])
        for kind, weights in zip(classes, solved.tolist(), strict=True):
            writer.writerows([kind, n, f"{w:.4f}"] for n, w in zip([weighed.CONSTANT, *names], weights, strict=True))
    weighed.weights.cache_clear()
    print(f"names of no known kind: {Counter(kind for _, kind in examples)}")


def judged(corpus: Path) -> list[Example]:
    """Signs and kind of every unknown name; names whose annotation is optional are left out."""
    settings = Settings(seeds=corpus / "docs")
    found: list[Example] = []
    for document in read_folder(settings.seeds, settings):
        path = corpus / "gold" / f"{Path(document.path).stem}.json"
        kinds = _annotated(json.loads(path.read_text(encoding="utf-8")))
        names: list[tuple[str, dict[str, float]]] = []

        def asked(page: Page, out: list[Reading], names: list[tuple[str, dict[str, float]]] = names) -> None:
            names += [(name, signs) for name, (_, signs) in weighed.unknown(page, out).items()]

        with patch.object(read, "type_by_weight", asked):
            extract(document)
        for name, signs in names:
            kind = kinds.get(name, kinds.get(_stems(name), weighed.NEITHER))
            if kind is not None:
                found.append((signs, kind))
    return found


def _annotated(gold: dict[str, Any]) -> dict[str, str | None]:
    """Folded name, and its words without their endings -> kind; None where the annotation is optional."""
    out: dict[str, str | None] = {}
    for table in (*_TABLES, *_OTHERS):
        for item in gold.get(table, ()):
            kind = None if item.get("optional") else _TABLES.get(table, weighed.NEITHER)
            for name in (item["name"], *item.get("aliases", ())):
                out.setdefault(_stems(folded(name)), kind)
                out[folded(name)] = kind
    return out


def _stems(name: str) -> str:
    return " ".join(word[: max(_STEM, len(word) - _ENDING)] for word in name.split())
