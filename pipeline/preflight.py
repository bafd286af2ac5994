"""Refuse folders that cannot be used before anything is started, in one line that says what to do."""

from __future__ import annotations

import tempfile
from pathlib import Path

from pipeline.engine.engines import NoEngine, choose
from pipeline.personal.suppressed import NAME as SUPPRESSED
from pipeline.personal.suppressed import read_suppressed
from pipeline.read import document_files
from pipeline.read.sources import read_sources
from pipeline.settings import VALIDATORS, Settings


class Unusable(Exception):
    """The command cannot be carried out; the message is one line for the person who gave it."""


def prepare_folders(settings: Settings) -> None:
    """Make the output and work folders. Raises Unusable where an input or output folder cannot be used."""
    seeds, data = settings.seeds, settings.data
    if not seeds.is_dir():
        raise Unusable(f"no such input folder: {seeds}")
    if seeds == data or seeds in data.parents or data in seeds.parents:
        raise Unusable(f"input folder {seeds} and output folder {data} lie within each other: choose two separate ones")
    try:
        if next(document_files(seeds), None) is None:
            raise Unusable(f"no document in {seeds}: put text, Markdown, HTML, PDF, Word or Parquet files there")
        read_sources(seeds)
        read_suppressed(seeds / SUPPRESSED)
    except (OSError, ValueError) as error:
        raise Unusable(f"cannot read {seeds}: {error}") from None
    try:
        choose(settings, 0)
    except NoEngine as error:
        raise Unusable(str(error)) from None
    if settings.validators not in VALIDATORS:
        raise Unusable(f"S3_PIPELINE_VALIDATORS is {settings.validators!r}: choose one of {', '.join(VALIDATORS)}")
    for folder, use in ((data, "output"), (settings.work, "work")):
        _make_writable(folder, use)


def _make_writable(folder: Path, use: str) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise Unusable(f"cannot write to the {use} folder {folder}: {error.strerror}") from None
