"""Corpora of any size, the same for a seed: pages of everyday life in 24 languages, few of them about partnerships.

`python -m tests.benchmarks.pages 20000 FOLDER --relevant 0.1` writes Parquet files to put into an input folder.
"""

from __future__ import annotations

import argparse
import random
import tomllib
from collections.abc import Iterator
from functools import cache
from itertools import cycle
from pathlib import Path

import pyarrow as arrow
import pyarrow.parquet as parquet

from tests.benchmarks.texts import corpus

EVERYDAY = Path(__file__).with_name("everyday.toml")
_ROWS = 5_000
# Mean length of a page in characters, and the spread of its logarithm, as on the web.
_MEAN, _SPREAD = 3_000, 0.9
_SHORT = 200
"""Mean length of an everyday page among the shorter ones: teasers, notices, forms."""


def everyday(count: int, seed: int = 0, mean: int = _MEAN) -> Iterator[tuple[str, str]]:
    """Language and text of pages that say nothing about partnerships."""
    chance, sentences = random.Random(f"everyday {seed}"), _everyday()
    for _ in range(count):
        language = chance.choice(sorted(sentences))
        yield language, _page(chance, sentences[language], _length(chance, mean))


def relevant(count: int, seed: int = 0) -> Iterator[tuple[str, str]]:
    """Language and text of pages put together from paragraphs of the annotated documents of one language."""
    chance, paragraphs = random.Random(f"relevant {seed}"), _paragraphs()
    for _ in range(count):
        language = chance.choice(sorted(paragraphs))
        yield language, _page(chance, paragraphs[language], _length(chance), "\n\n")


def pages(count: int, share: float, seed: int = 0, mean: int = _SHORT) -> Iterator[tuple[str, str]]:
    """A mix with this share of relevant pages; the others have so many characters in the mean."""
    chance = random.Random(f"mix {seed}")
    noise, signal = everyday(count, seed, mean), relevant(count, seed)
    for _ in range(count):
        yield next(signal if chance.random() < share else noise)


def write(folder: Path, count: int, share: float, seed: int = 0, distinct: int = 0) -> int:
    """The mix as Parquet files of the form that is read in bulk; bytes of text. Of so many `distinct` pages, or all."""
    folder.mkdir(parents=True, exist_ok=True)
    made, size = cycle(list(pages(distinct, share, seed))) if distinct else pages(count, share, seed), 0
    for first in range(0, count, _ROWS):
        numbers = range(first, min(first + _ROWS, count))
        rows = [next(made)[1] for _ in numbers]
        size += sum(len(text.encode()) for text in rows)
        table = arrow.table({"document_id": [f"page-{seed}-{n}" for n in numbers], "text": rows})
        parquet.write_table(table, folder / f"pages-{seed}-{first // _ROWS:04}.parquet", compression="zstd")
    return size


def _page(chance: random.Random, pieces: list[str], length: int, between: str = " ") -> str:
    out: list[str] = []
    while length > 0:
        out.append(chance.choice(pieces))
        length -= len(out[-1])
    return between.join(out)


def _length(chance: random.Random, mean: int = _MEAN) -> int:
    return int(min(50_000, max(80, chance.lognormvariate(0, _SPREAD) * mean / 1.5)))


@cache
def _everyday() -> dict[str, list[str]]:
    return tomllib.loads(EVERYDAY.read_text(encoding="utf-8"))


@cache
def _paragraphs() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for document in corpus():
        pieces = [piece.strip() for piece in document.text.split("\n\n") if piece.strip()]
        found.setdefault(document.document_id[:2], []).extend(pieces)
    return found


def main() -> None:
    """Write a corpus."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int, help="pages")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--relevant", type=float, default=0.1, metavar="SHARE", help="share of relevant pages (0.1)")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--distinct", type=int, default=0, metavar="N", help="pages that differ, then they come again")
    given = parser.parse_args()
    size = write(given.folder, given.count, given.relevant, given.seed, given.distinct)
    print(f"{given.count:,} pages, {size / 1e6:.1f} MB of text in {given.folder}")


if __name__ == "__main__":
    main()
