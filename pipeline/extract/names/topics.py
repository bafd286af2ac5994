"""Working groups and pilots that have no name but their topic: the pilot on industrial symbiosis, the group “raw
materials”."""

from __future__ import annotations

from pipeline.extract.names.name import Name
from pipeline.extract.page import Page, Part
from pipeline.extract.words.lexicon import TAIL, Hit
from pipeline.extract.words.pieces import DASHES
from pipeline.text.tokens import QUOTES

# Collaborations that texts call by what they work on.
_TOPICAL = {"pilot", "working_group"}
_MOST_WORDS = 5
_LONGEST_QUOTE = 9


def topic_names(page: Page, part: Part, found: list[Name]) -> list[Name]:
    """Names that a head noun makes of what follows it: words in quotes, or a topic behind a small word (on, for)."""
    out: list[Name] = []
    held = {i for n in found if n.kind for i in range(n.first, n.last + 1)}
    for hit in part.hits:
        series = _series(page, part, hit, held)
        out += series
        held |= {i for n in series for i in range(n.first, n.last + 1)}
    for hit in part.hits:
        if hit.tag == ("several", "group") and hit.last + 2 < len(part.tokens) and not held & {hit.first, hit.last}:
            name = _quoted(part, hit.last + 1, True)
            if name is not None and not any(i in held for i in range(name.first, name.last + 1)):
                name.subkind = "working_group"
                out.append(name)
                held |= set(range(name.first, name.last + 1))
                continue
        if hit.tag[:2] != ("head", "partnership") or hit.value == TAIL or hit.last + 2 >= len(part.tokens):
            continue
        if any(i in held for i in range(hit.first, hit.last + 1)):
            continue
        name = _quoted(part, hit.last + 1, hit.tag[2] in _TOPICAL)
        if name is None and hit.tag[2] in _TOPICAL and not counted(part, hit.first):
            name = _topic(page, part, hit.first, hit.last) or _topic_of(page, part, hit.last + 1, found)
        if name is None or any(i in held for i in range(name.first, name.last + 1)):
            continue
        name.subkind = hit.tag[2]
        out.append(name)
        held |= set(range(name.first, name.last + 1))
    return out


def _quoted(part: Part, at: int, small: bool) -> Name | None:
    """The words between the quotes that open at token `at`; they begin with a capital, or `small` is allowed."""
    tokens = part.tokens
    if tokens[at].fold not in QUOTES or not (small or tokens[at + 1].capital):
        return None
    end = next((i for i in range(at + 2, min(at + _LONGEST_QUOTE, len(tokens))) if tokens[i].fold in QUOTES), None)
    if end is None or any(tokens[i].fold in ".;:?!" for i in range(at + 1, end)):
        return None
    return Name(at + 1, end - 1, "partnership", "head", 0.8, strong=True)


def counted(part: Part, at: int) -> bool:
    """Two pilots, several groups: what is counted has no name."""
    return any(("number",) in part.tags(i) or part.tokens[i].text.isdigit() for i in range(max(0, at - 3), at))


def _series(page: Page, part: Part, hit: Hit, held: set[int]) -> list[Name]:
    """The pilots for wood, stone and water; groups on wood, on stone and on water; two groups – on wood, on stone."""
    kind = hit.tag[1] if hit.tag[0] == "several" else hit.tag[2] if hit.tag[:2] == ("head", "partnership") else ""
    many = hit.tag[0] == "several" and kind != "group"
    tokens, at = part.tokens, hit.last + 1
    if kind not in _TOPICAL | {"group"} or hit.value == TAIL or held & set(range(hit.first, at)):
        return []
    if at < len(tokens) and tokens[at].fold in DASHES | {":"} and (many or counted(part, hit.first)):
        at += 1
    opener = _opener(part, at)
    items: list[tuple[int, int]] = []
    again = 0
    while opener is not None or (many and items):
        begin = at if opener is None else opener + 1
        end = _item(page, part, begin, held)
        if end < 0:
            break
        again += opener is not None and bool(items)
        items.append((_past_articles(part, begin), end))
        at = end + 1
        while at < len(tokens) and (tokens[at].fold == "," or (part.is_word(at, "and") and _opener(part, at) is None)):
            at += 1
        if at == end + 1:
            break
        opener = _opener(part, at)
    after = items[-1][1] + 1 if items else 0
    if len(items) < 2 or not (again or many) or (after < len(tokens) and tokens[after].capital and after not in held):
        return []
    names: list[Name] = []
    for begin, end in items:
        base = " ".join(page.text[tokens[begin].start : tokens[end].end].split())
        first = begin if names else hit.first
        kind = "working_group" if kind == "group" else kind
        names.append(Name(first, end, "partnership", "topic", 0.6, subkind=kind, base=base))
    return names


