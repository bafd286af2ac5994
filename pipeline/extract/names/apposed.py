"""The kind of a run from what stands apart from it: a number in order, an apposition or copula behind it, the head noun
of the list that it is in."""

from __future__ import annotations

from pipeline.extract.names.heads import TITLED
from pipeline.extract.names.name import Name
from pipeline.extract.page import Part
from pipeline.text.tokens import QUOTES

# Those who are counted in a partnership.
_PEOPLE = (("measures", "members"), ("measures", "participants"), ("measures", "member_regions"))
# A list begins at most so many words (a company, the Spanish firm) after its colon.
_LEAD = 5


def type_by_order(part: Part, found: list[Name]) -> None:
    """Two working groups: the first, X, is led by A; the second, Y, by B. What is counted off is of the kind of the
    head noun that stood before."""
    ordinals = {h.last: h.first for h in part.hits if h.tag == ("word", "ordinals") and h.value is not None}
    for name in found:
        at = name.first - 1
        while at > 0 and (part.tokens[at].fold in QUOTES or part.is_word(at, "articles")):
            at -= 1
        if name.kind or at < 1 or part.tokens[at].fold != "," or at - 1 not in ordinals:
            continue
        heads = [h for h in part.hits if h.tag[:2] == ("head", "partnership") and h.last < ordinals[at - 1]]
        after = name.last + 1
        while after < len(part.tokens) and part.tokens[after].fold in QUOTES:
            after += 1
        if heads and after < len(part.tokens) and part.tokens[after].fold in {",", "("}:
            name.kind, name.subkind, name.rule, name.confidence = "partnership", heads[-1].tag[2], "order", 0.7


def type_by_apposition(part: Part, found: list[Name]) -> None:
    """X, a thematic partnership; X is one of the projects: what follows a run says what it is."""
    starts = {n.first for n in found if n.kind != "programme"}
    apart = {n.first for n in found if n.kind or n.strong or n.size > 1}
    for name in found:
        opens = part.block.entry and name.first == 0
        plain = not name.strong and name.size > 1 and name.rule == "capitals"
        if name.kind or not (name.strong or opens or plain or (not name.initial and name.rule != "weak")):
            continue
        comma = words = 0
        for i in range(name.last + 1, min(name.last + 9, len(part.tokens))):
            token = part.tokens[i]
            if (i in starts and i in apart) or (not token.word and i != name.last + 1):
                break
            dash = token.fold in {"–", ":"} and name.first <= 1 and part.block.kind in ("item", "heading", "label")
            if not token.word and token.fold != "," and not dash:
                break
            comma += not token.word
            words += token.word
            tags = part.tags(i)
            if any(t[0] == "cue" and t[2] != "label" and t[1] != "part_of" for t in tags):
                break
            heads = {t[1]: t for t in sorted(tags, reverse=True) if t[0] == "head"}
            # A network is a body as well: what is spoken of as one here is what actors are in.
            head = heads.get("partnership") or heads.get("organisation") or heads.get("programme")
            if any(t[:2] == ("head", "event") for t in tags) and head is None:
                break  # X, the steering committee of the partnership: not X is the partnership.
            if head is None:
                continue
            if any(n.kind == "partnership" and n.first > i and _quotes(part, i + 1, n.first) for n in found):
                break  # ... of the partnership Y.
            copula = part.tokens[name.last + 1]
            small = any(
                part.is_word(k, "articles", "all") or ("numbers",) in part.tags(k) for k in range(name.last + 2, i)
            )
            is_one = len(copula.text) <= 4 and copula.text.islower()
            if (
                (comma and (name.strong or (head[1] == "partnership" and not (plain and name.initial and not opens))))
                or (name.strong and is_one and (small or words <= 4))
                or (plain and is_one and small and head[2] in TITLED and words <= 4 and _ends_phrase(part, i))
            ):
                name.kind, name.subkind, name.rule, name.confidence = head[1], head[2], "apposition", 0.7
            break


def _ends_phrase(part: Part, i: int) -> bool:
    """Behind head noun `i` no further noun follows, of which it would only say the kind: a network manager."""
    after = part.tokens[i + 1] if i + 1 < len(part.tokens) else None
    if after is None or not after.word or after.capital:
        return True
    small = ("relatives", "linkers", "articles", "topics", "with", "and", "place_prepositions", "whence")
    return not after.glue and (part.is_word(i + 1, *small) or part.is_of(i + 1, "cue"))


def _quotes(part: Part, a: int, b: int) -> bool:
    return b - a <= 1 and all(part.tokens[i].fold in QUOTES for i in range(a, b))


def type_by_list_head(part: Part, found: list[Name]) -> None:
    """Two projects: X and Y. After a colon, strong runs are of the kind of the last head noun before it."""
    for i, token in enumerate(part.tokens):
        if token.fold not in {":", "–"} or (token.fold == "–" and part.block.kind not in ("heading", "item")):
            continue
        a, b = part.sentences[part.sentence_of(i)]
        heads = [
            (k, t)
            for k in range(max(a, i - (4 if token.fold == ":" else 7)), i)
            for t in sorted(part.tags(k))
            if t[0] == "head" and t[1] in ("partnership", "organisation")
        ]
        if not heads:
            _after_colon(part, found, a, i)
        if not heads or any(n.first <= heads[-1][0] <= n.last for n in found):
            continue
        kind: str = heads[-1][1][1]
        subkind: str | None = heads[-1][1][2]
        if kind == "partnership" and any(t in _PEOPLE for k in range(heads[-1][0] + 1, i) for t in part.tags(k)):
            kind, subkind = "organisation", None  # The consortium brings together four partners: A, B and C.
        b = next((k for k in range(i + 1, b) if part.tokens[k].fold == ")"), b)
        listed = [n for n in found if i < n.first < b]
        if not listed or listed[0].first - i > _LEAD:
            continue
        for name in listed:
            if not name.kind and name.strong:
                name.kind, name.subkind, name.rule, name.confidence = kind, subkind, "list head", 0.7


def _after_colon(part: Part, found: list[Name], a: int, colon: int) -> None:
    """The successor to X, which ends in 2019: Y. A strong run right behind a colon is what the clause speaks of."""
    name = next((n for n in found if n.first == colon + 1 and not n.kind and n.strong), None)
    heads = [h for h in part.hits if a <= h.first < colon and h.tag[:2] == ("head", "partnership")]
    if name is None or part.tokens[colon].fold != ":" or not heads:
        return
    said = [h for h in part.hits if h.tag[0] in ("cue", "measures") and heads[-1].last < h.first < colon]
    if not any(h.tag[0] == "measures" or h.tag[1] in ("lead", "found", "member", "contribute") for h in said):
        tag = heads[-1].tag
        name.kind, name.subkind, name.rule, name.confidence = tag[1], tag[2], "list head", 0.7
