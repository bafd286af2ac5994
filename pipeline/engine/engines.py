"""Where shards are worked on: in this process, in worker processes, or on a Ray cluster. The parts are the same."""

from __future__ import annotations

import importlib.util
import logging
import multiprocessing
import os
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from typing import TypeVar

from pipeline.settings import ENGINES, Settings

log = logging.getLogger(__name__)
_ATTEMPTS = 4
S = TypeVar("S")
R = TypeVar("R")


class NoEngine(ValueError):
    """The engine that was asked for is not there; the message says what to do."""


def choose(settings: Settings, count: int) -> str:
    """The engine for `count` documents. Raises NoEngine where the one that is asked for cannot be had."""
    if settings.engine not in ENGINES:
        raise NoEngine(f"no engine {settings.engine!r}: choose one of {', '.join(ENGINES)}")
    if settings.engine == "ray" and importlib.util.find_spec("ray") is None:
        raise NoEngine("engine ray needs an extra: pip install 's3-partnerships[cluster]'")
    if settings.engine != "auto":
        return settings.engine
    few = count < settings.in_process_below if settings.workers == 0 else count < 2
    return "process" if few or processes(settings) == 1 else "workers"


def processes(settings: Settings) -> int:
    """How many worker processes there are to be."""
    return settings.workers or os.cpu_count() or 1


def run(function: Callable[[S], R], shards: Iterable[S], engine: str, settings: Settings) -> Iterator[R]:
    """`function` of every shard, as they come to an end. It must be idempotent: a shard may be begun more than once.

    Shards are taken from the iterable as they are needed, so that few of them are in memory at a time.
    """
    if engine == "ray":
        from pipeline.engine.cluster import run_on_ray

        return run_on_ray(function, shards, settings)
    if engine == "workers":
        return _in_workers(function, shards, processes(settings))
    return map(function, shards)


def _in_workers(function: Callable[[S], R], shards: Iterable[S], workers: int) -> Iterator[R]:
    """A worker that dies takes its pool along: those that were at work are done first in a new one, then the rest."""
    waiting, suspects, deaths, done = iter(shards), list[S](), 0, False
    while not done:
        alone, busy, taken = bool(suspects), dict[Future[R], S](), list[S]()
        todo = iter(suspects) if alone else waiting
        try:
            with ProcessPoolExecutor(workers, mp_context=_context(), initializer=_end_with_the_run) as pool:
                while True:
                    for shard in islice(todo, 2 * workers - len(busy)):
                        taken = [shard]
                        busy[pool.submit(function, shard)] = shard
                        taken = []
                    if not busy:
                        break
                    for future in wait(busy, return_when=FIRST_COMPLETED).done:
                        result = future.result()
                        del busy[future]
                        yield result
            done, suspects = not alone, []
        except BrokenProcessPool:
            deaths = deaths + 1 if alone else 1
            if deaths == _ATTEMPTS:
                raise RuntimeError("worker processes die again and again: give them more memory or use fewer") from None
            log.warning("a worker process died; what it was at is begun anew")
            suspects = [*taken, *busy.values(), *(todo if alone else ())]


def _end_with_the_run() -> None:
    """Let this worker end soon after the run does: one that was killed cannot tell it."""

    def watch() -> None:
        run = multiprocessing.parent_process()
        if run is not None:
            run.join()
            os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _context() -> multiprocessing.context.BaseContext:
    # Not a fork of this process, which has threads.
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["pipeline.extract"])
    return context
