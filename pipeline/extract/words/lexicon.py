"""The words of one language pack as a trie over tokens, each with a tag that says what the word does."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from pipeline.languages import load_packs, pack_files
from pipeline.text import tokens as tokens_module
from pipeline.text.compiled import Keepable, compiled
from pipeline.text.tokens import Token, fold, folds

GAP = 14
# Words that may part the words of a cue: is since January a member of, launched in 2016 by.
APART = 4
LONGEST = 9
_WORDS = 30_000
# No word of a legal form of companies is longer (EOOD, GmbH, EURL); longer ones are words such as `company`.
LEGAL = 4
_SOURCES = (Path(__file__), Path(tokens_module.__file__))
TAIL = "compound"
# A head that pack entries mark so (`day=name`) is an event's only as part of a title.
TITLED = "name"
# The words of a cue stand apart, at most `APART` words between them.
GAPPED = "gapped"
# No token holds a space, so no text can be taken for the end of an entry.
_STOP = " end"
_Payload = tuple[tuple[str, ...], str | None, tuple[str, ...], int]
"""Tag, value, words behind a gap, and how many words the gap may hold."""


@dataclass(slots=True)
class Hit:
    """Words `[first, last]` of a token list carry `tag`, such as ("cue", "lead", "passive"); `value` as in
    `third=3`; `behind` is the number of further words of the entry that stand behind a gap."""

    first: int
    last: int
    tag: tuple[str, ...]
    value: str | None = None
    behind: int = 0


@dataclass(slots=True)
class _Beginning:
    """What a word is by itself: `plain` and `gapped` are indexes of `payloads`, the latter by the word behind the gap;
    the longer entries that it begins, and the words that come second in them; whether any entry that it begins has a
    gap; the head that ends it."""

    payloads: list[_Payload]
    plain: list[int]
    gapped: dict[str, list[int]]
    nodes: list[dict[str, Any]]
    seconds: set[str]
    gaps: bool
    tail: tuple[str, ...] | None


class _Behind:
    """Where in a list of tokens the words stand that entries have behind a gap, and what no gap may hold."""

    __slots__ = ("commas", "places", "stops")

    def __init__(self, tokens: Sequence[Token], seconds: Callable[[str], tuple[str, ...]]) -> None:
        self.places: dict[str, list[int]] = {}
        self.stops: list[int] = []
        self.commas: list[int] = []
        for i, token in enumerate(tokens):
            for key in seconds(token.fold):
                self.places.setdefault(key, []).append(i)
            if not token.word and token.fold in ".;:!?," and not _of_abbreviation(tokens, i):
                self.commas.append(i)
                if token.fold != ",":
                    self.stops.append(i)

    def within(self, word: str, at: int, gap: int) -> list[int]:
        """Where the word stands behind a gap that begins at token `at`; ends of a sentence end the gap, commas a
        short one."""
        places = self.places.get(word, [])
        n = bisect_left(places, at)
        if n == len(places) or places[n] > at + gap:
            return []
        stops = self.commas if gap == APART else self.stops
        stop = bisect_left(stops, at)
        last = min(at + gap, stops[stop]) if stop < len(stops) else at + gap
        return places[n : bisect_right(places, last, n)]


def _of_abbreviation(tokens: Sequence[Token], at: int) -> bool:
    """Założona w 2018 r. przez: a full stop with a word in small letters behind it ends no sentence."""
    behind = tokens[at + 1] if at + 1 < len(tokens) else None
    return tokens[at].fold == "." and behind is not None and behind.text[:1].islower()


def _branches(node: dict[str, Any]) -> bool:
    return len(node) > (_STOP in node)


class Lexicon(Keepable):
    """All entries of a pack, matched in one walk over the tokens."""

    keys: Callable[[str], tuple[str, ...]]
    _begin: Callable[[str], _Beginning | None]
    _seconds: Callable[[str], tuple[str, ...]]

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.data = data
        self._root: dict[str, Any] = {}
        self._stems: set[str] = set()
        self._gaps: set[str] = set()
        self._behind: set[str] = set()
        self._openings: dict[tuple[str, ...], set[str]] = {}
        self._tails: dict[str, tuple[str, ...]] = {}
        for tag, entry in _entries(data):
            if tag[0] == "head" and tag[1].endswith("_compound"):
                self._tails[fold(entry.rstrip("*").lstrip("-"))] = ("head", tag[1].removesuffix("_compound"), tag[2])
            else:
                self._add(tag, entry)
        self._longest_stem = max(map(len, self._stems), default=1) - 1
        self.endings: dict[str, list[str]] = {}
        for ending, base in _rules(data["inflection"].get("endings", [])):
            self.endings.setdefault(ending, []).append(base)
        self.ending_sizes = sorted(set(map(len, self.endings)), reverse=True)
        self.mutations = _rules(data["inflection"].get("mutations", []))
        companies = data.get("heads", {}).get("organisation", {}).get("company", [])
        forms = (tuple(w for w in self._words(e) if w.isalnum()) for e in companies if "*" not in e)
        self._legal_forms = {f for f in forms if f and max(map(len, f)) <= LEGAL}
        self.openers = frozenset(fold(w) for w in data.get("grammar", {}).get("openers", []))
        vars(self).update(self.caches())

    def caches(self) -> dict[str, Any]:
        """Most words of a text begin nothing: what they do is looked up once."""
        looked_up: dict[str, Callable[[str], Any]] = {
            "keys": self._keys,
            "_begin": self._beginning,
            "_seconds": self._in_gaps,
        }
        return {name: lru_cache(_WORDS)(look) for name, look in looked_up.items()}

    def _add(self, tag: tuple[str, ...], entry: str) -> None:
        phrase, _, value = entry.partition("=")
        parts = [self._words(part) for part in phrase.split("...")]
        if not parts[0]:
            return
        rest = [p for p in parts[1:] if p]
        self._openings.setdefault(tag, set()).add(parts[0][0])
        if rest:
            self._gaps.add(parts[0][0])
        self._insert(parts[0], (tag, value or None, tuple(rest[0]) if rest else (), GAP))
        if tag[0] == "cue" and not rest:
            for split in {1, len(parts[0]) - 1} - {0, len(parts[0])}:
                self._gaps.add(parts[0][0])
                self._insert(parts[0][:split], (tag, value or None, tuple(parts[0][split:]), APART))

    def _words(self, phrase: str) -> list[str]:
        words = []
        for raw in phrase.split():
            stem = raw.endswith("*") and len(raw) > 1
            tokens = folds(raw[:-1] if stem else raw)
            if stem and tokens:
                tokens[-1] += "*"
                self._stems.add(tokens[-1])
            words += tokens
        return words

    def _insert(self, words: list[str], payload: _Payload) -> None:
        node = self._root
        self._behind.update(payload[2][:1])
        for word in words:
            node = node.setdefault(word, {})
        held = node.setdefault(_STOP, [])
        if payload not in held:
            held.append(payload)

    def _keys(self, word: str) -> tuple[str, ...]:
        """The keys under which a folded word may stand in the trie: itself and the stems that it begins with."""
        stems = (word[:n] + "*" for n in range(2, min(len(word), self._longest_stem) + 1))
        return (word, *(s for s in stems if s in self._stems))

    def _beginning(self, word: str) -> _Beginning | None:
        """All that a folded word does or begins; None for most words."""
        nodes = [self._root[key] for key in self.keys(word) if key in self._root]
        tail = self._tail(word)
        if not nodes and tail is None:
            return None
        payloads = [p for node in nodes for p in node.get(_STOP, ())]
        longer = list(filter(_branches, nodes))
        seconds = {key for node in longer for key in node if key != _STOP}
        gapped: dict[str, list[int]] = {}
        for n, (_, _, behind, _) in enumerate(payloads):
            if behind:
                gapped.setdefault(behind[0], []).append(n)
        plain = [n for n, payload in enumerate(payloads) if not payload[2]]
        gaps = not self._gaps.isdisjoint(self.keys(word))
        return _Beginning(payloads, plain, gapped, longer, seconds, gaps, tail)

    def _in_gaps(self, word: str) -> tuple[str, ...]:
        """The keys of a folded word under which it may begin what stands behind a gap."""
        return tuple(key for key in self.keys(word) if key in self._behind)

    def hits(self, tokens: Sequence[Token]) -> list[Hit]:
        """Every entry that stands in the tokens; of cues, those inside a longer cue are left out."""
        return _longest(self._hits(tokens, range(len(tokens))))

    def _hits(self, tokens: Sequence[Token], places: Iterable[int]) -> list[Hit]:
        found: list[Hit] = []
        begin, keys = self._begin, self.keys
        behind: _Behind | None = None
        for i in places:
            here = begin(tokens[i].fold)
            if here is None:
                continue
            stand = here.plain
            if here.gaps:
                behind = behind or _Behind(tokens, self._seconds)
                apart = [
                    n
                    for word in here.gapped.keys() & behind.places.keys()
                    for n in here.gapped[word]
                    if self._follows(tokens, i + 1, here.payloads[n], behind)
                ]
                if apart:
                    stand = sorted(stand + apart)
            for n in stand:
                found.append(_hit(i, i, here.payloads[n]))
            if here.nodes and i + 1 < len(tokens) and not here.seconds.isdisjoint(keys(tokens[i + 1].fold)):
                for j, payload in self._walk(tokens, i, here.nodes):
                    if not payload[2] or (behind is not None and self._follows(tokens, j + 1, payload, behind)):
                        found.append(_hit(i, j, payload))
            if here.tail is not None:
                found.append(Hit(i, i, here.tail, TAIL))
        return found

    def _tail(self, word: str) -> tuple[str, ...] | None:
        """The head that a compound ends in (frukostseminarium), longest first; three letters at least stand
        before it."""
        ends = (word[n:] for n in range(3, len(word) - 2))
        return next((self._tails[e] for e in ends if e in self._tails), None)

    def _walk(self, tokens: Sequence[Token], i: int, level: list[dict[str, Any]]) -> Iterator[tuple[int, _Payload]]:
        """The entries of two words and more that begin at token `i`, which led to the nodes of `level`."""
        for j in range(i + 1, min(i + LONGEST, len(tokens))):
            keys = self.keys(tokens[j].fold)
            level = [node[key] for node in level for key in keys if key in node]
            if not level:
                return
            for node in level:
                for payload in node.get(_STOP, ()):
                    yield j, payload

    def _follows(self, tokens: Sequence[Token], at: int, payload: _Payload, behind: _Behind) -> bool:
        """Whether the words of an entry that stand behind a gap do so, the gap beginning at token `at`."""
        _, _, words, gap = payload
        return any(
            k + len(words) <= len(tokens)
            and all(words[n] in self.keys(tokens[k + n].fold) for n in range(1, len(words)))
            for k in behind.within(words[0], at, gap)
        )

    def may_begin(self, tag: tuple[str, ...], words: Iterable[str]) -> bool:
        """Whether an entry with this tag begins with one of the folded words."""
        openings = self._openings.get(tag)
        return openings is not None and any(not openings.isdisjoint(self.keys(word)) for word in words)

    def is_legal_form(self, words: Sequence[str]) -> bool:
        """True if the folded words are the legal form of a company, marks left out (`sp`, `z`, `o`, `o`)."""
        return tuple(words) in self._legal_forms

    def is_entry(self, lists: tuple[str, str], words: Sequence[Token]) -> bool:
        """True if the words are, as a whole, an entry of a list such as ("sections", "contact")."""
        here = self._begin(words[0].fold) if 0 < len(words) <= LONGEST else None
        if here is None:
            return False
        if len(words) == 1:
            return any(tag == lists for tag, _, second, _ in here.payloads if not second)
        longer = ((j, tag) for j, (tag, _, second, _) in self._walk(words, 0, here.nodes) if not second)
        return any(j == len(words) - 1 and tag == lists for j, tag in longer)


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
            if key in ("openers", "topic_endings", "general", "we_endings"):
                continue
            if isinstance(value, dict):
                for kind, entries in value.items():
                    for entry in entries:
                        yield (_SECTION.get(section, section), key, kind), entry
            elif isinstance(value, list):
                for entry in value:
                    yield (_SECTION.get(section, section), key), entry
    yield from first_person(data)


# What somebody does of whom "we" may say it.
_ACTS = {"lead", "found", "member", "contribute", "organise", "host", "attend"}
# A pack's rule for the ending of a verb, for a whole verb, and for the pronoun before a verb that changes too.
_RULE = re.compile(r"^([^>]+)(>{1,3})([^>]+)$")
# Letters of a verb that no rule takes away, at least.
_STEM = 2


def first_person(data: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], str]]:
    """What "we" do, made of what others do by the pack's rules (lidera: lideramos), and the verb by itself as a word
    for "we"."""
    rules: dict[str, list[tuple[str, str]]] = {">": [], ">>": [], ">>>": []}
    for rule in data.get("grammar", {}).get("we_endings", []):
        third, sign, first = cast("re.Match[str]", _RULE.match(rule)).groups()
        rules[sign].append((third, first))
    for relation in _ACTS & data.get("cues", {}).keys():
        for entry in data["cues"][relation].get("active", []):
            for verb, phrase in _in_first_person(entry, rules):
                yield ("cue", relation, "active"), phrase
                yield ("word", "we"), verb
    for kind, entries in data.get("status", {}).items():
        for entry in entries:
            yield from ((("status", kind), phrase) for _, phrase in _in_first_person(entry, rules))


def _in_first_person(entry: str, rules: Mapping[str, list[tuple[str, str]]]) -> Iterator[tuple[str, str]]:
    """Verb and whole phrase of an entry of which the first word, or the one behind a reflexive pronoun, changes."""
    first, _, rest = entry.partition(" ")
    own = next((b for a, b in rules[">>>"] if a == first), None)
    if own is not None:
        yield from ((verb, f"{own} {phrase}") for verb, phrase in _in_first_person(rest, rules))
        return
    made = [b for a, b in rules[">>"] if first == a]
    if not made and "=" not in first:
        made = [verb for a, b in rules[">"] if (verb := _exchanged(first, a, b))]
    yield from ((verb, f"{verb} {rest}".strip()) for verb in made)


def _exchanged(verb: str, third: str, first: str) -> str | None:
    """A verb with another ending, and another beginning where the rule has a gap: jmexxu by j…u>n…u is nmexxu."""
    (begins, _, ends), (opening, _, ending) = (part.rpartition("…") for part in (third, first))
    stem = len(verb) - len(begins) - len(ends)
    if stem < _STEM or not (verb.startswith(begins) and verb.endswith(ends)):
        return None
    return opening + verb[len(begins) : len(begins) + stem] + ending


def _hit(first: int, last: int, payload: _Payload) -> Hit:
    """A cue whose words stand apart says so in its value."""
    tag, value, second, gap = payload
    return Hit(first, last, tag, GAPPED if gap == APART and second else value, len(second))


_SECTION = {"cues": "cue", "heads": "head", "grammar": "word"}


# Taking part is said of events and of partnerships: the longer phrase of the one must not hide the other.
_BOTH = {"attend", "member"}


def _longest(hits: list[Hit]) -> list[Hit]:
    """Drop cues and status words that lie inside a longer cue or status word; of a relation's cues on the same words
    those stay that have most words behind a gap (`leads ... it` is passive, as `leads it` is)."""
    most: dict[tuple[int, int, str], int] = {}
    for hit in hits:
        if hit.behind and hit.tag[0] == "cue":
            place = hit.first, hit.last, hit.tag[1]
            most[place] = max(hit.behind, most.get(place, 0))
    if most:
        hits = [h for h in hits if h.tag[0] != "cue" or h.behind >= most.get((h.first, h.last, h.tag[1]), 0)]
    longer = sorted({(h.first, h.last, h.tag[1]) for h in hits if h.last > h.first and h.tag[0] in ("cue", "status")})
    if not longer:
        return hits
    out = []
    for hit in hits:
        first, last, tag = hit.first, hit.last, hit.tag
        if tag[0] in ("cue", "status"):
            size = last - first
            # The date of a launch does not hide who launched: created in 2020 by A.
            dated = tag[1] == "found" and hit.value == GAPPED
            near = longer[bisect_left(longer, (first - LONGEST,)) : bisect_left(longer, (first + 1,))]
            if any(
                last <= b and b - a > size and {name, tag[1]} != _BOTH and not (dated and name == "launch")
                for a, b, name in near
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


# Kinds of partnerships that are called by their head noun in any language, and how long that is at least.
_NAMED, _LONG = ("network", "pact"), 6


class ForeignHeads(Lexicon):
    """Head nouns of organisations and networks in all languages: with a capital they make names in any text
    (University of X in Polish, X Network)."""

    def __init__(self) -> None:
        packs = load_packs().values()
        kinds: dict[str, list[str]] = {}
        named: dict[str, list[str]] = {}
        linkers: set[str] = set()
        governed: set[str] = set()
        territories: set[str] = set()
        for pack in packs:
            for kind, entries in pack.data["heads"].get("organisation", {}).items():
                kinds.setdefault(kind, []).extend(e for e in entries if kind != "company")
            for kind in _NAMED:
                entries = pack.data["heads"].get("partnership", {}).get(kind, [])
                named.setdefault(kind, []).extend(e for e in entries if e.isalpha() and len(e) >= _LONG)
            linkers |= {fold(w) for w in pack.data["grammar"].get("linkers", []) if " " not in w}
            governed |= {fold(w) for w in pack.data["grammar"].get("governed", []) if "=" not in w}
            territories |= {fold(w) for w in pack.data["grammar"].get("territories", [])}
        heads = {"organisation": kinds, "partnership": named}
        super().__init__({"dates": {}, "numbers": {}, "inflection": {}, "heads": heads})
        self.linkers = frozenset(linkers)
        self.governed = frozenset(governed)
        self.territories = frozenset(territories)

    def hits(self, tokens: Sequence[Token]) -> list[Hit]:
        """Heads that begin with a capital."""
        capitals = (i for i, t in enumerate(tokens) if t.capital and len(t.text) > 3 and t.text[0].isupper())
        return self._hits(tokens, capitals)


@lru_cache(maxsize=1)
def foreign_heads() -> ForeignHeads:
    """The one lexicon of heads in all languages."""
    return compiled("lexicon", [*_SOURCES, *pack_files()], ForeignHeads)


@lru_cache(maxsize=64)
def lexicon(language: str) -> Lexicon:
    """The lexicon of a language; a language without a pack falls back on the first pack."""
    packs = load_packs()
    pack = packs.get(language) or next(iter(packs.values()))
    found = compiled(f"lexicon_{pack.code}", [*_SOURCES, pack.file], lambda: Lexicon(pack.data))
    found.data = pack.data
    return found
