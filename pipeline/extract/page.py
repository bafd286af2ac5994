"""One document laid out for the passes: blocks with their tokens, sentences, language and words that matter."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, KeysView
from dataclasses import dataclass, field, replace
from functools import lru_cache

from pipeline.extract.words.known import Known, name_index
from pipeline.extract.words.lexicon import TAIL, Hit, Lexicon, foreign_heads, lexicon
from pipeline.model import Document
from pipeline.text.blocks import Block, blocks
from pipeline.text.language import identify
from pipeline.text.sentences import sentences
from pipeline.text.tokens import WORD, Token, fold, tokenise

_NONE: dict[tuple[str, ...], None] = {}
# With one of these before its head noun a partnership is one of smart specialisation, whatever its topic.
MARKERS = frozenset({"s3", "ris3"})
# A line that is a sentence says so in its first tokens behind the colon.
_BEGINNING = 3
# What a line is on it says in its first words behind the colon.
_SOON = 6


@dataclass(slots=True)
class Part:
    """A block with its tokens (line breaks left out), sentence ranges, lexicon hits and known names."""

    index: int
    block: Block
    tokens: list[Token]
    sentences: list[tuple[int, int]]
    hits: list[Hit]
    known: list[Known]
    label_hits: list[Hit] = field(default_factory=list)
    label_tokens: list[Token] = field(default_factory=list)
    _at: dict[int, dict[tuple[str, ...], None]] = field(default_factory=dict)
    _lists: dict[int, set[str]] = field(default_factory=dict)
    _sections: dict[int, set[str]] = field(default_factory=dict)
    _heads: dict[int, tuple[str, ...]] = field(default_factory=dict)
    _compounds: dict[int, tuple[str, ...]] = field(default_factory=dict)
    _starts: list[int] = field(default_factory=list)
    _by_sentence: list[list[Hit]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Note for every token what the hits say of it, in their order."""
        at, sections, heads = self._at, self._sections, self._heads
        for hit in self.hits:
            first, tag = hit.first, hit.tag
            section = tag[0]
            if hit.value == TAIL:
                self._compounds.setdefault(first, tag)
            elif section == "head" and tag[1] != "organisation":
                for n in range(first, hit.last + 1):
                    heads.setdefault(n, tag)
            listed = tag[1] if section == "word" and len(tag) == 2 else None
            for n in range(first, hit.last + 1):
                if n in at:
                    at[n][tag] = None
                    sections[n].add(section)
                else:
                    at[n], sections[n] = {tag: None}, {section}
                if listed is not None:
                    self._lists.setdefault(n, set()).add(listed)

    def sentence_hits(self, a: int) -> list[Hit]:
        """The hits that begin in the sentence of token `a`."""
        if not self._by_sentence:
            self._by_sentence = [[] for _ in self.sentences]
            for hit in self.hits:
                self._by_sentence[self.sentence_of(hit.first)].append(hit)
        return self._by_sentence[self.sentence_of(a)]

    def tags(self, i: int) -> KeysView[tuple[str, ...]]:
        """Tags of hits that cover token `i`, in the order of the hits."""
        return self._at.get(i, _NONE).keys()

    def head(self, i: int) -> tuple[str, ...] | None:
        """The tag of the partnership, programme or event head that token `i` is by itself, not as part of a
        compound."""
        return self._heads.get(i)

    def compound(self, i: int) -> tuple[str, ...] | None:
        """The tag of the head in which the compound at token `i` ends."""
        return self._compounds.get(i)

    def is_word(self, i: int, *lists: str) -> bool:
        """True if token `i` stands in one of these lists of the pack's grammar."""
        found = self._lists.get(i)
        return found is not None and not found.isdisjoint(lists)

    def is_of(self, i: int, *sections: str) -> bool:
        """True if a hit of one of these sections of the pack (cue, head, status, date, ...) covers token `i`."""
        found = self._sections.get(i)
        return found is not None and not found.isdisjoint(sections)

    def begins(self, i: int, *sections: str) -> bool:
        """True if a hit of one of these sections begins at token `i`."""
        return self.is_of(i, *sections) and any(h.first == i and h.tag[0] in sections for h in self.sentence_hits(i))

    def sentence_of(self, i: int) -> int:
        """Index of the sentence that holds token `i`."""
        if not self._starts:
            self._starts = [a for a, _ in self.sentences]
        return bisect_right(self._starts, i) - 1

    def starts_sentence(self, i: int) -> bool:
        """True if token `i` is the first word of its sentence (marks do not count)."""
        first, _ = self.sentences[self.sentence_of(i)]
        while first < i and not self.tokens[first].word:
            first += 1
        return first == i


