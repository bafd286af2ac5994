"""Where a run reads and writes, and how hard it works. One value, built once, handed to whoever needs it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parent.parent
ACCURACY = PROJECT / "tests" / "corpus" / "accuracy.json"
"""What was measured on annotated documents; goes into the release."""
ENGINES = ("auto", "process", "workers", "ray")
VALIDATORS = ("auto", "always", "never")
_PREFIX = "S3_PIPELINE_"


@dataclass(frozen=True, slots=True)
class Settings:
    """Folders and limits of a run."""

    seeds: Path = PROJECT / "seeds"
    """Folder of input documents."""
    data: Path = PROJECT / "data"
    """Folder of the release."""
    work: Path = PROJECT / ".work"
    """Folder of what lies between: read texts, cache, staged tables."""
    engine: str = "auto"
    """Where extraction runs: `process` (this one), `workers` (processes), `ray` (a cluster), or `auto`: by size."""
    workers: int = 0
    """Processes that extract; 0: this process for small inputs, all processors for large ones."""
    in_process_below: int = 200
    """With `workers` 0, fewer new documents than this are extracted in this process: starting others costs more."""
    shard: int = 500
    """At most so many documents are one piece of work; what is made of them is one file."""
    parts: str = ""
    """Where extractions are kept that several machines make: a shared folder, or an address such as s3://bucket/name;
    empty: below the work folder."""
    ray_address: str = ""
    """Address of a Ray cluster; empty: that of RAY_ADDRESS, else one on this machine for the time of the run."""
    ray_start: int = 120
    """Seconds within which a cluster must run a first task."""
    ray_stall: int = 1800
    """Seconds within which some piece of work must come to its end."""
    max_bytes: int = 20_000_000
    """Larger files are quarantined; files of many documents may be 25 times as large."""
    max_unpacked: int = 200_000_000
    """Zip-based files that unpack to more are quarantined."""
    max_pages: int = 2_000
    """Files with more pages are quarantined."""
    max_depth: int = 400
    """Pages and XML whose elements are nested deeper are quarantined."""
    max_seconds: int = 60
    """Files whose parsing takes more processor time are quarantined (half a second more for each megabyte), and
    documents whose extraction does."""
    max_memory: int = 1_500_000_000
    """Bytes of memory that a parser may take."""
    memory: int = 500_000_000
    """Bytes that joining and sorting of tables may take; what needs more goes to disk."""
    threshold: float = 0.25
    """Claims with less confidence make no row."""
    validators: str = "auto"
    """The standards' own validators of what describes the release: `always`, `never`, or `auto`: on the
    project's own release, where they are installed, without the rows."""
    extractor: str = "pipeline.extract:extract"
    """`module:function`, Document -> Extraction."""
    resolver: str = "pipeline.resolve:resolved"
    """`module:function`, (documents, extractions, settings) -> tables by name, each a frame or frames in order of key;
    perhaps as a context, in which they can be read."""

    @property
    def compiled(self) -> Path:
        """Folder of what is worked out of packs and gazetteer: one for all runs of this checkout, if it can be
        written."""
        shared = PROJECT / ".work"
        own = os.access(shared if shared.exists() else PROJECT, os.W_OK)
        return (shared if own else self.work) / "compiled"

    def environment(self) -> dict[str, str]:
        """The settings as environment variables, for processes that build their own (`from_environment`)."""
        return {f"{_PREFIX}{name}".upper(): str(value) for name, value in asdict(self).items()}

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        """Defaults, overruled by `S3_PIPELINE_SEEDS`, `S3_PIPELINE_DATA` and so on."""
        found: dict[str, Any] = {}
        for field in fields(cls):
            value = environment.get(f"{_PREFIX}{field.name}".upper())
            if value is not None:
                found[field.name] = _READ[str(field.type)](value)
        return cls(**found)


_READ: dict[str, Callable[[str], Any]] = {"Path": Path, "int": int, "float": float, "str": str}


def default_work(data: Path) -> Path:
    """The work folder of a release folder: `.work` for the project's own, a sub-folder keyed by path for others."""
    data = data.resolve()
    own = PROJECT / ".work"
    return own if data == PROJECT / "data" else own / hashlib.sha256(str(data).encode()).hexdigest()[:12]
