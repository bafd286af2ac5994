"""One run at a time over a folder."""

from __future__ import annotations

import contextlib
import fcntl
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

_held: set[int] = set()


@contextlib.contextmanager
def exclusive(folder: Path, wait: float = 60.0, waiting: Callable[[], object] | None = None) -> Iterator[None]:
    """Hold `folder` against other runs; the kernel lets go even if this process is killed.

    Calls `waiting` once where another run holds it. Raises TimeoutError after `wait` seconds.
    """
    deadline = time.monotonic() + wait
    while (handle := _try(folder)) is None:
        if time.monotonic() > deadline:
            raise TimeoutError(f"another run holds {folder}: wait for it to end")
        if waiting:
            waiting()
            waiting = None
        time.sleep(0.1)
    _held.add(handle)
    try:
        yield
    finally:
        _held.discard(handle)
        os.close(handle)


def _try(folder: Path) -> int | None:
    """A descriptor that holds `folder`; None while someone else does, or has put another folder in its place."""
    folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.path.samestat(os.fstat(handle), folder.stat()):
            return handle
    except (BlockingIOError, FileNotFoundError):
        pass
    os.close(handle)
    return None


def _let_go() -> None:
    """A worker that outlives its killed run must not go on holding the folder."""
    while _held:
        os.close(_held.pop())


os.register_at_fork(after_in_child=_let_go)
