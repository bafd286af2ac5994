"""A sentence as a scene: who is in it, what is spoken of, the words that relate them, and where its clauses part."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.extract.cast import Cast
from pipeline.extract.names.brackets import Bracket
from pipeline.extract.names.name import SELF, Name
from pipeline.extract.page import Part
from pipeline.extract.relations.groups import ACTOR, Group
from pipeline.extract.words.lexicon import LONGEST
from pipeline.text.tokens import QUOTES

RELATIONS = ("lead", "found", "member", "contribute")
EVENT_RELATIONS = ("organise", "host", "speak", "attend")
# Between a verb for holding and the talk that is held stand so many words at most, beside a name.
_HELD = 4
# The entity of what is spoken of without a name, and is nothing that was named before.
NAMELESS = -2
# The entity of what a head noun speaks of that fits nothing that was named before: nobody is in it.
UNLIKE = -3


@dataclass(slots=True)
class Cue:
    """Words `[first, last]` that say a relation; `voices` holds active, passive, label or what the pack lists
    it under. `only` is the group that it speaks of and no other."""

    first: int
    last: int
    relation: str
    voices: frozenset[str]
    only: Group | None = None

    def said_of(self, group: Group) -> bool:
        return self.only is None or self.only is group


@dataclass(slots=True)
class Target:
    """A partnership, event or programme at tokens `[first, last]`; `entity` is -1 for a reference not yet resolved,
    NAMELESS for one that takes up nothing, UNLIKE for one of a kind that nothing spoken of has.

    `turn` tells which of two partnerships a reference takes up: "former", "latter" or "both" (the second in `also`);
    or that it takes up a "group" alone.
    """

    kind: str
    first: int
    last: int
    entity: int
    subkind: str | None = None
    reference: bool = False
    dual: Name | None = None
    turn: str = ""
    also: int = -1

    def entities(self) -> list[int]:
        """What is spoken of: one thing, or both of two."""
        return [self.entity] if self.also < 0 else [self.entity, self.also]


@dataclass(slots=True)
class Scene:
    """One sentence of a part, tokens `[a, b)`."""

    part: Part
    a: int
    b: int
    groups: list[Group] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)
    cues: list[Cue] = field(default_factory=list)
    status: list[tuple[int, int, str]] = field(default_factory=list)
    breaks: list[int] = field(default_factory=list)
    relatives: list[int] = field(default_factory=list)
    commas: list[int] = field(default_factory=list)
    among: list[int] = field(default_factory=list)
    predecessors: list[int] = field(default_factory=list)
    """Where words end behind which stands who held a role before (took over from A)."""
    exempt: list[int] = field(default_factory=list)
    """Where clauses open that deny: without being a partner, but not a partner."""
    told: list[Group] = field(default_factory=list)
    """Groups of which the bracket that they stand in says what they are."""
    question: bool = False
    _actors: list[Group] | None = None

    def actors(self) -> list[Group]:
        if self._actors is None:
            self._actors = [g for g in self.groups if g.kind == ACTOR and not self._held(g)]
        return self._actors

    def _held(self, group: Group) -> bool:
        """In the network X: one body that is a network as well, behind a word for where something is, does nothing."""
        name = group.names[0]
        if len(group.names) > 1 or not any(r.kind == "partnership" for r in name.readings):
            return False
        at = name.first - 1
        while at >= self.a and (self.part.is_word(at, "articles", "elisions") or self.part.head(at)):
            at -= 1
        return at >= self.a and self.part.is_word(at, "place_prepositions")

    def between(self, places: list[int], x: int, y: int) -> int:
        """How many of the places lie between tokens x and y."""
        low, high = min(x, y), max(x, y)
        return sum(low < p < high for p in places)

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Offsets of tokens `[first, last]`."""
        return self.part.tokens[first].start, self.part.tokens[last].end

    def whole(self) -> tuple[int, int]:
        return self.span(self.a, self.b - 1)


