"""Descriptions of the release in the standards that catalogues and tools read, and what can be wrong with each.

Each is written from `schemas/` and from the drafted files; its check reads it back and holds it against the files
themselves. The standards' own validators (`validators`) are heavier than the whole pipeline: they are an extra.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import yaml

from pipeline.release.metadata import (
    checks,
    citation,
    croissant,
    csvw,
    datapackage,
    dcat,
    dictionary,
    notice,
    vocabularies,
)
from pipeline.release.metadata.checks import Check
from pipeline.release.metadata.draft import Draft


@dataclass(frozen=True)
class Description:
    """One file that describes the release: its path, its standard, how it is written and what may be wrong with it."""

    path: str
    standard: str
    write: Callable[[Draft], str]
    problems: Check


DESCRIPTIONS = (
    Description("README.md", "data dictionary", dictionary.write, checks.of_dictionary),
    Description("NOTICE.md", "licence notice", notice.write, checks.of_notice),
    Description("CITATION.cff", "Citation File Format 1.2.0", citation.write, checks.of_citation),
    Description("datapackage.json", "Data Package 2.0", datapackage.write, checks.of_datapackage),
    Description("croissant.json", "Croissant 1.1", croissant.write, checks.of_croissant),
    Description("dcat.jsonld", "DCAT-AP 3.0.1", dcat.write, checks.of_dcat),
    Description("csv/csv-metadata.json", "CSV on the Web", csvw.write, checks.of_csvw),
    Description("vocabularies.jsonld", "SKOS", vocabularies.write, checks.of_vocabularies),
)


def describe(draft: Draft) -> dict[str, list[str]]:
    """Write every description into the draft's folder; what is wrong with each, by path."""
    found = {}
    for description in DESCRIPTIONS:
        text = description.write(draft)
        path = draft.folder / description.path
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
        found[description.path] = check(description, draft)
    return found


def check(description: Description, draft: Draft) -> list[str]:
    """What is wrong with a description as it lies in the draft's folder; one that cannot be read is wrong too."""
    try:
        text = (draft.folder / description.path).read_text(encoding="utf-8")
        return list(description.problems(text, draft))
    except (OSError, ValueError, LookupError, TypeError, AttributeError, yaml.YAMLError) as error:
        return [f"cannot be read as {description.standard}: {type(error).__name__}: {error}"]
