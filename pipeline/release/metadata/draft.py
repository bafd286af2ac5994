"""What the metadata is written from: the files of a release that is not published yet, and what is declared of it."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import pyarrow.parquet as parquet

from pipeline.release.files import parquet_of
from pipeline.release.swap import sha256
from pipeline.release.version import version

AUTHORITY = "http://publications.europa.eu/resource/authority/"


@cache
def dataset() -> dict[str, Any]:
    """Title, description, keywords, address and catalogue terms, from the committed `dataset.toml`."""
    found = tomllib.loads((Path(__file__).parent.parent / "dataset.toml").read_text(encoding="utf-8"))
    if (address := found["address"]) and not address.endswith("/"):
        raise ValueError(f"dataset.toml: address {address!r} must end in a slash")
    return found


@dataclass(frozen=True)
class File:
    """A data file: its path in the release, what it is in, rows; `sha256` is None for the database."""

    path: str
    title: str
    media_type: str
    file_type: str
    bytes: int
    sha256: str | None
    rows: int | None

    @property
    def table(self) -> str:
        """The table that the file holds; for a container, its own name."""
        path = Path(self.path)
        return path.parent.name if len(path.parts) == 3 else path.stem


@dataclass(frozen=True)
class Draft:
    """A release in `folder` whose data files are written, with the manifest entry of each in `files`."""

    folder: Path
    files: dict[str, dict[str, Any]]
    _digests: dict[str, str] = field(default_factory=dict, compare=False)

    @cached_property
    def facts(self) -> dict[str, Any]:
        """All that is declared: `dataset.toml` and `version.toml`."""
        return {**dataset(), **version()}

    @cached_property
    def quality(self) -> dict[str, Any]:
        """What is measured of it."""
        found: dict[str, Any] = json.loads((self.folder / "quality.json").read_text(encoding="utf-8"))
        return found

    @cached_property
    def sources(self) -> list[dict[str, str]]:
        """Documents with an address: `title`, `path`."""
        table = parquet.read_table(parquet_of(self.folder, "documents"), columns=["document_id", "title", "url"])
        return [{"title": d["title"] or d["document_id"], "path": d["url"]} for d in table.to_pylist() if d["url"]]

    def data_files(self) -> Iterator[File]:
        """Every file of a kind that `dataset.toml` has a format for."""
        formats = self.facts["formats"]
        for path, entry in sorted(self.files.items()):
            if kind := formats.get(path.rpartition(".")[2]):
                size = (self.folder / path).stat().st_size
                yield File(
                    path, kind["title"], kind["media_type"], kind["file_type"], size, entry.get("sha256"), entry["rows"]
                )

    def parted(self) -> set[str]:
        """Tables whose Parquet is in several files."""
        return {path.split("/")[1] for path in self.files if path.startswith("parquet/") and path.count("/") == 2}

    def digest(self, path: str) -> str:
        """SHA-256 of a file's bytes as they lie there, computed once."""
        if path not in self._digests:
            self._digests[path] = sha256(self.folder / path)
        return self._digests[path]

    def address(self, path: str = "") -> str:
        """Where `path` is found: below the dataset's address, or relative to the file that names it."""
        return f"{self.facts['address']}{path}" or "./"

    def today(self) -> str:
        """The date of the release, ISO 8601."""
        return str(self.facts["date"])


def as_json(value: Any) -> str:
    """JSON for people to read too; the same value gives the same bytes."""
    return json.dumps(value, indent=1, ensure_ascii=False) + "\n"