def _opener(part: Part, at: int) -> int | None:
    """The last token of the small word for what a group is on that begins at token `at`."""
    return max((h.last for h in part.hits if h.first == at and h.tag == ("word", "topics")), default=None)


def _past_articles(part: Part, i: int) -> int:
    while i < len(part.tokens) and (part.is_word(i, "articles", "elisions") or part.tokens[i].fold in "'’"):
        i += 1
    return i


def _item(page: Page, part: Part, begin: int, held: set[int]) -> int:
    """The last token of one topic of a series that begins here; -1 if there is none."""
    end, words, i = -1, 0, begin
    while i < len(part.tokens) and i not in held:
        if content(page, part, i) or _noun(page, part, i):
            end, words = i, words + 1
        elif part.is_word(i, "and") or not (
            part.is_word(i, "linkers", "articles", "elisions") or part.tokens[i].fold in "'’"
        ):
            break
        i += 1
    return end if words <= _MOST_WORDS else -1


def _topic(page: Page, part: Part, first: int, last: int) -> Name | None:
    """Head and topic as one mention; the topic is the name."""
    tokens = part.tokens
    at = last + 1
    opener = next((h for h in part.hits if h.first == at and h.tag == ("word", "topics")), None)
    if opener is None:
        return None
    begin = opener.last + 1
    while begin < len(tokens) and part.is_word(begin, "articles", "elisions"):
        begin += 1
    end, words, i = -1, 0, begin
    while i < len(tokens) and words <= _MOST_WORDS:
        if content(page, part, i):
            end, words = i, words + 1
        elif not part.is_word(i, "linkers", "articles", "elisions", "and", "topics"):
            break
        i += 1
    if end < 0 or words > _MOST_WORDS or not (end + 1 == len(tokens) or not tokens[end + 1].capital):
        return None
    base = page.text[tokens[begin].start : tokens[end].end]
    while tokens[first].glue and first:
        first -= 1
    return Name(first, end, "partnership", "topic", 0.6, base=" ".join(base.split()))


def _topic_of(page: Page, part: Part, at: int, found: list[Name]) -> Name | None:
    """The working group NEREUS on inland waters: between head and topic stands whose group it is."""
    owner = next((n for n in found if n.first == at and n.kind in ("", "organisation", "partnership")), None)
    name = _topic(page, part, owner.last, owner.last) if owner is not None else None
    if name is None or owner is None or not (owner.strong or owner.key):
        return None
    opener = _opener(part, owner.last + 1) or owner.last
    name.first = _past_articles(part, opener + 1)
    if owner.kind == "partnership" and not owner.key:
        owner.kind, owner.subkind = "", None
    return name


def content(page: Page, part: Part, i: int) -> bool:
    """A word in small letters that says what the work is on: none of a list of the pack."""
    token = part.tokens[i]
    if not token.word or not token.text[0].islower() or len(token.text) < 3:
        return token.word and token.text.isalnum() and any(c.isdigit() for c in token.text) and not token.text.isdigit()
    tags = {t[0] for t in part.tags(i)} - {"labels", "sections"}
    return (not tags or part.compound(i) is not None) and token.fold not in page.lexicon.openers


def _noun(page: Page, part: Part, i: int) -> bool:
    """A noun with its capital where nouns have one; a weekday in short that is a word of its own too."""
    token, tags = part.tokens[i], part.tags(i)
    if token.word and tags and all(t == ("date", "weekdays") for t in tags):
        return token.text.islower()
    plain = not tags or part.compound(i) is not None
    return page.dense and plain and token.word and token.text[1:].islower() and len(token.text) > 2
