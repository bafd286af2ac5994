"""Everything found in one part before statements are read: names, brackets, groups, dates, times, figures."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field

from pipeline.extract.brackets import Bracket, brackets, read_brackets
from pipeline.extract.cast import Cast, folded, is_acronym
from pipeline.extract.date_atom import DateAtom
from pipeline.extract.dates import find_dates
from pipeline.extract.dating import add_days, fill_years
from pipeline.extract.entries import name_entries
from pipeline.extract.figures import FigureAtom, find_figures
from pipeline.extract.groups import Group, chains, type_by_siblings
from pipeline.extract.known import name_index
from pipeline.extract.lexicon import Lexicon
from pipeline.extract.names import Name, names
from pipeline.extract.openings import drop_plain_headings, name_openings
from pipeline.extract.page import Page, Part
from pipeline.extract.places import settle_regions, settle_towns
from pipeline.extract.projects import type_by_treatment
from pipeline.extract.sheets import name_sheets
from pipeline.extract.short import short_names
from pipeline.extract.tables import theme_of_platform, type_cells
from pipeline.extract.takenup import type_by_taking_up
from pipeline.extract.typing import type_by_bracket, type_by_company, type_by_frame, type_by_label, type_by_sheet
from pipeline.extract.variants import unite_variants
from pipeline.gazetteer import load
from pipeline.languages import load_packs
from pipeline.text.tokens import QUOTES

_COUNTED = (("measures", "member_regions"), ("measures", "members"))
ROLES = ("lead", "found", "member", "contribute", "organise", "host", "speak", "attend")


@dataclass(slots=True)
class Reading:
    """A part with what it names and counts; token ranges index `part.tokens`."""

    part: Part
    names: list[Name]
    brackets: list[Bracket] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    dates: list[DateAtom] = field(default_factory=list)
    label_dates: list[DateAtom] = field(default_factory=list)
    figures: list[FigureAtom] = field(default_factory=list)
    roles: list[str] = field(default_factory=list)
    lexicon: Lexicon | None = None

    def token_at(self, offset: int) -> int:
        """Index of the token that begins at or after an offset."""
        return bisect_left(self.part.tokens, offset, key=lambda t: t.start)

    def within(self, a: int, b: int) -> tuple[int, int]:
        """Offsets of tokens `[a, b)`."""
        return self.part.tokens[a].start, self.part.tokens[b - 1].end


def readings(page: Page, cast: Cast) -> list[Reading]:
    """Read the names of all parts, let the document's own definitions and repetitions type what is unknown,
    and cast them."""
    out = [Reading(part, names(page, part), lexicon=page.lexicon) for part in page.parts]
    for reading in out:
        reading.brackets = brackets(reading.part, reading.names)
        used = read_brackets(reading.part, reading.names, reading.brackets)
        reading.names = [n for n in reading.names if not any(n is u for u in used) or n.notes.get("keep")]
        _places(page, reading)
    _speaker(page, out)
    drop_plain_headings(out)
    name_sheets(out)
    for reading in out:
        type_by_label(reading.part, reading.names)
        type_by_bracket(reading.part, reading.names, reading.brackets)
        type_by_frame(reading.part, reading.names)
        type_by_treatment(
            reading.part, reading.names, out[reading.part.index - 1].part.hits if reading.part.index else []
        )
    for reading in out:
        if reading.part.block.kind == "row":
            reading.names = type_cells(reading.part, reading.names, out[reading.part.block.header].part)
    type_by_sheet([(r.part, r.names) for r in out])
    _announcements(out)
    name_openings(out)
    name_entries(page, out)
    _project_lists(out)
    type_by_taking_up(page, out)
    spoken = any(n.kind == "partnership" and n.subkind != "thematic_platform" for r in out for n in r.names)
    for reading in out:
        type_by_siblings(reading.part, reading.names, reading.brackets)
        type_by_company(reading.part, reading.names, spoken)
    short_names(page, out)
    _platforms(page, out)
    countries = _countries(out)
    for reading in out:
        for a, b in reading.part.sentences:
            reading.groups += chains(reading.part, reading.names, reading.brackets, a, b)
    settle_towns(out)
    _repetitions(page, out)
    unite_variants(page, out)
    _same_name_same_place(page, out)
    for reading in out:
        settle_regions(reading, countries, _label_country(reading))
        pack = load_packs()[page.language]
        block = reading.part.block
        reading.dates = find_dates(page.text, pack, block.start, block.end)
        if block.label:
            reading.label_dates = find_dates(page.text, pack, *block.label)
        reading.figures = find_figures(page.text, pack, block.start, block.end, dates=reading.dates)
        for name in reading.names:
            if name.kind in ("region", "organisation", "partnership", "programme"):
                cast.name(reading.part, name)
                if "acronym" in name.notes:
                    _acronym(cast, reading.part, name)
    fill_years(page, out)
    add_days(page, out)
    return out


def _speaker(page: Page, out: list[Reading]) -> None:
    """Where the publisher is known and named in the text, "we" is the publisher."""
    publisher = page.document.publisher
    if not publisher:
        return
    wanted = folded(publisher)
    model = next(
        (
            n
            for r in out
            for n in r.names
            if n.kind == "organisation"
            and (
                folded(_text(page, r.part, n)) == wanted
                or any(folded(x.name) == wanted or x.key == _key(publisher) for x in n.readings)
            )
        ),
        None,
    )
    if model is None:
        return
    for reading in out:
        held = {i for n in reading.names for i in range(n.first, n.last + 1)}
        for hit in reading.part.hits:
            if hit.tag == ("word", "self") and hit.first not in held:
                reading.names.append(
                    Name(
                        hit.first,
                        hit.last,
                        "organisation",
                        "self",
                        0.7,
                        key=model.key,
                        base=model.base or _text(page, reading.part, model) if not model.key else None,
                    )
                )
        reading.names.sort(key=lambda n: (n.first, -n.last))


def _key(name: str) -> str | None:
    """The gazetteer's key of an organisation of this name."""
    wanted = folded(name)
    return next((n.key for n in load().names if n.kind == "organisation" and folded(n.name) == wanted), None)


