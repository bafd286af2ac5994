"""Organisations around a head noun: University of Gävle, Lapin ammattikorkeakoulu, Klaster „X”."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.extract.names.extents import framed, inside, left, right, seat, spread
from pipeline.extract.names.listed import AUTHORITY
from pipeline.extract.names.name import Name
from pipeline.extract.names.origins import origin_run
from pipeline.extract.names.tails import topic_word
from pipeline.extract.page import Page, Part
from pipeline.extract.words.lexicon import TAIL, foreign_heads
from pipeline.extract.words.spelling import (
    is_governed,
    is_strong,
    script,
)
from pipeline.text.tokens import QUOTES

# Kinds of bodies that bear names of their own behind the word for what they are.
_CALLED = {"cluster", "company", "association", "network"}
# Bodies that bear names of several words of their own.
_NAMED = {AUTHORITY, "research_organisation"}
# Bodies whose names begin with their head noun.
_GRAND = {"university", AUTHORITY}


def bodies(page: Page, part: Part, known: list[Name]) -> Iterator[Name]:
    """Organisations around a head noun: University of Gävle, Lapin ammattikorkeakoulu, Klaster „X”."""
    held = {i: n for n in known for i in range(n.first, n.last + 1)}
    side = page.lexicon.data["grammar"].get("name_side", "both")
    heads: dict[tuple[int, int], str] = {}
    for hit in part.hits:
        if hit.tag[:2] == ("head", "organisation") and not any(
            t[:2] == ("head", "partnership") for t in part.tags(hit.last)
        ):
            heads.setdefault((hit.first, hit.last), hit.tag[2])
    for (a, b), kind in heads.items():
        if kind == "company" and any(t.glue == "-" for t in part.tokens[a + 1 : b + 1]):
            continue  # Romanian "s-a" is no S.A.
        if b + 1 < len(part.tokens) and part.tokens[b + 1].glue == "-" and part.tokens[b + 1].text.islower():
            continue
        if a in held and held[a].kind != "region" and held[a].kind != "town" and held[a].size > b - a + 1:
            continue
        if any((x, y) != (a, b) and x <= a and b <= y for x, y in heads):
            continue
        if kind == AUTHORITY and a and any(t[:2] == ("head", "event") for t in part.tags(a)) and part.head(a - 1):
            # The assembly of the partnership is a meeting.
            continue
        if part.tokens[a].text[0].islower() and b + 1 in held and held[b + 1].kind == "organisation":
            # The agency Brainport Development: the name that a list knows is the whole name.
            continue
        if _is_topic_group(part, a, b):
            continue
        named = origin_run(page, part, b, held) if part.tokens[a].text[0].islower() and kind not in _GRAND else None
        if named is not None:
            yield Name(*named, "organisation", "head", 0.8, subkind=kind, strong=True, head=(a, b))
            continue
        first = left(page, part, a, held, kind, side)
        begun = first < a or spread(page, part, (a, a), (b, b), held)[0] < a
        ended = first < a and (kind == "company" or any(is_strong(t) for t in part.tokens[first:a]))
        # What follows s. r. o. begins a new sentence.
        closed = kind == "company" and (ended or (b > a and part.tokens[b].fold == "."))
        last, linked = (b, False) if closed else right(page, part, b, held, side, kind, ended, begun)
        if first < a or not part.tokens[a].text[0].islower():
            last = seat(part, last, held) if last == b else last
        if first < a and not linked and _only_tells_where(part, (first, a), (b, last), held):
            first = a
        noun = kind == "company" or (kind in _CALLED and any(h.first == a and h.value == TAIL for h in part.hits))
        opening = noun and not page.dense and part.starts_sentence(a)
        if (part.tokens[a].text[0].islower() or opening) and last > b and not linked and first == a:
            run = part.tokens[b + 1 : last + 1]
            start = spread(page, part, (first, a), (b, last), held)[0]
            begun = start < a and not any(part.is_word(i, "and") for i in range(start, a))
            apposed = not begun and _apposed(part, kind, b, last, held)
            inner = [i for i in range(b + 1, last + 1) if part.tokens[i].fold not in QUOTES]
            if inner and (apposed or (not begun and any(is_strong(t) or t.fold in QUOTES for t in run))):
                end = inner[-1] + (len(inner) == 1 and kind in _CALLED and _one_more(page, part, inner[0] + 1))
                yield Name(inner[0], end, "organisation", "head", 0.8, subkind=kind, strong=True, head=(a, b))
                continue
        proper = [
            i for i in range(first, last + 1) if not a <= i <= b and part.tokens[i].capital and part.tokens[i].word
        ]
        if (
            (part.tokens[a].text[0].islower() or page.dense)
            and proper
            and all(i in held and held[i].kind in ("region", "town") for i in proper)
            and ((linked and kind != "university") or kind == AUTHORITY)
            and first == a
        ):
            continue
        if (
            a == b
            and part.tokens[a].fold in foreign_heads().territories
            and not (page.dense or (first == a and is_governed(part, a)))
        ):
            continue
        first, last = spread(page, part, (first, a), (b, last), held)
        proper = [i for i in range(first, last + 1) if not a <= i <= b and part.tokens[i].capital] or [
            i for i in range(a, b + 1) if last > b + 1 and part.tokens[i].capital
        ]
        if (
            part.tokens[a].text[0].islower()
            and last == b
            and part.starts_sentence(first)
            and not framed(part, b)
            and all(i not in held and not is_strong(part.tokens[i]) for i in proper)
            and first == a - 1
        ):
            continue
        whole = b > a and sum(t.capital for t in part.tokens[a : b + 1]) > 1
        if not proper and not whole and not _compound_name(page, part, a, b):
            continue
        if part.tokens[first].fold in QUOTES and first == a:
            continue
        own = _own(page, part, kind, (first, a), (b, last), linked, held)
        yield Name(first, last, "organisation", "head", 0.75, subkind=kind, strong=True, head=(a, b), base=own)


def _is_topic_group(part: Part, a: int, b: int) -> bool:
    """The group „Капково напояване“: what a bare noun for a group has behind it in quotes, in small letters but for the
    first, is what it works on and no company."""
    if not any(h.first == a and h.tag == ("several", "group") for h in part.hits) or b + 3 >= len(part.tokens):
        return False
    close = next((i for i in range(b + 2, min(b + 8, len(part.tokens))) if part.tokens[i].fold in QUOTES), None)
    titled = close is not None and close > b + 3 and part.tokens[close - 1].text.islower()
    return titled and part.tokens[b + 1].fold in QUOTES


def _only_tells_where(part: Part, left: tuple[int, int], right: tuple[int, int], held: dict[int, Name]) -> bool:
    """Rootsi tehnoloogiainstituut RISE: before a small head that a name follows stands the region it is in."""
    (first, a), (b, last) = left, right
    named = [part.tokens[i] for i in range(b + 1, last + 1) if part.tokens[i].word]
    whose = all(i in held and held[i].kind == "region" for i in range(first, a))
    proper = len(named) > 1 or any(is_strong(t) and len(t.text) > 2 for t in named)
    return part.tokens[a].text[0].islower() and whose and proper and b + 1 not in held


def _own(
    page: Page,
    part: Part,
    kind: str,
    left: tuple[int, int],
    right: tuple[int, int],
    linked: bool,
    held: dict[int, Name],
) -> str | None:
    """Two capitals and more behind a head in small letters are a name without it: agentura Brainport Development."""
    (first, a), (b, last) = left, right
    small = part.tokens[a].text[0].islower() or (page.dense and kind in _CALLED)
    run = range(b + 1, last + 1)
    words = [i for i in run if part.tokens[i].word and part.tokens[i].fold not in QUOTES]
    if first != a or not small or linked or not words or words[0] in held or kind == "university":
        return None
    if not all(part.tokens[i].capital for i in words) or (len(words) < 2 and not is_strong(part.tokens[words[0]])):
        return None
    return " ".join(page.text[part.tokens[words[0]].start : part.tokens[words[-1]].end].split())


def _compound_name(page: Page, part: Part, a: int, b: int) -> bool:
    """One word that ends in the head noun, with a capital where words have none: Mittuniversitetet."""
    return (
        a == b
        and not page.dense
        and part.tokens[a].text[0].isupper()
        and not part.tokens[a].text.isupper()
        and any(h.first == a and h.value == TAIL for h in part.hits)
        and not (a and (part.tokens[a - 1].fold in QUOTES or part.head(a - 1)))
        and (not part.starts_sentence(a) or framed(part, b))
    )


def without_noun(page: Page, part: Part, name: Name) -> Name:
    """The company Agroteh d.o.o.: a legal form ends the name, the noun before it only says what it is."""
    nouns = [h for h in part.hits if h.first == name.first and h.tag == ("head", "organisation", "company")]
    if not nouns:
        return name
    a, last = max(h.last for h in nouns) + 1, name.last
    if inside(part, name.first) and part.tokens[name.first].text[0].isupper() and not page.dense:
        return name  # Brodogradilište Lošinj d.o.o.: with a capital the noun is in the name.
    for n in range(1, min(6, last - a + 1)):
        words = [t.fold for t in part.tokens[last - n + 1 : last + 1] if t.word]
        if page.lexicon.is_legal_form(words) and part.tokens[a].text[0].isupper():
            name.first = a
            break
    return name


def _one_more(page: Page, part: Part, i: int) -> bool:
    """The name goes on with one word in small letters up to a mark: klaster Kysucké stroje."""
    if page.dense or is_strong(part.tokens[i - 1]) or i >= len(part.tokens) or not topic_word(page, part, i):
        return False
    return i + 1 == len(part.tokens) or not part.tokens[i + 1].word


def _apposed(part: Part, kind: str, b: int, last: int, held: dict[int, Name]) -> bool:
    """What follows a head in small letters is the whole name: agentura Brainport Development, ίδρυμα Scena Otwarta."""
    words = [i for i in range(b + 1, last + 1) if part.tokens[i].word]
    if all(i in held for i in words):
        return False
    if kind in _CALLED:
        return True
    foreign = script(part.tokens[b].text) != script(part.tokens[words[0]].text)
    return foreign or (kind in _NAMED and len(words) > 1 and not any(i in held for i in words[:1]))
