"""Inflected forms of the words that names are made of, from `irregular.csv`.

The endings that a language puts on any name are in its pack; this table holds what endings cannot give: stems that
change (`Toscana`, `Toscanan`) and adjectives that agree.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from pipeline.gazetteer.tables import fold, source

COLUMNS = ("word", "language", "forms")


def word_forms() -> Iterator[tuple[str, str, str]]:
    """Rows of (word of a name, language, its other forms separated by spaces), all folded, sorted."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in source("irregular.csv"):
        for form, word in _pairs(row["form"], row["lemma"]):
            found[row["language"], word].add(form)
    for language, word in sorted(found):
        yield word, language, " ".join(sorted(found[language, word]))


def _pairs(form: str, lemma: str) -> Iterator[tuple[str, str]]:
    """Form and lemma word by word, where both have as many words."""
    forms, lemmas = fold(form).split(), fold(lemma).split()
    if len(forms) == len(lemmas):
        yield from ((f, w) for f, w in zip(forms, lemmas, strict=True) if f != w)
