"""Whether the release already is what a run would build: then there is nothing to do.

What went into a release is noted beside the cache, as one digest: the input folder's bytes, the project's own files,
the libraries, the settings. The release's files must still be as they were published.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.metadata
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from pipeline.settings import ACCURACY, PROJECT, Settings

_NOTE, _MANIFEST = "built.json", "manifest.json"
_CODE = (PROJECT / "pipeline", PROJECT / "schemas", ACCURACY)
_LEFT_OUT = {"__pycache__", "node_modules"}


def ingredients(settings: Settings) -> str:
    """SHA-256 of all that decides what a run builds; empty where the input is no folder on this machine."""
    if not settings.seeds.is_dir():
        return ""
    digest = hashlib.sha256(f"{sys.version} {sorted(settings.environment().items())}".encode())
    libraries = {(d.name, d.version) for d in importlib.metadata.distributions()}
    digest.update(repr(sorted(libraries)).encode())
    for start in (settings.seeds, *_CODE):
        for file in _files(start):
            digest.update(f"{file.relative_to(start)}\0{file.is_symlink()}\0".encode())
            digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def note(settings: Settings, made_of: str) -> None:
    """Remember what the release that was just published is made of, and how its files look."""
    if made_of:
        with contextlib.suppress(OSError):
            # Without the note the next run builds once more, and that is all.
            text = json.dumps({"made_of": made_of, "files": _release(settings.data)})
            (settings.work / _NOTE).write_text(text, encoding="utf-8")


def built(settings: Settings, made_of: str) -> str | None:
    """The version of the release that is made of just this and whole, else None."""
    try:
        noted = json.loads((settings.work / _NOTE).read_text(encoding="utf-8"))
        if not made_of or noted != {"made_of": made_of, "files": _release(settings.data)}:
            return None
        return str(json.loads((settings.data / _MANIFEST).read_text(encoding="utf-8"))["version"])
    except (OSError, ValueError, KeyError):
        return None


def _release(data: Path) -> dict[str, str]:
    """Digests of the files that the manifest lists, and its own."""
    said = json.loads((data / _MANIFEST).read_text(encoding="utf-8"))
    return {name: _digest(data / name) for name in (_MANIFEST, *sorted(said["files"]))}


def _files(start: Path) -> Iterator[Path]:
    found = sorted(start.rglob("*")) if start.is_dir() else [start]
    return (f for f in found if f.is_file() and not _LEFT_OUT & set(f.parts))


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
