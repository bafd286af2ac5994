"""One name in several forms within a document: inflected (Miskolci Egyetemmel), without its legal form, in brackets."""

from __future__ import annotations

from collections import defaultdict

from pipeline.extract.names.name import Name
from pipeline.extract.page import Page
from pipeline.extract.reading import Reading
from pipeline.extract.words.lexicon import Lexicon
from pipeline.text.tokens import tokenise

KINDS = ("organisation", "partnership")
# What two forms of a word share at least, and how much longer than that either may be.
SHARED, ENDING = 3, 6

Words = tuple[str, ...]


def unite_variants(page: Page, out: list[Reading]) -> None:
    """Give every form of a name that the gazetteer does not hold the base form that the document uses."""
    uses: dict[tuple[str, Words], list[Name]] = defaultdict(list)
    texts: dict[Words, str] = {}
    for reading in out:
        tokens = reading.part.tokens
        for name in reading.names:
            if name.kind in KINDS and not name.key and name.base is None and name.rule != "self":
                text = page.text[tokens[name.first].start : tokens[name.last].end]
                words = tuple(t.fold for t in tokenise(text) if t.word)
                uses[name.kind, words].append(name)
                texts.setdefault(words, text)
    base: dict[tuple[str, Words], Words] = {}
    near: dict[tuple[object, ...], list[Words]] = defaultdict(list)
    for kind, words in sorted(uses, key=lambda use: _length(use[1])):
        # Only names that share one of these can be forms of one.
        begun = tuple(word[:SHARED] for word in words)
        shared = (kind, begun), (kind, begun[:1], _bare(page.lexicon, words))
        earlier = {other: None for place in shared for other in near[place]}
        left = next((o for o in sorted(earlier, key=_length) if is_variant(page.lexicon, o, words)), None)
        if left is not None:
            base[kind, words] = base.get((kind, left), left)
        for place in shared:
            near[place].append(words)
    for (kind, words), found in uses.items():
        if (kind, words) in base:
            for name in found:
                name.base = texts[base[kind, words]]


def _length(words: Words) -> tuple[int, int, Words]:
    return len(words), len("".join(words)), words


def is_variant(lexicon: Lexicon, left: Words, right: Words) -> bool:
    """Whether two names are forms of one: word for word the same or inflected, or the same but for a legal form."""
    if len(left) == len(right):
        return all(_forms(lexicon, a, b) for a, b in zip(left, right, strict=True))
    return bool(left) and _bare(lexicon, left) == _bare(lexicon, right)


def _forms(lexicon: Lexicon, left: str, right: str) -> bool:
    if left == right:
        return True
    if left[:SHARED] != right[:SHARED] or not (left.isalpha() and right.isalpha()):
        return False
    if min(len(left), len(right)) <= SHARED or abs(len(left) - len(right)) > ENDING:
        return False
    return bool(_bases(lexicon, left) & _bases(lexicon, right))


def _bases(lexicon: Lexicon, word: str) -> set[str]:
    """The word and what the pack's endings may bring it back to."""
    found = {word}
    for size in lexicon.ending_sizes:
        stem = word[: len(word) - size]
        if size and len(stem) > SHARED:
            found |= {stem + base for base in lexicon.endings.get(word[len(stem) :], ())}
    return found


def _bare(lexicon: Lexicon, words: Words) -> Words:
    """The words without a legal form at the end or the beginning (UAB, s. r. o.)."""
    for n in range(1, min(5, len(words))):
        if lexicon.is_legal_form(words[-n:]):
            return words[:-n]
    for n in range(1, min(3, len(words))):
        if lexicon.is_legal_form(words[:n]):
            return words[n:]
    return words
