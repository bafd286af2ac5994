"""`sources.csv`: what is known of a document from outside it."""

from __future__ import annotations

import csv
from pathlib import Path

NAME = "sources.csv"
COLUMNS = ("url", "publisher", "published", "licence")


def read_sources(seeds: Path) -> dict[str, dict[str, str | None]]:
    """Path below `seeds` -> `url`, `publisher`, `published`, `licence`; empty where there is no file.

    Raises ValueError, with one line, where the file has no column `path`.
    """
    file = seeds / NAME
    if not file.is_file():
        return {}
    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = csv.DictReader(lines)
        if "path" not in (rows.fieldnames or ()):
            raise ValueError(f"{file} has no column `path`: its first line must name path,url,publisher,...")
        return {row["path"]: {c: (row.get(c) or "").strip() or None for c in COLUMNS} for row in rows}
