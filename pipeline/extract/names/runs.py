"""Runs of capitals, and what stands in quotes, that no list or head noun explains."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.extract.names.name import Name
from pipeline.extract.page import Page, Part
from pipeline.extract.words.known import not_names
from pipeline.extract.words.spelling import is_common, is_function, is_shouting, is_strong, word_end
from pipeline.text.tokens import QUOTES, Token


def runs(page: Page, part: Part, taken: list[bool]) -> Iterator[Name]:
    """Runs of capitals, and what stands in quotes, that no list or head noun explains."""
    tokens = part.tokens
    i = 0
    shouting = is_shouting(part)
    while i < len(tokens):
        token = tokens[i]
        if token.fold in QUOTES and not taken[i]:
            close = next((j for j in range(i + 1, min(i + 10, len(tokens))) if tokens[j].fold in QUOTES), None)
            if (
                close is not None
                and close > i + 1
                and not any(taken[i + 1 : close])
                and tokens[i + 1].capital
                and not any(tokens[k].fold in ".?!;" for k in range(i, close))
                and not part.is_word(i + 1, "self")
            ):
                yield Name(i + 1, close - 1, "", "quoted", 0.5, strong=True)
                i = close + 1
                continue
        if (
            taken[i]
            or not token.word
            or not token.capital
            or (token.text[0].isdigit() and not is_strong(token))
            or (is_function(part, i) and not _hyphened(part, i) and not _titled_ordinal(page, part, i))
        ) and not (token.word and not taken[i] and is_strong(token)):
            i += 1
            continue
        if (
            part.starts_sentence(i)
            and not is_strong(token)
            and not _hyphened(part, i)
            and part.begins(i, "cue", "word", "status", "head")
        ):
            i += 1
            continue
        if (
            part.head(i)
            or (page.opens(part, i) and not _hyphened(part, i))
            or part.is_word(i, "origins")
            or page.lexicon.is_legal_form([token.fold])
            or _says_what(page, part, i)
        ):
            i += 1
            continue
        j = word_end(part, i)
        while j + 1 < len(tokens) and not taken[j + 1]:
            following = tokens[j + 1]
            if following.word and (part.head(j + 1) or (following.glue == "-" and part.is_word(j + 1, "naming"))):
                break
            if _year(part, j + 1):
                break
            if following.word and (
                (following.capital and (not is_function(part, j + 1) or _titled_number(page, part, j + 1)))
                or following.glue == "-"
                or (following.glue == "'" and len(following.text) < 3)
            ):
                j += 1
            elif (
                (following.fold == "&" and j + 2 < len(tokens) and tokens[j + 2].capital and not taken[j + 2])
                or (
                    following.fold == "'"
                    and j + 2 < len(tokens)
                    and tokens[j + 2].capital
                    and tokens[j].fold.endswith("s")
                    and not following.space
                )
                or (_dashed(part, j + 1) and not taken[j + 2] and not part.head(j + 2))
            ):
                j += 2
            elif not shouting and (step := _through_capitals(part, i, j)):
                j += step
            else:
                break
            j = word_end(part, j)
        i += _verb_ahead(page, part, i, j)
        strong = (any(is_strong(t) for t in tokens[i : j + 1]) or tokens[j].fold == "+") and not shouting
        initial = part.starts_sentence(i) or tokens[i - 1].fold in {":", "–"} or _numbered(part, i)
        if (
            not any(part.is_word(k, "documents") for k in range(i, j + 1))
            and len("".join(t.text for t in tokens[i : j + 1])) > 1
            and " ".join(t.fold for t in tokens[i : j + 1]) not in not_names()
            and (strong or any(not is_common(part, k) for k in range(i, j + 1)) or _compounded(page, part, i, initial))
        ):
            weak = page.dense and not strong
            name = Name(i, j, "", "weak" if weak else "capitals", 0.3 if weak else 0.4, strong=strong, initial=initial)
            name.plain = i == j and not strong and (is_common(part, i) or tokens[i].fold in page.small)
            yield name
        i = j + 1


def _verb_ahead(page: Page, part: Part, i: int, j: int) -> bool:
    """Rusza SilentLoom: the word that begins a sentence is not in the name if the text has the rest without it."""
    tokens = part.tokens
    if i == j or not part.starts_sentence(i) or is_strong(tokens[i]) or tokens[i + 1].glue or page.dense:
        return False
    if j == i + 1 and not is_strong(tokens[j]):
        return False
    rest = tuple(t.text for t in tokens[i + 1 : j + 1])
    return bool(page.preceded(rest[:2]) - {tokens[i].text})


def _compounded(page: Page, part: Part, i: int, initial: bool) -> bool:
    """A compound for a collaboration with a capital inside its sentence: Tuohiverkostossa, het Wandelpact."""
    tag = part.compound(i)
    titled = part.tokens[i].text[1:].islower() and not page.dense and not initial
    return titled and tag is not None and tag[1] == "partnership" and not is_shouting(part)


def _titled_ordinal(page: Page, part: Part, i: int) -> bool:
    """An ordinal with a capital between the head noun of a partnership and a word with a capital: de werkgroep Tweede
    Leven."""
    if page.dense or not 0 < i < len(part.tokens) - 1 or not part.is_word(i, "ordinals"):
        return False
    headed = part.tokens[i - 1].text.islower() and any(t[:2] == ("head", "partnership") for t in part.tags(i - 1))
    return headed and part.tokens[i].text[0].isupper() and part.tokens[i + 1].text[0].isupper()


def _titled_number(page: Page, part: Part, i: int) -> bool:
    """A number in words with a capital inside its sentence: le projet Quai Zéro."""
    text = part.tokens[i].text
    return not page.dense and text.isalpha() and text[1:].islower() and part.tags(i) <= {("number",)}


def _dashed(part: Part, i: int) -> bool:
    """A dash without spaces ties two words with capitals: Human–Salt Interfaces."""
    pair = part.tokens[i : i + 2]
    return len(pair) == 2 and pair[0].fold == "–" and not (pair[0].space or pair[1].space) and pair[1].text[0].isupper()


def _year(part: Part, i: int) -> bool:
    """Startade nätverket Velmora 2016: where a sentence tells of a beginning, a bare year says when."""
    text = part.tokens[i].text
    if not (text.isdigit() and len(text) == 4 and text[:2] in ("19", "20")) or part.block.kind != "paragraph":
        return False
    a = part.sentences[part.sentence_of(i)][0]
    return any(h.tag[0] == "cue" and h.tag[1] in ("found", "launch") for h in part.sentence_hits(a))


def _hyphened(part: Part, i: int) -> bool:
    """A letter that a hyphen ties to capitals: E-BICI, whatever "e" means."""
    token, after = part.tokens[i], part.tokens[i + 1 : i + 2]
    return len(token.text) == 1 and token.text.isupper() and bool(after) and after[0].glue == "-" and _loud(after[0])


def _loud(token: Token) -> bool:
    return token.word and len(token.text) > 2 and token.text.isupper()


def _through_capitals(part: Part, i: int, j: int) -> int:
    """How many tokens of a name all in capitals follow, small words in capitals included: MONTAGNES D'EUROPE."""
    tokens = part.tokens
    k = j + 1
    while (
        k < min(j + 3, len(tokens)) and tokens[k].text.isupper() and part.is_word(k, "linkers", "elisions", "articles")
    ):
        k += 1
    ends = k < len(tokens) and k > j + 1 and _loud(tokens[k])
    return k - j if ends and all(_loud(t) or not t.word for t in tokens[i : j + 1]) else 0


