"""Which files of the input folder are curated tables: the register and the corrections."""

from __future__ import annotations

MEDIA_TYPE = "text/csv"


def is_table(path: str) -> bool:
    """Whether a path below the input folder is `corrections.csv` or a CSV file of `register/`.

    Such a file is a document of media type `text/csv`: its text is the bytes decoded as UTF-8, its rows are quoted by
    offset. Other CSV files are not understood.
    """
    return path == "corrections.csv" or (path.startswith("register/") and path.lower().endswith(".csv"))
