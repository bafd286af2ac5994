"""Inflected forms of the words that names are made of.

Forms come from the dictionaries of `simplemma` (needed at build time only), turned round: every form of a word that
stands in a name leads back to that word. `irregular.csv` adds what the dictionaries miss.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from pipeline.gazetteer.entry import Name
from pipeline.gazetteer.tables import fold, source

COLUMNS = ("word", "language", "forms")
DICTIONARIES = {"hr": "hbs"}
SHORTEST = 3
LONGEST_ENDING = 4
FEW_LANGUAGES = 3
PLACES = ("region", "town")
# Most forms that a noun or adjective has; a lemma with more is a verb. Languages that are not here have 40.
MOST_FORMS = {"et": 70, "fi": 70, "ga": 30, "hu": 80, "lt": 140}
LANGUAGES = (
    *("bg", "cs", "da", "de", "el", "es", "et", "fi", "fr", "ga", "hr"),
    *("hu", "it", "lt", "lv", "nl", "pl", "pt", "ro", "sk", "sl", "sv"),
)
# Languages whose attributes stand in an unchanging genitive, and the ending of their plurals: a word that is neither
# its own lemma nor a plural has no other forms there.
PLURALS = {"et": "d", "fi": "t", "hu": "k"}
# Languages in which the names of places have no forms.
UNINFLECTED_PLACES = {"bg", "es", "fr", "it", "nl", "pt"}


def word_forms(names: Sequence[Name], languages: Sequence[str] = LANGUAGES) -> Iterator[tuple[str, str, str]]:
    """Rows of (word of a name, language, its other forms separated by spaces), all folded, sorted.

    Raises ModuleNotFoundError where `simplemma` is not installed.
    """
    whole = {fold(name.name) for name in names}
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for row in source("irregular.csv"):
        found[row["language"]].update(_pairs(row["form"], row["lemma"]))
    for language in sorted(languages):
        if language in LANGUAGES:
            found[language] |= {pair for pair in _inverted(names, language) if pair[0] not in whole}
        forms: dict[str, list[str]] = defaultdict(list)
        for form, word in sorted(found[language]):
            forms[word].append(form)
        yield from ((word, language, " ".join(forms[word])) for word in sorted(forms))


def _pairs(form: str, lemma: str) -> Iterator[tuple[str, str]]:
    """Form and lemma word by word, where both have as many words."""
    forms, lemmas = fold(form).split(), fold(lemma).split()
    if len(forms) == len(lemmas):
        yield from ((f, w) for f, w in zip(forms, lemmas, strict=True) if f != w)


def _inverted(names: Sequence[Name], language: str) -> set[tuple[str, str]]:
    """(form, word of a name) for all forms that the dictionary of `language` holds."""
    dictionary = _dictionary(language)
    places, others = _place_lemmas(names, language, dictionary), _other_lemmas(names, language, dictionary)
    forms: dict[str, set[str]] = defaultdict(set)
    for form, lemma in dictionary.items():
        if (lemma in places or lemma in others) and len(form) >= SHORTEST and form.isalpha():
            forms[lemma].add(fold(form))
    found = set()
    for lemma, all_forms in forms.items():
        words = places.get(lemma, set()) | others.get(lemma, set())
        if not lemma[0].isupper() and len(all_forms) > MOST_FORMS.get(language, 40):
            continue
        found |= {(form, word) for form in all_forms for word in words if _inflects(form, word, lemma)}
    return found


def _place_lemmas(names: Iterable[Name], language: str, dictionary: Mapping[str, str]) -> dict[str, set[str]]:
    """Lemma to the words of place names that are this lemma, or in names like `Województwo śląskie` a form of it."""
    lemmas: dict[str, set[str]] = defaultdict(set)
    if language in UNINFLECTED_PLACES:
        return lemmas
    for name in _used(names, language, PLACES):
        words, own = _words(name), _is_own(name)
        for word in words:
            capital = word.capitalize()
            lemma = dictionary.get(capital, "")
            if fold(lemma) == word and lemma[0].isupper():
                lemmas[lemma].add(word)
            elif own and (len(words) > 1 or name.kind == "region"):
                spelling = capital if capital in dictionary else word
                lemma = dictionary.get(spelling, spelling)
                if _varies(word, lemma, language):
                    lemmas[lemma].add(word)
    return lemmas


def _varies(word: str, lemma: str, language: str) -> bool:
    """Whether a word of a name, a form of `lemma`, changes when the name is inflected."""
    return fold(lemma) == word or language not in PLURALS or word.endswith(PLURALS[language])


def _is_own(name: Name) -> bool:
    """Whether the name is a translation or native: few languages write it so."""
    return 0 < len(name.languages.split()) <= FEW_LANGUAGES


def _other_lemmas(names: Iterable[Name], language: str, dictionary: Mapping[str, str]) -> dict[str, set[str]]:
    """Lemma to the words of other names that are it or a form of it: `europejski` to `europejska`."""
    lemmas: dict[str, set[str]] = defaultdict(set)
    for name in _used(names, language, ("organisation", "partnership", "programme")):
        if name.languages:
            for word in _words(name):
                for spelling in {word, word.capitalize()} & dictionary.keys():
                    if _varies(word, dictionary[spelling], language):
                        lemmas[dictionary[spelling]].add(word)
    return lemmas


def _used(names: Iterable[Name], language: str, kinds: Sequence[str]) -> Iterator[Name]:
    """Names of these kinds that `language` uses, in the base form."""
    for name in names:
        used = not name.languages or language in name.languages.split()
        if used and name.kind in kinds and name.name_kind not in ("inflected", "acronym"):
            yield name


def _words(name: Name) -> list[str]:
    return [word for word in re.findall(r"[^\W\d_]+", fold(name.name)) if len(word) >= SHORTEST]


@cache
def _factory() -> object:
    from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

    return DefaultDictionaryFactory(cache_max_size=1)


def _dictionary(language: str) -> Mapping[str, str]:
    """Form to lemma as simplemma has it; one language is in memory at a time."""
    return _factory().get_dictionary(DICTIONARIES.get(language, language))  # type: ignore[attr-defined,no-any-return]


def _inflects(form: str, word: str, lemma: str) -> bool:
    """Whether `form` can be a form of `word`: proper names are believed, other words must begin alike."""
    if form == word or len(form) > max(len(word), len(lemma)) + LONGEST_ENDING:
        return False
    alike = 2 if lemma[0].isupper() and fold(lemma) == word else max(SHORTEST, len(word) - 5)
    return form[:alike] == word[:alike] or form[1:alike] == word[: alike - 1]
