"""The kind of a run from a head noun near it: beside it, after a comma or copula, or before the list that it is in."""

from __future__ import annotations

from pipeline.extract.lexicon import Hit
from pipeline.extract.name import Name
from pipeline.extract.page import Page, Part
from pipeline.extract.spelling import is_linker, is_shouting
from pipeline.text.tokens import QUOTES

# Those who are counted in a partnership.
_PEOPLE = (("measures", "members"), ("measures", "participants"), ("measures", "member_regions"))
# A list begins at most so many words (a company, the Spanish firm) after its colon.
_LEAD = 5


def type_by_head(page: Page, part: Part, found: list[Name]) -> None:
    """A run beside a head noun is of the head's kind: project LEADWELL, „Chemikalia” partnership, programme
    Cluster Excellence."""
    side = page.lexicon.data["grammar"].get("name_side", "both")
    for name in list(found):
        if name.kind or name not in found:
            continue
        compound = part.compound(name.last)
        if (
            compound
            and compound[1] == "partnership"
            and name.size == 1
            and not name.initial
            and (not page.dense or name.strong)
        ):
            name.kind, name.subkind, name.rule, name.confidence = "partnership", compound[2], "compound", 0.7
            continue
        for i, after in ((name.first - 1, False), (name.last + 1, True)):
            step = 1 if after else -1
            while 0 <= i < len(part.tokens) and part.tokens[i].fold in QUOTES:
                i += step
            if not 0 <= i < len(part.tokens) or not part.tokens[i].word:
                continue
            tag = next(
                (t for t in sorted(part.tags(i)) if t[0] == "head" and t[1] in ("partnership", "programme")), None
            )
            glued = part.tokens[name.last + 1].glue == "-" if after else False
            if tag is None or (name.rule == "weak" and (name.size > 3 or (after and not glued))):
                continue
            if after and not glued and not name.strong and name.size == 1 and (name.initial or side == "after"):
                continue
            if any(f.first <= i <= f.last for f in found if f is not name):
                continue
            name.kind, name.subkind, name.rule, name.confidence = tag[1], tag[2], "head", 0.8 if name.strong else 0.65
            head = part.tokens[i]
            if not after:
                _with_head(page, part, name, i, found)
                _topic_tail(page, part, name, i, found)
            if (
                after
                and i == name.last + 1
                and head.text[0].isupper()
                and not head.text.isupper()
                and not page.dense
                and not is_shouting(part)
            ):
                name.last = i
            break


def _with_head(page: Page, part: Part, name: Name, head: int, found: list[Name]) -> None:
    """A head with a capital inside its sentence begins the name: la Alianza Europea de las Baterías."""
    tokens = part.tokens
    if (
        page.dense
        or name.strong
        or head != name.first - 1
        or part.starts_sentence(head)
        or part.block.kind == "heading"
        or not tokens[head].text[0].isupper()
        or tokens[head].text.isupper()
    ):
        return
    name.first, i = head, name.last + 1
    while i + 1 < len(tokens) and is_linker(page, part, i) and not part.is_word(i, "and"):
        j = i + 1
        while j < len(tokens) and is_linker(page, part, j) and not tokens[j].capital:
            j += 1
        inner = next((n for n in found if n.first == j and (not n.kind or n.kind in ("region", "town"))), None)
        if inner is None:
            break
        name.last = inner.last
        found.remove(inner)
        i = name.last + 1


def _topic_tail(page: Page, part: Part, name: Name, head: int, found: list[Name]) -> None:
    """A topic that begins with a capital goes on in small letters to the next mark: sieť Karpatský vodík, platformu
    Drevo a bioprodukty."""
    tokens = part.tokens
    if page.dense or name.strong or name.size > 1 or tokens[head].text[0].isupper():
        return
    i = name.last + 1
    if i < len(tokens) and part.is_word(i, "and"):
        i += 1
    if i >= len(tokens) or not _topic_word(page, part, i):
        return
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    follower = next((n for n in found if n.first == i + 1), None)
    if after is None or not after.word:
        name.last = i
    elif follower is not None and not follower.kind:
        name.last = follower.last
        found.remove(follower)


def _topic_word(page: Page, part: Part, i: int) -> bool:
    """A word in small letters that no list of the pack holds."""
    token = part.tokens[i]
    tags = {t[0] for t in part.tags(i)} - {"measures", "labels", "sections"}
    return (
        token.word
        and token.text.islower()
        and len(token.text) > 3
        and not tags
        and token.fold not in page.lexicon.openers
    )


def type_by_apposition(part: Part, found: list[Name]) -> None:
    """X, a thematic partnership; X is one of the projects: what follows a run says what it is."""
    starts = {n.first for n in found}
    apart = {n.first for n in found if n.kind or n.strong or n.size > 1}
    for name in found:
        if name.kind or not name.strong:
            continue
        comma = words = 0
        for i in range(name.last + 1, min(name.last + 8, len(part.tokens))):
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
            if head is None:
                continue
            copula = part.tokens[name.last + 1]
            small = any(
                part.is_word(k, "articles", "all") or ("numbers",) in part.tags(k) for k in range(name.last + 2, i)
            )
            if comma or (len(copula.text) <= 4 and copula.text.islower() and (small or words <= 4)):
                name.kind, name.subkind, name.rule, name.confidence = head[1], head[2], "apposition", 0.7
            break


def type_by_naming(part: Part, found: list[Name]) -> None:
    """The first project of the network is called X; a body named X: the head noun before the naming says what X is."""
    for name in found:
        if name.kind or name.rule == "weak" or (name.initial and not name.strong):
            continue
        a, b = part.sentences[part.sentence_of(name.first)]
        hit = next(
            (h for h in part.hits if h.tag == ("word", "naming") and a < h.first < b and _named(part, name, h)), None
        )
        if hit is None:
            continue
        held = {i for n in found if n is not name for i in range(n.first, n.last + 1)}
        heads = [
            (t[1] != "partnership", k, t)
            for k in range(a, min(hit.first, name.first))
            for t in sorted(part.tags(k))
            if k not in held and t[0] == "head" and t[1] in ("partnership", "organisation", "programme")
        ]
        if heads:
            # An event may have a title as well; then its head stands nearer.
            events = [k for k in range(a, hit.first) if any(t[:2] == ("head", "event") for t in part.tags(k))]
            _, at, tag = min(heads)
            if not any(k > at for k in events):
                name.kind, name.subkind, name.rule, name.confidence = tag[1], tag[2], "naming", 0.75


def _named(part: Part, name: Name, hit: Hit) -> bool:
    """The naming stands right before the name, or right behind it (is é X a ainm)."""
    if hit.last < name.first:
        gap = range(hit.last + 1, name.first)
        small = (part.is_word(i, "articles", "linkers") or not part.tokens[i].word for i in gap)
        return len(gap) <= 3 and not any(part.tokens[i].fold in ",;:" for i in gap) and all(small)
    return hit.first == name.last + 1


def type_by_list_head(part: Part, found: list[Name]) -> None:
    """Two projects: X and Y. After a colon, strong runs are of the kind of the last head noun before it."""
    for i, token in enumerate(part.tokens):
        if token.fold not in {":", "–"} or (token.fold == "–" and part.block.kind not in ("heading", "item")):
            continue
        a, b = part.sentences[part.sentence_of(i)]
        heads = [
            (k, t)
            for k in range(max(a, i - 4), i)
            for t in sorted(part.tags(k))
            if t[0] == "head" and t[1] in ("partnership", "organisation")
        ]
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
