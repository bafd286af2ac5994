"""What the clause around a word for a role tells of who is its subject."""

from __future__ import annotations

from pipeline.extract.relations.groups import Group
from pipeline.extract.relations.scene import EVENT_RELATIONS, RELATIONS, Cue, Scene

_ENDS = frozenset(".,;:!?)")
_ROLES = (*RELATIONS, *EVENT_RELATIONS)
# A clause put in between subject and verb has so many words at most.
_INSERTED = 25
# So many words at most lead from the mark between two clauses to the verb of the second.
_SMALL = 7
# So many lead from the noun for a role to those who have it, as a relative clause says.
_LISTED = 5
# Between the noun for a role and its partnership stand so many words at most: coordinator of the project X.
_OBJECT = 4


def has_subject(scene: Scene, cue: Cue) -> bool:
    """A is the lead partner, B and C are partners: no comma parts the word from an actor before it."""
    borders = scene.breaks + scene.commas + scene.relatives
    return any(g.last < cue.first and not scene.between(borders, g.last, cue.first) for g in scene.actors())


def holds_object(scene: Scene, cue: Cue) -> bool:
    """X set it up and ją koordynuje, la coordina: the pronoun is what is led, and nobody stands behind who leads."""
    if "passive" not in cue.voices or cue.first == cue.last:
        return False
    pronoun = any(scene.part.is_word(i, "pronouns") for i in range(cue.first, cue.last + 1))
    return closes(scene, cue) or (pronoun and not any(g.first > cue.last for g in scene.actors()))


def shares_subject(scene: Scene, cue: Cue, group: Group) -> bool:
    """A set up P in 2016 and still runs it; A is not in P, it is however a partner of Q: a joint or the mark between
    clauses, and small words, lead from one verb to the next."""
    tokens, part = scene.part.tokens, scene.part
    if not cue.voices & {"active", "label"} and not holds_object(scene, cue):
        return False
    if any(group.last < g.first < cue.first for g in scene.actors()):
        return False
    near = range(max(group.last + 1, cue.first - _SMALL), cue.first)
    joint = next(
        (i for i in reversed(near) if i in scene.breaks or (cue.first - i <= 4 and part.is_word(i, "and"))), None
    )
    if joint is None or any(tokens[i].capital for i in range(joint, cue.first)):
        return False
    if "active" not in cue.voices and joint not in scene.breaks and not holds_object(scene, cue):
        return False
    marks = [i for i in range(joint + 1, cue.first) if not tokens[i].word]
    if marks and (joint not in scene.breaks or any(i not in scene.commas for i in marks)):
        return False
    if any(group.last < first < joint for first, _, kind in scene.status if kind == "negated"):
        # A is not in P, although it carries out research: what follows a denial names what it is of.
        return joint not in scene.breaks or any(t.first > joint for t in scene.targets)
    return any(group.last < c.first < joint and c.relation in _ROLES for c in scene.cues)


def predicate(scene: Scene, cue: Cue, group: Group) -> bool:
    """Host of the conference on 12 May in Graz was A: the sentence opens with the word and ends with who it is."""
    ends = group.last + 1 >= scene.b or scene.part.tokens[group.last + 1].fold in _ENDS
    between = [c.first for c in scene.cues if c.relation in _ROLES and c.last > cue.last]
    borders = scene.breaks + scene.commas + scene.relatives + between + [g.first for g in scene.actors()]
    return (
        "label" in cue.voices
        and cue.first - scene.a <= 1
        and ends
        and not scene.between(borders, cue.last, group.first)
    )


def enclosed(scene: Scene, cue: Cue, group: Group) -> bool:
    """The partnership, which is led by A and B, is part of Y: A and B belong to the clause between the commas."""
    if group.last + 1 not in scene.commas or cue.first <= group.last:
        return False
    own = [c for c in scene.cues if c.relation in _ROLES and 0 < group.first - c.last <= 4]
    opens = scene.relatives + scene.commas
    return any(0 <= c.first - i <= 4 for c in own for i in opens if i > scene.a)


def closes(scene: Scene, cue: Cue) -> bool:
    """With A and B at the helm: nothing of the clause stands behind the word."""
    behind = cue.last + 1
    return behind >= scene.b or scene.part.tokens[behind].fold in _ENDS


def spelt_out(scene: Scene, cue: Cue, group: Group) -> bool:
    """Three regions started X in 2021: A, B and C. Behind the colon stands who did, if nobody is named before it."""
    tokens = scene.part.tokens
    colon = next((i for i in range(group.first - 1, max(cue.last, group.first - 3), -1) if tokens[i].fold == ":"), None)
    if colon is None or ("active" not in cue.voices and cue.relation in RELATIONS) or cue.relation == "contribute":
        return False
    return len(group.names) > 1 and not any(g.first < colon for g in scene.actors())