def merged(part: Part, found: list[Name]) -> list[Name]:
    """Digital Moravia, Silicon Saxony, Hafen Linz AG: a run of capitals and the place right beside it are one name."""
    out: list[Name] = []
    held = {i for n in found for i in range(n.first, n.last + 1)}
    for name in found:
        last = out[-1] if out else None
        pair = {last.kind, name.kind} if last else set()
        if (
            last is not None
            and "" in pair
            and pair <= {"", "region", "town"}
            and _beside(part, last, name)
            and not part.tokens[name.first].glue
            and all(n.kind == "" or (n.confidence >= 0.9 and (n.size == 1 or last.strong)) for n in (last, name))
            and (last.kind or last.strong or not last.initial or _fills(part, last.first, name.last))
            and not any(n.rule in ("quoted", "weak") for n in (last, name))
        ):
            last.last, last.kind, last.key, last.readings = _tail(part, name, held), "", None, ()
            last.strong = last.strong or name.strong or name.kind in ("region", "town")
            last.rule, last.confidence, last.initial = "capitals", 0.4, last.initial
            continue
        out.append(name)
    return out


def linked(page: Page, part: Part, found: list[Name]) -> list[Name]:
    """Two runs that only small words of names part are one: Herdade do Freixial, Águas do Mondego."""
    if page.dense or is_shouting(part):
        return found
    out: list[Name] = []
    for name in found:
        last = out[-1] if out else None
        if last is not None and _free(last) and _free(name) and _small_between(part, last, name):
            last.last, last.plain = name.last, False
            continue
        out.append(name)
    return out


