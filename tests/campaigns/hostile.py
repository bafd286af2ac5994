"""Hostile text of growing size: the time for a character must stay the same.

python -m tests.campaigns.hostile                   text, privacy patterns and readers, 10 kB to 10 MB
python -m tests.campaigns.hostile --extract 200000  the whole extractor, up to so many characters
"""

from __future__ import annotations

import argparse
import gc
import itertools
import sys
import time
from collections.abc import Callable, Iterator

from pipeline.extract import extract
from pipeline.extract.words.pieces import Pieces
from pipeline.model import Document
from pipeline.personal.guess import guess
from pipeline.personal.leave_out import without_people
from pipeline.personal.patterns import find_personal
from pipeline.personal.suppressed import find_suppressed
from pipeline.read.docx import read_docx
from pipeline.read.html_page import read_html
from pipeline.read.reading import Limits, Unreadable
from pipeline.text.blocks import blocks
from pipeline.text.cells import read_cells
from pipeline.text.language import identify
from pipeline.text.sentences import sentences
from pipeline.text.tokens import tokenise
from tests.campaigns.target import zipped

# Each is repeated to the size wanted.
KINDS = {
    "prose": "The Velmora partnership is led by Tuscany. Its members are Navarra and Lapland since 2019.\n\n",
    "one line": "The Velmora partnership is led by Tuscany and Navarra in 2019, as Kestria said. ",
    "one word": "a",
    "capitals": "Velmora Kestria ",
    "hyphens": "a-",
    "spaces": " ",
    "space and bar": "    |",
    "spaces, one bar": " ",
    "tabs": "a\t",
    "full stops": ". ",
    "brackets": "(",
    "quotation marks": "„“\"'»",
    "commas": "Tuscany, ",
    "digits": "1 ",
    "one number": "1",
    "dates": "8–9 March 2018, ",
    "zero width": "\u200ba",
    "right to left": "\u202eVelmora\u202c ",
    "marks": "\u0301\u0323",
    "marks in words": "a" + "\u0301\u0323" * 200 + " ",
    "lists": "• a:\n  • b:\n",
    "short lines": "Tuscany\n",
    "wrapped lines": "the partnership of the regions that is led by the region of the south and\n",
    "labels": "Lead region: Tuscany\n",
    "rows": "Tuscany | lead | 2019\n",
    "formulas": '=HYPERLINK("http://a.example","Velmora")\n',
    "markup": "<img src=x onerror=alert(1)> [x](javascript:alert(1)) ",
    "statements": "'; DROP TABLE evidence; -- ",
    "addresses": "a@b.c ",
    "half addresses": "a.b@",
    "paths": "../../etc/passwd ",
    "line ends": "\r",
    "surrogates": "\U0001f600\U0010ffff",
}


def text(kind: str, size: int) -> str:
    """So many characters of a kind."""
    out = (KINDS[kind] * (size // len(KINDS[kind]) + 1))[:size]
    return f"a{out}|b" if kind == "spaces, one bar" else out


def _quiet(read: Callable[[bytes, Limits], Iterator[object]]) -> Callable[[str], object]:
    def go(text: str) -> object:
        try:
            return list(read(text.encode("utf-8", "replace"), Limits()))
        except Unreadable:
            return None

    return go


def _word(raw: bytes, limits: Limits) -> Iterator[object]:
    escaped = raw.decode().translate({ord("<"): "&lt;", ord("&"): "&amp;", 0x1B: None})
    return read_docx(zipped(f"<w:p><w:r><w:t>{escaped}</w:t></w:r></w:p>"), limits)


STEPS: dict[str, Callable[[str], object]] = {
    "tokenise": tokenise,
    "sentences": lambda text: sentences(tokenise(text)),
    "pieces": lambda text: Pieces(text, 0, len(text)),
    "blocks": lambda text: blocks(text, lambda kind, words: False),
    "identify": identify,
    "read_cells": read_cells,
    "find_personal": find_personal,
    "guess": guess,
    "find_suppressed": lambda text: find_suppressed(text, frozenset({"0" * 64})),
    "read_html": _quiet(read_html),
    "read_docx": _quiet(_word),
}


def whole(text: str) -> object:
    """Everything that is done to a document on its own."""
    document = Document("d", "d.txt", "0" * 64, "text/plain", text)
    return without_people(document, extract(document))


def seconds(step: Callable[[str], object], text: str, repeat: int = 1) -> float:
    """The least processor time of some tries."""
    best = float("inf")
    for _ in range(repeat):
        started = time.process_time()
        step(text)
        best = min(best, time.process_time() - started)
    return best


def growth(step: Callable[[str], object], kind: str, sizes: list[int]) -> list[float]:
    """Nanoseconds for a character at each size; the rest is left out where one took far more than its share."""
    costs: list[float] = []
    for size in sizes:
        costs.append(1e9 * seconds(step, text(kind, size), 3 if size <= 1_000_000 else 2) / size)
        if costs[-1] > 20 * costs[0] and costs[-1] * size > 5e9:
            break
    return costs


def main() -> int:
    """A line for each pair whose cost for a character grows by more than two; all of them with --all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--largest", type=int, default=10_000_000)
    parser.add_argument("--extract", type=int, default=0, metavar="SIZE", help="measure the extractor up to this size")
    parser.add_argument("--steps", nargs="*", default=list(STEPS), choices=list(STEPS), help="these alone")
    parser.add_argument("--all", action="store_true", help="print what is flat too")
    given = parser.parse_args()
    # As a run has it: millions of tokens looked through for garbage time and again would be most of what is measured.
    gc.set_threshold(50_000, 20, 20)
    whole("warm")
    chosen = {name: STEPS[name] for name in given.steps}
    steps, largest = ({"extract": whole}, given.extract) if given.extract else (chosen, given.largest)
    sizes = [size for size in (1_000, 10_000, 100_000, 1_000_000, 10_000_000) if size < largest] + [largest]
    steep = tried = 0
    for (name, step), kind in itertools.product(steps.items(), KINDS):
        costs = growth(step, kind, sizes)
        tried += 1
        # What takes less than a thousandth of a second at first is all overhead.
        grown = costs[-1] > 2 * max(costs[:2]) or len(costs) < len(sizes)
        steep += grown
        if grown or given.all:
            mark = "GROWS" if grown else "flat"
            print(f"{mark:5} {name:15} {kind:16} {' '.join(f'{c:9.1f}' for c in costs)} ns a character", flush=True)
    print(f"{tried} pairs of step and text from {sizes[0]:,} to {sizes[-1]:,} characters: {steep} grow", flush=True)
    return min(steep, 1)


if __name__ == "__main__":
    sys.exit(main())
