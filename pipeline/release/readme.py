"""`data/README.md`: the data dictionary, written from the schemas."""

from __future__ import annotations

import re
from pathlib import Path

from pipeline.release.database import NAME, VIEWS
from pipeline.release.version import version
from schemas import TABLES, codes
from schemas.derive import dictionary

ATTRIBUTION = Path(__file__).resolve().parent.parent / "gazetteer" / "ATTRIBUTION.md"
_VIEW = re.compile(r"COMMENT ON VIEW (\w+) IS '((?:[^']|'')*)'")

_HEAD = """# S3 partnerships: data dictionary

Release {version} of {date}, schema {schema}. Each table stands in `parquet/`, in `csv/` and in `{database}`;
`manifest.json` lists every file with rows, bytes and SHA-256 and is written last.

Licence of the data: CC BY 4.0. The column `quote` of `evidence` (and of the flat tables), `text` of `mentions` and
`agenda`, and titles of documents are quotations from the documents named beside them and are not covered by it.

Offsets count Unicode code points, half-open, in the document's text as read. Dates are EDTF strings as precise as
their source (`2018-03-08`, `2018-01`, `2015`, `2023-21` spring, `XXXX-10-04` no year, closing `?` year inferred);
`_earliest` and `_latest` give them as days. Null means that the source does not say. In CSV null is empty and text
is quoted. `csv/flat_*.csv` are for spreadsheets: text that these would compute (`=`, `+`, `-`, `@` in front) begins
with an apostrophe there, and nowhere else.

`PRIVACY.md` says how people are kept out of the data, and how to have a row removed.

## Origins
"""


def readme() -> str:
    """The whole file as Markdown."""
    facts = version()
    head = _HEAD.format(database=NAME, **facts)
    origins = "\n".join(f"* `{code}`: {text}" for code, text in codes.ORIGIN.items())
    views = _VIEW.findall(VIEWS.read_text(encoding="utf-8"))
    listed = "\n".join(f"* `{name}`: {text}".replace("''", "'") for name, text in views)
    tables = "\n".join(dictionary(model) for model in TABLES.values())
    attribution = ATTRIBUTION.read_text(encoding="utf-8").strip() if ATTRIBUTION.is_file() else ""
    # Headings of the attribution file move below this one's.
    attribution = re.sub(r"^(#+) ", r"#\1 ", attribution, flags=re.MULTILINE)
    parts = [
        head,
        origins,
        f"\n## Views in `{NAME}`\n",
        listed,
        "* `sources_of(row)`: table macro; quotes, documents, offsets and addresses of a row:"
        " `SELECT * FROM sources_of('partnership:…')`",
        "\n## Tables\n",
        tables,
    ]
    return "\n".join([*parts, *([attribution] if attribution else [])]).rstrip() + "\n"