def scene(
    part: Part, a: int, b: int, groups: list[Group], names: list[Name], found: list[Bracket], cast: Cast
) -> Scene:
    """Gather what stands in tokens `[a, b)` of a part."""
    inside = {i for br in found if br.last >= a and br.first < b for i in range(br.first, br.last + 1)}
    held = {
        i
        for n in names
        if n.kind and n.rule != SELF and n.last >= a - 1 and n.first <= b + LONGEST
        for i in range(n.first, n.last + 1)
    }
    here = Scene(part, a, b, [g for g in groups if a <= g.first < b])
    cues: dict[tuple[int, int, str], set[str]] = {}
    whole: set[tuple[int, int, str]] = set()
    for hit in part.sentence_hits(a):
        tag = hit.tag
        if tag[0] not in ("cue", "status", "word") or any(i in held for i in range(hit.first, hit.last + 1)):
            continue
        if tag[0] == "cue":
            cues.setdefault((hit.first, hit.last, tag[1]), set()).add(tag[2])
            if hit.behind:
                whole.add((hit.first, hit.last, tag[1]))
        elif tag[0] == "status" and len(tag) == 2:
            here.status.append((hit.first, hit.last, tag[1]))
        elif tag == ("word", "relatives") and _opens_clause(part, hit.first, hit.last):
            here.relatives.append(hit.first)
        elif tag == ("word", "among"):
            here.among.append(hit.last)
        elif tag == ("word", "predecessors"):
            here.predecessors.append(hit.last)
        elif tag == ("word", "without"):
            here.exempt.append(hit.first)
        elif tag == ("word", "contrast") and not _denies(part, hit.last + 1, b):
            here.breaks.append(hit.first)
    full = {(h.first, h.last): h.tag[1] for h in part.sentence_hits(a) if h.tag[0] == "cue" and h.behind}
    here.cues = [
        Cue(i, j, r, frozenset(v))
        for (i, j, r), v in sorted(cues.items())
        if (i not in inside or r not in RELATIONS) and not _outdone(r, full.get((i, j)), (i, j, r) in whole)
    ]
    _talks(part, here)
    for i, token in enumerate(part.tokens[a:b], a):
        if token.word or i in inside:
            continue
        if token.fold == "," and i not in held:
            here.commas.append(i)
        elif token.fold == ";" or (token.fold == "–" and token.space) or (token.fold == "·" and not token.space):
            here.breaks.append(i)
    here.cues = [c for c in here.cues if not _opens_role(here, c)]
    _selections(part, here)
    _besides(part, here)
    here.question = part.tokens[-1].fold == "?" or (b >= 2 and part.tokens[b - 2].fold == "?")
    for name in names:
        if not a <= name.first < b or name.nested:
            continue
        if name.kind in ("partnership", "programme"):
            here.targets.append(Target(name.kind, name.first, name.last, name.entity, cast.subkind(name.entity)))
        elif name.kind == "organisation" and any(r.kind == "partnership" for r in name.readings):
            here.targets.append(
                Target("partnership", name.first, name.last, cast.dual(part, name), "network", dual=name)
            )
    spoken = {
        i
        for n in names
        if n.rule == "self" and a - 1 <= n.last and n.first <= b + LONGEST
        for i in range(n.first, n.last + 1)
    }
    turns = _turns(part, here, held)
    turned = {i for t in turns for i in range(t.first, t.last + 1)}
    here.status = [s for s in here.status if s[0] not in turned]
    here.targets += turns + _references(part, a, b, (held - spoken) | turned)
    here.targets += _groups(part, here, held)
    here.targets += _pronouns(part, here, held | turned)
    here.targets.sort(key=lambda t: t.first)
    for cue in here.cues:
        if _takes_object(here, cue):
            cue.voices = frozenset({"active"})
    return here


