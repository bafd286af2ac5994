"""Thematic platforms in whatever words: a platform's head noun with the words of one theme beside it, or with the mark
of smart specialisation and a topic that no list knows."""

from __future__ import annotations

from pipeline.extract.names.name import Name
from pipeline.extract.names.tails import topic_word
from pipeline.extract.page import MARKERS, Page, Part
from pipeline.extract.reading import Reading
from pipeline.extract.relations.tables import theme_of_platform
from pipeline.extract.words.lexicon import Hit

_PLATFORM = ("head", "partnership", "thematic_platform")
_BEHIND, _AHEAD, _TOPIC = 6, 4, 5


def name_platforms(page: Page, out: list[Reading]) -> None:
    """The platform for industrial modernisation; the platform on energy; the S3 platform on quarries."""
    for reading in out:
        hits = [h for h in reading.part.hits if h.tag == _PLATFORM]
        for hit in hits:
            # A head whose neighbour was taken for its name by its capital is named anew.
            held = {i for n in reading.names if n.kind and not _by_head(n) for i in range(n.first, n.last + 1)}
            name = None if hit.first in held else _themed(reading.part, hit, held) or _marked(page, reading, hit, held)
            if name is None:
                continue
            reading.names = [n for n in reading.names if n.last < name.first or n.first > name.last]
            reading.names.append(name)
        if hits:
            reading.names.sort(key=lambda n: (n.first, -n.last))


def _by_head(name: Name) -> bool:
    return (
        name.kind == "partnership"
        and name.subkind == "thematic_platform"
        and not name.key
        and name.rule in ("head", "topic")
    )


def _themed(part: Part, hit: Hit, held: set[int]) -> Name | None:
    """The platform whose theme the words beside the head are of, those that stand nearer first."""
    a, b = part.sentences[part.sentence_of(hit.first)]
    found: list[tuple[int, int, int, str]] = []
    for first, last in ((hit.first, min(hit.last + _BEHIND, b - 1)), (max(a, hit.first - _AHEAD), hit.last)):
        window = [i for i in range(first, last + 1) if part.tokens[i].word]
        theme = theme_of_platform(tuple(part.tokens[i].fold for i in window if not hit.first <= i <= hit.last))
        if theme is not None:
            used = [i for i in window if part.tokens[i].fold in theme[1]] + [hit.first, hit.last]
            if not any(i in held for i in range(min(used), max(used) + 1)):
                found.append((max(used) - min(used), min(used), max(used), theme[0]))
    if not found:
        return None
    _, first, last, key = min(found)
    first -= first > a and part.tokens[first - 1].fold in MARKERS
    return Name(first, last, "partnership", "theme", 0.8, key=key, subkind="thematic_platform", strong=True)


def _marked(page: Page, reading: Reading, hit: Hit, held: set[int]) -> Name | None:
    """A head marked as S3 and its topic behind a small word, with a capital or in small letters."""
    part, at = reading.part, hit.last + 1
    if not any(part.tokens[i].fold in MARKERS for i in range(hit.first, min(at + 1, len(part.tokens)))):
        return None
    at += at < len(part.tokens) and part.tokens[at].fold in MARKERS
    opener = next((h.last for h in part.hits if h.first == at and h.tag == ("word", "topics")), None)
    last, i = -1, at if opener is None else opener + 1
    while opener is not None and i < min(opener + 1 + _TOPIC, len(part.tokens)) and i not in held:
        titled = part.tokens[i].word and part.tokens[i].capital and not part.tags(i)
        if titled or topic_word(page, part, i):
            last = i
        elif not part.is_word(i, "articles", "elisions", "and", "linkers") and part.tokens[i].fold not in "-'’":
            break
        i += 1
    if last < 0:
        return None
    return Name(hit.first, last, "partnership", "topic", 0.75, subkind="thematic_platform", strong=True)
