"""How well people are guessed, on the annotated documents that rules may be written from; no document names anyone.

python -m tests.campaigns.persons            recall on people planted into the documents, and false alarms without them
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

from pipeline.extract import extract
from pipeline.model import Document
from pipeline.personal.guess import guess
from pipeline.personal.leave_out import without_people

CORPUS = Path(__file__).parent.parent / "corpus"
PEOPLE = Path(__file__).with_name("people.toml")


@dataclass(slots=True)
class Score:
    """Counts over one corpus."""

    documents: int = 0
    words: int = 0
    planted: int = 0
    found: int = 0
    alarms: int = 0
    beside_known: int = 0
    quotes: int = 0
    cut: int = 0


def measure(corpus: str, extracting: bool = True) -> Score:
    """Counts over a corpus; `extracting` also counts what the names that the extractor knows leave of the alarms."""
    score = Score()
    people = tomllib.loads(PEOPLE.read_text("utf-8"))
    for number, file in enumerate(sorted((CORPUS / corpus / "docs").glob("*.txt"))):
        text = file.read_text("utf-8")
        score.documents += 1
        score.words += len(text.split())
        score.alarms += len(guess(text))
        known = people[file.stem.split("_")[0]]
        for turn, sentence in enumerate(known["sentences"]):
            name = known["people"][(number * 3 + turn) % len(known["people"])]
            start = len(text) + 1 + sentence.index("{p}")
            found = guess(f"{text}\n{sentence.format(p=name)}\n")
            score.planted += 1
            score.found += any(a < start + len(name) and b > start + len(name) // 2 for a, b in found)
        if extracting:
            _extracted(file, text, score)
    return score


def _extracted(file: Path, text: str, score: Score) -> None:
    document = Document(file.stem, file.name, "0" * 64, "text/plain", text)
    raw = extract(document)
    shown = without_people(document, raw)
    covered = {i for m in raw.mentions for i in range(m.start, m.end)}
    score.beside_known += sum(covered.isdisjoint(range(*span)) for span in guess(text))
    before = {(q.start, q.end) for c in raw.claims for q in c.quotes}
    score.quotes += len(before)
    score.cut += len(before - {(q.start, q.end) for c in shown.claims for q in c.quotes})


def main() -> int:
    """Print a line for each corpus."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    for corpus in ("tune", "own"):
        s = measure(corpus)
        print(
            f"{corpus}: {s.documents} documents, {s.words:,} words; {s.found} of {s.planted} planted people found "
            f"({s.found / s.planted:.3f}); {s.alarms} false alarms, {s.beside_known} of them beside known names "
            f"({1e4 * s.beside_known / s.words:.1f} in 10,000 words); {s.cut} of {s.quotes} quotes cut for nothing"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
