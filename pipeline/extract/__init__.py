"""From one document to all that it says: a pure function of the document's bytes."""

from __future__ import annotations

from pipeline.extract.cast import Cast
from pipeline.extract.confidence import calibrated
from pipeline.extract.page import read_page
from pipeline.extract.reading import readings
from pipeline.extract.register import extract_register
from pipeline.extract.statements import Statements
from pipeline.model import Document, Extraction


def extract(document: Document) -> Extraction:
    """Mentions and claims of a document, each with its exact spans. The same bytes give the same result anywhere."""
    if document.media_type == "text/csv":
        return extract_register(document)
    page = read_page(document)
    cast = Cast(page)
    statements = Statements(page, cast, readings(page, cast))
    statements.read()
    entities, mentions, claims = cast.finish([calibrated(c) for c in statements.claims()])
    return Extraction(
        document.document_id,
        page.language,
        page.confidence,
        page.title(),
        entities,
        mentions,
        claims,
    )