def _takes_object(here: Scene, cue: Cue) -> bool:
    """A, która koordynuje P; A lidera a parceria P: with the object right behind it, what packs list as a passive (P,
    którą koordynuje A; que lidera a A) has its actor before it."""
    if cue.voices != {"passive"}:
        return False
    if not any(0 < t.first - cue.last <= 2 and t.kind == "partnership" and t.dual is None for t in here.targets):
        return False
    if cue.first in here.relatives:
        return cue.first - 1 in here.commas and any(g.last == cue.first - 2 for g in here.actors())
    return (
        cue.first < cue.last
        and here.part.is_word(cue.last, "articles")
        and any(g.last < cue.first for g in here.actors())
    )


def _outdone(relation: str, other: str | None, gapped: bool) -> bool:
    """Holdt ... oplæg is a talk and not the meeting that one holds: the entry with more words says what is done."""
    return relation == "organise" and not gapped and other in ("speak", "attend", "member")


def _opens_role(here: Scene, cue: Cue) -> bool:
    """Remains in the lead: the word for being in is part of the one for leading."""
    return cue.relation == "member" and any(
        c.relation == "lead" and cue.first < c.first <= cue.last < c.last for c in here.cues
    )


def _opens_clause(part: Part, first: int, last: int) -> bool:
    """German der, von der: an article too, and a relative only behind a comma or bracket."""
    return not part.is_word(last, "articles") or (first > 0 and not part.tokens[first - 1].word)


def _denies(part: Part, at: int, b: int) -> bool:
    """Gehört dem Netz jedoch nicht an: with the denial behind it the word ends the clause and opens none."""
    end = next((i for i in range(at, min(at + 3, b)) if not part.tokens[i].word), None)
    return end is not None and ("status", "negated") in part.tags(at)


def _selections(part: Part, here: Scene) -> None:
    """Eleven regions are covered, including X and Y: what is counted and then named by example are members."""
    for at in here.among:
        counted = [
            h
            for h in part.sentence_hits(here.a)
            if h.last < at
            and h.tag in (("measures", "member_regions"), ("measures", "members"), ("measures", "new_members"))
        ]
        if counted and not any(c.relation in RELATIONS and counted[-1].first <= c.first for c in here.cues):
            hit = counted[-1]
            here.cues.append(Cue(hit.first, hit.last, "member", frozenset({"label"})))


def _talks(part: Part, here: Scene) -> None:
    """Holds the opening lecture, gives a talk: what is held is no event, who holds it speaks."""
    events = [h for h in part.sentence_hits(here.a) if h.tag[:2] == ("head", "event")]
    groups = [g.first for g in here.groups]
    for talk in [c for c in here.cues if c.relation == "speak" and c.voices == {"label"}]:
        for cue in [c for c in here.cues if c.relation == "organise" and "active" in c.voices]:
            low, high = min(cue.last, talk.last), max(cue.first, talk.first)
            between = [i for i in range(low + 1, high) if not part.tokens[i].word]
            near = high - low <= _HELD + 6 * bool(here.between(groups, low, high))
            if near and not between and not any(low < h.first < high for h in events):
                here.cues = [c for c in here.cues if c is not cue]


def _besides(part: Part, here: Scene) -> None:
    """Besides the two founders there are X and Y: those are members, whatever the others are. Besides the founders A
    and B, there is Y: only A and B are founders."""
    for cue in here.cues:
        if cue.relation not in ("lead", "found") or len(cue.voices) > 1 or "active" in cue.voices:
            continue
        named = next((g for g in here.actors() if 0 < g.first - cue.last <= 3), None)
        end = cue.last if named is None else named.last
        places = [*range(max(here.a, cue.first - 3), cue.first), *range(end + 1, min(end + 2, here.b))]
        at = next((i for i in places if part.is_word(i, "except")), None)
        if at is None or any(at < g.first < cue.first for g in here.groups):
            continue
        if named is None or "passive" in cue.voices:
            cue.relation = "member"
        else:
            cue.only = named


def _pronouns(part: Part, here: Scene, held: set[int]) -> list[Target]:
    """Pronouns right beside a cue (launched it, it is led by) that take up what the text is about."""
    out = []
    for hit in part.sentence_hits(here.a):
        if hit.tag != ("word", "pronouns") or hit.first in held or part.head(hit.last + 1):
            continue  # This network: the noun takes it up.
        if any(
            0 < cue.first - hit.last <= 3 or 0 < hit.first - cue.last <= 1
            for cue in here.cues
            if cue.relation in (*RELATIONS, "launch", "end")
        ):
            out.append(Target("partnership", hit.first, hit.last, -1, None, reference=True))
    return out


