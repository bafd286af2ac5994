"""Guess which capitalised words are the name of a person: a given name or a title stands with them.

It is a guess: on texts that name nobody it speaks now and then, and names that no list has escape it
(`python -m tests.campaigns.persons` measures both). So what it finds is cut out of quotes and warned of, not refused.
"""

from __future__ import annotations

import csv
import gzip
import io
import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path

from pipeline.text.slug import slug

_HERE = Path(__file__).parent
_PARTICLES = "van|von|vom|zu|zum|zur|der|den|de|del|della|di|da|dos|du|la|le|ter|ten|af|av|ní"
# Possessive: what was read as a word is not read again in parts, so that the time is linear in the text.
_WORD = r"[^\W\d_]++(?:['’‑-][^\W\d_]++)*+"
_GAP = r"[ \u00a0]"
_RUN = re.compile(rf"(?<![\w'’‑-]){_WORD}(?:{_GAP}{_WORD}|\.{_GAP}?{_WORD})+")
_PIECE = re.compile(rf"({_WORD})(\.?)")
_ENDINGS = (
    "n",
    "in",
    "a",
    "u",
    "y",
    "i",
    "e",
    "em",
    "om",
    "ou",
    "ovi",
    "s",
    "t",
    "am",
    "val",
    "nak",
    "nek",
    "ом",
    "а",
    "у",
)
_LONGEST = 5
_LAST_LATIN = "\u024f"
# Start, end and word.
Piece = tuple[int, int, str]


def guess(text: str) -> list[tuple[int, int]]:
    """Spans that look like the name of a person, half-open, in order; without titles."""
    found = []
    for run in _RUN.finditer(text):
        pieces: list[Piece] = []
        for word in _PIECE.finditer(run[0]):
            pieces.append((word.start(1) + run.start(), word.end(1) + run.start(), word[1]))
            if word[2] and len(word[1]) > 1 and not _is_title(word[1]):
                # A full stop ends a sentence unless it ends an initial or a title.
                found += _persons(pieces)
                pieces = []
        found += _persons(pieces)
    return found


def _persons(pieces: list[Piece]) -> list[tuple[int, int]]:
    found, at = [], 0
    while at < len(pieces):
        count = _person(pieces, at)
        if count:
            found.append((pieces[at][0], pieces[at + count - 1][1]))
        at += count or 1
    return found


def _person(pieces: list[Piece], at: int) -> int:
    """How many of the words from `at` on are a person's name; 0 for none."""
    word = pieces[at][2]
    titled = at > 0 and _is_title(pieces[at - 1][2])
    if not _capital(word) or _is_title(word):
        return 0
    count, capitals = 1, 1
    for _, _, following in pieces[at + 1 : at + _LONGEST]:
        if _capital(following) or (len(following) == 1 and following.isupper()):
            capitals += 1
        elif following.casefold() not in _particles():
            break
        count += 1
    while count > 1 and not pieces[at + count - 1][2][:1].isupper():
        count -= 1
    if titled:
        return min(count, 4)
    if capitals < 2:
        return 0
    # A surname comes first in Hungarian, and in lists.
    given = _is_given(word) or (capitals == 2 and count == 2 and _is_given(pieces[at + 1][2], inflected=False))
    return min(count, 4) if given else 0


def _capital(word: str) -> bool:
    """A capital and small letters, or a surname in capitals of some length."""
    return word[0].isupper() and len(word) > 1 and (word[1:].islower() or not word.isupper() or len(word) > 4)


@cache
def _particles() -> frozenset[str]:
    return frozenset(_PARTICLES.split("|"))


@cache
def _titles() -> frozenset[str]:
    with (_HERE / "titles.csv").open(encoding="utf-8", newline="") as lines:
        return frozenset(row["title"] for row in csv.DictReader(lines))


def _is_title(word: str) -> bool:
    return word in _titles()


@cache
def given_names() -> frozenset[str]:
    """Given names, folded."""
    with gzip.open(_HERE / "given_names.csv.gz") as packed:
        lines = io.TextIOWrapper(packed, encoding="utf-8", newline="")
        return frozenset(_fold(row["name"]) for row in csv.DictReader(lines))


@lru_cache(maxsize=50_000)
def _is_given(word: str, inflected: bool = True) -> bool:
    names, folded = given_names(), _fold(word)
    if folded in names or _all_given(folded):
        return True
    if word[0] > _LAST_LATIN and slug(word) in names:
        # Иван is in the list as Ivan.
        return True
    # Kaarinan, Janem; at least four letters stay, or three before a single one.
    stems = (folded.removesuffix(ending) for ending in _ENDINGS if folded.endswith(ending))
    return inflected and any(stem in names for stem in stems if len(stem) >= 4)


def _all_given(folded: str) -> bool:
    """Anne-Mari, and not Ida-Viru: every part of a double name is a given name, whatever ending the last one has."""
    first, *parts = folded.split("-")
    return bool(parts) and first in given_names() and all(_is_given(part) for part in parts)


def _fold(word: str) -> str:
    """Small letters without accents: Petr and Pétr are one given name."""
    if word.isascii():
        return word.lower()
    plain = unicodedata.normalize("NFD", word.casefold())
    return "".join(c for c in plain if not unicodedata.combining(c)).replace("’", "'").replace("‑", "-")
