"""Names in a block: known ones, bodies built around a head noun, named partnerships, and runs of capitals yet
untyped."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from pipeline.extract.known import Known, Reading, not_names
from pipeline.extract.lexicon import foreign_heads
from pipeline.extract.page import Page, Part
from pipeline.text.tokens import QUOTES, Token

KIND_ORDER = {"region": 0, "organisation": 1, "partnership": 2, "programme": 3, "town": 4}
AUTHORITY = "public_authority"


@dataclass(slots=True)
class Name:
    """Tokens `[first, last]` of a part name something. `kind` is "" for a run of capitals that nothing has
    typed yet."""

    first: int
    last: int
    kind: str
    rule: str
    confidence: float
    key: str | None = None
    subkind: str | None = None
    readings: tuple[Reading, ...] = ()
    strong: bool = False
    initial: bool = False
    nested: bool = False
    aside: bool = False
    head: tuple[int, int] | None = None
    base: str | None = None
    entity: int = -1
    twin: int = -1
    country: str | None = None
    notes: dict[str, str] = field(default_factory=dict)

    @property
    def size(self) -> int:
        return self.last - self.first + 1


def names(page: Page, part: Part) -> list[Name]:
    """Names of a part in order of their first token; a nested name follows the one that holds it."""
    taken = [False] * len(part.tokens)
    found: list[Name] = []
    known = _choose(page, part)
    known += _authorities(page, part, known)
    bodies = list(_bodies(page, part, known))
    for name in sorted(known + bodies, key=lambda n: (-n.size, n.rule != "known")):
        if any(taken[name.first : name.last + 1]):
            holder = next((f for f in found if f.first <= name.first and name.last <= f.last), None)
            if (
                holder
                and holder is not name
                and holder.kind == "organisation"
                and holder.subkind == AUTHORITY
                and name.kind == "region"
                and holder.rule != "known"
            ):
                name.nested = True
                found.append(name)
            continue
        taken[name.first : name.last + 1] = [True] * name.size
        found.append(name)
    for name in _runs(page, part, taken):
        taken[name.first : name.last + 1] = [True] * name.size
        found.append(name)
    found.sort(key=lambda n: (n.first, -n.last))
    found = _merged(part, found)
    _type_by_head(page, part, found)
    _type_by_apposition(part, found)
    _type_by_list_head(part, found)
    return [n for n in found if n.kind or n.rule != "weak"]


def _choose(page: Page, part: Part) -> list[Name]:
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
        name = Name(
            known.first, known.last, best.kind, "known", 0.95 if known.exact else 0.9, key=best.key, readings=readings
        )
        name.strong = len(best.words) > 1 or best.name_kind == "acronym"
        used |= set(range(known.first, known.last + 1))
        out.append(name)
    return out


def _broken(part: Part, known: Known) -> bool:
    """A hyphen ties the name to a word that is not part of it (Peer-Learning), so that it names nothing here."""
    tokens = part.tokens
    before = tokens[known.first].glue == "-"
    after = known.last + 1 < len(tokens) and tokens[known.last + 1].glue == "-"
    if known.last > known.first or not (before or after):
        return False
    if before and part.is_word(known.first - 1, "articles", "elisions", "place_prepositions"):
        return False
    other = tokens[known.last + 1] if after else tokens[known.first - 1]
    return other.capital and all(r.kind in ("town", "region") for r in known.readings)


def _allowed(page: Page, part: Part, known: Known) -> tuple[Reading, ...]:
    tokens = part.tokens[known.first : known.last + 1]
    out = []
    for reading in known.readings:
        if reading.name_kind == "theme" and not _theme(page, part, known):
            continue
        if reading.ambiguous == "common" and (
            len(tokens) == 1
            and part.starts_sentence(known.first)
            and part.block.kind == "paragraph"
            and not _enumerated(part, known.last)
        ):
            continue
        if not known.exact and reading.kind == "town" and len(tokens[0].text) < 5:
            continue
        out.append(reading)
    return tuple(out)


def _enumerated(part: Part, last: int) -> bool:
    """A comma or joint and a capital follow: the word is an item of an enumeration."""
    after = part.tokens[last + 1 : last + 3]
    return len(after) == 2 and (after[0].fold == "," or part.is_word(last + 1, "and")) and after[1].capital


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
    if _shouting(part):
        return _joined(part, a, b)
    near = range(max(0, a - 4), min(len(tokens), b + 4))
    if any(tag[:2] == ("head", "partnership") for i in near if not a <= i <= b for tag in part.tags(i)):
        return (not any(tokens[i].fold in ".;:" for i in range(max(0, min(near)), a)) and tokens[a].capital) or _joined(
            part, a, b
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


def _opens(part: Part, b: int) -> bool:
    """The name at the start of a line ends at a colon, bracket, dash or comma."""
    return b + 1 < len(part.tokens) and part.tokens[b + 1].fold in {":", "(", "–", ",", "-"}


def _shouting(part: Part) -> bool:
    """Most words of the part are in capitals, so that capitals mean nothing there."""
    words = [t for t in part.tokens if t.word and len(t.text) > 1]
    return len(words) > 3 and sum(t.text.isupper() for t in words) > 0.6 * len(words)


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


def _authorities(page: Page, part: Part, known: list[Name]) -> list[Name]:
    """Region Skåne, Regione Lombardia, Województwo Łódzkie: with its head first and a capital the name is the
    authority's.

    The territory is named inside it; it keeps its place as a nested name.
    """
    out = []
    for name in known:
        if name.kind != "region" or name.size < 2 or page.dense:
            continue
        first = part.tokens[name.first]
        if not first.text[0].isupper() or (part.starts_sentence(name.first) and part.block.kind == "heading"):
            continue
        if not any(t[:2] == ("head", "organisation") and t[2] == AUTHORITY for t in part.tags(name.first)):
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
            )
        )
        name.first += 1
    return out


def _bodies(page: Page, part: Part, known: list[Name]) -> Iterator[Name]:
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
        if b + 1 < len(part.tokens) and part.tokens[b + 1].glue == "-" and part.tokens[b + 1].text.islower():
            continue
        if a in held and held[a].kind != "region" and held[a].kind != "town" and held[a].size > b - a + 1:
            continue
        if any((x, y) != (a, b) and x <= a and b <= y for x, y in heads):
            continue
        first = _left(page, part, a, held)
        last, linked = _right(page, part, b, held, side, kind)
        if part.tokens[a].text[0].islower() and last > b and not linked and first == a:
            run = part.tokens[b + 1 : last + 1]
            apposed = kind in ("cluster", "company", "association", "network") and not all(
                i in held for i in range(b + 1, last + 1)
            )
            if apposed or any(_strong(t) or t.fold in QUOTES for t in run):
                inner = [i for i in range(b + 1, last + 1) if part.tokens[i].fold not in QUOTES]
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
        first, last = _spread(page, part, (first, a), (b, last), held)
        proper = [i for i in range(first, last + 1) if not a <= i <= b and part.tokens[i].capital] or [
            i for i in range(a, b + 1) if last > b + 1 and part.tokens[i].capital
        ]
        if (
            part.tokens[a].text[0].islower()
            and last == b
            and part.starts_sentence(first)
            and all(i not in held and not _strong(part.tokens[i]) for i in proper)
            and first == a - 1
        ):
            continue
        if not proper and not (b > a and sum(t.capital for t in part.tokens[a : b + 1]) > 1):
            continue
        if part.tokens[first].fold in QUOTES and first == a:
            continue
        yield Name(first, last, "organisation", "head", 0.75, subkind=kind, strong=True, head=(a, b))


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
        for i in range(a - 1, max(a - 5, -1), -1):
            token = tokens[i]
            if (
                not token.word
                or (i in held and held[i].kind != "region")
                or any(t[0] in ("cue", "status", "date", "number") for t in part.tags(i))
            ):
                break
            if token.capital:
                if (
                    not token.text[0].isdigit()
                    and not part.starts_sentence(i)
                    and not _function(part, i)
                    and i < a - 1
                    and not _strong(token)
                ):
                    first = i
                break
            if _function(part, i) or (
                part.is_word(i, "linkers", "place_prepositions", "on_behalf") and not part.is_word(i, "and")
            ):
                break
    if last == b and first == a and tokens[a].text[0].isupper() and not part.starts_sentence(a):
        for i in range(b + 1, min(b + 9, len(tokens))):
            token = tokens[i]
            if not token.word:
                if i > b + 1 and token.fold == "(":
                    last = i - 1
                break
            if (
                token.capital
                or any(t[0] in ("cue", "status", "date", "number") for t in part.tags(i))
                or part.is_word(i, "relatives", "pronouns")
            ):
                break
    return first, last


def _left(page: Page, part: Part, a: int, held: dict[int, Name]) -> int:
    first, i = a, a - 1
    tokens = part.tokens
    while i >= 0:
        token = tokens[i]
        if token.fold == "&" or (token.fold == "-" and i and tokens[i - 1].word):
            i -= 1
            continue
        if not token.word or _function(part, i):
            if token.word and part.is_word(i, "and") and i and tokens[i - 1].fold == "-":
                i -= 1
                continue
            break
        if not token.capital or (token.text[0].isdigit() and not _strong(token)):
            break
        if (
            part.starts_sentence(i)
            and not _strong(token)
            and any(t[0] == "cue" and t[2] != "label" for t in part.tags(i))
        ):
            break
        if i in held and held[i].kind in ("organisation", "partnership", "programme") and held[i].last < first:
            break
        first = i
        i -= 1
    return first


def _right(page: Page, part: Part, b: int, held: dict[int, Name], side: str, kind: str) -> tuple[int, bool]:
    tokens, last, linked = part.tokens, b, False
    i = b + 1
    while i < len(tokens):
        token = tokens[i]
        if token.fold in QUOTES and token.space | (i == b + 1):
            close = next((j for j in range(i + 1, min(i + 8, len(tokens))) if tokens[j].fold in QUOTES), None)
            if close is not None and i == b + 1:
                return close, linked
            break
        if token.word and token.capital and not _function(part, i):
            if i in held and held[i].kind in ("organisation", "partnership", "programme") and i > last + 1:
                break
            if any(t[:2] == ("head", "organisation") for t in part.tags(i)) and i > b + 1 and not linked:
                break
            last = max(i, held[i].last if i in held else i)
            i = last + 1
            continue
        if side == "before" or (not token.word and token.fold != "&"):
            break
        if _linker(part, i) or token.fold == "&":
            j = i
            while j < len(tokens) and tokens[j].word and not tokens[j].capital and _linker(part, j) and j < i + 3:
                j += 1
            joint = any(part.is_word(k, "and") for k in range(i, j))
            if joint and not (kind == AUTHORITY and _topic(page, part, j, held)):
                break
            if (
                j < len(tokens)
                and tokens[j].word
                and tokens[j].capital
                and tokens[j].text[0].isalpha()
                and _script(tokens[i].text) == _script(tokens[b].text)
                and not _function(part, j)
            ):
                linked = True
                i = j
                continue
        break
    return last, linked


def _script(text: str) -> str:
    """Script of a word's first letter: LATIN, GREEK, CYRILLIC; a name does not go on in another one."""
    return unicodedata.name(text[0], "").partition(" ")[0]


