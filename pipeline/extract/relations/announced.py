"""What a label, a heading or a lead-in announces of the lines that follow it."""

from __future__ import annotations

from pipeline.extract.names.name import Name
from pipeline.extract.page import Part
from pipeline.extract.reading import Reading

ROLES = ("lead", "found", "member", "contribute", "organise", "host", "speak", "attend")
_COUNTED = (("measures", "member_regions"), ("measures", "members"))


def announced(part: Part, label: bool) -> list[str]:
    """Relations that a label or the last sentence of a lead-in announces for what follows, the last word first.

    "absent" alone says that what follows is not in it.
    """
    a, b = (0, len(part.label_tokens)) if label else part.sentences[-1] if part.sentences else (0, 0)
    hits = [h for h in (part.label_hits if label else part.hits) if a <= h.first < b]
    status = {h.tag[1] for h in hits if h.tag[0] == "status"}
    if status & {"absent", "former"} or ("negated" in status and "invited" not in status):
        return ["absent"]
    found = [(h.last, h.tag[1]) for h in hits if h.tag[0] == "cue" and h.tag[1] in ROLES]
    nouns = {h.first for h in hits if h.tag[:2] == ("head", "partnership")} if found else set()
    # Who leads the partnership? The word for those in it may be the one for what they are in.
    found += [(h.last, "member") for h in hits if h.tag == ("sections", "members") and h.first not in nouns]
    if not found and not label:
        # The partnership counts 14 regions from eight countries: and here they are.
        counted = [h for h in hits if h.tag in _COUNTED]
        found = [(h.last, "member") for h in counted[-1:] if part.tokens[-1].fold == ":"]
    if "negated" in status:
        found = []
    found += [(h.last, "invited") for h in hits if h.tag == ("status", "invited")]
    return [relation for _, relation in sorted(found, key=lambda f: -f[0])]


def note_announcements(out: list[Reading]) -> None:
    """Note what each part announces, and take untyped runs where members are announced for bodies."""
    for reading in out:
        part = reading.part
        if not part.tokens or part.block.kind == "row":
            continue
        if part.block.kind == "label":
            reading.roles = announced(part, label=True)
        elif part.block.kind == "heading" or part.tokens[-1].fold in (":", "?"):
            reading.roles = announced(part, label=False)
    for reading in out:
        part = reading.part
        if part.block.kind == "label" and reading.roles and reading.roles != ["absent"]:
            for name in reading.names:
                if not name.kind and (name.strong or not name.initial or alone_in_list(part, name)):
                    name.kind, name.rule, name.confidence = "organisation", "label", 0.65
        above = leadin(out, part.index)
        if above is not None and out[above].roles:
            first = next((n for n in reading.names if n.first <= 2), None)
            whole = first is not None and (first.strong or alone_in_list(part, first))
            if first is not None and whole and not first.kind and out[above].roles != ["absent"]:
                first.kind, first.rule, first.confidence = "organisation", "list", 0.7


def leadin(out: list[Reading], index: int) -> int | None:
    """The part that introduces this one: the lead-in of an item, or the question that it answers."""
    part = out[index].part
    if part.block.kind == "item" and part.block.leadin >= 0:
        return part.block.leadin
    if (
        index
        and part.block.kind in ("paragraph", "heading", "item")
        and out[index - 1].part.tokens[-1:]
        and out[index - 1].part.tokens[-1].fold == "?"
    ):
        return index - 1
    return None


def alone_in_list(part: Part, name: Name) -> bool:
    after = part.tokens[name.last + 1] if name.last + 1 < len(part.tokens) else None
    return after is None or after.fold in {",", ";", "(", "/", "."}
