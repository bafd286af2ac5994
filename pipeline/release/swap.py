"""Publish a folder whole: all of it is written beside the last release, then one system call exchanges the two.

Where the system cannot do that (the folder is a mount point, another file system, another system than Linux), files
are renamed one by one and the manifest last; a run that is killed among them is completed by the next (`recover`).
"""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from pipeline.lock import exclusive

MANIFEST = "manifest.json"
_TEMPORARY = ".tmp-"
_AT_FDCWD, _RENAME_EXCHANGE = -100, 2
Keep = Callable[[Path, dict[str, Any]], frozenset[str]]


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


def publish(staged: Path, data: Path, manifest: dict[str, Any], keep: Keep | None = None) -> None:
    """Make `data` the release in `staged`; files of the last release that this one has not are removed.

    `keep(data, manifest)` names files that stay as they stand in `data` although their bytes differ. Raises OSError,
    with the last release untouched, where `data` cannot be written or the disk is full.
    """
    data = data.resolve()
    with exclusive(data):
        recover(data)
        kept = keep(data, manifest) if keep else frozenset()
        same = {f for f in manifest["files"] if f in kept or _same(staged / f, data / f)}
        if not _exchanged(staged, data, manifest, same):
            _in_place(staged, data, manifest, same)


def verify(data: Path) -> list[str]:
    """Names of files that are missing or differ from the manifest of `data`."""
    files = read_manifest(data).get("files", {})
    return [
        n for n, e in files.items() if not (data / n).is_file() or e.get("sha256", "") not in ("", sha256(data / n))
    ]


def recover(data: Path) -> None:
    """Complete or remove what a killed run left; whoever calls this holds `data` against other runs."""
    for stale in _siblings(data):
        _discard(stale, data)
    for stale in sorted(data.glob(f"{_TEMPORARY}*")):
        if (stale / MANIFEST).is_file():
            _move(stale, data)
        _remove(stale)
    for log in data.glob("*.duckdb.wal"):
        # Beside a replaced database it would make that unreadable.
        log.unlink()


def _exchanged(staged: Path, data: Path, manifest: dict[str, Any], same: set[str]) -> bool:
    """Publish by exchanging folders; False, with nothing changed, where the system does not do that."""
    try:
        fresh = Path(tempfile.mkdtemp(prefix=f"{_TEMPORARY}{data.name}-", dir=data.parent))
    except OSError:
        return False
    try:
        for name in manifest["files"]:
            if name in same:
                _link(data / name, fresh / name)
            else:
                _copy(staged / name, fresh / name)
        # The folder may hold other things of its owner; with a manifest that cannot be read nothing is known as ours.
        for name in _foreign(data):
            if name not in manifest["files"]:
                _link(data / name, fresh / name)
        _write_manifest(fresh, manifest)
        shutil.copymode(data, fresh)
        _sync(fresh)
        if not _exchange(fresh, data):
            return False
        _sync(data.parent)
    finally:
        # Now the last release, or what could not be made the new one.
        _discard(fresh, data)
    return True


def _in_place(staged: Path, data: Path, manifest: dict[str, Any], same: set[str]) -> None:
    """Publish by renaming file by file, once every byte is on the file system of `data`."""
    fresh = Path(tempfile.mkdtemp(prefix=_TEMPORARY, dir=data))
    try:
        for name in manifest["files"]:
            if name not in same:
                _copy(staged / name, fresh / name)
        _write_manifest(fresh, manifest)
        _move(fresh, data)
    finally:
        _remove(fresh)


def _move(fresh: Path, data: Path) -> None:
    """Put the files of `fresh` into `data`, remove what its manifest does not name, and the manifest last."""
    for path in sorted(p for p in fresh.rglob("*") if p.is_file()):
        name = path.relative_to(fresh).as_posix()
        if name != MANIFEST:
            (data / name).parent.mkdir(parents=True, exist_ok=True)
            os.replace(path, data / name)
    for name in _named(data) - _named(fresh):
        # A damaged manifest may name a folder.
        if not (data / name).is_dir():
            (data / name).unlink(missing_ok=True)
    os.replace(fresh / MANIFEST, data / MANIFEST)


def _discard(stale: Path, data: Path) -> None:
    """Remove a folder that is no release any more, but not what someone put into it while it still was one."""
    if (stale / MANIFEST).is_file():
        for name in _foreign(stale):
            if not (data / name).exists():
                _link(stale / name, data / name)
    _remove(stale)


def _remove(folder: Path) -> None:
    """Remove a folder, its manifest first: one without a manifest holds nothing that is still wanted."""
    (folder / MANIFEST).unlink(missing_ok=True)
    shutil.rmtree(folder, ignore_errors=True)


def _siblings(data: Path) -> list[Path]:
    with contextlib.suppress(OSError):
        return sorted(p for p in data.parent.glob(f"{_TEMPORARY}{data.name}-*") if p.is_dir())
    return []


def _named(folder: Path) -> set[str]:
    """Files that the manifest of `folder` names, but none outside of it."""
    root = folder.resolve()
    return {n for n in read_manifest(folder).get("files", {}) if (folder / n).resolve().is_relative_to(root)}


def _foreign(folder: Path) -> Iterator[str]:
    """What lies in a release folder and is not the release's."""
    own = _named(folder) | {MANIFEST}
    for place, folders, files in os.walk(folder):
        links = [f for f in folders if (Path(place) / f).is_symlink()]
        empty = [""] if not folders and not files else []
        for found in [*files, *links, *empty]:
            name = (Path(place) / found).relative_to(folder).as_posix()
            if name not in own and name != ".":
                yield name


def _exchange(one: Path, other: Path) -> bool:
    """Whether two folders changed places, which happens at once or not at all (Linux: renameat2)."""
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    return bool(rename(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0)


def _same(left: Path, right: Path) -> bool:
    return right.is_file() and left.stat().st_size == right.stat().st_size and sha256(left) == sha256(right)


def _link(source: Path, target: Path) -> None:
    """The same file under a second name; a copy where the file system knows no such thing."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:
        if source.is_symlink() or source.is_file():
            shutil.copy2(source, target, follow_symlinks=False)
        elif source.is_dir():
            target.mkdir(exist_ok=True)


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
    with target.open("rb") as stream:
        os.fsync(stream.fileno())


def _sync(folder: Path) -> None:
    """What was done to the names in a folder is on the disk, also after a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _write_manifest(folder: Path, manifest: dict[str, Any]) -> None:
    with (folder / MANIFEST).open("w", encoding="utf-8", newline="\n") as stream:
        stream.write(json.dumps(manifest, indent=1, sort_keys=True, ensure_ascii=False) + "\n")
        stream.flush()
        os.fsync(stream.fileno())
