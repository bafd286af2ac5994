"""`NOTICE.md`: what may be done with which part of the release, and whom to name."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from pipeline.release.metadata.draft import Draft

ATTRIBUTION = Path(__file__).resolve().parents[2] / "gazetteer" / "ATTRIBUTION.md"

_TEXT = """# Licences and attributions

{title}, release {version} of {date}.

* The data (tables, codes, identifiers and descriptions, in every format) are under [CC BY 4.0]({licence_url}): use,
  share and adapt them, naming the source. `CITATION.cff` says how.
* Quotes (`quote` of `evidence` and the flat tables, `text` of `mentions` and `agenda`, titles of documents) remain
  quotations of the documents named beside them and are not covered by the licence of the data.
* Names, codes and coordinates taken from others are under their own terms, below.
* The program that makes the data is under Apache-2.0.

Facts taken from a register of public pages carry the address of the page. No document is republished whole.
The data come without warranty; `quality.json` says how right they are. No natural person is named in them.

{attribution}
"""


def write(draft: Draft) -> str:
    """The notice as Markdown."""
    facts = {key: draft.facts[key] for key in ("title", "version", "date", "licence_url")}
    return _TEXT.format(**facts, attribution=attribution()).rstrip() + "\n"


@cache
def attribution() -> str:
    """What the gazetteer's sources ask for, its headings one level down."""
    return re.sub(r"^(#+) ", r"#\1 ", ATTRIBUTION.read_text(encoding="utf-8").strip(), flags=re.MULTILINE)


@cache
def required_lines() -> list[str]:
    """Lines that must stand wherever the gazetteer's data are published."""
    return [line for line in attribution().splitlines() if line.startswith("* Contains")]
