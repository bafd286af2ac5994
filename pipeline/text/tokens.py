"""Tokens with exact offsets: the only view on a text that the passes of extraction look at.

A token is a run of letters and digits, or one mark of punctuation, or a line break. Hyphens and apostrophes join the
words around them and are not tokens; `glue` tells that they stood there.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

APOSTROPHES = "'’ʼ‘´`"
HYPHENS = "-‐‑"
# Possessive and bounded: a word of a million letters must not be kept letter by letter for a way back.
_WORD = r"[^\W_]++(?:[\u0300-\u036f\u00ad\u200b-\u200d\u2060]++[^\W_]*+){0,500}+"
# A colon and a short ending in lower case right after a name is a case ending (CoP:n, OECD:lle).
_TOKEN = re.compile(
    rf"(?P<word>{_WORD})(?P<clitic>:[^\W\d_A-Z]{{1,5}}(?![\w]))?|(?P<line>\r\n|\n|\r)|(?P<mark>[^\s\w]|_)"
)
WORD = re.compile(_WORD)
_LINE, _MARK = _TOKEN.groupindex["line"], _TOKEN.groupindex["mark"]
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
# More marks on one letter than any script has (UAX 15, stream-safe text): putting thousands in order takes for ever.
_ACCENTS = (
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u0610-\u061a\u064b-\u065f"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\ufe20-\ufe2f]"
)
_FLOOD = re.compile(rf"({_ACCENTS}{{30}}){_ACCENTS}+")
_SAME = str.maketrans({"ş": "ș", "ţ": "ț"})


def composed(text: str) -> str:
    """NFC, at most 30 marks on one letter."""
    return unicodedata.normalize("NFC", _FLOOD.sub(r"\1", text))


@lru_cache(maxsize=50_000)
def fold(word: str) -> str:
    """The form of a word under which it is looked up: NFC, case folded, Greek without accents, Romanian with
    comma below."""
    if word.isascii():
        return word.lower()
    text = composed(word.translate(_INVISIBLE)).casefold().translate(_SAME)
    if any("\u0370" <= c <= "\u03ff" or "\u1f00" <= c <= "\u1fff" for c in text):
        bare = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
        return unicodedata.normalize("NFC", bare)
    return text


@dataclass(slots=True)
class Token:
    """A word, mark or line break at `[start, end)`; `full_end` includes a case ending after a colon.

    `glue` is what joins it to the token before: "" (nothing or space), "-", "'" or ".". `capital` also holds for
    figures and for an Irish capital behind a small letter or two (gCatalóin, hEorpa).
    """

    start: int
    end: int
    full_end: int
    text: str
    fold: str
    word: bool
    glue: str
    space: bool
    capital: bool


def folds(phrase: str) -> list[str]:
    """The folded tokens of a phrase. Packs have a hundred thousand phrases, most of them one plain word."""
    if phrase.isalpha():
        return [fold(phrase)]
    return [t.fold for t in tokenise(phrase)]


@lru_cache(maxsize=50_000)
def _form(word: str) -> tuple[str, bool]:
    """The folded form of a word, and whether it counts as having a capital."""
    return fold(word), word[0].isdigit() or any(map(str.isupper, word[:3]))


@lru_cache(maxsize=1_000)
def _fold_mark(mark: str) -> str:
    """One sign for all dashes, one for all quotation marks; nothing for signs that cannot be seen."""
    if mark in APOSTROPHES:
        return "'"
    return "" if unicodedata.category(mark) in ("Mn", "Cf") else _MARKS.get(mark, mark)


def tokenise(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Tokens of `text[start:end]` with offsets into `text`, in order; every one satisfies text[start:end] ==
    token.text."""
    end = len(text) if end is None else end
    tokens: list[Token] = []
    last, glue = start, ""
    for match in _TOKEN.finditer(text, start, end):
        at, stop = match.span()
        kind = match.lastindex
        if kind == _LINE:
            tokens.append(Token(at, stop, stop, "\n", "\n", False, "", at > last, False))
            last, glue = stop, ""
            continue
        if kind != _MARK:
            word = match[1]
            folded, capital = _form(word)
            tokens.append(
                Token(at, at + len(word), stop, word, folded, True, glue if at == last else "", at > last, capital)
            )
            last, glue = stop, ""
            continue
        mark = text[at]
        before = text[at - 1] if at > start else " "
        after = text[at + 1] if at + 1 < end else " "
        if mark in HYPHENS and before.isalnum() and after.isalnum():
            last, glue = stop, "-"
            continue
        if mark in APOSTROPHES and before.isalnum() and after.isalpha():
            last, glue = stop, "'"
            continue
        if mark == "." and before.isalpha() and after.isalpha() and _inside_name(text, at, start, end):
            last, glue = stop, "."
            continue
        mark_fold = _fold_mark(mark)
        if not mark_fold:
            continue
        tokens.append(Token(at, stop, stop, mark, mark_fold, False, "", at > last, mark.isupper()))
        last, glue = stop, ""
    return tokens


def _inside_name(text: str, at: int, start: int, end: int) -> bool:
    """A full stop between small letters belongs to a name or address (Po.in.tex); before a capital a space was lost."""
    return at + 1 < end and at > start and (text[at + 1].islower() or text[at - 1].isupper())


_MARKS = {
    "–": "–",
    "—": "–",
    "−": "–",
    "„": '"',
    "“": '"',
    "”": '"',
    "«": '"',
    "»": '"',
    "‟": '"',
    "‚": "'",
    "‹": "'",
    "›": "'",
}
QUOTES = {'"', "'"}