def _countries(out: list[Reading]) -> Counter[str]:
    """How often each country is spoken of, through regions and bodies of which there is one only."""
    entities = load().entities
    seen: Counter[str] = Counter()
    for reading in out:
        for name in reading.names:
            keys = {r.key for r in name.readings if r.kind == name.kind}
            if len(keys) == 1 and name.key:
                entry = entities.get((name.kind, name.key))
                if entry and entry.country_code:
                    seen[entry.country_code] += 1
    return seen


def _same_name_same_place(page: Page, out: list[Reading]) -> None:
    """What a bracket says once of a name (Limburg (NL)) holds for the name in the whole document."""
    told: dict[str, str] = {}
    for reading in out:
        for name in reading.names:
            if name.kind == "region" and name.country:
                told.setdefault(folded(_text(page, reading.part, name)), name.country)
    for reading in out:
        for name in reading.names:
            if name.kind == "region" and not name.country:
                name.country = told.get(folded(_text(page, reading.part, name)))


def _project_lists(out: list[Reading]) -> None:
    """Items that each open with an unmistakable name and a dash or colon: projects, and behind the dash who is
    in them."""
    shaped = [r for r in out if r.part.block.kind == "item" and _opener(r) is not None]
    siblings = Counter(r.part.block.leadin for r in shaped)
    for reading in shaped:
        if siblings[reading.part.block.leadin] < 2:
            continue
        first = _opener(reading)
        assert first is not None
        if not first.kind:
            first.kind, first.subkind, first.rule, first.confidence = "partnership", "project", "project list", 0.7
        reading.part.block.entry = first.kind == "partnership"
        for name in reading.names:
            if not name.kind and name is not first and (name.strong or _alone_in_list(reading.part, name)):
                name.kind, name.rule, name.confidence = "organisation", "project list", 0.65


