"""Checks over all tables together. The schema of each table is checked where the table is made."""

from __future__ import annotations

from pipeline.checks.base import Check, Problem, Staged
from pipeline.checks.documents import accounted, encoded, quarantined, read
from pipeline.checks.evidence import evidenced, quotes, shown
from pipeline.checks.persons import guessed_persons, persons
from pipeline.checks.references import references
from pipeline.checks.register import register

CHECKS = (
    Check("quotes_stand_at_their_offsets", quotes),
    Check("every_row_has_evidence", evidenced),
    Check("preferred_quotes_are_shown", shown),
    Check("references_have_targets", references),
    Check("documents_are_accounted_for", accounted),
    Check("a_document_was_read", read),
    Check("no_natural_person", persons),
    Check("no_guessed_person", guessed_persons, blocking=False),
    Check("no_document_set_aside", quarantined, blocking=False),
    Check("every_text_is_utf8", encoded, blocking=False),
    Check("register_rows_are_understood", register, blocking=False),
)

__all__ = ["CHECKS", "Check", "Problem", "Staged"]
