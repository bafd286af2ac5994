"""Names that must not be published, as digests: `seeds/suppress.csv` says what to leave out and names nobody.

The digests are salted for this project, so that they can neither be looked up in tables of digests nor compared with
other lists. Whoever guesses a name can still test the guess: keep the file private where that matters, the pipeline
reads it wherever `seeds/` is.
"""

from __future__ import annotations

import csv
import hashlib
import re
import unicodedata
from pathlib import Path

from pipeline.text.tokens import composed

NAME = "suppress.csv"
LONGEST_NAME = 5
_SALT = b"s3-partnerships suppression list 1"
_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_DIGEST = re.compile(r"[0-9a-f]{64}")


def read_suppressed(path: Path) -> frozenset[str]:
    """The digests in column `digest`; none where there is no file.

    Raises ValueError, with one line, for a row that is no digest: a name in its place would be published by the file.
    """
    if not path.is_file():
        return frozenset()
    with path.open(encoding="utf-8-sig", newline="") as lines:
        rows = csv.DictReader(lines)
        if "digest" not in (rows.fieldnames or ()):
            raise ValueError(f"{path} has no column `digest`: its first line must be digest,date,reason")
        digests = [(rows.line_num, (row["digest"] or "").strip().lower()) for row in rows]
    for line, digest in digests:
        if not _DIGEST.fullmatch(digest):
            raise ValueError(f"{path}, line {line}: no digest: make one with `python -m pipeline suppress`")
    return frozenset(digest for _, digest in digests)


def find_suppressed(text: str, suppressed: frozenset[str]) -> list[tuple[int, int]]:
    """Spans of up to five words whose digest is in `suppressed`."""
    if not suppressed:
        return []
    words = [m.span() for m in _WORD.finditer(text)]
    spans = ((a[0], b[1]) for i, a in enumerate(words) for b in words[i : i + LONGEST_NAME])
    return [(start, end) for start, end in spans if name_digest(text[start:end]) in suppressed]


def name_digest(name: str) -> str:
    """Salted SHA-256 of a name whatever its case, composition, spacing and invisible characters."""
    plain = "".join(c for c in composed(name) if unicodedata.category(c) != "Cf")
    words = _WORD.findall(plain.casefold())
    return hashlib.sha256(_SALT + "\0".join(words).encode()).hexdigest()
