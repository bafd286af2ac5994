"""Organisations around a head noun: University of Gävle, Lapin ammattikorkeakoulu, Klaster „X”."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.extract.names.listed import AUTHORITY
from pipeline.extract.names.name import Name
from pipeline.extract.names.origins import origin_run
from pipeline.extract.page import Page, Part
from pipeline.extract.words.lexicon import TAIL, foreign_heads
from pipeline.extract.words.spelling import (
    is_function,
    is_governed,
    is_linker,
    is_shouting,
    is_strong,
    script,
    word_end,
)
from pipeline.text.tokens import QUOTES

# Kinds of bodies that bear names of their own behind the word for what they are.
_CALLED = {"cluster", "company", "association", "network"}
# Bodies whose names begin with their head noun.
_GRAND = {"university", AUTHORITY}
# Words in small letters that say what a body works on.
_COMPLEMENT = 6

# What a listed name counts for as it stands; less if an ending was taken off.
_EXACT = 0.95


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
        first = _left(page, part, a, held, kind, side)
        begun = first < a or _spread(page, part, (a, a), (b, b), held)[0] < a
        ended = first < a and (kind == "company" or any(is_strong(t) for t in part.tokens[first:a]))
        # What follows s. r. o. begins a new sentence.
        closed = kind == "company" and (ended or (b > a and part.tokens[b].fold == "."))
        last, linked = (b, False) if closed else _right(page, part, b, held, side, kind, ended, begun)
        if first < a or not part.tokens[a].text[0].islower():
            last = _seat(part, last, held) if last == b else last
        if first < a and not linked and _only_tells_where(part, (first, a), (b, last), held):
            first = a
        if part.tokens[a].text[0].islower() and last > b and not linked and first == a:
            run = part.tokens[b + 1 : last + 1]
            start = _spread(page, part, (first, a), (b, last), held)[0]
            begun = start < a and not any(part.is_word(i, "and") for i in range(start, a))
            apposed = not begun and _apposed(part, kind, b, last, held)
            inner = [i for i in range(b + 1, last + 1) if part.tokens[i].fold not in QUOTES]
            if inner and (apposed or (not begun and any(is_strong(t) or t.fold in QUOTES for t in run))):
                yield Name(inner[0], inner[-1], "organisation", "head", 0.8, subkind=kind, strong=True, head=(a, b))
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
        first, last = _spread(page, part, (first, a), (b, last), held)
        proper = [i for i in range(first, last + 1) if not a <= i <= b and part.tokens[i].capital] or [
            i for i in range(a, b + 1) if last > b + 1 and part.tokens[i].capital
        ]
        if (
            part.tokens[a].text[0].islower()
            and last == b
            and part.starts_sentence(first)
            and not _framed(part, b)
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
        and (not part.starts_sentence(a) or _framed(part, b))
    )


def without_noun(page: Page, part: Part, name: Name) -> Name:
    """The company Agroteh d.o.o.: a legal form ends the name, the noun before it only says what it is."""
    nouns = [h for h in part.hits if h.first == name.first and h.tag == ("head", "organisation", "company")]
    if not nouns:
        return name
    a, last = max(h.last for h in nouns) + 1, name.last
    if _inside(part, name.first) and part.tokens[name.first].text[0].isupper() and not page.dense:
        return name  # Brodogradilište Lošinj d.o.o.: with a capital the noun is in the name.
    for n in range(1, min(6, last - a + 1)):
        words = [t.fold for t in part.tokens[last - n + 1 : last + 1] if t.word]
        if page.lexicon.is_legal_form(words) and part.tokens[a].text[0].isupper():
            name.first = a
            break
    return name


def _framed(part: Part, last: int) -> bool:
    """What ends here stands by itself: in a list or line, or explained by an acronym in brackets."""
    tokens = part.tokens
    after = tokens[last + 1] if last + 1 < len(tokens) else None
    if part.block.kind in ("item", "row", "label"):
        return after is None or after.fold in {"(", ",", ";", "|"}
    return (
        after is not None
        and after.fold == "("
        and last + 3 < len(tokens)
        and tokens[last + 3].fold == ")"
        and is_strong(tokens[last + 2])
    )


def _apposed(part: Part, kind: str, b: int, last: int, held: dict[int, Name]) -> bool:
    """What follows a head in small letters is the whole name: agentura Brainport Development, ίδρυμα Scena Otwarta."""
    words = [i for i in range(b + 1, last + 1) if part.tokens[i].word]
    if all(i in held for i in words):
        return False
    if kind in _CALLED:
        return True
    foreign = script(part.tokens[b].text) != script(part.tokens[words[0]].text)
    return foreign or (kind == AUTHORITY and len(words) > 1 and not any(i in held for i in words[:1]))


def _spread(
    page: Page, part: Part, left: tuple[int, int], right: tuple[int, int], held: dict[int, Name]
) -> tuple[int, int]:
    """Lower-case words inside a body's name: Hospodářská a sociální rada; Ministerstvo průmyslu a obchodu (MPO).

    To the left as far as a capital within the sentence; to the right only up to a bracket or mark.
    """
    first, a = left
    b, last = right
    if page.dense:
        return first, last
    tokens = part.tokens
    if first == a and tokens[a].text[0].islower():
        framed = _framed(part, b)
        for i in range(a - 1, max(a - 5, -1), -1):
            token = tokens[i]
            if (
                not token.word
                or (i in held and not (held[i].kind == "region" or (held[i].kind == "town" and _of_place(part, i, a))))
                or part.is_of(i, "cue", "status", "date", "number")
            ):
                break
            if token.capital:
                if (
                    not token.text[0].isdigit()
                    and (framed or i in held or not part.starts_sentence(i))
                    and not (last > b and part.is_word(i, "origins"))
                    and not is_function(part, i)
                    and not page.opens(part, i)
                    and (framed or i < a - 1)
                    and not is_strong(token)
                ):
                    first = i
                break
            if is_function(part, i) or (
                part.is_word(i, "linkers", "place_prepositions", "on_behalf") and not part.is_word(i, "and")
            ):
                break
    if last == b and first == a and tokens[a].text[0].isupper():
        last = _to_mark(part, a, b, held)
        if last == b and a not in held and _ahead(page, part):
            last = _complement(page, part, b, held)
            if not _inside(part, a) and not _closed(part, last):
                last = b
    return first, last


def _to_mark(part: Part, a: int, b: int, held: dict[int, Name]) -> int:
    """Where a name ends that a bracket or the mark of a list closes: Ministerstvo průmyslu a obchodu (MPO)."""
    tokens, last = part.tokens, b
    for i in range(b + 1, min(b + 9, len(tokens))):
        token = tokens[i]
        if not token.word:
            listed = part.block.kind in ("item", "row") and a == _opening(part, a) and token.fold in {",", ";", "("}
            bracket = token.fold == "(" and (not part.starts_sentence(a) or _framed(part, i - 1))
            return i - 1 if i > b + 1 and (listed or bracket) else last
        if token.capital and i > b + 1 and i in held and held[i].kind == "region" and not part.starts_sentence(a):
            last = held[i].last
        if (
            token.capital
            or part.is_of(i, "cue", "status", "date", "number")
            or part.is_word(i, "relatives", "pronouns")
        ):
            return last
    opens = part.block.kind in ("item", "row") and a == _opening(part, a)
    return len(tokens) - 1 if opens and len(tokens) <= b + 9 else last


def _ahead(page: Page, part: Part) -> bool:
    """Running text in a language where names begin with their head noun."""
    side = page.lexicon.data["grammar"].get("name_side")
    return part.block.kind != "heading" and not is_shouting(part) and side != "before"


def _inside(part: Part, a: int) -> bool:
    """A capital inside a clause."""
    before = part.tokens[a - 1] if a else None
    return not part.starts_sentence(a) and before is not None and (before.word or before.fold in ",:")


def _closed(part: Part, last: int) -> bool:
    """What the sentence says of it follows right behind: Ministrstvo za zdravje podpira, Институтът по овощарство,
    който."""
    i = last + 1
    if i + 1 < len(part.tokens) and part.tokens[i].fold == ",":
        return part.is_word(i + 1, "relatives")
    said = {t[:2] if t[0] == "head" else t[2:] for t in part.tags(i) if t[0] in ("head", "cue")}
    return bool(said & {("active",), ("passive",), ("head", "partnership")})


def _complement(page: Page, part: Part, b: int, held: dict[int, Name]) -> int:
    """Where the words in small letters behind a head with a capital inside its sentence end: Institut za more i obalu,
    Klaster lesníkov Horehronia."""
    tokens, last, words = part.tokens, b, 0
    for i in range(b + 1, min(b + 2 + _COMPLEMENT, len(tokens))):
        token = tokens[i]
        if not token.word or token.text[0].isdigit() or part.is_word(i, "place_prepositions"):
            break
        if token.capital:
            named = i not in held or held[i].kind in ("region", "town")
            if words and last == i - 1 and named and not is_function(part, i) and not part.head(i):
                last = held[i].last if i in held else word_end(part, i)
            break
        if part.is_word(i, "linkers"):
            continue
        if not _plain(page, part, i):
            break
        last, words = i, words + 1
    return last


def _plain(page: Page, part: Part, i: int) -> bool:
    """A noun or adjective in small letters for what a body works on: no word that says something of it."""
    said = part.is_of(i, "cue", "status", "date", "number", "word") or part.head(i) is not None
    return not said and len(part.tokens[i].text) > 3 and part.tokens[i].fold not in page.lexicon.openers


def _of_place(part: Part, i: int, a: int) -> bool:
    """Between a town and the head noun only words for a territory stand: Võru maakonna arenduskeskus."""
    return i + 1 < a and all(part.is_word(k, "territories") for k in range(i + 1, a))


def _opening(part: Part, a: int) -> int:
    """The first token of the cell, or of the line, that token `a` stands in."""
    cell = next((c for c in part.block.cells if c[0] <= part.tokens[a].start < c[1]), None)
    return next(i for i, t in enumerate(part.tokens) if cell is None or t.start >= cell[0])


def _seat(part: Part, last: int, held: dict[int, Name]) -> int:
    """The town after a dash that tells which one of its kind it is: Технически университет – Варна."""
    tokens = part.tokens
    if last + 2 < len(tokens) and tokens[last + 1].fold == "–" and last + 2 in held:
        place = held[last + 2]
        after = tokens[place.last + 1] if place.last + 1 < len(tokens) else None
        if place.kind in ("region", "town") and (after is None or after.fold in {",", ";", ".", "("}):
            return place.last
    return last


def _left(page: Page, part: Part, a: int, held: dict[int, Name], kind: str, side: str) -> int:
    first, i = a, a - 1
    tokens = part.tokens
    if kind == "company" and i > 0 and tokens[i].fold in QUOTES:
        opening = next((j for j in range(i - 1, max(i - 8, -1), -1) if tokens[j].fold in QUOTES), None)
        if opening is not None and tokens[opening + 1].capital:
            return opening
    while i >= 0:
        token = tokens[i]
        if token.fold == "&" or (token.fold == "-" and i and tokens[i - 1].word):
            i -= 1
            continue
        if token.word and part.is_word(i, "and") and i > 1 and tokens[i - 1].fold == "-":
            i -= 1
            continue
        if not token.word or is_function(part, i) or part.is_word(i, "and"):
            twofold = side == "before" and first < a and kind in (AUTHORITY, "association", "research_organisation")
            if twofold and part.is_word(i, "and") and i > 1 and i - 1 not in held:
                before, adjective = tokens[i - 2 : i]
                if before.word and before.capital and adjective.capital and adjective.fold[-1] == "i":
                    i -= 1
                    continue
            break
        place = held.get(i)
        if place is not None and place.kind == "region" and token.glue == "-" and tokens[place.first].capital:
            first = place.first
            i = first - 1
            continue
        if not token.capital or (token.text[0].isdigit() and not is_strong(token)):
            break
        if (
            part.starts_sentence(i)
            and not is_strong(token)
            and any(t[0] == "cue" and t[2] != "label" for t in part.tags(i))
        ):
            break
        other = i in held and held[i].kind in ("organisation", "partnership", "programme") and held[i].last < first
        # Kemin Digipolis Oy: what only an ending makes a theme of is a place here.
        if other and (kind != "company" or held[i].size > 1 or held[i].confidence >= _EXACT):
            break
        if (page.opens(part, i) and i not in held) or (kind != "company" and page.lexicon.is_legal_form([token.fold])):
            break
        if part.is_word(i, "origins") and i not in held and _foreign_or_small(page, part, i + 1, a):
            break
        first = i
        i -= 1
    return first


def _foreign_or_small(page: Page, part: Part, i: int, a: int) -> bool:
    """What follows a word for where a body is from is its name: the head is small, or no noun of this language."""
    if part.tokens[a].text[0].islower():
        return True
    own = any(h.tag[:2] == ("head", "organisation") for h in page.lexicon.hits(part.tokens[a : a + 1]))
    return not own and part.tokens[i].capital


def _right(
    page: Page, part: Part, b: int, held: dict[int, Name], side: str, kind: str, ended: bool, begun: bool
) -> tuple[int, bool]:
    tokens, last, linked = part.tokens, b, False
    i = b + 1
    while i < len(tokens):
        token = tokens[i]
        if token.fold in QUOTES and token.space | (i == b + 1):
            close = next((j for j in range(i + 1, min(i + 8, len(tokens))) if tokens[j].fold in QUOTES), None)
            if close is not None and i == b + 1:
                return close, linked
            break
        if token.word and token.capital and not is_function(part, i):
            if i in held and held[i].kind in ("organisation", "partnership", "programme") and i > last + 1:
                break
            if any(t[:2] == ("head", "organisation") for t in part.tags(i)) and i > b + 1 and not linked:
                break
            if page.dense and i not in held and not is_strong(token) and _says(part, i):
                break
            if last > b and not linked and any(t[:2] == ("head", "event") for t in part.tags(i)):
                break  # Verb, body, event: D'eagraigh Institiúid Kestria Comhdháil Orvina.
            placed = linked and i in held and part.is_word(i - 1, "place_prepositions")
            if placed and (ended or (last > b and kind != "university")):
                break
            last = word_end(part, max(i, held[i].last if i in held else i))
            if placed:
                break
            i = last + 1
            continue
        if begun and not linked and last == i - 1 and i in held and held[i].kind == "region":
            last = held[i].last
            break
        ended_at = _portfolio(page, part, i, held) if token.fold == "," and linked and kind == AUTHORITY else None
        if ended_at is not None:
            return ended_at, linked
        if page.dense and last in held and held[last].kind in ("region", "town") and part.is_word(i, "articles"):
            break
        if (side == "before" and token.fold != "&") or (not token.word and token.fold != "&"):
            break
        if is_linker(page, part, i) or token.fold == "&":
            j = i + (token.fold == "&")
            while j < min(len(tokens), i + 3) and (
                (tokens[j].word and not tokens[j].capital and is_linker(page, part, j))
                or (tokens[j].fold == "'" and j > i)  # Università ta' Malta
            ):
                j += 1
            joint = any(part.is_word(k, "and") and tokens[k].fold != "&" for k in range(i, j))
            if joint and not (last > b and _two_topics(page, part, kind, (b, last), j, held)):
                break
            if (
                j < len(tokens)
                and tokens[j].word
                and tokens[j].capital
                and tokens[j].text[0].isalpha()
                and script(tokens[j].text) == script(tokens[b].text)
                and not is_function(part, j)
                and not (page.dense and j not in held and not is_strong(tokens[j]) and _says(part, j))
            ):
                linked = True
                i = j
                continue
        break
    return last, linked


def _says(part: Part, i: int) -> bool:
    """Where nouns have capitals: a noun for a role, a collaboration or an event is no part of a body's name."""
    return any(t[0] == "cue" or t[:2] in (("head", "partnership"), ("head", "event")) for t in part.tags(i))