@dataclass(slots=True)
class Page:
    """The whole document for the passes. `dense` tells that the text writes nouns with capitals; `small` holds the
    folded words that it writes in small letters too."""

    document: Document
    language: str
    confidence: float
    lexicon: Lexicon
    parts: list[Part]
    dense: bool
    small: frozenset[str] = frozenset()
    _preceded: dict[tuple[str, ...], set[str]] = field(default_factory=dict)

    def preceded(self, words: tuple[str, ...]) -> set[str]:
        """The words that stand right before one or two words of which the first has a capital; "" for none."""
        if not self._preceded:
            for part in self.parts:
                texts = ["", *(t.text for t in part.tokens), ""]
                for before, word, after in zip(texts, texts[1:], texts[2:], strict=False):
                    if word[0].isupper():
                        self._preceded.setdefault((word,), set()).add(before)
                        self._preceded.setdefault((word, after), set()).add(before)
        return self._preceded.get(words, set())

    @property
    def text(self) -> str:
        return self.document.text

    def title(self) -> str | None:
        for part in self.parts:
            if part.block.zone == "title":
                a = part.block.label[0] if part.block.label else part.block.start
                return self.text[a : part.block.end].strip() or None
        return None

    def opens(self, part: Part, i: int) -> bool:
        """True if token `i` has its capital only from standing first: a word of the pack's openers, or one that
        the text also writes small."""
        token = part.tokens[i]
        if not part.starts_sentence(i) or not (token.text[1:] or "a").islower():
            return False
        if token.fold in self.lexicon.openers:
            return True
        after = part.tokens[i + 1] if i + 1 < len(part.tokens) else None
        return token.fold in self.small and not (after is not None and (after.capital or after.glue))

    def walk(self) -> Iterator[Part]:
        yield from self.parts


