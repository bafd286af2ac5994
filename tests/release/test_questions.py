"""Every question has an answer that runs; the notebook runs from first to last cell."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest

from pipeline.release import database, questions
from pipeline.settings import PROJECT

REAL = PROJECT / "data" / database.NAME
QUESTIONS = questions.questions()


def test_there_are_a_dozen_with_question_and_explanation() -> None:
    assert len(QUESTIONS) >= 12
    assert len({question.question for question in QUESTIONS}) == len(QUESTIONS)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.path.stem)
def test_a_question_is_answered_and_always_in_one_order(question: questions.Question) -> None:
    with duckdb.connect(str(REAL), read_only=True) as connection:
        rows = connection.execute(question.sql).fetchall()
        assert rows, "the release says nothing to it"
        connection.execute("SET threads = 1")
        assert connection.execute(question.sql).fetchall() == rows


def test_answers_are_rendered_beside_the_queries(published: Path) -> None:
    text = (published / "queries" / "README.md").read_text(encoding="utf-8")
    for question in QUESTIONS:
        assert f"## {question.question}\n" in text
        assert (published / "queries" / question.path.name).read_bytes() == question.path.read_bytes()
    assert "| Northmark | NM1 | NM | 1 | Velmora |" in text


def test_a_hostile_value_does_nothing_in_the_answers() -> None:
    cell = questions._cell("<img src=x onerror=alert(1)> | [a](javascript:1) `x` \n # y *z*")
    assert cell.startswith("\\<img") and "\n" not in cell and "\\|" in cell and "\\[a\\]" in cell


def test_a_query_without_a_question_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "x.sql").write_text("SELECT 1")
    monkeypatch.setattr(questions, "FOLDER", tmp_path)
    with pytest.raises(ValueError, match=r"x\.sql"):
        questions.questions()


def test_the_notebook_runs_and_draws(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import nbclient
    import nbformat

    monkeypatch.setenv("MPLBACKEND", "module://matplotlib_inline.backend_inline")
    notebook = nbformat.read(questions.FOLDER / "five_questions.ipynb", as_version=4)
    nbformat.validate(notebook)
    assert not any(cell.get("outputs") for cell in notebook.cells), "kept without outputs: they would grow stale"
    shutil.copytree(questions.FOLDER, tmp_path / "queries")
    (tmp_path / database.NAME).symlink_to(REAL)
    where = {"metadata": {"path": str(tmp_path / "queries")}}
    done = nbclient.NotebookClient(notebook, timeout=120, kernel_name="python3", resources=where).execute()
    code = [cell for cell in done.cells if cell.cell_type == "code"]
    drawn = [cell for cell in code if any("image/png" in output.get("data", {}) for output in cell.outputs)]
    headed = [cell for cell in done.cells if cell.cell_type == "markdown" and cell.source.startswith("## ")]
    assert len(headed) == 5 and len(drawn) >= 3
