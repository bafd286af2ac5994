"""Names as they look in identifiers, and digests of values."""

from __future__ import annotations

import csv
import hashlib
import unicodedata
from functools import lru_cache
from pathlib import Path

from pipeline.text.tokens import tokenise


@lru_cache(maxsize=1)
def _latin() -> dict[str, str]:
    """How letters outside ASCII that no accent explains are written in identifiers (latin.csv)."""
    with (Path(__file__).parent / "latin.csv").open(encoding="utf-8", newline="") as file:
        return {row["letter"]: row["latin"] for row in csv.DictReader(file)}


@lru_cache(maxsize=50_000)
def slug(name: str) -> str:
    """ASCII letters, digits and hyphens: what a name looks like in an identifier."""
    words = []
    for token in tokenise(name):
        if token.word or token.fold in "+&":
            latin = _latin()
            text = token.fold.replace("+", "plus").replace("&", "and")
            text = "".join(latin.get(c, c) for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
            words.append("".join(c for c in text if c.isascii() and c.isalnum()))
    return "-".join(w for w in words if w) or digest(name)


def digest(*parts: object) -> str:
    """Sixteen hexadecimal digits that stand for these values, the same on every machine."""
    return hashlib.sha256("\x1f".join("" if p is None else str(p) for p in parts).encode()).hexdigest()[:16]
