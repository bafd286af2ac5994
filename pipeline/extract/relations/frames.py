"""Who does what to which partnership in a sentence: every cue finds its actor and its object by a score.

Kinds settle most of it (actors lead, partnerships are led); side, distance and clause borders settle the rest.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.extract.names.name import SELF
from pipeline.extract.relations.clauses import (
    apposed,
    closes,
    enclosed,
    has_subject,
    holds_object,
    inverted,
    leading,
    listed_behind,
    one_of,
    parted,
    preceded,
    predicate,
    resumed,
    shares_subject,
    spelt_out,
)
from pipeline.extract.relations.discourse import PLATFORM
from pipeline.extract.relations.groups import Group
from pipeline.extract.relations.scene import EVENT_RELATIONS, RELATIONS, Cue, Scene, Target

ROLE = {
    "lead": "lead",
    "found": "initiator",
    "member": "member",
    "contribute": "contributor",
    "organise": "organiser",
    "host": "host",
    "speak": "speaker",
    "attend": "participant",
}
# Side scores: actor before and after the cue, object before and after the cue, by voice.
_ACTOR = {"active": (1.0, 0.55), "passive": (0.45, 1.0), "label": (0.75, 0.8)}
_OBJECT = {"active": (0.6, 1.0), "passive": (1.0, 0.6), "label": (0.75, 0.8)}
_MINIMUM = 0.3
# What others do together with us.
_WITH_US = {"found", "organise"}


@dataclass(slots=True)
class Bond:
    """A cue bound to an actor group and an object; `target` None means that discourse must supply the object."""

    cue: Cue
    group: Group
    target: Target | None
    score: float
    status: str | None
    how: str = "frame"

    @property
    def rule(self) -> str:
        return f"{self.cue.relation} {self.how}"


def bonds(scene: Scene, relations: tuple[str, ...] = RELATIONS, kind: str = "partnership") -> list[Bond]:
    """The best joint choice for all cues of these relations in a scene, strongest first."""
    cues = [c for c in scene.cues if c.relation in relations]
    if scene.question or not cues or not scene.actors():
        return []
    options: list[Bond] = []
    owned = [c.only for c in scene.cues if c.only is not None]
    for cue in cues:
        if kind == "partnership" and _speaks_of_actor(scene, cue):
            continue
        for group in scene.actors():
            if not cue.said_of(group) or (cue.only is None and any(group is g for g in owned)):
                continue
            reach = _actor_score(scene, cue, group)
            if reach < _MINIMUM or _spoken_for(scene, cue, group) or _said_of_speakers(scene, cue, group):
                continue
            target, fit = _object(scene, cue, group, kind)
            framed = kind == "event" and cue.relation == "organise"
            if (
                framed
                and target is None
                and any(_only_sets_the_scene(scene, t) for t in scene.targets if t.kind == kind)
            ):
                continue
            options.append(Bond(cue, group, target, reach + 0.5 * fit, status_of(scene, cue, group, target)))
    options.sort(key=lambda o: (-o.score, o.cue.first, o.group.first))
    chosen: list[Bond] = []
    for option in options:
        if any(_clash(option, other) and not _denied(scene, other, option) for other in chosen):
            continue
        chosen.append(option)
    return chosen


def _spoken_for(scene: Scene, cue: Cue, group: Group) -> bool:
    """Invited by A, the partners of B: who stands right behind a passive is not the actor after the comma."""
    behind = any(c.voices == {"passive"} and group.first - c.last == 1 for c in scene.cues if c is not cue)
    return behind and any(group.last < comma < cue.first for comma in scene.commas)


def _said_of_speakers(scene: Scene, cue: Cue, group: Group) -> bool:
    """Among the speakers were A and B: being there is said of speakers."""
    return cue.relation == "attend" and any(
        c.relation == "speak"
        and c.last < cue.first < group.first
        and not scene.between(scene.breaks + [g.first for g in scene.actors()], c.last, group.first)
        for c in scene.cues
    )


def _speaks_of_actor(scene: Scene, cue: Cue) -> bool:
    """A passive in a relative clause on a body (X, which is run by Y) says nothing of a partnership."""
    if "passive" not in cue.voices or not any(cue.first - 5 <= r < cue.first for r in scene.relatives):
        return False
    relative = max(r for r in scene.relatives if r < cue.first)
    agents = [g for g in scene.actors() for c in scene.cues if c.voices >= {"passive"} and 0 < g.first - c.last <= 2]
    # A consortium led by X, in which Y is: the clause goes on about what X leads.
    nouns = [(g.last, g not in agents or cue.relation != "member") for g in scene.actors() if g.last < relative] + [
        (t.last, False) for t in scene.targets if t.last < relative and t.dual is None
    ]
    return bool(nouns) and max(nouns)[1] and relative - max(nouns)[0] <= 3


def _denied(scene: Scene, denied: Bond, said: Bond) -> bool:
    """Supplies the samples but does not sign: what is denied in one clause takes nothing from what the other says."""
    low, high = sorted((denied.cue.first, said.cue.first))
    return denied.status == "negated" and said.status is None and scene.between(scene.breaks, low, high) > 0


def _ours(cue: Cue, group: Group) -> bool:
    """The verb itself says that "we" act: lideramos."""
    return group.names[0].rule == SELF and cue.first <= group.first <= cue.last


def _clash(one: Bond, other: Bond) -> bool:
    if one.cue is other.cue:
        # Who else seems to act is with us: with A we founded B.
        return not (one.cue.relation in _WITH_US and _ours(one.cue, one.group) != _ours(other.cue, other.group))
    same_target = (one.target is other.target) or (
        one.target and other.target and one.target.entity == other.target.entity >= 0
    )
    if one.group is other.group:
        if {one.cue.relation, other.cue.relation} in ({"found", "lead"}, {"found", "member"}):
            return False
        return bool(same_target)
    return False


def _actor_score(scene: Scene, cue: Cue, group: Group) -> float:
    if cue.relation == "lead" and preceded(scene, group):
        return 0.0
    if _ours(cue, group):
        return 1.2 if "active" in cue.voices else 0.0
    if group.first <= cue.first <= group.last:
        # At the Institute (host): the bracket behind a name says what it does at the event.
        return 1.0 if cue.relation in EVENT_RELATIONS and len(group.names) == 1 else 0.0
    before = group.last < cue.first
    if before and resumed(scene, cue, group):
        return _ACTOR["active"][0] - 0.1
    voices = {"active"} if holds_object(scene, cue) else cue.voices
    score = max(_ACTOR.get(v, (0.7, 0.7))[0 if before else 1] for v in voices)
    shared = before and shares_subject(scene, cue, group)
    if not before and "active" in cue.voices and inverted(scene, cue):
        score = 0.9
    gap = (cue.first - group.last if before else group.first - cue.last) - 1
    if before and not gap and cue.relation == "lead" and closes(scene, cue):
        score = 1.1
    gap -= 0 if before else leading(scene, cue.last, group)
    edge = group.last if before else group.first
    place = cue.first if before else cue.last
    if shared:
        gap = min(gap, 4)
    elif (not before and predicate(scene, cue, group)) or (before and one_of(scene, cue, group)):
        gap = min(gap, 2)
    selected = not before and any(0 < group.first - i <= 2 for i in scene.among if i > cue.last)
    listed = not before and listed_behind(scene, cue, group)
    if listed or (not before and spelt_out(scene, cue, group)):
        selected, score = True, max(score, 0.75)
    if selected:
        gap = min(gap, 1)
    beside = not before and apposed(scene, cue, group)
    if beside:
        gap, score = 0, 1.1
    # A noun's own actor stands beside it.
    score -= (0.1 if cue.voices == {"label"} and not before and gap > 3 else 0.04) * gap
    if gap <= 1:
        score += 0.25
    if before and parted(scene, cue, group):
        score -= 0.5
    score -= 0.5 * scene.between(scene.breaks, edge, place) * (not shared)
    score -= 0.08 * scene.between(scene.commas, edge, place) * (not selected and not beside and not shared)
    if not before and cue.last + 1 in scene.commas and "label" in cue.voices and has_subject(scene, cue):
        score -= 0.6
    relatives = scene.between(scene.relatives, edge, place)
    if relatives and not listed:
        score -= 0.05 if before and gap <= 4 else 0.35 * relatives
    others = [c.first for c in scene.cues if c.relation != cue.relation and c.relation in ROLE and not _overlap(c, cue)]
    score -= 0.2 * scene.between(others, edge, place) * (not shared)
    score -= 0.25 * sum(min(edge, place) < g.first < max(edge, place) for g in scene.actors() if g is not group)
    if len(scene.actors()) > 1 and is_network(group) and (bool(cue.voices & {"active", "label"})) != before:
        # A network in the place of the object is what is joined, not who joins.
        score -= 0.5
    score -= 0.6 * enclosed(scene, cue, group)
    if "label" in cue.voices and len(cue.voices) == 1:
        score -= 0.06 * gap
    return score


def is_network(group: Group) -> bool:
    """Whether a group is one body that is a network as well."""
    return len(group.names) == 1 and any(r.kind == "partnership" for r in group.names[0].readings)


def _object(scene: Scene, cue: Cue, group: Group, kind: str) -> tuple[Target | None, float]:
    best, top = None, _MINIMUM
    for target in scene.targets:
        if target.kind != kind or target.first <= cue.first <= target.last:
            continue
        if target.dual is not None and (target.dual in group.names or group.first <= target.first <= group.last):
            continue
        if kind == "event" and cue.relation == "organise" and _only_sets_the_scene(scene, target):
            continue
        if group.first <= target.first <= group.last or (
            cue.relation == "lead" and target.subkind == PLATFORM and _partnerships(scene, kind)
        ):
            continue
        before = target.last < cue.first
        antecedent = before and _antecedent(scene, target, cue, group)
        acts = target.dual is not None and before and "active" in cue.voices and len(scene.actors()) > 1
        if acts and not antecedent:
            # A network before an active verb is who acts.
            continue
        score = max(_OBJECT.get(v, (0.7, 0.7))[0 if before else 1] for v in cue.voices)
        edge = target.last if before else target.first
        place = cue.first if before else cue.last
        gap = (cue.first - target.last if before else target.first - cue.last) - 1
        score -= (
            0.015 * gap
            + 0.3 * scene.between(scene.breaks, edge, place)
            + 0.05 * scene.between(scene.commas, edge, place)
        )
        if antecedent:
            score = 1.1
        elif any(0 < target.first - c.last <= 2 for c in scene.cues if c.relation == "part_of" and c is not cue):
            score -= 0.4
        others = [c.first for c in scene.cues if c is not cue and c.relation in ROLE and not _overlap(c, cue)]
        score -= 0.12 * scene.between(others, edge, place)
        if target.subkind == PLATFORM and (
            (cue.relation != "found" and (gap > 1 or cue.relation == "lead")) or _partnerships(scene, kind)
        ):
            score -= 0.3
        if target.dual is not None:
            score -= 0.25
        if target.reference:
            score -= 0.2
        elif target.subkind != PLATFORM and target.dual is None:
            # A partnership named in the sentence beats anything that discourse could offer.
            score = max(score, _MINIMUM + 0.01 + 0.001 * (100 - gap))
        if score > top:
            best, top = target, score
    return best, top


def _only_sets_the_scene(scene: Scene, target: Target) -> bool:
    """Within the conference, the Commission holds a meeting: the conference is where, not what."""
    within = any(target.first - c.last == 1 for c in scene.cues if c.relation == "part_of")
    return within and any(
        h.tag[:2] == ("head", "event") and scene.a <= h.first < scene.b and not target.first <= h.first <= target.last
        for h in scene.part.hits
    )


def _antecedent(scene: Scene, target: Target, cue: Cue, group: Group) -> bool:
    """The pilot, which A leads: what stands right before a relative whose clause holds actor and verb."""
    if target.last + 1 == group.first and 0 < cue.first - group.last <= 2 and cue.voices & {"active"}:
        # The platform we joined.
        return True
    if target.subkind == PLATFORM:
        # The platform, which A opened; the platform, opened by A.
        opens = [r for r in scene.relatives + scene.commas if 0 < r - target.last <= 2]
        return cue.relation == "found" and bool(opens) and cue.first - max(opens) <= 1 + 4 * (cue.first > group.last)
    opened = [r for r in scene.relatives if target.last < r < min(cue.first, group.first)]
    return bool(opened) and opened[-1] - target.last <= 3 and max(cue.first, group.first) - opened[-1] <= 8


def _partnerships(scene: Scene, kind: str) -> bool:
    """Whether something other than a platform is named."""
    return any(t.subkind != PLATFORM and not t.reference and t.dual is None and t.kind == kind for t in scene.targets)


def _overlap(one: Cue, other: Cue) -> bool:
    return one.first <= other.last and other.first <= one.last


def status_of(scene: Scene, cue: Cue, group: Group, target: Target | None = None) -> str | None:
    """The word that turns a statement around, if one stands in the clause of the cue: negated, former,
    planned, invited. As what one takes part (an observer) is said behind the object."""
    if group.first > cue.last and listed_behind(scene, cue, group):
        return None  # Not one of its lead regions, which are A and B.
    low, high = min(cue.first, group.first), max(cue.last, group.last)
    behind = max(high, target.last) if target is not None and cue.relation in ("member", "attend") else high
    for order in ("negated", "former", "planned", "invited", "absent"):
        for first, last, kind in scene.status:
            if kind != order:
                continue
            near = first <= (behind if kind in ("invited", "negated") else high) + 3 and last >= low - 4
            if kind == "planned" and first - scene.a <= 1 and cue.relation in RELATIONS and first < low <= first + 12:
                return kind  # If approved, the project will be led by A.
            behind_cue = kind in ("negated", "absent") and first > cue.last
            commas = scene.commas if kind == "invited" or behind_cue else []
            apart = scene.between(scene.breaks + scene.relatives + commas, first, cue.first)
            if near and not apart and abs(first - cue.first) <= 8 and not _nearer(scene, cue, first, last):
                return kind
    return None


def _nearer(scene: Scene, cue: Cue, first: int, last: int) -> bool:
    """Whether a status word belongs to another cue that stands closer behind it: supports, without being a member."""
    own = cue.first - last if cue.first > last else first - cue.last + 2
    return any(
        0 < other.first - last < own and other.relation != cue.relation and not _overlap(other, cue)
        for other in scene.cues
        if other.relation in ROLE
    )
