"""Names that the gazetteer holds, as a part uses them: which readings stand, and which name holds which."""

from __future__ import annotations

from pipeline.extract.names.name import Name
from pipeline.extract.page import Page, Part
from pipeline.extract.words.known import Known, Reading
from pipeline.extract.words.spelling import is_governed, is_shouting
from pipeline.gazetteer import load
from pipeline.text.tokens import QUOTES

KIND_ORDER = {"region": 0, "organisation": 1, "partnership": 2, "programme": 3, "town": 4}
AUTHORITY = "public_authority"
BODY = "body"
_STEM = 4


def listed_names(page: Page, part: Part) -> list[Name]:
    """The longest known names that do not overlap; themes only where something says that they are meant as a name."""
    out: list[Name] = []
    used: set[int] = set()
    for known in sorted(part.known, key=lambda k: (-(k.last - k.first), not k.exact, k.first)):
        if used & set(range(known.first, known.last + 1)) or _broken(part, known):
            continue
        readings = _allowed(page, part, known)
        if not readings:
            continue
        best = min(readings, key=lambda r: (KIND_ORDER.get(r.kind, 9), r.rank, r.key))
        if best.kind == "region" and _is_body(part, known):
            best = next((r for r in readings if r.kind == "organisation"), best)
        name = Name(
            known.first, known.last, best.kind, "known", 0.95 if known.exact else 0.9, key=best.key, readings=readings
        )
        name.strong = len(best.words) > 1 or best.name_kind == "acronym"
        used |= set(range(known.first, known.last + 1))
        out.append(name)
    return out


def _is_body(part: Part, known: Known) -> bool:
    """Uudenmaan liitto: a name that the territory shares with its authority, and that ends in council or union."""
    return known.first < known.last and any(
        h.tag[:2] == ("head", "organisation") and h.first == h.last == known.last for h in part.hits
    )


def _broken(part: Part, known: Known) -> bool:
    """A hyphen ties the name to a word that is not part of it (Peer-Learning, GEO-STEP), or a plus to another name
    (PIMAP+), so that it names nothing here."""
    tokens = part.tokens
    before = tokens[known.first].glue == "-"
    after = known.last + 1 < len(tokens) and tokens[known.last + 1].glue == "-"
    plus = tokens[known.last + 1] if known.last + 1 < len(tokens) else None
    if plus is not None and plus.fold == "+" and not plus.space:
        return True
    if known.last > known.first or not (before or after):
        return False
    if before and part.is_word(known.first - 1, "articles", "elisions", "place_prepositions"):
        return False
    other = tokens[known.last + 1] if after else tokens[known.first - 1]
    loud = len(other.text) > 2 and other.text.isupper() and tokens[known.first].text.isupper()
    return other.capital and (loud or all(r.kind in ("town", "region") for r in known.readings))


def _allowed(page: Page, part: Part, known: Known) -> tuple[Reading, ...]:
    tokens = part.tokens[known.first : known.last + 1]
    out = []
    for reading in known.readings:
        if reading.name_kind == "theme" and not (
            _of_group(part, known) if _is_group(reading) else _theme(page, part, known)
        ):
            continue
        if (
            reading.ambiguous == "common"
            and len(tokens) == 1
            and (_is_noun(part, known.last) or _capital_first(part, known))
        ):
            continue
        if not known.exact and reading.kind == "town" and len(tokens[0].text) < 5:
            continue
        out.append(reading)
    return tuple(out)


def _capital_first(part: Part, known: Known) -> bool:
    """An ordinary word with its capital from standing first."""
    first = part.starts_sentence(known.first) and part.block.kind == "paragraph"
    return first and not _enumerated(part, known.last)


def _is_noun(part: Part, last: int) -> bool:
    """Réunion de coordination, Centre des congrès: an ordinary word with what it is of behind it in small letters."""
    after = part.tokens[last + 1 : last + 3]
    if len(after) < 2 or not after[0].text.islower() or not after[1].text[0].islower():
        return False
    return part.is_word(last + 1, "linkers") and not part.is_word(last + 1, "and", "place_prepositions")


def _enumerated(part: Part, last: int) -> bool:
    """A comma or joint and a capital follow: the word is an item of an enumeration."""
    after = part.tokens[last + 1 : last + 3]
    return len(after) == 2 and (after[0].fold == "," or part.is_word(last + 1, "and")) and after[1].capital


def _is_group(reading: Reading) -> bool:
    entry = load().entities.get((reading.kind, reading.key))
    return entry is not None and entry.subkind == "working_group"


def _of_group(part: Part, known: Known) -> bool:
    """The members of the three working groups share practices of A, B and C: topics of known working groups behind
    their head noun."""
    return any(
        h.tag == ("head", "partnership", "working_group") and h.first < known.first
        for h in part.sentence_hits(known.first)
    )


def _theme(page: Page, part: Part, known: Known) -> bool:
    """A topic names a partnership beside a head noun or an S3 marker, in quotes, alone in a cell or line, or
    by its capitals."""
    a, b = known.first, known.last
    tokens = part.tokens
    if a > 0 and b + 1 < len(tokens) and tokens[a - 1].fold in QUOTES and tokens[b + 1].fold in QUOTES:
        return True
    capitals = [t.capital for t in tokens[a : b + 1] if t.word and len(t.text) > 3]
    if part.block.kind in ("row", "heading", "item") and tokens[a].capital and _alone(part, a, b):
        return True
    if a == 0 and tokens[a].capital and (part.block.entry or part.block.kind == "item") and _opens(part, b):
        return True
    if part.block.kind == "row" and any((tokens[a].start, tokens[b].end) == cell for cell in part.block.cells):
        return True
    if is_shouting(part):
        return _joined(part, a, b)
    near = range(max(0, a - 4), min(len(tokens), b + 4))
    if any(tag[:2] == ("head", "partnership") for i in near if not a <= i <= b for tag in part.tags(i)):
        return (
            _told(part, a, b)
            or (not any(tokens[i].fold in ".;:" for i in range(max(0, min(near)), a)) and tokens[a].capital)
            or _joined(part, a, b)
        )
    if len(capitals) > 1 and all(capitals):
        return True
    return (
        not page.dense
        and tokens[a].capital
        and not part.starts_sentence(a)
        and page.language != ""
        and len(tokens[a].text) > 4
        and any(tag[:2] == ("head", "partnership") for i in range(len(tokens)) for tag in part.tags(i))
    )