def _portfolio(page: Page, part: Part, i: int, held: dict[int, Name]) -> int | None:
    """The end of what a ministry is for, from the first comma on: for Science, Energy, Climate and the Environment."""
    tokens, last = part.tokens, None
    while i + 1 < len(tokens) and (tokens[i].fold == "," or part.is_word(i, "and")):
        joint = part.is_word(i, "and")
        j = i + 1
        while j < len(tokens) and part.is_word(j, "articles"):
            j += 1
        if j >= len(tokens) or not tokens[j].capital or j in held or is_strong(tokens[j]) or part.head(j):
            return None
        if any(t[:2] == ("head", "organisation") for t in part.tags(j)):
            return None
        last, i = j, j + 1
        if joint:
            return last
    return None


def _two_topics(page: Page, part: Part, kind: str, run: tuple[int, int], j: int, held: dict[int, Name]) -> bool:
    """Instytut Ogniw i Elektrochemii: before and after a joint stands what an authority or institute works on."""
    (b, last), tokens = run, part.tokens
    works = kind == "research_organisation" and tokens[b].text[0].isupper() and not is_strong(tokens[last])
    return (kind == AUTHORITY or (works and last not in held)) and _topic(page, part, j, held)


def _topic(page: Page, part: Part, j: int, held: dict[int, Name]) -> bool:
    """After a joint: a further topic of the body (Ministry of Industry and Technology), not a name of its own."""
    if page.dense or j >= len(part.tokens) or j in held or is_strong(part.tokens[j]):
        return False
    near = range(j, min(j + 3, len(part.tokens)))
    return not any(t[:2] in (("head", "organisation"), ("head", "partnership")) for k in near for t in part.tags(k))
