"""The words of one language pack as a trie over tokens, each with a tag that says what the word does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pipeline.languages import load_packs
from pipeline.text.tokens import Token, fold, tokenise

GAP = 14
TAIL = "compound"
# No token holds a space, so no text can be taken for the end of an entry.
_STOP = " end"


@dataclass(frozen=True, slots=True)
class Hit:
    """Words `[first, last]` of a token list carry `tag`, such as ("cue", "lead", "passive"); `value` as in
    `third=3`."""

    first: int
    last: int
    tag: tuple[str, ...]
    value: str | None = None


class Lexicon:
    """All entries of a pack, matched in one walk over the tokens."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.data = data
        self._root: dict[str, Any] = {}
        self._stems: set[str] = set()
        self._keys: dict[str, tuple[str, ...]] = {}
        self._second: dict[tuple[str, ...], list[tuple[list[str], tuple[str, ...]]]] = {}
        self._tails: dict[str, tuple[str, ...]] = {}
        for tag, entry in _entries(data):
            if tag[0] == "head" and tag[1].endswith("_compound"):
                self._tails[fold(entry.rstrip("*").lstrip("-"))] = ("head", tag[1].removesuffix("_compound"), tag[2])
            else:
                self._add(tag, entry)
        self._tailed: dict[str, tuple[str, ...] | None] = {}
        self.endings = _rules(data["inflection"].get("endings", []))
        self.mutations = _rules(data["inflection"].get("mutations", []))

    def _add(self, tag: tuple[str, ...], entry: str) -> None:
        phrase, _, value = entry.partition("=")
        parts = [self._words(part) for part in phrase.split("...")]
        if not parts[0]:
            return
        rest = [p for p in parts[1:] if p]
        self._insert(parts[0], (tag, value or None, tuple(rest[0]) if rest else ()))

    def _words(self, phrase: str) -> list[str]:
        words = []
        for raw in phrase.split():
            stem = raw.endswith("*") and len(raw) > 1
            tokens = [t.fold for t in tokenise(raw[:-1] if stem else raw)]
            if stem and tokens:
                tokens[-1] += "*"
                self._stems.add(tokens[-1])
            words += tokens
        return words

    def _insert(self, words: list[str], payload: tuple[tuple[str, ...], str | None, tuple[str, ...]]) -> None:
        node = self._root
        for word in words:
            node = node.setdefault(word, {})
        held = node.setdefault(_STOP, [])
        if payload not in held:
            held.append(payload)

    def keys(self, word: str) -> tuple[str, ...]:
        """The keys under which a folded word may stand in the trie: itself and the stems that it begins with."""
        known = self._keys.get(word)
        if known is None:
            stems = (word[:n] + "*" for n in range(2, len(word) + 1))
            known = self._keys[word] = (word, *(s for s in stems if s in self._stems))
        return known

    def hits(self, tokens: Sequence[Token]) -> list[Hit]:
        """Every entry that stands in the tokens; of cues, those inside a longer cue are left out."""
        found: list[Hit] = []
        for i in range(len(tokens)):
            for j, (tag, value, second) in self._walk(tokens, i):
                if not second:
                    found.append(Hit(i, j, tag, value))
                else:
                    k = self._find(tokens, j + 1, second)
                    if k is not None:
                        found.append(Hit(i, j, tag, value))
            tail = self._tail(tokens[i].fold) if self._tails and tokens[i].word else None
            if tail is not None:
                found.append(Hit(i, i, tail, TAIL))
        return _longest(found)

    def _tail(self, word: str) -> tuple[str, ...] | None:
        """The head that a compound ends in (frukostseminarium), longest first; three letters at least stand
        before it."""
        if word not in self._tailed:
            ends = (word[n:] for n in range(3, len(word) - 2))
            self._tailed[word] = next((self._tails[e] for e in ends if e in self._tails), None)
        return self._tailed[word]

    def _walk(self, tokens: Sequence[Token], i: int) -> Iterator[tuple[int, Any]]:
        level = [self._root]
        for j in range(i, min(i + 9, len(tokens))):
            level = [node[key] for node in level for key in self.keys(tokens[j].fold) if key in node]
            if not level:
                return
            for node in level:
                for payload in node.get(_STOP, ()):
                    yield j, payload

    def _find(self, tokens: Sequence[Token], at: int, words: tuple[str, ...]) -> int | None:
        for k in range(at, min(at + GAP + 1, len(tokens) - len(words) + 1)):
            if all(w in self.keys(tokens[k + n].fold) for n, w in enumerate(words)):
                return k
            if tokens[k].fold in ".;:!?":
                return None
        return None

    def is_entry(self, lists: tuple[str, str], words: Sequence[Token]) -> bool:
        """True if the words are, as a whole, an entry of a list such as ("sections", "contact")."""
        return any(j == len(words) - 1 and tag == lists for j, (tag, _, _) in self._walk(words, 0)) if words else False


