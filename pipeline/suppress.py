"""Add a name to the suppression list without writing the name anywhere."""

from __future__ import annotations

import csv
import sys
from datetime import date
from pathlib import Path

from pipeline.personal.suppressed import NAME, name_digest, read_suppressed
from pipeline.preflight import Unusable

_COLUMNS = ("digest", "date", "reason")


def suppress(seeds: Path, reason: str) -> str:
    """Ask for a name on standard input, add its digest to the list of `seeds`, and say what was done.

    Raises Unusable where there is no name, or the list cannot be read or written.
    """
    if sys.stdin.isatty():
        import getpass

        # Shown nowhere: neither on the screen nor in the shell's history.
        name = getpass.getpass("Name to leave out (it is not shown): ")
    else:
        name = sys.stdin.readline()
    if not any(c.isalpha() for c in name):
        raise Unusable("no name was given: type one, or pipe one in")
    file, digest = seeds / NAME, name_digest(name)
    try:
        if digest in read_suppressed(file):
            return f"it is already in {file}"
        new = not file.is_file()
        with file.open("a", encoding="utf-8", newline="") as lines:
            rows = csv.writer(lines, lineterminator="\n")
            if new:
                rows.writerow(_COLUMNS)
            rows.writerow([digest, date.today().isoformat(), reason])
    except (OSError, ValueError) as error:
        raise Unusable(f"cannot extend {file}: {error}") from None
    return f"added to {file}; the next build leaves the name out"
