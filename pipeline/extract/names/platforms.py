"""Thematic platforms in whatever words: a platform's head noun with the words of one theme beside it."""

from __future__ import annotations

from pipeline.extract.names.name import Name
from pipeline.extract.reading import Reading
from pipeline.extract.relations.tables import theme_of_platform


def name_platforms(out: list[Reading]) -> None:
    """The platform for industrial modernisation; the platform on energy."""
    for reading in out:
        part = reading.part
        held = {i for n in reading.names if n.kind for i in range(n.first, n.last + 1)}
        for hit in part.hits:
            if hit.tag != ("head", "partnership", "thematic_platform") or hit.first in held:
                continue
            a, b = part.sentences[part.sentence_of(hit.first)]
            for first, last in ((hit.first, min(hit.last + 6, b - 1)), (max(a, hit.first - 4), hit.last)):
                window = [i for i in range(first, last + 1) if part.tokens[i].word]
                found = theme_of_platform(tuple(part.tokens[i].fold for i in window if not hit.first <= i <= hit.last))
                if found is None:
                    continue
                key, words = found
                used = [i for i in window if part.tokens[i].fold in words] + [hit.first, hit.last]
                if any(i in held for i in range(min(used), max(used) + 1)):
                    continue
                reading.names = [n for n in reading.names if n.kind or n.last < min(used) or n.first > max(used)]
                reading.names.append(
                    Name(
                        min(used),
                        max(used),
                        "partnership",
                        "theme",
                        0.8,
                        key=key,
                        subkind="thematic_platform",
                        strong=True,
                    )
                )
                held |= set(range(min(used), max(used) + 1))
                break
        reading.names.sort(key=lambda n: (n.first, -n.last))
