"""Rows of the curated register that say nothing."""

from __future__ import annotations

from pipeline.checks.base import Problem, Staged
from pipeline.extract.register import register_problems


def register(staged: Staged) -> list[Problem]:
    """Every row of the register could be used; one that could not is left out."""
    tables = [document for document in staged.documents if document.media_type == "text/csv"]
    return [Problem("documents", d.document_id, problem) for d in tables for problem in register_problems(d)]
