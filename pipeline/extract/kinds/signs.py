"""What stands around an unknown name, as signs that mean the same in every language; `weighed` says what each is
worth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from pipeline.extract.names.name import Name
from pipeline.extract.page import Page, Part
from pipeline.text.tokens import QUOTES

_SMALL = (
    "place_prepositions",
    "articles",
    "linkers",
    "with",
    "and",
    "naming",
    "relatives",
    "pronouns",
    "topics",
    "indefinite",
)
_MARKS = {
    ",": "comma",
    ":": "colon",
    "–": "dash",
    "-": "dash",
    "(": "bracket",
    ")": "close",
    ".": "stop",
    ";": "semicolon",
    "|": "bar",
    "/": "slash",
    "?": "question",
}
_JOINTS = {",", "/"}
# Words that matter stand right beside a name, close to it, or somewhere in its sentence.
_CLOSE, _APART = {"cue": 3, "head": 2}, 6
# A bracket of more tokens is a sentence of its own.
_BRACKET = 25
# A name opens its line in its first tokens.
_FRONT = 3
# More names of one kind in a sentence are many; a name of fewer letters is short.
_MANY, _SHORT, _LONG = 2, 5, 5


def signs(page: Page, part: Part, names: list[Name], name: Name, below: Part | None = None) -> set[str]:
    """The signs of one place where `name` stands; `names` are all of its part, `below` is the part that follows."""
    a, b = part.sentences[part.sentence_of(name.first)]
    left, right = _unquoted(part, name.first - 1, -1), _unquoted(part, name.last + 1, 1)
    out = {f"before {s}" for s in (_beside(part, left) if left >= a else ["start"])}
    out.update(f"after {s}" for s in (_beside(part, right) if right < b else ["end"]))
    if right < b and part.tokens[right].fold == ",":
        out.update(["after relative"] * any(part.is_word(k, "relatives") for k in (right + 1, right + 2)))
    if right < len(part.tokens) and part.tokens[right].fold in ("s", "'"):
        out.add("genitive")
    out.update(_words(part, name, left, right, a))
    out.update(_others(part, names, name, left, right, a, b))
    if right < b and part.tokens[right].fold == "(":
        out.update(_bracketed(part, names, right))
    if left >= 0 and part.tokens[left].fold == "(" and right < len(part.tokens) and part.tokens[right].fold == ")":
        out.add("in bracket")
    out.update(_told(part, names, name, b))
    out.update(_place(part, name))
    if below is not None and name.first <= _FRONT:
        out.update(_below(below))
    out.update(_spelling(page, part, name))
    return out


def _unquoted(part: Part, i: int, step: int) -> int:
    """The next token from `i` on that is no quotation mark; one past the part's ends if there is none."""
    while 0 <= i < len(part.tokens) and part.tokens[i].fold in QUOTES:
        i += step
    return i


def _beside(part: Part, i: int) -> list[str]:
    """What the token right beside a name is: a mark, a small word of some list, or any other word."""
    if not part.tokens[i].word:
        return [_MARKS.get(part.tokens[i].fold, "mark")]
    return [w for w in _SMALL if part.is_word(i, w)] or ["word"]


def _words(part: Part, name: Name, left: int, right: int, a: int) -> Iterator[str]:
    """Words for relations and head nouns of the sentence, by how far before or behind the name they stand."""
    for hit in part.sentence_hits(a):
        section = hit.tag[0]
        if name.first <= hit.first <= name.last:
            if section == "head":
                yield f"inside head {hit.tag[1]}"
            continue
        if section in ("status", "date"):
            yield f"said {section}"
        elif section == "word" and hit.tag[1:] in (("naming",), ("documents",)):
            yield f"said {hit.tag[1]}"
        if section not in _CLOSE:
            continue
        side, far = ("before", left - hit.last) if hit.last < name.first else ("after", hit.first - right)
        what = hit.tag[1]
        yield f"said {section} {what}"
        exact = f"{what} {hit.tag[2]}" if section == "cue" else f"{section} {what}"
        if far <= 0:
            yield f"{side} beside {exact}"
        if far <= _CLOSE[section]:
            yield f"{side} close {exact}"
        elif section == "cue" or far <= _APART:
            yield f"{side} apart {section} {what}"


