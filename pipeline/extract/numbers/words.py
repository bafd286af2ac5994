"""The number words of one language pack, compiled once, and compounds of them read on the fly."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from pipeline.extract.words.pieces import SOURCES, Phrases, cut, form
from pipeline.languages import Pack
from pipeline.text.compiled import Keepable, compiled

AT_LEAST, AT_MOST, APPROXIMATE = "at_least", "at_most", "approximate"
_WORDS = 30_000
_VOWELS = frozenset("aeiouy")


def bare(key: str) -> str:
    """A folded word without accents: compounds drop and gain them (`tre` but `ventitré`, `twee` but `tweeën`)."""
    return "".join(c for c in unicodedata.normalize("NFD", key) if not unicodedata.combining(c))


class NumberWords(Keepable):
    """Phrases by what they do beside a number, and the words that are numbers."""

    compound: Callable[[str], float | None]
    may_begin: Callable[[str], bool]

    def __init__(self, pack: Pack) -> None:
        self.cardinals = Phrases(_valued(pack.words("numbers", "words")))
        self.ordinals = Phrases(_valued(pack.words("grammar", "ordinals")))
        self.scales = Phrases(_valued(pack.words("numbers", "scales")))
        self.joiners = _flat(j for j in pack.words("numbers", "tens_and_units") if j.strip(" -"))
        self.joint = _flat(pack.words("grammar", "and"))
        self.articles = _flat(pack.words("grammar", "articles") + pack.words("grammar", "elisions"))
        self.all = _flat(pack.words("grammar", "all"))
        self.qualifiers: Phrases[str] = Phrases(
            (entry, name) for name in (AT_LEAST, AT_MOST, APPROXIMATE) for entry in pack.words("numbers", name)
        )
        self.ratio = _flat(pack.words("numbers", "ratio"))
        self.range = _flat(pack.words("dates", "range"))
        self.between = _flat(pack.words("dates", "between"))
        self.euro = _flat(pack.words("numbers", "euro"))
        self.percent = _flat(pack.words("numbers", "percent"))
        self.labels = _flat(pack.words("numbers", "labels"))
        self.ordinal_endings = _flat(pack.words("grammar", "ordinal_endings"))
        self.dotted_ordinals = "." in pack.words("grammar", "ordinal_endings")
        self.decimal = pack.text("numbers", "decimal", default=".")
        self.thousands = frozenset(pack.words("numbers", "thousands"))
        self._atoms = dict(_single_words(pack))
        self._glue = tuple(sorted({bare(j.strip(" -")) for j in pack.words("numbers", "tens_and_units")} - {""}))
        self._heads = frozenset(a[:3] for a in self._atoms)
        vars(self).update(self.caches())

    def caches(self) -> dict[str, Any]:
        """Which words are compounds, and which pieces may begin a number."""
        return {"compound": lru_cache(_WORDS)(self._compound), "may_begin": lru_cache(_WORDS)(self._may_begin)}

    def _may_begin(self, text: str) -> bool:
        """Whether a piece may begin a number: figures, or a word with which a number word begins."""
        kind, key = form(text)
        if kind == "word":
            return self.cardinals.starts(key) or self.ordinals.starts(key) or self.compound(key) is not None
        return kind == "digits"

    def _compound(self, key: str) -> float | None:
        """The value of a word that is made of several number words (`dreiundzwanzig`), None if it is none."""
        if len(key) < 5 or bare(key[:3]) not in self._heads:
            return None
        found = next(self._split(bare(key), 0), None)
        return combine(found) if found and len(found) > 1 else None

    def _split(self, word: str, depth: int) -> Iterator[list[tuple[float, bool]]]:
        """Ways to part a word into number words, each as (value, whether a joiner stood before it), longest first."""
        if depth > 4:
            return
        for size in range(len(word), 1, -1):
            value = self._atoms.get(word[:size])
            rest = word[size:]
            if value is None and rest and rest[0] in _VOWELS:
                value = next((v for c in "aeio" if (v := self._atoms.get(word[:size] + c)) and v >= 20), None)
            if value is None:
                continue
            if not rest:
                yield [(value, False)]
            for joiner in ("", *self._glue):
                if rest and rest.startswith(joiner):
                    for tail in self._split(rest[len(joiner) :], depth + 1):
                        parts = [(value, False), (tail[0][0], True), *tail[1:]]
                        if combine(parts) is not None:
                            yield parts


def combine(parts: list[tuple[float, bool]]) -> float | None:
    """The number that a sequence of number words makes, None if they make none. True marks words after a joiner."""
    total = current = 0.0
    for n, (value, joined) in enumerate(parts):
        low = current % 100
        if value >= 1000:
            total, current = total + (current or 1) * value, 0.0
        elif value >= 100 and value % 100 == 0:
            if current >= 10 or (value > 100 and current):
                return None
            current = (current or 1) * value
        elif n == 0 or low == 0:
            current += value
        elif value == 12 and 2 <= current <= 9 and not joined:
            current *= 12
        elif _tens_then_units(low, value) or (joined and low < 10 and _tens_then_units(value, low)):
            current += value
        else:
            return None
    return total + current


def _tens_then_units(tens: float, units: float) -> bool:
    """20 and 3 make 23; 60 and 12, 80 and 19 make 72 and 99 where a language counts in twenties."""
    return 20 <= tens < 100 and tens % 10 == 0 and (0 < units < 10 or (tens in (60, 80) and 0 < units < 20))


def _flat(entries: Iterator[str] | list[str]) -> Phrases[bool]:
    return Phrases((entry, True) for entry in entries)


def _valued(entries: list[str]) -> list[tuple[str, float]]:
    """Entries of the form `word=value`; those without a value say nothing about a number."""
    found = []
    for entry in entries:
        word, _, value = entry.partition("=")
        if value.strip():
            found.append((word.strip(), float(value)))
    return found


def _single_words(pack: Pack) -> Iterator[tuple[str, float]]:
    """Number words and thousands that may be part of a compound, without accents."""
    for word, value in [*_valued(pack.words("numbers", "words")), *_valued(pack.words("numbers", "scales"))]:
        pieces = cut(word)
        if len(pieces) == 1 and len(word) > 1 and value <= 1000 and value > 0:
            yield bare(pieces[0].key), value


@lru_cache(maxsize=64)
def number_words(pack: Pack) -> NumberWords:
    """The compiled words of a pack."""
    return compiled(f"numbers_{pack.code}", [*SOURCES, Path(__file__), pack.file], lambda: NumberWords(pack))
