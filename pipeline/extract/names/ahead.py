"""Collaborations called by a topic that stands before the head noun: kiertotalouden työryhmä, akutööstuse töörühm,
piena produktu izsekojamības darba grupa. Packs of languages that build such names list the endings of their topics."""

from __future__ import annotations

from itertools import takewhile

from pipeline.extract.names.name import Name
from pipeline.extract.names.topics import content
from pipeline.extract.page import Page, Part
from pipeline.extract.words.lexicon import TAIL, Hit
from pipeline.extract.words.spelling import is_general
from pipeline.text.tokens import QUOTES

# These a topic alone names; the others need a capital too (Proteīnu inovāciju tīkls).
_KINDS = {"pilot", "working_group"}
_MOST_WORDS, _SHORTEST, _STEM = 4, 4, 3


def topics_ahead(page: Page, part: Part, found: list[Name]) -> list[Name]:
    """Names that a head noun makes of the words in a topic's case before it."""
    if not page.lexicon.data["grammar"].get("topic_endings"):
        return []
    held = {i for n in found if n.kind for i in range(n.first, n.last + 1)}
    out: list[Name] = []
    for hit in part.hits:
        if hit.tag[:2] != ("head", "partnership") or hit.value == TAIL:
            continue
        first = topic_begin(page, part, hit.first, held)
        if hit.tag[2] not in _KINDS:
            capital = next((n for n in found if not n.kind and n.last == first - 1 and n.rule == "capitals"), None)
            if capital is None or part.starts_sentence(capital.first) or not _in_case(page, part, first - 1):
                continue
            first = capital.first if first < hit.first else first
        named = part.tokens[hit.last + 1 : hit.last + 2]
        if (
            first == hit.first
            or any(i in held for i in range(first, hit.last + 1))
            or (named and named[0].fold in QUOTES)
        ):
            continue
        held |= set(range(first, hit.last + 1))
        base = f"{_text(page, part, first, hit.first - 1)} {lemma(page, part, hit)}"
        out.append(Name(first, hit.last, "partnership", "topic", 0.6, subkind=hit.tag[2], strong=True, base=base))
    return out


def topic_begin(page: Page, part: Part, head: int, held: set[int]) -> int:
    """The first word of the topic that ends before token `head`; `head` itself if there is none."""
    tokens, endings = part.tokens, tuple(page.lexicon.data["grammar"].get("topic_endings", ()))
    first, i = head, head - 1
    while i >= 0 and head - i <= _MOST_WORDS and i not in held and tokens[i].fold.endswith(endings):
        opens = part.starts_sentence(i) and tokens[i].text[1:].islower() and not page.opens(part, i)
        if len(tokens[i].text) < _SHORTEST or is_general(page, tokens[i]):
            break
        if not (content(page, part, i) or (opens and not part.tags(i))):
            break
        first = i
        joined = i > 1 and part.is_word(i - 1, "and") and tokens[i - 2].fold.endswith(endings)
        i -= 2 if joined and content(page, part, i - 2) else 1
    return first


def _in_case(page: Page, part: Part, i: int) -> bool:
    return part.tokens[i].fold.endswith(tuple(page.lexicon.data["grammar"]["topic_endings"]))


def lemma(page: Page, part: Part, hit: Hit) -> str:
    """The head noun as the pack gives it: its first entry that is spelt like the text's form but for the ending."""
    form = " ".join(t.fold for t in part.tokens[hit.first : hit.last + 1])
    for entry in page.lexicon.data["heads"]["partnership"][hit.tag[2]]:
        word = entry.rstrip("*")
        shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(word, form, strict=False)))
        if "*" not in entry and shared >= max(_STEM, len(word) - 2) and len(form) - shared <= len(word):
            return str(word)
    return form


def _text(page: Page, part: Part, first: int, last: int) -> str:
    return " ".join(page.text[part.tokens[first].start : part.tokens[last].end].split())
