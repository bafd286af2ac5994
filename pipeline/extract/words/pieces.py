"""Text cut into runs of digits, runs of letters and single marks; and phrases of a language pack matched against them.

Dates, times and numbers look at text in this way because `2017г`, `8th`, `h30` and `2018-ban` must come apart.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, chain, compress
from operator import itemgetter, not_
from pathlib import Path
from typing import Generic, Literal, TypeVar, overload

from pipeline.text import tokens
from pipeline.text.tokens import fold

T = TypeVar("T")
Kind = Literal["digits", "word", "mark", "address"]

# What entries are cut by.
SOURCES = (Path(__file__), Path(tokens.__file__))
HYPHENS = frozenset("-‐‑")
DASHES = HYPHENS | frozenset("‒–—―−")
APOSTROPHES = frozenset("'’ʼ‘´`")
JOINTS = DASHES | APOSTROPHES
_EXTRA = "\u0300-\u036f\u00ad\u200b-\u200d\u2060"
_WORD = rf"[^\W\d_]++(?:[{_EXTRA}]++[^\W\d_]*+){{0,500}}+"
_ADDRESS = r"(?:\w+://|www\.)\S+|[\w.+-]+@[\w-]+\.[\w.-]+"
# A gap at the end is matched too: else it would be looked at again from each of its characters.
_GAP, _BASIC = rf"([\s{_EXTRA}\ufeff]*+)", rf"[0-9]+|{_WORD}|[^\s{_EXTRA}\ufeff]|\Z"
_PLAIN, _PIECE = re.compile(f"{_GAP}({_BASIC})"), re.compile(f"{_GAP}({_ADDRESS}|{_BASIC})")
_IS_WORD = re.compile(_WORD)
_BLANK_LINE = re.compile(r"(?:\r\n|\n|\r)[^\S\r\n]*(?:\r\n|\n|\r)|[\f\v\u2029]")


@dataclass(slots=True)
class Piece:
    """`text[start:end]`. `glued` says that nothing stands before it but another piece; `far` that a blank line does."""

    start: int
    end: int
    kind: Kind
    text: str
    key: str
    glued: bool
    far: bool
    line: bool


@lru_cache(maxsize=50_000)
def form(text: str) -> tuple[Kind, str]:
    """The kind of a piece, and the key under which it is looked up."""
    if _IS_WORD.fullmatch(text):
        return "word", fold(text)
    if text.isascii() and text.isdigit():
        return "digits", text
    return "mark" if len(text) == 1 else "address", text


def is_digits(text: str) -> bool:
    """Whether a piece is a run of figures."""
    return form(text)[0] == "digits"


class Pieces(Sequence[Piece]):
    """The pieces of a stretch of text. They are made when they are asked for: most never are.

    `texts`, `glued` and `far` hold for each piece what `Piece` says.
    """

    def __init__(self, text: str, start: int, end: int) -> None:
        part = text[start:end]
        pattern = _PIECE if "@" in part or "://" in part or "www." in part else _PLAIN
        pairs: list[tuple[str, str]] = pattern.findall(text, start, end)
        while pairs and not pairs[-1][1]:
            pairs.pop()
        self._gaps = list(map(itemgetter(0), pairs))
        self.texts = list(map(itemgetter(1), pairs))
        del pairs
        self.glued = list(map(not_, self._gaps))
        self.far = [False] * len(self.texts)
        if self.texts:
            self.glued[0] = False
        if "\n" in part or "\r" in part:
            self.far = [("\n" in gap or "\r" in gap) and _BLANK_LINE.search(gap) is not None for gap in self._gaps]
        self._offsets = list(
            accumulate(map(len, chain.from_iterable(zip(self._gaps, self.texts, strict=True))), initial=start)
        )
        self._made: list[Piece | None] = [None] * len(self.texts)

    def __len__(self) -> int:
        return len(self.texts)

    def text(self, i: int) -> str:
        """The text of piece `i`, nothing where there is no such piece."""
        return self.texts[i] if 0 <= i < len(self.texts) else ""

    def is_glued(self, i: int) -> bool:
        """Whether piece `i` exists and hangs on the one before."""
        return i < len(self.texts) and self.glued[i]

    def is_near(self, i: int) -> bool:
        """Whether piece `i` exists and no blank line stands before it."""
        return i < len(self.texts) and not self.far[i]

    @overload
    def __getitem__(self, i: int) -> Piece: ...
    @overload
    def __getitem__(self, i: slice) -> list[Piece]: ...
    def __getitem__(self, i: int | slice) -> Piece | list[Piece]:
        if isinstance(i, slice):
            return [self[n] for n in range(*i.indices(len(self.texts)))]
        return self._made[i] or self._make(i)

    def _make(self, i: int) -> Piece:
        i %= len(self.texts)
        text, gap = self.texts[i], self._gaps[i]
        start, end = self._offsets[2 * i + 1 : 2 * i + 3]
        line = "\n" in gap or "\r" in gap
        kind, key = form(text)
        piece = self._made[i] = Piece(start, end, kind, text, key, self.glued[i], self.far[i], line)
        return piece

    def places(self, wanted: Callable[[str], bool]) -> list[int]:
        """The indexes of the pieces whose text is `wanted`."""
        return list(compress(range(len(self.texts)), map(wanted, self.texts)))

    def starts(self) -> list[int]:
        """Where each piece begins."""
        return self._offsets[1::2]


@lru_cache(maxsize=16)
def cut(text: str, start: int = 0, end: int | None = None) -> Pieces:
    """The pieces of `text[start:end]` in order; offsets count from the beginning of `text`."""
    return Pieces(text, start, len(text) if end is None else end)


class _Node(Generic[T]):
    __slots__ = ("lengths", "next", "stems", "value")

    def __init__(self) -> None:
        self.next: dict[str, _Node[T]] = {}
        self.stems: dict[str, _Node[T]] = {}
        self.lengths: tuple[int, ...] = ()
        self.value: list[T] = []

    def holds(self, key: str) -> bool:
        """Whether a folded word leads on from here."""
        if key in self.next:
            return True
        # A generator would cost more than the few lengths there are.
        for length in self.lengths:  # noqa: SIM110
            if key[:length] in self.stems and length <= len(key):
                return True
        return False

    def follow(self, key: str) -> Iterator[_Node[T]]:
        """The nodes behind a folded word: the word itself first, then stems, longest first."""
        exact = self.next.get(key)
        if exact is not None:
            yield exact
        for length in self.lengths:
            if length <= len(key):
                node = self.stems.get(key[:length])
                if node is not None:
                    yield node


class Phrases(Generic[T]):
    """Entries of a pack (words, `stem*`) with a value each. Hyphens and apostrophes count as spaces."""

    def __init__(self, entries: Iterable[tuple[str, T]] = ()) -> None:
        self._root: _Node[T] = _Node()
        self._last: _Node[T] = _Node()
        self._size = 1
        for entry, value in entries:
            self.add(entry, value)

    def __bool__(self) -> bool:
        return bool(self._root.next or self._root.stems)

    def add(self, entry: str, value: T) -> None:
        """Add an entry. Full stops in it (`br.`) may stand in the text or not; the first value of an entry stays."""
        stem = entry.removesuffix("*")
        if stem.isalpha():
            self._insert([fold(stem) + entry[len(stem) :]], value)
            return
        words: list[str] = []
        for text in Pieces(entry, 0, len(entry)).texts:
            if text == "*" and words:
                words[-1] += "*"
            elif text not in JOINTS:
                words.append(form(text)[1])
        dots = [n for n, word in enumerate(words) if word == "."][:3]
        for absent in range(1 << len(dots)):
            gone = {n for bit, n in enumerate(dots) if absent >> bit & 1}
            self._insert([word for n, word in enumerate(words) if n not in gone], value)

    def _insert(self, words: list[str], value: T) -> None:
        node = self._root
        self._size = max(self._size, len(words))
        for word in words:
            if word.endswith("*") and len(word) > 1:
                node = node.stems.get(word[:-1]) or _grow(node, word[:-1])
            else:
                node = node.next.setdefault(word, _Node())
        if words and not node.value:
            node.value.append(value)
            if words[-1].endswith("*") and len(words[-1]) > 1:
                _grow(self._last, words[-1][:-1])
            else:
                self._last.next[words[-1]] = node

    def matches(self, pieces: Pieces, i: int) -> Iterator[tuple[T, int]]:
        """Every entry that begins at piece `i`, with its value and the index of the piece after it."""
        texts, glued, far = pieces.texts, pieces.glued, pieces.far
        stack = [(self._root, i)]
        while stack:
            node, k = stack.pop()
            if node.value:
                yield node.value[0], k
            if k >= len(texts) or (k > i and far[k]):
                continue
            if k > i and texts[k] in JOINTS and glued[k]:
                stack.append((_only_next(node), k + 1))
                continue
            stack.extend((found, k + 1) for found in node.follow(form(texts[k])[1]))

    def match(self, pieces: Pieces, i: int) -> tuple[T, int] | None:
        """The longest entry that begins at piece `i`."""
        if i >= len(pieces.texts) or not self._root.holds(form(pieces.texts[i])[1]):
            return None
        return max(self.matches(pieces, i), key=itemgetter(1), default=None)

    def before(self, pieces: Pieces, i: int) -> tuple[T, int] | None:
        """The longest entry that ends right before piece `i`, with its value and its first piece."""
        if i <= 0:
            return None
        texts = pieces.texts
        ends = (i, i - 1) if i > 1 and texts[i - 1] in APOSTROPHES and pieces.glued[i - 1] else (i,)
        if not any(self._last.holds(form(texts[end - 1])[1]) for end in ends):
            return None
        for first in range(max(0, i - 2 * self._size), i):
            if self._root.holds(form(texts[first])[1]):
                for value, after in self.matches(pieces, first):
                    if after in ends:
                        return value, first
        return None

    def starts(self, key: str) -> bool:
        """Whether any entry begins with this folded word."""
        return self._root.holds(key)


def _grow(node: _Node[T], stem: str) -> _Node[T]:
    new: _Node[T] = _Node()
    node.stems[stem] = new
    node.lengths = tuple(sorted({len(s) for s in node.stems}, reverse=True))
    return new


def _only_next(node: _Node[T]) -> _Node[T]:
    """The same place in an entry after a hyphen: what has been read so far does not count as an entry again."""
    bare: _Node[T] = _Node()
    bare.next, bare.stems, bare.lengths = node.next, node.stems, node.lengths
    return bare
