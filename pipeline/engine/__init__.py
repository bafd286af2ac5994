"""Extract what was not extracted before; the result is the same on every engine and in every order."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import islice
from math import ceil
from pathlib import Path

from pipeline.documents import briefly, quarantine, some
from pipeline.engine.apart import load
from pipeline.engine.engines import choose, processes, run
from pipeline.engine.fingerprint import fingerprint, key
from pipeline.engine.parts import Parts, Row, Shard, Summary, extract_shard
from pipeline.model import Document, Extraction
from pipeline.settings import Settings
from pipeline.text.compiled import keep_in

__all__ = ["Extractions", "Summary", "choose", "extract_all", "load", "names", "quarantine", "run"]

# What an interruption of this process may cost.
_ALONE = 100
# Parts with fewer rows are joined to one once there are so many of them.
_SMALL, _MANY = 500, 16


class Extractions(Mapping[str, Extraction]):
    """Extractions by document id, in the order of the documents. They stay in their parts; one part is in memory.

    `fresh` were made now (the others came from the cache), `failed` say why there is none.
    """

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.fresh: list[str] = []
        self.failed: dict[str, str] = {}
        self._where: dict[str, tuple[str, str]] = {}
        self._open: tuple[str, dict[str, Row]] = ("", {})

    def __getitem__(self, document_id: str) -> Extraction:
        return Extraction.from_json(json.loads(self.packed(document_id)))

    def __iter__(self) -> Iterator[str]:
        return iter(self._where)

    def __len__(self) -> int:
        return len(self._where)

    def __contains__(self, document_id: object) -> bool:
        return document_id in self._where

    def packed(self, document_id: str) -> str:
        """An extraction as JSON."""
        name, key = self._where[document_id]
        if self._open[0] != name:
            self._open = name, {row.key: row for row in self.parts.read(name)}
        return self._open[1][key].extraction or ""

    def groups(self) -> dict[str, list[str]]:
        """Document ids by the part that they lie in."""
        found: dict[str, list[str]] = {}
        for document_id, (name, _) in self._where.items():
            found.setdefault(name, []).append(document_id)
        return found

    def summaries(self) -> Iterator[Summary]:
        """What is to be known of all extractions at once, part by part."""
        for name, documents in self.groups().items():
            yield from self.summaries_of(name, documents)

    def summaries_of(self, name: str, documents: Collection[str]) -> Iterator[Summary]:
        """The same of some documents of one part."""
        return self.parts.summaries(name, {self._where[document_id][1] for document_id in documents})


def extract_all(documents: Collection[Document], settings: Settings) -> Extractions:
    """Extract every document that was read. One that raises, hangs or kills its process is listed in `failed`."""
    code = fingerprint(settings.extractor)
    compiled = settings.compiled
    keep_in(compiled)
    parts = Parts(settings.parts or str(settings.work / "extractions"), code)
    keys = {d.document_id: key(d, code) for d in briefly(documents) if d.status == "read"}
    # What several runs share is not tidied by one of them.
    own = not settings.parts
    if own:
        parts.sweep()
    where = _kept(parts, set(keys.values()), own)
    todo = {document_id for document_id, key in keys.items() if key not in where}
    if todo:
        engine = choose(settings, len(todo))
        new = some(documents, todo)
        for name in run(
            extract_shard, _shards(new, len(todo), keys, parts, compiled, engine, settings), engine, settings
        ):
            where.update((row.key, (name, row.problem)) for row in parts.read(name))
    out = Extractions(parts)
    for document_id, cache_key in keys.items():
        name, problem = where[cache_key]
        if problem:
            out.failed[document_id] = problem
        else:
            out._where[document_id] = name, cache_key
    out.fresh = [document_id for document_id in keys if document_id in todo and document_id in out]
    return out


def _kept(parts: Parts, keys: set[str], tidy: bool) -> dict[str, tuple[str, str | None]]:
    """Part and problem of what was extracted before. To tidy is to forget what else lies there and to join parts."""
    where: dict[str, tuple[str, str | None]] = {}
    small = []
    for name, live, count in parts.find(keys):
        where.update((row.key, (name, row.problem)) for row in live)
        if tidy and count and not live:
            parts.remove(parts.path(name))
        elif count and (len(live) < _SMALL or 2 * len(live) < count):
            small.append(name)
    if tidy and len(small) > _MANY:
        joined = parts.join(small, keys)
        where = {key: (joined if name in small else name, problem) for key, (name, problem) in where.items()}
    return where


def names(found: Iterable[str], limit: int = 20) -> str:
    """A list for people, cut at `limit`."""
    ordered = sorted(found)
    return ", ".join(ordered[:limit]) + (f" and {len(ordered) - limit} more" if len(ordered) > limit else "")


def _shards(
    todo: Iterable[Document],
    count: int,
    keys: Mapping[str, str],
    parts: Parts,
    compiled: Path,
    engine: str,
    settings: Settings,
) -> Iterator[Shard]:
    """Enough shards to keep all workers busy to the end, none larger than what is well lost in an interruption."""
    size = min(settings.shard, _ALONE if engine == "process" else ceil(count / (4 * processes(settings))))
    left = iter(todo)
    while some := tuple(islice(left, size)):
        theirs = tuple(keys[d.document_id] for d in some)
        yield Shard(some, theirs, parts, settings.extractor, settings.max_seconds, compiled, engine != "process")