def _opener(reading: Reading) -> Name | None:
    """The strong or partnership name with which an item opens, if a dash or colon and further names follow it."""
    tokens = reading.part.tokens
    first = next((n for n in reading.names if n.first <= 1), None)
    if first is None or not (first.kind == "partnership" or (not first.kind and first.strong)):
        return None
    after = first.last + 1
    while after < len(tokens) and tokens[after].fold in QUOTES | {"+"}:
        after += 1
    if after >= len(tokens) or tokens[after].fold not in {"–", ":", "-"} or len(reading.names) < 2:
        return None
    return first


def _platforms(page: Page, out: list[Reading]) -> None:
    """The platform for industrial modernisation, in whatever words: a platform's head noun with the words of
    one theme beside it."""
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


def _label_country(reading: Reading) -> str | None:
    """The country that the label of a line names: Niederlande: Limburg, Zeeland."""
    part = reading.part
    if not part.label_tokens or reading.lexicon is None:
        return None
    for known in name_index().find(part.label_tokens, reading.lexicon):
        for found in known.readings:
            entry = load().entities.get((found.kind, found.key))
            if entry is not None and entry.kind == "region" and entry.nuts_level == 0:
                return entry.country_code
    return None


def _places(page: Page, reading: Reading) -> None:
    """A town that only says where something happens is no region: after a place word, or before a date at the
    start of a line."""
    part = reading.part
    for name in reading.names:
        if name.kind != "region" or not any(r.kind == "town" for r in name.readings):
            continue
        before = name.first - 1
        while before >= 0 and part.tokens[before].fold in QUOTES:
            before -= 1
        placed = before >= 0 and part.is_word(before, "place_prepositions")
        after = part.tokens[name.last + 1 : name.last + 3]
        dateline = (
            name.first == 0
            and len(after) == 2
            and after[0].fold == ","
            and (after[1].text[0].isdigit() or not after[1].word)
        )
        events = any(
            t[:2] == ("head", "event") or t[:2] in (("cue", "organise"), ("cue", "host"))
            for i in range(len(part.tokens))
            for t in part.tags(i)
        )
        if dateline or (placed and events) or (events and _inflected(name) and _alone_in_case(part, name)):
            name.kind, name.key = "town", next(r.key for r in name.readings if r.kind == "town")


def _inflected(name: Name) -> bool:
    return name.confidence < 0.95


def _alone_in_case(part: Part, name: Name) -> bool:
    """Not in an enumeration: no comma or joint on either side."""
    tokens = part.tokens
    sides = [i for i in (name.first - 1, name.last + 1) if 0 <= i < len(tokens)]
    return not any(tokens[i].fold == "," or part.is_word(i, "and") for i in sides)


def announced(part: Part, label: bool) -> list[str]:
    """Relations that a label or the last sentence of a lead-in announces for what follows, the last word first.

    "absent" alone says that what follows is not in it.
    """
    a, b = (0, len(part.label_tokens)) if label else part.sentences[-1] if part.sentences else (0, 0)
    hits = [h for h in (part.label_hits if label else part.hits) if a <= h.first < b]
    status = {h.tag[1] for h in hits if h.tag[0] == "status"}
    if status & {"absent", "former"} or ("negated" in status and "invited" not in status):
        return ["absent"]
    found = [(h.last, h.tag[1]) for h in hits if h.tag[0] == "cue" and h.tag[1] in ROLES]
    found += [(h.last, "member") for h in hits if h.tag == ("sections", "members")]
    if not found and not label:
        # The partnership counts 14 regions from eight countries: and here they are.
        counted = [h for h in hits if h.tag in _COUNTED]
        found = [(h.last, "member") for h in counted[-1:] if part.tokens[-1].fold == ":"]
    if "negated" in status:
        found = []
    found += [(h.last, "invited") for h in hits if h.tag == ("status", "invited")]
    return [relation for _, relation in sorted(found, key=lambda f: -f[0])]


