"""The kind of a run from the head noun beside it."""

from __future__ import annotations

from pipeline.extract.names.name import Name
from pipeline.extract.names.tails import one_word, topic_word
from pipeline.extract.page import Page, Part
from pipeline.extract.words.spelling import is_linker, is_shouting
from pipeline.text.tokens import QUOTES

# A title of so many words may hold its own head noun, if it is one of these.
_TITLE = 7
TITLED = {"network", "community", "pact", "thematic_partnership", "consortium"}

# Kinds whose names are mostly no more than a topic.
_NAMELESS = {"working_group", "pilot", "thematic_platform"}

# Forms of one noun begin with the same letters, so many.
_STEM = 3

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
        compound = part.compound(name.last) or _compound_ahead(page, part, name)
        if (
            compound
            and compound[1] == "partnership"
            and (not page.dense or name.strong)
            and (not name.initial if name.size == 1 else _closing(part, name))
        ):
            name.kind, name.subkind, name.rule, name.confidence = "partnership", compound[2], "compound", 0.7
            if part.compound(name.last):
                name.base = _uninflected(page, part, name, compound[2])
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
            if after and not glued and _of_next(part, name, i, found):
                continue
            if any(f.first <= i <= f.last for f in found if f is not name):
                continue
            name.kind, name.subkind, name.rule, name.confidence = tag[1], tag[2], "head", 0.8 if name.strong else 0.65
            head = part.tokens[i]
            if not after:
                _with_head(page, part, name, i, found)
                one_word(page, part, name, i, found)
                if not page.dense and not name.strong and part.tokens[i].text.islower():
                    _through_small_words(page, part, name, found, ("",))
                name.last += _head_behind(page, part, name.last + 1)
            if (
                after
                and i == name.last + 1
                and head.text[0].isupper()
                and (not head.text.isupper() or (head.glue == "-" and part.tokens[name.last].text.isupper()))
                and not page.dense
                and not is_shouting(part)
            ):
                name.last = max((h.last for h in part.hits if h.first == i and h.tag == tag), default=i)
                _joined_ahead(part, name, found)
            elif after and i == name.last + 1:
                _adjective(page, part, name, i, found)
            break


def behind_places(page: Page, part: Part, found: list[Name]) -> list[Name]:
    """A head noun with a capital inside its sentence takes the place right before it into its name: az
    Észak-magyarországi Klaszterhálózat, a Nyugat-dunántúli Hidrogén Munkacsoport."""
    side = page.lexicon.data["grammar"].get("name_side", "both")
    if page.dense or side == "after" or is_shouting(part):
        return found
    for place in [n for n in found if n.kind in ("region", "town") and not n.nested]:
        at = place.last + 1
        name = next((n for n in found if n.first == at and n.kind == "partnership" and n.rule == "head"), None)
        head = name.last if name is not None else at
        kind = _titular(part, head) if head < len(part.tokens) else None
        if kind is None or part.tokens[at].glue or part.starts_sentence(head):
            continue
        found = [n for n in found if n is not place and n is not name]
        kind = name.subkind if name is not None else kind
        found.append(Name(place.first, head, "partnership", "head", 0.75, subkind=kind, strong=True))
    return sorted(found, key=lambda n: (n.first, -n.last))


def _compound_ahead(page: Page, part: Part, name: Name) -> tuple[str, ...] | None:
    """Het Wandelpact Drie Dijken: inside its sentence the compound with which words with capitals begin."""
    inner = not page.dense and name.size > 1 and not name.initial
    return part.compound(name.first) if inner else None


def _uninflected(page: Page, part: Part, name: Name, kind: str) -> str | None:
    """The name with the base form of the noun that its compound ends in: Tuohiverkosto of Tuohiverkostossa."""
    forms = page.lexicon.data["heads"].get("partnership_compound", {}).get(kind, [])
    word, text = part.tokens[name.last], page.text[part.tokens[name.first].start : part.tokens[name.last].end]
    form = max((f for f in forms if word.fold.endswith(f)), key=len, default="")
    lemma = next((f for f in forms if f[:_STEM] == form[:_STEM] and len(f) <= len(form)), form)
    if not form or lemma == form or page.lexicon.data["grammar"].get("article_endings"):
        return None
    return " ".join((text[: len(text) - len(form)] + lemma).split())


