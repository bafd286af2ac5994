"""Bodies behind a noun and the word for where they are from: società slovena HSE, l-istitut Katalan IRTA."""

from __future__ import annotations

from functools import lru_cache

from pipeline.extract.names.name import Name
from pipeline.extract.page import Page, Part
from pipeline.extract.words.spelling import is_function, word_end
from pipeline.gazetteer import load

# Letters that the name of a country and its adjective share at least.
_STEM = 4


def origin_run(page: Page, part: Part, head: int, held: dict[int, Name]) -> tuple[int, int] | None:
    """The capitals behind a head noun and one adjective of a country or region; None if there are none."""
    tokens, at = part.tokens, head + 2
    if page.dense or at >= len(tokens) or head + 1 in held or not _tells_origin(page, part, head + 1):
        return None
    last = head + 1
    while last + 1 < len(tokens) and _goes_on(part, last + 1, held):
        last = word_end(part, last + 1)
    return (at, last) if last >= at else None


def _goes_on(part: Part, i: int, held: dict[int, Name]) -> bool:
    token = part.tokens[i]
    return token.word and token.text[0].isupper() and i not in held and not is_function(part, i) and not part.head(i)


def _tells_origin(page: Page, part: Part, i: int) -> bool:
    token = part.tokens[i]
    if not token.word or len(token.text) <= _STEM or part.is_of(i, "cue", "status", "date", "number"):
        return False
    titled = token.capital and page.lexicon.data["grammar"].get("name_side") != "after"
    return part.is_word(i, "origins") or (not titled and token.fold[:_STEM] in _stems(page.language))


@lru_cache(maxsize=32)
def _stems(language: str) -> frozenset[str]:
    """Beginnings of the names that countries have in a language."""
    names = (n for n in load().names if n.kind == "region" and len(n.key) == 2 and language in n.languages.split())
    return frozenset(n.name[:_STEM].lower() for n in names if len(n.name) > _STEM)
