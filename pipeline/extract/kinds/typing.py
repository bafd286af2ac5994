"""What an unknown name is, read from what the sentence does with it: bodies lead and join, partnerships are
led and joined."""

from __future__ import annotations

import itertools

from pipeline.extract.names.brackets import Bracket
from pipeline.extract.names.part import Name
from pipeline.extract.page import Part
from pipeline.extract.words.lexicon import Hit

_RELATIONS = ("lead", "found", "member")
_ACTORS = ("region", "organisation")
# Marks inside a name that a label gives in full; it has so many tokens at most.
_INSIDE = {"–", "-", "'", "&"}
_LONGEST = 9


def type_by_label(part: Part, names: list[Name]) -> None:
    """Project: X. The first run of a line whose label says partnership is one."""
    if not part.label_hits or part.block.kind != "label":
        return
    heads = [
        h.tag[2]
        for h in part.label_hits
        if h.tag[:2] == ("head", "partnership") and h.last == len(part.label_tokens) - 1
    ]
    if not heads and not any(h.tag == ("labels", "partnership") for h in part.label_hits):
        return
    if any(h.tag[0] == "cue" for h in part.label_hits):
        return
    first = next((n for n in names if n.first <= 1), None)
    if first is not None and not first.kind:
        first.kind, first.subkind, first.rule, first.confidence = (
            "partnership",
            heads[0] if heads else None,
            "label",
            0.75,
        )
        if any(h.tag == ("labels", "name") for h in part.label_hits):
            _whole(part, names, first)


def type_by_sheet(parts: list[tuple[Part, list[Name]]]) -> None:
    """Name: X, and a line or two below Lead partner: Y. The name that a sheet of labelled lines opens with."""
    for n, (part, names) in enumerate(parts):
        first = next((x for x in names if x.first <= 1), None)
        if first is None or first.kind or not any(h.tag == ("labels", "name") for h in part.label_hits):
            continue
        below = list(itertools.takewhile(lambda p: p[0].block.kind == "label", parts[n + 1 : n + 5]))
        above = parts[n - 1 : n] if n else []
        if any(x.kind == "partnership" and x.rule == "label" for _, found in [*above, *below] for x in found):
            continue
        if any(h.tag[:2] in (("cue", "lead"), ("cue", "member")) for p, _ in below for h in p.label_hits):
            first.kind, first.subkind, first.rule, first.confidence = "partnership", "project", "label", 0.75
            _whole(part, names, first)


def _whole(part: Part, names: list[Name], name: Name) -> None:
    """Name: Blue towns – Baltic. A title of several words that a label says to be the name is the name up to a mark."""
    tokens, last = part.tokens, name.last
    if name.strong or name.key:
        return
    while last + 1 < len(tokens) and (tokens[last + 1].word or tokens[last + 1].fold in _INSIDE):
        last += 1
    inner = range(name.last + 1, last + 1)
    if last - name.first >= _LONGEST or not tokens[last].word or any(part.is_of(i, "cue", "status") for i in inner):
        return
    names[:] = [n for n in names if n is name or n.last < name.first or n.first > last]
    name.last = last


def type_by_frame(part: Part, names: list[Name]) -> None:
    """Type runs that stand right beside the word of a relation whose other side is known."""
    cues = [h for h in part.hits if h.tag[0] == "cue" and h.tag[1] in _RELATIONS]
    if not cues:
        return
    for name in names:
        if (
            name.kind
            or name.rule == "weak"
            or _of_event(part, name)
            or (name.initial and not name.strong and not _plain(part, name))
        ):
            continue
        a, b = part.sentences[part.sentence_of(name.first)]
        if name.strong and _has_members(part, name, cues):
            name.kind, name.subkind, name.rule, name.confidence = "partnership", "project", "frame", 0.7
            continue
        for cue in cues:
            if not a <= cue.first < b:
                continue
            kind = _kind(part, names, name, cue, a, b)
            if kind:
                name.kind, name.rule, name.confidence = kind, "frame", 0.7 if name.strong else 0.6
                break


