"""Titles that begin with a capital and go on in small letters: partnerství Chytré senzory pro potraviny, mreža
Krovovi i polja."""

from __future__ import annotations

from pipeline.extract.names.name import Name
from pipeline.extract.page import Page, Part
from pipeline.extract.words.lexicon import TAIL, Hit
from pipeline.extract.words.spelling import is_linker, is_shouting

_MOST_WORDS = 6


def one_word(page: Page, part: Part, name: Name, head: int, found: list[Name]) -> None:
    """A topic goes on with one word in small letters, a joint before it or none, up to a mark or another name: sieť
    Karpatský vodík, platformu Drevo a bioprodukty."""
    tokens = part.tokens
    if page.dense or name.strong or name.size > 1 or tokens[head].text[0].isupper():
        return
    i = name.last + 1
    if i < len(tokens) and part.is_word(i, "and"):
        i += 1
    if i >= len(tokens) or not topic_word(page, part, i):
        return
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    follower = next((n for n in found if n.first == i + 1), None)
    if after is None or not after.word:
        name.last = i
    elif follower is not None and not follower.kind:
        name.last = follower.last
        found.remove(follower)


def whole_titles(page: Page, part: Part, found: list[Name]) -> list[Name]:
    """Let a title behind its head noun go on in small letters as far as its words go, to a place where a title ends."""
    if page.dense or is_shouting(part):
        return found
    for hit in part.hits:
        at = hit.last + 1
        if hit.tag[:2] != ("head", "partnership") or hit.value == TAIL or not _opens(part, hit, at):
            continue
        name = next((n for n in found if n.first <= at <= n.last), None)
        if name is None and not part.is_word(at, "territories"):
            continue
        if name is not None and (name.size > 1 or name.key or name.strong or name.kind not in ("", "partnership")):
            continue
        last = _end(page, part, at)
        if last < 0:
            continue
        found = [n for n in found if n.last < at or n.first > last]
        found.append(Name(at, last, "partnership", "head", 0.75, subkind=hit.tag[2], strong=True))
    return sorted(found, key=lambda n: (n.first, -n.last))


def _opens(part: Part, hit: Hit, at: int) -> bool:
    """A head noun in small letters, or with a capital for its place alone, and a word with a capital behind it."""
    if at >= len(part.tokens) or part.is_word(at, "pronouns", "relatives", "self"):
        return False
    small = part.tokens[hit.first].text.islower() or part.starts_sentence(hit.first)
    title = part.tokens[at].text
    return small and title[0].isupper() and title[1:].islower() and not part.tokens[at].glue


def _end(page: Page, part: Part, at: int) -> int:
    """The last token of the title that begins here; -1 if it does not go on, or not to a place where a title ends."""
    words, i, end = 0, at + 1, -1
    while i < len(part.tokens) and words <= _MOST_WORDS:
        if topic_word(page, part, i):
            end, words = i, words + 1
        elif not (is_linker(page, part, i) or part.is_word(i, "topics", "place_prepositions")):
            break
        i += 1
    return end if words <= _MOST_WORDS and end == i - 1 and closes(page, part, i) else -1


def topic_word(page: Page, part: Part, i: int) -> bool:
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


def closes(page: Page, part: Part, i: int) -> bool:
    """A mark ends the title, or a word that says something of it; none such as new or next, which goes on."""
    if i >= len(part.tokens) or not part.tokens[i].word:
        return True
    said = part.is_of(i, "cue", "status", "date", "number", "word") or part.tokens[i].fold in page.lexicon.openers
    return said and not part.is_word(i, "ordinals")