def _others(part: Part, names: list[Name], name: Name, left: int, right: int, a: int, b: int) -> Iterator[str]:
    """Names of the sentence, by kind and place; those joined to this one by a comma or a word for "and"."""
    kinds: Counter[str] = Counter()
    for other in names:
        if other is name or other.nested or not a <= other.first < b:
            continue
        kind = other.kind or "unknown"
        kinds[kind] += 1
        ahead = other.last < name.first
        yield f"{'left' if ahead else 'right'} {kind}"
        gap = range(other.last + 1, name.first) if ahead else range(name.last + 1, other.first)
        if 1 <= len(gap) <= 2 and all(part.tokens[i].fold in _JOINTS or part.is_word(i, "and") for i in gap):
            yield f"joined {kind}"
        if ahead and left - other.last <= 1:
            yield f"behind {kind}"
        if other.first > name.last and other.first - right <= 1:
            yield f"ahead of {kind}"
    yield from (f"many {kind}" for kind, n in kinds.items() if n > _MANY)


def _told(part: Part, names: list[Name], name: Name, b: int) -> Iterator[str]:
    """X. The project ...: the head noun with which the next sentence begins, behind the last name of this one."""
    if b < len(part.tokens) and not any(name.last < n.first < b for n in names):
        for hit in part.sentence_hits(b):
            if hit.first - b < _FRONT and hit.tag[0] == "head":
                yield f"told head {hit.tag[1]}"


def _bracketed(part: Part, names: list[Name], opens: int) -> Iterator[str]:
    """What stands in the bracket behind the name."""
    tokens = part.tokens
    close = next((i for i in range(opens + 1, min(len(tokens), opens + _BRACKET)) if tokens[i].fold == ")"), None)
    if close is None:
        return
    yield from (f"bracket {n.kind or 'unknown'}" for n in names if opens < n.first < close)
    for hit in part.hits:
        if opens < hit.first < close and hit.tag[0] in ("cue", "head", "date"):
            yield " ".join(("bracket", *hit.tag[: {"cue": 3, "head": 2, "date": 1}[hit.tag[0]]]))
    if any(t.text.isdigit() for t in tokens[opens + 1 : close]):
        yield "bracket digits"
    if close == opens + 2:
        yield "bracket of one"


def _place(part: Part, name: Name) -> Iterator[str]:
    """Where in the document the name stands."""
    yield f"block {part.block.kind}"
    yield f"zone {part.block.zone}"
    if sum(t.word for t in part.tokens) <= name.size + 1:
        yield "alone"
    if name.first <= 1:
        yield "first"
    for hit in part.label_hits:
        if hit.tag[0] in ("head", "cue", "labels"):
            yield f"label {hit.tag[0]} {hit.tag[1]}"


def _below(part: Part) -> Iterator[str]:
    """What the line or paragraph below the one that the name opens is."""
    yield f"over {part.block.kind}"
    yield from (f"over label {h.tag[0]} {h.tag[1]}" for h in part.label_hits if h.tag[0] in ("head", "cue", "labels"))
    yield from (f"over begins {h.tag[1]}" for h in part.hits if h.tag[0] == "head" and h.first < _FRONT)
    if part.block.kind == "label":
        yield from (f"over value {h.tag[0]} {h.tag[1]}" for h in part.hits if h.tag[0] == "head" and h.first < _FRONT)


def _spelling(page: Page, part: Part, name: Name) -> Iterator[str]:
    """How the name is spelt, and whether its words are known."""
    inside = range(name.first, name.last + 1)
    texts = [part.tokens[i].text for i in inside]
    yield from (s for s in ("strong", "initial", "plain") if getattr(name, s))
    yield f"found {name.rule}"
    yield f"size {min(name.size, _LONG)}"
    if any(t.isupper() and len(t) > 1 for t in texts):
        yield "capitals"
    if all(t.isupper() for t in texts):
        yield "all capitals"
    if any(any(c.isupper() for c in t[1:]) and not t.isupper() for t in texts):
        yield "camel"
    if any(c.isdigit() for t in texts for c in t):
        yield "digits"
    if any(part.tokens[i].glue for i in inside[1:]):
        yield "hyphen"
    if sum(map(len, texts)) < _SHORT:
        yield "short"
    if any(t.islower() for t in texts):
        yield "small inside"
    if any(k.first <= name.last and name.first <= k.last for k in part.known):
        yield "known inside"
    if any(part.is_of(i, "cue") for i in inside):
        yield "cue inside"
    if any(part.tokens[i].fold in page.small for i in inside):
        yield "small elsewhere"
    if page.dense:
        yield "dense"