def _announcements(out: list[Reading]) -> None:
    """Note what each part announces, and take untyped runs where members are announced for bodies."""
    for reading in out:
        part = reading.part
        if not part.tokens or part.block.kind == "row":
            continue
        if part.block.kind == "label":
            reading.roles = announced(part, label=True)
        elif part.block.kind == "heading" or part.tokens[-1].fold in (":", "?"):
            reading.roles = announced(part, label=False)
    for reading in out:
        part = reading.part
        if part.block.kind == "label" and reading.roles and reading.roles != ["absent"]:
            for name in reading.names:
                if not name.kind and (name.strong or not name.initial or _alone_in_list(part, name)):
                    name.kind, name.rule, name.confidence = "organisation", "label", 0.65
        above = leadin(out, part.index)
        if above is not None and out[above].roles:
            first = next((n for n in reading.names if n.first <= 2), None)
            whole = first is not None and (first.strong or _alone_in_list(part, first))
            if first is not None and whole and not first.kind and out[above].roles != ["absent"]:
                first.kind, first.rule, first.confidence = "organisation", "list", 0.7


def leadin(out: list[Reading], index: int) -> int | None:
    """The part that introduces this one: the lead-in of an item, or the question that it answers."""
    part = out[index].part
    if part.block.kind == "item" and part.block.leadin >= 0:
        return part.block.leadin
    if (
        index
        and part.block.kind in ("paragraph", "heading", "item")
        and out[index - 1].part.tokens[-1:]
        and out[index - 1].part.tokens[-1].fold == "?"
    ):
        return index - 1
    return None


def _alone_in_list(part: Part, name: Name) -> bool:
    after = part.tokens[name.last + 1] if name.last + 1 < len(part.tokens) else None
    return after is None or after.fold in {",", ";", "(", "/", "."}


def _acronym(cast: Cast, part: Part, name: Name) -> None:
    """Record the acronym that a bracket defines, and that it stands for this entity."""
    text = name.notes["acronym"]
    entity = cast.entities[name.entity]
    if entity.acronym is None:
        entity.acronym = text
    cast.aliases[folded(text)] = name.entity


def _repetitions(page: Page, out: list[Reading]) -> None:
    """What one place of the document explains holds in all: a run typed once is typed everywhere, acronyms
    stand for their names."""
    known: dict[str, tuple[Name, str]] = {}
    for reading in out:
        for name in reading.names:
            if name.kind in ("", "town"):
                continue
            text = _text(page, reading.part, name)
            if name.rule != "known":
                keep = known.get(folded(text))
                if keep is None or keep[0].confidence < name.confidence:
                    known[folded(text)] = name, text
            if "acronym" in name.notes:
                known[folded(name.notes["acronym"])] = name, text
    for reading in out:
        for name in reading.names:
            model, whole = known.get(folded(_text(page, reading.part, name)), (None, ""))
            if (
                model is None
                or model is name
                or (name.rule == "known" and name.kind == model.kind and name.key == model.key)
            ):
                continue
            if (
                name.kind == ""
                or (name.rule != "known" and name.confidence < model.confidence)
                or (name.rule == "known" and is_acronym(_text(page, reading.part, name)) and "acronym" in model.notes)
            ):
                name.kind, name.key, name.subkind, name.readings = model.kind, model.key, model.subkind, model.readings
                name.base = model.base or (whole if "acronym" in model.notes else None)
                name.rule, name.confidence = "repeated", min(model.confidence, 0.75)
        regroup(reading)


def regroup(reading: Reading) -> None:
    """Build the groups anew after names were typed."""
    reading.groups = []
    for a, b in reading.part.sentences:
        reading.groups += chains(reading.part, reading.names, reading.brackets, a, b)


def _text(page: Page, part: Part, name: Name) -> str:
    return page.text[part.tokens[name.first].start : part.tokens[name.last].end]