def _linker(part: Part, i: int) -> bool:
    return part.is_word(i, "linkers", "articles", "elisions", "and") or part.tokens[i].fold in foreign_heads().linkers


def _topic(page: Page, part: Part, j: int, held: dict[int, Name]) -> bool:
    """After a joint: a further topic of the body (Ministry of Industry and Technology), not a name of its own."""
    if page.dense or j >= len(part.tokens) or j in held or _strong(part.tokens[j]):
        return False
    return not any(t[:2] in (("head", "organisation"), ("head", "partnership")) for t in part.tags(j))


def _function(part: Part, i: int) -> bool:
    """A small word that ends a name even with a capital: articles, pronouns, joints."""
    return (
        part.is_word(i, "articles", "pronouns", "relatives", "self", "all", "among", "except", "contrast", "ordinals")
        and not _strong(part.tokens[i])
    ) or any(t[0] in ("date", "number") for t in part.tags(i))


def _strong(token: Token) -> bool:
    return _unmistakable(token.text)


@lru_cache(maxsize=50_000)
def _unmistakable(text: str) -> bool:
    """Capitals that only names have: CamelCase, ALLCAPS of two letters and more, letters beside digits."""
    letters = [c for c in text if c.isalpha()]
    if len(letters) < 2:
        return False
    upper = sum(c.isupper() for c in letters)
    return (
        (upper >= 2 and upper == len(letters))
        or any(c.isupper() for c in text[1:])
        or (upper > 0 and any(c.isdigit() for c in text))
    )


