"""Who shares a statement made of another actor: X leads together with Y, A represents B."""

from __future__ import annotations

from dataclasses import replace

from pipeline.extract.relations.discourse import PLATFORM
from pipeline.extract.relations.frames import ROLE, Bond, status_of
from pipeline.extract.relations.groups import Group
from pipeline.extract.relations.scene import EVENT_RELATIONS, RELATIONS, Cue, Scene, Target
from pipeline.extract.words.lexicon import Hit
from pipeline.text.tokens import QUOTES

# A word for a role speaks of actors at most so many words away.
CLOSE = 8
# So many words may stand between a statement and the joint that goes on with it.
_REACH = 4
# A clause that denies a role has so many words at most ahead of it.
_DENIAL = 6
# So many words, the head noun of the second name among them, may stand between two pairs of actor and partnership.
_TIES = 6
# Words that tie those who act together.
_TOGETHER = (("word", "and"), ("word", "jointly"), ("word", "with"))
# Roles that who is with the actor has too.
_SHARED = ("lead", "found", "member", "organise", "host")


def gapped(here: Scene, chosen: list[Bond]) -> None:
    """X is led by A, Y by B and Z by C: where the verb is left out the second time, actors and partnerships come in
    pairs in the order of the first one."""
    named = [t for t in here.targets if t.kind == "partnership" and not t.reference and t.subkind != PLATFORM]
    for bond in list(chosen):
        while (following := _pair(here, chosen, bond, named)) is not None:
            chosen.append(following)
            bond = following


def _pair(here: Scene, chosen: list[Bond], bond: Bond, named: list[Target]) -> Bond | None:
    """The statement without a verb that goes on right behind this one."""
    one = bond.target
    if one is None or one.reference or one.dual is not None or bond.how not in ("frame", "gapped"):
        return None
    end = max(one.last, bond.group.last, bond.cue.last if bond.how == "frame" else 0)
    target = next((t for t in named if t.first > end), None)
    group = next((g for g in here.actors() if g.first > end), None)
    if target is None or group is None or target.dual is not None or any(b.group is group for b in chosen):
        return None
    start, last = min(target.first, group.first), max(target.last, group.last)
    inner = range(min(target.last, group.last) + 1, max(target.first, group.first))
    ties = range(end + 1, start)
    said = any(c.first in range(end + 1, last + _REACH) for c in here.cues if c.relation in (*_SHARED, "contribute"))
    parted = any(here.part.tokens[i].fold in ",;" or here.part.is_word(i, "and", "contrast") for i in ties)
    turned = (one.first < bond.group.first) != (target.first < group.first)
    if (
        said
        or turned
        or not parted
        or len(ties) > _TIES
        or len(inner) > _REACH
        or here.between(here.relatives, end, last)
    ):
        return None
    return replace(bond, group=group, target=target, score=bond.score - 0.1, how="gapped")


def joint_actors(here: Scene, chosen: list[Bond]) -> None:
    """X leads, together with Y; organised by X in cooperation with Y; X leads P with Y: a group that a joint ties to
    the statement before shares its role."""
    for group in here.actors():
        before = group.first - 1
        while before >= here.a and here.part.is_word(before, "articles") and not here.part.is_word(before, "and"):
            before -= 1
        if before < here.a or any(b.group is group for b in chosen if b.cue.relation != "contribute"):
            continue
        joints = [
            h
            for h in here.part.sentence_hits(here.a)
            if h.last == before and h.tag[0] == "word" and h.tag[1] in ("and", "jointly", "with")
        ]
        if not joints:
            continue
        joint = min(joints, key=lambda h: h.first)
        left = [b for b in chosen if b.group is not group and _goes_on(here, b, joint)]
        if left:
            bond = left[-1]
            cue = bond.cue
            if joint.tag[1] == "with" and cue.relation == "lead" and joint.first - 1 in here.commas:
                cue = replace(cue, relation="member")  # Led by X, with Y: Y is in it.
            chosen.append(replace(bond, cue=cue, group=group, score=bond.score - 0.2, how="joined"))