def _free(name: Name) -> bool:
    return not name.kind and name.rule == "capitals" and not name.strong


def _small_between(part: Part, left: Name, right: Name) -> bool:
    gap = range(left.last + 1, right.first)
    return 0 < len(gap) < 4 and all(
        (part.tokens[i].fold == "'" or part.is_word(i, "linkers", "elisions"))
        and not part.tokens[i].text[0].isupper()
        and not part.is_word(i, "and", "place_prepositions")
        for i in gap
    )


def _fills(part: Part, first: int, last: int) -> bool:
    """An item or what a colon opens, or its beginning before a bracket or mark: Holzcluster Steiermark (until 2023)."""
    after = part.tokens[last + 1] if last + 1 < len(part.tokens) else None
    ends = after is None or after.fold in {"(", ",", ";", "|", "–", "."} or part.is_word(last + 1, "and")
    opens = part.block.kind in ("item", "row") or (first > 0 and part.tokens[first - 1].fold == ":")
    return opens and first < last and ends


def _says_what(page: Page, part: Part, i: int) -> bool:
    """A compound for a collaboration before a name, with a capital for its place alone: Verbundvorhaben LeichtWerk."""
    tag = part.compound(i)
    after = part.tokens[i + 1] if i + 1 < len(part.tokens) else None
    named = after is not None and after.word and after.capital and not after.glue
    return tag is not None and tag[1] == "partnership" and named and (page.dense or part.starts_sentence(i))


def _numbered(part: Part, i: int) -> bool:
    """Only the number of a heading stands before the word: 5.2 Lopende projecten."""
    return part.block.kind == "heading" and all(not t.word or t.text.isdigit() for t in part.tokens[:i])


def _tail(part: Part, name: Name, held: set[int]) -> int:
    """Where the capitals behind a name end that no other name holds: Smart Forest Regions, Forest being a town too."""
    i = name.last
    while (
        i + 1 < len(part.tokens)
        and i + 1 not in held
        and part.tokens[i + 1].text[0].isupper()
        and not part.tokens[i + 1].glue
        and not part.head(i + 1)
        and not is_function(part, i + 1)
    ):
        i += 1
    return i


def _beside(part: Part, left: Name, right: Name) -> bool:
    """Nothing stands between two names, in one cell if it is a table; an apostrophe may: Flanders' FOOD."""
    tokens = part.tokens
    gap = range(left.last + 1, right.first)
    if part.block.kind == "row" and not any(
        a <= tokens[left.first].start and tokens[right.last].end <= z for a, z in part.block.cells
    ):
        return False
    return not gap or (len(gap) == 1 and tokens[gap[0]].fold == "'" and tokens[left.last].fold.endswith("s"))
