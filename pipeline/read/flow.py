"""Lines of a printed page become headings, paragraphs, list items and table rows again.

What tells: the space between lines, the size and weight of letters, indents, bullets, and lines that end early.
Hyphens at the end of a line are undone; running heads and page numbers go.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise

from pipeline.read.layout import Block, Kind, row, squeeze

_BULLET = re.compile(r"([•‣◦▪■●○·►▶✓✔➢➤\uf000-\uf0ff]|[-–—*o](?=\s))\s*")
_NUMBER = re.compile(r"(?:\d{1,2}|[a-z])[.)]\s+\S")
_PAGE_NUMBER = re.compile(r"(?:\w{1,8}\.? )?[-–]? ?\d{1,4}(?: ?(?:/|of|von|sur|de|av|из|от) ?\d{1,4})? ?[-–]?", re.I)
_ENDS_SENTENCE = re.compile(r"[.!?…:;]['\"”’»)\]]*$")
_HYPHENATED = re.compile(r"[^\W\d_]{2,}[-‐]$")
# After these the hyphen stands for the other half of a compound: Wirtschafts- und Sozialrat.
_AND = re.compile(r"(?:and|or|und|oder|och|eller|og|ja|tai|en|of|y|e|o)\b")
_FEWEST_PAGES = 3


@dataclass(slots=True)
class Line:
    """What stands on one line: pieces of text, each with the place where it begins."""

    page: int
    x: float
    y: float
    size: float
    bold: bool
    pieces: list[tuple[float, str]] = field(default_factory=list)
    _text: str | None = None

    @property
    def text(self) -> str:
        """The line's words."""
        if self._text is None:
            pieces = enumerate(self.pieces)
            self._text = squeeze("".join(words if i == 0 else self._gap(i) + words for i, (_, words) in pieces))
        return self._text

    def cells(self) -> list[tuple[float, str]]:
        """Pieces that stand apart by more than two letters' width: the columns of a table."""
        out: list[tuple[float, str]] = []
        for i, (x, words) in enumerate(self.pieces):
            if out and x - self._end(i - 1) < 1.5 * self.size:
                out[-1] = (out[-1][0], out[-1][1] + self._gap(i) + words)
            elif words.strip():
                out.append((x, words))
        return [(x, squeeze(words)) for x, words in out]

    def _end(self, i: int) -> float:
        x, words = self.pieces[i]
        return x + 0.52 * self.size * len(words.rstrip())

    def _gap(self, i: int) -> str:
        apart = self.pieces[i][0] - self._end(i - 1) > 1.5 * self.size
        return " " if apart else ""


def flow(lines: list[Line], pages: int) -> tuple[list[Block], list[tuple[int, int]]]:
    """The blocks of a document, and for each page the block and the offset in it where the page begins."""
    lines = _without_running_heads(lines, pages)
    words = Counter(re.findall(r"[\w-]+", " ".join(line.text for line in lines).lower()))
    shape = _Shape(lines)
    blocks: list[Block] = []
    turns: list[tuple[int, int]] = []
    before: Line | None = None
    table = _tables(lines)
    for i, line in enumerate(lines):
        text, kind = line.text, shape.kind(line)
        joined = (
            before is not None and i not in table and (i - 1) not in table and not shape.parts(before, line, blocks[-1])
        )
        if joined:
            block = blocks[-1]
            block.text, at = _join(block.text, text, words)
        else:
            bullet = _BULLET.match(text)
            if i in table:
                kind, text = "row", row(words for _, words in line.cells())
            elif bullet and bullet.end() < len(text):
                kind, text = "item", text[bullet.end() :]
            blocks.append(Block(kind, text))
            at = 0
        while len(turns) <= line.page:
            turns.append((len(blocks) - 1, at))
        before = line
    _indented(blocks)
    while len(turns) < pages:
        turns.append((len(blocks) - 1, len(blocks[-1].text)) if blocks else (0, 0))
    return blocks, turns


