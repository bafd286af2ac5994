"""Small input folders, read, extracted and resolved."""

from __future__ import annotations

import hashlib

import pandas as pd

from pipeline.assets.tables import validate
from pipeline.checks import CHECKS, Staged
from pipeline.extract import extract
from pipeline.model import Document, Extraction
from pipeline.resolve import resolve

HEADER = "action,table,row_id,column,value,reason,date,source\n"
MEMBERS = (
    "partnership,participant,participant_kind,nuts_code,country,role,role_text,status,since,until,as_of,"
    "source_url,confidence\n"
)


def document(path: str, text: str) -> Document:
    """A document as a reader gives it."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    media_type = "text/csv" if path.endswith(".csv") else "text/plain"
    return Document(path.removesuffix(".txt"), path, digest, media_type, text, digest)


def member(partnership: str, participant: str, rest: str, url: str = "https://a.example/x") -> str:
    """A line of memberships.csv; `rest` is kind to as_of."""
    return f"{partnership},{participant},{rest},{url},high\n"


def extract_all(documents: list[Document]) -> dict[str, Extraction]:
    return {d.document_id: extract(d) for d in documents}


def tables(documents: list[Document]) -> dict[str, pd.DataFrame]:
    """The tables; they are valid and pass all blocking checks, in whatever order the documents come."""
    extractions = extract_all(documents)
    found = resolve(documents, extractions)
    turned = resolve(documents[::-1], dict(reversed(extractions.items())))
    for name, frame in turned.items():
        pd.testing.assert_frame_equal(frame, found[name])
    valid, broken = validate(found)
    assert not broken, broken
    staged = Staged(valid, documents)
    for check in CHECKS:
        if check.blocking:
            assert check.find(staged) == []
    return valid
