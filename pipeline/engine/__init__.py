"""Extract what was not extracted before; the result is the same on every engine and in every order."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from math import ceil
from pathlib import Path

from pipeline.engine.apart import load
from pipeline.engine.engines import choose, processes, run
from pipeline.engine.fingerprint import fingerprint, key
from pipeline.engine.parts import Parts, Row, Shard, extract_shard
from pipeline.model import Document, Extraction
from pipeline.settings import Settings
from pipeline.text.compiled import keep_in

__all__ = ["Extractions", "extract_all", "load", "names", "quarantine"]

# What an interruption of this process may cost.
_ALONE = 100


class Extractions(Mapping[str, Extraction]):
    """Extractions by document id, in the order of the documents; packed, and unpacked at each look-up.

    `fresh` were made now (the others came from the cache), `failed` say why there is none.
    """

    def __init__(self) -> None:
        self._packed: dict[str, bytes] = {}
        self.fresh: list[str] = []
        self.failed: dict[str, str] = {}

    def __getitem__(self, document_id: str) -> Extraction:
        return Extraction.from_json(json.loads(zlib.decompress(self._packed[document_id])))

    def __iter__(self) -> Iterator[str]:
        return iter(self._packed)

    def __len__(self) -> int:
        return len(self._packed)

    def __contains__(self, document_id: object) -> bool:
        return document_id in self._packed


def extract_all(documents: Sequence[Document], settings: Settings) -> Extractions:
    """Extract every document that was read. One that raises, hangs or kills its process is listed in `failed`."""
    code = fingerprint(settings.extractor)
    compiled = settings.work / "compiled"
    keep_in(compiled)
    parts = Parts(settings.parts or str(settings.work / "extractions"), code)
    keys = {d.document_id: key(d, code) for d in documents if d.status == "read"}
    out = Extractions()
    # What several runs share is not tidied by one of them.
    own = not settings.parts
    if own:
        parts.sweep()
    rows = {row.key: _packed(row) for row in parts.load(keys.values(), tidy=own)}
    todo = [d for d in documents if d.document_id in keys and keys[d.document_id] not in rows]
    if todo:
        engine = choose(settings, len(todo))
        for name in run(extract_shard, list(_shards(todo, keys, parts, compiled, engine, settings)), engine, settings):
            rows.update((row.key, _packed(row)) for row in parts.read(name))
    for document_id, cache_key in keys.items():
        said, problem = rows[cache_key]
        if said is None:
            out.failed[document_id] = problem or "extraction failed"
        else:
            out._packed[document_id] = said
    out.fresh = [d.document_id for d in todo if d.document_id in out]
    return out


def quarantine(documents: Sequence[Document], failed: Mapping[str, str]) -> list[Document]:
    """The documents with those that could not be extracted set aside."""
    return [
        replace(d, status="quarantined", problem=failed[d.document_id], text="", text_sha256=None)
        if d.document_id in failed
        else d
        for d in documents
    ]


def names(found: Iterable[str], limit: int = 20) -> str:
    """A list for people, cut at `limit`."""
    ordered = sorted(found)
    return ", ".join(ordered[:limit]) + (f" and {len(ordered) - limit} more" if len(ordered) > limit else "")


def _shards(
    todo: Sequence[Document], keys: Mapping[str, str], parts: Parts, compiled: Path, engine: str, settings: Settings
) -> Iterator[Shard]:
    """Enough shards to keep all workers busy to the end, none larger than what is well lost in an interruption."""
    size = min(settings.shard, _ALONE if engine == "process" else ceil(len(todo) / (4 * processes(settings))))
    for i in range(0, len(todo), size):
        some = tuple(todo[i : i + size])
        theirs = tuple(keys[d.document_id] for d in some)
        yield Shard(some, theirs, parts, settings.extractor, settings.max_seconds, compiled, engine != "process")


def _packed(row: Row) -> tuple[bytes | None, str | None]:
    return (None if row.extraction is None else zlib.compress(row.extraction.encode(), 1)), row.problem
