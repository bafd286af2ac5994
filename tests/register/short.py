"""A small extractor for texts in which bodies have acronyms: `The Blue Kelp Alliance (BKAL) is led by Tuscany.`"""

from __future__ import annotations

import re
from typing import Any

from pipeline.model import Claim, Document, Entity, Extraction, Mention, Quote

_SENTENCE = re.compile(r"[^.]+\.")
_NAMED = re.compile(r"(?:The )?(?P<full>[A-Z]\w+(?: [A-Z]\w+)+)(?: \((?P<short>[A-Z]{4})\))?|\b(?P<alone>[A-Z]{4})\b")
_LEAD = re.compile(r"led by (?P<who>[A-Z]\w+)(?: since (?P<since>\d{4}))?")
_LAUNCHED = re.compile(r"launched in (?P<year>\d{4})")


def extract(document: Document) -> Extraction:
    """Partnerships with their acronyms, who leads them since when, and when they were launched."""
    out = Extraction(document.document_id, "en", 0.9, None)
    index: dict[tuple[str, str], int] = {}

    def name(kind: str, said: str, short: str | None, start: int) -> int:
        if (kind, said) not in index:
            index[kind, said] = len(out.entities)
            out.entities.append(Entity(kind, said, acronym=short))
        out.mentions.append(Mention(index[kind, said], start, start + len(said), "body", "short", 0.9))
        return index[kind, said]

    for sentence in _SENTENCE.finditer(document.text):
        subject = None
        for found in _NAMED.finditer(document.text, sentence.start(), sentence.end()):
            group = "alone" if found["alone"] else "full"
            subject = name("partnership", found[group], found["short"], found.start(group))
        if subject is None:
            continue
        whole = Quote(sentence.start(), sentence.end(), "body")
        if lead := _LEAD.search(sentence[0]):
            who = name("organisation", lead["who"], None, sentence.start() + lead.start("who"))
            values: dict[str, Any] = {"partnership_id": subject, "participant_id": who, "role": "lead", "status": None}
            said = [Quote(whole.start, whole.end, "body", "since", lead["since"])] if lead["since"] else []
            out.claims.append(Claim("memberships", values, (whole, *said), "short", 0.8))
        if launched := _LAUNCHED.search(sentence[0]):
            told = {"entity": subject, "column": "launched", "value": launched["year"]}
            quote = Quote(whole.start, whole.end, "body", "launched", launched["year"])
            out.claims.append(Claim("attributes", told, (quote,), "short", 0.5 + int(launched["year"]) % 3 / 10))
    return out
