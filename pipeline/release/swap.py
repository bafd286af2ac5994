"""Publish a folder whole: every byte onto the target's file system first, then renames, the manifest last."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

MANIFEST = "manifest.json"
_TEMPORARY = ".tmp-"


@contextlib.contextmanager
def exclusive(folder: Path, wait: float = 60.0) -> Iterator[None]:
    """Hold `folder` against other runs; the kernel lets go even if this process is killed.

    Raises TimeoutError after `wait` seconds.
    """
    folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(folder, os.O_RDONLY)
    deadline = time.monotonic() + wait
    try:
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise TimeoutError(f"another run holds {folder}: wait for it to end") from None
                time.sleep(0.1)
        yield
    finally:
        os.close(handle)


def sha256(path: Path) -> str:
    """Digest of a file's bytes, hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def read_manifest(data: Path) -> dict[str, Any]:
    """The manifest of the release in `data`; empty where there is none or it cannot be read."""
    try:
        manifest = json.loads((data / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return manifest if isinstance(manifest, dict) else {}


def publish(staged: Path, data: Path, manifest: dict[str, Any], keep: frozenset[str] = frozenset()) -> None:
    """Make `data` the release in `staged`; files of the last release that this one has not are removed.

    `keep` names files that stay as they stand in `data` although their bytes differ. Raises OSError, with the last
    release untouched, where `data` cannot be written or the disk is full.
    """
    with exclusive(data):
        _sweep(data)
        before = set(read_manifest(data).get("files", {}))
        temporary = Path(tempfile.mkdtemp(prefix=_TEMPORARY, dir=data))
        try:
            changed = [f for f in manifest["files"] if f not in keep and not _same(staged / f, data / f)]
            for name in changed:
                _copy(staged / name, temporary / name)
            _write(temporary / MANIFEST, json.dumps(manifest, indent=1, sort_keys=True, ensure_ascii=False) + "\n")
            for name in changed:
                (data / name).parent.mkdir(parents=True, exist_ok=True)
                os.replace(temporary / name, data / name)
            for name in before - set(manifest["files"]):
                # Only what the last manifest names: the folder may hold other things of its owner.
                if (data / name).resolve().is_relative_to(data.resolve()):
                    (data / name).unlink(missing_ok=True)
            os.replace(temporary / MANIFEST, data / MANIFEST)
        finally:
            shutil.rmtree(temporary, ignore_errors=True)


def verify(data: Path) -> list[str]:
    """Names of files that are missing or differ from the manifest of `data`."""
    files = read_manifest(data).get("files", {})
    return [
        n for n, e in files.items() if not (data / n).is_file() or e.get("sha256", "") not in ("", sha256(data / n))
    ]


def _sweep(data: Path) -> None:
    """Remove what a killed run left; a write-ahead log beside a replaced database would make it unreadable."""
    for stale in data.glob(f"{_TEMPORARY}*"):
        shutil.rmtree(stale, ignore_errors=True)
    for log in data.glob("*.duckdb.wal"):
        log.unlink()


def _same(left: Path, right: Path) -> bool:
    return right.is_file() and left.stat().st_size == right.stat().st_size and sha256(left) == sha256(right)


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
    with target.open("rb") as stream:
        os.fsync(stream.fileno())


def _write(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