def _closing(part: Part, name: Name) -> bool:
    """Läänemere Puiduvõrgustik: words with capitals, the last of them a compound of a head noun, in running text."""
    text = part.tokens[name.last if part.compound(name.last) else name.first].text
    return name.rule == "capitals" and text[0].isupper() and text[1:].islower() and not is_shouting(part)


def _titular(part: Part, i: int) -> str | None:
    """The kind that a head noun of partnerships with a capital says."""
    text = part.tokens[i].text
    tag = part.head(i) or part.compound(i)
    titled = tag is not None and tag[1] == "partnership" and text[0].isupper() and text[1:].islower()
    return tag[2] if tag is not None and titled else None


def _head_behind(page: Page, part: Part, i: int) -> bool:
    """The network Silent Harbours Network: a head noun with a capital ends the name."""
    tokens = part.tokens
    if (
        page.dense
        or i >= len(tokens)
        or tokens[i].glue
        or not (tokens[i].text[:1].isupper() and tokens[i].text[1:].islower())
    ):
        return False
    return any(t[:2] == ("head", "partnership") for t in part.tags(i))


def _of_next(part: Part, name: Name, head: int, found: list[Name]) -> bool:
    """The council of the network AgroTide: a head in small letters before an unmistakable name is that name's."""
    following = next((n for n in found if n.first == head + 1), None)
    return following is not None and following.strong and not following.kind and part.tokens[head].text.islower()


def _joined_ahead(part: Part, name: Name, found: list[Name]) -> None:
    """The Northern Ports and Harbours Network: an article before the first of two things that a joint ties, and none
    before the second, with which a head goes."""
    before = next((n for n in found if n.last == name.first - 2 and not n.kind and n.rule == "capitals"), None)
    if before is None or not part.is_word(name.first - 1, "and") or not part.tokens[name.first - 1].word:
        return
    if before.first and part.is_word(before.first - 1, "articles"):
        name.first, name.initial = before.first, before.initial
        found.remove(before)


def _own_head(part: Part, name: Name, side: str) -> tuple[str, ...] | None:
    """The head noun with a capital that begins or ends what stands in quotes: “European Wood Network”."""
    whole = part.block.zone == "title" and sum(t.word for t in part.tokens) == name.size
    if name.rule != "quoted" or not 2 <= name.size <= _TITLE or whole:
        return None
    places = {"before": [name.last], "after": [name.first]}.get(side, [name.last, name.first])
    ends = [i for i in places if part.tokens[i].text[0].isupper()]
    tags = (t for i in ends for t in sorted(part.tags(i)) if t[0] == "head")
    return next((t for t in tags if t[1] in ("partnership", "programme") and t[2] in TITLED), None)


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
    """A head with a capital inside its sentence begins the name: la Alianza Europea de las Baterías. Where nouns have
    capitals, that of a group or platform before one ordinary word does: die Arbeitsgruppe Infrastruktur."""
    tokens = part.tokens
    if (
        (page.dense and (name.size > 1 or name.subkind not in _NAMELESS))
        or name.strong
        or head != name.first - 1
        or part.starts_sentence(head)
        or part.block.kind == "heading"
        or not tokens[head].text[0].isupper()
        or tokens[head].text.isupper()
    ):
        return
    name.first = head
    if not page.dense:
        _through_small_words(page, part, name, found, ("", "region", "town"))


def _through_small_words(page: Page, part: Part, name: Name, found: list[Name], kinds: tuple[str, ...]) -> None:
    """The name goes on through small words to runs of these kinds."""
    tokens, i = part.tokens, name.last + 1
    while i + 1 < len(tokens) and is_linker(page, part, i) and not part.is_word(i, "and"):
        j = i + 1
        while j < len(tokens) and is_linker(page, part, j) and not tokens[j].capital:
            j += 1
        inner = next((n for n in found if n.first == j and n.kind in kinds), None)
        if inner is None:
            break
        name.last = inner.last
        found.remove(inner)
        i = name.last + 1
