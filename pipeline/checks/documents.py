"""Every document is accounted for."""

from __future__ import annotations

import pyarrow as arrow

from pipeline.checks.base import Problem, Staged
from pipeline.model import Document

_COLUMNS = ("document_id", "status", "text_sha256")


def accounted(staged: Staged) -> list[Problem]:
    """Each input stands in `documents` with its status; one that was set aside says why."""
    found: list[Problem] = []
    some: list[Document] = []
    for document in staged.briefs():
        some.append(document)
        if len(some) == 20_000:
            found += _unaccounted(staged, some)
            some = []
    return found + (_unaccounted(staged, some) if some else [])


def _unaccounted(staged: Staged, documents: list[Document]) -> list[Problem]:
    held = arrow.table({c: arrow.array([getattr(d, c) for d in documents], arrow.string()) for c in _COLUMNS})
    found = []
    for name, status, digest, listed, problem, listed_digest in staged.rows(
        """
        SELECT h.document_id, h.status, h.text_sha256, d.status, d.problem, d.text_sha256
        FROM held h LEFT JOIN documents d ON d.document_id = h.document_id
        WHERE h.status IS DISTINCT FROM d.status OR (h.status = 'quarantined' AND coalesce(d.problem, '') = '')
            OR (h.status = 'read' AND h.text_sha256 IS DISTINCT FROM d.text_sha256)
        ORDER BY h.document_id
        """,
        held=held,
    ):
        if status != listed:
            found.append(Problem("documents", name, f"is {status}, the table says {listed}"))
        elif status == "quarantined" and not problem:
            found.append(Problem("documents", name, "does not say why it was set aside"))
        elif status == "read" and digest != listed_digest:
            found.append(Problem("documents", name, "text_sha256 is that of another text"))
    return found


def read(staged: Staged) -> list[Problem]:
    """At least one document was read: nothing at all is a fault of the installation or the folder, not a release."""
    if any(document.status == "read" for document in staged.briefs()):
        return []
    first = next((document.problem for document in staged.briefs()), "no input")
    return [Problem("documents", "(all)", f"no document was read; the first: {first}")]


def quarantined(staged: Staged) -> list[Problem]:
    """No document was set aside."""
    return [
        Problem("documents", document.document_id, document.problem or "")
        for document in staged.briefs()
        if document.status == "quarantined"
    ]


def encoded(staged: Staged) -> list[Problem]:
    """Every plain text is UTF-8; of one that is not, the encoding was guessed, and a wrong guess spoils its letters."""
    return [
        Problem("documents", document.document_id, f"read as {document.encoding}: see that its letters are right")
        for document in staged.briefs()
        if document.encoding
    ]
