"""Partnerships named by their topic (S3-partnerskapet för hållbart byggande, Meriteollisuuden S3-kumppanuus) and things
that the text says are called so (a project named X)."""

from __future__ import annotations

import itertools

from pipeline.extract.names.ahead import topic_begin
from pipeline.extract.names.name import Name
from pipeline.extract.page import MARKERS, Page, Part
from pipeline.extract.words.lexicon import TAIL, Hit
from pipeline.text.tokens import QUOTES

_SHORTEST, _WORDS = 4, 8


def name_by_topic(page: Page, part: Part, found: list[Name]) -> list[Name]:
    """Add partnerships whose head noun is marked as S3 and whose topic stands beside it, in small letters too."""
    side = page.lexicon.data["grammar"].get("name_side", "both")
    for left, right in itertools.pairwise(list(found)):
        if left.rule == "head" and left.kind == right.kind == "partnership" and not left.key and _theme(left, right):
            # Partnerschap Blauwe Bio-economie: not the listed theme, but one more.
            left.last, left.strong = right.last, True
            found.remove(right)
    for hit in part.hits:
        if hit.tag != ("head", "partnership", "thematic_partnership"):
            continue
        start = hit.first if part.tokens[hit.first].fold in MARKERS else hit.first - 1
        if start < 0 or start == hit.last or part.tokens[start].fold not in MARKERS:
            continue
        a, b = (start, hit.last) if side == "before" else _after(page, part, found, start, hit)
        if b == hit.last and side != "after" and _ahead_too(page):
            a, b = _before(page, part, found, start, hit)
        held = [n for n in found if n.first <= b and a <= n.last]
        if ((a, b) == (start, hit.last) and hit.value != TAIL) or any(
            n.key or n.kind not in ("", "partnership") for n in held
        ):
            continue
        found = [n for n in found if n not in held]
        found.append(Name(a, b, "partnership", "topic", 0.75, subkind="thematic_partnership", strong=True))
    return sorted(found, key=lambda n: (n.first, -n.last))


def _theme(left: Name, right: Name) -> bool:
    """Whether a listed theme follows right behind."""
    return right.first == left.last + 1 and any(r.name_kind == "theme" for r in right.readings)


def _ahead_too(page: Page) -> bool:
    """Whether a topic may stand ahead of its head noun: in a case of its own, or where no small word ties the two."""
    grammar = page.lexicon.data["grammar"]
    return bool(grammar.get("topic_endings")) or not grammar.get("topics")


def _before(page: Page, part: Part, found: list[Name], start: int, hit: Hit) -> tuple[int, int]:
    """The topic ahead of the head: a name that ends there, else one word, or words that a joint ties to it."""
    name = next((n for n in found if n.last == start - 1 and n.kind in ("", "partnership")), None)
    if name is not None:
        ahead = next((n for n in found if n.last == name.first - 2 and not n.kind), None)
        joined = ahead is not None and part.is_word(name.first - 1, "and")
        return ahead.first if ahead is not None and joined else name.first, hit.last
    if page.lexicon.data["grammar"].get("topic_endings"):
        held = {i for n in found if n.kind for i in range(n.first, n.last + 1)}
        return topic_begin(page, part, start, held), hit.last
    first, i = start, start - 1
    while i >= 0 and _plain(page, part, i):
        first = i
        if i < 2 or not part.is_word(i - 1, "and"):
            break
        i -= 2
    return first, hit.last


def _after(page: Page, part: Part, found: list[Name], start: int, hit: Hit) -> tuple[int, int]:
    """The topic behind the head: words behind a small joint (for, on) up to a mark, a verb or another name."""
    tokens, last = part.tokens, hit.last
    joint = next((h.last for h in part.hits if h.first == last + 1 and h.tag == ("word", "topics")), None)
    if joint is None:
        return start, hit.last
    held = {k for n in found if n.kind and n.kind != "partnership" for k in range(n.first, n.last + 1)}
    for k in range(joint + 1, min(joint + _WORDS, len(tokens))):
        small = part.is_word(k, "linkers", "articles", "and") and k > last
        if k in held or not (small or _plain(page, part, k)):
            break
        if not small:
            last = k
    return start, last


def _plain(page: Page, part: Part, i: int) -> bool:
    """A word of some length that says nothing else in the pack; what is counted may be a topic too."""
    token = part.tokens[i]
    tags = {t[0] for t in part.tags(i)} - {"measures", "labels", "sections"}
    heads = any(t[:2] == ("head", "partnership") for t in part.tags(i))
    return (
        token.word
        and len(token.text) >= _SHORTEST
        and not heads
        and tags <= {"head"}
        and token.fold not in page.lexicon.openers
    )


def type_by_naming(part: Part, found: list[Name]) -> None:
    """The first project of the network is called X; a body named X; X nevű projekt: the head noun of the naming says
    what X is."""
    for name in found:
        if name.kind or (name.rule == "weak" and name.size > 3) or (name.initial and not name.strong):
            continue
        a, b = part.sentences[part.sentence_of(name.first)]
        hits = [h for h in part.hits if h.tag == ("word", "naming") and a <= h.first < b]
        ahead = next((h for h in hits if _ahead(part, name, h)), None)
        behind = next((h for h in hits if _behind(part, name, h)), None)
        held = {i for n in found if n is not name for i in range(n.first, n.last + 1)}
        tag = None
        if behind is not None:
            tag = _head(part, range(behind.last + 1, min(b, behind.last + 4)), held)
        if tag is None and (ahead or behind):
            tag = _head(part, range(a, min(h.first for h in (ahead, behind) if h)), held, name.first)
        if tag is not None and tag[1] != "event":
            name.kind, name.subkind, name.rule, name.confidence = tag[1], tag[2], "naming", 0.75


def _head(part: Part, places: range, held: set[int], before: int | None = None) -> tuple[str, ...] | None:
    """The head noun that stands first in these places, partnerships before bodies; an event that stands nearer has a
    title as well."""
    heads = [
        (t[1] != "partnership", k, t) for k in places for t in sorted(part.tags(k)) if k not in held and t[0] == "head"
    ]
    named = [h for h in heads if h[2][1] in ("partnership", "organisation", "programme")]
    if not named:
        return None
    _, at, tag = min(named)
    events = [k for _, k, t in heads if t[1] == "event" and at < k]
    return None if events and before is not None else tag


def _ahead(part: Part, name: Name, hit: Hit) -> bool:
    """The naming stands before the name, with small words and quotes between at most."""
    gap = range(hit.last + 1, name.first)
    small = (part.is_word(i, "articles", "linkers") or not part.tokens[i].word for i in gap)
    return hit.last < name.first and len(gap) <= 3 and not any(part.tokens[i].fold in ",;" for i in gap) and all(small)


def _behind(part: Part, name: Name, hit: Hit) -> bool:
    """The naming stands right behind the name (is é X a ainm, X nevű)."""
    gap = range(name.last + 1, hit.first)
    return hit.first > name.last and all(part.tokens[i].fold in QUOTES for i in gap)
