"""`README.md` of the release: the data dictionary, with an example of every column and a diagram of the references."""

from __future__ import annotations

import re
from itertools import islice
from typing import Any

import pyarrow.parquet as parquet

from pipeline.release.database import NAME, VIEWS
from pipeline.release.files import first_of
from pipeline.release.metadata.draft import Draft
from pipeline.release.metadata.notice import attribution
from schemas import codes
from schemas.facts import ColumnFacts, TableFacts, tables

_SQL = {"string": "varchar", "integer": "bigint", "number": "double", "boolean": "boolean", "date": "date"}
_VIEW = re.compile(r"COMMENT ON VIEW (\w+) IS '((?:[^']|'')*)'")
_WIDTH = 60
# Batches of rows in which an example is looked for.
_BATCHES, _ROWS = 20, 5_000

_HEAD = """# S3 partnerships: data dictionary

Release {version} of {date}, schema {schema}. Each table stands in `parquet/`, in `csv/`, in `{database}` and in
`s3_partnerships.xlsx`; `manifest.json` lists every file with rows, bytes and SHA-256 and is written last.

Licence of the data: CC BY 4.0. The column `quote` of `evidence` (and of the flat tables), `text` of `mentions` and
`agenda`, and titles of documents are quotations from the documents named beside them and are not covered by it.
`NOTICE.md` says it whole, `CITATION.cff` how to cite.

Offsets count Unicode code points, half-open, in the document's text as read. Dates are EDTF strings as precise as
their source (`2018-03-08`, `2018-01`, `2015`, `2023-21` spring, `XXXX-10-04` no year, closing `?` year inferred);
`_earliest` and `_latest` give them as days. Null means that the source does not say. In CSV null is empty and text
is quoted. `csv/flat_*.csv` are for spreadsheets: text that these would compute (`=`, `+`, `-`, `@` in front) begins
with an apostrophe there, and nowhere else.

`PRIVACY.md` says how people are kept out of the data, and how to have a row removed.

The same for machines: `datapackage.json` (Data Package 2.0), `croissant.json` (Croissant 1.1), `dcat.jsonld` (DCAT-AP
3.0.1), `csv/csv-metadata.json` (CSV on the Web), `vocabularies.jsonld` (the codes, SKOS). `queries/` answers questions.
"""


def write(draft: Draft) -> str:
    """The whole file as Markdown."""
    origins = "\n".join(f"* `{code}`: {text}" for code, text in codes.ORIGIN.items())
    views = "\n".join(
        f"* `{name}`: {text}".replace("''", "'") for name, text in _VIEW.findall(VIEWS.read_text("utf-8"))
    )
    macro = (
        "* `sources_of(row)`: table macro; quotes, documents, offsets and addresses of a row: "
        "`SELECT * FROM sources_of('partnership:…')`"
    )
    parts = [
        _HEAD.format(database=NAME, **draft.facts),
        f"## Origins\n\n{origins}\n",
        f"## How the tables hang together\n\n{diagram()}\n",
        f"## Views in `{NAME}`\n\n{views}\n{macro}\n",
        "## Tables\n\nExamples are values of this release.\n",
        *(section(table, examples(draft, table)) for table in tables().values()),
        attribution(),
    ]
    return "\n".join(parts).rstrip() + "\n"


def section(table: TableFacts, found: dict[str, Any]) -> str:
    """The table's part as Markdown; `found` has an example by column."""
    lines = [f"### {table.name}", "", table.description, ""]
    lines += ["| column | type | origin | null | meaning | example |", "| --- | --- | --- | --- | --- | --- |"]
    for column in table.columns:
        label = f"**{column.name}**" if column.name in table.key else column.name
        meaning = column.description + (f"; refers to {column.refers_to}" if column.refers_to else "")
        facts = [label, _SQL[column.type], column.origin, "yes" if column.nullable else "", meaning]
        lines.append(f"| {' | '.join([*facts, _cell(found.get(column.name))])} |")
    listed = [f"* `{c.name}` = `{code}`: {text}" for c in table.columns for code, text in c.codes.items()]
    return "\n".join([*lines, "", *listed]).rstrip() + "\n"


def diagram() -> str:
    """Keys and references of all tables as a Mermaid diagram, which code hosts draw."""
    lines = ["```mermaid", "erDiagram"]
    for table in tables().values():
        for column in (c for c in table.columns if c.refers_to):
            many = "o{" if (column.name,) != table.key else "o|"
            one = "|o" if column.nullable else "||"
            lines.append(f"    {column.refers_to} {one}--{many} {table.name} : {column.name}")
    for table in tables().values():
        lines.append(f"    {table.name} {{")
        lines += [f"        {_SQL[c.type]} {c.name}{_marks(table, c)}" for c in table.columns if _marks(table, c)]
        lines.append("    }")
    return "\n".join([*lines, "```"])


def examples(draft: Draft, table: TableFacts) -> dict[str, Any]:
    """The first value of each column that is not null, as far as the first rows have one."""
    found: dict[str, Any] = {}
    with parquet.ParquetFile(first_of(draft.folder, table.name)) as file:
        for batch in islice(file.iter_batches(_ROWS), _BATCHES):
            for name in (c.name for c in table.columns if c.name not in found):
                values = batch.column(name).drop_null()
                if len(values):
                    found[name] = values[0].as_py()
            if len(found) == len(table.columns):
                break
    return found


def _marks(table: TableFacts, column: ColumnFacts) -> str:
    marks = ["PK"] * (column.name in table.key) + ["FK"] * bool(column.refers_to)
    return " " + ", ".join(marks) if marks else ""


def _cell(value: Any) -> str:
    if value is None:
        return ""
    text = str(value).lower() if isinstance(value, bool) else " ".join(str(value).split())
    text = text if len(text) <= _WIDTH else text[: _WIDTH - 1] + "…"
    # A code span shows what is in it as it is; only these would end the span or the cell.
    return f"`{text.replace('`', chr(39)).replace('|', chr(92) + '|')}`"
