"""Find and open the files of the input folder without following anything out of it or waiting for a device."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from pipeline.read.reading import Unreadable

_SPECIAL = {
    stat.S_IFIFO: "a named pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}
_TRIES = 3


def walk(folder: Path) -> Iterator[Path]:
    """All below `folder` but plain folders and hidden names: files, links (not followed) and special files."""
    waiting = [folder]
    while waiting:
        for entry in os.scandir(waiting.pop()):
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                waiting.append(Path(entry.path))
                if Path(entry.name).suffix.lower() not in _FILE_LIKE:
                    continue
            yield Path(entry.path)


_FILE_LIKE = {".txt", ".md", ".html", ".htm", ".pdf", ".docx", ".parquet"}


def fetch(file: Path, folder: Path, limit: int) -> tuple[str, bytes]:
    """The SHA-256 and the bytes of a file below `folder`; both are of one and the same reading.

    Raises Unreadable where it is no regular file, lies outside `folder`, has more than `limit` bytes or is being
    written to, with the digest as second argument where there is one.
    """
    for _ in range(_TRIES):
        with os.fdopen(_open(file, folder), "rb") as stream:
            before = os.fstat(stream.fileno())
            if before.st_size > limit:
                digest = hashlib.file_digest(stream, "sha256").hexdigest()
                said = f"{before.st_size / 1e6:.0f} MB is over the limit of {limit / 1e6:.0f} MB: split the file"
                raise Unreadable(said, digest)
            raw = stream.read(limit + 1)
            after = os.fstat(stream.fileno())
        if (before.st_size, before.st_mtime_ns) == (len(raw), after.st_mtime_ns):
            return hashlib.sha256(raw).hexdigest(), raw
    raise Unreadable("it changes while it is read: put it there when it is complete")


def _open(file: Path, folder: Path) -> int:
    """A descriptor of a regular file that lies below `folder`, also where `file` is a link to one."""
    target = file
    if file.is_symlink():
        try:
            target = file.resolve(strict=True)
        except (OSError, RuntimeError):
            raise Unreadable("a link to nothing: remove it or put the file there") from None
        if not target.is_relative_to(folder.resolve()):
            raise Unreadable("a link that leads out of the input folder: put a copy of the file there")
    mode = target.lstat().st_mode
    if stat.S_ISDIR(mode):
        what = "a link to a folder" if file.is_symlink() else "a folder with the name of a file"
        raise Unreadable(f"{what}: what is to be read must be a file; files in plain folders are read")
    # Not to wait for a pipe, nor to follow a link that was put there a moment ago.
    descriptor = os.open(target, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW) if stat.S_ISREG(mode) else -1
    if descriptor >= 0:
        mode = os.fstat(descriptor).st_mode
        if stat.S_ISREG(mode):
            return descriptor
        os.close(descriptor)
    raise Unreadable(f"{_SPECIAL.get(stat.S_IFMT(mode), 'no regular file')}, which is not opened: remove it")
