"""Names that begin with their own head noun: la Red de Talleres del Norte, the Alliance for Silent Harbours, il Patto
per la lana alpina. Its capital inside a sentence shows that the noun is part of a name."""

from __future__ import annotations

from collections.abc import Container

from pipeline.extract.names.ahead import lemma
from pipeline.extract.names.extents import inside
from pipeline.extract.names.heads import TITLED
from pipeline.extract.names.name import Name
from pipeline.extract.names.tails import closes, topic_word
from pipeline.extract.page import MARKERS, Page, Part
from pipeline.extract.words.lexicon import TAIL, Hit
from pipeline.extract.words.spelling import is_function, is_general, is_linker, is_shouting

# A consortium with a capital is mostly a body.
_KINDS = (TITLED | {"working_group", "thematic_platform"}) - {"consortium"}
_MOST_WORDS = 6
_PLACES = ("region", "town")
_COMMON = {"head", "measures", ("word", "territories")}


def titled_heads(page: Page, part: Part, found: list[Name]) -> list[Name]:
    """Names around head nouns of partnerships with a capital inside their sentence, as far as their words go."""
    if is_shouting(part):
        return found
    for hit in part.hits:
        a, b = hit.first, hit.last
        if hit.tag[:2] != ("head", "partnership") or hit.tag[2] not in _KINDS or hit.value == TAIL:
            continue
        if any(t[0] == "several" and t[1] != "group" for t in part.tags(a)):
            continue
        if any(h.first <= a and b <= h.last and h.tag[0] == "head" and h.last - h.first > b - a for h in part.hits):
            continue
        first = part.tokens[a].text
        if not (first[0].isupper() and first[1:].islower()):
            continue
        inner = part.block.kind != "heading" and inside(part, a)
        if page.dense:
            if inner and _adjective_ahead(page, part, a, found):
                found = _dense(page, part, hit, found)
            continue
        if not (inner or (_opens_line(part, a) and not _tells_where(part, b + 1))):
            continue
        own = next((n for n in found if n.first <= b and a <= n.last), None)
        if own is not None and (own.key or own.kind != "partnership" or own.last != b):
            continue
        last = _end(page, part, b, found, own is not None and own.first < a)
        if last == b or not (inner or _ends_line(part, last)):
            continue
        begin = own.first if own is not None else a
        found = [n for n in found if n.last < begin or n.first > last]
        name = Name(begin, last, "partnership", "head", 0.75, subkind=hit.tag[2], strong=True)
        if begin == a == b and _in_case(page):
            rest = page.text[part.tokens[b].end : part.tokens[last].end]
            name.base = " ".join((lemma(page, part, hit).capitalize() + rest).split())
        found.append(name)
    return sorted(found, key=lambda n: (n.first, -n.last))


def _dense(page: Page, part: Part, hit: Hit, found: list[Name]) -> list[Name]:
    """Where all nouns have capitals, an adjective with one shows that a name begins: der Grazer Pakt für Fassbinder."""
    first, last = hit.first - 1, _end(page, part, hit.last, found, True)
    over = [n for n in found if n.first <= last and first <= n.last]
    if last == hit.last or any(n.key and n.kind not in _PLACES for n in over):
        return found
    name = Name(first, last, "partnership", "head", 0.7, subkind=hit.tag[2], strong=True)
    return [n for n in found if not any(n is o for o in over)] + [name]


def _adjective_ahead(page: Page, part: Part, a: int, found: list[Name]) -> bool:
    """Europäische, Grazer: right before the head, with a capital inside the sentence."""
    i = a - 1
    if i < 0 or not part.tokens[i].text[0].isupper() or part.tokens[a].glue or not inside(part, i):
        return False
    town = any(n.first == n.last == i and n.kind in _PLACES and part.tokens[i].fold.endswith("er") for n in found)
    return town or _is_adjective(page, part, i)


def _opens_line(part: Part, a: int) -> bool:
    """Only a number, an article or marks stand before token `a` of a line that is no running text."""
    lines = ("heading", "item", "label", "row")
    return part.block.kind in lines and all(
        not t.word or t.text.isdigit() or part.is_word(i, "articles") for i, t in enumerate(part.tokens[:a])
    )


def _tells_where(part: Part, i: int) -> bool:
    """Partnerskapet i centrum: a word for where something is opens no name."""
    return part.is_word(i, "place_prepositions") and not part.is_word(i, "topics")


