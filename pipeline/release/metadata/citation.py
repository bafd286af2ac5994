"""`CITATION.cff`: how to cite the release, Citation File Format 1.2.0."""

from __future__ import annotations

from typing import Any

import yaml

from pipeline.release.metadata.draft import Draft


def write(draft: Draft) -> str:
    """The citation as YAML text."""
    facts = draft.facts
    found: dict[str, Any] = {
        "cff-version": "1.2.0",
        "message": "If you use these data, please cite the release, and the documents behind the rows you quote.",
        "type": "dataset",
        "title": facts["title"],
        "abstract": facts["description"],
        "authors": [{"name": facts["creator"]}],
        "version": facts["version"],
        "date-released": draft.today(),
        "license": facts["licence"],
        "keywords": facts["keywords"],
    }
    if facts["address"]:
        found["url"] = facts["address"]
    # Quoted, or YAML would read the date as one and a version as a number.
    return str(yaml.safe_dump(found, sort_keys=False, allow_unicode=True, width=100))


def read(text: str) -> dict[str, Any]:
    """What it says."""
    found = yaml.safe_load(text)
    return found if isinstance(found, dict) else {}
