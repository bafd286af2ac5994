"""Shards as tasks of Ray Core, on a cluster that is there or on this machine. Imported only where it is asked for."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any, TypeVar

from pipeline.settings import Settings

S = TypeVar("S")
R = TypeVar("R")
_PER_CPU = 3
_RETRIES = 4


def run_on_ray(function: Callable[[S], R], shards: Iterable[S], settings: Settings) -> Iterator[R]:
    """`function` of every shard; Ray places tasks and repeats those whose process or machine died.

    Raises RuntimeError where the cluster does not start within `ray_start` seconds, or finishes nothing in `ray_stall`.
    """
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    import ray

    mine = not ray.is_initialized()
    if mine:
        _connect(ray, settings)
    try:
        _ready(ray, settings)
        yield from _tasks(ray, function, shards, settings)
    finally:
        if mine:
            ray.shutdown()


def _connect(ray: Any, settings: Settings) -> None:
    address = settings.ray_address or os.environ.get("RAY_ADDRESS")
    quiet = {"log_to_driver": False, "logging_level": "ERROR"}
    try:
        if address:
            ray.init(address=address, **quiet)
        else:
            # A cluster of this machine alone listens to this machine alone.
            own = {"include_dashboard": False, "_node_ip_address": "127.0.0.1"}
            ray.init(num_cpus=settings.workers or os.cpu_count(), **own, **quiet)
    except (ConnectionError, RuntimeError, ValueError) as error:
        where = f"at {address}" if address else "on this machine"
        raise RuntimeError(f"no Ray cluster {where}: {' '.join(str(error).split())[:200]}") from None


def _ready(ray: Any, settings: Settings) -> None:
    probe = ray.remote(_nothing).options(num_cpus=1).remote()
    try:
        ray.get(probe, timeout=settings.ray_start)
    except ray.exceptions.GetTimeoutError:
        raise RuntimeError(
            f"the Ray cluster ran nothing within {settings.ray_start} s: see that it has workers"
        ) from None


def _tasks(ray: Any, function: Callable[[S], R], shards: Iterable[S], settings: Settings) -> Iterator[R]:
    task = ray.remote(function).options(num_cpus=1, max_retries=_RETRIES, scheduling_strategy="SPREAD")
    window = _PER_CPU * max(1, int(ray.cluster_resources().get("CPU", 1)))
    left, busy, last = iter(shards), set[Any](), time.monotonic()
    while True:
        busy.update(task.remote(shard) for shard in islice(left, window - len(busy)))
        if not busy:
            return
        done, _ = ray.wait(list(busy), num_returns=1, timeout=min(10.0, settings.ray_stall))
        if done:
            last = time.monotonic()
        elif time.monotonic() - last > settings.ray_stall:
            for reference in busy:
                ray.cancel(reference, force=True)
            raise RuntimeError(f"no shard came to its end in {settings.ray_stall} s: run again, what is done is kept")
        for reference in done:
            busy.discard(reference)
            try:
                result = ray.get(reference)
            except ray.exceptions.RayTaskError as error:
                raise error.cause from None
            except ray.exceptions.RayError as error:
                raise RuntimeError(f"a shard failed on the cluster: {' '.join(str(error).split())[:200]}") from None
            yield result


def _nothing() -> None:
    """A task that shows that tasks run."""
