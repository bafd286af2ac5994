"""How far the name of a body reaches from its head noun, to either side."""

from __future__ import annotations

from pipeline.extract.names.listed import AUTHORITY
from pipeline.extract.names.name import Name
from pipeline.extract.page import Page, Part
from pipeline.extract.words.spelling import (
    is_function,
    is_linker,
    is_shouting,
    is_strong,
    script,
    word_end,
)
from pipeline.text.tokens import QUOTES

# Words in small letters that say what a body works on.
_COMPLEMENT = 6

# Bodies that bear a name in quotes behind what they are: Klaster Zielonego Wodoru „Dunajec”.
_QUOTED = {"cluster", "association", "company"}

# What a listed name counts for as it stands; less if an ending was taken off.
_EXACT = 0.95


def framed(part: Part, last: int) -> bool:
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


def spread(
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
        alone, joined = framed(part, b), False
        for i in range(a - 1, max(a - 5, -1), -1):
            token = tokens[i]
            joined = joined or part.is_word(i, "and")
            if (
                not token.word
                or part.is_word(a - 1, "and")
                or (joined and token.capital and i and tokens[i - 1].word and tokens[i - 1].capital)
                or (
                    i in held
                    and not (held[i].kind == "region" or (held[i].kind == "town" and _of_place(page, part, i, a)))
                )
                or part.is_of(i, "cue", "status", "date", "number")
            ):
                break
            if token.capital:
                if (
                    not token.text[0].isdigit()
                    and (alone or i in held or not part.starts_sentence(i))
                    and not (last > b and part.is_word(i, "origins"))
                    and not is_function(part, i)
                    and not page.opens(part, i)
                    and (alone or i < a - 1)
                    and not is_strong(token)
                ):
                    first = _beginning(page, part, i, held)
                break
            if is_function(part, i) or (
                part.is_word(i, "linkers", "place_prepositions", "on_behalf") and not part.is_word(i, "and")
            ):
                break
    if last > b and first == a and tokens[a].text[0].isupper():
        last = _through_title(page, part, a, last, held)
    elif last == b and first == a and tokens[a].text[0].isupper():
        last = _to_mark(part, a, b, held)
        if last == b and a not in held and _ahead(page, part):
            last = _complement(page, part, b, held)
            if not inside(part, a) and not _closed(part, last):
                last = b
    return first, last


def _beginning(page: Page, part: Part, i: int, held: dict[int, Name]) -> int:
    """The first of the capitals that end at token `i`: Latvijas Valsts koksnes ķīmijas institūts."""
    while i and part.tokens[i - 1].word and part.tokens[i - 1].capital and not part.tokens[i].glue:
        place = i - 1 in held and held[i - 1].kind == "region" and held[i - 1].size == 1
        if not place and (part.starts_sentence(i - 1) or page.opens(part, i - 1)):
            break
        if is_function(part, i - 1) or part.is_of(i - 1, "cue", "head") or (i - 1 in held and not place):
            break
        i -= 1
    return i


def _to_mark(part: Part, a: int, b: int, held: dict[int, Name]) -> int:
    """Where a name ends that a bracket or the mark of a list closes: Ministerstvo průmyslu a obchodu (MPO)."""
    tokens, last = part.tokens, b
    for i in range(b + 1, min(b + 9, len(tokens))):
        token = tokens[i]
        if not token.word:
            listed = part.block.kind in ("item", "row") and a == _opening(part, a) and token.fold in {",", ";", "("}
            bracket = token.fold == "(" and (not part.starts_sentence(a) or framed(part, i - 1))
            return i - 1 if i > b + 1 and (listed or bracket) else last
        placed = i in held and held[i].kind == "region" and not part.is_word(i - 1, "and")
        if token.capital and i > b + 1 and placed and not part.starts_sentence(a):
            last = held[i].last
        if (
            token.capital
            or part.is_of(i, "cue", "status", "date", "number")
            or part.is_word(i, "relatives", "pronouns")
        ):
            return last
    opens = part.block.kind in ("item", "row") and a == _opening(part, a)
    return len(tokens) - 1 if opens and len(tokens) <= b + 9 else last


def _through_title(page: Page, part: Part, a: int, last: int, held: dict[int, Name]) -> int:
    """The end of a line that is nothing but the name of a body, before its acronym in brackets and a dash: Klaster
    Severoslovenská elektromobilita (SEM), Grozd Zelena dolina."""
    tokens = part.tokens
    if a or (part.block.kind not in ("heading", "item", "label", "row") and part.block.zone != "title"):
        return last
    for i in range(last + 1, len(tokens)):
        if tokens[i].fold in {"(", ":", "–"}:
            return i - 1
        small = tokens[i].word and tokens[i].text[0].islower() and i not in held
        if not small or i > last + _COMPLEMENT or not (_plain(page, part, i) or part.is_word(i, "linkers")):
            return last
    return len(tokens) - 1


def _ahead(page: Page, part: Part) -> bool:
    """Running text in a language where names begin with their head noun."""
    side = page.lexicon.data["grammar"].get("name_side")
    return part.block.kind != "heading" and not is_shouting(part) and side != "before"


def inside(part: Part, a: int) -> bool:
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


def _of_place(page: Page, part: Part, i: int, a: int) -> bool:
    """Between a town and the head noun only words for a territory, or for what a body works on, stand: Võru maakonna
    arenduskeskus, Luleå tekniska universitet."""
    inner = range(i + 1, a)
    return i + 1 < a and (
        all(part.is_word(k, "territories") for k in inner) or all(_plain(page, part, k) for k in inner)
    )


def _opening(part: Part, a: int) -> int:
    """The first token of the cell, or of the line, that token `a` stands in."""
    cell = next((c for c in part.block.cells if c[0] <= part.tokens[a].start < c[1]), None)
    return next(i for i, t in enumerate(part.tokens) if cell is None or t.start >= cell[0])


def seat(part: Part, last: int, held: dict[int, Name]) -> int:
    """The town after a dash that tells which one of its kind it is: Технически университет – Варна."""
    tokens = part.tokens
    if last + 2 < len(tokens) and tokens[last + 1].fold == "–" and last + 2 in held:
        place = held[last + 2]
        after = tokens[place.last + 1] if place.last + 1 < len(tokens) else None
        if place.kind in ("region", "town") and (after is None or after.fold in {",", ";", ".", "("}):
            return place.last
    return last


def left(page: Page, part: Part, a: int, held: dict[int, Name], kind: str, side: str) -> int:
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
        if i not in held and (
            part.is_word(i, "documents") or (part.starts_sentence(i) and part.is_word(i, "place_prepositions"))
        ):
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


def right(
    page: Page, part: Part, b: int, held: dict[int, Name], side: str, kind: str, ended: bool, begun: bool
) -> tuple[int, bool]:
    tokens, last, linked = part.tokens, b, False
    i = b + 1
    while i < len(tokens):
        token = tokens[i]
        if token.fold in QUOTES and token.space | (i == b + 1):
            close = next((j for j in range(i + 1, min(i + 8, len(tokens))) if tokens[j].fold in QUOTES), None)
            if close is not None and (i == b + 1 or (kind in _QUOTED and i == last + 1 and tokens[i + 1].capital)):
                return close, linked
            break
        if last > b and tokens[last].text.isalpha() and page.lexicon.is_legal_form([tokens[last].fold]):
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
        if _titled_article(page, part, i) and last == i - 1:
            i += 1
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


def _titled_article(page: Page, part: Part, i: int) -> bool:
    """An article with a capital before a word with one: Hogeschool De Wadden."""
    tokens = part.tokens
    if page.dense or i + 1 >= len(tokens) or not part.is_word(i, "articles"):
        return False
    return tokens[i].text[0].isupper() and tokens[i + 1].word and tokens[i + 1].capital


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
    placed = last in held and held[last].kind in ("region", "town")
    return ((kind == AUTHORITY and not placed) or (works and last not in held)) and _topic(page, part, j, held)


def _topic(page: Page, part: Part, j: int, held: dict[int, Name]) -> bool:
    """After a joint: a further topic of the body (Ministry of Industry and Technology), not a name of its own."""
    if page.dense or j >= len(part.tokens) or j in held or is_strong(part.tokens[j]):
        return False
    near = range(j, min(j + 3, len(part.tokens)))
    return not any(t[:2] in (("head", "organisation"), ("head", "partnership")) for k in near for t in part.tags(k))
