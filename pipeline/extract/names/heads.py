"""The kind of a run from a head noun near it: beside it, after a comma or copula, or before the list that it is in."""

from __future__ import annotations

from pipeline.extract.names.name import Name
from pipeline.extract.names.tails import one_word, topic_word
from pipeline.extract.page import Page, Part
from pipeline.extract.words.spelling import is_linker, is_shouting
from pipeline.text.tokens import QUOTES

# Those who are counted in a partnership.
_PEOPLE = (("measures", "members"), ("measures", "participants"), ("measures", "member_regions"))
# A list begins at most so many words (a company, the Spanish firm) after its colon.
_LEAD = 5

# A title of so many words may hold its own head noun, if it is one of these.
_TITLE = 7
_TITLED = {"network", "community", "pact", "thematic_partnership", "consortium"}

# How many words behind its head a name goes on at most.
_TAIL = 5


def type_by_head(page: Page, part: Part, found: list[Name]) -> None:
    """A run beside a head noun is of the head's kind: project LEADWELL, „Chemikalia” partnership, programme
    Cluster Excellence."""
    side = page.lexicon.data["grammar"].get("name_side", "both")
    for name in list(found):
        if name.kind or name not in found:
            continue
        own = _own_head(part, name, side)
        if own is not None:
            name.kind, name.subkind, name.rule, name.confidence = own[1], own[2], "head", 0.75
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
            if not after:
                i = _set_off(part, name, i)
            while 0 <= i < len(part.tokens) and part.tokens[i].fold in QUOTES:
                i += step
            hung = after and _hung(part, i)
            i += hung
            if not 0 <= i < len(part.tokens) or not part.tokens[i].word:
                continue
            tag = next(
                (t for t in sorted(part.tags(i)) if t[0] == "head" and t[1] in ("partnership", "programme")), None
            )
            glued = hung or (after and part.tokens[name.last + 1].glue == "-")
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
                one_word(page, part, name, i, found)
            if (
                after
                and i == name.last + 1
                and head.text[0].isupper()
                and not head.text.isupper()
                and not page.dense
                and not is_shouting(part)
            ):
                name.last = i
            elif after and i == name.last + 1:
                _adjective(page, part, name, i, found)
            break


def _own_head(part: Part, name: Name, side: str) -> tuple[str, ...] | None:
    """The head noun with a capital that begins or ends what stands in quotes: “European Wood Network”."""
    whole = part.block.zone == "title" and sum(t.word for t in part.tokens) == name.size
    if name.rule != "quoted" or not 2 <= name.size <= _TITLE or whole:
        return None
    places = {"before": [name.last], "after": [name.first]}.get(side, [name.last, name.first])
    ends = [i for i in places if part.tokens[i].text[0].isupper()]
    tags = (t for i in ends for t in sorted(part.tags(i)) if t[0] == "head")
    return next((t for t in tags if t[1] in ("partnership", "programme") and t[2] in _TITLED), None)


def _set_off(part: Part, name: Name, i: int) -> int:
    """The first project, X, is under way: the place before the comma for a name between commas behind its head."""
    comma, last = i, name.last + 1
    while comma > 0 and (part.tokens[comma].fold in QUOTES or part.is_word(comma, "articles")):
        comma -= 1
    while last < len(part.tokens) and part.tokens[last].fold in QUOTES:
        last += 1
    closed = last < len(part.tokens) and part.tokens[last].fold in {",", ".", ";", ":"}
    parted = comma > 0 and part.tokens[comma].fold == "," and not part.starts_sentence(comma - 1)
    return comma - 1 if closed and parted else i


def _hung(part: Part, i: int) -> bool:
    """A hyphen with space before it and none behind ties a head to a name of several words: Smart Forest -hanke."""
    tokens = part.tokens
    return i + 1 < len(tokens) and tokens[i].fold == "-" and tokens[i].space and not tokens[i + 1].space


def _adjective(page: Page, part: Part, name: Name, head: int, found: list[Name]) -> None:
    """One word with a capital before a head in small letters begins a name that goes on: Evropská aliance
    polovodičových regionů (ESRA), Vodíková platforma Podkrušnohoří."""
    tokens = part.tokens
    if page.dense or name.strong or name.size > 1 or not tokens[head].text.islower() or tokens[head].glue:
        return
    last = i = head
    while i + 1 < len(tokens) and i < head + _TAIL:
        i += 1
        follower = next((n for n in found if n.first == i and n.kind in ("", "region", "town")), None)
        if follower is not None:
            last = follower.last
            break
        if is_linker(page, part, i) and not part.is_word(i, "and"):
            continue
        if not (topic_word(page, part, i) or _territory(part, i)):
            break
        last = i
    after = tokens[last + 1] if last + 1 < len(tokens) else None
    framed = after is None or after.fold in {"(", ",", ".", ";", ":", "–"} or after.fold in QUOTES
    if last > head and not framed:
        return
    name.last = last
    for inner in [n for n in found if n is not name and head < n.first <= last and not n.kind]:
        found.remove(inner)


def _territory(part: Part, i: int) -> bool:
    """The word for what a network is of, in small letters: regionů, clusters."""
    kinds = {t[:2] for t in part.tags(i)}
    known = {("word", "territories"), ("head", "organisation")}
    return part.tokens[i].text.islower() and all(t[0] == "measures" or t in known for t in kinds)


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
        if name.kind or not (name.strong or opens or (not name.initial and name.rule != "weak")):
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
            if (comma and (name.strong or head[1] == "partnership")) or (
                name.strong and len(copula.text) <= 4 and copula.text.islower() and (small or words <= 4)
            ):
                name.kind, name.subkind, name.rule, name.confidence = head[1], head[2], "apposition", 0.7
            break


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
