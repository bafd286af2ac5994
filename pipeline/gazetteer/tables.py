"""Reading the reference tables with their corrections, and writing small tables the same way every time."""

from __future__ import annotations

import csv
import gzip
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
DATA = HERE / "data"

# Letters that Unicode does not take apart.
UNDIVIDED = str.maketrans({"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ı": "i", "æ": "ae", "Æ": "Ae"})

Row = dict[str, str]


def read_csv(path: Path) -> list[Row]:
    """The rows of a UTF-8 CSV file, values in NFC and without outer spaces."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            {k: unicodedata.normalize("NFC", v or "").strip() for k, v in row.items()} for row in csv.DictReader(file)
        ]


def source(name: str) -> list[Row]:
    """A committed source table that stands beside the code: `corrections.csv`, `additions.csv` and the like."""
    return read_csv(HERE / name)


class Reference:
    """The folder of reference tables, seen through `corrections.csv`."""

    def __init__(self, folder: Path) -> None:
        if not (folder / "regions.csv").is_file():
            raise FileNotFoundError(f"no reference tables in {folder}: regions.csv is missing")
        self.folder = folder
        self._corrections: dict[str, list[Row]] = {}
        for row in source("corrections.csv"):
            self._corrections.setdefault(row["table"], []).append(row)

    def rows(self, name: str) -> list[Row]:
        """The rows of table `name`, corrected. Raises ValueError for a correction that meets no row."""
        rows = read_csv(self.folder / name)
        for correction in self._corrections.get(name, []):
            rows = _correct(rows, correction)
        return rows


def _correct(rows: list[Row], correction: Row) -> list[Row]:
    """`rows` after one correction: `match` is `column=value|column=value`; an empty `column` drops the row."""
    wanted = [part.split("=", 1) for part in correction["match"].split("|")]
    hits = [row for row in rows if all(row[column] == value for column, value in wanted)]
    if not hits:
        raise ValueError(f"correction meets no row: {correction}")
    if not correction["column"]:
        return [row for row in rows if row not in hits]
    for row in hits:
        row[correction["column"]] = correction["value"]
    return rows


def write_table(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a gzipped CSV that depends on its rows alone: no time, no file name, `\\n` line ends."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(["" if value is None else value for value in row] for row in rows)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(text.getvalue().encode("utf-8"), compresslevel=9, mtime=0))


def read_table(path: Path) -> tuple[list[str], list[list[str]]]:
    """Header and rows of a table that `write_table` wrote."""
    reader = csv.reader(io.StringIO(gzip.decompress(path.read_bytes()).decode("utf-8"), newline=""))
    return next(reader), list(reader)


@cache
def fold(name: str) -> str:
    """`name` as names are compared: case, hyphens, dashes and kinds of apostrophes do not count."""
    folded = name.casefold().replace("’", "'").replace("ʼ", "'")
    return " ".join(re.sub(r"[-‐‑–—/]", " ", folded).split())


def plain(name: str) -> str:
    """`name` in ASCII letters as far as its script allows: `Śląskie` -> `Slaskie`, `Ærø` -> `Aero`."""
    spread = unicodedata.normalize("NFKD", name.translate(UNDIVIDED))
    return unicodedata.normalize("NFC", "".join(c for c in spread if not unicodedata.combining(c)))


def slug(name: str) -> str:
    """A key from a name: ASCII, lower case, hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", plain(name).lower()).strip("-")


def iso_country(code: str) -> str:
    """ISO 3166-1 for a country code of Eurostat; empty for the Union itself."""
    return {"EL": "GR", "UK": "GB", "EU": ""}.get(code, code)
