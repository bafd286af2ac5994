"""Sentences as ranges of tokens."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Sequence
from functools import lru_cache

from pipeline.text.tokens import QUOTES, Token

_END = {".", "!", "?", "…"}
_CLOSING = QUOTES | {")", "]"}
_VOWELS = {
    "A",
    "E",
    "I",
    "O",
    "U",
    "Y",
    "YU",
    "YA",
    "ALPHA",
    "EPSILON",
    "ETA",
    "IOTA",
    "OMICRON",
    "UPSILON",
    "OMEGA",
    "HARD",
}


def sentences(tokens: Sequence[Token], units: Collection[str] = ()) -> list[tuple[int, int]]:
    """Half-open ranges of `tokens`, one a sentence, covering all of them; `units` are folded words of what sums of
    money are counted in, before which a short word is an abbreviation (2 Mio. Euro)."""
    ranges, start = [], 0
    for i, token in enumerate(tokens):
        if token.fold in _END and _ends(tokens, i, units):
            stop = i + 1
            while stop < len(tokens) and tokens[stop].fold in _CLOSING and not tokens[stop].space:
                stop += 1
            if stop > start:
                ranges.append((start, stop))
                start = stop
    if start < len(tokens):
        ranges.append((start, len(tokens)))
    return ranges


def _ends(tokens: Sequence[Token], i: int, units: Collection[str]) -> bool:
    n = i + 1
    while n < len(tokens) and tokens[n].fold in _CLOSING:
        n += 1
    if n == len(tokens):
        return True
    following = tokens[n]
    if tokens[i].fold != ".":
        return following.space or not following.word
    after = tokens[i + 1]
    if not (after.space or after.fold in _CLOSING):
        return False
    if following.word and not following.capital:
        return False
    if not following.word and following.fold not in QUOTES | {"(", "–", "-", "*"}:
        return False
    before = tokens[i - 1] if i else None
    if following.fold in units and i > 1 and len(tokens[i - 1].text) <= 4 and tokens[i - 2].text[-1].isdigit():
        return False
    if before is not None and following.text[0].isdigit() and len(before.text) <= 4 and before.text.isalpha():
        return False
    if before is not None and _in_date(tokens, n, before):
        return False
    return before is None or not _abbreviation(before)


def _in_date(tokens: Sequence[Token], n: int, before: Token) -> bool:
    """2023. 02. 16.: numbers with a full stop each."""
    digits = before.text.isdigit() and tokens[n].text.isdigit() and len(tokens[n].text) <= 2
    return digits and n + 1 < len(tokens) and tokens[n + 1].fold == "."


def _abbreviation(token: Token) -> bool:
    """A short word before a full stop that is rather an abbreviation or an ordinal than the end of a sentence."""
    word = token.text
    if word.isdigit():
        return len(word) <= 2
    if len(word) == 1:
        return word.isalpha()
    return len(word) <= 4 and word.islower() and not any(map(_vowel, word))


@lru_cache(maxsize=4096)
def _vowel(letter: str) -> bool:
    """Whether a letter is a vowel, going by its Unicode name: LATIN SMALL LETTER E WITH ACUTE."""
    words = unicodedata.name(letter, "").partition("LETTER ")[2].split()
    return bool(words) and words[0] in _VOWELS
