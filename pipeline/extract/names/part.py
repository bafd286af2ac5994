"""The names of a part: listed ones, bodies around head nouns, and runs of capitals with the kind that heads give."""

from __future__ import annotations

from pipeline.extract.names.ahead import topics_ahead
from pipeline.extract.names.apposed import type_by_apposition, type_by_list_head, type_by_order
from pipeline.extract.names.bodies import bodies, without_noun
from pipeline.extract.names.heads import behind_places, type_by_head
from pipeline.extract.names.listed import AUTHORITY, authorities, listed_names, territories
from pipeline.extract.names.marked import name_by_topic, type_by_naming
from pipeline.extract.names.name import Name
from pipeline.extract.names.programmes import family_names
from pipeline.extract.names.quoted import without_places
from pipeline.extract.names.runs import linked, merged, runs
from pipeline.extract.names.series import type_by_series
from pipeline.extract.names.shared import cut_compounds, listed_in_brackets, shared_heads, spelt_out
from pipeline.extract.names.tails import whole_titles
from pipeline.extract.names.titled import titled_heads
from pipeline.extract.names.topics import topic_names
from pipeline.extract.page import MARKERS, Page, Part
from pipeline.extract.words.lexicon import TITLED
from pipeline.extract.words.spelling import is_general

_MEETINGS = {("head", "event", "conference"), ("head", "event", "fair")}


def names(page: Page, part: Part) -> list[Name]:
    """Names of a part in order of their first token; a nested name follows the one that holds it."""
    taken = [False] * len(part.tokens)
    found: list[Name] = []
    known = [n for n in without_places(part, listed_names(page, part)) if not _is_event(part, n)]
    known = family_names(part, known)
    known += authorities(page, part, known) + cut_compounds(page, part, known) + shared_heads(page, part, known)
    found_bodies = [without_noun(page, part, n) for n in _united(list(bodies(page, part, known)))]
    known += list(spelt_out(page, part, known + found_bodies))
    for name in sorted(known + found_bodies, key=lambda n: (-n.size, n.rule != "known")):
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
    for name in runs(page, part, taken):
        taken[name.first : name.last + 1] = [True] * name.size
        found.append(name)
    found += territories(part, found)
    found.sort(key=lambda n: (n.first, -n.last))
    found = merged(part, found)
    type_by_head(page, part, found)
    found = behind_places(page, part, found)
    found = titled_heads(page, part, linked(page, part, whole_titles(page, part, found)))
    type_by_naming(part, found)
    type_by_order(part, found)
    type_by_apposition(part, found)
    type_by_list_head(part, found)
    type_by_series(part, found)
    found = listed_in_brackets(page, part, found)
    found = _with_topics(page, part, name_by_topic(page, part, found))
    return [
        n
        for n in found
        if (n.kind or n.rule != "weak") and not _says_nothing(page, part, n) and not _gathering(part, n)
    ]


def _says_nothing(page: Page, part: Part, name: Name) -> bool:
    """Only words of no meaning of their own beside a head noun, as in European partnerships: no name."""
    if name.kind not in ("partnership", "programme") or name.rule not in ("head", "topic"):
        return False
    inside = [i for i in range(name.first, name.last + 1) if part.tokens[i].word]
    words = [i for i in inside if part.compound(i) is not None or not part.is_of(i, "head")]
    words = [i for i in words if not part.is_word(i, "linkers", "articles", "topics")]
    return all(is_general(page, part.tokens[i]) or part.tokens[i].fold in MARKERS for i in words)


def _is_event(part: Part, name: Name) -> bool:
    """European Week of Regions and Cities: a listed programme whose own word says that people meet."""
    inside = (t for i in range(name.first, name.last + 1) for t in part.tags(i))
    return name.kind == "programme" and name.size > 2 and any(t in _MEETINGS for t in inside)


def _gathering(part: Part, name: Name) -> bool:
    """Med Cluster Days, Dani klastera: an unlisted name that opens or ends with a common word for what has a title."""
    edges = {i for i in (name.first, name.last) if part.tokens[i].text[0].isupper()} if name.rule != "known" else set()
    return name.kind in ("organisation", "partnership") and any(
        h.tag[:2] == ("head", "event") and h.value == TITLED and h.first == h.last and h.first in edges
        for h in part.hits
    )


def _with_topics(page: Page, part: Part, found: list[Name]) -> list[Name]:
    """The names and those that head nouns make of topics, which swallow runs without a kind."""
    topics = topic_names(page, part, found)
    topics += topics_ahead(page, part, found + topics)
    if not topics:
        return found
    free = [n for n in found if not any(t.first <= n.last and n.first <= t.last for t in topics)]
    return sorted(free + topics, key=lambda n: (n.first, -n.last))


def _united(found: list[Name]) -> list[Name]:
    """Bodies that overlap, such as one around its kind and one around its legal form, are one."""
    out: list[Name] = []
    for name in sorted(found, key=lambda n: (n.first, -n.last)):
        last = out[-1] if out else None
        if last is not None and last.first < name.first <= last.last < name.last:
            last.last = name.last
        else:
            out.append(name)
    return out


__all__ = ["Name", "names"]