def not_but(here: Scene, chosen: list[Bond]) -> None:
    """Ne koordinira A, nego B; it is not led by A but by B: whom a denial of somebody else sets against, without a verb
    of its own."""
    for bond in list(chosen):
        cue, group = bond.cue, bond.group
        if bond.status != "negated" or cue.first > group.first or bond.how != "frame":
            continue
        at = next((i for i in here.breaks if 0 < i - group.last <= 2 and here.part.tokens[i].word), None)
        other = next((g for g in here.actors() if at is not None and 0 < g.first - at <= _REACH), None)
        if at is None or other is None or any(b.group is other for b in chosen):
            continue
        ends = other.last + 1 >= here.b or here.part.tokens[other.last + 1].fold in ".,;:)"
        if ends and not any(at < c.first for c in here.cues if c.relation in (*_SHARED, "contribute")):
            chosen.append(replace(bond, group=other, status=None, score=bond.score - 0.1, how="not but"))


def handed_over(chosen: list[Bond], here: Scene, until: list[int]) -> list[Bond]:
    """Until 2020 P was led by A; since then B has been in charge: who led until some day leads no more, if another is
    said to lead. `until` are the tokens at which such days stand."""
    leads = [b for b in chosen if b.cue.relation == "lead" and b.status is None]
    out = []
    for bond in chosen:
        near = [i for i in until if not here.between(here.breaks, i, bond.cue.first)]
        later = [
            b for b in leads if b.group is not bond.group and here.between(here.breaks, bond.cue.first, b.cue.first)
        ]
        ended = bond.cue.relation == "lead" and bond.status is None and near and later
        out.append(replace(bond, status="former") if ended else bond)
    return out


def partners_ahead(here: Scene, chosen: list[Bond]) -> None:
    """Zusammen mit B koordiniert A das Projekt; A, which together with B leads it: who stands behind the verb or ahead
    of the joint does what B, named between the joint and the verb, does."""
    for bond in list(chosen):
        cue, group = bond.cue, bond.group
        if "active" not in cue.voices or cue.first <= group.last:
            continue
        between = range(group.last + 1, cue.first)
        objects = {i for t in here.targets for i in range(t.first, t.last + 1)}
        if any(i not in objects and not _small(here, i) for i in between):
            continue
        joints = [h for h in here.part.sentence_hits(here.a) if h.tag in _TOGETHER and 0 < group.first - h.last <= 2]
        opening = any(h.first == here.a for h in joints)
        inner = [h.first for h in joints if h.tag != ("word", "and")]
        found: Group | None = None
        if opening:
            found = next((g for g in here.actors() if 0 < g.first - cue.last <= 3), None)
        elif inner:
            found = next((g for g in here.actors() if 0 < min(inner) - g.last <= _REACH), None)
            if found is not None and any(found.last < c.first < cue.first for c in here.cues if c.relation in _SHARED):
                found = None
        if found is not None and not any(b.group is found for b in chosen):
            chosen.append(replace(bond, group=found, score=bond.score - 0.1, how="joined"))


def companions(here: Scene, chosen: list[Bond]) -> None:
    """Together with A and B, C leads P: with whom the sentence opens does what its subject, named behind them, does."""
    objects = {i for t in here.targets for i in range(t.first, t.last + 1)}
    for group in here.actors():
        opens = any(
            h.first == here.a < h.last and h.tag in _TOGETHER and 0 < group.first - h.last <= 2
            for h in here.part.sentence_hits(here.a)
        )
        if not opens or any(b.group is group for b in chosen):
            continue
        for bond in chosen:
            held = objects | set(range(bond.group.first, bond.group.last + 1)) | set(here.commas)
            behind = group.last < bond.cue.first and "active" in bond.cue.voices and bond.cue.relation in _SHARED
            if behind and all(i in held or _small(here, i) for i in range(group.last + 1, bond.cue.first)):
                chosen.append(replace(bond, group=group, score=bond.score - 0.1, how="joined"))
                break


def _small(here: Scene, i: int) -> bool:
    """An article, a quotation mark, or the noun for what is named behind it."""
    return here.part.tokens[i].fold in QUOTES or here.part.is_word(i, "articles") or bool(here.part.head(i))


