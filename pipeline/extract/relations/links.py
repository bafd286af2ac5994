"""Links: a partnership that belongs to, is paid by, or follows another, or a programme."""

from __future__ import annotations

import itertools

from pipeline.extract.reading import Reading
from pipeline.extract.relations.discourse import PLATFORM, SUBORDINATE
from pipeline.extract.relations.frames import status_of
from pipeline.extract.relations.funds import PAID, Funds
from pipeline.extract.relations.groups import Group
from pipeline.extract.relations.occasions import Occasions
from pipeline.extract.relations.scene import Cue, Scene, Target
from pipeline.extract.relations.story import Story
from pipeline.extract.relations.succession import Succession

# Heads of what belongs to a network.
_PARTS = {("head", "partnership", "pilot"), ("head", "partnership", "working_group")}

# Sentences after which a project is no longer at hand.
_LATELY = 3
# What holds partnerships and groups, and within how many words of "comprises" the first of them stands.
_WHOLES, _NEAR = (PLATFORM, "network", "community"), 8
# Words between what says a link and the object.
_FAR = {"funded_by": 14, "succeeds": 9, "part_of": 5}
# What there is within a partnership, by its kind.
_SMALL: set[str | None] = {"project", "pilot", "working_group"}
_INSIDE: dict[str, set[str | None]] = {PLATFORM: {"thematic_partnership"}, "working_group": {"project", "pilot"}}
# What groups and pilots are groups and pilots of.
_HOLDERS: dict[str, set[str | None]] = {
    "working_group": {"thematic_partnership", "network", "community", "pact", "pilot"},
    "pilot": {"network"},
}