def one_of(scene: Scene, cue: Cue, group: Group) -> bool:
    """A is one of the three lead regions of P: small words and a number lead from the actor to the noun."""
    part, between = scene.part, range(group.last + 1, cue.first)
    counted = any(("number",) in part.tags(i) or part.tokens[i].text.isdigit() for i in between)
    small = all(part.tokens[i].word and not part.tokens[i].capital for i in between)
    others = [c.first for c in scene.cues if c is not cue and c.relation in _ROLES and "active" in c.voices]
    return (
        "label" in cue.voices and len(between) <= _SMALL and counted and small and not any(i in others for i in between)
    )


def listed_behind(scene: Scene, cue: Cue, group: Group) -> bool:
    """One of its lead regions, which are A, B and C: a comma and a relative lead from the noun to who they are."""
    gap = range(cue.last + 1, group.first)
    tokens = scene.part.tokens
    if cue.voices & {"active"} or not 2 <= len(gap) <= _LISTED or len(group.names) < 2:
        return False
    relative = any(i in scene.relatives for i in gap)
    ends = group.last + 1 >= scene.b or tokens[group.last + 1].fold in _ENDS
    return (
        relative and ends and not any(tokens[i].capital or (not tokens[i].word and i not in scene.commas) for i in gap)
    )


def inverted(scene: Scene, cue: Cue) -> bool:
    """The network founded A and B, as languages with cases say it: the object comes first, no actor stands before.
    Organised A, hosted B: verbs come first, each with its actor behind it."""
    if any(parted(scene, cue, g) for g in scene.actors() if g.last < cue.first):
        return True
    clause = max([r for r in scene.breaks if r < cue.first], default=scene.a - 1)
    if clause >= scene.a and cue.first - clause <= 3 and not any(clause < g.first < cue.first for g in scene.actors()):
        return True  # It was A's idea; there joined B and C.
    ahead = [t for t in scene.targets if clause < t.first and t.last < cue.first and t.dual is None]
    if ahead and not any(clause < g.first < cue.first for g in scene.actors()):
        return True
    opening = min((c.first for c in scene.cues if c.relation in _ROLES), default=cue.first)
    return cue.first > opening == scene.a and cue.first - 1 in scene.commas


def resumed(scene: Scene, cue: Cue, group: Group) -> bool:
    """A and B, which lead X, presented it: behind a relative clause between commas the verb is that of the subject
    before it."""
    closing = next((i for i in range(cue.first - 1, max(group.last, cue.first - 3), -1) if i in scene.commas), None)
    opening = next((i for i in scene.commas if i > group.last), None)
    if closing is None or opening is None or not opening < closing <= opening + _INSERTED or "active" not in cue.voices:
        return False
    if opening != group.last + 1 or scene.between(scene.breaks, group.last, cue.first):
        return False
    relative = any(r in (opening + 1, opening + 2) for r in scene.relatives)
    return relative and not any(closing < g.first < cue.first for g in scene.actors())


def parted(scene: Scene, cue: Cue, group: Group) -> bool:
    """Organised A, spoke B: a comma right behind A and right before the verb, another actor right behind that one."""
    at = cue.first - 1
    comma = at in scene.commas and at == group.last + 1
    return comma and any(0 < g.first - cue.last <= 3 + leading(scene, cue.last, g) for g in scene.actors())


def leading(scene: Scene, start: int, group: Group) -> int:
    """How many words behind `start` and right before a group are its articles or nouns for a territory: spoke the
    Region X."""
    at = group.first
    while at - 1 > start and scene.part.is_word(at - 1, "articles", "elisions", "territories"):
        at -= 1
    return group.first - at


def preceded(scene: Scene, group: Group) -> bool:
    """Took over the chair from A, chaired after A by B: who held a role before has it no more. After our years in the
    lead: that is nobody who went before."""
    return group.names[0].rule != "self" and any(
        group.first - leading(scene, i, group) - i == 1 for i in scene.predecessors
    )


def apposed(scene: Scene, cue: Cue, group: Group) -> bool:
    """The coordinator of X, A, met its partners; host of the meeting, A had prepared it: behind the noun for a role,
    what it is of and a comma stands who has it."""
    if cue.voices != {"label"} or has_subject(scene, cue):
        return False
    comma = group.first - leading(scene, cue.last, group) - 1
    whole = any(0 < t.first - cue.last <= _OBJECT and t.last + 1 == comma for t in scene.targets)
    return whole and comma in scene.commas
