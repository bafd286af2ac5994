"""Names that must not be published, as digests: `seeds/suppress.csv` says what to leave out and names nobody.

The digests are salted for this project, so that they can neither be looked up in tables of digests nor compared with
other lists. Whoever guesses a name can still test the guess: keep the file private where that matters, the pipeline
reads it wherever `seeds/` is.
"""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Sequence
from pathlib import Path

from pipeline.personal.patterns import INVISIBLE
from pipeline.text.tokens import composed

NAME = "suppress.csv"
LONGEST_NAME = 5
_SALT = b"s3-partnerships suppression list 1"
# A letter in parts (e and an accent) is part of its word.
_WORD = re.compile(r"\w[\w\u0300-\u036f]*(?:['’-]\w[\w\u0300-\u036f]*)*")
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
    """Spans of up to five words whose digest is in `suppressed`; invisible characters hide none."""
    if not suppressed:
        return []
    plain: str = text
    places: Sequence[int] = range(len(text))
    if INVISIBLE.search(text):
        places = [i for i, c in enumerate(text) if not INVISIBLE.match(c)]
        plain = "".join(text[i] for i in places)
    words = [(m.start(), m.end(), _folded(m[0])) for m in _WORD.finditer(plain)]
    found = []
    for first in range(len(words)):
        for last in range(first, min(first + LONGEST_NAME, len(words))):
            if _digest([word for _, _, word in words[first : last + 1]]) in suppressed:
                found.append((places[words[first][0]], places[words[last][1] - 1] + 1))
    return found


def name_digest(name: str) -> str:
    """Salted SHA-256 of a name whatever its case, composition, spacing and invisible characters."""
    return _digest([_folded(word) for word in _WORD.findall(INVISIBLE.sub("", composed(name)))])


def _folded(word: str) -> str:
    return word.casefold() if word.isascii() else composed(word).casefold()


def _digest(words: list[str]) -> str:
    return hashlib.sha256(_SALT + "\0".join(words).encode()).hexdigest()