class _Shape:
    """What is usual in a document: size of letters, space between lines, length of lines, margin."""

    def __init__(self, lines: list[Line]) -> None:
        sizes: Counter[float] = Counter()
        for line in lines:
            sizes[round(line.size, 1)] += len(line.text)
        self.size = sizes.most_common(1)[0][0] if sizes else 10.0
        body = [line for line in lines if abs(line.size - self.size) < 0.5]
        steps = [
            (a.y - b.y) / a.size
            for a, b in pairwise(lines)
            if a.page == b.page and 0 < a.y - b.y < 3 * a.size and abs(a.size - b.size) < 0.5
        ]
        # The smallest step that is usual: pages of short paragraphs have more wide ones.
        steps.sort()
        self.leading = steps[len(steps) // 4] if steps else 1.2
        lengths = sorted(len(line.text) for line in body)
        self.length = lengths[int(len(lengths) * 0.9)] if lengths else 80
        self.margin = Counter(round(line.x) for line in body).most_common(1)[0][0] if body else 0

    def kind(self, line: Line) -> Kind:
        """heading, item (indented, until it proves to be alone) or paragraph."""
        large = line.size > 1.12 * self.size
        if (large or line.bold) and len(line.text) < 200 and not line.text.endswith((".", ",", ";")):
            return "heading"
        return "indented" if line.x > self.margin + 1.2 * self.size else "paragraph"

    def parts(self, before: Line, line: Line, block: Block) -> bool:
        """True if a block ends between these two lines."""
        if abs(before.size - line.size) > 0.12 * self.size or before.bold != line.bold or _BULLET.match(line.text):
            return True
        step = before.y - line.y
        hyphenated = bool(_HYPHENATED.search(block.text))
        if before.page != line.page or step < 0:
            # The next page or column goes on in the midst of a sentence, or opens a new block.
            goes_on = line.text[:1].islower() or len(before.text) > 0.8 * self.length
            return block.kind == "heading" or not (hyphenated or (goes_on and not _ENDS_SENTENCE.search(block.text)))
        if step > (1.3 * self.leading) * max(before.size, line.size):
            return True
        if hyphenated or block.kind == "heading":
            return False
        if _NUMBER.match(line.text) and _ENDS_SENTENCE.search(block.text):
            return True
        if block.kind != "item" and abs(line.x - before.x) > 1.2 * self.size:
            return True
        # The next word would have had room.
        room = self.length * 0.88 - (before.x - self.margin) / (0.5 * self.size) - len(before.text)
        return room > len(line.text.split(maxsplit=1)[0]) + 1 and not line.text[:1].islower()


def _join(text: str, more: str, words: Counter[str]) -> tuple[str, int]:
    """`text` gone on with `more`, and the offset of `more` in it."""
    if not _HYPHENATED.search(text):
        return f"{text} {more}", len(text) + 1
    if _AND.match(more):
        return f"{text} {more}", len(text) + 1
    head, tail = re.split(r"[\s(]", text[:-1])[-1].lower(), (re.match(r"[^\W\d_]+", more.lower()) or [""])[0]
    whole, with_hyphen = words[head + tail], words[f"{head}-{tail}"]
    keep = not more[:1].islower() or with_hyphen > whole
    text = text if keep else text[:-1]
    return text + more, len(text)


def _tables(lines: list[Line]) -> set[int]:
    """Lines of tables: at least two in a row whose two or more cells begin at the same places."""
    found: set[int] = set()
    cells = [[x for x, _ in line.cells()] for line in lines]
    for i in range(len(lines) - 1):
        a, b = cells[i], cells[i + 1]
        if (
            len(a) == len(b) >= 2
            and lines[i].page == lines[i + 1].page
            and not _BULLET.match(lines[i].text)
            and all(abs(p - q) < 3 for p, q in zip(a, b, strict=True))
        ):
            found |= {i, i + 1}
    return found


def _indented(blocks: list[Block]) -> None:
    """Neighbours of the same indent without bullets are a list whose bullets were drawn; one alone is a paragraph."""
    kinds = [block.kind for block in blocks]
    for i, block in enumerate(blocks):
        if kinds[i] == "indented":
            near = kinds[i - 1 : i] + kinds[i + 1 : i + 2]
            block.kind = "item" if "indented" in near and len(block.text) < 400 else "paragraph"


def _without_running_heads(lines: list[Line], pages: int) -> list[Line]:
    """Lines that stand at the top or bottom of most pages, and page numbers, are no text."""
    if pages < 2:
        return lines
    by_page: dict[int, list[Line]] = {}
    for line in lines:
        by_page.setdefault(line.page, []).append(line)
    edges = [line for found in by_page.values() for line in _edges(found)]
    often = Counter(re.sub(r"\d+", "#", line.text) for line in edges)
    gone = {
        id(line)
        for line in edges
        if _PAGE_NUMBER.fullmatch(line.text)
        or (pages >= _FEWEST_PAGES and often[re.sub(r"\d+", "#", line.text)] > 0.5 * pages)
    }
    return [line for line in lines if id(line) not in gone]


def _edges(found: list[Line]) -> list[Line]:
    ordered = sorted(found, key=lambda line: -line.y)
    return ordered[:2] + ordered[2:][-2:]
