"""Names that the gazetteer holds, found in tokens: exact, inflected by the language's rules, or mutated at the
front."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from pipeline.extract.words.lexicon import Lexicon
from pipeline.gazetteer import load
from pipeline.gazetteer.tables import DATA
from pipeline.text import tokens as tokens_module
from pipeline.text.compiled import compiled
from pipeline.text.tokens import Token, tokenise

# No token holds a space, so no text can be taken for the end of an entry.
_STOP = " end"
FOLDER = Path(__file__).parents[2] / "gazetteer"
LONGEST = 16
SHORTEST = 4
_WORDS = 30_000
# Nodes of the trie, each with whether all words led to it as they stand.
_Level = tuple[tuple[dict[str, Any], bool], ...]


class Reading(NamedTuple):
    """One thing that a name may stand for."""

    kind: str
    key: str
    name: str
    name_kind: str
    ambiguous: str
    rank: int
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """Tokens `[first, last]` are a name of one or more things; `exact` if no ending was taken off."""

    first: int
    last: int
    readings: tuple[Reading, ...]
    exact: bool


class NameIndex:
    """A trie over the folded words of all names. Built once a process."""

    def __init__(self) -> None:
        sources = (DATA / "names.csv.gz", FOLDER / "unnamed.csv", Path(__file__), Path(tokens_module.__file__))
        self.root, self.vocabulary = compiled("names", sources, self._grow)
        self.forms = load().forms
        self._languages: dict[Lexicon, tuple[Callable[[str], tuple[str, ...]], Callable[[str], _Level]]] = {}

    def _grow(self) -> tuple[dict[str, Any], set[str]]:
        """The trie and all words in it."""
        root: dict[str, Any] = {}
        vocabulary: set[str] = set()
        unnamed = _unnamed()
        for name in load().names:
            if (name.kind, name.key) in unnamed:
                continue
            tokens = [(t.text, t.fold) for t in tokenise(name.name)]
            words = tuple(text for text, _ in tokens)
            reading = Reading(name.kind, name.key, name.name, name.name_kind, name.ambiguous, name.rank, words)
            node = root
            for _, word in tokens:
                node = node.setdefault(word, {})
                vocabulary.add(word)
            node.setdefault(_STOP, []).append(reading)
        return root, vocabulary

    def find(self, tokens: Sequence[Token], lexicon: Lexicon) -> list[Known]:
        """All names in the tokens, overlapping ones too. Cost: a few look-ups a token."""
        keys, begin = self._lookups(lexicon)
        found: list[Known] = []
        for i, token in enumerate(tokens):
            level = begin(token.fold) if token.word else ()
            j = i
            while level:
                for node, exact in level:
                    if _STOP in node:
                        readings = tuple(r for r in node[_STOP] if _cased(r, tokens[i : j + 1], exact))
                        if readings:
                            found.append(Known(i, j, readings, exact))
                j += 1
                while j < i + LONGEST and j < len(tokens) and _aside(tokens, i, j):
                    j += 1
                if j >= i + LONGEST or j >= len(tokens):
                    break
                level = _step(level, keys(tokens[j].fold))
        return found

    def named(self, text: str, lexicon: Lexicon) -> tuple[Reading, ...]:
        """What the whole text is a name of."""
        tokens = tokenise(text)
        return next((k.readings for k in self.find(tokens, lexicon) if (k.first, k.last) == (0, len(tokens) - 1)), ())

    def _lookups(self, lexicon: Lexicon) -> tuple[Callable[[str], tuple[str, ...]], Callable[[str], _Level]]:
        """For a language: from a folded word to the words of names that it may be, and to the names that it begins."""
        known = self._languages.get(lexicon)
        if known is None:

            @lru_cache(_WORDS)
            def keys(word: str) -> tuple[str, ...]:
                return word, *self._bases(word, lexicon)

            @lru_cache(_WORDS)
            def begin(word: str) -> _Level:
                return _step(((self.root, True),), keys(word))

            known = self._languages[lexicon] = keys, begin
        return known

    def _bases(self, word: str, lexicon: Lexicon) -> list[str]:
        """Words of names of which `word` may be a form in this language."""
        if len(word) < SHORTEST or not word.isalpha():
            return []
        bases = [b for b in self.forms.get(word, ()) if b in self.vocabulary]
        fronts = [word] + [
            base + word[len(m) :] for m, base in lexicon.mutations if word.startswith(m) and len(word) >= len(m) + 2
        ]
        bases += [f for f in fronts[1:] if f in self.vocabulary]
        for front in fronts:
            for size in lexicon.ending_sizes:
                for base in lexicon.endings.get(front[len(front) - size :], ()) if len(front) - size >= 2 else ():
                    stem = front[: len(front) - size] + base
                    if len(stem) >= 3 and stem in self.vocabulary:
                        bases.append(stem)
        return list(dict.fromkeys(b for b in bases if b != word))


@lru_cache(maxsize=1)
def not_names() -> frozenset[str]:
    """Folded words that look like names and name nothing."""
    with (FOLDER / "not_names.csv").open(encoding="utf-8", newline="") as file:
        return frozenset(" ".join(t.fold for t in tokenise(row["word"])) for row in csv.DictReader(file))


@lru_cache(maxsize=1)
def collectives() -> frozenset[str]:
    """Keys of bodies that texts mostly speak of as the network of regions that they are."""
    with (FOLDER / "networks.csv").open(encoding="utf-8", newline="") as file:
        return frozenset(row["key"] for row in csv.DictReader(file) if row["speaks_as"] == "partnership")


def _unnamed() -> set[tuple[str, str]]:
    """Things whose names are used too loosely to count as a mention."""
    with (FOLDER / "unnamed.csv").open(encoding="utf-8", newline="") as file:
        return {(row["kind"], row["key"]) for row in csv.DictReader(file)}


def _aside(tokens: Sequence[Token], i: int, j: int) -> bool:
    """Token `j` belongs to an acronym in brackets inside a name: smart specialisation (S3) platforms."""
    for k in (j, j - 1, j - 2):
        if k > i and tokens[k].fold == "(" and k + 2 < len(tokens) and tokens[k + 2].fold == ")":
            return k + 3 < len(tokens)
    return False


def _step(level: _Level, keys: tuple[str, ...]) -> _Level:
    """The nodes behind one more word; only the first key is the word itself."""
    return tuple((node[key], exact and n == 0) for node, exact in level for n, key in enumerate(keys) if key in node)


def _cased(reading: Reading, tokens: Sequence[Token], exact: bool) -> bool:
    """Whether the text's capitals allow this reading: acronyms need their own, names begin with one."""
    if reading.name_kind == "acronym" or (
        len(reading.words) == 1 and len(reading.name) <= 5 and reading.name.isupper()
    ):
        return exact and "".join(t.text for t in tokens) == "".join(reading.words)
    if reading.name_kind == "theme":
        return True
    capital = [t.capital for t in tokens if t.word]
    if not capital:
        return False
    wanted = [w[0].isupper() or w[0].isdigit() for w in reading.words if w[0].isalnum()]
    if len(capital) == 1:
        return capital[0] or not wanted[0]
    if capital[0] or not wanted[0]:
        return any(capital) or not any(wanted)
    return any(capital[1:]) or not any(wanted[1:])


@lru_cache(maxsize=1)
def name_index() -> NameIndex:
    """The one index of the gazetteer's names."""
    return NameIndex()
