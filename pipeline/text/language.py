"""Which language a text is in, among those that have a pack.

Small words of the packs decide most texts; where two languages come close, byte n-grams (py3langid) do.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import lru_cache
from pathlib import Path
from typing import Any

from pipeline.languages import Pack, load_packs, pack_files
from pipeline.text import tokens
from pipeline.text.compiled import compiled
from pipeline.text.tokens import fold

FEWEST_LETTERS = 40
_SAMPLE = 6_000
_NGRAM_SAMPLE = 700
_FEWEST_HITS = 5.0
_MARGIN = 1.6
_WORD = re.compile(r"[^\W\d_]+")
_GRAMMAR = (
    "articles",
    "elisions",
    "linkers",
    "place_prepositions",
    "programme_prepositions",
    "and",
    "relatives",
    "pronouns",
    "self",
    "all",
    "on_behalf",
    "among",
    "except",
    "contrast",
)


def identify(text: str, default: str | None = None) -> tuple[str, float]:
    """The ISO 639-1 code of the text's language and a confidence from 0 to 1.

    A text of fewer than 40 letters tells too little: it is given `default`, with confidence 0, if there is one.
    """
    words = _WORD.findall(text[:_SAMPLE])
    letters = sum(map(len, words))
    if default is not None and letters < FEWEST_LETTERS:
        return default, 0.0
    scores = _word_scores(words)
    ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))[:2]
    if ranked and ranked[0][1] >= _FEWEST_HITS:
        best, second = ranked[0][1], ranked[1][1] if len(ranked) > 1 else 0.0
        if best >= _MARGIN * second:
            return ranked[0][0], round(min(0.99, best / (best + second)), 2)
    if letters == 0:
        return default or next(iter(load_packs())), 0.0
    code, confidence = _ngrams().classify(" ".join(words)[:_NGRAM_SAMPLE])
    if ranked and scores.get(code, 0.0) < 0.5 * ranked[0][1] and confidence < 0.9:
        return ranked[0][0], round(confidence / 2, 2)
    return str(code), round(float(confidence) * min(1.0, letters / FEWEST_LETTERS), 2)


def _word_scores(words: list[str]) -> dict[str, float]:
    """How much each language's small words make up of a text; a word that several languages have is shared by them."""
    weights = _weights()
    scores: defaultdict[str, float] = defaultdict(float)
    for word, times in Counter(words).items():
        shares = weights.get(fold(word))
        if shares is not None:
            for code, weight in shares:
                scores[code] += weight * times
    return scores


@lru_cache(maxsize=1)
def _weights() -> dict[str, tuple[tuple[str, float], ...]]:
    return compiled("small_words", [Path(__file__), Path(tokens.__file__), *pack_files()], _share_out)


def _share_out() -> dict[str, tuple[tuple[str, float], ...]]:
    owners: dict[str, set[str]] = {}
    for code, pack in load_packs().items():
        for word in _small_words(pack):
            owners.setdefault(word, set()).add(code)
    return {word: tuple((c, 1 / len(codes)) for c in sorted(codes)) for word, codes in owners.items()}


def _small_words(pack: Pack) -> set[str]:
    """The words of the pack's grammar, months, number words and cues of membership, taken apart; stems are left out."""
    entries = [e for key in _GRAMMAR for e in pack.words("grammar", key)]
    for key in ("months", "inner", "since", "until", "range", "between"):
        entries += pack.words("dates", key)
    for key in ("at_least", "at_most", "approximate", "words"):
        entries += pack.words("numbers", key)
    for cue in pack.get("cues") or {}:
        for key in ("active", "passive"):
            entries += pack.words("cues", cue, key)
    for entries_of_kind in pack.table("status").values():
        entries += entries_of_kind
    words = (w for e in entries for w in e.partition("=")[0].replace("|", " ").split() if not w.endswith("*"))
    return {fold(part) for word in words for part in _WORD.findall(word)}


@lru_cache(maxsize=1)
def _ngrams() -> Any:
    """The n-gram identifier, restricted to the packs' languages. Loaded only when first needed."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages([code for code in load_packs() if code in identifier.labels])
    return identifier
