"""Working groups and pilots that have no name but their topic: the pilot on industrial symbiosis, the group “raw
materials”."""

from __future__ import annotations

from pipeline.extract.lexicon import TAIL
from pipeline.extract.name import Name
from pipeline.extract.page import Page, Part
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
        if hit.tag[:2] != ("head", "partnership") or hit.value == TAIL or hit.last + 2 >= len(part.tokens):
            continue
        if any(i in held for i in range(hit.first, hit.last + 1)):
            continue
        name = _quoted(part, hit.last + 1, hit.tag[2] in _TOPICAL)
        if name is None and hit.tag[2] in _TOPICAL and not counted(part, hit.first):
            name = _topic(page, part, hit.first, hit.last)
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


def content(page: Page, part: Part, i: int) -> bool:
    """A word in small letters that says what the work is on: none of a list of the pack."""
    token = part.tokens[i]
    if not token.word or not token.text[0].islower() or len(token.text) < 3:
        return token.word and token.text.isalnum() and any(c.isdigit() for c in token.text) and not token.text.isdigit()
    tags = {t[0] for t in part.tags(i)} - {"labels", "sections"}
    return (not tags or part.compound(i) is not None) and token.fold not in page.lexicon.openers
