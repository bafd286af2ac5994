"""What is worked out of packs and gazetteer, kept from process to process where a folder for it is given.

A compiled form is made anew when one of its sources has changed, and each time where there is no folder.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from pipeline.text.settle import settled

T = TypeVar("T")
_kept_in: list[Path] = []


def keep_in(folder: Path) -> None:
    """From now on keep compiled forms in `folder`. They are pickles: nobody else may be able to write there."""
    _kept_in[:] = [folder]


def compiled(name: str, sources: Iterable[Path], make: Callable[[], T]) -> T:
    """What `make` gives, from the file that an earlier process left unless one of `sources` has changed since."""
    with settled():
        if not _kept_in:
            return make()
        file, stamp = _kept_in[0] / f"{name}.pickle", _stamp(sources)
        # A file that is missing, cut off or of another version counts as none: whatever it raises, it is made anew.
        with suppress(Exception):
            held = file.read_bytes()
            mark = stamp + hashlib.sha256(memoryview(held)[2 * len(stamp) :]).digest()
            if held[: len(mark)] == mark:
                return pickle.loads(memoryview(held)[len(mark) :])  # type: ignore[no-any-return]
        made = make()
    packed = pickle.dumps(made, protocol=5)
    _keep(file, stamp + hashlib.sha256(packed).digest() + packed)
    return made


class Keepable:
    """An object that can be kept but for its `caches`, which each process begins anew."""

    def caches(self) -> dict[str, Any]:
        """The attributes that are not kept, empty."""
        raise NotImplementedError

    def __getstate__(self) -> dict[str, Any]:
        return {name: value for name, value in vars(self).items() if name not in self.caches()}

    def __setstate__(self, state: dict[str, Any]) -> None:
        vars(self).update(state)
        vars(self).update(self.caches())


def _stamp(sources: Iterable[Path]) -> bytes:
    digest = hashlib.sha256(sys.version.encode())
    for source in sources:
        digest.update(source.name.encode() + b"\0" + hashlib.sha256(source.read_bytes()).digest())
    return digest.digest()


def _keep(file: Path, content: bytes) -> None:
    """Write whole or not at all; a folder that cannot be written is no fault."""
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        draft = file.with_suffix(f".{os.getpid()}")
        draft.write_bytes(content)
        os.replace(draft, file)
