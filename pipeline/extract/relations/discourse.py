"""What a text is speaking of: partnerships and events in the order in which they come up, title and headings first."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.extract.cast import Cast
from pipeline.gazetteer import load

PLATFORM = "thematic_platform"
SUBORDINATE = {PLATFORM, "working_group"}
"""Kinds that hold, or are held by, what a text is mostly about."""
_RANK = {"working_group": 1, PLATFORM: 2}
# A head noun may take up things of these kinds; a kind that is not known fits every head.
_FITS = {
    "thematic_partnership": {"thematic_partnership", "pilot", "consortium", "pact"},
    "network": {"network", "community"},
    "community": {"community", "network"},
    "consortium": {"consortium", "project", "thematic_partnership"},
    "project": {"project", "consortium"},
    "pilot": {"pilot", "thematic_partnership"},
}
# Kinds that a thing which a list knows as another never is.
_FIRM = {"network", "community", "working_group", "pact"}
# A head that may speak of any collaboration at hand.
LOOSE = "consortium"
# What those heads make of a name beside them that are said of any collaboration (initiative).
ANY = "any"
# How many sentences back "the former" and "the latter" reach.
_MEMORY = 5
# Sentences after which "the group" is no longer the one that was spoken of.
_LATELY = 3
# A thing spoken of so many sentences ago at most is at hand, whatever it is called now.
_JUST = 1


@dataclass(slots=True)
class Focus:
    """The partnership and the event that the text is about at this point."""

    cast: Cast
    title: int | None = None
    current: int | None = None
    only: int | None = None
    mains: bool = False
    unknown: bool = False
    """Whether the paragraph has come to speak of a thing of which no name is known."""
    event: int | None = None
    title_event: int | None = None
    history: dict[int, None] = field(default_factory=dict)
    """What was spoken of, in the order in which it first came up."""
    called: dict[int, set[str]] = field(default_factory=dict)
    """What the text itself calls a thing: kinds of head nouns beside its name."""
    _latest: dict[int, None] = field(default_factory=dict)
    _seen: dict[int, int] = field(default_factory=dict)
    _named: list[list[int]] = field(default_factory=list)
    _sentences: int = 0
    _event_seen: tuple[int, int] = (-9, -9)

    def heading(self, partnerships: list[int], refers: bool = False) -> None:
        """A heading comes: its own partnership takes over, else the title's comes back.

        Where there is none either, sections speak of different partnerships: nothing is taken up from the section
        before, unless only one was spoken of so far or the heading itself `refers` to it (the partnership).
        """
        own = self._main(partnerships)
        if own is not None:
            self.current = own
            return
        self.current = self.title if self.title is not None else self.only
        if self.current is not None:
            return
        spoken = [p for p in self.history if self.cast.subkind(p) not in SUBORDINATE]
        if spoken and (refers or len(spoken) == 1):
            self.current = spoken[-1]
        else:
            self.history.clear()
            self._latest.clear()

    def sentence(self, explicit: list[int], referred: list[int], everything: list[int]) -> None:
        """After a sentence: the last partnership that it brings up by name, else the first of those known before, is
        what the next sentence goes on about; not so the groups that it enumerates, or the platform that it is in.

        `referred` are those that a head noun or pronoun takes up. `everything` includes networks that are bodies as
        well: they take the focus only where it is free.
        """
        apart = list(dict.fromkeys(p for p in explicit if p >= 0 and self.cast.subkind(p) != PLATFORM))
        self._named = [*self._named[1 - _MEMORY :], apart]
        fresh = [p for p in explicit if p not in self.history]
        own = self._main(fresh[::-1] or explicit + referred)
        if own is None and self.fallback() is None:
            own = self._main(everything)
        self.speak([p for p in everything if p >= 0])
        self._sentences += 1
        self._seen |= dict.fromkeys(everything, self._sentences)
        kind = self.cast.subkind(own) if own is not None else None
        platform = kind == PLATFORM and (self.mains or self.fallback() is not None)
        groups = kind == "working_group" and len(set(explicit)) > 1 and self.fallback() is not None
        if own is not None and not platform and not groups:
            self.current = own

    def pair(self) -> tuple[int, int] | None:
        """The two partnerships that "the former" and "the latter" take up: the first and last that one of the last
        sentences names, else those that came up last."""
        several = [named for named in self._named if len(named) > 1]
        if several:
            return several[-1][0], several[-1][-1]
        spoken = list(dict.fromkeys(p for named in reversed(self._named) for p in named))
        return (spoken[1], spoken[0]) if len(spoken) > 1 else None

    def meeting(self, part: int) -> None:
        """The sentence at hand, of this part, speaks of the event."""
        self._event_seen = self._sentences, part

    def event_last(self, part: int) -> bool:
        """Whether an event was spoken of in the last two sentences of this part, and no partnership by name since."""
        at, where = self._event_seen
        partnership = max(self._seen.values(), default=-9)
        return where == part and self._sentences - at <= 2 and partnership <= at + 1

    def partnership_last(self) -> bool:
        """Whether the sentence before spoke of a partnership, and of no event."""
        return self._sentences > max(0, self._event_seen[0]) and self._sentences in self._seen.values()

    def since(self, partnership: int) -> int:
        """How many sentences ago a partnership was last spoken of."""
        return self._sentences - self._seen.get(partnership, -100)

    def speak(self, partnerships: list[int]) -> None:
        """Note what is spoken of here."""
        for index in partnerships:
            self.history.setdefault(index)
            self._latest.pop(index, None)
            self._latest[index] = None

    def _main(self, partnerships: list[int]) -> int | None:
        named = [p for p in partnerships if p >= 0]
        ranked = sorted(named, key=lambda p: _RANK.get(self.cast.subkind(p) or "", 0))
        return ranked[0] if ranked else None

    def refer(self, subkind: str | None) -> int | None:
        """What a head noun without a name takes up: the latest thing of its kind."""
        if subkind == "working_group":
            group = self.latest({"working_group"}, _LATELY)
            return group if group is not None else self.fallback()
        if subkind == LOOSE:
            return self.fallback()
        for index in (self.current, *reversed(self._latest), self.title):
            if index is not None and self.fits(index, subkind) and not self.collective(index):
                return index
        return None

    def fits(self, index: int, subkind: str | None) -> bool:
        """Whether a head noun of this kind may take a thing up: by its kind, or since the text calls it so."""
        if self.cast.subkind(index) in _FITS.get(subkind or "", {subkind}):
            return True
        listed = self.cast.entities[index].key is not None
        return subkind in self.called.get(index, ()) and not (listed and subkind in _FIRM)

    def initiative(self) -> int | None:
        """What a head noun that any collaboration may have takes up: what the text called so, else what it is about."""
        named = (i for i in reversed(self._latest) if ANY in self.called.get(i, ()))
        return next(named, self.fallback())

    def stretched(self, subkind: str | None) -> int | None:
        """What a head noun of another kind may take up all the same: the title's thing, or what was just spoken of."""
        for index in (self.current, self.title):
            known = self.cast.subkind(index) if index is not None else PLATFORM
            if index is None or subkind == PLATFORM or known not in (None, "project", "thematic_partnership", "pilot"):
                continue
            near = index == self.title or self.since(index) <= _JUST
            if near and (known is None or not {known, subkind} <= {"project", "thematic_partnership"}):
                return index
        return None

    def collective(self, index: int) -> bool:
        """The platforms taken together: no head noun in the singular takes them up."""
        entity = self.cast.entities[index]
        entry = load().entities.get((entity.kind, entity.key)) if entity.key else None
        return entry is not None and entry.subkind == PLATFORM and entry.platform is None

    def whole(self, holders: set[str | None] | None = None) -> int | None:
        """The latest partnership that is no group or platform: what groups belong to; of these kinds, unless the text
        is about something else."""
        spoken = (self.current, *reversed(self.history), self.title)
        found = [e for e in spoken if e is not None and self.cast.subkind(e) not in SUBORDINATE]
        fitting = [e for e in found if holders is None or self.cast.subkind(e) in holders or e == self.title]
        return next(iter(fitting or found), None)

    def latest(self, kinds: set[str | None], within: int = 100) -> int | None:
        """The last thing of one of these kinds that was spoken of, at most so many sentences ago."""
        spoken = (i for i in reversed(self._latest) if self.cast.kind(i) == "partnership")
        return next((i for i in spoken if self.cast.subkind(i) in kinds and self.since(i) <= within), None)

    def fallback(self) -> int | None:
        """The object of a sentence that names none."""
        return self.current if self.current is not None else self.title