def type_by_bracket(part: Part, names: list[Name], found: list[Bracket]) -> None:
    """X (coordinator: Y) and Z (lead partner W): what has a lead in the bracket behind it is a partnership."""
    for bracket in found:
        name = bracket.after
        if name is None or name.kind or not (name.strong or not name.initial):
            continue
        led = any(
            h.tag in (("cue", "lead", "label"), ("cue", "lead", "passive")) and bracket.first < h.first < bracket.last
            for h in part.hits
        )
        if led and any(n.kind in _ACTORS and bracket.first < n.first < bracket.last for n in names):
            name.kind, name.subkind, name.rule, name.confidence = "partnership", "project", "frame", 0.7


def _has_members(part: Part, name: Name, cues: list[Hit]) -> bool:
    """X, whose coordinator is Y: what has a lead or members is a partnership."""
    after = name.last + 2
    if after >= len(part.tokens) or part.tokens[after - 1].fold != "," or not part.is_word(after, "relatives"):
        return False
    near = [c for c in cues if 0 < c.first - after <= 2]
    return bool(near) and all(c.tag[1] in ("lead", "member") and c.tag[2] == "label" for c in near)


def _kind(part: Part, names: list[Name], name: Name, cue: Hit, a: int, b: int) -> str | None:
    voice = cue.tag[2]
    before = _near(part, name.last, cue.first, 2)
    after = _near(part, cue.last, name.first, 3)
    actors = [n for n in names if n.kind in _ACTORS and a <= n.first < b and not n.aside]
    partnerships = [n for n in names if n.kind == "partnership" and a <= n.first < b]
    led = any(n.last < cue.first for n in partnerships) or any(
        h.tag[:2] == ("head", "partnership") and a <= h.first < cue.first for h in part.hits
    )
    if after and voice == "active" and any(n.last < cue.first for n in actors) and not led:
        return "partnership" if name.strong or not name.initial else None
    if after and cue.tag[1] == "found" and part.is_word(name.first - 1, "place_prepositions"):
        return None  # Founded in X.
    told = voice == "passive" or (voice == "label" and cue.tag[1] == "lead")
    if after and told and cue.tag[1] != "member" and any(n.last < cue.first for n in partnerships):
        return "organisation"
    if after and voice == "passive" and name.strong:
        return "organisation"
    if before and voice == "passive" and any(n.first > cue.last for n in actors) and (name.strong or not name.initial):
        return "partnership"
    if voice == "passive" and cue.tag[1] == "lead" and _parted(part, name, cue):
        known = name.strong or name.size > 1 or not name.initial
        return "partnership" if known and any(0 < n.first - cue.last <= 3 for n in actors) else None
    if before and voice == "active" and cue.tag[1] != "found":
        running = name.strong and part.block.kind in ("paragraph", "item")
        return "organisation" if running or any(n.first > cue.last for n in partnerships) else None
    return None


def _parted(part: Part, name: Name, cue: Hit) -> bool:
    """X, led by Y: nothing but a comma stands between."""
    return cue.first == name.last + 2 and part.tokens[name.last + 1].fold == ","


def _of_event(part: Part, name: Name) -> bool:
    """In quotes right behind the word for an event: the conference “X”."""
    return name.rule == "quoted" and any(
        h.tag[:2] == ("head", "event") and 0 < name.first - h.last <= 2 for h in part.hits
    )


def _plain(part: Part, name: Name) -> bool:
    """One or two longish words at the start of a sentence that no list knows: perhaps a name, perhaps any word."""
    words = part.tokens[name.first : name.last + 1]
    return (
        name.size <= 2
        and all(len(t.text) > 4 for t in words)
        and not any(part.tags(i) for i in range(name.first, name.last + 1))
    )


def _near(part: Part, left: int, right: int, most: int) -> bool:
    """Only a few small words stand between two places."""
    gap = range(left + 1, right)
    return (
        0 <= len(gap) <= most
        and left < right
        and all(
            (part.tokens[i].word and (len(part.tokens[i].text) <= 4 or part.is_word(i, "articles", "linkers")))
            or part.tokens[i].fold in "\"'"
            for i in gap
        )
    )
