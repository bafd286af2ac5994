"""Unknown names that a later sentence takes up by a head noun: Vetralune started in May. The project is led by Y."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.extract.names.name import Name
from pipeline.extract.page import Page, Part
from pipeline.extract.reading import Reading
from pipeline.extract.words.lexicon import Hit
from pipeline.extract.words.spelling import is_shouting
from pipeline.text.tokens import QUOTES, Token

# A head noun takes up what one of so many sentences before it names.
_BACK = 2
# Within so many words of its sentence's first stands a head noun that takes something up, or this project.
_FRONT, _FAR = 5, 8
# Who acts stands within so many words of the verb.
_BESIDE = 4
# Longer than this, what stands in quotes is what somebody says.
_SPEECH = 5
_RUNNING = {"paragraph", "item", "label"}
_QUIET = {"navigation", "contact"}
# What a name was only given for what stands around it.
_GUESSED = {"company", "sibling", "frame", "list"}
_ACTING = ("lead", "found", "member", "organise", "host", "speak", "attend")


def type_by_taking_up(page: Page, out: list[Reading]) -> None:
    """Type the unknown name that a head noun without one takes up, the first or last of a sentence shortly before."""
    loud = all(_loud(r.part.tokens) for r in out if r.part.block.kind == "heading")
    for reading in out:
        if reading.part.block.zone in _QUIET or reading.part.block.kind not in _RUNNING:
            continue
        for n, (a, b) in enumerate(reading.part.sentences):
            head = _taking_up(reading, a, b) or _pronoun(reading.part, a, b)
            name = _taken_up(page, out, reading, n, head, loud) if head is not None else None
            if head is not None and name is not None:
                kind = head.tag[2] if head.tag[0] == "head" else None
                name.kind, name.subkind, name.rule, name.confidence = "partnership", kind, "taken up", 0.65


def _loud(tokens: list[Token]) -> bool:
    return all(t.text.isupper() for t in tokens if t.word and t.text[0].isalpha())


def _taking_up(reading: Reading, a: int, b: int) -> Hit | None:
    """The head noun that stands near the beginning of its sentence, and no name beside or before it."""
    part = reading.part
    for hit in part.sentence_hits(a):
        if hit.tag[:2] != ("head", "partnership"):
            continue
        before = range(max(a, hit.first - 3), hit.first)
        if (
            hit.first - a > (_FAR if part.is_word(hit.first - 1, "pronouns") else _FRONT)
            or any(_beside(part, n, hit) or a < n.first < hit.first for n in reading.names)
            or any(("number",) in part.tags(i) or part.tokens[i].text.isdigit() for i in before)
            or any(part.is_word(i, "indefinite", "all", "ordinals") or part.tokens[i].fold in QUOTES for i in before)
        ):
            return None
        return hit
    return None


def _pronoun(part: Part, a: int, b: int) -> Hit | None:
    """It was founded by: a pronoun at the beginning, and right behind it what is said of partnerships."""
    hits = part.sentence_hits(a)
    cues = [h for h in hits if h.tag[0] == "cue" and h.tag[1] in _ACTING[:3] and h.tag[2] == "passive"]
    pronouns = [h for h in hits if h.tag == ("word", "pronouns") and h.first - a <= 1]
    return next((p for p in pronouns if any(0 < c.first - p.last <= 3 for c in cues)), None)


def _beside(part: Part, name: Name, hit: Hit) -> bool:
    """A name that the head noun may be of: right by it, or one of no actor with a quote or small word between."""
    gap = range(hit.last + 1, name.first) if name.first > hit.last else range(name.last + 1, hit.first)
    if name.kind in ("region", "organisation"):
        return not gap
    return len(gap) <= 1 and all(not part.tokens[i].word or part.is_word(i, "linkers", "articles") for i in gap)


def _taken_up(page: Page, out: list[Reading], reading: Reading, n: int, by: Hit, loud: bool) -> Name | None:
    """The unknown name of the nearest sentence before that has one, if no partnership is named there or since."""
    this = reading.part.is_word(by.first - 1, "pronouns")
    for other, a, b in _before(out, reading, n):
        here = [x for x in other.names if a <= x.first < b and not x.nested]
        unknown = [x for x in here if _unknown(page, other.part, x)]
        known = [x for x in here if x.kind == "partnership" and x.subkind != "thematic_platform"]
        if known and not (unknown and _born(other.part, unknown[-1], known)):
            return None
        if other.part.block.kind == "heading" and ((loud and _loud(other.part.tokens)) or is_shouting(other.part)):
            return None
        if unknown:
            first, last = unknown[0], unknown[-1]
            if other.part.block.kind != "heading" and not this and _rubric(other.part, first, a, b):
                return None
            if _opens(other.part, first, here, a, b):
                return first
            if by.tag[0] == "word":
                return None
            spoken = any(x.kind == "partnership" and x.first < a for x in other.names)
            return last if _closes(other.part, last, here, spoken) else None
    return None


def _before(out: list[Reading], reading: Reading, n: int) -> Iterator[tuple[Reading, int, int]]:
    """The sentences before, the nearest first; of the first of a part, the last ones of the part before it."""
    for a, b in reversed(reading.part.sentences[max(0, n - _BACK) : n]):
        yield reading, a, b
    above = out[reading.part.index - 1] if reading.part.index and not n else None
    if above is not None and above.part.block.zone not in _QUIET and above.part.block.kind != "row":
        for a, b in reversed(above.part.sentences[-_BACK:]):
            yield above, a, b


def _unknown(page: Page, part: Part, name: Name) -> bool:
    """Nothing but what stands around the name has typed it, and its spelling tells that it is one."""
    if name.kind and not (name.kind == "organisation" and name.rule in _GUESSED):
        return False
    if name.rule == "quoted":
        return name.size <= _SPEECH
    words = [part.tokens[i] for i in range(name.first, name.last + 1) if not part.is_word(i, "linkers")]
    plain = len(words) > 1 and all(t.capital and t.text.isalpha() and not t.glue for t in words)
    placed = any(name.first <= k.last and k.first <= name.last for k in part.known)
    return name.strong or (plain and not placed and name.rule == "capitals" and not page.dense)


def _rubric(part: Part, name: Name, a: int, b: int) -> bool:
    """Words in capitals that are all of their sentence: NEWS."""
    return name.first == a and name.last >= b - 2 and _loud(part.tokens[a:b])


def _opens(part: Part, name: Name, here: list[Name], a: int, b: int) -> bool:
    """It is what its sentence begins with, alone, and neither acts nor leaves there."""
    after = _past(part, name)
    if part.tokens[b - 1].fold == ":" or any(t[0] == "cue" for i in range(a, name.first) for t in part.tags(i)):
        return False
    joined = after < b and (part.tokens[after].fold == "," or part.is_word(after, "and"))
    beside = any(n is not name and 0 < n.first - after <= 2 for n in here)
    acts = [h for h in part.hits if 0 <= h.first - after <= 2 and h.first < b and h.tag[0] in ("cue", "status")]
    begins = any(h.tag[:2] == ("cue", "launch") for h in acts)  # Started says both that it begins and that it founds.
    acting = any(h.tag[0] == "status" or (h.tag[1] in _ACTING and h.tag[2] == "active") for h in acts) and not begins
    return name.first - a <= 2 and not (joined and beside) and not acting


def _closes(part: Part, name: Name, here: list[Name], spoken: bool) -> bool:
    """It ends its sentence, which says what it is, or names nobody else where no partnership is `spoken` of; and it is
    not who does something there."""
    a, b = part.sentences[part.sentence_of(name.first)]
    after = _past(part, name)
    if after < b and part.tokens[after].fold not in ".!":
        return False
    ahead = name.first - 1 - (part.tokens[name.first - 1].fold in QUOTES)
    if ahead >= a and (part.tokens[ahead].fold == "," or part.is_word(ahead, "and")):
        return False
    before = [h for h in part.hits if a <= h.first <= h.last < name.first]
    near = [h for h in before if name.first - h.last <= _BESIDE]
    if any(h.tag[0] == "cue" and h.tag[1] in _ACTING and h.tag[1:] != ("attend", "active") for h in near):
        return False
    if not name.strong and not any(h.tag[:2] == ("cue", "launch") for h in before):
        return False
    told = any(h.tag[:2] == ("head", "partnership") for h in before)
    born = any(h.tag[:2] == ("cue", "launch") for h in near)
    return told or born or not (spoken or any(n.kind in ("region", "organisation") for n in here if n is not name))


def _born(part: Part, name: Name, known: list[Name]) -> bool:
    """From A and B grew X: what begins is named last, right behind the verb."""
    launches = (h for h in part.hits if h.tag[:2] == ("cue", "launch") and h.tag[2] == "active")
    return any(0 < name.first - h.last <= _BESIDE and known[-1].last < h.first for h in launches)


def _past(part: Part, name: Name) -> int:
    """The token behind a name and its closing quotes."""
    i = name.last + 1
    while i < len(part.tokens) and part.tokens[i].fold in QUOTES:
        i += 1
    return i