def _runs(page: Page, part: Part, taken: list[bool]) -> Iterator[Name]:
    """Runs of capitals, and what stands in quotes, that no list or head noun explains."""
    tokens = part.tokens
    i = 0
    shouting = _shouting(part)
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
            ):
                yield Name(i + 1, close - 1, "", "quoted", 0.5, strong=True)
                i = close + 1
                continue
        if (
            taken[i]
            or not token.word
            or not token.capital
            or (token.text[0].isdigit() and not _strong(token))
            or _function(part, i)
        ) and not (token.word and not taken[i] and _strong(token)):
            i += 1
            continue
        if (
            part.starts_sentence(i)
            and not _strong(token)
            and any(h.first == i and h.tag[0] in ("cue", "word", "status", "head") for h in part.hits)
        ):
            i += 1
            continue
        if part.head(i):
            i += 1
            continue
        j = i
        while j + 1 < len(tokens) and not taken[j + 1]:
            following = tokens[j + 1]
            if following.word and part.head(j + 1):
                break
            if following.word and (
                (following.capital and not _function(part, j + 1))
                or following.glue == "-"
                or (following.glue == "'" and len(following.text) < 3)
            ):
                j += 1
            elif (following.fold == "&" and j + 2 < len(tokens) and tokens[j + 2].capital and not taken[j + 2]) or (
                following.fold == "'"
                and j + 2 < len(tokens)
                and tokens[j + 2].capital
                and tokens[j].fold.endswith("s")
                and not following.space
            ):
                j += 2
            else:
                break
        strong = any(_strong(t) for t in tokens[i : j + 1]) and not shouting
        initial = part.starts_sentence(i)
        if (
            len("".join(t.text for t in tokens[i : j + 1])) > 1
            and " ".join(t.fold for t in tokens[i : j + 1]) not in not_names()
            and (strong or any(not _common(part, k) for k in range(i, j + 1)))
        ):
            weak = page.dense and not strong
            yield Name(i, j, "", "weak" if weak else "capitals", 0.3 if weak else 0.4, strong=strong, initial=initial)
        i = j + 1