def _told(part: Part, a: int, b: int) -> bool:
    """Three words and more, behind or before a head noun in the same clause, are the topic in full."""
    heads = [
        i
        for i in range(max(0, a - 4), min(len(part.tokens), b + 3))
        if not a <= i <= b and any(t[:2] == ("head", "partnership") for t in part.tags(i))
    ]
    between = [k for i in heads for k in (range(i + 1, a) if i < a else range(b + 1, i))]
    return b - a >= 2 and bool(heads) and not any(part.tokens[k].fold in ".;:," for k in between)


def _opens(part: Part, b: int) -> bool:
    """The name at the start of a line ends at a colon, bracket, dash or comma."""
    return b + 1 < len(part.tokens) and part.tokens[b + 1].fold in {":", "(", "–", ",", "-"}


def _joined(part: Part, a: int, b: int) -> bool:
    """A head noun stands right before or after, at most one small word between."""
    for i in (a - 1, a - 2, b + 1):
        if 0 <= i < len(part.tokens) and any(t[:2] == ("head", "partnership") for t in part.tags(i)):
            return True
    return False


def _alone(part: Part, a: int, b: int) -> bool:
    tokens = part.tokens
    before = tokens[a - 1] if a else None
    after = tokens[b + 1] if b + 1 < len(tokens) else None
    return (before is None or not before.word) and (after is None or not after.word)


def authorities(page: Page, part: Part, known: list[Name]) -> list[Name]:
    """Region Skåne, Regione Lombardia, Województwo Łódzkie: with its head first and a capital the name is the
    authority's.

    The territory is named inside it; it keeps its place as a nested name.
    """
    out = []
    for name in known:
        word = _body_word(part, name)
        if name.kind == "region" and word is not None:
            out.append(Name(word, name.last, "organisation", "authority", 0.75, subkind=AUTHORITY, strong=True))
            name.first = word + 1
            continue
        if name.kind != "region" or name.size < 2 or page.dense:
            continue
        behind = _governed_behind(part, name)
        ahead = is_governed(part, name.first) and not (
            part.starts_sentence(name.first) and part.block.kind == "heading"
        )
        if not ahead and behind is None:
            continue
        body = next((r for r in name.readings if r.kind == "organisation"), None)
        out.append(
            Name(
                name.first,
                name.last,
                "organisation",
                "authority",
                0.75,
                key=body.key if body else None,
                subkind=AUTHORITY,
                strong=True,
                readings=(body,) if body else (),
                base=None if behind is None else _nominative(page, part, name, behind),
            )
        )
        if behind is not None:
            name.last = behind - 1
        else:
            name.first += 1
    return out


def _body_word(part: Part, name: Name) -> int | None:
    """The word for a territory, right before its name or first in it, that makes it the body however it is spelt: das
    Land Kärnten, de provincie Zeeland. Not where something lies in it."""
    at = next(
        (
            h.first
            for h in part.hits
            if h.tag == ("word", "governed")
            and h.value == BODY
            and h.last < name.last
            and h.first in (name.first - 1, name.first)
        ),
        None,
    )
    if at is None:
        return None
    before = at - 1 - part.is_word(at - 1, "articles")
    return None if part.is_word(before, "place_prepositions") else at


def territories(part: Part, known: list[Name]) -> list[Name]:
    """Lapin liitto, Junta de Andalucía: the region that the name of a listed authority holds is named as well."""
    out = []
    for name in known:
        entry = load().entities.get((name.kind, name.key or "")) if name.kind == "organisation" else None
        if entry is None or entry.subkind != AUTHORITY:
            continue
        keys = {r.key for r in name.readings if r.kind == "region"} | {entry.parent_key}
        for inner in part.known:
            if name.first <= inner.first and inner.last <= name.last and inner.last - inner.first < name.size - 1:
                own = tuple(r for r in inner.readings if r.kind == "region" and r.key in keys)
                if own:
                    region = Name(inner.first, inner.last, "region", "known", 0.9, key=own[0].key, readings=own)
                    region.nested = True
                    out.append(region)
                    break
    return out


def _nominative(page: Page, part: Part, name: Name, behind: int) -> str | None:
    """The authority's name in base form: the territory's own adjective and the pack's first phrase for a body."""
    entry = load().entities.get(("region", name.key or ""))
    word = entry.name.split()[0] if entry else ""
    if behind != name.first + 1 or word[:_STEM] != part.tokens[name.first].text[:_STEM]:
        return None
    return f"{word} {page.lexicon.data['grammar']['governed'][0]}"


def _governed_behind(part: Part, name: Name) -> int | None:
    """Where the words begin that end the name of a territory and make it its authority's: Košický samosprávny kraj."""
    return next(
        (h.first for h in part.hits if h.tag == ("word", "governed") and name.first < h.first < h.last == name.last),
        None,
    )
