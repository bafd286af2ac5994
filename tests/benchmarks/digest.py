"""Whether two versions of the extractor say the same: a digest of all they say of each text.

Run `python -m tests.benchmarks.digest > FILE` in the trees of both versions and compare the files. A change that is
meant to make extraction faster changes no line.
"""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Iterator

from pipeline.extract import extract
from pipeline.model import Document
from tests.benchmarks.texts import corpus, damaged, examples, seeds


def texts(rounds: int) -> Iterator[Document]:
    """Corpora, seeds and examples, then `rounds` of the corpora with damage."""
    documents = corpus()
    yield from documents
    yield from seeds()
    yield from examples()
    for seed in range(rounds):
        yield from damaged(documents, seed)


def main() -> None:
    """Print the name of each text and the SHA-256 of what it says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--damaged", type=int, default=2, metavar="ROUNDS", help="rounds of damaged texts (2)")
    for document in texts(parser.parse_args().damaged):
        print(document.document_id, hashlib.sha256(repr(extract(document)).encode()).hexdigest())


if __name__ == "__main__":
    main()
