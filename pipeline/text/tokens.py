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
_WORD = r"[^\W_](?:[^\W_]|[\u0300-\u036f\u00ad\u200b-\u200d\u2060])*"
# A colon and a short ending in lower case right after a name is a case ending (CoP:n, OECD:lle).
_TOKEN = re.compile(
    rf"(?P<word>{_WORD})(?P<clitic>:[^\W\d_A-Z]{{1,5}}(?![\w]))?|(?P<line>\r\n|\n|\r)|(?P<mark>[^\s\w]|_)"
)
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_SAME = str.maketrans({"ş": "ș", "ţ": "ț"})


@lru_cache(maxsize=200_000)
def fold(word: str) -> str:
    """The form of a word under which it is looked up: NFC, case folded, Greek without accents, Romanian with
    comma below."""
    if word.isascii():
        return word.lower()
    text = unicodedata.normalize("NFC", word.translate(_INVISIBLE)).casefold().translate(_SAME)
    if any("\u0370" <= c <= "\u03ff" or "\u1f00" <= c <= "\u1fff" for c in text):
        bare = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
        return unicodedata.normalize("NFC", bare)
    return text


@dataclass(slots=True)
class Token:
    """A word, mark or line break at `[start, end)`; `full_end` includes a case ending after a colon.

    `glue` is what joins it to the token before: "" (nothing or space), "-", "'" or ".".
    """

    start: int
    end: int
    full_end: int
    text: str
    fold: str
    word: bool
    glue: str
    space: bool

    @property
    def capital(self) -> bool:
        # Irish puts a small letter or two before the capital (gCatalóin, hEorpa).
        return self.text[0].isdigit() or any(c.isupper() for c in self.text[:3])


def tokenise(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Tokens of `text[start:end]` with offsets into `text`, in order; every one satisfies text[start:end] ==
    token.text."""
    end = len(text) if end is None else end
    tokens: list[Token] = []
    last, glue = start, ""
    for match in _TOKEN.finditer(text, start, end):
        at = match.start()
        if match.lastgroup != "mark":
            word = match.group("word")
            if word is not None:
                stop = match.end("word")
                tokens.append(
                    Token(at, stop, match.end(), word, fold(word), True, glue if at == last else "", at > last)
                )
            else:
                tokens.append(Token(at, match.end(), match.end(), "\n", "\n", False, "", at > last))
            last, glue = match.end(), ""
            continue
        mark = match.group()
        before = text[at - 1] if at > start else " "
        after = text[at + 1] if at + 1 < end else " "
        if mark in HYPHENS and before.isalnum() and after.isalnum():
            last, glue = match.end(), "-"
            continue
        if mark in APOSTROPHES and before.isalnum() and after.isalpha():
            last, glue = match.end(), "'"
            continue
        if mark == "." and before.isalpha() and after.isalpha() and _inside_name(text, at, start, end):
            last, glue = match.end(), "."
            continue
        if mark in APOSTROPHES:
            mark_fold = "'"
        elif unicodedata.category(mark) in ("Mn", "Cf"):
            continue
        else:
            mark_fold = _MARKS.get(mark, mark)
        tokens.append(Token(at, match.end(), match.end(), mark, mark_fold, False, "", at > last))
        last, glue = match.end(), ""
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
