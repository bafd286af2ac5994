"""Bodies taken up by the head of their name alone: the Commission, the University."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pipeline.extract.cast import folded
from pipeline.extract.names.part import Name
from pipeline.extract.page import Page, Part
from pipeline.extract.reading import Reading
from pipeline.extract.words.lexicon import TAIL
from pipeline.gazetteer import load

_INSTITUTIONS = ("eu_institution", "international_organisation")
# Letters that a head noun keeps in whatever case it stands; and how long one in a list of capitals may be.
_STEM, _LONGEST = 6, 13


def short_names(page: Page, out: list[Reading]) -> None:
    """Names for heads of bodies that stand alone.

    An institution of Europe may be named so anywhere in a text that names it. Any other body only after its full name,
    and only while no second body with the same head has been named.
    """
    heads = [_heads(reading.part) for reading in out]
    institutions: dict[str, Name] = {}
    for reading, nouns in zip(out, heads, strict=True):
        for name in reading.names if nouns else ():
            if name.size > 1 and _institution(name):
                for stem in _stems(reading.part, name, nouns):
                    institutions.setdefault(stem, name)
    bodies: dict[str, dict[str, Name]] = {}
    forms: set[str] = set()
    for reading, nouns in zip(out, heads, strict=True):
        if not nouns:
            continue
        part, found = reading.part, []
        held = {i for n in reading.names if n.kind for i in range(n.first, n.last + 1)}
        named = {n.first: n for n in reading.names if n.kind == "organisation" and n.size > 1}
        for i in sorted(nouns | named.keys()):
            token = part.tokens[i]
            if i in named:
                text = page.text[part.tokens[i].start : part.tokens[named[i].last].end]
                for stem in _stems(part, named[i], nouns):
                    model = replace(named[i], base=named[i].base or (None if named[i].key else text))
                    bodies.setdefault(stem, {}).setdefault(model.key or folded(model.base or text), model)
                forms |= {t.fold for t in part.tokens[i : named[i].last + 1]}
            if i in held or i not in nouns or not token.word:
                continue
            stem = token.fold[:_STEM]
            known = bodies.get(stem, {})
            meant = institutions.get(stem) if token.text[0].isupper() and len(token.fold) <= _LONGEST else None
            if meant is None and len(known) == 1 and (_definite(page, part, i) or _acts(page, part, i, forms)):
                meant = next(iter(known.values()))
            if meant is not None:
                short = replace(meant, first=i, last=i, rule="short", confidence=0.8, nested=False, aside=False)
                found.append(replace(short, head=None, notes={}, strong=False))
        if found:
            taken = {n.first for n in found}
            kept = [n for n in reading.names if n.kind or not taken & set(range(n.first, n.last + 1))]
            reading.names = sorted(kept + found, key=lambda n: (n.first, -n.last))


def _institution(name: Name) -> bool:
    entry = load().entities.get((name.kind, name.key)) if name.key else None
    return entry is not None and entry.subkind in _INSTITUTIONS


def _stems(part: Part, name: Name, nouns: set[int]) -> Iterator[str]:
    """Stems of the head nouns inside a name."""
    for i in range(name.first, name.last + 1):
        if i in nouns:
            yield part.tokens[i].fold[:_STEM]


def _heads(part: Part) -> set[int]:
    """The tokens that are head nouns of bodies by themselves."""
    return {
        h.first
        for h in part.hits
        if h.first == h.last
        and h.tag[:2] == ("head", "organisation")
        and h.value != TAIL
        and len(part.tokens[h.first].fold) >= _STEM
    }


def _definite(page: Page, part: Part, i: int) -> bool:
    """Whether the noun stands as something known by now: with its article, and with no name beside it."""
    grammar = page.lexicon.data["grammar"]
    before = part.tokens[i - 1] if i else None
    after = part.tokens[i + 1 : i + 3]
    if any(t.capital for t in after[:1]) or (len(after) == 2 and part.is_word(i + 1, "linkers") and after[1].capital):
        return False
    if before is not None and (before.glue == "-" or (before.capital and not part.starts_sentence(i - 1))):
        return False
    if part.tokens[i].glue == "-" or (before is not None and before.fold in grammar.get("indefinite", ())):
        return False
    if part.tokens[i].fold.endswith(tuple(grammar.get("article_endings", ()))):
        return True
    # Without articles nothing tells the University from universities inside a sentence.
    return before is not None and part.is_word(i - 1, "articles", "elisions")


def _acts(page: Page, part: Part, i: int, forms: set[str]) -> bool:
    """In a language without articles: the noun opens a sentence, in a form in which the name had it, and a word for
    what it does, or a small one, follows."""
    if page.lexicon.data["grammar"]["articles"] or not part.starts_sentence(i) or part.tokens[i].fold not in forms:
        return False
    after = part.tokens[i + 1] if i + 1 < len(part.tokens) else None
    if after is None or not after.word or not after.text.islower() or part.block.kind not in ("paragraph", "item"):
        return False
    small = len(after.text) <= 3 and not part.is_word(i + 1, "linkers", "and")
    return small or part.is_of(i + 1, "cue") or part.is_word(i + 1, "pronouns")