def _entries(data: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], str]]:
    for key in ("months", "weekdays", "seasons", "timezones"):
        for entry in data["dates"].get(key, []):
            for form in [entry] if key == "timezones" else entry.split():
                yield ("date", key), form
    for entry in data["numbers"].get("words", []):
        yield ("number",), entry
    for section, tables in data.items():
        if section in ("code", "name", "inflection", "dates", "numbers", "examples"):
            continue
        for key, value in tables.items():
            if isinstance(value, dict):
                for kind, entries in value.items():
                    for entry in entries:
                        yield (_SECTION.get(section, section), key, kind), entry
            elif isinstance(value, list):
                for entry in value:
                    yield (_SECTION.get(section, section), key), entry


_SECTION = {"cues": "cue", "heads": "head", "grammar": "word"}


# Taking part is said of events and of partnerships: the longer phrase of the one must not hide the other.
_BOTH = {"attend", "member"}


def _longest(hits: list[Hit]) -> list[Hit]:
    """Drop cues and status words that lie inside a longer cue or status word."""
    longer = sorted({(h.first, h.last, h.tag[1]) for h in hits if h.tag[0] in ("cue", "status") and h.last > h.first})
    out = []
    for hit in hits:
        if hit.tag[0] in ("cue", "status"):
            size = hit.last - hit.first
            if any(
                a <= hit.first and hit.last <= b and b - a > size and {tag, hit.tag[1]} != _BOTH for a, b, tag in longer
            ):
                continue
        out.append(hit)
    return out


def _rules(entries: list[str]) -> list[tuple[str, str]]:
    rules = []
    for entry in entries:
        ending, _, base = entry.partition(">")
        rules.append((ending.strip().casefold(), base.strip().casefold()))
    return sorted(dict.fromkeys(rules), key=lambda r: -len(r[0]))


class ForeignHeads(Lexicon):
    """Head nouns of organisations in all languages: with a capital they make names in any text (University of
    X in Polish)."""

    def __init__(self) -> None:
        packs = load_packs().values()
        kinds: dict[str, list[str]] = {}
        linkers: set[str] = set()
        for pack in packs:
            for kind, entries in pack.data["heads"].get("organisation", {}).items():
                kinds.setdefault(kind, []).extend(e for e in entries if kind != "company")
            linkers |= {fold(w) for w in pack.data["grammar"].get("linkers", []) if " " not in w}
        super().__init__({"dates": {}, "numbers": {}, "inflection": {}, "heads": {"organisation": kinds}})
        self.linkers = frozenset(linkers)

    def hits(self, tokens: Sequence[Token]) -> list[Hit]:
        """Heads that begin with a capital."""
        return [h for h in super().hits(tokens) if tokens[h.first].text[0].isupper() and len(tokens[h.first].text) > 3]


@lru_cache(maxsize=1)
def foreign_heads() -> ForeignHeads:
    """The one lexicon of heads in all languages."""
    return ForeignHeads()


@lru_cache(maxsize=64)
def lexicon(language: str) -> Lexicon:
    """The lexicon of a language; a language without a pack falls back on the first pack."""
    packs = load_packs()
    pack = packs.get(language) or next(iter(packs.values()))
    return Lexicon(pack.data)