def _turns(part: Part, here: Scene, held: set[int]) -> list[Target]:
    """The former, the latter project, both partnerships: which of two partnerships named before."""
    out: list[Target] = []
    hits = [h for h in part.sentence_hits(here.a) if h.tag[0] == "word" and h.tag[1] in ("former", "latter", "both")]
    for hit in sorted(hits, key=lambda h: h.first - h.last):
        taken = {i for t in out for i in range(t.first, t.last + 1)}
        if {hit.first, hit.last} & (held | taken):
            continue
        near = range(hit.last + 1, min(hit.last + (4 if hit.tag[1] == "both" else 2), here.b))
        at = next((i for i in near if part.head(i) and i not in held), None)
        tag = part.head(at) if at is not None else None
        if tag is not None and tag[1] != "partnership":
            continue
        said = any(hit.last < c.first <= hit.last + 2 and c.voices != {"label"} for c in here.cues)
        loose = hit.tag[1] == "both" or any(hit.first <= s[1] and s[0] <= hit.last for s in here.status)
        if loose and tag is None and not said:
            continue  # Both regions, the former coordinator.
        last = hit.last if at is None else at
        kind = tag[2] if tag is not None else None
        out.append(Target("partnership", hit.first, last, -1, kind, reference=True, turn=hit.tag[1]))
    return out


def _counts(part: Part, at: int) -> bool:
    """Whether the token is a number: five projects, the 12 approved projects. Years do not count."""
    text = part.tokens[at].text
    return ("number",) in part.tags(at) or (text.isdigit() and len(text) < 4)


def _references(part: Part, a: int, b: int, held: set[int]) -> list[Target]:
    """Head nouns without a name (the partnership) and pronouns, to be resolved by what was spoken of before."""
    out: list[Target] = []
    taken: set[int] = set()
    hits = [h for h in part.sentence_hits(a) if h.tag[0] == "head" and h.tag[1] == "partnership"]
    for hit in sorted(hits, key=lambda h: h.first - h.last):
        cover = set(range(hit.first, hit.last + 1))
        near = any(i in held for i in (hit.first - 1, _past_quote(part, hit.last + 1)))
        if cover & (held | taken) or near or any(_counts(part, i) for i in range(max(a, hit.first - 3), hit.first)):
            continue
        taken |= cover
        entity = NAMELESS if _ordinal(part, hit.first) else -1
        out.append(Target("partnership", hit.first, hit.last, entity, hit.tag[2], reference=True))
    return out


def _groups(part: Part, here: Scene, held: set[int]) -> list[Target]:
    """Chairs the group, work in the group: the bare noun takes up the one group that was spoken of lately."""
    out = []
    for hit in part.sentence_hits(here.a):
        beside = {hit.first - 1, hit.first, hit.last + 1}
        if hit.tag != ("several", "group") or hit.first != hit.last or beside & held or part.tokens[hit.first].glue:
            continue
        around = range(max(here.a, hit.first - 2), hit.first)
        told = any(part.is_word(i, "indefinite", "ordinals", "all", "general") or _counts(part, i) for i in around)
        if not told and not part.is_word(hit.last + 1, "linkers", "topics") and not part.head(hit.first):
            out.append(Target("partnership", hit.first, hit.last, -1, "working_group", reference=True, turn="group"))
    return out


def _past_quote(part: Part, i: int) -> int:
    return i + (i < len(part.tokens) and part.tokens[i].fold in QUOTES)


def _ordinal(part: Part, at: int) -> bool:
    """The second project, a third joint pilot: another one than what the text is about."""
    hits = part.sentence_hits(at)
    return any(h.tag == ("word", "ordinals") and h.value is not None and 0 < at - h.last <= 2 for h in hits)
