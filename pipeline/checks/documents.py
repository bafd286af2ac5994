"""Every document is accounted for."""

from __future__ import annotations

from pipeline.checks.base import Problem, Staged


def accounted(staged: Staged) -> list[Problem]:
    """Each input stands in `documents` with its status; one that was set aside says why."""
    table = staged.tables["documents"]
    columns = [
        table[c].astype(object).where(table[c].notna(), None)
        for c in ("document_id", "status", "problem", "text_sha256")
    ]
    listed = {row[0]: row[1:] for row in zip(*columns, strict=True)}
    found = []
    for document in staged.documents:
        status, problem, digest = listed.get(document.document_id, (None, None, None))
        if status != document.status:
            found.append(Problem("documents", document.document_id, f"is {document.status}, the table says {status}"))
        elif status == "quarantined" and not problem:
            found.append(Problem("documents", document.document_id, "does not say why it was set aside"))
        elif status == "read" and digest != document.text_sha256:
            found.append(Problem("documents", document.document_id, "text_sha256 is that of another text"))
    return found


def read(staged: Staged) -> list[Problem]:
    """At least one document was read: nothing at all is a fault of the installation or the folder, not a release."""
    if any(document.status == "read" for document in staged.documents):
        return []
    first = staged.documents[0].problem if staged.documents else "no input"
    return [Problem("documents", "(all)", f"no document was read; the first: {first}")]


def quarantined(staged: Staged) -> list[Problem]:
    """No document was set aside."""
    return [
        Problem("documents", document.document_id, document.problem or "")
        for document in staged.documents
        if document.status == "quarantined"
    ]


def encoded(staged: Staged) -> list[Problem]:
    """Every plain text is UTF-8; of one that is not, the encoding was guessed, and a wrong guess spoils its letters."""
    return [
        Problem("documents", document.document_id, f"read as {document.encoding}: see that its letters are right")
        for document in staged.documents
        if document.encoding
    ]
