"""`python -m pipeline changes`: what differs between the release and an earlier one, and its record."""

from __future__ import annotations

import tempfile
from pathlib import Path

from pipeline.preflight import Unusable
from pipeline.release import since
from pipeline.release.swap import read_manifest
from pipeline.settings import PROJECT

_SHOWN = 200


def changes(data: Path, against: str | None, record: bool) -> str:
    """The differences as text, at most 200 rows a table; with `record` also `CHANGES.md` and `changes/` in `data`.

    `against` is a folder with a release or a git revision; None: the last commit with a release of another version.
    Raises Unusable where there is nothing to compare or the versions do not fit the changes.
    """
    if not (manifest := read_manifest(data)):
        raise Unusable(f"no release in {data}: run `make data` first")
    with tempfile.TemporaryDirectory() as folder:
        try:
            old = _release(against, manifest["version"], Path(folder))
            if record:
                return since.record(data, old)
            return since.step(old, data).text(_SHOWN) if old else "No earlier release to compare with.\n"
        except (FileNotFoundError, since.NotReleasable) as error:
            raise Unusable(str(error)) from None


def _release(against: str | None, version: str, into: Path) -> Path | None:
    if against is not None and Path(against).is_dir():
        return Path(against)
    revision = against or since.last_release(PROJECT, version)
    return since.from_git(PROJECT, revision, into) if revision else None
