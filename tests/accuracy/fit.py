"""Count how often each rule is right on the corpora that rules may be written with; write `confidence.csv`."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict

from pipeline.extract import confidence, extract
from pipeline.read import read_folder
from pipeline.resolve import resolve
from pipeline.settings import Settings
from schemas import TABLES
from schemas.derive import to_arrow
from tests.accuracy.published import CORPUS, Published
from tests.accuracy.score import score

FACTS = ("memberships", "attendances", "links", "figures")


def main() -> None:
    confidence.counts = lambda: {}  # type: ignore[assignment]  # raw scores, as the rules give them
    right: Counter[tuple[str, str, int]] = Counter()
    rows: Counter[tuple[str, str, int]] = Counter()
    for corpus in ("tune", "own"):
        for (table, rule, band), good in _judged(corpus):
            rows[table, rule, band] += 1
            right[table, rule, band] += good
    with confidence.FILE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["table", "rule", "band", "right", "rows"])
        writer.writerows((*key, right[key], n) for key, n in sorted(rows.items()))
    print(f"{sum(right.values())} of {sum(rows.values())} rows right, {len(rows)} kinds of statement")


def _judged(corpus: str) -> list[tuple[tuple[str, str, int], bool]]:
    """Table, rule and band of every fact row that a document of the corpus supports, and whether it is right."""
    settings = Settings(seeds=CORPUS / corpus / "docs", threshold=0.0)
    documents = read_folder(settings.seeds, settings)
    tables = resolve(documents, {d.document_id: extract(d) for d in documents}, settings)
    published = Published({n: to_arrow(m, tables[n]).to_pylist() for n, m in TABLES.items()}, documents)
    best: dict[tuple[str, str], tuple[float, str]] = defaultdict(lambda: (0.0, ""))
    for row in published.tables["evidence"]:
        key = row["document_id"], row["row_id"]
        if row["column_name"] is None:
            best[key] = max(best[key], (row["confidence"], row["rule"]))
    found = []
    for document in score(published, CORPUS / corpus / "gold"):
        for table in FACTS:
            outcome = document.outcomes[table]
            for row, good in [*((r, True) for _, r in outcome.right), *((r, False) for r in outcome.wrong)]:
                raw, rule = best[document.reading.document, row[f"{table[:-1]}_id"]]
                found.append(((table, rule, confidence.band(raw)), good))
    return found


if __name__ == "__main__":
    main()
