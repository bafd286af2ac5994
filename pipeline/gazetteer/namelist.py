"""The list of names while it grows: one row for each name of each thing, with all languages that use it."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field

from pipeline.gazetteer.entry import Name
from pipeline.gazetteer.tables import fold

ORDER = ("official", "full", "short", "acronym", "town", "exonym", "variant", "inflected", "former", "theme")
SHORTEST = 3


@dataclass(slots=True)
class _Uses:
    languages: set[str] = field(default_factory=set)
    everywhere: bool = False
    name_kind: str = ORDER[-1]
    rank: int = 99


class NameList:
    """Names by (name, kind, key). Adding a name again adds its language and keeps the better kind and rank."""

    def __init__(self) -> None:
        self._uses: dict[tuple[str, str, str], _Uses] = {}

    def add(self, name: str, kind: str, key: str, language: str, name_kind: str, rank: int = 0) -> None:
        """Add one name; an empty `language` means every language. Junk is left out silently."""
        name = unicodedata.normalize("NFC", " ".join(name.split()))
        if is_junk(name, name_kind):
            return
        uses = self._uses.setdefault((name, kind, key), _Uses())
        uses.languages.update(language.split())
        uses.everywhere |= not language
        uses.name_kind = min(uses.name_kind, name_kind, key=ORDER.index)
        uses.rank = min(uses.rank, rank)

    def has(self, name: str, kind: str, key: str) -> bool:
        """Whether the thing has this very name already."""
        return (name, kind, key) in self._uses

    def lend(self, lender: str, borrower: str, keys: set[str]) -> None:
        """Give the names of things of kind `lender` also to the things of kind `borrower` with the same keys."""
        for (name, kind, key), uses in list(self._uses.items()):
            if kind == lender and key in keys:
                self._uses[name, borrower, key] = uses

    def items(self) -> list[Name]:
        """All names so far, unflagged, in a fixed order."""
        return [
            Name(name, kind, key, "" if u.everywhere else " ".join(sorted(u.languages)), u.name_kind, "", u.rank)
            for (name, kind, key), u in sorted(self._uses.items())
        ]


def is_junk(name: str, name_kind: str) -> bool:
    """Names that cannot be looked for: no letter, or so short that only a capital acronym could be meant."""
    letters = [c for c in name if c.isalpha()]
    if not letters:
        return True
    if len(name) < SHORTEST:
        return not (name_kind == "acronym" and name.isupper() and len(name) > 1)
    return len(letters) < 2 and name_kind != "acronym"


def flag(names: list[Name], common: set[tuple[str, str]], doubtful: set[tuple[str, str]]) -> list[Name]:
    """Set `ambiguous` on every name.

    `common` holds (kind, folded name) of ordinary words, with kind "" for any kind; `doubtful` holds (key, name) of
    acronyms that are also words.
    """
    keys: dict[tuple[str, str], set[str]] = defaultdict(set)
    for name in names:
        keys[name.kind, fold(name.name)].add(name.key)
    return [name._replace(ambiguous=_reason(name, keys, common, doubtful)) for name in names]


def _reason(
    name: Name,
    keys: dict[tuple[str, str], set[str]],
    common: set[tuple[str, str]],
    doubtful: set[tuple[str, str]],
) -> str:
    folded = fold(name.name)
    if (name.kind, folded) in common or ("", folded) in common or (name.key, name.name) in doubtful:
        return "common"
    if len(keys[name.kind, folded]) > 1:
        return "several"
    other = {"region": "town", "town": "region"}.get(name.kind)
    return "town" if other and keys.get((other, folded)) else ""
