"""What is not sure enough for a row is kept beside the tables, quoted like them."""

from __future__ import annotations

from types import SimpleNamespace

from pipeline.model import Claim, Document, Entity, Extraction, Mention, Quote
from pipeline.resolve import resolve
from pipeline.resolve.candidates import candidates

TEXT = "Northmark leads Velmora. Southmark may be in it."
DOCUMENT = Document("a.txt", "a.txt", "0" * 64, "text/plain", TEXT, "0" * 64)


def extraction() -> Extraction:
    entities = [
        Entity("partnership", "Velmora"),
        Entity("organisation", "Northmark"),
        Entity("organisation", "Southmark"),
    ]
    mentions = [
        Mention(0, 16, 23, "body", "x", 0.9),
        Mention(1, 0, 9, "body", "x", 0.9),
        Mention(2, 25, 34, "body", "x", 0.9),
    ]

    def claim(actor: int, role: str, start: int, end: int, confidence: float) -> Claim:
        values = {"partnership_id": 0, "participant_id": actor, "role": role, "status": None}
        return Claim("memberships", values, (Quote(start, end, "body"),), "x", confidence)

    claims = [claim(1, "lead", 0, 23, 0.9), claim(2, "member", 25, 47, 0.3)]
    return Extraction("a.txt", "en", 1.0, None, entities, mentions, claims)


def test_unsure_claims_make_no_row_and_are_kept() -> None:
    said = {"a.txt": extraction()}
    rows = resolve([DOCUMENT], said, SimpleNamespace(threshold=0.4))["memberships"]
    kept = candidates([DOCUMENT], said, 0.4)
    assert list(rows["role"]) == ["lead"]
    assert list(kept["quote"]) == ["Southmark may be in it"]
    assert list(kept["value"]) == ["Velmora | Southmark | member"]
    assert not set(kept["row_id"]) & set(rows["membership_id"])


def test_nothing_is_kept_where_all_is_sure() -> None:
    assert candidates([DOCUMENT], {"a.txt": extraction()}, 0.2).empty