def _merged(part: Part, found: list[Name]) -> list[Name]:
    """Digital Moravia, Silicon Saxony, Hafen Linz AG: a run of capitals and the place right beside it are one name."""
    out: list[Name] = []
    for name in found:
        last = out[-1] if out else None
        pair = {last.kind, name.kind} if last else set()
        if (
            last is not None
            and "" in pair
            and pair <= {"", "region", "town"}
            and name.first == last.last + 1
            and not part.tokens[name.first].glue
            and all(n.kind == "" or (n.size == 1 and n.confidence >= 0.95) for n in (last, name))
            and not (last.initial and not last.strong)
            and not any(n.rule in ("quoted", "weak") for n in (last, name))
            and part.block.kind != "row"
        ):
            last.last, last.kind, last.key, last.readings = name.last, "", None, ()
            last.strong = last.strong or name.strong
            last.rule, last.confidence, last.initial = "capitals", 0.4, last.initial
            continue
        out.append(name)
    return out


def _common(part: Part, i: int) -> bool:
    """A word of the pack that is no name by itself: a head noun, something that is counted."""
    return any(t[0] in ("head", "measures", "sections", "labels") for t in part.tags(i))


def _type_by_head(page: Page, part: Part, found: list[Name]) -> None:
    """A run beside a head noun is of the head's kind: project LEADWELL, „Chemikalia” partnership, programme
    Cluster Excellence."""
    side = page.lexicon.data["grammar"].get("name_side", "both")
    for name in found:
        if name.kind:
            continue
        compound = part.compound(name.last)
        if (
            compound
            and compound[1] == "partnership"
            and name.size == 1
            and not name.initial
            and (not page.dense or name.strong)
        ):
            name.kind, name.subkind, name.rule, name.confidence = "partnership", compound[2], "compound", 0.7
            continue
        for i, after in ((name.first - 1, False), (name.last + 1, True)):
            step = 1 if after else -1
            while 0 <= i < len(part.tokens) and part.tokens[i].fold in QUOTES:
                i += step
            if not 0 <= i < len(part.tokens) or not part.tokens[i].word:
                continue
            tag = next(
                (t for t in sorted(part.tags(i)) if t[0] == "head" and t[1] in ("partnership", "programme")), None
            )
            glued = part.tokens[name.last + 1].glue == "-" if after else False
            if tag is None or (name.rule == "weak" and (name.size > 3 or (after and not glued))):
                continue
            if after and not glued and not name.strong and name.size == 1 and (name.initial or side == "after"):
                continue
            if any(f.first <= i <= f.last for f in found if f is not name):
                continue
            name.kind, name.subkind, name.rule, name.confidence = tag[1], tag[2], "head", 0.8 if name.strong else 0.65
            head = part.tokens[i]
            if (
                after
                and i == name.last + 1
                and head.text[0].isupper()
                and not head.text.isupper()
                and not page.dense
                and not _shouting(part)
            ):
                name.last = i
            break


