"""What lies between the steps of a run, in the work folder: documents as read, tables before they are published."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pandas as pd
import pyarrow.parquet as parquet

from pipeline.checks import Staged
from pipeline.documents import NAME as DOCUMENTS
from pipeline.documents import check_mark, load_documents, mark, put_mark, save_documents
from pipeline.lock import exclusive
from pipeline.model import Document
from pipeline.personal.suppressed import NAME as SUPPRESSED
from pipeline.personal.suppressed import read_suppressed
from pipeline.release.swap import recover
from pipeline.settings import Settings
from pipeline.tables import Tables
from schemas import TABLES
from schemas.derive import arrow_schema, to_arrow


class Staging:
    """A folder that becomes what is staged: tables are written frame by frame, unless they are dropped."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.dropped = folder, False
        (folder / "tables").mkdir()

    def write(self, name: str, frames: Iterable[pd.DataFrame]) -> tuple[int, pd.DataFrame]:
        """Write the validated frames of a table; how many rows they have, and the first of them."""
        path = self.folder / "tables" / f"{name}.parquet"
        made = write_frames(path, name, frames)
        put_mark(path)
        return made

    def aside(self, file: str, name: str, frames: Iterable[pd.DataFrame]) -> None:
        """Write frames of the shape of a table into a file beside what is staged."""
        write_frames(self.folder / file, name, frames)
        os.replace(self.folder / file, self.folder.parent / file)

    def drop(self) -> None:
        """Leave what was staged before as it is."""
        self.dropped = True


def write_frames(path: Path, name: str, frames: Iterable[pd.DataFrame]) -> tuple[int, pd.DataFrame]:
    """Write frames of a table as Parquet; how many rows they have, and the first of them."""
    count, first = 0, pd.DataFrame()
    with parquet.ParquetWriter(path, arrow_schema(TABLES[name]), compression="zstd") as file:
        for frame in frames:
            file.write_table(to_arrow(TABLES[name], frame))
            first = frame if not count else first
            count += len(frame)
    return count, first


@contextmanager
def staging(documents: Iterable[Document], work: Path) -> Iterator[Staging]:
    """Replace what is staged by what is written, and the documents it was made from, unless it is dropped."""
    work.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix="staged-", dir=work))
    try:
        made = Staging(fresh)
        yield made
        if not made.dropped:
            save_documents(documents, fresh)
            shutil.rmtree(work / "staged", ignore_errors=True)
            os.replace(fresh, work / "staged")
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def stage(tables: Mapping[str, pd.DataFrame], documents: Iterable[Document], work: Path) -> None:
    """Replace what is staged: all tables, validated, and the documents they were made from."""
    with staging(documents, work) as made:
        for name in TABLES:
            made.write(name, [tables[name]])


def load_tables(folder: Path) -> dict[str, pd.DataFrame]:
    """All tables of a folder of Parquet files, each with the dtypes of its schema."""
    return dict(Tables(folder))


def load_staged(settings: Settings) -> Staged:
    """What is staged, each table with the dtypes of its schema. Raises FileNotFoundError where nothing is."""
    folder = settings.work / "staged"
    for name in TABLES:
        check_mark(folder / "tables" / f"{name}.parquet")
    suppressed = read_suppressed(settings.seeds / SUPPRESSED)
    return Staged(Tables(folder / "tables"), load_documents(folder), suppressed)


def seal(settings: Settings) -> str:
    """What is staged, as one text: the digests of all its files, and of the list of names that may not appear."""
    folder = settings.work / "staged"
    files = [*(folder / "tables" / f"{name}.parquet" for name in TABLES), folder / DOCUMENTS]
    marks = [mark(file).read_text() for file in files]
    return " ".join([*marks, *sorted(read_suppressed(settings.seeds / SUPPRESSED))])


def repair(settings: Settings) -> None:
    """Complete or remove what a killed run left; whoever calls this holds the work folder against other runs."""
    for kind in ("staged-*", "release-*", "resolving-*"):
        for stale in settings.work.glob(kind):
            shutil.rmtree(stale, ignore_errors=True)
    for stale in settings.work.glob("text/**/.tmp-*"):
        stale.unlink(missing_ok=True)
    data = settings.data.resolve()
    with exclusive(data):
        recover(data)


__all__ = ["load_documents", "load_staged", "load_tables", "repair", "save_documents", "seal", "stage", "staging"]
