"""Personal data in text: e-mail addresses, telephone numbers, and names on a list of things to leave out."""

from __future__ import annotations

import csv
import hashlib
import re
import unicodedata
from pathlib import Path

_EMAIL = re.compile(r"[\w.+-]+\s?(?:@|\(at\)|\[at\])\s?[\w-]+(?:\.[\w-]+)*\.[^\W\d_]{2,}")
_AT = ("@", "(at)", "[at]")
# What every telephone number has, and few texts: the longer patterns are tried only where it is.
_FIGURES = re.compile(r"\d\D{0,3}\d")
# International: a plus sign or 00 and a country code. National: groups of figures that begin with a zero.
_INTERNATIONAL = re.compile(r"(?<![\w+])(?:\+\s?|00(?=[1-9]))[1-9](?:[ \u00a0().\-/]{0,3}\d){6,14}(?!\w)")
_NATIONAL = re.compile(r"(?<![\w.,/:-])\(?0\d{1,4}\)?(?:[ \u00a0\-/]{1,2}\d{2,8}){1,5}(?![\w:]|[.,/-]\d)")
_DATE = re.compile(r"(?:19|20)\d{2}")
_WORD = re.compile(r"\w+(?:['’-]\w+)*")
LONGEST_NAME = 4


def find_personal(text: str) -> list[tuple[int, int]]:
    """Spans of e-mail addresses and telephone numbers, half-open, in order."""
    spans: list[tuple[int, int]] = []
    if any(sign in text for sign in _AT):
        spans += [m.span() for m in _EMAIL.finditer(text)]
    if _FIGURES.search(text):
        spans += [m.span() for m in _INTERNATIONAL.finditer(text)]
        spans += [m.span() for m in _NATIONAL.finditer(text) if _is_number(m.group())]
    return sorted(spans)


def read_suppressed(path: Path) -> frozenset[str]:
    """Digests of the names that may not be published: column `sha256` (of `name_digest`) or plain `text`."""
    if not path.is_file():
        return frozenset()
    with path.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    plain = {name_digest(row["text"]) for row in rows if row.get("text")}
    return frozenset(plain | {row["sha256"].strip().lower() for row in rows if row.get("sha256")})


def find_suppressed(text: str, suppressed: frozenset[str]) -> list[tuple[int, int]]:
    """Spans of up to four words whose digest is in `suppressed`."""
    if not suppressed:
        return []
    words = [m.span() for m in _WORD.finditer(text)]
    spans = ((a[0], b[1]) for i, a in enumerate(words) for b in words[i : i + LONGEST_NAME])
    return [(start, end) for start, end in spans if name_digest(text[start:end]) in suppressed]


def name_digest(name: str) -> str:
    """SHA-256 of a name whatever its case, composition and spacing; a list of digests names nobody."""
    words = _WORD.findall(unicodedata.normalize("NFC", name).casefold())
    return hashlib.sha256(" ".join(words).encode()).hexdigest()


def _is_number(found: str) -> bool:
    """Nine to twelve figures without a year among them: dates and spans of years look alike."""
    figures = sum(c.isdigit() for c in found)
    return 9 <= figures <= 12 and not _DATE.search(found)