def _type_by_apposition(part: Part, found: list[Name]) -> None:
    """X, a thematic partnership; X is one of the projects: what follows a run says what it is."""
    starts = {n.first for n in found}
    for name in found:
        if name.kind or not name.strong:
            continue
        comma = words = 0
        for i in range(name.last + 1, min(name.last + 8, len(part.tokens))):
            token = part.tokens[i]
            if i in starts or (not token.word and (token.fold != "," or i != name.last + 1)):
                break
            comma += token.fold == ","
            words += token.word
            tags = part.tags(i)
            if any(t[0] == "cue" and t[2] != "label" and t[1] != "part_of" for t in tags):
                break
            head = next(
                (t for t in sorted(tags) if t[0] == "head" and t[1] in ("partnership", "organisation", "programme")),
                None,
            )
            if head is None:
                continue
            copula = part.tokens[name.last + 1]
            small = any(
                part.is_word(k, "articles", "all") or ("numbers",) in part.tags(k) for k in range(name.last + 2, i)
            )
            if comma or (len(copula.text) <= 4 and copula.text.islower() and (small or words <= 4)):
                name.kind, name.subkind, name.rule, name.confidence = head[1], head[2], "apposition", 0.7
            break


def _type_by_list_head(part: Part, found: list[Name]) -> None:
    """Two projects: X and Y. After a colon, strong runs are of the kind of the last head noun before it."""
    for i, token in enumerate(part.tokens):
        if token.fold not in {":", "–"} or (token.fold == "–" and part.block.kind not in ("heading", "item")):
            continue
        a, b = part.sentences[part.sentence_of(i)]
        heads = [
            (k, t)
            for k in range(max(a, i - 4), i)
            for t in part.tags(k)
            if t[0] == "head" and t[1] in ("partnership", "organisation")
        ]
        if not heads or any(n.first <= heads[-1][0] <= n.last for n in found):
            continue
        tag = heads[-1][1]
        for name in found:
            if not name.kind and name.strong and i < name.first < b:
                name.kind, name.subkind, name.rule, name.confidence = tag[1], tag[2], "list head", 0.7
