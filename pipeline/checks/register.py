"""Rows of the curated register that say nothing."""

from __future__ import annotations

from pipeline.checks.base import Problem, Staged
from pipeline.documents import lookup
from pipeline.extract.register import register_problems


def register(staged: Staged) -> list[Problem]:
    """Every row of the register could be used; one that could not is left out."""
    at = lookup(staged.documents)
    names = [document.document_id for document in staged.briefs() if document.media_type == "text/csv"]
    tables = [document for name in names if (document := at.get(name)) is not None]
    return [Problem("documents", d.document_id, problem) for d in tables for problem in register_problems(d)]
