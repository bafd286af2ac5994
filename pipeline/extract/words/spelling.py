"""What capitals, scripts and small words say about where a name begins and ends."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from pipeline.extract.page import Page, Part
from pipeline.extract.words.lexicon import foreign_heads
from pipeline.languages import word_matches
from pipeline.text.tokens import Token


def is_strong(token: Token) -> bool:
    """Capitals that only names have: CamelCase, ALLCAPS of two letters and more, letters beside digits."""
    return _strong(token.text)


@lru_cache(maxsize=50_000)
def _strong(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    if len(letters) < 2:
        return False
    upper = sum(c.isupper() for c in letters)
    return (
        (upper >= 2 and upper == len(letters))
        or any(c.isupper() for c in text[1:])
        or (upper > 0 and any(c.isdigit() for c in text))
    )


def is_function(part: Part, i: int) -> bool:
    """A small word that ends a name even with a capital: articles, pronouns, joints, words for first and next."""
    return (
        (
            part.is_word(i, "articles", "pronouns", "relatives", "self", "all", "among", "except", "contrast")
            or (part.is_word(i, "ordinals") and not _of_title(part, i))
        )
        and not is_strong(part.tokens[i])
    ) or part.is_of(i, "date", "number")


def _of_title(part: Part, i: int) -> bool:
    """A word that tells which event of several, with a capital inside its sentence: the European Marine Centre."""
    if not part.tokens[i].text[0].isupper() or part.starts_sentence(i):
        return False
    return all(h.value is None for h in part.sentence_hits(i) if h.first == i and h.tag == ("word", "ordinals"))


def is_linker(page: Page, part: Part, i: int) -> bool:
    """A small word inside names: of the text's language, or of another one if it is no word of the text's own."""
    if part.is_word(i, "linkers", "articles", "elisions", "and"):
        return True
    word = part.tokens[i].fold
    return word in foreign_heads().linkers and word not in page.lexicon.openers and not part.tags(i)


def script(text: str) -> str:
    """Script of a word's first letter: LATIN, GREEK, CYRILLIC; a name does not go on in another one."""
    return unicodedata.name(text[0], "").partition(" ")[0]


def is_shouting(part: Part) -> bool:
    """Most words of the part are in capitals, so that capitals mean nothing there."""
    words = [t for t in part.tokens if t.word and len(t.text) > 1]
    return len(words) > 3 and sum(t.text.isupper() for t in words) > 0.6 * len(words)


def is_common(part: Part, i: int) -> bool:
    """A word of the pack that is no name by itself: a head noun, something that is counted."""
    return part.is_of(i, "head", "measures", "sections", "labels")


def is_general(page: Page, token: Token) -> bool:
    """A word that tells nothing of its own before a head noun: European, new, joint."""
    return any(word_matches(word, token.fold) for word in page.lexicon.data["grammar"].get("general", ()))


def word_end(part: Part, i: int) -> int:
    """Last token of the spelling that begins at token `i` without a space: AgriDelta 4.0, HolzWert+, Po.in.tex,
    RE:CARBON."""
    tokens = part.tokens
    while i + 1 < len(tokens):
        after = tokens[i + 1]
        more = tokens[i + 2] if i + 2 < len(tokens) and not tokens[i + 2].space else None
        if after.glue == "." or (after.fold == "+" and not after.space):
            i += 1
        elif more is None or after.space:
            break
        elif (
            (after.fold == "." and tokens[i].text.isdigit() and more.text.isdigit())
            or (after.fold in {"@", "&"} and more.capital)
            or (after.fold == ":" and tokens[i].text.isupper() and more.text.isupper())
        ):
            i += 2
        else:
            break
    return i


def is_governed(part: Part, i: int) -> bool:
    """Token `i` is the word of a territory that is its authority too where it stands so, a name right behind it:
    Region Skåne, Regione Veneto, in any text."""
    if i + 1 >= len(part.tokens) or not part.tokens[i].text[0].isupper():
        return False
    name = part.tokens[i + 1]
    if not name.word or not name.text[0].isupper() or name.glue:
        return False
    own = part.is_word(i, "territories")
    return part.is_word(i, "governed") if own else part.tokens[i].fold in foreign_heads().governed
