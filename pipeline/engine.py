"""Where extraction runs: from the cache, in this process, or in worker processes; the result is the same."""

from __future__ import annotations

import importlib
import logging
import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from functools import cache
from pathlib import Path

from pipeline.cache import Cache, fingerprint, key
from pipeline.model import Document, Extraction
from pipeline.personal.leave_out import without_people
from pipeline.settings import Settings
from pipeline.text.compiled import keep_in

log = logging.getLogger(__name__)
Outcome = tuple[str, Extraction | None, str | None]


class Extractions(dict[str, Extraction]):
    """Extractions by document id; `fresh` were made now (the others came from the cache), `failed` say why."""

    def __init__(self) -> None:
        super().__init__()
        self.fresh: list[str] = []
        self.failed: dict[str, str] = {}


def extract_all(documents: list[Document], settings: Settings) -> Extractions:
    """Extract every document that was read, in their order. One that raises is listed in `failed`; the rest goes on."""
    out = Extractions()
    keep_in(settings.work / "compiled")
    code = fingerprint(settings.extractor)
    keys = {d.document_id: key(d, code) for d in documents if d.status == "read"}
    made: dict[str, Extraction] = {}
    with Cache(settings.work / "extractions.sqlite") as store:
        known = store.load(set(keys.values()))
        todo = [d for d in documents if d.document_id in keys and keys[d.document_id] not in known]
        for document_id, extraction, problem in _run(todo, settings):
            if extraction is None:
                out.failed[document_id] = problem or "extraction failed"
            else:
                made[document_id] = extraction
                store.save(keys[document_id], extraction)
        store.keep(set(keys.values()))
    for document_id, cache_key in keys.items():
        found = made.get(document_id) or known.get(cache_key)
        if found is not None:
            out[document_id] = found
    out.fresh = list(made)
    return out


def quarantine(documents: list[Document], failed: dict[str, str]) -> list[Document]:
    """The documents with those that could not be extracted set aside."""
    return [
        replace(d, status="quarantined", problem=failed[d.document_id], text="", text_sha256=None)
        if d.document_id in failed
        else d
        for d in documents
    ]


@cache
def load(target: str) -> Callable[..., object]:
    """The function that `module:function` names. Raises ValueError, with one line, where there is none."""
    module, _, name = target.partition(":")
    try:
        return getattr(importlib.import_module(module), name)  # type: ignore[no-any-return]
    except AttributeError:
        raise ValueError(f"{module} has no function {name!r}") from None


def _run(documents: list[Document], settings: Settings) -> Iterator[Outcome]:
    workers = settings.workers or (os.cpu_count() or 1)
    alone = settings.workers == 1 or (not settings.workers and len(documents) < settings.in_process_below)
    if alone or workers == 1 or len(documents) < 2:
        yield from (_one(document, settings.extractor) for document in documents)
        return
    yield from _in_workers(documents, settings.extractor, workers, settings.work / "compiled")


def _in_workers(documents: list[Document], extractor: str, workers: int, compiled: Path) -> Iterator[Outcome]:
    done: set[str] = set()
    try:
        with ProcessPoolExecutor(workers, initializer=_prepare, initargs=(os.getpid(), compiled)) as pool:
            chunk = max(1, min(32, len(documents) // (4 * workers)))
            for outcome in pool.map(_one, documents, [extractor] * len(documents), chunksize=chunk):
                done.add(outcome[0])
                yield outcome
    except BrokenProcessPool:
        # A worker died without a word (out of memory, a crash in a library): finish what is left here.
        log.warning("a worker process died; the remaining documents are extracted in this process")
        yield from (_one(d, extractor) for d in documents if d.document_id not in done)


def _prepare(parent: int, compiled: Path) -> None:
    """Let this worker keep compiled forms, and end soon after the run does: one that was killed cannot tell it."""
    keep_in(compiled)

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _one(document: Document, extractor: str) -> Outcome:
    try:
        extraction = load(extractor)(document)
    except Exception as error:  # whatever one document provokes must not stop the others
        detail = " ".join(str(error).split())[:200]
        return document.document_id, None, f"extraction failed ({type(error).__name__}: {detail}): report the document"
    if not isinstance(extraction, Extraction):
        return document.document_id, None, f"extraction gave {type(extraction).__name__}: report the document"
    return document.document_id, without_people(document, extraction), None


def names(found: Iterable[str], limit: int = 20) -> str:
    """A list for people, cut at `limit`."""
    ordered = sorted(found)
    return ", ".join(ordered[:limit]) + (f" and {len(ordered) - limit} more" if len(ordered) > limit else "")
