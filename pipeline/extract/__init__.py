"""From one document to all that it says: a pure function of the document's bytes."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.extract.cast import Cast
from pipeline.extract.confidence import calibrated
from pipeline.extract.page import read_page
from pipeline.extract.read import readings
from pipeline.extract.statements import Statements
from pipeline.model import Claim, Document, Extraction

Judge = Callable[[list[Claim], Cast], list[Claim]]


def extract(document: Document, judge: Judge = calibrated) -> Extraction:
    """Mentions and claims of a document, each with its exact spans. The same bytes give the same result anywhere.

    `judge` turns the raw scores of claims into confidences.
    """
    if document.media_type == "text/csv":
        # The register's columns are the schemas', which stand on pandas: texts do without and start a second sooner.
        from pipeline.extract.register import extract_register

        return extract_register(document)
    page = read_page(document)
    cast = Cast(page)
    statements = Statements(page, cast, readings(page, cast))
    statements.read()
    entities, mentions, claims = cast.finish(judge(statements.claims(), cast))
    return Extraction(
        document.document_id,
        page.language,
        page.confidence,
        page.title(),
        entities,
        mentions,
        claims,
    )
