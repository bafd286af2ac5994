"""The texts that speed is measured on, and that two versions of the extractor are compared on."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from pipeline.languages import load_examples, load_packs
from pipeline.model import Document

ROOT = Path(__file__).parents[2]
CORPORA = ("tune", "own")
_EDITS = 40
_SIGNS = ("\n", " ", ".", "-", "(", '"', "7")


def document(name: str, text: str, media_type: str = "text/plain") -> Document:
    """A text as the reader would hand it on."""
    return Document(name, f"{name}.txt", "0" * 64, media_type, text)


def corpus() -> list[Document]:
    """The annotated documents from which rules are written, in order of name."""
    files = [file for name in CORPORA for file in sorted((ROOT / "tests" / "corpus" / name / "docs").glob("*.txt"))]
    return [document(file.stem, file.read_text("utf-8")) for file in files]


def seeds() -> list[Document]:
    """The documents and the register that the release is made of."""
    texts = sorted((ROOT / "seeds").glob("*.txt"))
    tables = sorted((ROOT / "seeds" / "register").glob("*.csv"))
    return [
        *(document(file.stem, file.read_text("utf-8")) for file in texts),
        *(document(file.stem, file.read_text("utf-8"), "text/csv") for file in tables),
    ]


def examples() -> Iterator[Document]:
    """The example sentences of all language packs."""
    for code in load_packs():
        for number, example in enumerate(load_examples(code)):
            yield document(f"{code}-{number}", example["text"])


def damaged(documents: list[Document], seed: int = 0) -> Iterator[Document]:
    """The documents with characters lost, doubled, swapped or in another case: the same for a seed."""
    for found in documents:
        chance = random.Random(f"{seed} {found.document_id}")
        letters = list(found.text)
        for _ in range(min(_EDITS, len(letters) // 20)):
            at = chance.randrange(len(letters))
            other = chance.choice(letters)
            letters[at] = chance.choice(["", letters[at] * 2, letters[at].swapcase(), other, *_SIGNS])
        yield document(f"{found.document_id}-damaged-{seed}", "".join(letters), found.media_type)