def _goes_on(here: Scene, bond: Bond, joint: Hit) -> bool:
    """Whether a joint goes on with a statement: not far behind its word and its actor, no clause between."""
    relation, first, kind = bond.cue.relation, joint.first, joint.tag[1]
    shared = {"and": True, "jointly": relation in EVENT_RELATIONS, "with": relation in _SHARED}[kind]
    if not shared or bond.group.first > first or bond.cue.last >= first:
        return False
    if here.between(here.breaks + here.relatives, bond.cue.last, joint.last):
        return False
    ends = [bond.cue.last]
    if kind != "and" or joint.first < joint.last:
        ends += [bond.group.last, *([bond.target.last] if bond.target is not None else [])]
    return first - max(e for e in ends if e < first) <= (2 if kind == "with" else _REACH)


def representatives(here: Scene, chosen: list[Bond], met: bool) -> list[Bond]:
    """A represents B in X: both are in it, who stands for another and whom it stands for. `met`: an event was what the
    text spoke of last."""
    hit = next((h for h in here.part.sentence_hits(here.a) if h.tag == ("word", "represents")), None)
    named = [t for t in here.targets if t.kind == "partnership" and t.subkind != PLATFORM]
    met = met or any(h.tag[:2] == ("head", "event") for h in here.part.sentence_hits(here.a))
    if hit is None or here.question or (met and not named):
        return []
    near = [b for b in chosen if b.cue.relation == "lead" and 0 <= hit.first - b.group.last <= 5]
    cue = Cue(hit.first, hit.last, "lead" if near else "member", frozenset({"represents"}))
    borders = here.breaks + [c.first for c in here.cues if c.relation in RELATIONS]
    groups = [
        g
        for g in here.actors()
        if distance(cue, g) <= CLOSE
        and not here.between(borders, g.first, hit.first)
        and not any(b.group is g and b.cue.relation not in ("member", "attend") for b in chosen)
    ]
    groups = sorted(groups, key=lambda g: distance(cue, g))[:2]
    target = min(named, key=lambda t: abs(t.first - hit.first), default=None)
    held = [b.group for b in chosen if b.cue.relation == "member"]
    return [
        Bond(cue, g, target, 1.0 if target is not None else 0.8, status_of(here, cue, g, target), "represented")
        for g in groups
        if not any(g is x for x in held)
    ]


def without_membership(here: Scene, chosen: list[Bond]) -> list[Bond]:
    """A supplies the data without being a partner, A pays but is not a partner: who does something for what it is not
    in contributes to it."""
    out: list[Bond] = []
    tokens = here.part.tokens
    for at in here.exempt + [i for i in here.breaks if tokens[i].word]:
        start = max((i for i in here.breaks if i < at), default=here.a - 1) + 1
        cue = next((c for c in here.cues if c.relation == "member" and at < c.first <= at + _DENIAL), None)
        group = next((g for g in here.actors() if start <= g.first <= g.last < at), None)
        if cue is None or group is None or here.question or any(b.group is group and not b.status for b in chosen):
            continue
        denied = [(i, j) for i, j, kind in here.status if kind == "negated" and at <= i <= cue.last + _REACH]
        others = [s for s in here.status if (s[0], s[1]) not in denied]
        said = any(c.relation in ROLE and start <= c.first < at for c in here.cues)
        alone = sum(start <= g.first < cue.last for g in here.actors()) == 1
        does = sum(tokens[i].word for i in range(start, at) if not group.first <= i <= group.last)
        if (denied or at in here.exempt) and alone and does > 1 and not said and not others:
            named = [t for t in here.targets if t.kind == "partnership" and t.subkind != PLATFORM and t.dual is None]
            target = min(named, key=lambda t: abs(t.first - cue.first), default=None)
            helps = Cue(at, cue.last, "contribute", frozenset({"active"}))
            out.append(Bond(helps, group, target, 0.7, None, "without membership"))
    return out[:1]


def distance(cue: Cue, group: Group) -> int:
    """How many words lie between a word for a role and a group."""
    return max(0, cue.first - group.last, group.first - cue.last)