def read_page(document: Document) -> Page:
    """Lay out a document. Pure: depends on the document's text alone."""
    text = document.text
    language, confidence = identify(text)
    words = lexicon(language)

    @lru_cache(maxsize=4)
    def folds(line: str) -> list[str]:
        return list(map(fold, WORD.findall(line)))

    def is_section(kind: str, line: str) -> bool:
        line = line[:120]
        if kind not in ("label", "document"):
            # Nearly no line is a section's name, and whether one may be shows without tokens.
            found = folds(line)
            if not words.may_begin(("sections", kind), found if kind == "navigation" else found[:1]):
                return False
        tokens = [t for t in tokenise(line) if t.word]
        if not tokens:
            return False
        if kind == "label":
            covered = {
                i
                for h in words.hits(tokens)
                if h.tag[0] in ("labels", "head") or (h.tag[0] == "cue" and h.tag[2] == "label")
                for i in range(h.first, h.last + 1)
            }
            return len(covered) == len(tokens)
        if kind == "document":
            said = {h.first for h in words.hits(tokens) if h.tag == ("word", "documents")}
            return bool(said) and all(i in said or t.text.isdigit() for i, t in enumerate(tokens))
        tag = ("sections", kind)
        if words.is_entry(tag, tokens):
            return True
        return kind == "navigation" and sum(h.last - h.first + 1 for h in words.hits(tokens) if h.tag == tag) * 2 > len(
            tokens
        )

    parts = []
    index = name_index()
    units = {fold(w) for w in words.data["numbers"].get("euro", [])}
    asking = frozenset(words.data["grammar"].get("question_marks", ()))
    for n, block in enumerate(blocks(text, is_section)):
        label_tokens: list[Token] = []
        if block.label:
            label_tokens = [t for t in tokenise(text, *block.label) if t.text != "\n"]
            rest = [t for t in tokenise(text, block.start, block.end) if t.text != "\n"]
            value = rest[:_BEGINNING]
            label_hits = words.hits(label_tokens)
            if (
                _names_something(label_tokens, label_hits, index.find(label_tokens, words))
                or (
                    label_tokens
                    and _spelt_as_name(label_tokens[0])
                    and all(h.first for h in label_hits)
                    and _tells(words.hits(value))
                )
                or (block.zone == "list" and _opens_entry(label_tokens, label_hits, words.hits(rest)))
            ):
                block.start, block.label, block.entry = block.label[0], None, True
                block.kind = "item" if block.zone == "list" else "paragraph"
        tokens = [t for t in tokenise(text, block.start, block.end) if t.text != "\n"]
        tokens = [replace(t, fold="?") if t.text in asking else t for t in tokens]
        hits = words.hits(tokens)
        covered = {i for h in hits if h.tag[0] == "head" for i in range(h.first, h.last + 1)}
        hits += [h for h in foreign_heads().hits(tokens) if h.first not in covered and h.last not in covered]
        part = Part(n, block, tokens, sentences(tokens, units), hits, index.find(tokens, words))
        if block.label:
            part.label_tokens = label_tokens
            part.label_hits = words.hits(label_tokens)
        parts.append(part)
    small = frozenset(t.fold for part in parts for t in part.tokens if t.word and t.text.islower())
    dense = bool(words.data["grammar"].get("noun_capitals"))
    return Page(document, language, confidence, words, parts, dense, small)


def _names_something(tokens: list[Token], hits: list[Hit], known: list[Known]) -> bool:
    """Whether what stands before a colon is a name (Bioenergy: Lapland) rather than a label (Lead region: Lapland)."""
    if any(h.tag[:2] == ("head", "partnership") and _marked(tokens, h) for h in hits):
        return True
    if any(h.tag[0] in ("labels", "cue", "sections", "status") for h in hits):
        return False
    kinds = {r.kind for k in known if k.first <= 1 for r in k.readings if not (r.kind == "region" and len(r.key) == 2)}
    return bool(kinds & {"partnership", "region", "organisation"})


def _spelt_as_name(token: Token) -> bool:
    return any(c.isupper() for c in token.text[1:]) and not token.text.isupper()


def _tells(hits: list[Hit]) -> bool:
    """Whether a line goes on behind its colon as a sentence does: HeritageRoofs: was led by X."""
    return any(h.tag[0] == "cue" and h.tag[1] in ("lead", "member", "found") and h.tag[2] != "label" for h in hits)


def _opens_entry(tokens: list[Token], hits: list[Hit], behind: list[Hit]) -> bool:
    """White Coast: tourism network, founded in 2016. Words of no list in an item before a colon, and behind it soon
    what they are a name of, or who leads it."""
    kinds = any(h.tag[:2] == ("head", "partnership") and h.first < _SOON for h in behind)
    leads = any(h.tag[:2] == ("cue", "lead") for h in behind)
    return bool(tokens) and tokens[0].capital and not hits and (kinds or leads)


def _marked(tokens: list[Token], hit: Hit) -> bool:
    """Whether a head noun bears the mark of smart specialisation and a topic: Safe Mobility S3 partnership."""
    marked = any(tokens[i].fold in MARKERS for i in (hit.first - 1, hit.first) if i >= 0)
    return marked and len(tokens) > hit.last - hit.first + 2
