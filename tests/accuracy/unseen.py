"""Score annotated documents that no rule was written with, and keep what was found in `unseen.csv`.

python -m tests.accuracy.unseen FOLDER     before its docs/ and gold/ join the corpus `own`

Each line is a claim that the annotations judge: what the weights of its signs add up to, and whether it is right.
Fitted on corpora that rules are written with, confidence is too sure of other texts; these lines say by how much.
"""

from __future__ import annotations

import argparse
import csv
import sys
from pathlib import Path

from pipeline.extract import confidence
from tests.accuracy.fit import UNSEEN, judged
from tests.accuracy.published import CORPUS


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.accuracy.unseen", description=__doc__)
    parser.add_argument("folder", type=Path, help="folder with docs/ and gold/")
    folder: Path = parser.parse_args().folder
    names = {file.name for file in (folder / "docs").glob("*.txt")}
    seen = names & {file.name for file in CORPUS.glob("*/docs/*.txt")}
    if not names or seen:
        print(
            f"error: {', '.join(sorted(seen)) or 'no document'} in {folder}: give documents of no corpus",
            file=sys.stderr,
        )
        return 2
    weights = confidence.weights()
    with UNSEEN.open("a", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        for document, table, (signs, right) in judged(folder):
            writer.writerow([document, table, f"{confidence.total(weights[table], signs):.3f}", int(right)])
    return 0


if __name__ == "__main__":
    sys.exit(main())