def _ends_line(part: Part, last: int) -> bool:
    """The line ends here, or what it says of the name begins."""
    after = part.tokens[last + 1] if last + 1 < len(part.tokens) else None
    return after is None or after.fold in {"(", ":", "–", ",", ";", "|"}


def _end(page: Page, part: Part, b: int, found: list[Name], begun: bool) -> int:
    """The last token of what the head that ends at token `b` is of or for; `b` itself if that is not plain to see."""
    tokens, held = part.tokens, {n.first: n for n in found if not n.nested}
    last, words, linked, own = b, 0, False, False
    i = b + 1
    while i < len(tokens) and words <= _MOST_WORDS:
        name, token = held.get(i), tokens[i]
        if part.is_word(i, "relatives", "jointly", "with", "pronouns") and not part.is_word(i, "articles", "linkers"):
            break
        if name is not None and (name.kind in _PLACES or (not name.kind and name.rule != "quoted")):
            if not linked and (name.strong or (last == b and not (begun and _in_case(page)))):
                break
            if name.kind and _where(part, last, i):
                break
            own = own or not (name.kind or tokens[i].fold in MARKERS)
            last, words, linked = name.last, words + 1, False
        elif name is not None and linked:
            return b
        elif (
            name is not None
            or (not token.word and token.fold not in "'’")
            or (part.is_word(i, "and") and not (words and _joins(page, part, i, held)))
        ):
            break
        elif not token.word or _links(page, part, i):
            linked = True
        elif token.text[0].isupper():
            if is_function(part, i) or part.is_of(i, "cue", "status") or not (linked or i == last + 1):
                break
            if i == b + 1 and not (begun or _is_adjective(page, part, i)):
                break
            last, words, linked, own = i, words + 1, False, own or token.fold not in MARKERS
        elif topic_word(page, part, i) or ((linked or words) and _of_what(part, i)):
            if page.dense and not (i + 1 < len(tokens) and tokens[i + 1].text[0].isupper()):
                break
            if not linked and tokens[last].text[0].isupper() and (last > b or not _goes_on(page, part, i)):
                break
            last, words, linked, own = i, words + 1, False, True
        else:
            break
        i = last + 1 if last >= i else i + 1
    placed = held.get(b + 1)
    if begun and last == b and placed is not None and placed.kind in _PLACES and tokens[b].text[0].isupper():
        last, own = placed.last, closes(page, part, placed.last + 1)
    small = tokens[last].text.islower()
    if not own or words > _MOST_WORDS or (small and not closes(page, part, last + 1)):
        return b
    return last


def _links(page: Page, part: Part, i: int) -> bool:
    """A small word inside a name; one of another language only before a capital."""
    if part.is_word(i, "linkers", "articles", "and", "topics", "elisions", "place_prepositions"):
        return True
    return part.tokens[i + 1 : i + 2] != [] and part.tokens[i + 1].capital and is_linker(page, part, i)


def _goes_on(page: Page, part: Part, i: int) -> bool:
    """A word in small letters right behind a head with a capital that belongs to it: Sieć zielonych miast, Communauté
    européenne de la laine."""
    return _in_case(page) or _is_adjective(page, part, i)


def _is_adjective(page: Page, part: Part, i: int) -> bool:
    """Red Europea, Réseau wallon: a word for where a collaboration is from or of."""
    return is_general(page, part.tokens[i]) or part.is_word(i, "origins")


def _joins(page: Page, part: Part, i: int, held: Container[int]) -> bool:
    """A joint between two things that a collaboration is for, not before something else."""
    after = part.tokens[i + 1] if i + 1 < len(part.tokens) else None
    return after is not None and (not after.text[0].isupper() or (page.dense and i + 1 not in held))


def _in_case(page: Page) -> bool:
    """Languages whose nouns say by their case alone what something is of: Sieć zielonych miast."""
    grammar = page.lexicon.data["grammar"]
    return not grammar.get("articles") and not grammar.get("topic_endings")


def _where(part: Part, last: int, i: int) -> bool:
    """Only a word for where something is stands before token `i`: the Network for Wool in Aragón."""
    return any(part.is_word(k, "place_prepositions") for k in range(last + 1, i))


def _of_what(part: Part, i: int) -> bool:
    """A common noun in small letters for those whom a network brings together: regiones, clústeres."""
    tags = part.tags(i)
    return part.tokens[i].text.islower() and bool(tags) and all(_COMMON & {t[0], t[:2]} for t in tags)
