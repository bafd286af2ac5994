"""`queries/`: questions that policy people ask, each as SQL to change, with its answer in this release."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from pipeline.release.database import opened

FOLDER = Path(__file__).with_name("queries")
_ROWS, _WIDTH = 10, 90

_HEAD = """# Questions and answers

Answers of release {version}, each from the query named beside it; the first {rows} rows are shown. Run a query as it
is, or change the name in it; with DuckDB's own program, from the folder above:

```bash
duckdb -readonly s3_partnerships.duckdb < queries/01-partnerships-of-a-region.sql
```

`five_questions.ipynb` walks through five of them with charts. An answer is what the documents say: what they do not
say is missing from it.
"""


@dataclass(frozen=True)
class Question:
    """A query with its question and what to know of the answer, both from its first comment lines."""

    path: Path
    question: str
    explanation: str
    sql: str


def questions() -> list[Question]:
    """All of them, in order. Raises ValueError for a file that does not begin with a question and an explanation."""
    found = []
    for path in sorted(FOLDER.glob("*.sql")):
        sql = path.read_text(encoding="utf-8")
        lines = sql.splitlines()
        said = [line.removeprefix("--").strip() for line in lines[:2] if line.startswith("--")]
        if len(said) < 2 or not said[0].endswith("?"):
            raise ValueError(f"{path.name}: must begin with a question and an explanation, each in a comment line")
        found.append(Question(path, said[0], said[1], sql))
    return found


def write(folder: Path, database: Path, version: str) -> None:
    """The queries, the notebook and the answers that `database` gives, below `folder`."""
    folder.mkdir()
    for path in sorted(FOLDER.iterdir()):
        (folder / path.name).write_bytes(path.read_bytes())
    with opened(database) as connection:
        answers = [_answer(connection, question) for question in questions()]
    text = "\n".join([_HEAD.format(version=version, rows=_ROWS), *answers])
    (folder / "README.md").write_text(text, encoding="utf-8", newline="\n")


def _answer(connection: duckdb.DuckDBPyConnection, question: Question) -> str:
    result = connection.execute(question.sql)
    columns = [name for name, *_ in result.description]
    rows = result.fetchall()
    lines = [f"## {question.question}", "", f"{question.explanation} (`{question.path.name}`)", ""]
    if not rows:
        return "\n".join([*lines, "No row: no source says anything of it.", ""])
    lines += [_line(columns), _line(["---"] * len(columns))]
    lines += [_line([_cell(value) for value in row]) for row in rows[:_ROWS]]
    if len(rows) > _ROWS:
        lines += ["", f"{len(rows) - _ROWS:,} more rows."]
    return "\n".join([*lines, ""])


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(value: Any) -> str:
    """A value as text of one line, with nothing in it that Markdown or HTML would act on."""
    if value is None:
        return ""
    text = str(value).lower() if isinstance(value, bool) else " ".join(str(value).split())
    text = text if len(text) <= _WIDTH else text[: _WIDTH - 1] + "…"
    return "".join(f"\\{c}" if c in "\\|`*_[]<>&#!~" else c for c in text)
