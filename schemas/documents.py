"""The table documents."""

from __future__ import annotations

from schemas import codes
from schemas.base import DERIVED, REFERENCE, STATED, Day, Integer, Number, Table, Text, bound, column, dated, identifier


class Documents(Table, key=("document_id",), references={"publisher_id": "organisations"}):
    """One row per input, read or quarantined; the register and the gazetteer are documents too."""

    document_id: Text = column("Path below the input folder, without `.txt`", DERIVED)
    path: Text = column("Path below the input folder", DERIVED)
    sha256: Text = column("SHA-256 of the file's bytes", DERIVED, pattern=r"^[0-9a-f]{64}$", nullable=True)
    text_sha256: Text = column(
        "SHA-256 of the text that offsets count in, encoded as UTF-8", DERIVED, pattern=r"^[0-9a-f]{64}$", nullable=True
    )
    media_type: Text = column("Media type of the file", DERIVED)
    language: Text = column("Main language (ISO 639-1)", DERIVED, pattern=r"^[a-z]{2,3}$", nullable=True)
    language_confidence: Number = column("Confidence in the language, 0 to 1", DERIVED, ge=0, le=1, nullable=True)
    title: Text = column("Title as the document gives it", STATED, nullable=True)
    url: Text = column("Address it was published at", REFERENCE, nullable=True)
    publisher_id: Text = identifier("organisation", "Organisation that published it", REFERENCE, nullable=True)
    published: Text = dated("Date of publication", REFERENCE)
    published_earliest: Day = bound("published", "earliest")
    published_latest: Day = bound("published", "latest")
    licence: Text = column("Licence of the document", REFERENCE, nullable=True)
    characters: Integer = column("Length of the text in Unicode code points", DERIVED, ge=0)
    status: Text = column("Whether it was used", DERIVED, codes=codes.DOCUMENT_STATUS)
    problem: Text = column("Why it was set aside, and what to do", DERIVED, nullable=True)