class Links:
    """Links that the sentences of a story state."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self._occasions, self._funds, self.succession = Occasions(story), Funds(story), Succession(story)
        self.behind: set[int] = set()
        """What the sentence read last names only to say what something else goes on from."""

    def read(self, reading: Reading, here: Scene) -> None:
        self.behind = set()
        if here.question:
            return
        self._occasions.read(reading, here)
        self.beside(reading, here)
        self._funds.read(reading, here)
        self._pilots(reading, here)
        self._groups(reading, here)
        for cue in here.cues:
            if cue.relation == "part_of" and cue.voices == {"passive"}:
                self._comprises(reading, here, cue)
            elif cue.relation in ("part_of", "fund", "succeed"):
                self._link(reading, here, cue)
                self._inside(reading, here, cue)
            elif (
                cue.relation == "member"
                and "active" in cue.voices
                and any(0 < t.first - cue.last <= 4 and t.subkind == PLATFORM and not t.reference for t in here.targets)
            ):
                self._link(reading, here, Cue(cue.first, cue.last, "part_of", cue.voices))

    def beside(self, reading: Reading, here: Scene) -> None:
        """A project beside the one fund, a partnership beside the one platform of its sentence: they mostly
        belong together."""
        said = {kind for _, _, kind in here.status}
        if said & {"negated", "former"}:
            return
        own = [
            t
            for t in here.targets
            if t.kind == "partnership" and t.dual is None and t.subkind not in (PLATFORM, "pact")
        ]
        named = [t for t in own if not t.reference] or own
        funds = [t for t in here.targets if t.kind == "programme" and t.subkind == "funding" and "planned" not in said]
        platforms = [t for t in here.targets if t.subkind == PLATFORM and not t.reference]
        if any(t.reference for t in named):
            # Of the platforms together, partnerships are spoken of in general.
            platforms = [t for t in platforms if not self.story.focus.collective(t.entity)]
        for relation, objects, kinds in (
            ("funded_by", funds, {"project", "consortium", None}),
            ("part_of", platforms, {"thematic_partnership"}),
        ):
            subjects = [t for t in named if self.story.cast.subkind(t.entity) in kinds]
            if len({t.entity for t in objects}) == 1 and len({t.entity for t in subjects}) == 1:
                one, other = subjects[0], objects[0]
                span = here.span(min(one.first, other.first), max(one.last, other.last))
                self.story.writer.link(reading.part, one.entity, relation, other.entity, span, "beside", 0.6)

    def _pilots(self, reading: Reading, here: Scene) -> None:
        """The network's pilot on X; X, one of the pilots of the network: the pilot is part of it."""
        spoken = [t for t in here.targets if t.kind == "partnership" and t.entity >= 0]
        wholes = [t for t in spoken if t.subkind in ("network", "community") and not t.reference]
        heads = [h for h in reading.part.sentence_hits(here.a) if h.tag in _PARTS]
        for whole in wholes:
            others = [
                t for t in spoken if t.entity != whole.entity and t.subkind not in (PLATFORM, "network", "community")
            ]
            for hit in heads:
                gaps = [(t.reference, max(t.first - hit.last, hit.first - t.last), t) for t in others]
                near = [t for _, gap, t in sorted(gaps, key=lambda g: g[:2]) if gap <= 5]
                if not near or max(hit.first - whole.last, whole.first - hit.last) > 5:
                    continue
                part, low, high = near[0], min(near[0].first, whole.first), max(near[0].last, whole.last)
                if not here.between(here.breaks, low, high):
                    span = here.span(low, high)
                    self.story.writer.link(reading.part, part.entity, "part_of", whole.entity, span, "pilot of", 0.7)

    def _groups(self, reading: Reading, here: Scene) -> None:
        """A working group belongs to the partnership, network or community that the text is about, a pilot to the
        network."""
        for target in here.targets:
            holders = _HOLDERS.get(_kind(here, target))
            if holders is None or target.reference or target.kind != "partnership":
                continue
            if target.subkind == "pilot" and self.story.cast.entities[target.entity].key is not None:
                continue  # The pilot actions that a list knows are the Commission's.
            others = [t for t in here.targets if t.kind == "partnership" and t.entity != target.entity]
            near = [t for t in others if self.story.cast.subkind(t.entity) in holders]
            near.sort(key=lambda t: (t.reference, abs(t.first - target.first)))
            owner = near[0].entity if near else None
            if owner is None and target.subkind == "working_group":
                # A project grows out of a group rather than holding it.
                held = SUBORDINATE | {"project"}
                owner = next((t.entity for t in others if not t.reference and t.subkind not in held), None)
                owner = self._title(reading, held) if owner is None else owner
                owner = self.story.focus.whole(holders) if owner is None else owner
            if owner is not None:
                span = here.span(target.first, target.last)
                self.story.writer.link(
                    reading.part, target.entity, "part_of", owner, span, "working group", 0.6, inferred=not near
                )

    def _title(self, reading: Reading, held: set[str]) -> int | None:
        """A group with a heading of its own belongs to what the text is about, whatever the section before is on."""
        title = self.story.focus.title
        fits = title is not None and self.story.cast.subkind(title) not in held
        return title if reading.part.block.kind == "heading" and fits else None

    def whole(self) -> None:
        """What the text as a whole tells, once it is read."""
        self._funds.chosen()
        self.succession.continued()

    def _comprises(self, reading: Reading, here: Scene, cue: Cue) -> None:
        """The platform comprises the partnerships X and Y: what is named behind the words is part of what is before."""
        spoken = [t for t in here.targets if t.kind == "partnership" and t.entity >= 0 and t.dual is None]
        wholes = [t for t in spoken if t.last < cue.first and cue.first - t.last <= _LATELY]
        parts = [t for t in spoken if t.first > cue.last and not t.reference and t.subkind not in _WHOLES]
        if not wholes or not parts or parts[0].first - cue.last > _NEAR:
            return
        if status_of(here, cue, Group("", cue.first, cue.last)) in ("negated", "former", "planned"):
            return
        whole = wholes[-1]
        if self.story.cast.subkind(whole.entity) not in (*_WHOLES, "thematic_partnership", "pact"):
            return
        for part in parts:
            if not here.between(here.breaks + here.relatives, cue.last, part.first):
                span = here.span(whole.first, part.last)
                self.story.writer.link(reading.part, part.entity, "part_of", whole.entity, span, "comprises", 0.7)

    def _inside(self, reading: Reading, here: Scene, cue: Cue) -> None:
        """Within the partnership, A started the pilot X: what is named is part of what a head noun takes up."""
        spoken = [t for t in here.targets if t.kind == "partnership" and t.entity >= 0 and t.dual is None]
        taken = [t for t in spoken if t.reference and t.subkind is not None]
        wholes = [t for t in taken if 0 < t.first - cue.last <= _LATELY or t.last == cue.first - 1]
        if cue.relation != "part_of" or not wholes or here.status:
            return
        whole = wholes[0]
        kinds = _INSIDE.get(self.story.cast.subkind(whole.entity) or "", _SMALL)
        others = [t for t in spoken if not t.reference and t.entity != whole.entity]
        if len({t.entity for t in others}) == 1 and self.story.cast.subkind(others[0].entity) in kinds:
            low, high = min(cue.first, others[0].first), max(cue.last, others[0].last)
            if not here.between(here.breaks, low, high):
                span = here.span(low, high)
                self.story.writer.link(reading.part, others[0].entity, "part_of", whole.entity, span, "within", 0.7)

    def _link(self, reading: Reading, here: Scene, cue: Cue) -> None:
        relation = {"part_of": "part_of", "fund": "funded_by", "succeed": "succeeds"}[cue.relation]
        wants = {
            "part_of": {"partnership", "programme"},
            "funded_by": {"programme"},
            "succeeds": {"partnership", "programme"},
        }[relation]
        objects = [
            t for t in here.targets if t.kind in wants and not t.reference and not cue.first <= t.first <= cue.last
        ]
        if relation == "part_of":
            objects = [
                t
                for t in objects
                if t.subkind
                in (PLATFORM, "network", "community", "policy", "funding", "pilot", "thematic_partnership", "pact")
            ]
        forward = relation == "funded_by" and cue.voices <= {"active"}
        near = [t for t in objects if (t.last < cue.first if forward else t.first > cue.last)]
        near = sorted(near, key=lambda t: abs(t.first - cue.last))
        if not near and relation == "part_of":
            near = [t for t in objects if cue.first - t.last == 1]  # A Kaptiva hálózat része.
        if not near and relation == "funded_by":
            near = sorted(objects, key=lambda t: abs(t.first - cue.last))
        if not near:
            return
        target = near[0]
        if abs(target.first - cue.last) > _FAR[relation] or here.between(here.breaks, target.first, cue.first):
            return
        subjects = self._subjects(here, cue, target, relation)
        if not subjects or status_of(here, cue, Group("", cue.first, cue.last)) in ("negated", "former"):
            return
        entity = self.story.object_of(target, "partnership")
        if self.story.cast.subkind(subjects[0]) == PLATFORM and relation == "part_of":
            return
        if (
            target.kind == "programme"
            and relation in ("part_of", "succeeds")
            and self.story.cast.subkind(entity) == "funding"
            and self.story.cast.kind(subjects[0]) == "partnership"
        ):
            # What a programme brought forth it pays for.
            relation = "funded_by"
        if relation == "succeeds" and self.succession.outgrown(subjects[0], entity):
            relation = "part_of"
        low, high = min(cue.first, target.first), max(cue.last, target.last)
        counted = [] if self._named(here, target) else self.story.counted(reading, here)
        funds = _beside(here, target) if relation == "funded_by" else []
        for subject, one in itertools.product(counted or subjects, [entity, *funds]):
            turned = relation == "succeeds" and self.succession.turned(here, cue, target, subject)
            ends = (one, subject) if turned else (subject, one)
            if relation == "succeeds":
                self.behind.add(ends[1])
            self.story.writer.link(
                reading.part, ends[0], relation, ends[1], here.span(low, high), f"{cue.relation} frame", 0.7
            )

    def _listed(self, partnership: int) -> bool:
        """The partnerships that a list knows are thematic ones."""
        known = self.story.cast.entities[partnership].key is not None
        return known and self.story.cast.subkind(partnership) == "thematic_partnership"

    def _named(self, here: Scene, target: Target) -> bool:
        return any(t.kind == "partnership" and t is not target and not t.reference for t in here.targets)

    def _subjects(self, here: Scene, cue: Cue, target: Target, relation: str) -> list[int]:
        options = [
            t
            for t in here.targets
            if t is not target
            and t.kind in ("partnership", "programme")
            and t.entity != target.entity
            and t.dual is None
            and t.subkind != PLATFORM
        ]
        if relation == "succeeds" and target.kind == "partnership":
            options = [t for t in options if t.kind == "partnership"]
        if relation == "part_of" and target.kind == "partnership":
            options = [t for t in options if t.kind == "partnership" or t.subkind != "funding"]
        if relation == "funded_by":
            # Money goes to projects; where a partnership stands beside one, or was named on the way, it is not meant.
            paid = [t for t in options if self.story.cast.subkind(t.entity) in PAID]
            if not paid and (spoken := self.story.focus.latest(PAID, _LATELY)) is not None:
                return [spoken]
            # What a list knows as a partnership lives on no programme: the pilot that is taken up has no name.
            options = paid or [t for t in options if not (t.reference and self._listed(t.entity))]
        before = [t for t in options if t.last < cue.first and t.last < target.first]
        if before:
            return before[-1].entities()
        after = [t for t in options if t.first > cue.last]
        if after:
            return after[0].entities()
        found = self.story.focus.fallback()
        if relation in ("funded_by", "succeeds") and found is not None and self._listed(found):
            return []
        if relation == "part_of" and any(0 < cue.first - g.last <= _LATELY for g in here.actors()):
            return []  # The region is active in the platform.
        return [found] if found is not None and found != target.entity else []


def _beside(here: Scene, target: Target) -> list[int]:
    """What is enumerated with a programme: paid by X and by Y."""
    group = next((g for g in here.groups if any(n.first == target.first for n in g.names)), None)
    return [n.entity for n in group.names if n.entity != target.entity] if group is not None else []


def _kind(here: Scene, target: Target) -> str:
    """What a partnership is called here: the pilot X, though a list knows X as a partnership."""
    called = here.part.head(target.first - 1) if target.first > here.a else None
    return "pilot" if called == ("head", "partnership", "pilot") else target.subkind or ""
