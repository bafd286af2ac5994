"""Version and date of the release, from the committed `version.toml`."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path


@cache
def version() -> dict[str, str]:
    """`version` (calendar, of the data), `date`, `schema` (semantic, of the tables), `licence`."""
    return tomllib.loads(Path(__file__).with_name("version.toml").read_text(encoding="utf-8"))
