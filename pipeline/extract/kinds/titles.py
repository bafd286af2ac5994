"""Titles that open with the name of what the text is about: Timbervia: wood for bridges. No word says what it is, but
the text goes on about "the partnership" and names none."""

from __future__ import annotations

from pipeline.extract.reading import Reading

_AFTER = frozenset({":", "–", "—", "-", ","})
# "The partnership" comes up in so many parts behind the title at most.
_NEAR = 4
_ROLES = ("lead", "member", "found")


def name_title(out: list[Reading]) -> None:
    """Take the unknown name with which the title begins for the partnership that the text speaks of."""
    if any(n.kind == "partnership" or any(r.kind == "partnership" for r in n.readings) for r in out for n in r.names):
        return
    title = next((r for r in out if r.part.block.zone == "title" and r.part.block.kind == "heading"), None)
    name = next(iter(title.names), None) if title is not None else None
    if title is None or name is None or name.kind or name.first > 1:
        return
    tokens, after = title.part.tokens, name.last + 1
    if after < len(tokens) and tokens[after].fold not in _AFTER:
        return
    at = title.part.index
    for reading in out[at + 1 : at + 1 + _NEAR]:
        part = reading.part
        said = any(h.tag[0] == "cue" and h.tag[1] in _ROLES for h in part.hits)
        head = next((h for h in part.hits if h.tag[:2] == ("head", "partnership")), None)
        if head is not None and said and not part.is_word(head.first - 1, "indefinite"):
            name.kind, name.subkind, name.rule, name.confidence = "partnership", head.tag[2], "title", 0.6
            return
