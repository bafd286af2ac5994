"""Judged pairs of names: whether the pipeline takes both for one thing, or for two, as `identity_pairs.csv` says.

A pair is two short documents (or one, where `right_text` is empty) and a name in each.
"""

from __future__ import annotations

import csv
import hashlib
from collections import Counter
from pathlib import Path

import pytest

from pipeline.extract import extract
from pipeline.model import Document, Extraction
from pipeline.resolve.identity import identifiers

PAIRS = Path(__file__).parent / "identity_pairs.csv"
FEWEST, SHARE = 150, 0.97


def pairs() -> list[dict[str, str]]:
    with PAIRS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def document(text: str) -> Document:
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Document(digest, f"{digest}.txt", digest, "text/plain", text, digest)


def identifier(found: Extraction, ids: dict[tuple[str, int], str], text: str, name: str, kind: str) -> str | None:
    """What the mention at the first place of the name is taken for; at a later place where the first is in another."""
    starts = [i for i in range(len(text)) if text.startswith(name, i)]
    here = [m for m in found.mentions if found.entities[m.entity].kind == kind]
    for at in reversed(starts):
        touching = [m for m in here if m.start < at + len(name) and m.end > at]
        if touching:
            best = min(touching, key=lambda m: abs(m.start - at) + abs(m.end - at - len(name)))
            return ids[found.document_id, best.entity]
    return None


def judge(pair: dict[str, str]) -> tuple[str | None, str | None]:
    """The identifiers of the left and the right name; None for a name that is not found."""
    texts = [pair["left_text"], pair["right_text"] or pair["left_text"]]
    found = [extract(document(t)) for t in dict.fromkeys(texts)]
    ids = identifiers(found)
    left, right = found[0], found[-1]
    return (
        identifier(left, ids, texts[0], pair["left"], pair["kind"]),
        identifier(right, ids, texts[1], pair["right"], pair["kind"]),
    )


def is_right(pair: dict[str, str], left: str | None, right: str | None) -> bool:
    return left is not None and right is not None and (left == right) == (pair["same"] == "yes")


@pytest.fixture(scope="module")
def judged() -> list[tuple[dict[str, str], str | None, str | None]]:
    return [(pair, *judge(pair)) for pair in pairs()]


def test_the_pairs_are_many_and_of_both_sorts() -> None:
    sorts = Counter(pair["same"] for pair in pairs())
    assert sum(sorts.values()) >= FEWEST
    assert min(sorts["yes"], sorts["no"]) >= FEWEST // 4
    assert all(pair["left"] in pair["left_text"] for pair in pairs())
    assert all(pair["right"] in (pair["right_text"] or pair["left_text"]) for pair in pairs())


def test_pairs_are_judged_right(judged: list[tuple[dict[str, str], str | None, str | None]]) -> None:
    wrong = [
        f"{p['left']} | {p['right']} ({p['same']}, {p['reason']}): {x}, {y}"
        for p, x, y in judged
        if not is_right(p, x, y)
    ]
    share = 1 - len(wrong) / len(judged)
    print(f"{share:.3f} of {len(judged)} pairs right")
    assert share >= SHARE, "\n".join(wrong)
