"""Unmistakable names that a text treats as projects: with years, an event or a predecessor of their own, led by
somebody, paid by something, or said to be called so."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator

from pipeline.extract.names.name import BY_NEIGHBOURS, Name
from pipeline.extract.page import Part
from pipeline.extract.words.lexicon import Hit
from pipeline.text.tokens import QUOTES

_YEAR = re.compile(r"(19|20)\d\d")
_ACTORS = ("region", "organisation")
# Letters that tell a project's name from the short one of a body.
_LETTERS = 4
_BRACKET = 12
# Between the word for a successor and its name stand so many words at most, each so short or one for naming.
_NEAR, _SHORT = 4, 3
# How a body is told by a word in its name, or by the list that it stands in.
_BY_HEAD, _BY_LIST = {"head"}, {"list", "label"}
_PROJECTS = {"project", "pilot", "thematic_partnership", "working_group"}


def type_by_treatment(part: Part, names: list[Name], before: list[Hit]) -> None:
    """Type unmistakable names that nothing else explains; `before` are the words that matter of the part ahead."""
    if part.block.zone in ("navigation", "contact"):
        return
    for name in names:
        letters = sum(c.isalpha() for i in range(name.first, name.last + 1) for c in part.tokens[i].text)
        a, b = part.sentences[part.sentence_of(name.first)]
        told = _told(part, name, b)
        if told is not None:
            name.kind, name.subkind, name.rule, name.confidence = "partnership", told, "treatment", 0.7
            continue
        if name.kind or not name.strong or name.rule == "weak" or letters < _LETTERS:
            continue
        if name.rule == "quoted" and not (_led(part, names, name, b) or _paid(part, name, b)):
            continue
        if (
            _years(part, name)
            or _led(part, names, name, b)
            or _led_ahead(part, names, name, a)
            or _paid(part, name, b)
            or _succeeded(part, name, a)
            or _met(part, name, a)
            or _called(part, name, a, before)
        ):
            name.kind, name.subkind, name.rule, name.confidence = "partnership", "project", "treatment", 0.7


def _after(part: Part, name: Name) -> int:
    """The token behind a name and its closing quotes."""
    i = name.last + 1
    while i < len(part.tokens) and part.tokens[i].fold in QUOTES:
        i += 1
    return i


def type_by_years(part: Part, names: list[Name], since: Container[str]) -> None:
    """X (2021–2024): an unmistakable name with which a sentence opens, and years behind it, is a project, also where
    it was taken for a body because of its neighbours. `since` are the words of the language for that."""
    starts = {a for a, _ in part.sentences}
    for name in names:
        guessed = name.kind == "organisation" and name.rule in BY_NEIGHBOURS | _BY_LIST
        if not name.strong or (name.kind and not guessed):
            continue
        first = name.first - 1 if name.first and part.tokens[name.first - 1].fold in QUOTES else name.first
        if first in starts and _years(part, name, since):
            name.kind, name.subkind, name.rule, name.confidence = "partnership", "project", "years", 0.7
            part.block.entry = part.block.entry or any(t.fold == ":" for t in part.tokens[name.last + 1 :])


def _years(part: Part, name: Name, since: Container[str] = ()) -> bool:
    """X (2021–2024), X (since March 2023), X | 2021–2024, X, 2021–2024: when it ran stands right behind it."""
    tokens, i = part.tokens, _after(part, name)
    if i + 1 >= len(tokens) or tokens[i].fold not in {"(", "|", ","}:
        return False
    end = next((k for k in range(i + 1, min(i + _BRACKET, len(tokens))) if tokens[k].fold in {")", "|"}), len(tokens))
    inside = range(i + 1, min(end, i + _BRACKET))
    years = [k for k in inside if _YEAR.fullmatch(tokens[k].text)]
    if tokens[i].fold == ",":
        return years[:1] == [i + 1] and len(years) > 1 and years[1] <= i + 3
    dated = any(t[0] == "date" for k in inside for t in part.tags(k)) and not tokens[i + 1].text.isdigit()
    begun = tokens[i + 1].fold in since or (tokens[i].fold == "(" and dated)
    return len(years) > 1 or (len(years) == 1 and begun)


def _told(part: Part, name: Name, b: int) -> str | None:
    """X Biogas Hub, a project worth: what a comma and the words for a project tell of the name of a body before it."""
    i = _after(part, name)
    if (
        name.kind != "organisation"
        or name.rule not in BY_NEIGHBOURS | _BY_HEAD
        or name.key
        or part.tokens[i : i + 1] == []
    ):
        return None
    if part.tokens[i].fold != "," or (name.first and part.tokens[name.first - 1].fold in {","}):
        return None
    heads = [h for h in part.hits if h.tag[:2] == ("head", "partnership") and i < h.first <= i + 3 and h.last < b]
    said = heads and heads[0].tag[2] in _PROJECTS and all(_modest(part, k) for k in range(i + 1, heads[0].first))
    behind = part.tokens[heads[0].last + 1 : heads[0].last + 2] if said else []
    named = not behind or behind[0].capital or behind[0].fold in QUOTES
    return None if named or part.is_of(heads[0].last + 1, "status") else heads[0].tag[2]


def _modest(part: Part, i: int) -> bool:
    """An indefinite article or an adjective: a word that says no relation."""
    if part.is_word(i, "indefinite"):
        return True
    small = part.is_word(i, "articles", "linkers", "place_prepositions", "pronouns", "relatives", "with", "and")
    return part.tokens[i].text.islower() and not small and not part.is_of(i, "cue", "status")


def _led(part: Part, names: list[Name], name: Name, b: int) -> bool:
    """X, which A coordinates; X, coordinated by A: a clause on it holds who leads it, by the verb."""
    i = _after(part, name)
    if i + 1 >= b or part.tokens[i].fold != ",":
        return False
    by = [h for h in part.hits if h.tag == ("cue", "lead", "passive") and h.first == i + 1]
    if any(0 < n.first - h.last <= 3 for h in by for n in names if n.kind in _ACTORS):
        return True
    if not any(part.is_word(k, "relatives") for k in (i + 1, i + 2)):
        return False
    cues = [h for h in part.hits if h.tag[:2] == ("cue", "lead") and i < h.first <= i + 3 and h.last < b]
    actors = [n for n in names if n.kind in _ACTORS and n.first > i]
    return any(0 < n.first - h.last <= 2 for h in cues if h.tag[2] != "label" for n in actors)


def _led_ahead(part: Part, names: list[Name], name: Name, a: int) -> bool:
    """Financed by P and coordinated by A, X tests: a clause that opens the sentence says by whom, of what the comma
    behind it names."""
    ahead = next((k for k in range(name.first - 1, max(a, name.first - 3), -1) if part.tokens[k].fold == ","), a)
    if ahead == a or any(ahead < n.first < name.first for n in names):
        return False
    passive = [h for h in part.hits if h.tag[1:] == ("lead", "passive") and h.tag[0] == "cue" and a <= h.first < ahead]
    opens = [h for h in part.hits if h.tag[0] == "cue" and h.tag[2] == "passive" and a <= h.first <= a + 1]
    inside = [n for n in names if a <= n.first < ahead]
    actors = [n for n in inside if n.kind in _ACTORS]
    led = any(0 < n.first - h.last <= 3 for h in passive for n in actors)
    return bool(opens) and led and actors[-1].last == ahead - 1 and all(n.kind != "partnership" for n in inside)


def _paid(part: Part, name: Name, b: int) -> bool:
    """X, financed by: what pays stands right behind it."""
    i = _after(part, name)
    return any(h.tag == ("cue", "fund", "passive") and i <= h.first <= i + 1 and h.last < b for h in part.hits)


def _succeeded(part: Part, name: Name, a: int) -> bool:
    """The predecessor X, the follow-up to X, its successor, X, the successor is called X."""
    return any(
        h.tag[:2] == ("cue", "succeed")
        and h.tag[2] != "passive"
        and a <= h.first
        and (_small(part, h.last + 1, name.first) or (h.tag[2] == "label" and _set_off(part, h.last + 1, name.first)))
        for h in part.hits
    )


def _set_off(part: Part, i: int, end: int) -> bool:
    """One comma, a colon or a word for naming stands in tokens `[i, end)`, and nothing besides but short words."""
    inside = [k for k in range(i, end) if part.tokens[k].fold not in QUOTES]
    marks = [k for k in inside if part.tokens[k].fold in {",", ":", "–"}]
    named = [k for k in inside if part.is_word(k, "naming")]
    small = all(k in marks or k in named or len(part.tokens[k].text) <= _SHORT for k in inside)
    return 0 < len(inside) <= _NEAR and len(marks) <= 1 and bool(marks or named) and small


def _met(part: Part, name: Name, a: int) -> bool:
    """The kick-off of X: an event of its own stands right before it."""
    return any(
        h.tag[:2] == ("head", "event") and a <= h.first and 0 < name.first - h.last - 1 <= 2 and _joints(part, h, name)
        for h in part.hits
    )


def _joints(part: Part, head: Hit, name: Name) -> bool:
    """Nothing, or a word for "of", stands between."""
    gap = range(head.last + 1, name.first)
    linked = not gap or any(part.is_word(i, "linkers") and not part.is_word(i, "articles") for i in gap)
    return linked and all(part.is_word(i, "linkers", "articles") for i in gap)


def _called(part: Part, name: Name, a: int, before: list[Hit]) -> bool:
    """The one of the projects that we like best is called X: what is called so was spoken of before."""
    naming = [
        h for h in part.hits if h.tag == ("word", "naming") and a <= h.first and _small(part, h.last + 1, name.first)
    ]
    if not naming:
        return False
    heads = [h.tag[1] for h in (*before, *_ahead(part, name)) if h.tag[0] == "head"]
    return bool(heads) and heads[-1] == "partnership"


def _ahead(part: Part, name: Name) -> Iterator[Hit]:
    return (h for h in part.hits if h.last < name.first)


def _small(part: Part, i: int, end: int) -> bool:
    """At most two small words or quotes stand in tokens `[i, end)`."""
    return 0 <= end - i <= 2 and all(
        part.tokens[k].fold in QUOTES or part.is_word(k, "linkers", "articles", "topics") for k in range(i, end)
    )
